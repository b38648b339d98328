"""The reviewer's side: the queue, a case on the desk, and what is decided about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.conditions import Finding, conditions_of, findings
from domain.errors import NotYours
from domain.lifecycle import CLOCK_RUNS_IN, Action, State, allowed
from domain.plan import Plan, plan_of
from domain.proposal import Proposal
from domain.roles import Actor, Role
from services.cases import act, agency_name_of, insist, known_case, name_of, proposal_of, ticks_of
from services.errors import Taken
from storage.errors import Stale
from storage.records import Case, CaseEvent
from storage.work import Work

_IN_HAND: Final = tuple(CLOCK_RUNS_IN)
"""What the office has yet to decide."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue; `holder_name` is empty while nobody holds the case."""

    case_id: int
    version: int
    code: str
    state: State
    agency_name: str
    holder_name: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Cases that the office has yet to decide, the oldest first.

    Attributes:
        rows: this page.
        total: how many there are on all pages.
        mine: how many of them this person holds.
    """

    rows: tuple[QueueRow, ...]
    total: int
    mine: int


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A case on a reviewer's or director's desk.

    Attributes:
        findings: what the machine sees of each general condition, in order.
        ticks: the conditions that this person has ticked.
        actions: what this person may do now, once asked for reason, note or ticks.
        holder_name: who holds the case; empty for nobody.
        events: the whole life of the case, in order.
    """

    case: Case
    proposal: Proposal
    plan: Plan
    findings: tuple[Finding, ...]
    ticks: frozenset[str]
    actions: tuple[Action, ...]
    holder_name: str
    events: tuple[CaseEvent, ...]
    filer_name: str
    agency_name: str


def queue(work: Work, actor: Actor, limit: int, offset: int = 0) -> QueuePage:
    """The cases whose target time is running: waiting, under review, or awaiting a second signature.

    Raises:
        NotYours: neither reviewer nor director.
    """
    _require_desk(actor)
    rows = tuple(_row(work, case) for case in work.cases.queue(_IN_HAND, limit, offset))
    held = work.cases.held_by(actor.person_id) if actor.person_id is not None else ()
    mine = sum(case.state is State.IN_REVIEW for case in held)
    return QueuePage(rows, work.cases.count(_IN_HAND), mine)


def view(work: Work, actor: Actor, case_id: int) -> ReviewView:
    """Everything about a case, for who reviews or signs it.

    Raises:
        NotFound: there is no such case.
        NotYours: neither reviewer nor director.
    """
    _require_desk(actor)
    case = known_case(work, case_id)
    proposal = proposal_of(case)
    return ReviewView(
        case=case,
        proposal=proposal,
        plan=plan_of(proposal),
        findings=findings(proposal),
        ticks=ticks_of(work, actor, case),
        actions=allowed(case.state, case.facts, actor),
        holder_name=name_of(work, case.holder),
        events=work.cases.events(case.id),
        filer_name=name_of(work, case.filed_by),
        agency_name=agency_name_of(work, case),
    )


def claim(work: Work, *, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Take a waiting case to review it; a second press by the same person changes nothing.

    A hold begins with nothing ticked: what was ticked before may have been corrected since.

    Raises:
        Taken: a colleague holds it.
        NotAllowedNow: it does not wait to be reviewed; AlreadyDecided: nor will it.
        NotYours: no reviewer, its filer, or an admin.
        Stale: it changed since it was shown and still waits.
    """
    case = known_case(work, case_id)
    if not actor.has(Role.REVIEWER):
        raise NotYours(Action.CLAIM)
    if _held(work, actor, case):
        return case
    try:
        claimed = act(work, actor=actor, case=case, action=Action.CLAIM, version=version)
    except Stale:
        now = known_case(work, case_id)
        if _held(work, actor, now):
            return now
        raise
    for condition in ticks_of(work, actor, claimed):
        _tick(work, actor, claimed, condition, on=False)
    return claimed


def release(work: Work, *, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Put a claimed case back into the queue.

    Raises:
        Taken: a colleague holds it.
        NotAllowedNow: nobody holds it for review; AlreadyDecided: it is decided.
        NotYours: no reviewer.
        Stale: it changed since it was shown.
    """
    return _act(work, actor, case_id, Action.RELEASE, version)


def tick(
    work: Work, *, actor: Actor, case_id: int, condition: str, on: bool, version: int | None = None
) -> Case:
    """Tick a general condition «شرایط عمومی» as met, or take the tick back. The case does not change.

    Args:
        work: this unit.
        actor: the reviewer who holds the case.
        case_id: the case.
        condition: its code, one of `domain.conditions.conditions_of`.
        on: ticked or not.
        version: the version that the person had on the screen.

    Raises:
        Taken, NotAllowedNow, NotYours, Stale: as for `agree`.
        KeyError: a case of this kind is not checked for this condition.
    """
    case = known_case(work, case_id)
    # Whatever stands in the way of agreeing, but open conditions, stands in the way of preparing it.
    insist(work, actor=actor, case=case, action=Action.AGREE, ticks=conditions_of(case.kind))
    if version is not None and version != case.version:
        raise Stale("case", case_id)
    if condition not in conditions_of(case.kind):
        raise KeyError(condition)
    _tick(work, actor, case, condition, on=on)
    return case


def agree(
    work: Work,
    *,
    actor: Actor,
    case_id: int,
    version: int | None = None,
    second_signature: bool = False,
) -> Case:
    """Agree to a proposal «موافقت», every general condition being ticked by this very person.

    Args:
        work: this unit.
        actor: the reviewer who holds the case.
        case_id: the case.
        version: the version that the person had on the screen.
        second_signature: the office's setting: the agreement then waits for a director.

    Raises:
        Unticked: general conditions are still open.
        Taken: a colleague holds it.
        NotAllowedNow: its state does not permit it; AlreadyDecided: a decision stands.
        NotYours: no reviewer, its filer, or an admin.
        Stale: it changed since it was shown.
    """
    return _act(work, actor, case_id, Action.AGREE, version, second_signature=second_signature)


def sign(work: Work, *, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Give the second signature; the errors are those of `agree`.

    Raises:
        NotYours: no director, or the person who reviewed or filed it, or an admin.
    """
    return _act(work, actor, case_id, Action.SIGN, version)


def refuse(
    work: Work,
    *,
    actor: Actor,
    case_id: int,
    reason: str,
    note: str | None = None,
    version: int | None = None,
) -> Case:
    """Not agree to a proposal «عدم موافقت», for a reason (a code) and with a note to the agency.

    Raises:
        Incomplete: there is no reason. The other errors are those of `agree`.
    """
    return _act(work, actor, case_id, Action.REFUSE, version, reason=reason, note=note)


def return_for_correction(
    work: Work,
    *,
    actor: Actor,
    case_id: int,
    reason: str,
    note: str | None = None,
    version: int | None = None,
) -> Case:
    """Return a proposal to its filer, saying what is to be corrected; the errors are those of `refuse`."""
    return _act(work, actor, case_id, Action.RETURN_FOR_CORRECTION, version, reason=reason, note=note)


def _act(
    work: Work,
    actor: Actor,
    case_id: int,
    action: Action,
    version: int | None,
    *,
    reason: str | None = None,
    note: str | None = None,
    second_signature: bool = False,
) -> Case:
    return act(
        work,
        actor=actor,
        case=known_case(work, case_id),
        action=action,
        version=version,
        reason=reason,
        note=note,
        second_signature=second_signature,
    )


def _held(work: Work, actor: Actor, case: Case) -> bool:
    """Whether this person is reviewing the case already.

    Raises:
        Taken: a colleague is.
    """
    if case.state is not State.IN_REVIEW:
        return False
    if case.holder != actor.person_id:
        raise Taken(name_of(work, case.holder))
    return True


def _require_desk(actor: Actor) -> None:
    if not (actor.has(Role.REVIEWER) or actor.has(Role.DIRECTOR)):
        raise NotYours("view")


def _tick(work: Work, actor: Actor, case: Case, condition: str, *, on: bool) -> None:
    if actor.person_id is not None:
        (work.cases.tick if on else work.cases.untick)(case.id, condition, actor.person_id)


def _row(work: Work, case: Case) -> QueueRow:
    return QueueRow(
        case_id=case.id,
        version=case.version,
        code=case.code,
        state=case.state,
        agency_name=agency_name_of(work, case),
        holder_name=name_of(work, case.holder),
        filed_at=case.filed_at,
    )
