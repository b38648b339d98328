"""Where each thing that comes in goes: one table for what is pressed, one for what is typed.

`handle` is what dispatch calls for every update: one turn, in one transaction.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.conversations.setting_forms import SETTING_FORMS
from bot.handlers import forms, people, proposals, review, settings, start, tracking
from bot.handlers.forms import Ready
from bot.incoming import Aftermath, Incoming
from bot.office import Office
from bot.turn import OldButton, Turn, number
from domain.errors import NotYours
from messages_fa import buttons, general
from messages_fa import review as texts
from messages_fa.markup import Text
from persian.codes import parse_tracking_code
from persian.errors import Unreadable
from persian.text import key
from services.people import actor_of
from storage.errors import NotFound
from storage.work import Work

Act = Callable[[Turn], None]


def handle(work: Work, incoming: Incoming, office: Office) -> Aftermath:
    """Take one update through: everything it causes stands in `work` when this returns.

    Raises:
        FileWanted: dispatch is to download the offered file and call again.
        SlowWanted: dispatch is to compute something slow and call again.
    """
    private = incoming.chat_type == "private"
    # A group is nobody's chat: bound to whoever wrote there last, it would be sent that person's messages.
    owner, name = (incoming.user_id, incoming.user_name) if private else (0, "")
    chat = work.chats.lock(incoming.platform, incoming.chat_id, user_id=owner, name=name)
    actor = actor_of(work, incoming.platform, incoming.user_id)
    turn = Turn(work, incoming, office, chat, actor)
    if private:
        _take(turn)
    elif incoming.chat_type in {"group", "supergroup"}:
        start.leave_group(turn)
    work.chats.save(turn.chat)
    return turn.aftermath


def _take(turn: Turn) -> None:
    by_kind: dict[str, Act] = {
        "press": _pressed,
        "text": _typed,
        "file": _offered,
        "edited": lambda turn: turn.tell(general.edits_do_not_count()) if turn.chat.form_id else None,
        "contact": _lost,
        "other": _lost,
    }
    try:
        if turn.incoming.kind in by_kind:
            by_kind[turn.incoming.kind](turn)
    except (OldButton, NotFound):
        _old_button(turn)
    except NotYours:
        turn.answer(texts.not_yours(""))


# What is pressed


def _pressed(turn: Turn) -> None:
    _do(turn, turn.incoming.data)


def _do(turn: Turn, data: str) -> None:
    """Carry out a button's action; nothing in it is trusted.

    Raises:
        OldButton: it does not fit.
    """
    kind, *rest = data.split(":", 3)
    if kind[:1] == "f" and rest:
        _form_button(turn, number(kind[1:]), ":".join(rest))
    else:
        _other_button(turn, kind, rest)


def _other_button(turn: Turn, kind: str, rest: list[str]) -> None:
    act, parts = _BUTTONS.get(kind, (None, 0))
    if act is None or len(rest) != parts:
        raise OldButton
    act(turn, rest)


def _old_button(turn: Turn) -> None:
    """Say so, and show where the person is now: the open question, or the menu."""
    turn.answer(general.old_button())
    turn.shown = True
    if forms.current(turn) is None:
        start.menu(turn)
    else:
        forms.prompt_again(turn)


def _form_button(turn: Turn, serial: int, action: str) -> None:
    if serial != turn.chat.screen or forms.current(turn) is None:
        _old_button(turn)
    else:
        _carry_out(turn, forms.press(turn, action))


def _case_button(turn: Turn, rest: list[str]) -> None:
    if turn.actor.person_id is None:
        raise NotYours("case")
    case_id, version, verb = number(rest[0]), number(rest[1]), rest[2]
    if verb == "fix":
        proposals.correct(turn, case_id)
    else:
        review.act(turn, case_id, version, verb)


def _reopen(turn: Turn, rest: list[str]) -> None:
    tracking.reopen(turn, number(rest[0]))


_BUTTONS: dict[str, tuple[Callable[[Turn, list[str]], None], int]] = {
    "c": (_case_button, 3),
    "d": (lambda turn, rest: proposals.act_on_draft(turn, rest[0], number(rest[1])), 2),
    "m": (lambda turn, rest: proposals.show_mine(turn, number(rest[0])), 1),
    "q": (lambda turn, rest: review.show_queue(turn, number(rest[0])), 1),
    "p": (lambda turn, rest: tracking.ask_passcode(turn, rest[0]), 1),
    "i": (lambda turn, _rest: people.invite(turn), 1),
    "s": (lambda turn, rest: settings.ask(turn, rest[0]), 1),
    "o": (_reopen, 1),
}
"""Buttons outside forms, with the number of their parts: case, draft, own list, queue, passcode, invitation,
opening a form again."""

_FINISH: dict[str, Callable[[Turn, Ready], None]] = {
    "proposal": proposals.finish,
    "refusal": review.finish_refusal,
    "return": review.finish_return,
    "invitation": people.finish_invitation,
    "passcode": tracking.finish_passcode,
    **{form.name: settings.finish for form in SETTING_FORMS},
}


def _carry_out(turn: Turn, ready: Ready | None) -> None:
    if ready is None:
        return
    try:
        _FINISH[ready.form.name](turn, ready)
    except NotYours:
        if turn.chat.form_id == ready.run.id:  # what may not be carried out is not asked about any longer
            forms.drop(turn, ready.run)
        raise


# What is typed


def _typed(turn: Turn) -> None:
    text = turn.incoming.text
    command, payload = _command(text)
    if command == "start" and payload:
        _enter_by_link(turn, payload)
    elif command is not None:
        _by_command(turn, command, payload)
    elif (word := key(text)) in _WORDS:
        _by_command(turn, _WORDS[word])
    elif tracking.awaits_code(turn) and tracking.is_code(text):
        tracking.take_code(turn, text)
    elif turn.chat.form_id is not None and forms.current(turn) is not None:
        _carry_out(turn, forms.text(turn, text))
    elif (action := turn.labelled(text)) is not None:
        turn.shown = True
        _do(turn, action)
    elif word in _PUSHED:
        _PUSHED[word](turn)
    elif tracking.seems_code(text):
        tracking.look_up(turn, text)
    elif people.seems_invitation(text):
        people.join(turn, text.strip())
    else:
        _lost(turn)


def _command(text: str) -> tuple[str | None, str]:
    """A command and what follows it; «/start@bot x» is «start», «x»."""
    if not text.startswith("/"):
        return None, ""
    head, _, payload = text[1:].strip().partition(" ")
    return head.partition("@")[0].lower(), payload.strip()


def _enter_by_link(turn: Turn, payload: str) -> None:
    try:
        code = parse_tracking_code(payload)
    except Unreadable:
        if tracking.seems_code(payload):
            tracking.look_up(turn, payload)
        else:
            people.join(turn, payload)
    else:
        tracking.look_up(turn, code)
    forms.prompt_again(turn)


def _by_command(turn: Turn, command: str, payload: str = "") -> None:
    act = _COMMANDS.get(command)
    if act is None:
        _lost(turn)
        return
    role = _ROLES.get(command)
    if role is not None and not turn.actor.has(role):
        start.with_menu(turn, general.not_allowed())
        start.set_commands(turn)
        forms.prompt_again(turn)
        return
    if command == "track" and payload:
        tracking.look_up(turn, payload)
    else:
        act(turn)
    if command in _ASIDES:
        forms.prompt_again(turn)
    if command == "track" and not payload:
        tracking.await_code(turn)


def _in_form(label: str, action: str, otherwise: Callable[[], Text]) -> Act:
    """A reserved word: the button of that name on the screen, else what the word always does in a form."""

    def act(turn: Turn) -> None:
        if forms.current(turn) is None:
            turn.tell(otherwise())
        else:
            _carry_out(turn, forms.press(turn, forms.labelled(turn, label) or action))

    return act


_COMMANDS: dict[str, Act] = {
    "start": start.greet,
    "menu": start.menu,
    "help": start.help_,
    "new": proposals.new,
    "drafts": proposals.show_drafts,
    "mine": proposals.show_mine,
    "queue": review.show_queue,
    "people": people.show_people,
    "settings": settings.show_settings,
    "track": tracking.prompt,
    "cancel": _in_form(buttons.CANCEL, "x", general.nothing_to_cancel),
    "back": _in_form(buttons.BACK, "b", general.nothing_to_go_back_in),
}
_ROLES = {entry.command: entry.role for entry in start.MENU}
_ASIDES = frozenset({"drafts", "mine", "queue", "people", "settings", "track"})
"""Look-ups in the middle of a form: answered, and then the same question is put again."""

_WORDS = {key(entry.label): entry.command for entry in start.MENU} | {
    key(buttons.MENU): "menu",
    key(buttons.CANCEL): "cancel",
    key(buttons.BACK): "back",
}
"""Words that are read before any answer, in every state."""


_PUSHED: dict[str, Act] = {
    key(buttons.OPEN_CASE): review.open_waiting,
    key(buttons.CORRECT): proposals.correct_returned,
    key(buttons.AGREE): review.agree_too_early,
}
"""Buttons typed though the screen that the person drew has none: of messages that come by themselves, and
«موافقت» while conditions are open."""


# The rest


def _offered(turn: Turn) -> None:
    if turn.chat.form_id is None:
        turn.tell(general.file_not_expected())
    else:
        _carry_out(turn, forms.file(turn))


def _lost(turn: Turn) -> None:
    start.with_menu(turn, general.not_understood())
    forms.prompt_again(turn)


def to_reshow(work: Work, office: Office) -> tuple[tuple[str, int], ...]:
    """After a restart: the (platform, chat id) of the chats whose open prompt may have to be put again."""
    busy = set(work.inbox.waiting_chats())  # handling what waits there shows the next prompt
    lanes = work.chats.with_open_form()
    return tuple(lane for lane in lanes if lane[0] in office.platforms and lane not in busy)


def reshow(work: Work, office: Office, platform: str, chat_id: int) -> bool:
    """Put a chat's open prompt again, once, until its owner has acted; whether it was put.

    The chat is held and looked at anew: another process may have served it meanwhile.
    """
    chat = work.chats.hold(platform, chat_id)
    if chat is None or chat.form_id is None:
        return False
    if chat.reshown_at is not None and chat.reshown_at >= chat.last_seen:
        return False
    incoming = Incoming(platform, chat_id, chat.user_id, "private", "other")
    turn = Turn(work, incoming, office, chat, actor_of(work, platform, chat.user_id))
    forms.prompt_again(turn, general.resumed())
    work.chats.save(replace(turn.chat, reshown_at=work.now))
    return True
