"""What every act on a case has in common: it is required, the case moves once, and an event says so."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from domain.authority import Deed, filed, may
from domain.errors import NotAllowedNow, NotYours
from domain.lifecycle import (
    DECISIONS,
    DESPITE_PENDING,
    Action,
    CaseFacts,
    State,
    behalf,
    may_review,
    require,
    transition,
)
from domain.proposal import Proposal
from domain.roles import Actor, Role
from domain.settings import SECOND_SIGNATURE, SECOND_SIGNATURE_FROM
from domain.tracking import public_stage
from messages_fa.staffing import by
from persian.text import clean
from services import clocks, first_steps, settings
from services.errors import AlreadyDecided, Taken
from storage.errors import Erased, Stale
from storage.records import KEEP, Case, CaseEvent, JsonObject, Keep, PendingDecision
from storage.records.cases import ON_BEHALF_OF
from storage.records.filing import ReviewRequest
from storage.work import Work

DECIDED: Final = frozenset({State.AGREED, State.NOT_AGREED, State.SUPERSEDED})
"""States that a decision has led to."""
NOTE_LIMIT: Final = 4000
"""Characters kept of a note: a technical bound."""

Steps = tuple[tuple[str, datetime], ...]
"""Public stages in order, each with the moment it began."""


def known_case(work: Work, case_id: int) -> Case:
    """The case of this number.

    Raises:
        NotFound: there is none.
    """
    return work.cases.get(case_id)


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
    if version is not None and version != case.version:
        raise Stale("case", case.id)
    absent = on_behalf(work, actor, case, action)
    holder = _holder_after(action, actor, colleague)
    moved = work.cases.move(
        case,
        state=state,
        holder=holder,
        proposal=stored(proposal) if proposal else KEEP,
        decided_at=work.now if state in {State.AGREED, State.NOT_AGREED} and action in DECISIONS else KEEP,
        # The office's clock stood still while the agency corrected.
        clock_from=case.clock_from + (work.now - case.changed_at) if action is Action.RESUBMIT else KEEP,
    )
    if action in DESPITE_PENDING:
        # Whoever decided before has no case any more: the next sweep finds that, and tells them.
        work.reviews.let_fall_due(case.id, case.version, work.now)
    if action is Action.SUPERSEDE:
        work.filing.end_review(case.id, "replaced")
        work.complaints.withdraw_survey("case", case.id)
    if isinstance(holder, int):
        # A hold begins with nothing ticked: what was ticked before may have been corrected since.
        work.reviews.untick_everything(case.id)
    row = transition(case.state, action)
    ticked = {code: at.isoformat() for code, at in ticks.items()} if "ticks" in row.needs else None
    kept = {"ticks": ticked} if ticked else dict(details or {})
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
            details=kept | ({ON_BEHALF_OF: absent} if absent else {}) or None,
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


def facts_of(work: Work, case: Case) -> CaseFacts:
    """What the rules need to know of the case, with whose decision or first signature waits."""
    pending = work.reviews.pending(case.id, case.version)
    agreed = agreement_of(work, case)
    return replace(
        refusal_facts(work, case),
        pending_by=pending.person_id if pending else None,
        agreed_by=agreed.person_id if agreed else None,
        agreed_for=agreed.on_behalf_of if agreed else None,
    )


def refusal_facts(work: Work, case: Case) -> CaseFacts:
    """What is known outside of the case, with the review of the refusal that stands, if one was asked for."""
    facts = replace(case.facts, cosigned_by=work.filing.cosigned_by(case.id))
    request = work.filing.review_request(case.id) if case.state is State.NOT_AGREED else None
    if request is None:
        return facts
    refusals = [event for event in work.cases.events(case.id) if event.moved and event.action in DECISIONS]
    if not refusals or refusals[-1].on_version != request.refused_on:
        return facts  # it was asked of an earlier refusal
    last = refusals[-2:]
    by = (case.holder, *(event.person_id for event in last), *(event.on_behalf_of for event in last))
    review: Literal["free", "taken", "over"] = "taken" if _reviews_it(work, request) else "free"
    return replace(
        facts,
        refused_by=frozenset(person for person in by if person is not None),
        review="over" if request.outcome else review,
        review_by=request.holder,
        recommended_by=_recommended_by(work, case, request),
    )


def _recommended_by(work: Work, case: Case, request: ReviewRequest) -> frozenset[int]:
    """Who recommends to replace the refusal, and on whose behalf; nobody once it is replaced or upheld."""
    if request.outcome != "recommended":
        return frozenset()
    said = [event for event in work.cases.events(case.id) if event.action == Action.RECOMMEND][-1:]
    by = (person for event in said for person in (event.person_id, event.on_behalf_of))
    return frozenset(person for person in by if person is not None)


def _reviews_it(work: Work, request: ReviewRequest) -> bool:
    """Whether somebody looks at it who still may: a review is not lost with its reviewer's role."""
    person = work.people.get(request.holder) if request.holder is not None else None
    return person is not None and may_review(person.actor)


def agreement_of(work: Work, case: Case) -> CaseEvent | None:
    """The signature beside which a second one is awaited: the reviewer's, or a director's later on."""
    if case.state is not State.AWAITING_SIGNATURE:
        return None
    signed = [event for event in work.cases.events(case.id) if event.action == Action.AGREE]
    return signed[-1] if signed else None


def agreed_by(work: Work, case: Case) -> int | None:
    """Who gave that signature."""
    agreed = agreement_of(work, case)
    return agreed.person_id if agreed else None


def ticks_of(work: Work, actor: Actor | None, case: Case) -> dict[str, datetime]:
    """The general conditions of the case that this person has ticked, each with its moment."""
    if actor is None or actor.person_id is None:
        return {}
    return work.reviews.ticks(case.id, actor.person_id)


_FREES: Final = frozenset({Action.RELEASE, Action.EXPIRE, Action.RESUBMIT, Action.WITHDRAW})
"""Acts after which nobody holds the case; a decision and a return leave its reviewer named."""


def _holder_after(action: Action, actor: Actor | None, colleague: Actor | None) -> int | Keep | None:
    if action is Action.CLAIM and actor is not None:
        return actor.person_id
    if action in {Action.HAND_OVER, Action.REASSIGN} and colleague is not None:
        return colleague.person_id
    return None if action in _FREES else KEEP


def stored(proposal: Proposal) -> JsonObject:
    """A proposal as the store keeps it."""
    return proposal.model_dump(mode="json")


def proposal_of(case: Case) -> Proposal:
    """The proposal that the case holds now.

    Raises:
        Erased: the key of the case was destroyed.
    """
    if case.erased:
        raise Erased(case.form_id)
    return Proposal.model_validate(case.proposal)


def speaks_for(actor: Actor, case: Case) -> bool:
    """Whether this person filed the case and is still an officer of the agency that it belongs to."""
    return may(actor, Deed.OWN_CASE, filed(case))


def name_of(work: Work, person_id: int | None) -> str:
    """The name of a person the office knows, active or not; empty for none."""
    person = work.people.get(person_id) if person_id is not None else None
    return person.name if person else ""


def hands(actor: Actor) -> tuple[int, ...]:
    """In whose names this person has cases in hand: the own one, then who they stand in for as a reviewer."""
    if actor.person_id is None:
        return ()
    away = (name for name in actor.capacities(Role.REVIEWER) if name is not None)
    return (actor.person_id, *away)


def keepers(work: Work, holder: int) -> tuple[int, ...]:
    """With whom a case of this holder lies: the holder, and whoever stands in for them at this moment."""
    others = (one for one in work.people.with_role(Role.REVIEWER) if one.id != holder)
    return (holder, *(one.id for one in others if holder in hands(one.actor)))


def doer(work: Work, made: CaseEvent | PendingDecision) -> str:
    """Who took a step, as it is shown: a substitute with the name of whom they stood in for «از طرف …»."""
    return by(name_of(work, made.person_id), name_of(work, made.on_behalf_of))


def signed_on_behalf(work: Work, case: Case) -> tuple[tuple[str, str], ...]:
    """The signatures of the decision that stands which a substitute gave: name, and on whose behalf."""
    if case.state not in {State.AGREED, State.NOT_AGREED}:
        return ()
    made = [event for event in work.cases.events(case.id) if event.moved and event.action in _SIGNED]
    last = made[-2:] if made and made[-1].action == Action.SIGN else made[-1:]
    return tuple(
        (name_of(work, event.person_id), name_of(work, event.on_behalf_of))
        for event in last
        if event.on_behalf_of is not None
    )


_SIGNED: Final = frozenset({Action.AGREE, Action.SIGN, Action.REFUSE})


def agency_name_of(work: Work, case: Case) -> str:
    """The name of the agency that filed the case."""
    agency = work.people.agency(case.agency_id)
    return agency.name if agency else ""


def supersession(work: Work, case: Case) -> CaseEvent | None:
    """By what the decision that stands replaced an earlier one; None where it is the first."""
    if case.state not in DECIDED:
        return None
    found = [event for event in work.cases.events(case.id) if event.to_state is State.SUPERSEDED]
    return found[-1] if found else None


def decided_by(work: Work, case: Case) -> str:
    """The name of the person whose decision stands; empty while there is none."""
    made = [event for event in work.cases.events(case.id) if event.action in DECISIONS]
    return doer(work, made[-1]) if made else ""


def steps_of(events: tuple[CaseEvent, ...]) -> Steps:
    """The public stages a case went through, each once, with the moment it began.

    What the office keeps to itself (a second signature awaited) makes no step.
    """
    steps: list[tuple[str, datetime]] = []
    for event in events:
        stage = public_stage(event.to_state)
        if not steps or steps[-1][0] != stage:
            steps.append((stage, event.at))
    return tuple(steps)
