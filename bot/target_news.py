"""What people are told of targets: that one has moved, is nearly up, or is up. In office hours only."""

from collections.abc import Iterable
from functools import partial

from bot import announce, complaint_news
from bot.cards import Errand
from bot.office import Office
from bot.one_by_one import one_by_one
from bot.post import Place, post_to_first
from bot.screen import Button, Screen, column
from domain.clocks import BREACH, CORRECTION, DECISION, ESCALATE, WARN
from domain.lifecycle import State
from domain.roles import Role
from messages_fa import buttons
from messages_fa import targets as texts
from services import clocks, complaint_clocks, complaint_watch
from services.case_facts import agreed_by
from services.cases import keepers, name_of
from services.decisions import signers
from services.targets import may_disturb
from storage.records import Case, Lane
from storage.records.calendar import ClockRow, MovedTarget
from storage.work import Work


def recount(work: Work, office: Office) -> bool:
    """A sweep: targets that a change of the calendar moves, some cases at a time."""
    return clocks.recount(work, partial(one_by_one, work, office, "recount_targets"))


def tell_moved(work: Work, office: Office) -> bool:
    """A sweep: who filed a case (or complained) and who holds it hear once why its target has moved."""
    if not may_disturb(work):
        return False
    found = clocks.moves(work)
    at = Errand(work, office)
    one_by_one(work, office, "tell_moved_targets", found, lambda move: _tell_moved(at, move))
    answers = complaint_clocks.moves(work)
    one_by_one(work, office, "tell_moved_answers", answers, lambda move: complaint_news.moved(at, move))
    return bool(found or answers)


def _tell_moved(at: Errand, move: MovedTarget) -> None:
    case = at.work.cases.get(move.case_id)
    text = texts.moved(case.code, move.clock, move.was, move.became, move.changes)
    if move.clock in {DECISION, CORRECTION}:
        _to_filer(at, case, Screen(text), f"target:{case.id}:moved:{move.id}")
    if move.clock == DECISION and case.state is State.IN_REVIEW and case.holder is not None:
        for person_id in keepers(at.work, case.holder):
            announce.beside(at, case, person_id, text)


def ring(work: Work, office: Office) -> bool:
    """A sweep: targets that are nearly up, up, and up since yesterday, each told once."""
    if not may_disturb(work):
        return False
    rung = clocks.ring(work)
    at = Errand(work, office)
    one_by_one(work, office, "warn_of_targets", rung, lambda each: _ring(at, *each))
    near = complaint_clocks.to_warn(work)
    one_by_one(work, office, "warn_of_answers", near, lambda target: complaint_news.warned(at, target))
    up = complaint_watch.overdue_as_it_is(work)
    one_by_one(work, office, "tell_of_missed_answers", up, lambda told: complaint_news.overdue(at, told))
    return bool(rung or near or up)


def _ring(at: Errand, row: ClockRow, said: Iterable[str]) -> None:
    case = at.work.cases.get(row.case_id)
    for code in said:
        (_remind if row.clock == CORRECTION else _warn)(at, case, row, code)


def _warn(at: Errand, case: Case, row: ClockRow, code: str) -> None:
    """Tell whoever the case lies with; the directors, where it was told the day before."""
    if row.due_at is None:
        return
    if code == ESCALATE:
        told = texts.escalation(case.code, row.clock, row.due_at, _holder(at.work, case))
        people: Iterable[int] = (person.id for person in at.work.people.with_role(Role.DIRECTOR))
    else:
        told = {WARN: texts.warning, BREACH: texts.breach}[code](case.code, row.clock, row.due_at)
        people = lies_with(at.work, case)
    for person_id in people:
        announce.to_person(at, case, person_id, told)


def _holder(work: Work, case: Case) -> str:
    return name_of(work, case.holder) if case.state is State.IN_REVIEW else ""


def lies_with(work: Work, case: Case) -> tuple[int, ...]:
    """Whose turn it is: the holder and who stands in, all reviewers while nobody is, or who may sign."""
    if case.state is State.AWAITING_SIGNATURE:
        return tuple(person.id for person in signers(work, case, agreed_by(work, case)))
    if case.state is State.IN_REVIEW and case.holder is not None:
        return keepers(work, case.holder)
    return tuple(p.id for p in work.people.with_role(Role.REVIEWER) if p.id != case.filed_by)


def _remind(at: Errand, case: Case, row: ClockRow, code: str) -> None:
    """Remind the officer of a correction that is awaited."""
    if row.due_at is None or case.state is not State.RETURNED:
        return
    text = texts.correction_waits(case.code, row.due_at, up=code == BREACH)
    rows = column(Button(buttons.CORRECT, f"c:{case.id}:{case.version}:fix"))
    _to_filer(at, case, Screen(text, rows), f"target:{case.id}:{code}:{case.version}")


def _to_filer(at: Errand, case: Case, screen: Screen, purpose: str) -> None:
    """Tell whoever filed the case: where it was filed, else by the next of the person's messengers."""
    places = _places(at, case)
    if places:
        post_to_first(at.work, at.office, places, screen, lane=Lane.NOTICES, purpose=purpose)


def _places(at: Errand, case: Case) -> list[Place]:
    """The filer's chats; the one where it was filed first, those known to be out of reach last."""
    chats = [chat for chat in at.work.people.chats_of(case.filed_by) if chat.platform in at.office.platforms]
    here = (case.platform, case.chat_id)
    chats.sort(key=lambda chat: (chat.unreachable_at is not None, (chat.platform, chat.chat_id) != here))
    return [(chat.platform, chat.chat_id) for chat in chats]
