"""The files that handlers want: fetched and made harmless between two runs of a unit.

A platform that gives none now is waited for.
"""

import asyncio
import contextlib
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
from scans import Cleaner, Refusal, Verdict

log = logger("downloads")

WAIT: Final = (1.0, 30.0)
PATIENCE: Final = 300.0
"""Seconds of a platform that gives no file, before the update that brought it is set aside."""
SCANNER_UNREACHABLE: Final = "scanner_unreachable"
SCANNER_TOLD: Final = 3600.0
"""Seconds before the admins are told once more that the scanner gives no word."""


@dataclass(slots=True)
class Outage:
    """A file that the platform does not give now: for which update, since when, how many times asked."""

    row_id: int
    since: float
    failures: int = 0


class Downloads:
    """Fetches files, and remembers which chats wait for one."""

    def __init__(
        self,
        platforms: Mapping[str, Platform],
        apis: Mapping[str, BotApi],
        clock: Clock,
        cleaner: Cleaner,
    ) -> None:
        self._platforms = platforms
        self._apis = apis
        self._clock = clock
        self._cleaner = cleaner
        self._told = float("-inf")
        self._strangers = asyncio.Lock()
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

    async def look_at(self, content: bytes, *, stranger: bool = False) -> Verdict | None:
        """The clean copy of a fetched file, or why there is none; None of no bytes.

        Files of people without a role are looked at one by one: they never have every child.
        """
        if not content:
            return None
        async with self._strangers if stranger else contextlib.nullcontext():
            verdict = await self._cleaner.clean(content)
        if isinstance(verdict, Refusal):
            log.warning("file_refused", code=verdict.code)
        return verdict

    def to_tell(self, verdict: Verdict | None) -> bool:
        """Whether the admins are to be told now that the scanner gives no word."""
        silent = isinstance(verdict, Refusal) and verdict.code == SCANNER_UNREACHABLE
        if not silent or self._clock.monotonic() - self._told < SCANNER_TOLD:
            return False
        self._told = self._clock.monotonic()
        return True

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
