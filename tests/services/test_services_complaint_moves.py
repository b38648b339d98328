"""Targets of complaints: news that waits, what is up and stays, many at once, one that cannot be read."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from services_complaints import answered, complain
from services_office import Office
from sqlalchemy import update

from domain.roles import Role
from persian.dates import TEHRAN, gregorian
from services import calendar, clocks, complaint_clocks, complaint_desk, complaint_watch, complaints
from services.people import STRANGER
from storage.records.complaints import AnswerTarget, Complaint
from storage.tables.complaints import complaints as table
from storage.work import Work

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


async def test_news_of_a_closure_waits_while_the_clock_stands_still_and_is_told_with_the_wait(
    office: Office,
) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    await office.set(complaint_target="2d")
    about = await complain(office)
    await office.do(complaint_desk.claim, actor=officer, complaint_id=about.id)
    await office.do(calendar.close, admin, SUNDAY, "برودت هوا")
    closed = {"why": "closure", "day": SUNDAY.isoformat(), "name": "برودت هوا"}
    asked = await office.do(complaint_desk.ask, actor=officer, complaint_id=about.id, question="چه روزی؟")
    assert await office.do(complaint_clocks.moves) == (), "there is no day to tell of now"
    office.clock.move_on(4 * DAY)
    await office.do(complaints.reply, actor=STRANGER, complaint=asked, text="روز پنجم.")
    (move,) = await office.do(complaint_clocks.moves)
    assert (move.moved_from, move.due_at) == (close_of(SUNDAY), close_of(SUNDAY + 2 * DAY))
    assert move.moved_for == (closed, {"why": "awaiting_reply"})
    assert await office.do(complaint_clocks.moves) == ()


async def test_a_wait_that_moved_nothing_is_no_reason_of_the_news(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    await office.set(complaint_target="2d")
    about = await complain(office)
    await office.do(complaint_desk.claim, actor=officer, complaint_id=about.id)
    await office.do(calendar.close, admin, SUNDAY, "برودت هوا")
    asked = await office.do(complaint_desk.ask, actor=officer, complaint_id=about.id, question="چه روزی؟")
    await office.do(complaints.reply, actor=STRANGER, complaint=asked, text="روز پنجم.")
    (move,) = await office.do(complaint_clocks.moves)
    assert (move.due_at, [change["why"] for change in move.moved_for]) == (
        close_of(SUNDAY + DAY),
        ["closure"],
    )


async def test_a_target_that_is_up_where_no_director_is_left_is_told_once_in_each_round(
    office: Office,
) -> None:
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    await office.hire(Role.COMPLAINTS, "مینا نادری")
    await office.set(complaint_target="2d")
    about = await complain(office)
    assert await office.do(complaint_watch.overdue_as_it_is) == ()
    office.clock.move_on(6 * DAY)
    (told,) = await office.do(complaint_watch.overdue_as_it_is)
    assert (told.target.complaint_id, told.director) == (about.id, False)
    assert await office.do(complaint_watch.overdue_as_it_is) == ()
    await office.set(complaint_target="30d")
    await office.set(complaint_target="2d")
    assert await office.do(complaint_watch.overdue_as_it_is) == (), "it was told of already"
    done = await answered(office, officer, about)
    await office.do(complaints.object_to, actor=STRANGER, complaint=done, text="پاسخ من نبود.")
    assert await office.do(complaint_watch.overdue_as_it_is) == ()
    office.clock.move_on(6 * DAY)
    assert len(await office.do(complaint_watch.overdue_as_it_is)) == 1


async def test_a_director_who_holds_the_complaint_is_told_that_its_target_is_up(office: Office) -> None:
    director = await office.hire(Role.DIRECTOR, "مدیر کل")
    await office.set(complaint_target="2d")
    about = await complain(office)
    await office.do(complaint_desk.claim, actor=director, complaint_id=about.id)
    office.clock.move_on(6 * DAY)
    assert await office.do(complaint_watch.escalate_due) == ()
    (told,) = await office.do(complaint_watch.overdue_as_it_is)
    assert (told.target.complaint_id, told.director) == (about.id, True)


async def test_what_can_go_up_or_waits_for_a_reply_is_not_told_of_so(office: Office) -> None:
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    await office.hire(Role.DIRECTOR, "مدیر کل")
    await office.set(complaint_target="2d")
    waits = await complain(office)
    await office.do(complaint_desk.claim, actor=officer, complaint_id=waits.id)
    await office.do(complaint_desk.ask, actor=officer, complaint_id=waits.id, question="چه روزی؟")
    goes_up = await complain(office)
    office.clock.move_on(6 * DAY)
    assert await office.do(complaint_watch.overdue_as_it_is) == ()
    assert [each.id for each, _ in await office.do(complaint_watch.escalate_due)] == [goes_up.id]
    assert await office.do(complaint_watch.overdue_as_it_is) == (), "the directors have been told"


async def test_a_target_brought_forward_to_before_its_warning_is_told_to_be_up(office: Office) -> None:
    await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    await office.set(complaint_target="6d", warn_before="1d")
    about = await complain(office)
    warn = await kept(office, about)
    assert warn is not None
    assert warn.warn_at is not None
    office.clock.move_on(warn.warn_at - office.clock.now)
    assert len(await office.do(complaint_clocks.to_warn)) == 1
    await office.set(complaint_target="2d")
    assert len(await office.do(complaint_watch.overdue_as_it_is)) == 1


async def test_targets_of_more_complaints_than_one_batch_all_move(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clocks, "BATCH", 2)
    admin, officer = await office.hire(Role.ADMIN, "لیلا کاظمی"), await office.officer()
    await office.set(complaint_target="2d", decision_target="2d")
    cases = [await office.file(officer) for _ in range(3)]
    abouts = [await complain(office) for _ in range(5)]
    await office.do(calendar.close, admin, SUNDAY, "برودت هوا")
    assert await office.do(complaint_clocks.moves) != ()
    while await office.do(clocks.recount):
        pass
    found = [await kept(office, about) for about in abouts]
    assert [target and target.due_at for target in found] == [close_of(SUNDAY + DAY)] * 5
    of_cases = await office.look(lambda work: [work.cases.get(case.id).due_at for case in cases])
    assert of_cases == [close_of(SUNDAY + DAY)] * 3


async def test_a_complaint_that_cannot_be_read_does_not_keep_the_office_from_closing(
    office: Office,
) -> None:
    admin, officer = await office.hire(Role.ADMIN, "لیلا کاظمی"), await office.officer()
    await office.set(complaint_target="2d", decision_target="2d")
    case, broken, about = await office.file(officer), await complain(office), await complain(office)
    await office.look(lambda work: spoil(work, broken))
    await office.do(calendar.close, admin, SUNDAY, "برودت هوا")
    assert (await office.look(lambda work: work.calendar.in_force().day_off(SUNDAY))) is not None
    aside: list[int] = []

    def each(work: Work, numbers: Sequence[int], do: Callable[[int], None]) -> None:
        aside.extend(n for n in numbers if work.attempt(partial(do, n)) is not None)

    assert await office.look(lambda work: clocks.recount(work, partial(each, work)))
    assert aside == [broken.id]
    moved = await kept(office, about)
    assert moved is not None
    assert moved.due_at == close_of(SUNDAY + DAY)
    assert (await office.look(lambda work: work.cases.get(case.id))).due_at == close_of(SUNDAY + DAY)


def spoil(work: Work, complaint: Complaint) -> None:
    """Damage what is kept of a complaint, as a broken disk does."""
    connection = work._transaction.connection  # noqa: SLF001 - behind the store
    connection.execute(update(table).where(table.c.id == complaint.id).values(content=b"?"))
