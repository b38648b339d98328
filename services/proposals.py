"""The officer's side: a proposal is filed, corrected, withdrawn, and followed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from domain.authority import Deed, filed, require, require_person
from domain.errors import NotYours
from domain.lifecycle import Action, State, allowed
from domain.plan import Plan, plan_of
from domain.proposal import Proposal, check
from domain.roles import Actor, Role
from domain.tracking import next_step, timeline
from persian.codes import new_tracking_code
from persian.dates import tehran_day
from services import agreement, alike, catalogue, clocks, search
from services.case_acts import act, insist
from services.case_facts import refusal_facts
from services.cases import (
    Steps,
    agency_name_of,
    known_case,
    proposal_of,
    steps_of,
    stored,
)
from services.drafts import corrections, erase, owned, waiting_corrections
from storage.errors import CodeTaken, Stale
from storage.records import Case, CaseEvent, FormRun, FormStatus, JsonObject, NewCase, Page
from storage.work import Work

_DRAWS: Final = 20  # twenty codes of 11 digits all taken is no accident any more


@dataclass(frozen=True, slots=True)
class Filed:
    """A filed case. Only the first time is the passcode just made the one that counts.

    Attributes:
        code: the tracking code, 12 Latin digits.
        first_time: False when this form had been filed before: the same case comes back.
    """

    case: Case
    code: str
    first_time: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its filer sees it.

    Attributes:
        steps: public stages in order, each with its moment.
        next_step: code of what happens next.
        last_word: the last return, refusal, agreement or withdrawal, with its reasons and note, or None.
        actions: what the filer may do now.
        review: how far a review of the refusal is, as `domain.lifecycle.CaseFacts` says it.
    """

    case: Case
    proposal: Proposal
    plan: Plan
    agency_name: str
    steps: Steps
    next_step: str
    last_word: CaseEvent | None
    actions: tuple[Action, ...]
    review: str | None = None


def file(
    work: Work,
    *,
    actor: Actor,
    run: FormRun,
    answers: Mapping[str, object],
    secret_digest: str,
    platform: str,
    chat_id: int,
    anew: Mapping[str, object] | None = None,
    cosigned: int | None = None,
    new_code: Callable[[], str] = new_tracking_code,
) -> Filed:
    """File the proposal that a form holds; filing the same form again gives the same case.

    Args:
        work: this unit.
        actor: an officer.
        run: the officer's own form.
        answers: its answers by name.
        secret_digest: what is kept of the passcode made for this form.
        platform: where the receipt and the news of the case go to.
        chat_id: the chat there.
        anew: why a debt is proposed again though a case about it is open, with the key of that debt, or
            None; it is kept if it is this debt, and a case about it is open still.
        cosigned: the number of the authorised official's confirmation, or None.
        new_code: draws tracking codes; one drawn before is drawn anew.

    Raises:
        NotYours: no officer, or another officer's form.
        Incomplete: answers are missing or contradict each other.
        TermsNotAccepted: the agreement in force waits for the officer's word.
        Stale: the form was given up.
    """
    owned(actor, run)
    earlier = work.cases.of_form(run.id)
    if earlier is not None:
        return Filed(earlier, earlier.code, first_time=False)
    agency_id, person_id = _require_officer(actor)
    work.calendar.keep()
    proposal = check(catalogue.with_words(work, answers), today=tehran_day(work.now))
    terms_version = agreement.filed_under(work, actor)
    try:
        # The form's own row is where twenty presses at once are put in order: one of them ends it.
        work.forms.finish(run.id, FormStatus.SENT)
    except Stale:
        return _filed_meanwhile(work, run)
    new = NewCase(
        code=new_code(),
        form_id=run.id,
        agency_id=agency_id,
        filed_by=person_id,
        kind=proposal.kind,
        state=State.SUBMITTED,
        passcode_hash=secret_digest,
        proposal=stored(proposal),
        platform=platform,
        chat_id=chat_id,
        terms_version=terms_version,
    )
    others = alike.find(work, actor, new.proposal)
    case = _added(work, new, new_code)
    details: JsonObject = {"cosigned": cosigned} if cosigned is not None else {}
    if others is not None:
        details["alike"] = list(others.cases)
    work.cases.record(replace(_submitted(case), note=alike.reason_for(others, anew), details=details or None))
    case = clocks.advance(work, case)
    search.write(work, case)
    alike.write(work, case)
    return Filed(case, case.code, first_time=True)


def resubmit(
    work: Work,
    *,
    actor: Actor,
    case_id: int,
    run: FormRun,
    answers: Mapping[str, object],
    cosigned: int | None = None,
) -> Case:
    """Send a returned proposal in again, corrected; a second press finds it sent.

    Args:
        work: this unit.
        actor: the officer who filed it.
        case_id: the case.
        run: the officer's own form about this case (its subject).
        answers: all answers by name, corrected ones among them.
        cosigned: the number of the authorised official's confirmation, or None.

    Raises:
        NotYours: not the filer, or not the filer's form about this case.
        NotAllowedNow: the case was not returned.
        Incomplete: answers are missing or contradict each other.
        Stale: the form was given up.
    """
    owned(actor, run)
    if run.subject != case_id:
        raise NotYours(Action.RESUBMIT, "not_filer")
    case = known_case(work, case_id)
    if _status(work, run) is FormStatus.SENT:
        return case
    insist(work, actor=actor, case=case, action=Action.RESUBMIT)
    proposal = check(catalogue.with_words(work, answers), today=tehran_day(work.now))
    details: JsonObject | None = {"cosigned": cosigned} if cosigned is not None else None
    moved = act(work, actor=actor, case=case, action=Action.RESUBMIT, proposal=proposal, details=details)
    work.forms.finish(run.id, FormStatus.SENT)
    search.rewrite(work, moved)
    alike.write(work, moved)
    return moved


def withdraw(
    work: Work,
    *,
    actor: Actor,
    case_id: int,
    reason: str,
    note: str | None = None,
    version: int | None = None,
) -> Case:
    """Take a proposal back before it is decided; the reason is kept, corrections begun are given up.

    Raises:
        NotYours: not the filer.
        NotAllowedNow: it is decided or withdrawn already.
        Incomplete: there is no reason.
        ReasonUnknown: the catalogue does not offer it (any more).
        Stale: the case changed since it was shown.
    """
    case = known_case(work, case_id)
    moved = act(
        work,
        actor=actor,
        case=case,
        action=Action.WITHDRAW,
        version=version,
        reasons=catalogue.kept(work, Action.WITHDRAW, (reason,)),
        note=note,
    )
    locked = waiting_corrections(work, case.filed_by, case_id)
    for run in (*corrections(work, case.filed_by, case_id), *locked):
        erase(work, run)
    return moved


def to_correct(work: Work, *, actor: Actor, case_id: int) -> Case:
    """A returned case, for its filer to correct, held so that the correction is begun once.

    Raises:
        NotFound: there is no such case.
        NotYours: not the filer.
        NotAllowedNow: it is not returned (any more).
    """
    if actor.person_id is not None:
        work.people.hold(actor.person_id)  # pressed in two messengers at once, one comes second
    case = known_case(work, case_id)
    insist(work, actor=actor, case=case, action=Action.RESUBMIT)
    return case


def last_return(work: Work, case: Case) -> CaseEvent | None:
    """The return «بازگشت برای اصلاح» that the case stands at, or last stood at; None if there was none."""
    returns = [event for event in work.cases.events(case.id) if event.to_state is State.RETURNED]
    return returns[-1] if returns else None


def mine(work: Work, actor: Actor, limit: int, offset: int = 0, states: Collection[State] = ()) -> Page:
    """Some of the cases that this person filed, the newest first; only in these states, if any are named.

    Raises:
        NotYours: no officer (any more).
    """
    _, person_id = _require_officer(actor)
    return work.cases.filed_by(person_id, limit=limit, offset=offset, states=states)


def states_of_mine(work: Work, actor: Actor) -> dict[State, int]:
    """How many of the cases that this person filed are in each state.

    Raises:
        NotYours: no officer (any more).
    """
    _, person_id = _require_officer(actor)
    return work.cases.states_filed_by(person_id)


def own_case(work: Work, actor: Actor, case_id: int) -> CaseView:
    """A case for the officer who filed it.

    Raises:
        NotFound: there is no such case.
        NotYours: somebody else filed it, or who did is no officer of that agency any more.
    """
    case = known_case(work, case_id)
    require(actor, Deed.OWN_CASE, filed(case))
    proposal, events = proposal_of(case), work.cases.events(case.id)
    facts = refusal_facts(work, case)
    return CaseView(
        case=case,
        proposal=proposal,
        plan=plan_of(proposal),
        agency_name=agency_name_of(work, case),
        steps=timeline(steps_of(events)),
        next_step=next_step(case.state),
        last_word=_last_word(case, events),
        actions=allowed(case.state, facts, actor),
        review=facts.review,
    )


_WORDS: Final = frozenset({State.RETURNED, State.AGREED, State.NOT_AGREED, State.WITHDRAWN, State.SUPERSEDED})


def _last_word(case: Case, events: tuple[CaseEvent, ...]) -> CaseEvent | None:
    # A later decision that waits for its second signature is told once it has it.
    told = _WORDS - {State.SUPERSEDED} if case.state is State.AWAITING_SIGNATURE else _WORDS
    words = [event for event in events if event.moved and event.to_state in told]
    return words[-1] if words else None


def _require_officer(actor: Actor) -> tuple[int, int]:
    """The agency and the person of an officer who may file.

    Raises:
        NotYours: no officer of an agency.
    """
    person_id = require_person(actor, Deed.FILE)
    if actor.agency_id is None:
        raise NotYours(Deed.FILE)
    return actor.agency_id, person_id


def _status(work: Work, run: FormRun) -> FormStatus:
    now = work.forms.get(run.id)
    return now.status if now else FormStatus.DROPPED


def _filed_meanwhile(work: Work, run: FormRun) -> Filed:
    case = work.cases.of_form(run.id)
    if case is None:
        raise Stale("form", run.id)
    return Filed(case, case.code, first_time=False)


def _added(work: Work, new: NewCase, new_code: Callable[[], str]) -> Case:
    for _ in range(_DRAWS):
        try:
            return work.cases.add(new)
        except CodeTaken:
            new = replace(new, code=new_code())
    raise CodeTaken


def _submitted(case: Case) -> CaseEvent:
    return CaseEvent(
        case_id=case.id,
        at=case.filed_at,
        action=Action.SUBMIT,
        from_state=State.DRAFT,
        to_state=case.state,
        on_version=case.version,
        person_id=case.filed_by,
        role=Role.OFFICER,
    )
