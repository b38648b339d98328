"""The running bot looks at the room on its disk itself: a fall is told to the admins once."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.clock import Clock
from bot.logs import logger
from bot.room import MB, Room, free_under
from bot.timers import TIMERS
from storage.engine import Store
from storage.errors import StoreDown
from storage.work import Work

log = logger("room")

LOOK: Final = 60.0
"""Seconds between two looks."""
DISK_LOW: Final = "disk_low"
"""The alarm, whose reference is the number of megabytes that are left."""


class RoomWatch:
    """Looks each minute.

    Args:
        room: what the handlers ask.
        folder: where the store's files lie.
        alarm: tells the admins, by a code and a reference.
        free: the bytes that are free there.
    """

    def __init__(
        self,
        store: Store,
        room: Room,
        folder: Path,
        alarm: Callable[[Work, str, str], None],
        *,
        free: Callable[[Path], int] = free_under,
        clock: Clock | None = None,
    ) -> None:
        self._store = store
        self._room = room
        self._folder = folder
        self._alarm = alarm
        self._free = free
        self._clock = clock or Clock()
        self._told = False

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await self._clock.sleep(LOOK)

    async def look(self) -> None:
        """Measure once; a fall that was not told yet is told, and told anew only after a recovery."""
        try:
            free = self._free(self._folder)
        except OSError as error:
            log.warning("room_unknown", error=type(error).__name__)
            return
        self._room.measured(free)
        if not self._room.low:
            self._told = False
        elif not self._told:
            self._told = await self._tell(str(free // MB))

    async def _tell(self, megabytes: str) -> bool:
        """Whether the admins were told: of several processes the one that runs the timers tells."""
        try:
            if not await self._store.elect(TIMERS):
                return False
            await self._store.run(lambda work: self._alarm(work, DISK_LOW, megabytes))
        except StoreDown as down:
            log.warning("alarm_waits", reason=down.reason)
            return False
        log.error(DISK_LOW, reference=megabytes)
        return True
