"""«شکایت‌ها»: the queue and the card of a complaint, and what their buttons do."""

from collections.abc import Callable

from bot import cards, complaint_card, complaint_news, complaint_view
from bot.cards import COMPLAINT
from bot.conversations.complaint_forms import ANSWER, COMPLAINT_NOTE, QUESTION
from bot.conversations.form import Form
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.lists import PAGE, first_on, how_many, numbers, pages
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, plays
from domain.complaints import Action
from domain.errors import DomainError, Incomplete, NotAllowedNow, NotYours
from messages_fa import buttons, general
from messages_fa import complaint_card as card_texts
from messages_fa import complaint_desk as texts
from services import complaint_desk as office
from services.cases import name_of
from services.complaint_acts import insist_on_version
from services.complaint_desk import Filter
from services.errors import ServicesError, Taken
from storage.errors import Stale
from storage.records.complaints import Complaint

FILTERS = {
    Filter.OPEN: buttons.OPEN_COMPLAINTS,
    Filter.MINE: buttons.QUEUE_MINE,
    Filter.UNCLAIMED: buttons.QUEUE_UNCLAIMED,
    Filter.OVERDUE: buttons.QUEUE_OVERDUE,
    Filter.CLOSED: buttons.CLOSED_COMPLAINTS,
}
"""What each filter is called."""


def show_queue(turn: Turn, page: int = 0, which: str = Filter.OPEN) -> None:
    """«شکایت‌ها»: what is due first first, then the oldest; the filter is kept across pages.

    Raises:
        OldButton: there is no such filter.
        NotYours: neither complaints officer nor director.
    """
    if which not in FILTERS:
        raise OldButton
    found = office.queue(turn.work, turn.actor, Filter(which), page=page, size=PAGE)
    first = first_on(found.page)
    rows = [
        texts.queue_row(
            place,
            row.complaint.kind,
            row.complaint.category,
            row.complaint.state,
            holder=row.holder_name,
            since=complaint_view.shown_time(row.complaint, row.complaint.clock_from),
            now=turn.work.now,
            due=row.due,
            overdue=row.overdue,
        )
        for place, row in enumerate(found.rows, first)
    ]
    last = how_many(found.total)
    text = texts.queue(FILTERS[found.which], rows, page=found.page + 1, pages=last)
    turn.show(Screen(text, _queue_rows(found, first)), slot="complaints")


def _queue_rows(found: office.Queue, first: int) -> Rows:
    shown = [row.complaint for row in found.rows]
    opening = numbers([f"cmp:{each.id}:{each.version}:show" for each in shown], first)
    turning = pages(found.page, found.total, "cmp:q", f":{found.which}")
    each = [
        Button(buttons.counted(FILTERS[which], count), f"cmp:q:0:{which}")
        for which, count in found.counts.items()
    ]
    return (*opening, *turning, *(tuple(each[i : i + 2]) for i in range(0, len(each), 2)))


def open_waiting(turn: Turn) -> None:
    """«دیدن شکایت», typed: the waiting one if there is one only, else the queue to choose from."""
    if not plays(turn.actor, Deed.COMPLAINTS):
        turn.tell(general.not_allowed())
        return
    rows = office.queue(turn.work, turn.actor, size=2).rows
    if len(rows) == 1:
        show_card(turn, rows[0].complaint.id)
    else:
        show_queue(turn)


def show_card(turn: Turn, complaint_id: int, *, anew: bool = False) -> None:
    """The card, in the message that was pressed, or at the bottom of the chat in place of the one above.

    Raises:
        NotYours: not of the desk, or not independent.
    """
    screen = complaint_card.screen(turn.work, turn.actor, complaint_id)
    cards.show(turn, complaint_id, screen, anew=anew, kind=COMPLAINT)


def act(turn: Turn, complaint_id: int, version: int, verb: str) -> None:
    """Do what a button of a card says; the rules are asked again at every press."""
    name, _, argument = verb.partition(".")
    if name not in _VERBS:
        raise OldButton
    try:
        _VERBS[name](turn, complaint_id, version, argument)
    except NotYours as refused:
        turn.answer(texts.not_yours(refused.why))
        if refused.why in _STAYS:
            show_card(turn, complaint_id)
    except (DomainError, ServicesError, Stale) as refused:
        turn.answer(why_not(refused))
        show_card(turn, complaint_id)


_STAYS = frozenset({"not_holder", "anonymous", "unfit_colleague"})
"""Objections after which the card may still be seen."""


def why_not(refused: Exception) -> str:
    """What stands in the way of an act, shortly."""
    if isinstance(refused, Taken):
        return texts.taken(refused.holder_name)
    if isinstance(refused, NotYours):
        return texts.not_yours(refused.why)
    return texts.incomplete() if isinstance(refused, Incomplete) else texts.changed()


def _open(turn: Turn, complaint_id: int, _version: int, _argument: str) -> None:
    show_card(turn, complaint_id)


def _show(turn: Turn, complaint_id: int, _version: int, _argument: str) -> None:
    show_card(turn, complaint_id, anew=True)  # the list stays; the card comes below it


def _queue(turn: Turn, _complaint_id: int, _version: int, _argument: str) -> None:
    turn.shown = True  # the card stays; the list comes below it
    show_queue(turn)


def _claim(turn: Turn, complaint_id: int, _version: int, _argument: str) -> None:
    before = turn.work.complaints.get(complaint_id)
    complaint = office.claim(turn.work, actor=turn.actor, complaint_id=complaint_id)
    if before.version != complaint.version:  # a second press takes nothing and tells nobody
        _told(turn, complaint)
    show_card(turn, complaint_id)


def _release(turn: Turn, complaint_id: int, version: int, _argument: str) -> None:
    complaint = office.release(turn.work, actor=turn.actor, complaint_id=complaint_id, version=version)
    complaint_news.refresh(turn, complaint, but=[turn.place])
    show_card(turn, complaint_id)


def _resume(turn: Turn, complaint_id: int, version: int, _argument: str) -> None:
    complaint = office.resume(turn.work, actor=turn.actor, complaint_id=complaint_id, version=version)
    _told(turn, complaint)
    show_card(turn, complaint_id)


def _hand_over(turn: Turn, complaint_id: int, version: int, argument: str) -> None:
    if argument:
        _give(turn, complaint_id, version, number(argument))
        return
    complaint = _offered(turn, complaint_id, version, Action.HAND_OVER)
    fit = office.colleagues(turn.work, complaint)
    if not fit:
        turn.answer(texts.no_colleague())
        show_card(turn, complaint_id)
        return
    each = column(
        *(Button(person.name, f"cmp:{complaint_id}:{version}:hand.{person.person_id}") for person in fit)
    )
    back = column(Button(buttons.BACK_TO_COMPLAINT, f"cmp:{complaint_id}:{version}:open"))
    cards.show(turn, complaint_id, Screen(texts.colleague_question(), (*each, *back)), kind=COMPLAINT)


def _give(turn: Turn, complaint_id: int, version: int, to: int) -> None:
    complaint = office.hand_over(
        turn.work, actor=turn.actor, complaint_id=complaint_id, to=to, version=version
    )
    text = texts.handed_over(complaint.code, turn.actor.name)
    told = complaint_news.to_person(turn, complaint, complaint.holder, text)
    complaint_news.refresh(turn, complaint, but={*told, turn.place})
    turn.answer(texts.given_to(name_of(turn.work, to)))
    show_card(turn, complaint_id)


def _ask_answer(turn: Turn, complaint_id: int, version: int, _argument: str) -> None:
    _begin(turn, complaint_id, version, Action.ANSWER, ANSWER)


def _ask_question(turn: Turn, complaint_id: int, version: int, _argument: str) -> None:
    _begin(turn, complaint_id, version, Action.ASK, QUESTION)


def _ask_note(turn: Turn, complaint_id: int, _version: int, _argument: str) -> None:
    office.view(turn.work, turn.actor, complaint_id)
    turn.shown = True
    forms.begin(turn, COMPLAINT_NOTE, subject=complaint_id)


def _files(turn: Turn, complaint_id: int, _version: int, _argument: str) -> None:
    complaint = office.view(turn.work, turn.actor, complaint_id).complaint
    for place, file_id in enumerate(complaint.files, 1):
        kept = office.file_of(turn.work, turn.actor, complaint_id, file_id)
        caption = card_texts.attachment(place, complaint.code)
        turn.post(turn.chat.platform, turn.chat.chat_id, Screen(caption, file_id=kept.id))
    show_card(turn, complaint_id, anew=True)


def _texts(turn: Turn, complaint_id: int, _version: int, _argument: str) -> None:
    for text in complaint_card.written(office.view(turn.work, turn.actor, complaint_id)):
        turn.post(turn.chat.platform, turn.chat.chat_id, Screen(text))
    show_card(turn, complaint_id, anew=True)


_VERBS: dict[str, Callable[[Turn, int, int, str], None]] = {
    "open": _open,
    "show": _show,
    "queue": _queue,
    "claim": _claim,
    "release": _release,
    "resume": _resume,
    "hand": _hand_over,
    "answer": _ask_answer,
    "ask": _ask_question,
    "note": _ask_note,
    "files": _files,
    "texts": _texts,
}


def _begin(turn: Turn, complaint_id: int, version: int, action: Action, form: Form) -> None:
    _offered(turn, complaint_id, version, action)
    turn.shown = True  # the card stays; the question comes as a message of its own
    forms.begin(turn, form, subject=complaint_id, seen=version)


def _offered(turn: Turn, complaint_id: int, version: int, action: Action) -> Complaint:
    """The complaint, if this may be done to what the person has on the screen.

    Raises:
        Stale: it changed since.
        NotAllowedNow: it is not this person's to do now.
    """
    seen = office.view(turn.work, turn.actor, complaint_id)
    insist_on_version(seen.complaint, version)
    if action not in seen.actions:
        raise NotAllowedNow(action, seen.complaint.state)
    return seen.complaint


def finish_answer(turn: Turn, ready: Ready) -> None:
    """Text and cause were given: the complaint is answered."""
    answers = ready.position.answers

    def answer(complaint_id: int) -> Complaint:
        return office.answer(
            turn.work,
            actor=turn.actor,
            complaint_id=complaint_id,
            text=str(answers["text"]),
            cause=str(answers["cause"]),
            version=ready.position.seen,
        )

    _finish(turn, ready, answer, Screen(texts.answer_sent()))


def finish_question(turn: Turn, ready: Ready) -> None:
    """The question was written: it goes to who complained."""

    def ask(complaint_id: int) -> Complaint:
        return office.ask(
            turn.work,
            actor=turn.actor,
            complaint_id=complaint_id,
            question=str(ready.position.answers["text"]),
            version=ready.position.seen,
        )

    _finish(turn, ready, ask, Screen(texts.question_sent()))


def finish_note(turn: Turn, ready: Ready) -> None:
    """The note was written."""
    complaint_id = ready.run.subject or 0
    note = str(ready.position.answers["note"])
    forms.drop(turn, ready.run)
    try:
        office.add_note(turn.work, actor=turn.actor, complaint_id=complaint_id, note=note)
    except NotYours as refused:
        turn.show(Screen(texts.not_kept(why_not(refused), note)))
        return
    turn.show(Screen(texts.noted()))
    show_card(turn, complaint_id, anew=True)


def _finish(turn: Turn, ready: Ready, do: Callable[[int], Complaint], done: Screen) -> None:
    complaint_id = ready.run.subject or 0
    forms.drop(turn, ready.run)
    try:
        complaint = do(complaint_id)
    except (DomainError, ServicesError, Stale) as refused:
        _keep(turn, ready, why_not(refused))
        return
    turn.show(done)
    _told(turn, complaint)
    show_card(turn, complaint_id, anew=True)


def _keep(turn: Turn, ready: Ready, why: str) -> None:
    """What was written and cannot be sent any more stays as an internal note, or else on the screen."""
    complaint_id, written = ready.run.subject or 0, str(ready.position.answers["text"])
    try:
        office.add_note(turn.work, actor=turn.actor, complaint_id=complaint_id, note=written)
    except NotYours:
        turn.show(Screen(texts.not_kept(why, written)))
        return
    turn.show(Screen(texts.kept_as_note(why)))
    show_card(turn, complaint_id, anew=True)


def _told(turn: Turn, complaint: Complaint) -> None:
    complaint_news.to_owner(turn, complaint)
    complaint_news.refresh(turn, complaint, but=[turn.place])
