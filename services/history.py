"""The whole record of a case «سابقه»: every step with who took it and why, every correction, every note."""

from dataclasses import dataclass
from itertools import pairwise

from domain import audit
from domain.authority import Deed, filed, require
from domain.lifecycle import Action
from domain.roles import Actor
from services.cases import doer, known_case, name_of
from services.desk import Change, difference, notes_on
from services.notes import Note
from storage.records import Case, CaseEvent
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Entry:
    """One step.

    Attributes:
        who: the name of the person who took it, and on whose behalf; empty where the office's clock did.
        to: the name of the colleague to whom the case was given; empty for other steps.
        changes: what a correction changed, in the form's order.
    """

    event: CaseEvent
    who: str
    to: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All of it, the first first."""

    case: Case
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]


def history(work: Work, actor: Actor, case_id: int) -> History:
    """The record of a case, for those who may read the office's own notes on it.

    Raises:
        NotFound: there is no such case.
        NotYours: neither reviewer nor director, or the one who filed it.
    """
    require(actor, Deed.CASE_VIEW)
    case = known_case(work, case_id)
    require(actor, Deed.CASE_HISTORY, filed(case))
    work.audit.look(audit.Deed.CASE_SEEN, actor, f"case:{case_id}")
    corrected = _corrected(work, case)
    entries = tuple(
        Entry(
            event,
            doer(work, event),
            name_of(work, (event.details or {}).get("to")),
            corrected.get(event.on_version, ()) if event.action == Action.RESUBMIT else (),
        )
        for event in work.cases.events(case.id)
    )
    return History(case, entries, notes_on(work, case))


def _corrected(work: Work, case: Case) -> dict[int, tuple[Change, ...]]:
    """By the version of the case: what the correction that led to it changed."""
    versions = work.reviews.versions(case.id)
    return {
        after.on_version: difference(before.proposal, after.proposal) for before, after in pairwise(versions)
    }
