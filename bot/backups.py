"""Backups by themselves: where the newest is too old, `python -m bot backup` is run beside the bot.

In a process of its own, so that neither the loop nor the store's thread waits for a disk or a cipher, and so
that there is one way in which backups are made.
"""

import asyncio
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.logs import logger
from bot.settings import Settings
from storage.engine import Store, file_of
from storage.errors import StoreDown
from storage.work import Work

log = logger("backups")

STAMP: Final = "%Y%m%dT%H%M%SZ"
SUFFIX: Final = ".sqlite.age"
DOUBTED: Final = "-audit-broken"
"""What the name of a backup says whose audit is not whole."""
_NAME: Final = re.compile(rf"mohlat-(\d{{8}}T\d{{6}}Z)({DOUBTED})?" + re.escape(SUFFIX))
MADE_DOUBTED: Final = 3
"""The exit code of a backup that is on disk, of a store whose audit is not whole."""
LOOK_EVERY: Final = 60.0
"""Seconds between two looks at the newest backup."""
AGAIN_AFTER: Final = 3600.0
"""Seconds until a failed backup is tried again."""

COMMAND: Final = (sys.executable, "-m", "bot", "backup")


def name_at(moment: datetime, *, doubted: bool = False) -> str:
    """How the backup of this moment is called."""
    return f"mohlat-{moment.astimezone(UTC):{STAMP}}{DOUBTED if doubted else ''}{SUFFIX}"


def made_in(folder: Path) -> list[tuple[datetime, Path]]:
    """The backups in a folder, by their moment, the oldest first; none where there is no such folder."""
    return _found(folder, doubted=False)


def doubted_in(folder: Path) -> list[tuple[datetime, Path]]:
    """Likewise those whose audit is not whole."""
    return _found(folder, doubted=True)


def _found(folder: Path, *, doubted: bool) -> list[tuple[datetime, Path]]:
    found = [(match, file) for file in folder.glob("mohlat-*") if (match := _NAME.fullmatch(file.name))]
    return sorted(
        (datetime.strptime(match[1], STAMP).replace(tzinfo=UTC), file)
        for match, file in found
        if bool(match[2]) is doubted
    )


def scheduled(settings: Settings) -> bool:
    """Whether the bot makes backups by itself."""
    return (
        settings.backup_to is not None
        and bool(settings.backup_recipients)
        and file_of(settings.store_url) is not None
    )


def is_due(settings: Settings, now: datetime) -> bool:
    """Whether the newest backup is older than it should become.

    One from the future tells of a clock that went wrong, then or now, and is not looked at: neither are
    backups made again and again because of it, nor is none made until that day.
    """
    folder = settings.backup_to
    made = [*made_in(folder), *doubted_in(folder)] if folder else []
    newest = max((moment for moment, _ in made if moment <= now), default=None)
    return newest is None or now - newest >= timedelta(hours=settings.backup_hours)


class Backups:
    """Looks every minute whether a backup is due, and has it made."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        alarm: Callable[[Work, str, str], None],
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._settings = settings
        self._store = store
        self._alarm = alarm
        self._command = command
        self._failing = False

    async def run(self) -> None:
        """Until it is cancelled; a backup under way ends with it and leaves nothing."""
        while True:
            pause = LOOK_EVERY
            if is_due(self._settings, datetime.now(UTC)) and not await self.make():
                pause = AGAIN_AFTER
            await asyncio.sleep(pause)

    async def make(self) -> bool:
        """Make one now; the first failure, or doubt, after a success alarms the admins.

        Returns:
            Whether it is on disk.
        """
        code = await _done(self._command)
        if code == 0:
            log.info("backup_made")
        else:
            log.error("backup_doubted" if code == MADE_DOUBTED else "backup_failed", code=code)
            await self._tell(code)
        self._failing = code != 0
        return code in {0, MADE_DOUBTED}

    async def _tell(self, code: int) -> None:
        if self._failing:
            return
        kind = "backup_doubted" if code == MADE_DOUBTED else "backup_failed"
        try:
            await self._store.run(lambda work: self._alarm(work, kind, str(code)))
        except StoreDown as down:
            log.warning("alarm_lost", reason=down.reason)


async def _done(command: Sequence[str]) -> int:
    """Run it to its end; its exit code. It is killed where nobody waits for it any more."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        return await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
