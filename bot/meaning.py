"""What somebody means by what comes in, told before anything of it is done: pressed, typed, offered.

What is typed goes by the tables of `bot.words`, what is pressed by those of `bot.actions`.
"""

from collections.abc import Callable
from typing import Final

from bot import actions
from bot.handlers import (
    answering,
    attaching,
    cosigning,
    expiring,
    forms,
    links,
    people,
    resets,
    start,
    tracking,
    waiting,
)
from bot.handlers.frozen import Meant
from bot.turn import Turn
from bot.words import ASIDES, COMMANDS, ENTRIES, IN_FORM, PUSHED, WORDS
from messages_fa import general
from persian.text import key


def _pressed(turn: Turn) -> Meant:
    return _button(turn.incoming.data)


def _button(data: str, *, typed: bool = False) -> Meant:
    def act(turn: Turn) -> None:
        turn.shown = turn.shown or typed
        actions.do(turn, data)

    return Meant("answer", "", act) if data[:1] == "f" else Meant("press", data, act)


def _typed(turn: Turn) -> Meant:
    text = turn.incoming.text
    if turn.incoming.forwarded:
        return _relayed(turn, text)
    return _reserved(text) or _awaited(turn, text) or _named(turn, text) or _unasked(text)


def _relayed(turn: Turn, text: str) -> Meant:
    """What others have written: a tracking code is looked up, and nothing else is done or pressed by it."""
    if tracking.seems_code(text):
        return _awaited(turn, text) or _unasked(text)
    return Meant("answer", "", _forwarded)


def _reserved(text: str) -> Meant | None:
    """Commands, and the words that are read before any answer."""
    command, payload = _command(text)
    if command == "start" and payload:
        return Meant(
            "token" if _is_token(payload) else "code", "", lambda turn: _enter_by_link(turn, payload)
        )
    if command is not None:
        return _commanded(command, payload)
    return _commanded(WORDS[key(text)]) if key(text) in WORDS else None


def _awaited(turn: Turn, text: str) -> Meant | None:
    """What was asked for: a code, or the answer to the open form."""
    if tracking.awaits_code(turn) and _is_meant_as_code(turn, text):
        return Meant("code", "", lambda turn: tracking.take_code(turn, text))
    if turn.chat.form_id is not None and forms.current(turn) is not None:
        return _answered(turn, text)
    return None


def _named(turn: Turn, text: str) -> Meant | None:
    """The label of a button on the screen, or of a message that came by itself."""
    if (action := turn.labelled(text)) is not None:
        return _button(action, typed=True)
    return Meant("word", text, PUSHED[key(text)]) if key(text) in PUSHED else None


def _unasked(text: str) -> Meant:
    if tracking.seems_code(text):
        return Meant("code", "", lambda turn: tracking.look_up(turn, text))
    if _is_token(text):
        return Meant("token", "", lambda turn: _enter(turn, text))
    return Meant("nothing", "", _lost)


def _answered(turn: Turn, text: str) -> Meant:
    """What was typed while a form's question is open: an answer, unless it can only be something else.

    A code as it stands on every receipt, in three groups, is looked up, and so is one that the question
    does not take; where the question asks for a code, it is the answer. While a list that was looked at
    meanwhile stands last, the name or the number of one of its buttons is that button: the question is out
    of sight.
    """
    looks_up = tracking.is_grouped(text) or not answering.takes(turn, text)
    if tracking.is_code(text) and looks_up and not answering.asks_code(turn):
        return Meant("code", "", lambda turn: tracking.take_code(turn, text))
    if (action := _beside_form(turn, text)) is not None:
        return _button(action, typed=True)
    if links.seems_code(text):
        return Meant("token", "", lambda turn: _link_beside_form(turn, text))
    if resets.seems_code(text) or cosigning.seems_code(text):
        return Meant("token", "", lambda turn: _enter(turn, text))
    if turn.incoming.forwarded:
        return Meant("answer", "", _forwarded)
    return Meant("answer", "", lambda turn: actions.carry_out(turn, answering.text(turn, text)))


def _link_beside_form(turn: Turn, text: str) -> None:
    links.take_code(turn, text.strip())
    waiting.remind(turn)


def _forwarded(turn: Turn) -> None:
    now = forms.current(turn)
    if now is not None and now.form.secret:
        turn.take_away()
    turn.tell(general.forwarded_is_no_answer())
    forms.prompt_again(turn)


def _is_meant_as_code(turn: Turn, text: str) -> bool:
    """Whether what comes right after «پیگیری» is the code that was asked for, if a mistyped one."""
    if tracking.is_code(text) or tracking.is_grouped(text):
        return True
    return tracking.seems_code(text) and not answering.takes(turn, text)


def _beside_form(turn: Turn, text: str) -> str | None:
    """The action of a button that stands last in the chat and is not the open form's own."""
    action = turn.labelled(text)
    return None if action is None or action[:1] == "f" else action


def _command(text: str) -> tuple[str | None, str]:
    """A command and what follows it; «/start@bot x» is «start», «x»."""
    if not text.startswith("/"):
        return None, ""
    head, _, payload = text[1:].strip().partition(" ")
    return head.partition("@")[0].lower(), payload.strip()


def _enter_by_link(turn: Turn, payload: str) -> None:
    """What stands behind a deep link: a tracking code, an invitation, or a code that links accounts."""
    if tracking.seems_code(payload):
        tracking.look_up(turn, payload)
    elif _is_token(payload):
        _enter(turn, payload)
    else:
        start.greet_lost(turn)
        return
    forms.prompt_again(turn)


def _is_token(text: str) -> bool:
    seems = (links.seems_code, resets.seems_code, cosigning.seems_code, people.seems_invitation)
    return any(looks_so(text) for looks_so in seems)


def _enter(turn: Turn, token: str) -> None:
    """Take up the one-time code of a link, of a reset, of a co-signature, or of an invitation."""
    if links.seems_code(token):
        links.take_code(turn, token.strip())
    elif resets.seems_code(token):
        resets.use(turn, token.strip())
    elif cosigning.seems_code(token):
        cosigning.use(turn, token.strip())
    else:
        people.join(turn, token.strip())


def _commanded(command: str, payload: str = "") -> Meant:
    if command not in COMMANDS:
        return Meant("nothing", "", _lost)
    if command in IN_FORM:
        return Meant("answer", "", COMMANDS[command])
    return Meant("command", command, lambda turn: _by_command(turn, command, payload))


def _by_command(turn: Turn, command: str, payload: str) -> None:
    act = COMMANDS[command]
    if command in ENTRIES and not ENTRIES[command].is_for(turn.actor):
        start.with_menu(turn, general.not_allowed())
        start.set_commands(turn)
        forms.prompt_again(turn)
        return
    if command == "track" and payload:
        tracking.look_up(turn, payload)
    else:
        act(turn)
    if command in ASIDES:
        waiting.remind(turn)
    if command == "track" and not payload:
        tracking.await_code(turn)


def _offered(turn: Turn) -> Meant:
    if turn.chat.form_id is None:
        return Meant("nothing", "", lambda turn: turn.tell(general.file_not_expected()))
    return Meant("answer", "", lambda turn: actions.carry_out(turn, attaching.file(turn)))


def _edited(turn: Turn) -> None:
    """An own message was edited: no answer changes by it, and how it is changed is said."""
    now = forms.current(turn)
    # A place that moves comes as an edit too, every few seconds: it is passed over.
    if now is None or not turn.incoming.text:
        return
    turn.tell(general.edits_do_not_count(in_draft=now.form.has_summary))
    forms.prompt_again(turn)


def _no_answer(turn: Turn) -> None:
    """A sticker, a contact, a place, a voice message: no question is answered so."""
    if forms.current(turn) is None:
        _lost(turn)
        return
    turn.tell(general.no_answer())
    forms.prompt_again(turn)


def _lost(turn: Turn) -> None:
    if expiring.tell_apart(turn):
        return
    start.with_menu(turn, general.not_understood())
    forms.prompt_again(turn)


MEANT: Final[dict[str, Callable[[Turn], Meant]]] = {
    "press": _pressed,
    "text": _typed,
    "file": _offered,
    "edited": lambda _turn: Meant("nothing", "", _edited),
    "contact": lambda _turn: Meant("answer", "", _no_answer),
    "other": lambda _turn: Meant("answer", "", _no_answer),
}
"""What is meant, by the kind of what comes in."""
