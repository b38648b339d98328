"""The watchdog: drafts an incident of what it sees itself, for an admin to publish or to put aside.

It looks at what `/readyz` tells of: the store, and the way to each messenger. What lasts longer than two
minutes becomes a draft, at once where the store can keep it, else as soon as it can. Nothing is published by
itself: whether people noticed anything, only a person can say.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from bot import announce
from bot.clock import Clock
from bot.handlers.incidents import draft_rows
from bot.logs import logger
from bot.office import Office
from bot.timers import TIMERS
from messages_fa import window_desk as texts
from services import incidents, windows
from storage.engine import Store
from storage.errors import StoreDown
from storage.work import Work

log = logger("watchdog")

PATIENCE: Final = 120.0
"""Seconds that something may last before it is drafted."""
LOOK: Final = 10.0
"""Seconds between two looks."""


class Watched(Protocol):
    """What tells how the process is."""

    async def obstacles(self) -> list[str]:
        """Why the process is of no use now, as codes; none while all is well."""


@dataclass(slots=True)
class Trouble:
    """Something that is wrong.

    Attributes:
        cause: its code.
        since: when it was seen first, or when the maintenance was over that it fell into; monotonic.
        until: when it was over, or None.
        draft: the number of its incident, once it is drafted.
        window: the maintenance that it fell into, of which everybody knows, while that goes on.
    """

    cause: str
    since: float
    until: float | None = None
    draft: int | None = None
    window: int | None = None

    def lasted(self, now: float) -> float:
        """Seconds since it counts."""
        return (now if self.until is None else self.until) - self.since


class Watchdog:
    """Looks again and again; what it knows of troubles under way is lost with the process."""

    def __init__(self, store: Store, office: Office, watched: Watched, clock: Clock | None = None) -> None:
        self._store = store
        self._office = office
        self._watched = watched
        self._clock = clock or Clock()
        self._troubles: dict[str, Trouble] = {}

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await self._clock.sleep(LOOK)

    async def look(self) -> None:
        """See what is wrong, and draft what has lasted too long."""
        now, seen = self._clock.monotonic(), await self._watched.obstacles()
        for cause in seen:
            trouble = self._troubles.setdefault(cause, Trouble(cause, now))
            trouble.until = None
        for trouble in list(self._troubles.values()):
            if trouble.cause not in seen and trouble.until is None:
                trouble.until = now
            await self._keep(trouble, now)

    async def _keep(self, trouble: Trouble, now: float) -> None:
        is_over = trouble.until is not None
        if trouble.lasted(now) < PATIENCE:
            if is_over:
                del self._troubles[trouble.cause]
            return
        if trouble.draft is not None and not is_over:
            return
        try:
            # Several processes see the same: the one that runs the timers drafts.
            if await self._store.elect(TIMERS):
                trouble.draft = await self._store.run(lambda work: self._draft(work, trouble, now))
        except StoreDown as down:
            log.warning("draft_waits", cause=trouble.cause, reason=down.reason)
            return
        if is_over:
            del self._troubles[trouble.cause]

    def _draft(self, work: Work, trouble: Trouble, now: float) -> int | None:
        """Draft it, or note that it is over; and tell the admins. None: a maintenance explains it so far."""
        if trouble.draft is None and _explained(work, trouble, now):
            return None
        over_at = None if trouble.until is None else work.now - timedelta(seconds=now - trouble.until)
        if trouble.draft is not None:
            if not incidents.recovered(work, trouble.draft, over_at or work.now):
                return trouble.draft
            incident = work.incidents.get(trouble.draft)
        else:
            begun_at = work.now - timedelta(seconds=now - trouble.since)
            incident = incidents.suspect(work, cause=trouble.cause, begun_at=begun_at, over_at=over_at)
        seen = texts.seen(trouble.cause, incident.begun_at, incident.over_at)
        announce.to_admins(work, self._office, texts.drafted(seen), draft_rows(incident.id))
        return incident.id


def _explained(work: Work, trouble: Trouble, now: float) -> bool:
    """Whether a maintenance explains it; what outlives one counts from its end."""
    window = windows.now_on(work)
    if window is not None:
        trouble.window = window.id
        return True
    if trouble.window is not None:
        past = work.now - windows.over_at(work, trouble.window)
        trouble.since, trouble.window = max(trouble.since, now - past.total_seconds()), None
    return trouble.lasted(now) < PATIENCE
