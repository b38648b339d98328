"""«تنظیمات»: an admin sets what the office wants, and only an admin."""

import pytest
from town import Resident, Town

from domain.roles import Role
from services import settings

pytestmark = pytest.mark.parametrize("platform", ["bale"], indirect=True)


GROUPS = {"زمان هدف برای تصمیم": "زمان‌های هدف", "مهلت بازپس‌گیری تصمیم": "گردش کار"}


async def setting(admin: Resident, name: str) -> str:
    """Open the group of a setting; gives its button, whichever its number."""
    await admin.told(_row(admin, GROUPS[name]))
    return _row(admin, name)


def _row(admin: Resident, name: str) -> str:
    return next(label for label in admin.labels() if label.endswith(f". {name}"))


async def test_an_admin_sets_a_target_sees_it_and_takes_it_back(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    assert "زمان هدف برای تصمیم: تنظیم نشده" in (await admin.says("تنظیمات"))["text"]
    assert "چند روز کاری" in (await admin.presses(await setting(admin, "زمان هدف برای تصمیم")))["text"]
    assert "پس از عدد بنویسید «روز کاری»" in (await admin.says("۳"))["text"]
    assert "این‌گونه خوانده شد" in (await admin.says("سه روز"))["text"], "working days, not days"
    assert "زمان هدف برای تصمیم: ۳ روز کاری. ثبت شود؟" in (await admin.presses("بله، درست است"))["text"]
    assert await town.run(lambda work: settings.text(work, "decision_target")) == "", "not before it is meant"
    await admin.phone.press("بله، ثبت شود")
    await admin.sees("۱. امضا و رمز")
    await town.quiet()
    assert await town.run(lambda work: settings.text(work, "decision_target")) == "3d"
    await admin.says("تنظیمات")
    await admin.phone.press(await setting(admin, "زمان هدف برای تصمیم"))
    await admin.sees("چند روز کاری")
    assert "۳ روز کاری، لیلا کاظمی" in admin.chat_text()
    await admin.presses("تنظیم نشود")
    await admin.told("بله، ثبت شود")
    assert await town.run(lambda work: settings.value(work, "decision_target")) is None


async def test_the_last_change_of_a_setting_is_taken_back_by_a_tap(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    for minutes in ("۱۰", "۲۵"):
        await admin.says("تنظیمات")
        await admin.told(await setting(admin, "مهلت بازپس‌گیری تصمیم"))
        await admin.says(minutes)
        await admin.told("بله، ثبت شود")
    await admin.says("تنظیمات")
    await admin.told(await setting(admin, "مهلت بازپس‌گیری تصمیم"))
    offered = next(m for m in admin.phone.messages() if "بازگشت به: ۱۰ دقیقه" in str(m["inline"]))
    back = next(key["data"] for row in offered["inline"] for key in row if "بازگشت به" in key["text"])
    await admin.told("بازگشت به: ۱۰ دقیقه")
    assert "مهلت بازپس‌گیری تصمیم: ۱۰ دقیقه. ثبت شود؟" in admin.screen()
    assert await town.run(lambda work: settings.number(work, "undo_minutes")) == 25, "not before it is meant"
    await admin.told("بله، ثبت شود")
    assert await town.run(lambda work: settings.number(work, "undo_minutes")) == 10
    again = await admin.told(back, message_id=offered["id"], force=True)
    assert "دکمه قدیمی" in again, "what it says was before a change that is not the last any more"
    assert await town.run(lambda work: settings.number(work, "undo_minutes")) == 10


async def test_a_target_in_office_hours_has_no_date_until_there_are_office_hours(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await admin.says("تنظیمات")
    await admin.presses(await setting(admin, "زمان هدف برای تصمیم"))
    await admin.says("۸ ساعت اداری")
    await admin.phone.press("بله، ثبت شود")
    assert "ساعت اداری هنوز تنظیم نشده است" in (await admin.sees("زمان هدف برای تصمیم"))["text"]


async def test_a_number_beyond_all_sense_is_asked_again_and_nothing_is_set(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await admin.says("تنظیمات")
    await admin.presses(await setting(admin, "مهلت بازپس‌گیری تصمیم"))
    assert "از ۰ تا" in (await admin.says("۹۹۹۹۹"))["text"]
    assert await town.run(lambda work: settings.number(work, "undo_minutes")) is None


async def test_the_second_signature_is_switched_on_by_a_word(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await admin.says("/settings", "۱", "۱")
    await admin.says("بله")
    await admin.phone.press("بله، ثبت شود")
    await admin.sees("امضای دوم برای موافقت: روشن")
    await town.quiet()
    assert await town.run(lambda work: settings.value(work, "second_signature")) is True


async def test_nobody_but_an_admin_sees_or_changes_settings(town: Town) -> None:
    reviewer = await town.reviewer()
    assert "در نقش‌های شما نیست" in (await reviewer.says("تنظیمات"))["text"]
    assert "تنظیمات" not in reviewer.menu()
