"""R12: the disk is full, somebody else holds the store, the clock is set."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Final

import psycopg
from pipeline_world import World, echo, running, said, until
from services_office import Clock, Office
from sqlalchemy import text

from benchmarks.proofs.places import VAULT
from benchmarks.proofs.tally import Place, Tally
from benchmarks.proofs.warp import closed, warped
from persian.dates import tehran_day
from sandbox import Phone
from services import tracking
from services.tracking import Details, Missed
from storage.engine import Store
from storage.work import Work

PLATFORM: Final = "bale"
CHATS: Final = 8
TEXTS: Final = 5
LONG: Final = "ش" * 3000
PATIENCE: Final = 300.0
DAY: Final = 86_400.0
UNTIL_2038: Final = (datetime(2038, 1, 20, tzinfo=UTC) - datetime.now(UTC)).total_seconds()
STEPS: Final = {"a day back": -DAY, "a day on": DAY, "to 2038": UNTIL_2038}
FAST: Final = 100.0
"""At this speed a message held up for a day would take a quarter of an hour."""
FULL_FUNCTION: Final = """
CREATE FUNCTION full_disk() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql
"""
FULL_TRIGGER: Final = "CREATE TRIGGER full_disk BEFORE INSERT ON inbox EXECUTE FUNCTION full_disk()"

Trouble = Callable[[Place, World], "contextlib.AbstractAsyncContextManager[None]"]


async def disasters(place: Place) -> Tally:
    """A full disk, a lock held for `size` seconds, a clock that is set; nothing may be lost."""
    tally = await store_in_trouble(place, place.size)
    place.progress(2, 4, "the store was full, and held")
    for name, step in STEPS.items():
        await _clock_set(place, tally, f"clock set {name}", step)
    place.progress(3, 4, "the clock was set")
    await _throttles(place, tally)
    place.progress(4, 4, "throttles")
    return tally


# The store refuses


async def store_in_trouble(place: Place, seconds: float) -> Tally:
    """The disk is full for up to two seconds; somebody holds the store for so many."""
    tally = Tally()
    await _troubled(place, tally, "disk full", _full, min(2.0, seconds))
    await _troubled(place, tally, "store locked", _locked, seconds)
    return tally


async def _troubled(place: Place, tally: Tally, what: str, trouble: Trouble, seconds: float) -> None:
    world, _ = await warped(place)
    phones = [await world.phone(PLATFORM, f"{what}-{number}") for number in range(CHATS)]
    before = _kept(place)
    dispatcher = world.dispatcher(echo)
    updates = world.sandbox.world.bots[PLATFORM].updates
    async with running(
        dispatcher,
        world.polling(PLATFORM, dispatcher),
        world.sender(PLATFORM, world.api(PLATFORM, read_seconds=PATIENCE)),
    ):
        async with trouble(place, world):
            for number in range(TEXTS):
                for phone in phones:
                    await phone.send(f"{number} {LONG}")
            unkept = await _acknowledged_unkept(place, world, before, seconds)
            tally.must(f"{what}: acknowledged without a commit", unkept, 0)
            tally.must(f"{what}: it was felt", int(len(updates) > 0), 1)
        await until(lambda: _answered(world, phones), PATIENCE)
    wanted = [str(number) for number in range(TEXTS)]
    answers = [list(dict.fromkeys(words[0] for words in said(phone))) for phone in phones]
    tally.must(f"{what}: answers in full and in order", sum(one == wanted for one in answers), CHATS)
    tally.must(f"{what}: updates kept", _kept(place) - before, CHATS * TEXTS)
    await closed(world)


async def _answered(world: World, phones: list[Phone]) -> bool:
    there = all(len(said(phone)) >= TEXTS for phone in phones)
    return there and await world.store.run(lambda work: work.outbox.waiting(PLATFORM)) == 0


async def _acknowledged_unkept(place: Place, world: World, before: int, seconds: float) -> int:
    """The most updates, at any look, that the platform was told are kept and that are not."""
    most, looks = 0, max(1, int(seconds / 0.05))
    for _ in range(looks):
        gone = CHATS * TEXTS - len(world.sandbox.world.bots[PLATFORM].updates)
        most = max(most, gone - (_kept(place) - before))
        await asyncio.sleep(0.05)
    return most


def _kept(place: Place) -> int:
    query = "SELECT count(*) FROM inbox"
    if place.sqlite:
        with closing(sqlite3.connect(place.url.removeprefix("sqlite:///"))) as file:
            return int(file.execute(query).fetchone()[0])
    with psycopg.connect(place.url) as server:
        found = server.execute(query).fetchone()
        return int(found[0]) if found else 0


@contextlib.asynccontextmanager
async def _full(place: Place, world: World) -> AsyncIterator[None]:
    """No row more: SQLite gets no further page, PostgreSQL answers every insert with «disk full»."""

    def pages(most: int) -> Callable[[Work], None]:
        return lambda work: _pragma(work, f"PRAGMA max_page_count = {most}")

    if place.sqlite:
        await world.store.run(pages(1))  # not one page more than there are
        yield
        await world.store.run(pages(2**30))
        return
    with psycopg.connect(place.url, autocommit=True) as server:
        for statement in (FULL_FUNCTION, FULL_TRIGGER):
            server.execute(statement.encode())
        yield
        server.execute("DROP FUNCTION full_disk CASCADE")


def _pragma(work: Work, words: str) -> None:
    work._transaction.connection.execute(text(words))  # noqa: SLF001 - no part of the store does this


@contextlib.asynccontextmanager
async def _locked(place: Place, world: World) -> AsyncIterator[None]:
    del world
    if place.sqlite:
        with closing(sqlite3.connect(place.url.removeprefix("sqlite:///"), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    with psycopg.connect(place.url) as other_server:
        other_server.execute("LOCK TABLE inbox IN EXCLUSIVE MODE")
        yield


# The clock is set


async def _clock_set(place: Place, tally: Tally, what: str, step: float) -> None:
    """Messages that wait, and updates that come, at the moment when somebody sets the wall clock."""
    world, warp = await warped(place, FAST)
    phone = await world.phone(PLATFORM, what)
    dispatcher = world.dispatcher(echo)
    await world.send(phone, "put before")
    warp.step = step
    await phone.send("sent after")
    async with running(
        dispatcher,
        world.polling(PLATFORM, dispatcher),
        world.sender(PLATFORM, world.api(PLATFORM, read_seconds=PATIENCE)),
    ):
        try:
            await until(lambda: _heard(phone, 2), 60.0)
        except TimeoutError:
            tally.count(f"{what}: held up", "put before")
    tally.must(f"{what}: messages that came", sorted(said(phone)), ["put before", "sent after"])
    await closed(world)


async def _heard(phone: Phone, number: int) -> bool:
    return len(said(phone)) >= number


async def _throttles(place: Place, tally: Tally) -> None:
    """No lock opens early, and a case filed after 2038 keeps its moments."""
    clock = Clock()
    office = Office(await Store.open(place.url, vault=VAULT, clock=clock), clock)
    officer = await office.officer()
    case = await office.file(officer)
    for _ in range(5):
        await _guess(office, case.code, right=False)
    closed_at = clock.now
    opened = [
        await _opens_at(office, case.code, closed_at + by)
        for by in (timedelta(days=-1), timedelta(minutes=-1), timedelta(minutes=14))
    ]
    tally.must("locks opened early by a clock set back", sum(opened), 0)
    opens = await _opens_at(office, case.code, closed_at + timedelta(hours=1))
    tally.must("the lock opens in its time", int(opens), 1)
    clock.now = datetime(2038, 1, 19, 20, 31, tzinfo=UTC)  # after midnight in Tehran
    late = await office.file(officer, letter_date="2038-01-10", first_due="2038-03-01")
    read = await office.look(lambda work: work.cases.get(late.id))
    tally.must("filed in 2038", read.filed_at.isoformat(), clock.now.isoformat())
    tally.must("on the day in Tehran", str(tehran_day(read.filed_at)), "2038-01-20")
    await office.store.close()


async def _guess(office: Office, code: str, *, right: bool) -> Details | Missed:
    attempt = await office.do(tracking.details_prepare, asker=("telegram", 77), code=code)
    if isinstance(attempt, Missed):
        return attempt
    return await office.do(tracking.details_finish, asker=("telegram", 77), attempt=attempt, right=right)


async def _opens_at(office: Office, code: str, moment: datetime) -> bool:
    office.clock.now = moment
    return isinstance(await _guess(office, code, right=True), Details)
