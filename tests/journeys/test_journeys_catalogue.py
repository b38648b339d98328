"""An admin words the office's lists in the chat, and the next officer chooses from them."""

import pytest
from town import ABOUT_THE_DEBT, BY_INSTALMENTS, Resident, Town

from domain.roles import Role
from storage.work import Work

RENT = "کرایه ماشین‌آلات دولتی"


def button(resident: Resident, name: str) -> str:
    """The button that names this, whichever its number."""
    return next(label for label in resident.labels() if name in label)


async def to_list(admin: Resident, name: str) -> None:
    await admin.says("تنظیمات")
    await admin.presses("فهرست‌ها", name)


async def test_a_new_type_of_debt_is_previewed_saved_and_chosen_by_an_officer(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await to_list(admin, "انواع بدهی")
    await admin.presses("افزودن مورد تازه")
    assert "این‌گونه ثبت شود؟" in (await admin.says(RENT))["text"]
    await admin.phone.press("بله، ثبت شود")
    await admin.sees("وضعیت: در فهرست")
    assert f"ثبت شد: {RENT}" in admin.chat_text()
    officer = await town.officer()
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS)
    await officer.sends_file()
    asked = await officer.says(*ABOUT_THE_DEBT[:4])
    assert "نوع بدهی چیست؟" in asked["text"]
    assert "مبلغ" in (await officer.says(RENT))["text"], "no question for words: the office has them"
    await officer.says("۱۲۰٬۰۰۰٬۰۰۰", "رد کردن", "۱۲", "۱", "۱۴۰۶/۰۱/۱۵", "رد کردن")
    assert f"نوع بدهی: {RENT}" in (await officer.says("رد کردن"))["text"]


@pytest.mark.parametrize("platform", ["bale"], indirect=True)
async def test_a_reason_is_retired_and_taken_back_and_a_double_is_refused(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await to_list(admin, "دلیل‌های عدم موافقت")
    await admin.presses(button(admin, "کامل نبودن"), "کنار گذاشتن")
    assert "وضعیت: کنار گذاشته" in admin.screen()
    await admin.presses("بازگرداندن به فهرست")
    assert "وضعیت: در فهرست" in admin.screen()
    await admin.presses("ویرایش متن")
    await admin.says("وجود مقررات خاص یا عمومی دیگر")
    await admin.told("بله، ثبت شود")
    assert "در این فهرست هست و چیزی ثبت نشد" in admin.chat_text()
    assert "دلیل را چگونه بنویسیم؟" in admin.screen(), "other words are asked for, and nothing else is lost"


@pytest.mark.parametrize("platform", ["bale"], indirect=True)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_edits_the_words_of_a_reason_keeps_its_ground_and_the_other_way_round(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await to_list(admin, "دلیل‌های عدم موافقت")
    await admin.presses(button(admin, "مقررات خاص"))
    ground = next(line for line in admin.screen().splitlines() if "مبنای قانونی" in line)
    asked = await admin.presses("ویرایش متن")
    assert ("نمونه: کامل نبودن مدارک" in asked["text"], "مدیرکل" in asked["text"]) == (True, False)
    preview = await admin.says("بودن مقررات خاص")
    assert ground in preview["text"]
    await admin.told("بله، ثبت شود")
    assert ground in admin.live()["text"].splitlines()
    asked = await admin.presses("ویرایش مبنای قانونی")
    assert asked["text"].count("نمونه:") == 1
    preview = await admin.says("ماده ۵ آیین‌نامه")
    assert "متن: بودن مقررات خاص\nمبنای قانونی: ماده ۵ آیین‌نامه" in preview["text"]


@pytest.mark.parametrize("platform", ["telegram"], indirect=True)
async def test_an_agency_gets_its_official_and_another_name(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    officer = await town.officer()
    await to_list(admin, "دستگاه‌های اجرایی")
    await admin.presses(button(admin, "سازمان نمونه"), "افزودن مقام مجاز")
    await admin.says("زهرا احمدی", "مدیرکل امور مالی")
    await admin.phone.press("بله، ثبت شود")
    await admin.sees("زهرا احمدی، مدیرکل امور مالی")
    await admin.presses("تغییر نام")
    await admin.says("سازمان نمونه خدمات")
    await admin.phone.press("بله، ثبت شود")
    await admin.sees("سازمان نمونه خدمات")
    for label in ("تأیید مقام مجاز لازم باشد", "تأیید مقام مجاز لازم نباشد", "سابقه تغییرها"):
        await admin.told(label)
    shown = [line.partition(": ")[2] for line in admin.live()["text"].splitlines()[2:]]
    assert shown == [
        "تأیید مقام مجاز برداشته شد، لیلا کاظمی",
        "تأیید مقام مجاز لازم شد، لیلا کاظمی",
        "نام: سازمان نمونه خدمات، لیلا کاظمی",
    ]
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS[:4])
    await officer.presses("زهرا احمدی")
    assert "نامه" in (await officer.presses("مدیرکل امور مالی"))["text"]


@pytest.mark.parametrize("platform", ["bale"], indirect=True)
async def test_an_agency_with_many_officials_and_an_entry_of_many_wordings_have_pages(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await town.officer()

    def fill(work: Work) -> None:
        for n in range(40):
            work.catalogue.add_official(1, f"زهرا احمدی {n}" + "ی" * 130, "مدیرکل " + "ا" * 140, None)
        for version in range(2, 30):
            wording = f"اجاره‌بهای {version}" + "ه" * 40
            work.catalogue.put(
                "debt_types", "state_property_rent", version, title=wording, ground="", offered=True, by=None
            )

    await town.run(fill)
    await to_list(admin, "دستگاه‌های اجرایی")
    await admin.told(button(admin, "سازمان نمونه"))
    assert len([label for label in admin.labels() if "زهرا" in label]) == 8
    for _ in range(4):
        await admin.told("صفحه بعد")
    assert ("زهرا احمدی 39" in admin.live()["text"], "صفحه بعد" in admin.labels()) == (True, False)
    await to_list(admin, "انواع بدهی")
    await admin.told(button(admin, "اجاره‌بهای"))
    assert len([line for line in admin.live()["text"].splitlines() if "اجاره‌بهای" in line]) == 1 + 8
    for _ in range(3):
        await admin.told("صفحه بعد")
    assert "اجاره‌بها و بهره‌برداری" in admin.live()["text"]


@pytest.mark.parametrize("platform", ["bale"], indirect=True)
async def test_nobody_but_an_admin_sees_or_changes_a_list(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await town.staff(Role.ADMIN, "پریسا نوری")
    await to_list(admin, "انواع بدهی")
    await town.revoke("لیلا کاظمی", Role.ADMIN)
    await admin.told("افزودن مورد تازه")
    assert "این‌گونه" not in admin.chat_text()
    assert admin.labels() != [], "the menu or a word stands there"
