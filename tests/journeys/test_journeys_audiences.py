"""«گروه‌های مخاطبان»: an admin keeps an audience under a name, uses it, changes it, and goes back."""

import pytest
from town import Resident, Town

from domain.audience import Audience
from domain.roles import Role
from services import audiences
from storage.work import Work

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


async def retire(town: Town, admin: str, title: str) -> None:
    """A colleague in another chat retires the audience of this name."""

    def unit(work: Work) -> None:
        by = next(person.actor for person in work.people.all() if person.name == admin)
        one = next(one for one in audiences.every(work) if one.title == title)
        audiences.switch(work, by=by, code=one.code, on=False)

    await town.run(unit)


async def write(admin: Resident, *marks: str) -> None:
    """Write a notice up to its audience, and mark these of it."""
    await admin.says("اطلاعیه‌ها")
    await admin.presses("اطلاعیه جدید")
    await admin.says("جلسه آموزش فردا است.")
    await admin.presses("خبر")
    for each in marks:
        await mark(admin, each)


async def test_what_a_colleague_retires_while_it_is_marked_is_told_and_the_rest_is_kept(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await town.staff(Role.ADMIN, "نادر کاظمی")
    await town.reviewer()
    await save(admin, "همکاران", "کارشناس دستگاه")
    await write(admin, "گروه «همکاران»")
    await retire(town, "نادر کاظمی", "همکاران")
    await mark(admin, "کارشناس بررسی")
    await admin.hears_all("ادامه")
    assert admin.heard("گروه «همکاران» کنار گذاشته شده است و در مخاطبان این اطلاعیه نیامد.") == 1
    assert "جمع بدون تکرار: ۱ نفر" in admin.screen()
    await admin.presses("تغییر مخاطبان")
    assert not [label for label in admin.labels() if "همکاران" in label]


async def test_the_history_of_an_audience_is_turned_in_pages_the_newest_first(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await save(admin, "نام ۱", "کارشناس دستگاه")

    def rename(work: Work) -> None:
        by = next(person.actor for person in work.people.all())
        for n in range(2, 12):
            now = audiences.every(work)[0]
            audiences.change(
                work,
                by=by,
                code=now.code,
                seen=now.version,
                title=f"نام {n}",
                audience=Audience.of_roles(Role.OFFICER),
            )

    await town.run(rename)
    await admin.told("بازگشت به گروه‌ها")
    await admin.told(next(label for label in admin.labels() if "نام ۱۱" in label or "نام 11" in label))

    def versions() -> list[str]:
        rows = [row for row in admin.screen().split("\n") if "لیلا کاظمی" in row]
        return [row.lstrip("\u200f").partition(".")[0] for row in rows]

    def ways() -> list[str]:
        return [label for label in admin.labels() if label.startswith("بازگشت به نسخه")]

    assert versions() == ["۱۱", "۱۰", "۹", "۸", "۷", "۶", "۵", "۴"]
    assert ways() == ["بازگشت به نسخه ۸", "بازگشت به نسخه ۹", "بازگشت به نسخه ۱۰"]
    await admin.told("صفحه بعد")
    assert versions() == ["۳", "۲", "۱"]
    assert ways() == ["بازگشت به نسخه ۱", "بازگشت به نسخه ۲", "بازگشت به نسخه ۳"]
    await admin.told("بازگشت به نسخه ۱")
    assert "گروه «نام ۱»" in admin.screen()
    assert versions()[0] == "۱۲"


async def test_the_name_of_a_retired_audience_is_taken_and_the_way_back_is_told(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await save(admin, "همکاران", "کارشناس دستگاه")
    await admin.told("کنار گذاشتن")
    await save(admin, "همکاران", "کارشناس بررسی")
    told = "گروهی با نام «همکاران» کنار گذاشته شده است و چیزی ثبت نشد."
    assert admin.heard(told) == 1
    assert admin.heard("برای برگزیدن دوباره آن، در «گروه‌های مخاطبان» «بازگرداندن به فهرست» را بزنید.") == 1


async def test_whoever_saves_an_audience_of_agencies_reads_which(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await town.officer("سارا محمدی", "شرکت آب منطقه‌ای")
    await town.officer("بهار نوری", "سازمان بنادر")
    await admin.says("اطلاعیه‌ها")
    await admin.presses("گروه‌های مخاطبان", "گروه تازه")
    await admin.says("آب")
    await mark(admin, "کارشناسان دستگاه‌های معین")
    await admin.presses("ادامه")
    await mark(admin, "آب منطقه‌ای")
    asked = (await admin.presses("ادامه"))["text"]
    assert "دستگاه‌ها: شرکت آب منطقه‌ای" in asked
    assert "سازمان بنادر" not in asked
