"""Drafts that nobody goes on with, where the office has set a period: told once, closed, kept, discarded."""

from datetime import datetime, timedelta
from typing import Final

from domain.authority import Deed, plays
from domain.drafts import expires, warning
from domain.roles import Actor
from domain.settings import DRAFT_DAYS
from services import settings
from services.drafts import forget
from services.targets import may_disturb
from storage.errors import NotFound
from storage.records import FormRun, FormStatus
from storage.work import Work

AT_ONCE: Final = 100
"""Drafts of one unit of a sweep."""


def expires_at(work: Work, run: FormRun) -> datetime | None:
    """When this draft expires; None while the office has set no period, and of a correction."""
    days = settings.number(work, DRAFT_DAYS.name)
    if days is None or run.subject is not None or run.form != "proposal":
        return None
    return expires(run.updated_at, run.nudged_at, days, work.now)


def restorable_until(work: Work, run: FormRun) -> datetime | None:
    """Until when a closed draft can be restored: the office's period again; None while there is none.

    Never less than its owner was told when it was closed, whatever the office has set since.
    """
    days = settings.number(work, DRAFT_DAYS.name)
    if days is None or run.expired_at is None:
        return None
    return max(run.expired_at + timedelta(days=days), run.restorable_until or run.expired_at)


def nudge(work: Work) -> tuple[FormRun, ...]:
    """The drafts whose owners are to be told now, once, in office hours."""
    days = settings.number(work, DRAFT_DAYS.name)
    if days is None or not may_disturb(work):
        return ()
    due = work.now - (timedelta(days=days) - warning(days))
    runs = _runs(work, work.filing.to_nudge(due, AT_ONCE))
    for run in runs:
        work.filing.nudged(run.id)
    return _runs(work, tuple(run.id for run in runs))


def close(work: Work) -> tuple[FormRun, ...]:
    """Close the drafts whose period is over and whose owners were told in time; nothing of them is erased."""
    days = settings.number(work, DRAFT_DAYS.name)
    if days is None or not may_disturb(work):
        return ()
    found = work.filing.to_close(work.now - timedelta(days=days), work.now - warning(days), AT_ONCE)
    until = work.now + timedelta(days=days)
    closed = [run for run in _runs(work, found) if work.filing.turn(run, FormStatus.EXPIRED, until)]
    return _runs(work, tuple(run.id for run in closed))


def discard(work: Work) -> int:
    """Erase the closed drafts whose second period is over, with their files; returns how many."""
    days = settings.number(work, DRAFT_DAYS.name)
    if days is None:
        return 0
    runs = _runs(work, work.filing.to_discard(work.now - timedelta(days=days), AT_ONCE))
    for run in runs:
        if work.filing.discard(run.id):
            forget(work, run)
    return len(runs)


def closed(work: Work, actor: Actor) -> tuple[FormRun, ...]:
    """The person's own closed drafts, the last saved first."""
    if actor.person_id is None or not plays(actor, Deed.FILE):
        return ()
    return _runs(work, work.filing.drafts_in(actor.person_id, FormStatus.EXPIRED))


def restore(work: Work, actor: Actor, draft_id: int) -> FormRun:
    """Open a closed draft again; its period begins anew.

    Raises:
        NotFound: this person has no such closed draft (any more).
    """
    run = next((run for run in closed(work, actor) if run.id == draft_id), None)
    if run is None or not work.filing.turn(run, FormStatus.OPEN):
        raise NotFound("form", draft_id)
    return _runs(work, (draft_id,))[0]


def _runs(work: Work, ids: tuple[int, ...]) -> tuple[FormRun, ...]:
    return tuple(run for number in ids if (run := work.forms.get(number)) is not None)
