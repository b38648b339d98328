"""When the audit's end is shown to the admins, whatever somebody with SQL does to keep it quiet."""

import datetime as dt

import pytest
from services_office import Clock, Office

from bot.commands.compared import compared
from domain.roles import Role
from services.audit import LONGEST, Unwritten, Walk, anchor, is_anchor_due
from services.standing import Said
from storage.work import Work

DAY = dt.timedelta(days=1)


async def due(office: Office) -> bool:
    return await office.look(is_anchor_due)


async def test_it_is_due_once_a_day_in_office_hours(office: Office, clock: Clock) -> None:
    clock.move_on(4 * DAY)  # Monday
    assert not await due(office)
    with pytest.raises(Unwritten):
        await office.do(anchor)
    await office.hire(Role.ADMIN, "مریم احمدی")
    assert await due(office)
    await office.do(anchor)
    assert not await due(office)
    clock.move_on(dt.timedelta(hours=14))  # the night
    assert not await due(office)
    clock.move_on(dt.timedelta(hours=10))  # the next working day
    assert await due(office)


async def test_the_first_of_all_waits_for_office_hours_too(office: Office, clock: Clock) -> None:
    await office.hire(Role.ADMIN, "مریم احمدی")  # on a Thursday
    assert not await due(office)
    clock.move_on(4 * DAY)
    assert await due(office)


async def test_a_calendar_that_never_opens_silences_it_for_a_week_alone(office: Office, clock: Clock) -> None:
    await office.hire(Role.ADMIN, "مریم احمدی")
    await office.do(anchor)
    await office.look(close_every_day)
    clock.move_on(LONGEST)
    assert not await due(office)
    clock.move_on(dt.timedelta(minutes=5))
    assert await due(office)


def close_every_day(work: Work) -> None:
    today = work.now.date()
    for ahead in range(20):
        work.calendar.set_day(today + ahead * DAY, "closure", "تعطیل", None)


async def test_a_moment_to_come_of_a_clock_that_was_ahead_silences_none(office: Office, clock: Clock) -> None:
    await office.hire(Role.ADMIN, "مریم احمدی")
    clock.move_on(365 * DAY)
    await office.do(anchor)
    clock.move_on(-364 * DAY)
    assert await due(office)
    await office.do(anchor)
    assert not await due(office)


async def test_a_bot_that_works_for_days_and_shows_none_is_named(office: Office, clock: Clock) -> None:
    await office.hire(Role.ADMIN, "مریم احمدی")
    await office.do(anchor)
    shown = clock.now.isoformat()
    for days in range(1, LONGEST.days + 3):
        clock.move_on(DAY)
        await office.look(work_a_little)
        named = (("unanchored", shown, days),) if days > LONGEST.days + 1 else ()
        assert (await compared(office.store, Walk(), Said())).differences == named
    await office.do(anchor)
    assert (await compared(office.store, Walk(), Said())).differences == ()


def work_a_little(work: Work) -> None:
    work.audit.caused_by("sweep:expire")
    work.settings.put("undo_minutes", 5, None)


async def test_the_keeper_of_a_bot_that_stands_still_is_told_nothing(office: Office, clock: Clock) -> None:
    await office.hire(Role.ADMIN, "مریم احمدی")
    for _ in range(20):
        clock.move_on(DAY)
        await office.look(keep)
    assert (await compared(office.store, Walk(), Said())).differences == ()


def keep(work: Work) -> None:
    work.audit.caused_by("command:set")
    work.settings.put("undo_minutes", 5, None)
