"""Timers: each job is one unit of work that sweeps rows whose time has come.

The rows are the truth: a job that was due while the process was down finds its rows at the next sweep, so
no job is ever dropped or made up for.
"""

from datetime import timedelta
from functools import partial
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.handlers.decisions import publish_due, put_off_due
from bot.handlers.frozen import stands_still
from bot.handlers.review import release_idle
from bot.handlers.tracking import hide_expired
from bot.logs import logger, place
from bot.office import Office
from bot.one_by_one import put_aside
from bot.part import Sweep
from bot.parts import PARTS
from services import search
from storage.engine import Store
from storage.errors import StoreDown
from storage.work import Work

log = logger("timers")

TIMERS: Final = "timers"
"""The election of the one process that runs the sweeps."""

KEPT: Final = timedelta(days=30)
"""How long handled updates and finished messages stay, empty, for the ledger: a technical period."""

WAITED_FOR: Final = timedelta(days=365)
"""How long what somebody missed waits for their return: a technical period."""


def prune(work: Work, _office: Office) -> None:
    """Drop the emptied rows of handled updates and finished messages."""
    work.inbox.prune(work.now - KEPT)
    work.outbox.prune(work.now - KEPT)
    work.ledger.forget(work.now - WAITED_FOR)


def fill_search(work: Work, _office: Office) -> None:
    """Let the cases be found that were filed before there was a search, a few at a time."""
    search.fill(work, FILLED_AT_ONCE)


FILLED_AT_ONCE: Final = 200
"""Cases of one sweep: some hundredths of a second, so that nobody waits for it."""

SWEEPS: Final[tuple[tuple[str, Sweep, int], ...]] = (
    ("hide_expired", hide_expired, 15),
    ("publish_due", publish_due, 5),
    ("release_idle", release_idle, 60),
    ("prune", prune, 3600),
    ("fill_search", fill_search, 30),
    *(sweep for part in PARTS for sweep in part.sweeps),
)
"""Name, sweep and seconds between two runs."""

ASIDE: Final[dict[str, Sweep]] = {
    "publish_due": put_off_due,
    **{name: sweep for part in PARTS for name, sweep in part.instead.items()},
}
"""What is done in place of a sweep that failed, so that one row never stops those behind it."""


def timers(store: Store, office: Office) -> AsyncIOScheduler:
    """The scheduler with every sweep; the process that holds the election runs them."""
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for name, sweep, seconds in SWEEPS:
        scheduler.add_job(_run, "interval", [store, office, name, sweep], seconds=seconds, id=name)
    return scheduler


async def _run(store: Store, office: Office, name: str, sweep: Sweep) -> None:
    try:
        while await store.elect(TIMERS) and await swept(store, office, name, sweep):
            pass
    except StoreDown as down:
        log.warning("sweep_failed", name=name, reason=down.reason)


def _alarm(office: Office, name: str, error: Exception, work: Work) -> None:
    put_aside(work, office, name, error, "sweep_failed")


def _caused(work: Work, name: str) -> Work:
    work.audit.caused_by(f"sweep:{name}")
    return work


async def swept(store: Store, office: Office, name: str, sweep: Sweep) -> bool:
    """Do one unit of a sweep; says whether there may be more."""
    try:
        return bool(
            await store.run(lambda work: not stands_still(work, name) and sweep(_caused(work, name), office))
        )
    except StoreDown:
        raise
    except Exception as error:
        # Whatever is wrong with one row: it is put aside with an alarm, as an update is.
        if name not in ASIDE:
            await store.run(partial(_alarm, office, name, error))
            raise
        # Without its words and its trace: they may hold what people wrote.
        log.error("sweep_failed", name=name, error=type(error).__name__, where=place(error))  # noqa: TRY400
        return bool(await store.run(lambda work: ASIDE[name](_caused(work, name), office)))
