"""Rows of a sweep, each for itself: one that cannot be done is put aside, and those behind it go on."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeVar

from bot import announce
from bot.logs import logger, place
from bot.office import Office
from domain.throttle import HOUR, Counter, blocked
from messages_fa import general
from storage.work import Work

log = logger("timers")
T = TypeVar("T")

_SCOPE: Final = "put_aside"


def one_by_one(work: Work, office: Office, sweep: str, rows: Iterable[T], do: Callable[[T], object]) -> None:
    """Do this to each row of a sweep that has marked them as done; what cannot be done alarms the admins."""
    for row in rows:
        error = work.attempt(partial(do, row))
        if error is not None:
            put_aside(work, office, sweep, error)


def waits(work: Work, what: str) -> bool:
    """Whether this was put aside within the last hour."""
    return blocked(work.counters.get(_SCOPE, what), work.now) is not None


def put_aside(work: Work, office: Office, what: str, error: Exception, alarm: str = "row_put_aside") -> None:
    """Log what went wrong and tell the admins, of each sweep or row once in an hour."""
    # Without its words and its trace: they may hold what people wrote.
    log.error("sweep_failed", name=what, error=type(error).__name__, where=place(error))
    if not waits(work, what):
        work.counters.put(_SCOPE, what, Counter(1, work.now, work.now + HOUR))
        told = general.alarm(alarm, what.replace("_", "-"))
        work.fence.aloud(lambda: announce.to_admins(work, office, told))
