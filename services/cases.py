"""What is known of a case wherever it is shown: its proposal, its people by name, the steps it has taken."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from domain.authority import Deed, filed, may
from domain.lifecycle import DECISIONS, Action, State
from domain.proposal import Proposal
from domain.roles import Actor, Role
from domain.tracking import public_stage
from messages_fa.substitutes import by
from storage.errors import Erased, Stale
from storage.records import Case, CaseEvent, JsonObject, PendingDecision
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


def insist_on_version(case: Case, version: int | None) -> None:
    """What was decided on a screen is decided of the case as that screen showed it.

    Args:
        case: as read in this unit.
        version: the one that the person had on the screen; None where any will do.

    Raises:
        Stale: the case has changed since.
    """
    if version is not None and version != case.version:
        raise Stale("case", case.id)


def ticks_of(work: Work, actor: Actor | None, case: Case) -> dict[str, datetime]:
    """The general conditions of the case that this person has ticked, each with its moment."""
    if actor is None or actor.person_id is None:
        return {}
    return work.reviews.ticks(case.id, actor.person_id)


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


def hands(actor: Actor, roles: Iterable[Role] = (Role.REVIEWER,)) -> tuple[int, ...]:
    """In whose names this person has work in hand: the own one, then who they stand in for in these roles."""
    if actor.person_id is None:
        return ()
    away = (name for name in actor.capacities(*roles) if name is not None)
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
