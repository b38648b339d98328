"""What lies on the desk of reviewers and directors: the queue «کارتابل», and a case with all about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain import audit
from domain.authority import Deed, filed, may, plays, require, require_person
from domain.conditions import Finding, findings
from domain.lifecycle import CLOCK_RUNS_IN, HELD_IN, Action, State, allowed, fit
from domain.plan import Plan, plan_of
from domain.proposal import Proposal
from domain.roles import Actor, Role
from domain.settings import DECISION_TARGET
from domain.targets import Span
from persian.text import clean, in_order
from services import targets
from services.case_facts import facts_of, refusal_facts
from services.cases import (
    NOTE_LIMIT,
    agency_name_of,
    doer,
    hands,
    known_case,
    name_of,
    proposal_of,
    ticks_of,
)
from services.notes import Note, named
from services.paging import page_at
from storage.records import Case, CaseEvent, JsonObject, PendingDecision, Person
from storage.work import Work


class Filter(StrEnum):
    """Which cases of the queue."""

    ALL = "all"
    MINE = "mine"
    UNCLAIMED = "unclaimed"
    SIGNATURE = "signature"
    RETURNED = "returned"
    OVERDUE = "overdue"
    REVIEWS = "reviews"


_STATES: Final[dict[Filter, tuple[State, ...]]] = {
    Filter.ALL: tuple(state for state in State if state in CLOCK_RUNS_IN),
    Filter.UNCLAIMED: (State.SUBMITTED,),
    Filter.SIGNATURE: (State.AWAITING_SIGNATURE,),
    Filter.RETURNED: (State.RETURNED,),
    Filter.OVERDUE: tuple(state for state in State if state in CLOCK_RUNS_IN),
}
"""`ALL` is what the office has yet to decide; `MINE` is found by its holder, `REVIEWS` by what was asked."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue.

    Attributes:
        holder_name: empty while nobody holds the case.
        on_behalf: whether whoever looks stands in for that holder.
        clock_from: the moment from which the office's target counts.
        corrected: whether it was returned once and came back.
        due: when the office's target runs out; None without a target, or while the agency corrects.
        overdue: whether it has.
    """

    case_id: int
    version: int
    proposal: Proposal
    state: State
    agency_name: str
    holder_name: str
    on_behalf: bool
    clock_from: datetime
    corrected: bool
    due: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue: whose target is up first, then what has waited longest.

    Attributes:
        counts: how many cases each filter that this person has holds, in their order.
        page: from 0; the last one where a later one was asked for.
    """

    rows: tuple[QueueRow, ...]
    which: Filter
    counts: Mapping[Filter, int]
    page: int

    @property
    def total(self) -> int:
        """How many cases the filter holds on all pages."""
        return self.counts[self.which]


@dataclass(frozen=True, slots=True)
class Change:
    """A field that the last correction changed; values as the store keeps them, None for none."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A case on a reviewer's or director's desk.

    Attributes:
        findings: what the machine sees of each general condition, in order.
        ticks: the conditions that this person has ticked, each with its moment.
        actions: what this person may do now, once asked for reason, note, ticks or colleague.
        holder_name: who holds the case; empty for nobody.
        events: the whole life of the case, in order.
        changes: what the last correction changed, in the form's order.
        notes: internal notes, the first first; none for the one who filed the case.
        pending: the decision that waits to be published, or None; None for the one who filed the case.
        pending_name: who made it.
    """

    case: Case
    proposal: Proposal
    plan: Plan
    findings: tuple[Finding, ...]
    ticks: Mapping[str, datetime]
    actions: tuple[Action, ...]
    holder_name: str
    events: tuple[CaseEvent, ...]
    filer_name: str
    agency_name: str
    changes: tuple[Change, ...]
    notes: tuple[Note, ...]
    pending: PendingDecision | None
    pending_name: str


def queue(work: Work, actor: Actor, which: Filter = Filter.ALL, *, page: int = 0, size: int = 8) -> QueuePage:
    """A page of the queue.

    Raises:
        NotYours: neither reviewer nor director.
    """
    require(actor, Deed.QUEUE)
    work.audit.look(audit.Deed.LIST_SEEN, actor, "queue")
    target = targets.span_of(work, DECISION_TARGET.name)
    counts = {each: _count(work, actor, each) for each in filters(actor, target, _reviews(work, actor))}
    chosen = which if which in counts else Filter.ALL
    at = page_at(page, counts[chosen], size)
    found = _found(work, actor, chosen, limit=size, offset=at * size)
    corrected = work.reviews.corrected([case.id for case in found])
    rows = tuple(_row(work, actor, case, corrected=case.id in corrected) for case in found if not case.erased)
    return QueuePage(rows, chosen, counts, at)


def filters(actor: Actor, target: Span | None, reviews: int = 0) -> tuple[Filter, ...]:
    """The filters that this person has: overdue only where there is a target, reviews where some wait."""
    absent = {
        Filter.MINE: not plays(actor, Deed.REVIEW),
        Filter.SIGNATURE: not plays(actor, Deed.DIRECT),
        Filter.OVERDUE: target is None,
        Filter.REVIEWS: not reviews,
    }
    return tuple(each for each in Filter if not absent.get(each, False))


def view(work: Work, actor: Actor, case_id: int) -> ReviewView:
    """Everything about a case, for who reviews or signs it.

    Raises:
        NotFound: there is no such case.
        NotYours: neither reviewer nor director.
    """
    require(actor, Deed.CASE_VIEW)
    case = known_case(work, case_id)
    work.audit.look(audit.Deed.CASE_SEEN, actor, f"case:{case_id}")
    proposal, facts = proposal_of(case), facts_of(work, case)
    inside = may(actor, Deed.CASE_NOTE, filed(case))
    pending = work.reviews.pending(case.id, case.version) if inside else None
    return ReviewView(
        case=case,
        proposal=proposal,
        plan=plan_of(proposal),
        findings=findings(proposal),
        ticks=ticks_of(work, actor, case),
        actions=allowed(case.state, facts, actor),
        holder_name=name_of(work, case.holder),
        events=work.cases.events(case.id),
        filer_name=name_of(work, case.filed_by),
        agency_name=agency_name_of(work, case),
        changes=changes(work, case),
        notes=notes_on(work, case) if inside else (),
        pending=pending,
        pending_name=doer(work, pending) if pending else "",
    )


def opened(work: Work, actor: Actor, case_id: int) -> None:
    """The card was opened: if its holder did, or who stands in for them, it stays with them another while."""
    case = known_case(work, case_id)
    holds = case.state is State.IN_REVIEW and case.holder in hands(actor) and plays(actor, Deed.REVIEW)
    if holds and case.holder is not None:
        work.cases.touch(case, case.holder)


def changes(work: Work, case: Case) -> tuple[Change, ...]:
    """What the last correction changed, field by field; nothing for a case that was not corrected."""
    versions = work.reviews.versions(case.id)
    if len(versions) < _TWO:
        return ()
    return difference(versions[-2].proposal, versions[-1].proposal)


def difference(before: JsonObject, after: JsonObject) -> tuple[Change, ...]:
    """The fields in which two versions of a proposal differ, in the form's order."""
    return tuple(
        Change(name, before.get(name), after.get(name))
        for name in Proposal.model_fields
        if before.get(name) != after.get(name)
    )


_TWO: Final = 2


def add_note(work: Work, *, actor: Actor, case_id: int, note: str) -> Case:
    """Keep an internal note «یادداشت داخلی»: for the reviewers and directors alone.

    Raises:
        NotFound: there is no such case.
        NotYours: neither reviewer nor director, or the one who filed it.
    """
    require(actor, Deed.CASE_VIEW)
    case = known_case(work, case_id)
    person_id = require_person(actor, Deed.CASE_NOTE, filed(case))
    opened(work, actor, case_id)
    work.reviews.add_note(case.id, person_id, clean(note, limit=NOTE_LIMIT))
    return case


def colleagues(work: Work, case: Case) -> tuple[Person, ...]:
    """To whom the case can be given, by name: reviewers who may decide it and do not hold it."""
    facts = refusal_facts(work, case)
    found = (person for person in work.people.with_role(Role.REVIEWER) if fit(person.actor, facts))
    return tuple(sorted(found, key=lambda person: in_order(person.name)))


def notes_on(work: Work, case: Case) -> tuple[Note, ...]:
    """The internal notes on a case, the first first."""
    return named(work, work.reviews.notes(case.id))


def _reviews(work: Work, actor: Actor) -> int:
    """How many refusals wait to be reviewed, and for a director to be replaced."""
    return work.filing.count_reviews(_review_kinds(actor))


def _review_kinds(actor: Actor) -> tuple[str, ...]:
    kinds = {"asked": plays(actor, Deed.REVIEW), "recommended": plays(actor, Deed.DIRECT)}
    return tuple(kind for kind, has in kinds.items() if has)


def _count(work: Work, actor: Actor, which: Filter) -> int:
    if which is Filter.MINE:
        return len(_mine(work, actor))
    if which is Filter.REVIEWS:
        return _reviews(work, actor)
    if which is Filter.OVERDUE:
        return work.cases.count(_STATES[which], due=work.now)
    return work.cases.count(_STATES[which])


def _found(work: Work, actor: Actor, which: Filter, *, limit: int, offset: int) -> tuple[Case, ...]:
    if which is Filter.MINE:
        return _mine(work, actor)[offset : offset + limit]
    if which is Filter.REVIEWS:
        ids = work.filing.reviews(_review_kinds(actor), limit, offset)
        return tuple(work.cases.get(case_id) for case_id in ids)
    if which is Filter.OVERDUE:
        return work.cases.queue(_STATES[which], limit, offset, due=work.now)
    return work.cases.queue(_STATES[which], limit, offset)


def _mine(work: Work, actor: Actor) -> tuple[Case, ...]:
    """The own cases, then those of whoever this person stands in for."""
    held = (case for name in hands(actor) for case in work.cases.held_by(name))
    return tuple(case for case in held if case.state is State.IN_REVIEW)


def _row(work: Work, actor: Actor, case: Case, *, corrected: bool) -> QueueRow:
    away = case.holder != actor.person_id and case.holder in hands(actor)
    due = case.due_at if case.state in CLOCK_RUNS_IN else None
    return QueueRow(
        case_id=case.id,
        version=case.version,
        proposal=proposal_of(case),
        state=case.state,
        agency_name=agency_name_of(work, case),
        holder_name=name_of(work, case.holder) if case.state in HELD_IN else "",
        on_behalf=away and case.state is State.IN_REVIEW,
        clock_from=case.clock_from,
        corrected=corrected,
        due=due,
        overdue=due is not None and due <= work.now,
    )
