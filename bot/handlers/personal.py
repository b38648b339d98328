"""«داده‌های من»: a file of all that is kept, requests to correct or to erase; and the admins' list of them."""

from collections.abc import Callable
from typing import Final

from bot.conversations.staffing_forms import DATA_ANSWER, DATA_CORRECTION, DATA_REFUSAL
from bot.handlers import forms, start
from bot.handlers.forms import Ready
from bot.handlers.signing import signed
from bot.lists import named
from bot.part import Part
from bot.post import chats_of, post, post_to_first
from bot.reset_cards import places
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, plays
from domain.errors import NotYours
from domain.roles import Role
from messages_fa import buttons
from messages_fa import personal as texts
from messages_fa.markup import Text
from messages_fa.personal import Row
from services import personal as office
from services.errors import NoRequest, RequestWaits
from services.personal import Asked
from storage.records import Lane
from storage.records.staffing import DataRequest


def press(turn: Turn, rest: list[str]) -> None:
    """What is pressed about own data; person and role are asked again at every press.

    Raises:
        OldButton: there is no such button.
    """
    verb, about = rest
    if verb not in _VERBS:
        raise OldButton
    try:
        _VERBS[verb](turn, about)
    except NotYours as refused:
        turn.answer(texts.refused(refused.why))
    except NoRequest:
        turn.answer(texts.refused("ended"))
        _open(turn, about)


# Whose data it is


def show(turn: Turn, _about: str = "") -> None:
    """«داده‌های من»."""
    each = (
        Button(buttons.EXPORT_DATA, "dta:export:0"),
        Button(buttons.CORRECT_DATA, "dta:fix:0"),
        Button(buttons.ERASE_DATA, "dta:erase:0"),
    )
    text = texts.menu(known=turn.actor.person_id is not None)
    turn.show(Screen(text, column(*each)), slot="own_data")


def _export(turn: Turn, _about: str) -> None:
    """The file, to this very chat; the bytes stand in no store once they are sent."""
    if turn.actor.person_id is not None and not signed(turn, "dta:export:0"):
        return
    kept = office.kept_of(turn.work, turn.actor, turn.place)
    content = texts.export(kept, turn.work.now).encode()
    turn.shown = True  # the menu stays; the file comes below it
    turn.post(*turn.place, Screen(texts.caption(), plain_file=content))


def _ask_correction(turn: Turn, _about: str) -> None:
    turn.shown = True
    forms.begin(turn, DATA_CORRECTION)


def _finish_correction(turn: Turn, ready: Ready) -> None:
    forms.drop(turn, ready.run)
    _ask(turn, "correction", str(ready.position.answers["words"]))


def _ask_erasure(turn: Turn, _about: str) -> None:
    """«درخواست پاک کردن»: what would go and what would stay, and asked once more."""
    would = DataRequest(
        id=0,
        kind="erasure",
        person_id=turn.actor.person_id,
        platform=turn.chat.platform,
        chat_id=turn.chat.chat_id,
        words="",
        asked_at=turn.work.now,
        outcome=None,
        answer="",
        ended_by=None,
        ended_at=None,
    )
    text = texts.sure_to_ask_erasure(office.erasable(turn.work, would))
    sure = (Button(buttons.SURE_TO_ASK_ERASURE, "dta:sure:0"), Button(buttons.NOT_TO_ASK, "dta:not:0"))
    turn.show(Screen(text, column(*sure)), slot="own_data")


def _sure_erasure(turn: Turn, _about: str) -> None:
    _ask(turn, "erasure", "")


def _do_not(turn: Turn, _about: str) -> None:
    turn.show(Screen(texts.not_asked()), slot="own_data")


def _ask(turn: Turn, kind: str, words: str) -> None:
    try:
        request = office.ask(
            turn.work, turn.actor, turn.place, "erasure" if kind == "erasure" else "correction", words
        )
    except RequestWaits:
        turn.show(Screen(texts.waits_already()), slot="own_data")
        return
    turn.show(Screen(texts.asked(request.kind)), slot="own_data")
    told = Screen(
        texts.new_request(_row(Asked(request, turn.actor.name))),
        column(Button(buttons.DATA_REQUESTS, "dta:list:0")),
    )
    for person in turn.work.people.with_role(Role.ADMIN):
        for place in places(turn, person.id):
            if place != turn.place:
                post(turn.work, turn.office, *place, told, lane=Lane.NOTICES)


# The admins


def show_list(turn: Turn, _about: str = "") -> None:
    """«درخواست‌های داده»: the oldest first.

    Raises:
        NotYours: no admin.
    """
    found = office.waiting(turn.work, turn.actor)
    rows = [(n, _row(one)) for n, one in enumerate(found, 1)]
    opens = named([(one.name, f"dta:open:{one.request.id}") for one in found], 1)
    turn.show(Screen(texts.listing(rows), opens), slot="data_requests")


def _row(asked: Asked) -> Row:
    one = asked.request
    return Row(one.kind, asked.name, one.platform, one.asked_at, one.words, one.outcome or "", one.answer)


def _open(turn: Turn, request: str) -> None:
    one = office.seen(turn.work, turn.actor, number(request))
    is_open = one.request.outcome is None
    what = office.erasable(turn.work, one.request) if is_open and one.request.kind == "erasure" else None
    rows: Rows = column(Button(buttons.DATA_REQUESTS, "dta:list:0"))
    if is_open:
        rows = (*column(*_acts(one.request)), *rows)
    turn.show(Screen(texts.card(_row(one), what), rows), slot="data_requests")


def _acts(request: DataRequest) -> tuple[Button, ...]:
    do = (
        Button(buttons.DATA_ERASE, f"dta:wipe:{request.id}")
        if request.kind == "erasure"
        else Button(buttons.DATA_DONE, f"dta:done:{request.id}")
    )
    return do, Button(buttons.DATA_REFUSE, f"dta:refuse:{request.id}")


def _ask_to_erase(turn: Turn, request: str) -> None:
    one = office.seen(turn.work, turn.actor, number(request))
    if one.request.outcome is not None:
        raise NoRequest
    sure = Button(buttons.SURE_TO_ERASE, f"dta:wiped:{one.request.id}")
    back = Button(buttons.BACK_TO_REQUEST, f"dta:open:{one.request.id}")
    turn.show(Screen(texts.sure_to_erase(_row(one)), column(sure, back)), slot="data_requests")


def _erase(turn: Turn, request: str) -> None:
    """«بله، برای همیشه پاک شود»: signed; who asked is told what went and what stays."""
    if not signed(turn, f"dta:wiped:{request}"):
        return
    ended, gone = office.erase(turn.work, turn.actor, number(request))
    _tell(turn, ended, texts.erased(gone))
    turn.answer(texts.told(ended.outcome or ""))
    _open(turn, request)


def _ask_answer(turn: Turn, request: str) -> None:
    _begin(turn, request, done=True)


def _ask_refusal(turn: Turn, request: str) -> None:
    _begin(turn, request, done=False)


def _begin(turn: Turn, request: str, *, done: bool) -> None:
    one = office.seen(turn.work, turn.actor, number(request))
    if one.request.outcome is not None:
        raise NoRequest
    turn.shown = True
    forms.begin(turn, DATA_ANSWER if done else DATA_REFUSAL, subject=one.request.id)


def _finish_answer(turn: Turn, ready: Ready) -> None:
    """The words to who asked were written: the request ends with them.

    Raises:
        NotYours: no admin (any more).
    """
    forms.drop(turn, ready.run)
    words, request_id = str(ready.position.answers["words"]), ready.run.subject or 0
    done = ready.form.name == DATA_ANSWER.name
    try:
        ended = office.answer(turn.work, turn.actor, request_id, done=done, words=words)
    except NoRequest:
        turn.answer(texts.refused("ended"))
    except NotYours as refused:
        turn.answer(texts.refused(refused.why))
    else:
        _tell(turn, ended, texts.answered(ended.kind, done=done, words=ended.answer))
    _open(turn, str(request_id))


def _tell(turn: Turn, request: DataRequest, text: Text) -> None:
    """Tell who asked, where they are reached."""
    reached = chats_of(turn.work, turn.office, request.person_id, (request.platform, request.chat_id))
    if reached:
        purpose = f"data:{request.id}:answer"
        screen = Screen(text)
        post_to_first(turn.work, turn.office, reached, screen, lane=Lane.NOTICES, purpose=purpose)


def typed_list(turn: Turn) -> None:
    """«درخواست‌های داده», typed."""
    if plays(turn.actor, Deed.DATA_REQUESTS):
        show_list(turn)
    else:
        start.menu(turn)


_VERBS: Final[dict[str, Callable[[Turn, str], None]]] = {
    "menu": show,
    "export": _export,
    "fix": _ask_correction,
    "erase": _ask_erasure,
    "sure": _sure_erasure,
    "not": _do_not,
    "list": show_list,
    "open": _open,
    "wipe": _ask_to_erase,
    "wiped": _erase,
    "done": _ask_answer,
    "refuse": _ask_refusal,
}

PART: Final = Part(
    buttons={"dta": (press, 2)},
    finish={
        DATA_CORRECTION.name: _finish_correction,
        DATA_ANSWER.name: _finish_answer,
        DATA_REFUSAL.name: _finish_answer,
    },
    commands={"mydata": show},
    asides=frozenset({"mydata"}),
    words={buttons.DATA_REQUESTS: typed_list},
)
