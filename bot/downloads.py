"""The files that handlers want: fetched between two runs of a unit, and waited for through an outage."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.backoff import backoff
from bot.clock import Clock
from bot.incoming import Offered
from bot.lanes import Lane
from bot.logs import logger
from bot.platforms.api import BotApi, Refused
from bot.platforms.platform import Platform

log = logger("downloads")

WAIT: Final = (1.0, 30.0)
PATIENCE: Final = 300.0
"""Seconds of a platform that gives no file, before the update that brought it is set aside."""


@dataclass(slots=True)
class Outage:
    """A file that the platform does not give now: for which update, since when, how many times asked."""

    row_id: int
    since: float
    failures: int = 0


class Downloads:
    """Fetches files, and remembers which chats wait for one."""

    def __init__(self, platforms: Mapping[str, Platform], apis: Mapping[str, BotApi], clock: Clock) -> None:
        self._platforms = platforms
        self._apis = apis
        self._clock = clock
        self._outages: dict[Lane, Outage] = {}

    async def fetch(self, platform: str, file: Offered) -> bytes:
        """The offered file's bytes; none when the platform will not give them, or they are too many.

        Raises:
            NotConnected, NoAnswer: it cannot be had now.
        """
        limit = self._platforms[platform].limits.download
        if file.size > limit:
            return b""
        try:
            return await self._apis[platform].download(file.file_id, limit)
        except Refused as no:
            log.warning("download_refused", platform=platform, code=no.code)
            return b""

    def next_try(self, lane: Lane, row_id: int) -> float | None:
        """A file could not be had: the seconds until it is asked for again, or None after long enough."""
        now, outage = self._clock.monotonic(), self._outages.get(lane)
        if outage is None or outage.row_id != row_id:
            outage = self._outages[lane] = Outage(row_id, now)
        if now - outage.since >= PATIENCE:
            return None
        outage.failures += 1
        return backoff(outage.failures, first=WAIT[0], most=WAIT[1])

    def over(self, lane: Lane) -> None:
        """The chat waits for no file any more."""
        self._outages.pop(lane, None)
