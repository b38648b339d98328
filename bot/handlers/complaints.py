"""«شکایت و نظر»: sending, following and objecting; the desk of those who handle it is `complaint_desk`.

Of an anonymous one nothing is kept that leads to the chat: its screens are not remembered, its small forms
carry its code among their sealed answers, and its buttons the passcode's leave.
"""

from collections.abc import Callable

from bot import announce, complaint_news, complaint_view
from bot.complaint_view import OWNER
from bot.conversations.complaint_forms import (
    ANSWER,
    COMPLAINT,
    COMPLAINT_NOTE,
    COMPLAINT_PASSCODE,
    OBJECTION,
    QUESTION,
    REPLY,
)
from bot.conversations.form import Form, Position
from bot.handlers import complaint_desk, complaint_sweeps, forms
from bot.handlers.forms import Ready
from bot.incoming import SlowWanted
from bot.part import Part
from bot.screen import Screen
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, plays
from domain.complaints import OPEN, State, may_handle
from domain.errors import Incomplete, NotAllowedNow, NotYours
from messages_fa import buttons, general
from messages_fa import complaint_desk as desk_texts
from messages_fa import complaints as texts
from messages_fa import targets as target_texts
from messages_fa import tracking as tracking_texts
from messages_fa.markup import Text, say
from persian.dates import tehran_day
from services import complaint_traces, drafts, secrets, tracking
from services import complaints as office
from services.complaint_acts import facts_of
from services.complaint_clocks import due_of, why
from services.secrets import NewSecret, new_secret
from services.tracking import Missed
from storage.errors import Stale
from storage.records.complaints import Complaint

SHOWN_AT_ONCE = 5
"""Own complaints shown together, those that changed last: a technical number."""


def new(turn: Turn) -> None:
    """«شکایت و نظر»: a new form, or the one that was begun; who has a list of drafts finds that there."""
    begun = drafts.unfinished(turn.work, turn.actor, *turn.place)
    if begun is None or plays(turn.actor, Deed.FILE):
        forms.begin(turn, COMPLAINT)
    else:
        forms.resume(turn, begun)


def finish(turn: Turn, ready: Ready) -> None:
    """«ارسال» was pressed on the summary.

    Raises:
        SlowWanted: a passcode is to be made first, for an anonymous one.
    """
    secret = turn.incoming.computed if isinstance(turn.incoming.computed, NewSecret) else None
    if secret is None and ready.position.answers.get("anonymous") is True:
        pepper = turn.work.vault.pepper
        raise SlowWanted(lambda: new_secret(pepper))
    try:
        filed = office.file(
            turn.work,
            actor=turn.actor,
            run=ready.run,
            answers=ready.position.answers,
            secret_digest=secret.digest if secret else None,
            sender=turn.asker,
            chat_id=turn.chat.chat_id,
        )
    except Incomplete:
        forms.ask_rest(turn, ready)
        return
    forms.close(turn)
    complaint = filed.complaint
    if not filed.first_time:
        turn.show(Screen(texts.already_filed(complaint.code)))
        return
    turn.show(Screen(_receipt(turn, complaint, secret.passcode if secret else "")))
    if not complaint.untold:
        complaint_news.came_in(turn, complaint)


def _receipt(turn: Turn, complaint: Complaint, passcode: str) -> Text:
    due = due_of(turn.work, complaint)
    return texts.filed(
        complaint.kind,
        complaint.code,
        due=tehran_day(due.at) if due and due.at else None,
        link=turn.office.link(turn.chat.platform, complaint.code),
        passcode=passcode,
    )


# Following


def shows(turn: Turn, typed: str) -> bool:
    """Show the complaint of a typed tracking code; whether it was one's."""
    complaint = office.look_up(turn.work, actor=turn.actor, asker=turn.asker, typed=typed)
    if complaint is not None:
        _show(turn, complaint, _view(turn, complaint))
    return complaint is not None


def _view(turn: Turn, complaint: Complaint) -> Screen:
    if office.is_owner(turn.actor, turn.asker, complaint):
        return complaint_view.own(turn.work, complaint, OWNER)
    return complaint_view.public(turn.work, complaint)


def _show(turn: Turn, complaint: Complaint, screen: Screen) -> None:
    """Show it; what is shown of an anonymous one is not remembered, since it leads to its code."""
    if not complaint.anonymous:
        turn.show(screen)
        return
    pressed = turn.incoming.message_id if turn.incoming.kind == "press" and not turn.shown else None
    turn.post(*turn.place, screen, edit=pressed is not None, message_id=pressed)
    turn.shown = True


def press(turn: Turn, rest: list[str]) -> None:
    """A button of a complaint: of the queue, of the public view, of who complained, or of the desk.

    Raises:
        OldButton: there is no such button.
    """
    whose, place, verb = rest
    if whose == "q":
        complaint_desk.show_queue(turn, number(place), verb)
    elif whose in _BY_CODE:
        _BY_CODE[whose](turn, verb)
    elif whose.isdecimal():
        complaint_desk.act(turn, number(whose), number(place), verb)
    else:
        _owners(turn, whose, number(place), verb)


def _refresh(turn: Turn, code: str) -> None:
    if not shows(turn, code):
        _no_such_code(turn, code)


def _no_such_code(turn: Turn, code: str) -> None:
    """What a button carries can be forged: a code by it counts like one that was typed."""
    found = tracking.look_up(turn.work, asker=turn.asker, typed=code)
    turn.tell(tracking_texts.missed())
    if isinstance(found, Missed):
        _alarm(turn, found)


def _ask_passcode(turn: Turn, code: str) -> None:
    """«دیدن پاسخ با رمز»: the form's row does not lead to the complaint."""
    if office.look_up(turn.work, actor=turn.actor, asker=turn.asker, typed=code) is None:
        _no_such_code(turn, code)
        return
    turn.shown = True
    forms.begin(turn, COMPLAINT_PASSCODE, position=Position({}, "passcode", about=code))


def _why(turn: Turn, code: str) -> None:
    """«چرا این تاریخ؟»: with the moments for who complained or handles it; for others with days alone."""
    complaint = office.look_up(turn.work, actor=turn.actor, asker=turn.asker, typed=code)
    if complaint is None:
        _no_such_code(turn, code)
        return
    found = why(turn.work, complaint)
    if found is None:
        raise OldButton
    turn.shown = True  # what was pressed stays
    whole = not complaint.anonymous and office.is_owner(turn.actor, turn.asker, complaint)
    whole = whole or may_handle(turn.actor, facts_of(turn.work, complaint))
    text = target_texts.why(complaint.code, *found, whole=whole, clock="complaint")
    turn.post(*turn.place, Screen(text))


_BY_CODE: dict[str, Callable[[Turn, str], None]] = {"v": _refresh, "p": _ask_passcode, "w": _why}


def finish_passcode(turn: Turn, ready: Ready) -> None:
    """The passcode of an anonymous complaint was typed; the message leaves the chat whatever comes of it.

    Raises:
        SlowWanted: it is to be compared first, outside the transaction.
    """
    code = ready.position.about or ""
    tried = office.passcode_prepare(turn.work, asker=turn.asker, code=code)
    if isinstance(tried, Missed):
        _missed(turn, tried)
        return
    typed = str(ready.position.answers["passcode"])
    if not isinstance(turn.incoming.computed, bool):
        digest, pepper = tried.digest, turn.work.vault.pepper
        raise SlowWanted(lambda: secrets.verify(digest, typed, pepper))
    found = office.passcode_finish(turn.work, asker=turn.asker, tried=tried, right=turn.incoming.computed)
    if isinstance(found, Missed):
        _missed(turn, found)
        return
    forms.drop(turn, ready.run)
    complaint_traces.forget_form(turn.work, ready.run)
    turn.take_away()
    _show(turn, found, complaint_view.own(turn.work, found, complaint_view.leave(turn.work, found)))


def _missed(turn: Turn, missed: Missed) -> None:
    turn.take_away()
    forms.prompt_again(turn, tracking_texts.missed())
    _alarm(turn, missed)


def _alarm(turn: Turn, missed: Missed) -> None:
    if missed.alarm:
        announce.to_admins(turn.work, turn.office, general.alarm("code_guessing", ""))


# Who complained


def _owners(turn: Turn, whose: str, complaint_id: int, verb: str) -> None:
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
    _show(turn, now, _view(turn, now))


def _waits(turn: Turn, complaint: Complaint, form: Form) -> bool:
    """Whether who complained may now write this: an objection to an answer, or the reply to a question."""
    if form is OBJECTION:
        return complaint.state is State.ANSWERED
    return complaint.state in OPEN and facts_of(turn.work, complaint).asked


def _accept(turn: Turn, complaint: Complaint, _whose: str) -> None:
    closed = office.accept(turn.work, actor=turn.actor, complaint=complaint)
    now = complaint_view.leave(turn.work, closed) if closed.anonymous else OWNER
    _show(turn, closed, complaint_view.own(turn.work, closed, now))
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
        told = complaint_news.to_person(turn, done, done.holder, desk_texts.replied(done.code))
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


def _typed(verb: str, form: Form) -> Callable[[Turn], None]:
    """The label of a button under an answer or a question that came by itself, typed.

    Where several wait, each is shown with its own buttons.
    """

    def act(turn: Turn) -> None:
        own = turn.work.complaints.own(turn.actor.person_id, *turn.place, {*OPEN, State.ANSWERED})
        found = [complaint for complaint in own if _waits(turn, complaint, form)]
        if len(found) == 1:
            _owners(turn, OWNER, found[0].id, verb)
            return
        turn.tell(texts.several_wait() if found else texts.none_waits())
        for complaint in reversed(found[:SHOWN_AT_ONCE]):
            turn.post(*turn.place, complaint_view.own(turn.work, complaint, OWNER))
        turn.shown = True

    return act


PART = Part(
    buttons={"cmp": (press, 3)},
    finish={
        COMPLAINT.name: finish,
        COMPLAINT_PASSCODE.name: finish_passcode,
        REPLY.name: finish_reply,
        OBJECTION.name: finish_objection,
        ANSWER.name: complaint_desk.finish_answer,
        QUESTION.name: complaint_desk.finish_question,
        COMPLAINT_NOTE.name: complaint_desk.finish_note,
    },
    commands={"complaint": new, "complaints": complaint_desk.show_queue},
    asides=frozenset({"complaints"}),
    words={
        buttons.SATISFIED: _typed("yes", OBJECTION),
        buttons.OBJECT: _typed("no", OBJECTION),
        buttons.REPLY: _typed("reply", REPLY),
        buttons.OPEN_COMPLAINT: complaint_desk.open_waiting,
    },
    sweeps=(
        ("watch_complaints", complaint_sweeps.watch, 60),
        ("escalate_complaints", complaint_sweeps.escalate, 60),
        ("tell_complaints", complaint_sweeps.tell_many, 900),
        ("tell_of_anonymous", complaint_sweeps.tell_of_anonymous, 900),
        ("forget_senders", complaint_sweeps.forget, 900),
    ),
)
