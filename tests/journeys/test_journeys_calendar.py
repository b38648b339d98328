"""Dates from the calendar and help after misses, on both messengers and across a restart of the bot."""

import pytest
from town import AGENCY, BY_INSTALMENTS, Town

from services import settings
from storage.work import Work

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

CONTACT = "۰۲۵۳۷۷۷۱۲۳۴، کارشناس پشتیبانی"


async def test_a_date_is_tapped_in_the_same_message_though_the_bot_restarts_between(town: Town) -> None:
    officer = await town.officer(agency=AGENCY)
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS[:-1])
    message = officer.live()["id"]
    await officer.presses("انتخاب از تقویم", "ماه پیش")
    await town.crash()
    await town.open()
    await town.quiet()
    await officer.presses("سال پیش")
    month = officer.labels()[1]
    assert await officer.told(month) == "", "a cell that does nothing says nothing"
    assert officer.labels()[1] == month
    await officer.presses("۱۵")
    assert "تصویر نامه" in officer.screen()
    assert officer.live()["id"] >= message


async def test_a_tap_on_a_day_that_is_not_taken_is_answered_at_once_and_is_no_miss(town: Town) -> None:
    officer = await town.officer(agency=AGENCY)
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS[:-1])
    await officer.presses("انتخاب از تقویم", "ماه بعد")
    shown = officer.live()
    days = [b for row in shown["inline"] for b in row if ":z:" in b["data"]]
    assert (len(days) in {29, 30, 31}, {day["text"] for day in days}) == (True, {"·"})
    for day in days[:3]:
        told = await officer.told(day["data"], message_id=shown["id"])
        assert "هنوز نرسیده است. تاریخ روی نامه را بنویسید." in told
    assert officer.live() == shown, "the screen stays as it is"


async def test_three_misses_bring_the_offices_contact(town: Town) -> None:
    officer = await town.officer(agency=AGENCY)
    await town.run(_set_contact)
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS[:4])
    for miss in ("علی", "ویرایش ۴"):
        assert CONTACT not in (await officer.says(miss))["text"]
    assert CONTACT in (await officer.says("۱۲"))["text"]
    assert "سمت" in (await officer.says("علی رضایی"))["text"]


def _set_contact(work: Work) -> None:
    settings.change(work, by=None, name="contact", value=CONTACT)
