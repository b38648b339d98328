"""The chats that wait for a turn: for each one turn after another, and each behind those who came before."""

import asyncio
from collections import deque
from typing import Final

from storage.records import InboxRow

Lane = tuple[str, int]
"""A platform's name and a chat's id: what is handled in order."""

ALL: Final = 10**9
"""As many updates as a chat may have waiting in the store."""

CARRIED: Final = 2000
"""Updates that are kept in memory, so that a turn need not read them back; of others only the number is."""


class Lanes:
    """Which chats wait, how many updates each has, and those of them that are at hand.

    What is at hand is used only while it is all that its chat has waiting: the store alone knows the order.
    """

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Lane] = asyncio.Queue()
        self._due: dict[Lane, int] = {}
        self._rows: dict[Lane, deque[InboxRow]] = {}
        self._carried = 0

    def add(self, lane: Lane, updates: int = 1, row: InboxRow | None = None) -> None:
        """So many updates more wait in this chat; `row` if the one is at hand."""
        if lane not in self._due:
            self._due[lane] = 0
            self._queue.put_nowait(lane)
        self._due[lane] += updates
        if row is not None and self._carried < CARRIED:
            self._rows.setdefault(lane, deque()).append(row)
            self._carried += 1

    def begin(self, lane: Lane) -> bool:
        """Begin a turn of this chat for one update, past the queue; False: it waits there, or has a turn."""
        if lane in self._due:
            return False
        self._due[lane] = 1
        return True

    async def next(self) -> Lane:
        """The chat whose turn it is."""
        return await self._queue.get()

    def due(self, lane: Lane) -> int:
        """How many updates wait in this chat, by what is known here."""
        return self._due[lane]

    def at_hand(self, lane: Lane) -> InboxRow | None:
        """The update to handle next; None: it is to be read from the store."""
        rows = self._rows.get(lane)
        if rows is None:
            return None
        if len(rows) != self._due[lane]:
            self._forget(lane)
            return None
        self._carried -= 1
        return rows.popleft()

    def end(self, lane: Lane, updates: int) -> None:
        """A turn is over, and so many updates are off the list; more may have come during it."""
        self._due[lane] -= updates
        if self._due[lane] > 0:
            self._queue.put_nowait(lane)
        else:
            del self._due[lane]
            self._forget(lane)

    def _forget(self, lane: Lane) -> None:
        self._carried -= len(self._rows.pop(lane, ()))
