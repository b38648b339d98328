"""What every act on a case has in common: it is required, the case moves once, and an event says so."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from domain.errors import NotAllowedNow, NotYours
from domain.lifecycle import DECISIONS, DESPITE_PENDING, Action, State, behalf, require, transition
from domain.proposal import Proposal
from domain.roles import Actor
from domain.settings import SECOND_SIGNATURE, SECOND_SIGNATURE_FROM
from persian.text import clean
from services import clocks, first_steps, settings
from services.case_facts import facts_of
from services.cases import (
    DECIDED,
    NOTE_LIMIT,
    decided_by,
    insist_on_version,
    name_of,
    proposal_of,
    stored,
    ticks_of,
)
from services.errors import AlreadyDecided, Taken
from storage.records import KEEP, Case, CaseEvent, JsonObject, Keep
from storage.records.cases import ON_BEHALF_OF
from storage.work import Work

_FREES: Final = frozenset({Action.RELEASE, Action.EXPIRE, Action.RESUBMIT, Action.WITHDRAW})
"""Acts after which nobody holds the case; a decision and a return leave its reviewer named."""


def act(
    work: Work,
    *,
    actor: Actor | None,
    case: Case,
    action: Action,
    version: int | None = None,
    reasons: tuple[str, ...] = (),
    note: str | None = None,
    proposal: Proposal | None = None,
    colleague: Actor | None = None,
    details: JsonObject | None = None,
) -> Case:
    """Take one step of the lifecycle table: the case moves and the event is recorded, or nothing happens.

    Args:
        work: this unit.
        actor: who acts, with the roles of this moment; None is the office's clock.
        case: as read in this unit.
        action: what is done.
        version: the version that the person had on the screen; None where any will do.
        reasons: references to reasons of the catalogue.
        note: free text.
        proposal: the corrected one, of a resubmission.
        colleague: to whom the case is given.
        details: what else the event is to keep; no personal data.

    Raises:
        NotAllowedNow: the state does not permit it (AlreadyDecided names whose decision stands).
        NotYours: the person may not; Taken names the colleague who holds the case.
        Incomplete: reason, note or colleague is lacking.
        Unticked: general conditions are still open.
        Stale: the case is not at this version any more.
    """
    tidy_note = clean(note, limit=NOTE_LIMIT) if note else None
    given = tuple(reason for reason in reasons if reason.strip())
    ticks = ticks_of(work, actor, case)
    state = insist(
        work,
        actor=actor,
        case=case,
        action=action,
        reasons=reasons,
        note=tidy_note,
        ticks=ticks,
        colleague=colleague,
    )
    insist_on_version(case, version)
    absent = on_behalf(work, actor, case, action)
    holder = _holder_after(action, actor, colleague)
    moved = _moved(work, case, action, state=state, holder=holder, proposal=proposal)
    _settle(work, case, action, holder)
    row = transition(case.state, action)
    work.cases.record(
        CaseEvent(
            case_id=case.id,
            at=work.now,
            action=action,
            from_state=case.state,
            to_state=state,
            on_version=moved.version,
            person_id=actor.person_id if actor else None,
            role=row.role,
            reasons=given,
            note=tidy_note,
            details=_details(details, ticks if "ticks" in row.needs else {}, absent),
        )
    )
    if state is case.state:
        return moved
    first_steps.note(work, moved)
    return clocks.advance(work, moved)


def insist(
    work: Work,
    *,
    actor: Actor | None,
    case: Case,
    action: Action,
    reasons: Collection[str] = (),
    note: str | None = None,
    ticks: Collection[str] = (),
    colleague: Actor | None = None,
) -> State:
    """The state that follows, as `domain.lifecycle.require` finds it; who stands in the way is named.

    Whether an agreement waits for a second signature is the office's setting of this moment: for all, or
    from an amount on.

    Raises:
        NotAllowedNow, NotYours, Incomplete, Unticked: as the rules say.
        AlreadyDecided: instead of NotAllowedNow, with the name of the person who decided.
        Taken: instead of NotYours, with the name of the person who holds the case.
    """
    try:
        return require(
            action,
            facts_of(work, case),
            actor,
            reasons=reasons,
            note=note,
            ticks=ticks,
            colleague=colleague,
            second_signature=is_signed_twice(work, case),
        )
    except NotAllowedNow:
        if case.state in DECIDED:
            raise AlreadyDecided(action, case.state, decided_by(work, case)) from None
        raise
    except NotYours as refused:
        if refused.why == "not_holder" and case.holder is not None:
            raise Taken(name_of(work, case.holder)) from None
        raise


def is_signed_twice(work: Work, case: Case) -> bool:
    """Whether an agreement to this case waits for a director: as the office has set it, if it has."""
    if settings.value(work, SECOND_SIGNATURE.name) is True:
        return True
    least = settings.number(work, SECOND_SIGNATURE_FROM.name)
    return least is not None and proposal_of(case).amount >= least


def on_behalf(work: Work, actor: Actor | None, case: Case, action: Action) -> int | None:
    """Whom this person stands in for when taking this step; None in the own name, as nearly always."""
    if actor is None or all(grant.for_person is None for grant in actor.grants):
        return None
    return behalf(action, facts_of(work, case), actor)


def _moved(
    work: Work,
    case: Case,
    action: Action,
    *,
    state: State,
    holder: int | Keep | None,
    proposal: Proposal | None,
) -> Case:
    return work.cases.move(
        case,
        state=state,
        holder=holder,
        proposal=stored(proposal) if proposal else KEEP,
        decided_at=work.now if state in {State.AGREED, State.NOT_AGREED} and action in DECISIONS else KEEP,
        # The office's clock stood still while the agency corrected.
        clock_from=case.clock_from + (work.now - case.changed_at) if action is Action.RESUBMIT else KEEP,
    )


def _details(given: JsonObject | None, ticks: dict[str, datetime], absent: int | None) -> JsonObject | None:
    """What the event keeps beside its fields: the ticks where the act rests on them, and on whose behalf."""
    ticked = {code: at.isoformat() for code, at in ticks.items()}
    kept = {"ticks": ticked} if ticked else dict(given or {})
    return kept | ({ON_BEHALF_OF: absent} if absent else {}) or None


def _settle(work: Work, case: Case, action: Action, holder: int | Keep | None) -> None:
    """What an act ends beside the case itself: a decision that waits, a review that was asked for, ticks."""
    if action in DESPITE_PENDING:
        # Whoever decided before has no case any more: the next sweep finds that, and tells them.
        work.reviews.let_fall_due(case.id, case.version, work.now)
    if action is Action.SUPERSEDE:
        work.filing.end_review(case.id, "replaced")
        work.complaints.withdraw_survey("case", case.id)
    if isinstance(holder, int):
        # A hold begins with nothing ticked: what was ticked before may have been corrected since.
        work.reviews.untick_everything(case.id)


def _holder_after(action: Action, actor: Actor | None, colleague: Actor | None) -> int | Keep | None:
    if action is Action.CLAIM and actor is not None:
        return actor.person_id
    if action in {Action.HAND_OVER, Action.REASSIGN} and colleague is not None:
        return colleague.person_id
    return None if action in _FREES else KEEP
