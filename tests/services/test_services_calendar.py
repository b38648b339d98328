"""The office's calendar as admins keep it, and the targets of open cases that follow it."""

import asyncio
import datetime as dt
from collections.abc import Callable
from random import Random
from threading import Event

import pytest
from services_office import Clock, Office, at_once
from sqlalchemy import create_engine, make_url, text

from domain.calendar import FRIDAY, WEEKEND, Calendar, DayOff, Period
from domain.clocks import BREACH, DECISION, ESCALATE, TARGET_OF, WARN, clocks_of, rungs
from domain.errors import NotYours, OutOfBounds
from domain.lifecycle import State
from domain.roles import Actor, Role
from domain.targets import Span
from persian.dates import TEHRAN, gregorian, jalali, tehran_day
from services import calendar, clocks, decisions, public_days, review, targets
from storage.errors import Stale
from storage.records import Case
from storage.records.calendar import DayRow
from storage.work import Work

DAY = dt.timedelta(days=1)
SUNDAY = gregorian(1405, 7, 12)
"""The first Sunday after the morning on which the stories begin, a Thursday."""
OFFICE_DAY = Period(((dt.time(8), dt.time(14)),))


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment in Tehran."""
    return dt.datetime.combine(day, dt.time(hour, minute), TEHRAN)


async def due_of(office: Office, case: Case) -> dt.datetime | None:
    """When the target for a decision on this case is up."""
    return (await office.look(lambda work: work.cases.get(case.id))).due_at


async def standing(office: Office, day: dt.date) -> DayRow:
    """The row that says what this day is."""
    return (await office.look(lambda work: work.calendar.day(day)))[0]


async def row_of(office: Office, day: dt.date) -> int:
    """Its number."""
    return (await standing(office, day)).id


def in_force(work: Work) -> Calendar:
    """The calendar as it stands."""
    return work.calendar.in_force()


async def admin_of(office: Office) -> Actor:
    """An admin of the calendar."""
    return await office.hire(Role.ADMIN, "لیلا کاظمی")


async def test_a_closure_moves_the_targets_of_open_cases_and_its_undoing_moves_them_back(
    office: Office,
) -> None:
    officer, admin = await office.officer(), await admin_of(office)
    await office.set(decision_target="2d")
    case = await office.file(officer)
    assert await due_of(office, case) == at(SUNDAY, 23, 59)
    await office.do(calendar.close, admin, SUNDAY, "برودت هوا")
    assert await due_of(office, case) == at(SUNDAY + DAY, 23, 59)
    (move,) = await office.do(clocks.moves)
    assert (move.was, move.became) == (at(SUNDAY, 23, 59), at(SUNDAY + DAY, 23, 59))
    assert move.changes == ({"why": "closure", "day": SUNDAY.isoformat(), "name": "برودت هوا"},)
    assert await office.do(clocks.moves) == (), "it is told once"
    await office.do(calendar.reopen, admin, await row_of(office, SUNDAY))
    assert await due_of(office, case) == at(SUNDAY, 23, 59)
    assert [(row.kind, row.set_by) for row in await office.look(lambda work: work.calendar.day(SUNDAY))] == [
        ("working", admin.person_id),
        ("closure", admin.person_id),
    ]


async def test_moves_of_one_target_are_told_as_one_and_what_was_taken_back_is_no_news(office: Office) -> None:
    officer, admin = await office.officer(), await admin_of(office)
    await office.set(decision_target="2d")
    case = await office.file(officer)
    await office.do(calendar.close, admin, SUNDAY, "برودت هوا")
    await office.do(calendar.close, admin, SUNDAY + DAY, "آلودگی هوا")
    (move,) = await office.do(clocks.moves)
    assert (move.case_id, move.was, move.became) == (
        case.id,
        at(SUNDAY, 23, 59),
        at(SUNDAY + 2 * DAY, 23, 59),
    )
    assert [change["name"] for change in move.changes] == ["برودت هوا", "آلودگی هوا"]
    await office.do(calendar.reopen, admin, await row_of(office, SUNDAY))
    await office.do(calendar.close, admin, SUNDAY, "برودت هوا")
    assert await office.do(clocks.moves) == ()


async def test_a_decided_case_keeps_the_target_that_it_had(office: Office, clock: Clock) -> None:
    officer, reviewer, admin = await office.officer(), await office.reviewer(), await admin_of(office)
    await office.set(decision_target="2d")
    case = await office.decided(officer, reviewer)
    (row,) = await office.look(lambda work: work.calendar.clocks(case.id))
    assert (row.due_at, row.ended_at, row.next_at) == (at(SUNDAY, 23, 59), clock.now, None)
    await office.do(calendar.close, admin, SUNDAY, "برودت هوا")
    assert await office.look(lambda work: work.calendar.clocks(case.id)) == (row,)
    assert await office.do(clocks.moves) == ()


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_kept_of_a_case_is_what_its_events_say(office: Office, clock: Clock, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a story, no secret
    officer, reviewer, admin = await office.officer(), await office.reviewer(), await admin_of(office)
    await office.set(decision_target="5d", first_look_target="4h", correction_target="2d", warn_before="1d")
    await office.do(calendar.set_hours, admin, OFFICE_DAY)
    case = await office.file(officer)
    acts = {
        State.SUBMITTED: lambda: office.do(review.claim, actor=reviewer, case_id=case.id),
        State.IN_REVIEW: lambda: office.give_back(reviewer, case),
        State.RETURNED: lambda: office.correct(officer, case),
    }
    for _ in range(6):
        clock.move_on(dt.timedelta(hours=chance.randint(1, 40)))
        state = (await office.look(lambda work: work.cases.get(case.id))).state
        await acts[state]()
        if chance.random() < 0.5:
            closed = tehran_day(clock.now) + chance.randint(0, 5) * DAY
            await office.do(calendar.close, admin, closed, "برودت هوا")
        await office.look(lambda work: replayed(work, case.id))


def replayed(work: Work, case_id: int) -> None:
    """What is kept is what the events, the calendar and the settings give, computed from nothing."""
    case, wanted = work.cases.get(case_id), clocks.targets_of(work)
    events = [(event.at, event.to_state) for event in work.cases.events(case_id)]
    kept = {(row.clock, row.begun_at): row for row in work.calendar.clocks(case_id)}
    for clock in clocks_of(events):
        row = kept.pop((clock.name, clock.begin))
        made = rungs(clock, wanted.spans[clock.name], wanted.warn_before, work.calendar.in_force())
        assert (row.pauses, row.ended_at) == (clock.pauses, clock.end)
        if clock.end is None:
            assert (row.due_at, row.warn_at) == (made.due.at, made.warn_at)
        if clock.name == DECISION:
            assert case.due_at == made.due.at
    assert not kept
    assert clocks.advance(work, case) == case, "nothing is left to do"


async def test_each_target_is_warned_of_breached_and_escalated_once(office: Office, clock: Clock) -> None:
    officer = await office.officer()
    await office.set(decision_target="2d", warn_before="1d")
    case = await office.file(officer)
    told: list[tuple[dt.date, tuple[str, ...]]] = []
    for _ in range(24 * 6):
        clock.move_on(dt.timedelta(hours=1))
        told += [(tehran_day(clock.now), said) for _, said in await office.do(clocks.ring)]
    assert told == [
        (SUNDAY - DAY, (WARN,)),
        (SUNDAY + DAY, (BREACH,)),
        (SUNDAY + 2 * DAY, (ESCALATE,)),
    ]
    (row,) = await office.look(lambda work: work.calendar.clocks(case.id))
    assert None not in {row.warned_at, row.breached_at, row.escalated_at}


async def test_an_office_that_was_down_says_once_what_is_true_now(office: Office, clock: Clock) -> None:
    officer = await office.officer()
    await office.set(decision_target="2d", warn_before="1d")
    await office.file(officer)
    clock.move_on(10 * DAY)
    assert [said for _, said in await office.do(clocks.ring)] == [(BREACH, ESCALATE)]
    assert await office.do(clocks.ring) == ()


async def test_people_are_disturbed_in_office_hours_only(office: Office, clock: Clock) -> None:
    admin = await admin_of(office)
    clock.now = at(SUNDAY, 17)
    assert await office.do(targets.may_disturb)
    await office.do(calendar.set_hours, admin, OFFICE_DAY)
    assert not await office.do(targets.may_disturb)
    clock.now = at(SUNDAY + DAY, 9)
    assert await office.do(targets.may_disturb)
    await office.do(calendar.close, admin, SUNDAY + DAY, "گرمای هوا")
    assert not await office.do(targets.may_disturb)


async def test_a_target_in_office_hours_has_no_date_until_hours_are_set(office: Office) -> None:
    officer, admin = await office.officer(), await admin_of(office)
    await office.set(decision_target="8h")
    case = await office.file(officer)
    assert await due_of(office, case) is None
    await office.do(calendar.set_hours, admin, OFFICE_DAY)
    assert await due_of(office, case) == at(SUNDAY, 10), "six hours on Saturday, two on Sunday"
    (hours,) = (await office.do(in_force)).periods
    await office.do(calendar.drop_hours, admin, hours)
    assert await due_of(office, case) is None


async def test_the_first_look_is_over_with_the_first_claim(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(first_look_target="1d")
    case = await office.file(officer)
    clock.move_on(DAY)
    await office.do(review.claim, actor=reviewer, case_id=case.id)
    await office.do(review.release, actor=reviewer, case_id=case.id)
    (row,) = await office.look(lambda work: work.calendar.clocks(case.id))
    assert (row.clock, row.due_at, row.ended_at) == ("first_look", at(SUNDAY - DAY, 23, 59), clock.now)


async def test_a_target_that_is_taken_back_leaves_no_date(office: Office) -> None:
    officer = await office.officer()
    await office.set(decision_target="2d")
    case = await office.file(officer)
    await office.set(decision_target=None)
    assert await due_of(office, case) is None
    assert await office.do(clocks.would_move, await office.do(in_force)) == 0


async def test_the_preview_counts_what_a_closure_would_move(office: Office, clock: Clock) -> None:
    officer = await office.officer()
    await office.set(decision_target="2d")
    for _ in range(3):
        await office.file(officer)
    clock.move_on(4 * DAY)  # Monday: the targets of the first three are up
    await office.file(officer)
    now = await office.do(in_force)
    wednesday = SUNDAY + 3 * DAY
    off = DayOff(wednesday, "closure", "برودت هوا")
    assert await office.do(clocks.would_move, calendar.with_day(now, off)) == 1
    assert await office.do(clocks.would_move, now) == 0


async def test_public_holidays_are_taken_in_once_and_lunar_ones_of_later_years_wait(office: Office) -> None:
    admin = await admin_of(office)
    assert await office.do(public_days.seed) is True
    assert await office.do(public_days.seed) is False
    known = await office.look(lambda work: work.calendar.days())
    assert len({row.day for row in known}) == len(known)
    named = await office.do(in_force)
    nowruz = gregorian(1406, 1, 1)
    assert named.day_off(nowruz) is not None
    estimated = dt.date(2027, 1, 24)
    assert named.named(estimated) is not None
    assert named.is_working_day(estimated), "it only warns"
    waiting = await office.do(calendar.unconfirmed, admin)
    assert (waiting[0].day, len(waiting)) == (dt.date(2027, 1, 6), 18)
    await office.do(calendar.confirm, admin, await row_of(office, estimated))
    assert not (await office.do(in_force)).is_working_day(estimated)


async def test_a_closure_taken_back_on_a_holiday_leaves_the_holiday(office: Office) -> None:
    admin = await admin_of(office)
    await office.do(public_days.seed)
    tasua = gregorian(1406, 3, 14)
    before = (await office.do(in_force)).named(tasua)
    assert before is not None
    await office.do(calendar.close, admin, tasua, "گرمای هوا")
    await office.do(calendar.reopen, admin, await row_of(office, tasua))
    assert (await office.do(in_force)).named(tasua) == before


async def test_a_closure_taken_back_twice_leaves_the_holiday_below_it(office: Office) -> None:
    admin, nowruz = await admin_of(office), gregorian(1406, 1, 1)
    await office.do(public_days.seed)
    await office.do(calendar.close, admin, nowruz, "گرمای هوا")
    closure = await row_of(office, nowruz)
    await office.do(calendar.reopen, admin, closure)
    for act in (calendar.reopen, calendar.confirm):
        with pytest.raises(Stale):
            await office.do(act, admin, closure)
    assert (await office.do(in_force)).day_off(nowruz) is not None


async def test_the_preview_of_taking_a_closure_back_is_what_taking_it_back_does(office: Office) -> None:
    officer, admin = await office.officer(), await admin_of(office)
    await office.do(public_days.seed)
    await office.set(decision_target="2d")
    await office.file(officer)
    for day in (gregorian(1406, 1, 1), SUNDAY):
        await office.do(calendar.close, admin, day, "گرمای هوا")
        row = await standing(office, day)
        before = await office.do(calendar.reopened, row)
        await office.do(calendar.reopen, admin, row.id)
        assert set(before.days) == set((await office.do(in_force)).days)


async def test_changes_of_the_week_at_the_same_moment_are_all_kept(office: Office) -> None:
    admin, colleague = await admin_of(office), await office.hire(Role.ADMIN, "نرگس رضایی")
    parts = [Period(OFFICE_DAY.spans, season=((month, 1), (month, 20))) for month in range(1, 5)]
    came = await at_once(
        *(office.do(calendar.set_hours, admin, part) for part in parts),
        office.do(calendar.set_weekend, colleague, {FRIDAY}),
    )
    kept = await office.do(in_force)
    assert (came, kept.weekend) == ([None] * 5, frozenset({FRIDAY}))
    assert set(kept.periods) == set(parts)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_case_filed_while_a_closure_commits_has_the_target_that_follows_it(
    office: Office, database_url: str
) -> None:
    officer, admin = await office.officer(), await admin_of(office)
    await office.set(decision_target="2d")
    plain = await office.file(officer)
    closed, filed = Event(), Event()
    looking = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"))

    def close(work: Work) -> None:
        calendar.close(work, admin, SUNDAY, "گرمای هوا")
        closed.set()
        with looking.connect() as connection:  # until the other unit waits for this one, or did not need to
            while not filed.is_set() and not connection.execute(_WAITS).scalar_one():
                connection.rollback()

    async def file() -> Case:
        await asyncio.to_thread(closed.wait)
        try:
            return await office.file(officer)
        finally:
            filed.set()

    _, beside = await asyncio.gather(office.look(close), file())
    looking.dispose()
    dues = [
        case.due_at
        for case in await office.look(lambda work: [work.cases.get(n) for n in (plain.id, beside.id)])
    ]
    assert dues == [dues[0]] * 2


_WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


async def test_the_weekend_is_assumed_until_an_admin_sets_it_and_hours_do_not_set_it(office: Office) -> None:
    admin = await admin_of(office)
    await office.do(calendar.set_hours, admin, OFFICE_DAY)
    assumed = await office.do(in_force)
    assert (assumed.weekend, assumed.weekend_set) == (WEEKEND, False)
    await office.do(calendar.set_weekend, admin, WEEKEND)
    chosen = await office.do(in_force)
    assert (chosen.weekend, chosen.weekend_set, chosen.periods) == (WEEKEND, True, (OFFICE_DAY,))


async def test_a_breach_is_said_once_though_a_target_was_changed_by_mistake_and_back(
    office: Office, clock: Clock
) -> None:
    officer = await office.officer()
    await office.set(decision_target="1d")
    await office.file(officer)
    clock.move_on(6 * DAY)
    told = [[said for _, said in await office.do(clocks.ring)]]
    for target in ("30d", "1d"):
        await office.set(decision_target=target)
        told.append([said for _, said in await office.do(clocks.ring)])
    assert told == [[(BREACH, ESCALATE)], [], []]


async def test_a_target_put_off_after_its_breach_is_said_again_when_it_is_up(
    office: Office, clock: Clock
) -> None:
    officer = await office.officer()
    await office.set(decision_target="1d")
    await office.file(officer)
    clock.move_on(6 * DAY)
    await office.do(clocks.ring)
    await office.set(decision_target="10d")
    clock.move_on(20 * DAY)
    assert [said for _, said in await office.do(clocks.ring)] == [(BREACH, ESCALATE)]


SOLAR = {(1, 1), (1, 2), (1, 3), (1, 4), (1, 12), (1, 13), (3, 14), (3, 15), (11, 22), (12, 29)}
"""The holidays of the solar calendar, Jalali."""


def test_no_solar_holiday_is_ever_in_doubt_though_a_lunar_one_falls_on_it() -> None:
    known = {
        day: sure for year in range(2025, 2061) for day, (_, sure) in public_days.known_days(year).items()
    }
    doubtful = [day for day, sure in known.items() if not sure and jalali(day)[1:] in SOLAR]
    assert (doubtful, sum(jalali(day)[1:] in SOLAR for day in known)) == ([], 360)


async def test_hours_of_the_same_part_of_the_year_replace_each_other(office: Office) -> None:
    admin = await admin_of(office)
    winter = Period(OFFICE_DAY.spans, season=((10, 1), (12, 29)))
    later = Period(((dt.time(9), dt.time(15)),))
    for each in (OFFICE_DAY, winter, later):
        await office.do(calendar.set_hours, admin, each)
    assert (await office.do(in_force)).periods == (later, winter)


async def test_a_week_without_a_working_day_is_refused(office: Office) -> None:
    admin = await admin_of(office)
    with pytest.raises(OutOfBounds):
        await office.do(calendar.set_weekend, admin, range(7))
    await office.do(calendar.set_weekend, admin, {FRIDAY})
    assert (await office.do(in_force)).weekend == {FRIDAY}


NOT_FOR_ALL: tuple[Callable[[Work, Actor], object], ...] = (
    lambda work, actor: calendar.close(work, actor, SUNDAY, "برودت هوا"),
    lambda work, actor: calendar.confirm(work, actor, 1),
    lambda work, actor: calendar.reopen(work, actor, 1),
    lambda work, actor: calendar.set_weekend(work, actor, {FRIDAY}),
    lambda work, actor: calendar.set_hours(work, actor, OFFICE_DAY),
    lambda work, actor: calendar.drop_hours(work, actor, OFFICE_DAY),
    calendar.entered,
    calendar.unconfirmed,
)


async def test_nobody_but_an_admin_keeps_the_calendar(office: Office) -> None:
    director = await office.hire(Role.DIRECTOR, "مدیر")
    for act in NOT_FOR_ALL:
        with pytest.raises(NotYours):
            await office.do(act, director)


async def test_due_asks_the_setting_that_is_named(office: Office, clock: Clock) -> None:
    assert await office.do(targets.due, "complaint_target", clock.now) is None
    await office.set(complaint_target="1d")
    found = await office.do(targets.due, "complaint_target", clock.now)
    assert found is not None
    assert found.at == at(SUNDAY - DAY, 23, 59)
    assert TARGET_OF[DECISION] == "decision_target"
    assert await office.do(targets.span_of, "complaint_target") == Span(1, "days")


async def test_why_is_told_with_a_line_for_the_wait_for_a_correction(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(decision_target="2d")
    case = await office.file(officer)
    clock.now = at(SUNDAY, 9)
    await office.do(review.claim, actor=reviewer, case_id=case.id)
    await office.do(
        decisions.return_for_correction, actor=reviewer, case_id=case.id, reasons=("marked.1",), note="نام"
    )
    clock.now = at(SUNDAY + DAY, 9)
    case = await office.correct(officer, case)
    found = await office.do(clocks.why, case)
    assert found is not None
    assert found[1].at == case.due_at == at(SUNDAY + DAY, 23, 59)
    assert [code for code, _ in found[1].lines] == ["pause", "weekend"]
