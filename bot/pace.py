"""When the next message of a bot may go out, and whose: strictly spaced, a burst and a turn per chat."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.clock import Clock
from bot.platforms.platform import Platform
from storage.records import Claimed

MADE_UP: Final = 0.005
"""Seconds by which a slot may come sooner because the one before it was late: a timer always is, a little."""


@dataclass(slots=True)
class Pace:
    """The platform's rates, kept by this process alone (there is one sender per bot).

    Slots are an interval apart. What a timer was late by is made up for, and no more: at 29.5 a second no
    window of a second holds more than 30, with 12 ms to spare for what the way to the platform adds.
    """

    platform: Platform
    clock: Clock
    halted: asyncio.Event = field(default_factory=asyncio.Event)
    _next: float = 0.0
    _paused_until: float = 0.0
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)

    def pause(self, seconds: float) -> None:
        """Nothing goes out for so long."""
        self._paused_until = max(self._paused_until, self.clock.monotonic() + seconds)

    @property
    def paused(self) -> float:
        """Seconds left of a pause."""
        return max(0.0, self._paused_until - self.clock.monotonic())

    async def slot(self) -> None:
        """Wait for the next slot and take it; a pause that begins meanwhile is kept, too.

        Once `halted` nobody waits any more.
        """
        while (wait := max(self._next, self._paused_until) - self.clock.monotonic()) > 0:
            if await self.clock.wait(self.halted, wait):
                return
        self._advance(self.clock.monotonic())

    def take_now(self, chat_id: int) -> bool:
        """Take the slot of this moment for a chat, if there is one and the chat may have it."""
        now = self.clock.monotonic()
        crowded = self.platform.chat_interval > 0 and self._tokens(chat_id) < 1
        if self.halted.is_set() or max(self._next, self._paused_until) > now or crowded:
            return False
        self._advance(now)
        return True

    def spend(self, chat_id: int) -> None:
        """Count a message to a chat."""
        if self.platform.chat_interval > 0:
            self._chats[chat_id] = (self._tokens(chat_id) - 1, self.clock.monotonic())

    def crowded(self) -> tuple[set[int], float]:
        """The chats whose burst is used up, and the seconds until the first of them may go on."""
        for chat_id in [chat for chat in self._chats if self._tokens(chat) >= self.platform.chat_burst]:
            del self._chats[chat_id]
        lacking = {chat: 1 - tokens for chat in self._chats if (tokens := self._tokens(chat)) < 1}
        if not lacking:
            return set(), 0.0
        return set(lacking), min(lacking.values()) * self.platform.chat_interval

    def _advance(self, now: float) -> None:
        self._next = max(self._next, now - MADE_UP) + 1 / self.platform.rate

    def _tokens(self, chat_id: int) -> float:
        tokens, at = self._chats.get(chat_id, (float(self.platform.chat_burst), 0.0))
        gained = (self.clock.monotonic() - at) / self.platform.chat_interval
        return min(float(self.platform.chat_burst), tokens + gained)


MOST_SERVED: Final = 3000
"""Chats of a round at most; where more wait, the oldest begin again before all have had a turn."""


@dataclass(slots=True)
class Rounds:
    """Whose turn it is while more waits than may go out: each chat gets one reply in a round.

    By number alone somebody who writes last would wait behind all replies to all who wrote before.

    Attributes:
        served: the chats that have had their turn in this round.
    """

    served: set[int] = field(default_factory=set)

    def note(self, rows: Sequence[Claimed], *, crowd: bool) -> None:
        """These have been claimed; `crowd`: as many as were asked for, so that others may wait."""
        replied = {row.chat_id for row in rows if row.lane == 0}
        if not crowd or len(self.served) >= MOST_SERVED or self.served & replied:
            self.served.clear()
        if crowd:
            self.served |= replied
