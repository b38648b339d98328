"""What the agency said beside the proposal, on the card: a withdrawal, a debt again, a review."""

from domain.lifecycle import Action, State
from messages_fa import cosign, filing, names, refusals
from messages_fa.markup import Text
from services import refusals as reviews
from services.cases import name_of
from services.desk import ReviewView
from storage.records import CaseEvent
from storage.work import Work


def parts(work: Work, view: ReviewView) -> tuple[tuple[str, Text], ...]:
    """Each with what it is called where it finds no room; empty where there is nothing of it."""
    return (
        (names.ACTIONS[Action.WITHDRAW], _withdrawal(view)),
        (refusals.PART, _review(work, view)),
        (filing.WHY_TWICE, _twice(work, view)),
        (names.OFFICIAL, _official(work, view)),
    )


def _withdrawal(view: ReviewView) -> Text:
    if view.case.state is not State.WITHDRAWN or not view.events:
        return Text()
    last = view.events[-1]
    return filing.why_withdrawn(last.reasons, last.note or "")


def _twice(work: Work, view: ReviewView) -> Text:
    filed = _filed(view)
    if filed is None or not filed.note:
        return Text()
    others = (filed.details or {}).get("alike", ())
    return filing.filed_twice(filed.note, [work.cases.get(case_id).code for case_id in others])


def _official(work: Work, view: ReviewView) -> Text:
    """Whose confirmation the proposal has in the system, where its agency wants one."""
    sent = [event for event in view.events if event.action in {Action.SUBMIT, Action.RESUBMIT}]
    numbers = [(event.details or {}).get("cosigned") for event in sent]
    last = next((number for number in reversed(numbers) if number is not None), None)
    found = work.filing.cosignature(last) if last is not None else None
    if found is None or not found.name:
        return Text()
    return cosign.on_card(found.name) if numbers[-1] == last else cosign.once_on_card(found.name)


def _filed(view: ReviewView) -> CaseEvent | None:
    return next((event for event in view.events if event.action == Action.SUBMIT), None)


def _review(work: Work, view: ReviewView) -> Text:
    """The review of the refusal that stands: what the agency writes, and what was answered."""
    said = reviews.said(work, view.case)
    request = reviews.request_of(work, view.case)
    if not said or request is None:
        return Text()
    asked, answers = said[0], said[1:]
    answer = answers[-1] if answers else None
    told = (answer.action, name_of(work, answer.person_id), answer.note or "") if answer else None
    return refusals.on_card(asked.at, asked.note or "", holder=name_of(work, request.holder), answer=told)
