"""What is decided about a case, and the while in which a decision can still be taken back.

Where the office has set such a while, an act that would be known outside is kept as a pending decision; a
sweep carries it out when it falls due, by the same rules asked again.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from domain.conditions import conditions_of
from domain.errors import DomainError, NotYours
from domain.lifecycle import PUBLISHED, Action, State, allowed, require
from domain.roles import Actor, Role
from domain.settings import UNDO_MINUTES
from persian.text import clean
from services import catalogue, settings
from services.case_acts import act, insist, is_signed_twice, on_behalf
from services.case_facts import agreement_of, facts_of, refusal_facts
from services.cases import NOTE_LIMIT, insist_on_version, known_case, ticks_of
from services.errors import ServicesError
from storage.errors import Stale
from storage.records import Case, JsonObject, PendingDecision, Person
from storage.records.cases import ON_BEHALF_OF
from storage.work import Work

POSTPONED_BY: Final = timedelta(hours=1)
"""How long a decision waits that could not be carried out for a fault of ours: a technical period."""


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What became of a pending decision.

    Attributes:
        case: as it stands now.
        done: False if the rules did not permit the decision any more and it was dropped.
    """

    pending: PendingDecision
    case: Case
    done: bool


@dataclass(frozen=True, slots=True)
class _Decision:
    action: Action
    reasons: tuple[str, ...] = ()
    note: str | None = None
    details: JsonObject | None = None


def agree(work: Work, *, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Agree to a proposal «موافقت», every general condition being ticked by this very person.

    Where the office asks for a second signature, the agreement then waits for a director.

    Returns:
        The case; unchanged while the decision can be taken back.

    Raises:
        Unticked: general conditions are still open.
        Taken: a colleague holds it.
        NotAllowedNow: its state does not permit it; AlreadyDecided: a decision stands.
        NotYours: no reviewer, its filer, an admin, or a decision waits to be published.
        Stale: it changed since it was shown.
    """
    return _decide(work, actor, case_id, version, _Decision(Action.AGREE))


def signers(work: Work, case: Case, first: int | None, first_for: int | None = None) -> tuple[Person, ...]:
    """The directors, and who stands in for one, who may give the second signature beside this person's.

    Args:
        work: this unit.
        case: the case.
        first: who gives the first signature, or has given it.
        first_for: on whose behalf, of a first signature that is not given yet.
    """
    given = agreement_of(work, case)
    facts = replace(
        refusal_facts(work, case),
        state=State.AWAITING_SIGNATURE,
        agreed_by=first,
        agreed_for=given.on_behalf_of if given else first_for,
    )
    directors = work.people.with_role(Role.DIRECTOR)
    return tuple(one for one in directors if Action.SIGN in allowed(facts.state, facts, one.actor))


def sign(work: Work, *, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Give the second signature «امضا»; returns and errors are those of `agree`.

    Raises:
        NotYours: no director, or the person who reviewed or filed it, or an admin.
    """
    return _decide(work, actor, case_id, version, _Decision(Action.SIGN))


def refuse(
    work: Work,
    *,
    actor: Actor,
    case_id: int,
    reasons: tuple[str, ...],
    note: str | None = None,
    version: int | None = None,
) -> Case:
    """Not agree to a proposal «عدم موافقت», for reasons (references) and with a note to the agency.

    Raises:
        Incomplete: there is no reason, or another one that is not written out.
        ReasonUnknown: the catalogue does not offer it (any more).
            The other errors are those of `agree`.
    """
    return _decide(work, actor, case_id, version, _Decision(Action.REFUSE, reasons, note))


def return_for_correction(
    work: Work,
    *,
    actor: Actor,
    case_id: int,
    reasons: tuple[str, ...],
    note: str | None = None,
    fields: tuple[str, ...] = (),
    version: int | None = None,
) -> Case:
    """Return a proposal to its filer, saying what is to be corrected; the errors are those of `refuse`.

    Args:
        work: this unit.
        actor: the reviewer who holds the case, or a director who will not sign it.
        case_id: the case.
        reasons: references into the catalogue.
        note: what is wrong, in words.
        fields: names of the proposal's fields that are to be answered again.
        version: the version that the person had on the screen.
    """
    action = Action.RETURN_FOR_CORRECTION
    return _decide(work, actor, case_id, version, _Decision(action, reasons, note, {"fields": list(fields)}))


def supersede(
    work: Work,
    *,
    actor: Actor,
    case_id: int,
    outcome: State,
    reasons: tuple[str, ...],
    note: str,
    refusal: tuple[str, ...] = (),
    conditions: Collection[str] = (),
    version: int | None = None,
) -> Case:
    """Replace a published decision by a later one «جایگزینی تصمیم»; both stay in the history.

    It needs the signatures of a first decision: where the office asks for a second one, a later agreement
    waits for another director, and until then the case is under review again.

    Args:
        work: this unit.
        actor: a director, neither the filer nor the reviewer of the case.
        case_id: the case.
        outcome: what is decided now, AGREED or NOT_AGREED.
        reasons: why the earlier decision is replaced, as references.
        note: the same in words, to the agency.
        refusal: references to the reasons of a decision not to agree.
        conditions: the general conditions that the director has found met, for an agreement.
        version: the version that the person had on the screen.

    Raises:
        Incomplete: reason, note or the refusal's reason is lacking.
        Unticked: an agreement with general conditions still open.
        NotAllowedNow: no decision stands.
        ReasonUnknown: as for `refuse`.
        NotYours, Stale: as for `sign`; `no_second_signer` while nobody could give the second signature.
    """
    case = known_case(work, case_id)
    grounds = catalogue.kept(work, Action.REFUSE, refusal)
    decision = _Decision(Action.SUPERSEDE, reasons, note, {"outcome": str(outcome), "refusal": list(grounds)})
    insist(work, actor=actor, case=case, action=Action.SUPERSEDE, reasons=reasons, note=note)
    _insist_on_outcome(work, actor, case, decision, conditions)
    insist_on_version(case, version)
    if actor.person_id is not None:
        # What this person ticked once, for a decision that was taken back perhaps, is not ticked now.
        work.reviews.untick_all(case.id, actor.person_id)
        for condition in conditions_of(case.kind):
            if condition in conditions:
                work.reviews.tick(case.id, condition, actor.person_id)
    return _decide(work, actor, case_id, version, decision)


def take_back(work: Work, *, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Take one's own decision back before it is published; the history keeps that it was made.

    Raises:
        NotYours: no decision of this person waits (`not_decider`), or its while is over (`too_late`).
        Stale: the case changed since it was shown.
    """
    case = known_case(work, case_id)
    insist(work, actor=actor, case=case, action=Action.TAKE_BACK)
    pending = work.reviews.pending(case.id, case.version, hold=True)
    if pending is None or pending.due_at <= work.now:
        raise NotYours(Action.TAKE_BACK, "too_late")
    moved = act(
        work,
        actor=actor,
        case=case,
        action=Action.TAKE_BACK,
        version=version,
        reasons=pending.reasons,
        note=pending.note,
        details={"action": pending.action, "made_at": pending.made_at.isoformat()},
    )
    work.reviews.drop(case.id, pending.on_version)
    return moved


def carry_out(work: Work) -> tuple[CarriedOut, ...]:
    """Carry out the pending decision that fell due first, once, however many try at once.

    Returns:
        What became of it; nothing while none is due. One a unit: none takes another down with it.
    """
    return tuple(
        _carried_out(work, pending)
        for pending in work.reviews.due(1)
        if work.reviews.drop(pending.case_id, pending.on_version)
    )


def postpone(work: Work) -> Case | None:
    """Let the decision that fell due first, and cannot be carried out, wait for another hour.

    Returns:
        Its case; None while none is due.
    """
    for pending in work.reviews.due(1):
        work.reviews.let_fall_due(pending.case_id, pending.on_version, work.now + POSTPONED_BY)
        return known_case(work, pending.case_id)
    return None


def _carried_out(work: Work, pending: PendingDecision) -> CarriedOut:
    # Who stood in for somebody when deciding has decided, though it is over by now.
    person = work.people.get(pending.person_id, at=pending.made_at)
    case = known_case(work, pending.case_id)
    decision = _Decision(Action(pending.action), pending.reasons, pending.note, pending.details)
    try:
        if person is None:
            raise NotYours(decision.action)
        moved = _do(work, person.actor, case, pending.on_version, decision)
    except (DomainError, ServicesError, Stale):
        return CarriedOut(pending, known_case(work, pending.case_id), done=False)
    return CarriedOut(pending, moved, done=True)


def _decide(work: Work, actor: Actor, case_id: int, version: int | None, decision: _Decision) -> Case:
    """Do it, or keep it for the office's while of taking back if it would be known outside."""
    case = known_case(work, case_id)
    state = insist(
        work,
        actor=actor,
        case=case,
        action=decision.action,
        reasons=decision.reasons,
        note=decision.note,
        ticks=ticks_of(work, actor, case),
    )
    # Those of today; a decision that waits keeps those of its day.
    decision = replace(decision, reasons=catalogue.kept(work, decision.action, decision.reasons))
    minutes = settings.number(work, UNDO_MINUTES.name)
    if not minutes or state not in PUBLISHED or actor.person_id is None:
        return _do(work, actor, case, version, decision)
    insist_on_version(case, version)
    absent = on_behalf(work, actor, case, decision.action)
    pending = PendingDecision(
        case_id=case.id,
        action=decision.action,
        on_version=case.version,
        person_id=actor.person_id,
        reasons=decision.reasons,
        note=clean(decision.note, limit=NOTE_LIMIT) if decision.note else None,
        details=(decision.details or {}) | ({ON_BEHALF_OF: absent} if absent else {}) or None,
        made_at=work.now,
        due_at=work.now + timedelta(minutes=minutes),
    )
    if not work.reviews.hold_back(pending):  # pressed twice at the same moment
        raise Stale("case", case.id)
    return case


def _do(work: Work, actor: Actor, case: Case, version: int | None, decision: _Decision) -> Case:
    if decision.action is not Action.SUPERSEDE:
        return _step(work, actor, case, version, decision)
    _insist_on_outcome(work, actor, case, decision, ticks_of(work, actor, case))
    superseded = _step(work, actor, case, version, decision)
    action, refusal = _outcome(decision)
    return act(work, actor=actor, case=superseded, action=action, reasons=refusal, note=decision.note)


def _step(work: Work, actor: Actor, case: Case, version: int | None, decision: _Decision) -> Case:
    return act(
        work,
        actor=actor,
        case=case,
        action=decision.action,
        version=version,
        reasons=decision.reasons,
        note=decision.note,
        details=decision.details,
    )


def _insist_on_outcome(
    work: Work, actor: Actor, case: Case, decision: _Decision, ticks: Collection[str]
) -> None:
    """Both steps of a supersession or neither: the second is asked for before the first is taken.

    Nor is it begun while nobody could end it: the earlier decision would be gone, and no other in its place.
    """
    action, refusal = _outcome(decision)
    facts = replace(facts_of(work, case), state=State.SUPERSEDED)
    require(action, facts, actor, reasons=refusal, note=decision.note, ticks=ticks)
    signed_twice = action is Action.AGREE and is_signed_twice(work, case)
    absent = on_behalf(work, actor, case, Action.SUPERSEDE)
    if signed_twice and not signers(work, case, actor.person_id, absent):
        raise NotYours(Action.SUPERSEDE, "no_second_signer")


def _outcome(decision: _Decision) -> tuple[Action, tuple[str, ...]]:
    details = decision.details or {}
    agreed = details.get("outcome") == State.AGREED
    return (Action.AGREE, ()) if agreed else (Action.REFUSE, tuple(details.get("refusal", ())))
