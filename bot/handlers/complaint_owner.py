"""What who complained does about the answer or the question: accepts, objects, replies."""

from collections.abc import Callable

from bot import complaint_news, complaint_view
from bot.complaint_view import OWNER
from bot.conversations.complaint_forms import OBJECTION, REPLY
from bot.conversations.form import Form, Position
from bot.handlers import complaint_following as following
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.screen import Screen
from bot.turn import OldButton, Turn
from domain.complaints import OPEN, State
from domain.errors import Incomplete, NotAllowedNow, NotYours
from messages_fa import complaint_desk as desk_texts
from messages_fa import complaints as texts
from messages_fa.markup import say
from persian.dates import tehran_day
from services import complaint_traces
from services import complaints as office
from services.complaint_acts import facts_of
from services.complaint_clocks import due_of
from storage.errors import Stale
from storage.records.complaints import Complaint

SHOWN_AT_ONCE = 5
"""Own complaints shown together, those that changed last: a technical number."""


def press(turn: Turn, whose: str, complaint_id: int, verb: str) -> None:
    """A button under an answer or a question.

    Args:
        turn: this turn.
        whose: `OWNER`, or the leave of who has given the passcode.
        complaint_id: which one.
        verb: what is to be done.

    Raises:
        OldButton: there is no such button.
        NotYours: somebody else complained.
    """
    complaint = turn.work.complaints.get(complaint_id)
    if verb not in _VERBS:
        raise OldButton
    if not _may(turn, complaint, whose):
        if whose == OWNER:
            raise NotYours("complaint", "not_owner")
        _changed(turn, complaint)
        return
    try:
        _VERBS[verb](turn, complaint, whose)
    except (NotAllowedNow, NotYours, Stale):
        _changed(turn, complaint)


def _may(turn: Turn, complaint: Complaint, whose: str) -> bool:
    if whose == OWNER:
        return office.is_owner(turn.actor, turn.asker, complaint)
    return complaint_view.has_leave(turn.work, complaint, whose)


def _changed(turn: Turn, complaint: Complaint) -> None:
    turn.answer(texts.not_now())
    now = turn.work.complaints.get(complaint.id)
    following.show(turn, now, following.view_of(turn, now))


def _waits(turn: Turn, complaint: Complaint, form: Form) -> bool:
    """Whether who complained may now write this: an objection to an answer, or the reply to a question."""
    if form is OBJECTION:
        return complaint.state is State.ANSWERED
    return complaint.state in OPEN and facts_of(turn.work, complaint).asked


def _accept(turn: Turn, complaint: Complaint, _whose: str) -> None:
    closed = office.accept(turn.work, actor=turn.actor, complaint=complaint)
    now = complaint_view.leave(turn.work, closed) if closed.anonymous else OWNER
    following.show(turn, closed, complaint_view.own(turn.work, closed, now))
    turn.answer(texts.accepted()) if turn.incoming.kind == "press" else None
    if closed.anonymous:
        turn.work.complaints.leave_untold(closed.id)
        return
    complaint_news.refresh(turn, closed)


def _begin(turn: Turn, complaint: Complaint, form: Form) -> None:
    if not _waits(turn, complaint, form):
        raise NotAllowedNow(form.name, complaint.state)
    turn.shown = True
    position = Position({}, "text", about=complaint.code)
    forms.begin(turn, form, position=position)


_VERBS: dict[str, Callable[[Turn, Complaint, str], None]] = {
    "yes": _accept,
    "no": lambda turn, complaint, _whose: _begin(turn, complaint, OBJECTION),
    "reply": lambda turn, complaint, _whose: _begin(turn, complaint, REPLY),
}


def finish_reply(turn: Turn, ready: Ready) -> None:
    """The reply to the office's question was written: the clock goes on."""
    done = _written(turn, ready, office.reply)
    if done is not None:
        turn.show(Screen(texts.replied()))
        told = complaint_news.to_keepers(turn, done, done.holder, desk_texts.replied(done.code))
        complaint_news.refresh(turn, done, but=told)


def finish_objection(turn: Turn, ready: Ready) -> None:
    """The objection was written: it goes to another person than who answered."""
    done = _written(turn, ready, office.object_to)
    if done is not None:
        due = due_of(turn.work, done)
        turn.show(Screen(texts.objected(tehran_day(due.at) if due and due.at else None)))
        if done.anonymous:
            complaint_traces.forget_form(turn.work, ready.run)
            turn.work.complaints.leave_untold(done.id)
            return
        turn.work.complaints.withdraw_survey("complaint", done.id)
        told = complaint_news.came_in(turn, done, objection=True)
        complaint_news.refresh(turn, done, but=told)


def _written(turn: Turn, ready: Ready, do: Callable[..., Complaint]) -> Complaint | None:
    """Carry out what was written about a complaint, if it can still be; None if not.

    The form was opened for who complained alone: in this chat, and of an anonymous one after its passcode.
    """
    complaint = turn.work.complaints.by_code(ready.position.about or "")
    forms.drop(turn, ready.run)
    if complaint is None:
        turn.show(Screen(say("{why}", why=texts.not_now())))
        return None
    try:
        text = str(ready.position.answers["text"])
        return do(turn.work, actor=turn.actor, complaint=complaint, text=text)
    except (NotAllowedNow, NotYours, Incomplete, Stale):
        turn.show(Screen(say("{why}", why=texts.not_now())))
        return None


def typed(verb: str, form: Form) -> Callable[[Turn], None]:
    """The label of a button under an answer or a question that came by itself, typed.

    Where several wait, each is shown with its own buttons.
    """

    def act(turn: Turn) -> None:
        own = turn.work.complaints.own(turn.actor.person_id, *turn.place, {*OPEN, State.ANSWERED})
        found = [complaint for complaint in own if _waits(turn, complaint, form)]
        if len(found) == 1:
            press(turn, OWNER, found[0].id, verb)
            return
        turn.tell(texts.several_wait() if found else texts.none_waits())
        for complaint in reversed(found[:SHOWN_AT_ONCE]):
            turn.post(*turn.place, complaint_view.own(turn.work, complaint, OWNER))
        turn.shown = True

    return act
