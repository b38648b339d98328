"""What the rules need to know of a case, beyond its own row: whose decision waits, how its refusal stands."""

from dataclasses import replace
from typing import Literal

from domain.lifecycle import DECISIONS, Action, CaseFacts, State, may_review
from storage.records import Case, CaseEvent
from storage.records.filing import ReviewRequest
from storage.work import Work


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
