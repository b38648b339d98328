"""Acts on a complaint beside a change of the calendar or of the target: what is kept follows both of them."""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from threading import Event

import pytest
from services_complaints import complain
from services_office import Office
from sqlalchemy import Engine, create_engine, make_url, text

from domain.complaints import State
from domain.roles import Actor, Role
from persian.dates import gregorian
from services import calendar, complaint_clocks, complaint_desk, settings
from storage.records.complaints import Complaint
from storage.work import Work

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

DAY = dt.timedelta(days=1)
SUNDAY = gregorian(1405, 7, 12)
"""The first Sunday after the morning on which the stories begin, a Thursday."""
_WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")

Change = Callable[[Work, Actor], object]
CHANGES: dict[str, Change] = {
    "closure": lambda work, admin: calendar.close(work, admin, SUNDAY, "گرمای هوا"),
    "target": lambda work, admin: settings.change(work, by=admin, name="complaint_target", value="3d"),
}


@pytest.fixture
def looking(database_url: str) -> Iterator[Engine]:
    """A look at the server from beside the store."""
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"))
    yield engine
    engine.dispose()


def until_one_waits(looking: Engine, done: Event) -> None:
    """Until the other unit waits for this one, or did not need to."""
    with looking.connect() as connection:
        while not done.is_set() and not connection.execute(_WAITS).scalar_one():
            connection.rollback()


async def beside(
    office: Office, looking: Engine, act: Callable[[Work], object], change: Callable[[Work], object]
) -> None:
    """An act that is not committed yet when the change begins."""
    acted, changed = Event(), Event()

    def first(work: Work) -> None:
        try:
            act(work)
        finally:
            acted.set()
        until_one_waits(looking, changed)

    async def second() -> None:
        await asyncio.to_thread(acted.wait)
        try:
            await office.look(change)
        finally:
            changed.set()

    await asyncio.gather(office.look(first), second())


async def held(office: Office) -> tuple[Actor, Actor, Complaint]:
    """An admin, a complaints officer, and a complaint in the officer's hand."""
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    officer = await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    await office.set(complaint_target="2d", warn_before="1d")
    about = await complain(office)
    return admin, officer, await office.do(complaint_desk.claim, actor=officer, complaint_id=about.id)


@pytest.mark.parametrize("change", CHANGES)
async def test_a_complaint_answered_beside_a_change_has_no_target_and_is_not_told_of(
    office: Office, looking: Engine, change: str
) -> None:
    admin, officer, about = await held(office)
    await beside(
        office,
        looking,
        lambda work: complaint_desk.answer(
            work, actor=officer, complaint_id=about.id, text="رسیدگی شد.", cause="delay"
        ),
        lambda work: CHANGES[change](work, admin),
    )
    assert await office.look(lambda work: work.complaints.targets([about.id])) == {}
    assert await office.do(complaint_clocks.moves) == ()
    office.clock.move_on(3 * DAY)
    assert await office.do(complaint_clocks.to_warn) == ()


@pytest.mark.parametrize("change", CHANGES)
async def test_the_clock_of_a_complaint_asked_about_beside_a_change_stands_still(
    office: Office, looking: Engine, change: str
) -> None:
    admin, officer, about = await held(office)
    await beside(
        office,
        looking,
        lambda work: complaint_desk.ask(work, actor=officer, complaint_id=about.id, question="چه روزی؟"),
        lambda work: CHANGES[change](work, admin),
    )
    kept = await office.look(lambda work: work.complaints.targets([about.id])[about.id])
    assert (kept.due_at, kept.warn_at) == (None, None)


@pytest.mark.parametrize("change", CHANGES)
async def test_an_act_that_has_read_the_old_calendar_does_not_bring_the_old_target_back(
    office: Office, change: str
) -> None:
    admin, officer, about = await held(office)
    read, changed = Event(), Event()

    def release(work: Work) -> None:
        try:
            complaint_desk.queue(work, officer)
        finally:
            read.set()
        changed.wait()
        complaint_desk.release(work, actor=officer, complaint_id=about.id)

    async def follow() -> None:
        await asyncio.to_thread(read.wait)
        try:
            await office.look(lambda work: CHANGES[change](work, admin))
        finally:
            changed.set()

    await asyncio.gather(office.look(release), follow())
    now = await office.look(lambda work: work.complaints.get(about.id))
    kept = await office.look(lambda work: work.complaints.targets([about.id])[about.id])
    fresh = await office.do(complaint_clocks.due_of, now)
    assert fresh is not None
    assert (now.state, kept.due_at) == (State.RECEIVED, fresh.at)
    assert len(await office.do(complaint_clocks.moves)) == 1, "the news of the change is not lost"
