"""«گروه‌های مخاطبان»: an admin keeps an audience under a name, uses it, changes it, and goes back."""

import pytest
from town import Resident, Town

from domain.roles import Role

pytestmark = [
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def mark(admin: Resident, rule: str) -> None:
    """Mark a rule, or take its mark back."""
    await admin.presses(next(label for label in admin.labels() if rule in label))


async def save(admin: Resident, name: str, *rules: str) -> str:
    """Save an audience; gives the label of the button that did."""
    await admin.says("اطلاعیه‌ها")
    await admin.presses("گروه‌های مخاطبان", "گروه تازه")
    await admin.says(name)
    for rule in rules:
        await mark(admin, rule)
    await admin.presses("ادامه")
    return await confirm(admin)


async def confirm(admin: Resident) -> str:
    """Press the button that says how many they are."""
    label = next(label for label in admin.labels() if label.startswith("بله، ثبت شود"))
    await admin.told(label)
    return label


async def test_a_saved_audience_is_counted_before_it_is_saved_and_used_in_a_notice(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "لیلا کاظمی"), await town.officer()
    await town.reviewer()
    saved = await save(admin, "همکاران بررسی", "کارشناس دستگاه", "کارشناس بررسی")
    assert saved == "بله، ثبت شود؛ ۲ نفر، ۲ در دسترس"
    assert "گروه «همکاران بررسی»" in admin.screen()
    assert "جمع بدون تکرار: ۲ نفر، ۲ نفر در دسترس" in admin.screen()
    await admin.says("اطلاعیه‌ها")
    await admin.presses("اطلاعیه جدید")
    await admin.says("جلسه آموزش فردا است.")
    await admin.presses("خبر")
    await mark(admin, "گروه «همکاران بررسی»")
    shown = (await admin.presses("ادامه"))["text"]
    assert "جمع بدون تکرار: ۲ نفر" in shown
    assert "کارشناس دستگاه: ۱ نفر" in shown
    assert officer.heard("جلسه آموزش") == 0


async def test_a_saved_audience_is_renamed_changed_and_taken_back_to_a_version(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await town.officer()
    await town.reviewer()
    await save(admin, "همکاران", "کارشناس دستگاه")
    await admin.presses("تغییر نام")
    await admin.says("کارشناسان ما")
    await confirm(admin)
    assert "گروه «کارشناسان ما»" in admin.screen()
    await admin.presses("تغییر مخاطبان گروه")
    await mark(admin, "کارشناس بررسی")
    await admin.presses("ادامه")
    assert await confirm(admin) == "بله، ثبت شود؛ ۲ نفر، ۲ در دسترس"
    assert [label for label in admin.labels() if label.startswith("بازگشت به نسخه")] == [
        "بازگشت به نسخه ۱",
        "بازگشت به نسخه ۲",
    ]
    assert admin.screen().count("لیلا کاظمی") == 3, "who wrote each version"
    await admin.told("بازگشت به نسخه ۱")
    assert "گروه «همکاران»" in admin.screen()
    assert "جمع بدون تکرار: ۱ نفر" in admin.screen()
    await admin.told("کنار گذاشتن")
    await admin.says("اطلاعیه‌ها")
    await admin.presses("اطلاعیه جدید")
    await admin.says("جلسه آموزش فردا است.")
    await admin.presses("خبر")
    assert not [label for label in admin.labels() if "همکاران" in label], "what is retired is not offered"


async def test_two_audiences_do_not_share_a_name_and_nobody_else_sees_them(town: Town) -> None:
    admin, officer = await town.staff(Role.ADMIN, "لیلا کاظمی"), await town.officer()
    await save(admin, "همکاران", "کارشناس دستگاه")
    await save(admin, "همکاران", "کارشناس دستگاه")
    assert admin.heard("گروهی با نام «همکاران» هست") == 1
    await admin.says("همکاران دیگر")
    await confirm(admin)
    assert "گروه «همکاران دیگر»" in admin.screen()
    listed = (await admin.presses("بازگشت به گروه‌ها"))["text"]
    assert ("۱. همکاران: ۱ نفر" in listed, "۲. همکاران دیگر: ۱ نفر" in listed) == (True, True)
    await officer.says("راهنما")
    last = officer.phone.messages()[-1]["id"]
    told = await officer.told("aud:list:0:0", message_id=last, force=True)
    assert "همکاران" not in told + officer.chat_text()
