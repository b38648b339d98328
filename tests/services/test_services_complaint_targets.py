"""The target of a complaint moves with the calendar, is explained and warned of, as that of a case is."""

import datetime as dt

import pytest
from services_complaints import answered, complain
from services_office import Office

from domain.calendar import DayOff
from domain.roles import Role
from persian.dates import TEHRAN, gregorian
from services import (
    calendar,
    clocks,
    complaint_clocks,
    complaint_desk,
    complaints,
    reset_clocks,
    reset_desk,
    resets,
)
from services.people import STRANGER
from storage.records.complaints import AnswerTarget, Complaint

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

DAY = dt.timedelta(days=1)
SUNDAY = gregorian(1405, 7, 12)
"""The first Sunday after the morning on which the stories begin, a Thursday."""


def close_of(day: dt.date) -> dt.datetime:
    """The end of a day in Tehran."""
    return dt.datetime.combine(day, dt.time(23, 59), TEHRAN)


async def kept(office: Office, complaint: Complaint) -> AnswerTarget | None:
    found = await office.look(lambda work: work.complaints.targets([complaint.id]))
    return found.get(complaint.id)


async def test_a_closure_moves_the_target_of_a_complaint_and_is_told_once(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    await office.set(complaint_target="2d")
    about = await complain(office)
    assert await office.look(lambda work: clocks.would_move(work, work.calendar.in_force())) == 0
    await office.do(calendar.close, admin, SUNDAY, "برودت هوا")
    (move,) = await office.do(complaint_clocks.moves)
    assert (move.complaint_id, move.moved_from, move.due_at) == (
        about.id,
        close_of(SUNDAY),
        close_of(SUNDAY + DAY),
    )
    assert move.moved_for == ({"why": "closure", "day": SUNDAY.isoformat(), "name": "برودت هوا"},)
    assert await office.do(complaint_clocks.moves) == (), "it is told once"
    found = await office.do(complaint_clocks.why, about)
    assert found is not None
    assert ("closure", {"day": SUNDAY, "name": "برودت هوا"}) in found[1].lines


async def test_what_came_back_to_where_it_was_is_no_news_of_a_complaint(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    await office.set(complaint_target="2d")
    await complain(office)
    await office.do(calendar.close, admin, SUNDAY, "برودت هوا")
    (row, *_) = await office.look(lambda work: work.calendar.day(SUNDAY))
    await office.do(calendar.reopen, admin, row.id)
    assert await office.do(complaint_clocks.moves) == ()


async def test_a_step_of_its_own_moves_the_target_and_is_no_news(office: Office) -> None:
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    await office.set(complaint_target="2d")
    about = await complain(office)
    await office.do(complaint_desk.claim, actor=officer, complaint_id=about.id)
    asked = await office.do(complaint_desk.ask, actor=officer, complaint_id=about.id, question="چه روزی؟")
    stands = await kept(office, about)
    assert stands is not None
    assert stands.due_at is None
    office.clock.move_on(4 * DAY)
    await office.do(complaints.reply, actor=STRANGER, complaint=asked, text="روز پنجم.")
    goes_on = await kept(office, about)
    assert goes_on is not None
    assert goes_on.due_at is not None
    assert goes_on.moved_from is None
    assert await office.do(complaint_clocks.moves) == ()


async def test_an_answered_complaint_has_no_target_and_an_objection_one_of_its_own(office: Office) -> None:
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    await office.set(complaint_target="2d")
    about = await answered(office, officer, await complain(office))
    assert await kept(office, about) is None
    await office.do(complaints.object_to, actor=STRANGER, complaint=about, text="پاسخ من نبود.")
    assert await kept(office, about) is not None


async def test_an_early_warning_of_a_complaint_comes_once_in_each_round(office: Office) -> None:
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    await office.set(complaint_target="3d", warn_before="1d")
    about = await complain(office)
    assert await office.do(complaint_clocks.to_warn) == ()
    warn = await kept(office, about)
    assert warn is not None
    assert warn.warn_at is not None
    office.clock.move_on(warn.warn_at - office.clock.now)
    assert [target.complaint_id for target in await office.do(complaint_clocks.to_warn)] == [about.id]
    assert await office.do(complaint_clocks.to_warn) == ()
    done = await answered(office, officer, about)
    await office.do(complaints.object_to, actor=STRANGER, complaint=done, text="پاسخ من نبود.")
    again = await kept(office, about)
    assert again is not None
    assert again.warn_at is not None
    office.clock.move_on(again.warn_at - office.clock.now)
    assert [target.complaint_id for target in await office.do(complaint_clocks.to_warn)] == [about.id]


async def test_what_is_up_already_is_not_warned_of(office: Office) -> None:
    await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    await office.set(complaint_target="2d", warn_before="1d")
    await complain(office)
    office.clock.move_on(30 * DAY)
    assert await office.do(complaint_clocks.to_warn) == ()


async def test_setting_the_target_works_it_out_for_those_that_are_open_already(office: Office) -> None:
    about = await complain(office)
    assert await kept(office, about) is None
    await office.set(complaint_target="2d")
    stands = await kept(office, about)
    assert stands is not None
    assert (stands.due_at, stands.moved_from) == (close_of(SUNDAY), None)


async def test_a_request_for_a_new_passcode_is_warned_of_once_before_its_target_is_up(office: Office) -> None:
    await office.hire(Role.ADMIN, "لیلا کاظمی")
    officer = await office.officer()
    case = await office.file(officer)
    await office.set(reset_target="2d", warn_before="1d")
    await office.do(resets.ask_for_case, officer, ("bale", 1), case.code)
    assert await office.do(reset_desk.to_warn) == ()
    office.clock.move_on(3 * DAY)
    assert len(await office.do(reset_desk.to_warn)) == 1
    assert await office.do(reset_desk.to_warn) == ()


async def test_a_closure_moves_the_target_of_a_forgotten_secret_until_it_is_seen_to(office: Office) -> None:
    admin, officer = await office.hire(Role.ADMIN, "لیلا کاظمی"), await office.officer()
    case = await office.file(officer)
    asked = await office.do(resets.ask_for_case, officer, ("bale", 1), case.code)
    assert asked.reset is not None
    number = asked.reset.id

    async def due() -> dt.datetime | None:
        (reset,) = await office.look(lambda work: work.factors.open_resets())
        return reset.due_at

    assert await due() is None
    await office.set(reset_target="2d", warn_before="1d")
    assert await due() == close_of(SUNDAY)
    office.clock.move_on(2 * DAY)
    assert len(await office.do(reset_desk.to_warn)) == 1
    reset = await office.look(lambda work: work.factors.reset(number))
    assert reset is not None
    closed = DayOff(SUNDAY, "closure", "برودت هوا")
    now = await office.look(lambda work: work.calendar.in_force())
    assert await office.do(reset_clocks.would_move, now) == 0
    assert await office.do(reset_clocks.would_move, calendar.with_day(now, closed)) == 1
    await office.do(calendar.close, admin, SUNDAY, "برودت هوا")
    assert await due() == close_of(SUNDAY + DAY)
    (moved,) = await office.do(reset_clocks.moves)
    assert (moved.moved_from, moved.due_at) == (close_of(SUNDAY), close_of(SUNDAY + DAY))
    assert [change["why"] for change in moved.moved_for] == ["closure"]
    assert await office.do(reset_clocks.moves) == ()
    # It is put off, so its new end is warned of as well, once the office is open again.
    office.clock.move_on(2 * DAY)
    assert len(await office.do(reset_desk.to_warn)) == 1
    told = await office.do(reset_clocks.why, reset)
    assert told is not None
    assert (told[1].at, [code for code, _ in told[1].lines]) == (
        close_of(SUNDAY + DAY),
        ["closure", "weekend"],
    )
    await office.do(reset_desk.claim, admin, number)
    await office.do(reset_desk.issue, admin, number)
    await office.do(calendar.close, admin, SUNDAY + DAY, "برودت هوا")
    assert await due() == close_of(SUNDAY + DAY)
    issued = await office.look(lambda work: work.factors.reset(number))
    assert issued is not None
    assert await office.do(reset_clocks.why, issued) is None
