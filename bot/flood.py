"""Who writes faster than anybody can: up to how many messages each chat is heard, and when it is told.

Each chat has a bucket of `BURST` updates that fills again at the pace at which its replies can leave. What
comes to an empty bucket is put on disk and passed over, so that a flood costs no more than that.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.clock import Clock
from bot.incoming import Incoming
from bot.lanes import Lane
from bot.platforms.platform import Platform

BURST: Final = 40
"""Updates that a chat is heard with at once: all answers of a form, pasted one by one, and an album."""
TELL_SECONDS: Final = 60.0
CHATS: Final = 10_000
"""Chats that are remembered; whoever was forgotten has a full bucket."""
_WENT_BACK: Final = 3_600.0
"""Seconds by which a platform's clock must go back for its earlier moments to be forgotten."""


class Heard(Enum):
    """What becomes of an update."""

    YES = "yes"
    NO = "no"
    SLOWER = "slower"
    """No, and the chat is told to be slower."""


@dataclass(slots=True)
class Bucket:
    """What is left of a chat's burst, and at which moment that was; seconds."""

    left: float
    at: float

    def take(self, at: float, interval: float) -> bool:
        """Take one, if there is one."""
        if at < self.at - _WENT_BACK:
            self.at = at
        self.left = min(BURST, self.left + max(0.0, at - self.at) / interval)
        self.at = max(self.at, at)
        if self.left < 1:
            return False
        self.left -= 1
        return True


class Flood:
    """The buckets of all chats.

    Messages are measured by the moments at which the platform says they were sent: what has waited through an
    outage was not written at once. Presses and edits bear no such moment, and are measured by our own clock.

    Args:
        platforms: those whose chats are held back; a chat earns one update more in the seconds that lie
            between two replies to it, and without such an interval nobody is held back.
    """

    def __init__(self, platforms: Mapping[str, Platform], clock: Clock) -> None:
        self._intervals = {name: platform.chat_interval for name, platform in platforms.items()}
        self._clock = clock
        self._buckets: OrderedDict[tuple[Lane, bool], Bucket] = OrderedDict()
        self._told: OrderedDict[Lane, float] = OrderedDict()

    def heard(self, lane: Lane, incoming: Incoming) -> Heard:
        """Whether one more update of this chat is heard; it is counted by that."""
        interval, now = self._intervals.get(lane[0], 0.0), self._clock.monotonic()
        if interval <= 0:
            return Heard.YES
        sent_at = _sent_at(incoming)
        at, key = now if sent_at is None else sent_at, (lane, sent_at is None)
        bucket = self._buckets.setdefault(key, Bucket(BURST, at))
        self._buckets.move_to_end(key)
        if len(self._buckets) > CHATS:
            self._buckets.popitem(last=False)
        if bucket.take(at, interval):
            return Heard.YES
        return Heard.SLOWER if self._is_due(lane, now) else Heard.NO

    def take_back(self, lane: Lane, incoming: Incoming) -> None:
        """One that was heard is not handled now after all: it is counted again when it is."""
        bucket = self._buckets.get((lane, _sent_at(incoming) is None))
        if bucket is not None:
            bucket.left += 1

    def _is_due(self, lane: Lane, now: float) -> bool:
        """Whether the chat is told, at most once in a minute."""
        if now - self._told.get(lane, -TELL_SECONDS) < TELL_SECONDS:
            return False
        self._told[lane] = now
        self._told.move_to_end(lane)
        if len(self._told) > CHATS:
            self._told.popitem(last=False)
        return True


def _sent_at(incoming: Incoming) -> float | None:
    """The moment at which the platform says it was sent, in seconds; None where it does not say."""
    if incoming.sent_at is None or incoming.kind in {"press", "edited"}:
        return None
    return incoming.sent_at.timestamp()
