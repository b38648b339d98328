"""A review «درخواست بازنگری» of a refusal: asked for once by its agency, done by somebody else.

The refusal stands all the while: a reviewer who had no hand in it upholds it, or recommends to the directors
to replace it, which is a later decision like any other.
"""

from typing import Final

from domain.lifecycle import DECISIONS, Action, State, allowed
from domain.roles import Actor, Role
from services import survey
from services.case_acts import act
from services.case_facts import facts_of
from services.cases import known_case
from storage.errors import Stale
from storage.records import Case, CaseEvent, Person
from storage.records.filing import ReviewRequest
from storage.work import Work

UPHELD: Final = frozenset({Action.UPHOLD, Action.LET_STAND})
"""A reviewer's word, or a director's on a recommendation, by which a refusal stands."""
STEPS: Final = frozenset({Action.ASK_REVIEW, Action.RECOMMEND, *UPHELD})
"""What was written in the course of a review."""


def ask(work: Work, *, actor: Actor, case_id: int, note: str, version: int | None = None) -> Case:
    """Ask for a review of a refusal, saying why; the refusal stands until a later decision replaces it.

    Raises:
        NotYours: not the filer, or (`asked_already`) it was asked for before.
        NotAllowedNow: no refusal stands.
        Incomplete: nothing is written.
        Stale: the case changed since it was shown.
    """
    case = known_case(work, case_id)
    moved = act(work, actor=actor, case=case, action=Action.ASK_REVIEW, version=version, note=note)
    work.filing.ask_review(case.id, _refused_on(work, case))
    return moved


def take(work: Work, *, actor: Actor, case_id: int) -> Case:
    """Take the review of a refusal; whoever had a hand in the refusal may not.

    Raises:
        NotYours: no reviewer, who refused it, who filed it, or (`no_review_waits`) a colleague has it.
        NotAllowedNow: no refusal stands.
    """
    case = known_case(work, case_id)
    moved = act(work, actor=actor, case=case, action=Action.TAKE_REVIEW)
    work.filing.hold_review(_request(work, case), actor.person_id)
    return moved


def leave(work: Work, *, actor: Actor, case_id: int) -> Case:
    """Give a review back that was taken; the errors are those of `take`."""
    case = known_case(work, case_id)
    moved = act(work, actor=actor, case=case, action=Action.LEAVE_REVIEW)
    work.filing.hold_review(_request(work, case), None)
    return moved


def conclude(
    work: Work, *, actor: Actor, case_id: int, uphold: bool, note: str, version: int | None = None
) -> Case:
    """Say what comes of a review: the refusal is upheld, or the directors are to replace it.

    Once that is recommended, a director who may replace the refusal may let it stand instead.

    Raises:
        NotYours: this person has not taken it, or may not replace the refusal.
        Incomplete: nothing is written.
        Stale: the case changed since it was shown.
    """
    case = known_case(work, case_id)
    request = request_of(work, case)
    let_stand = uphold and request is not None and request.outcome == "recommended"
    action = Action.LET_STAND if let_stand else Action.UPHOLD if uphold else Action.RECOMMEND
    moved = act(work, actor=actor, case=case, action=action, version=version, note=note)
    work.filing.end_review(case.id, "upheld" if uphold else "recommended")
    if uphold:
        survey.put_off(work, "case", case.id)
    return moved


def recommended_by(work: Work, case_id: int) -> int | None:
    """Who recommends to the directors to replace the refusal that stands, or None."""
    case = known_case(work, case_id)
    request = request_of(work, case)
    if request is None or request.outcome != "recommended":
        return None
    advice = (event for event in reversed(said(work, case)) if event.action == Action.RECOMMEND)
    return next((event.person_id for event in advice), None)


def said(work: Work, case: Case) -> tuple[CaseEvent, ...]:
    """What was asked for and answered about the refusal that stands, in order; nothing where nobody asked."""
    if case.state is not State.NOT_AGREED or work.filing.review_request(case.id) is None:
        return ()
    refused_on = _refused_on(work, case)
    return tuple(
        event
        for event in work.cases.events(case.id)
        if event.on_version > refused_on and event.action in STEPS
    )


def request_of(work: Work, case: Case) -> ReviewRequest | None:
    """The review of the refusal that stands, or None."""
    request = work.filing.review_request(case.id) if case.state is State.NOT_AGREED else None
    return request if request is not None and request.refused_on == _refused_on(work, case) else None


def reviewers(work: Work, case: Case) -> tuple[Person, ...]:
    """Who may review this refusal: reviewers who neither filed the case nor had a hand in the refusal."""
    return _who_may(work, case, Action.TAKE_REVIEW, Role.REVIEWER)


def directors(work: Work, case: Case) -> tuple[Person, ...]:
    """Who may replace this refusal: directors with no hand in the case, the refusal or the recommendation."""
    return _who_may(work, case, Action.SUPERSEDE, Role.DIRECTOR)


def _who_may(work: Work, case: Case, action: Action, role: Role) -> tuple[Person, ...]:
    facts, people = facts_of(work, case), work.people.with_role(role)
    return tuple(one for one in people if action in allowed(case.state, facts, one.actor))


def _request(work: Work, case: Case) -> ReviewRequest:
    request = request_of(work, case)
    if request is None:
        raise Stale("case", case.id)
    return request


def _refused_on(work: Work, case: Case) -> int:
    """The version of the case that the refusal which stands has made."""
    events = work.cases.events(case.id)
    return next(
        (event.on_version for event in reversed(events) if event.moved and event.action in DECISIONS), 0
    )
