"""One account floods: it is heard so far, told once, and nobody else notices."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from town import Town, file_proposal

from bot import flood
from bot.clock import Clock
from bot.flood import BURST, Flood, Heard
from bot.incoming import Incoming
from bot.platforms import PLATFORMS

NOON = dt.datetime(2026, 10, 5, 8, 30, tzinfo=dt.UTC)
LANE = ("telegram", 5)
MESSAGE = Incoming("telegram", 5, 5, "private", "text", text="سلام", sent_at=NOON)
PRESS = replace(MESSAGE, kind="press", text="")


@dataclass
class HandClock(Clock):
    """A clock that a test moves."""

    seconds: float = 100.0

    def monotonic(self) -> float:
        return self.seconds


def at(seconds: float) -> Incoming:
    """A message sent so many seconds after noon."""
    return replace(MESSAGE, sent_at=NOON + dt.timedelta(seconds=seconds))


def test_of_a_thousand_messages_in_ten_seconds_a_burst_is_heard_and_one_word_is_said() -> None:
    clock = HandClock()
    buckets = Flood(PLATFORMS, clock)
    heard: Counter[Heard] = Counter()
    for number in range(1_000):
        clock.seconds = 100 + number // 100
        heard[buckets.heard(LANE, at(number // 100))] += 1
    assert heard == {Heard.YES: BURST + 9, Heard.SLOWER: 1, Heard.NO: 1_000 - BURST - 10}


def test_whoever_goes_on_is_told_once_a_minute() -> None:
    clock = HandClock()
    buckets = Flood(PLATFORMS, clock)
    told = []
    for second in range(180):
        clock.seconds = 100 + second
        told += [second for _ in range(10) if buckets.heard(LANE, at(second)) is Heard.SLOWER]
    assert [after - before for before, after in pairwise(told)] == [60, 60]


def test_after_a_rest_everything_is_heard_again() -> None:
    buckets = Flood(PLATFORMS, HandClock())
    for _ in range(100):
        buckets.heard(LANE, at(0))
    assert [buckets.heard(LANE, at(3)) for _ in range(4)].count(Heard.YES) == 3
    assert {buckets.heard(LANE, at(100)) for _ in range(BURST)} == {Heard.YES}


def test_one_chat_s_flood_is_nobody_else_s() -> None:
    buckets = Flood(PLATFORMS, HandClock())
    for _ in range(100):
        buckets.heard(LANE, at(0))
    for lane in (("telegram", 6), ("bale", 5)):
        assert buckets.heard(lane, at(0)) is Heard.YES


def test_what_was_written_through_an_outage_is_not_taken_for_a_flood() -> None:
    buckets = Flood(PLATFORMS, HandClock())
    assert {buckets.heard(LANE, at(36 * number)) for number in range(600)} == {Heard.YES}


def test_presses_are_measured_by_our_own_clock_and_apart_from_messages() -> None:
    clock = HandClock()
    buckets = Flood(PLATFORMS, clock)
    assert [buckets.heard(LANE, PRESS) for _ in range(BURST + 1)][-2:] == [Heard.YES, Heard.SLOWER]
    assert buckets.heard(LANE, at(0)) is Heard.YES
    clock.seconds += 5
    assert [buckets.heard(LANE, PRESS) for _ in range(6)].count(Heard.YES) == 5


def test_a_platform_whose_clock_was_ahead_shuts_nobody_out() -> None:
    buckets = Flood(PLATFORMS, HandClock())
    buckets.heard(LANE, at(10**8))
    for _ in range(100):
        buckets.heard(LANE, at(0))
    assert buckets.heard(LANE, at(5)) is Heard.YES


def test_however_many_chats_there_are_few_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "CHATS", 100)
    buckets = Flood(PLATFORMS, HandClock())
    for number in range(5_000):
        for _ in range(BURST + 1 if number % 10 == 0 else 1):
            buckets.heard(("telegram", number), at(0))
    assert (len(buckets._buckets), len(buckets._told)) == (100, 100)  # noqa: SLF001 - what memory they take


async def test_a_flood_leaves_the_others_in_peace_and_ends_with_the_flooder_answered(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "TELL_SECONDS", 86_400.0)
    assert town.app is not None
    handling = town.app.dispatcher._handling  # noqa: SLF001 - the town's own pace holds nobody back
    held_back = {name: replace(platform, chat_interval=0.5) for name, platform in PLATFORMS.items()}
    monkeypatch.setattr(handling, "_flood", Flood(held_back, Clock()))
    flooder, other = await town.newcomer("سیل"), await town.officer()
    before = len(flooder.phone.messages())
    for number in range(300):
        await flooder.phone.send(f"پیام {number}")
    await town.quiet()
    assert flooder.heard("آهسته‌تر") == 1
    answers = [m for m in flooder.phone.messages()[before:] if m["from"] == "bot"]
    assert len(answers) < 300
    assert await town.run(lambda work: work.inbox.depth()) == 0
    town.sandbox.clock.advance(60)
    await file_proposal(other)
    assert await town.cases() == 1
    await flooder.says("/start")
    assert "خوش آمدید" in flooder.chat_text().rpartition("آهسته‌تر")[2]
    assert flooder.heard("آهسته‌تر") == 1
