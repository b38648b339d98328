"""What the demo begins with: every screen has something, whenever and however often it is started."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo import history, office
from bot.demo.cases import FIFTH, FIRST, FOURTH, SECOND, THIRD
from bot.demo.people import PEOPLE, Cast
from domain.lifecycle import State
from persian.codes import verhoeff_ok
from persian.dates import TEHRAN
from services import complaint_desk, settings, windows
from services.complaint_desk import Filter
from storage.engine import Store
from storage.vault import Vault
from storage.work import Work

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=TEHRAN)
CAST = Cast({person.key: (person.platform, 100 + n) for n, person in enumerate(PEOPLE)}, "none", NOW)
STAGES = {
    FIRST.code: State.AGREED,
    SECOND.code: State.NOT_AGREED,
    THIRD.code: State.RETURNED,
    FOURTH.code: State.IN_REVIEW,
    FIFTH.code: State.SUBMITTED,
}


class Past:
    """A clock that stands where the history is."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def opened(url: str, vault: Vault, clock: Callable[[], datetime]) -> AsyncIterator[Store]:
    store = await Store.open(url, vault=vault, clock=clock)
    try:
        yield store
    finally:
        await store.close()


async def play(url: str, vault: Vault, most: int = 1000) -> None:
    """What is left of the history, or as much of it as is done before a kill."""
    past = Past()
    async with opened(url, vault, past) as store:
        left = await store.run(history.left)
        for past.now, deed in list(history.steps(CAST, left))[:most]:
            await store.run(deed)


def found(work: Work) -> dict[str, object]:
    """What stands in the store, for a person to see."""
    handler = CAST.actor(work, "complaints")
    queue = complaint_desk.queue(work, handler)
    next_window = windows.upcoming(work)
    assert next_window is not None
    return {
        "stages": {story.code: story.case(work).state for story in (FIRST, SECOND, THIRD, FOURTH, FIFTH)},
        "complaints": {which: queue.counts[which] for which in (Filter.OPEN, Filter.CLOSED)},
        "window": windows.begins_of(next_window).astimezone(TEHRAN).isoformat(),
        "incidents": [len(work.incidents.open()), len(work.incidents.within(NOW - timedelta(90), NOW))],
        "notices": work.notices.count("notice"),
        "targets": {name: settings.value(work, name) for name in office.TARGETS},
        "hours": len(work.calendar.in_force().periods),
        "holidays": bool(work.calendar.in_force().days),
    }


EVERYTHING = {
    "stages": STAGES,
    "complaints": {Filter.OPEN: 1, Filter.CLOSED: 1},
    "window": "2026-11-25T20:00:00+03:30",
    "incidents": [0, 1],
    "notices": 1,
    "targets": office.TARGETS,
    "hours": 1,
    "holidays": True,
}


@pytest.mark.parametrize("done", [0, 1, 9, 22])
async def test_a_history_that_was_cut_off_is_taken_up_where_it_was_and_then_left_alone(
    sqlite_url: str, vault: Vault, done: int
) -> None:
    await play(sqlite_url, vault, done)
    await play(sqlite_url, vault)
    await play(sqlite_url, vault)
    async with opened(sqlite_url, vault, Past()) as store:
        assert await store.run(found) == EVERYTHING


moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001 - made aware below
    lambda moment: moment.replace(tzinfo=UTC)
)


@given(moments)
def test_the_history_is_told_in_the_order_of_time_and_ends_before_today(now: datetime) -> None:
    told = [moment for moment, _ in history.steps(replace(CAST, now=now), len(history.HISTORY))]
    assert told == sorted(told)
    assert told[-1].date() < now.astimezone(TEHRAN).date()


@given(moments)
def test_nobody_is_reminded_of_the_first_maintenance_in_the_first_hour(now: datetime) -> None:
    begins = office.evening_after(now)
    assert not timedelta(days=1) <= begins - now <= timedelta(days=1, hours=1)
    assert begins.astimezone(TEHRAN).date() == now.astimezone(TEHRAN).date() + timedelta(days=1)


def test_the_codes_of_the_history_are_such_as_anybody_may_type() -> None:
    assert [verhoeff_ok(code) for code in STAGES] == [True] * 5
