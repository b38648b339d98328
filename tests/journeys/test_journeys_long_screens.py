"""Long screens of the calendar and of «گزارش» are turned page by page, so that nothing of them is cut."""

import datetime as dt

import pytest
from journey_complaints import answer, complain, take
from journey_office import act, file_case, judge
from town import Resident, Town

from domain.calendar import Period
from domain.roles import Role
from services import calendar, review
from storage.work import Work

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("platform", ["bale"], indirect=True),
]
FITS = 4096
"""Characters of one message."""
MANY = 20
SPANS = ((dt.time(7, 30), dt.time(12)), (dt.time(13), dt.time(16, 30)))


async def every_page(reader: Resident) -> list[str]:
    """The screens of a list from its first page on, each of them whole."""
    screens = [reader.screen()]
    while "صفحه بعد" in reader.labels():
        screens.append((await reader.presses("صفحه بعد"))["text"])
    assert [len(screen) < FITS for screen in screens] == [True] * len(screens)
    return screens


def rows_of(screens: list[str]) -> list[str]:
    """The numbers of the rows, in the order in which they were read."""
    lines = [line.lstrip("\u200f") for screen in screens for line in screen.split("\n")]
    return [line.partition(". ")[0] for line in lines if line[:1].isdigit() and ". " in line]


def fa(number: int) -> str:
    """A number in Persian digits."""
    return str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


NUMBERS = [fa(n) for n in range(1, MANY + 1)]


async def closures(town: Town, admin: Resident) -> None:
    """Many days on which the office is closed, each with as long a reason as there can be."""

    def unit(work: Work) -> None:
        person = work.people.by_account(admin.phone.person.platform, admin.phone.person.user_id)
        assert person is not None
        for n in range(MANY):
            calendar.close(work, person.actor, work.now.date() + dt.timedelta(days=60 + n), "ب" * 100)

    await town.run(unit)


async def ranges(town: Town, admin: Resident) -> None:
    """Office hours of many ranges of dates, one after the other."""

    def unit(work: Work) -> None:
        person = work.people.by_account(admin.phone.person.platform, admin.phone.person.user_id)
        assert person is not None
        for n in range(MANY):
            first = work.now.date() + dt.timedelta(days=60 + 2 * n)
            calendar.set_hours(work, person.actor, Period(SPANS, dates=(first, first)))

    await town.run(unit)


async def test_every_closure_ever_entered_is_found_and_the_oldest_can_be_taken_back(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await closures(town, admin)
    await admin.says("/calendar")
    await admin.presses("تعطیلی‌های ثبت‌شده")
    screens = await every_page(admin)
    assert rows_of(screens) == NUMBERS
    assert "صفحه ۳ از ۳" in screens[-1]
    assert "این تعطیلی لغو شود؟" in (await admin.presses(f"لغو {NUMBERS[-1]}"))["text"]


async def test_office_hours_of_many_ranges_are_on_pages_each_with_its_button(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await ranges(town, admin)
    await admin.says("/calendar")
    assert rows_of(await every_page(admin)) == NUMBERS
    assert f"حذف ساعت {NUMBERS[-1]}" in admin.labels()
    assert "صفحه پیش" in admin.labels()


async def test_every_change_of_the_week_is_read_whole(town: Town) -> None:
    admin = await town.staff(Role.ADMIN, "لیلا کاظمی")
    await ranges(town, admin)
    await admin.says("/calendar")
    await admin.presses("تعطیلی‌های ثبت‌شده", "تغییرهای ساعت و هفته")
    told = "\n".join(await every_page(admin))
    assert told.count("۷:۳۰ تا ۱۲:۰۰ و ۱۳:۰۰ تا ۱۶:۳۰") == MANY * (MANY + 1) // 2


async def test_the_load_of_many_reviewers_is_on_pages(town: Town) -> None:
    officer, director = await town.officer(), await town.staff(Role.DIRECTOR, "لیلا کاظمی")
    names = [f"کارشناس {fa(n)}" for n in range(10, 10 + MANY)]
    for name in names:
        await act(town, review.claim, await judge(town, name), await file_case(town, officer))
    await director.says("گزارش")
    await director.presses("این ماه", "بار کار کارشناسان")
    screens = await every_page(director)
    assert len(screens) == -(-MANY // 8)
    lines = "\n".join(screens).split("\n")
    assert sorted(line.partition("• ")[2] for line in lines if "• " in line) == names


async def test_the_top_causes_of_complaints_stand_beside_the_period_before(town: Town) -> None:
    handler, sender = await town.staff(Role.COMPLAINTS, "لیلا احمدی"), await town.newcomer("sender")
    auditor = await town.staff(Role.AUDITOR, "شیرین مرادی")
    for cause in ("تأخیر در رسیدگی", "شیوه برخورد"):
        await complain(sender)
        await take(handler)
        await answer(handler, cause=cause)
    await town.wait(days=1)
    await complain(sender)
    await take(handler)
    await answer(handler, cause="شیوه برخورد")
    await auditor.says("گزارش")
    await auditor.presses("امروز")
    told = (await auditor.presses("علت شکایت‌ها"))["text"].replace("\u200f", "").split("\n")
    assert "• شیوه برخورد: ۱ (دوره پیش ۱؛ بی‌تغییر)" in told
    assert "• تأخیر در رسیدگی: ۰ (دوره پیش ۱؛ ۱ کمتر)" in told
    assert "شیوه برخورد در مهر ۱۴۰۵: ۱" in told
    nothing = (await auditor.presses("دوره‌های دیگر", "ماه پیش", "علت شکایت‌ها"))["text"]
    assert "در این دوره و دوره پیش، علتی ثبت نشده است." in nothing
