"""The slots of a sender keep a strict window, and timers that are late cost nothing of the rate."""

import asyncio
import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import Clock
from bot.pace import MADE_UP, MOST_SERVED, Pace, Rounds
from bot.platforms import PLATFORMS
from storage.records import Claimed

WINDOW = 30


class LateClock(Clock):
    """A clock that stands still but for what is waited for, and whose timers come late."""

    def __init__(self, late: list[float]) -> None:
        self.time = 0.0
        self.late = list(late)

    def monotonic(self) -> float:
        return self.time

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        self.time += seconds + (self.late.pop() if self.late else 0.0)
        return event.is_set()


def slots(rate: float, late: list[float], count: int) -> list[float]:
    """The moments of so many slots."""
    clock = LateClock(late)
    pace = Pace(replace(PLATFORMS["telegram"], rate=rate), clock)

    async def take() -> list[float]:
        moments: list[float] = []
        for _ in range(count):
            await pace.slot()
            moments.append(clock.time)
        return moments

    return asyncio.run(take())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 0.2), max_size=80), st.floats(1, 29.5))
def test_no_window_of_a_second_holds_more_than_thirty(late: list[float], rate: float) -> None:
    moments = slots(rate, late, 100)
    spans = [last - first for first, last in zip(moments, moments[WINDOW:], strict=False)]
    assert min(spans) >= WINDOW / 29.5 - MADE_UP - 1e-9


def test_timers_that_are_always_a_little_late_cost_nothing_of_the_rate() -> None:
    moments = slots(29.5, [0.002] * 1000, 296)
    assert round(295 / (moments[-1] - moments[1] + 1 / 29.5), 2) == 29.5


def test_what_was_missed_in_a_long_pause_is_not_made_up_for() -> None:
    first, second, third = slots(10.0, [0.0, 0.5], 3)[-3:]
    assert (round(second - first, 3), round(third - second, 3)) == (0.6, 0.095)


def claimed(chat_id: int, lane: int = 0) -> Claimed:
    """A message to this chat."""
    return Claimed(
        id=1,
        platform="bale",
        chat_id=chat_id,
        lane=lane,
        method="sendMessage",
        params={},
        slot=None,
        purpose=None,
        attempts=1,
        claimed_at=dt.datetime(2026, 9, 28, tzinfo=dt.UTC),
        first_failed_at=None,
        was_unknown=False,
        slot_message_id=None,
    )


def test_in_a_crowd_each_chat_has_one_turn_and_whoever_has_a_second_begins_a_new_round() -> None:
    rounds = Rounds()
    rounds.note([claimed(1), claimed(2)], crowd=True)
    rounds.note([claimed(3), claimed(9, lane=2)], crowd=True)
    assert rounds.served == {1, 2, 3}
    rounds.note([claimed(2)], crowd=True)
    assert rounds.served == {2}
    rounds.note([claimed(4)], crowd=False)
    assert rounds.served == set()


def test_a_round_ends_before_it_is_too_large_to_be_asked_about() -> None:
    rounds = Rounds(set(range(MOST_SERVED)))
    rounds.note([claimed(MOST_SERVED)], crowd=True)
    assert rounds.served == {MOST_SERVED}
