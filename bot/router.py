"""Where what comes in goes: what is typed by the tables here, what is pressed by those of `bot.actions`.

`handle` is what dispatch calls for every update: one turn, in one transaction.
"""

from collections.abc import Callable
from functools import partial

from bot import actions
from bot.handlers import (
    attaching,
    cosigning,
    desk,
    expiring,
    forms,
    frozen,
    held,
    links,
    mine,
    missed,
    people,
    proposals,
    resets,
    review,
    settings,
    start,
    tracking,
    waiting,
)
from bot.handlers.frozen import Meant
from bot.incoming import Aftermath, Incoming
from bot.office import Office
from bot.part import Act
from bot.parts import PARTS
from bot.post import post
from bot.screen import Screen
from bot.turn import OldButton, Turn
from domain.errors import NotYours
from messages_fa import buttons, general
from messages_fa import review as texts
from messages_fa.markup import Text
from persian.text import key
from services.people import actor_of
from storage.errors import Erased, NotFound
from storage.work import Work


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
    work.audit.acting(actor)
    turn = Turn(work, incoming, office, chat, actor)
    if private:
        if chat.came_back:
            missed.tell(turn)
        _take(turn)
    elif incoming.chat_type in {"group", "supergroup"}:
        start.leave_group(turn)
    work.chats.save(turn.chat)
    return turn.aftermath


def pass_over(work: Work, incoming: Incoming, office: Office, *, tell: bool) -> Aftermath | None:
    """What somebody writes beyond what one chat is heard with: not carried out, and told at most once.

    Where a secret is asked for, it leaves the chat all the same.
    """
    if incoming.chat_type != "private":
        return None
    if tell:
        post(work, office, incoming.platform, incoming.chat_id, Screen(general.slower()))
    if incoming.kind == "text":
        _take_away_unheard(work, incoming, office, tell=tell)
    return Aftermath() if tell else None


def _take_away_unheard(work: Work, incoming: Incoming, office: Office, *, tell: bool) -> None:
    chat = work.chats.get(incoming.platform, incoming.chat_id)
    if chat is None or chat.form_id is None:
        return
    turn = Turn(work, incoming, office, chat, actor_of(work, incoming.platform, incoming.user_id))
    now = forms.current(turn)
    if now is not None and now.form.secret:
        # Of a whole flood that cannot be deleted the person hears once.
        turn.take_away(ask=tell)


def _take(turn: Turn) -> None:
    try:
        if turn.incoming.kind in _MEANT and not _went_elsewhere(turn):
            meant = _MEANT[turn.incoming.kind](turn)
            if not frozen.holds_back(turn, meant):
                meant.act(turn)
    except (OldButton, NotFound):
        actions.old_button(turn)
    except NotYours:
        turn.answer(texts.not_yours(""))
    except Erased:
        turn.answer(general.erased())


def _went_elsewhere(turn: Turn) -> bool:
    """Whether this was meant for a form that is not to be answered here any more: then that is said.

    It is being answered in another chat since, or the person does not hold its role any longer.
    """
    run, text = held.moved_away(turn), turn.incoming.text
    taken = run is None and held.taken_away(turn)
    is_word = turn.incoming.kind == "text" and (text.startswith("/") or key(text) in _WORDS)
    if is_word or (turn.incoming.kind == "press" and turn.incoming.data[:1] != "f"):
        return False
    if run is not None:
        turn.answer(general.old_button()) if turn.incoming.kind == "press" else None
        forms.tell_moved(turn, run)
    elif taken:
        turn.answer(general.not_allowed().plain)
    return run is not None or taken


# What is pressed or typed, and what is meant by it


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
    return _commanded(_WORDS[key(text)]) if key(text) in _WORDS else None


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
    return Meant("word", text, _PUSHED[key(text)]) if key(text) in _PUSHED else None


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
    looks_up = tracking.is_grouped(text) or not forms.takes(turn, text)
    if tracking.is_code(text) and looks_up and not forms.asks_code(turn):
        return Meant("code", "", lambda turn: tracking.take_code(turn, text))
    if (action := _beside_form(turn, text)) is not None:
        return _button(action, typed=True)
    if links.seems_code(text):
        return Meant("token", "", lambda turn: _link_beside_form(turn, text))
    if resets.seems_code(text) or cosigning.seems_code(text):
        return Meant("token", "", lambda turn: _enter(turn, text))
    if turn.incoming.forwarded:
        return Meant("answer", "", _forwarded)
    return Meant("answer", "", lambda turn: actions.carry_out(turn, forms.text(turn, text)))


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
    return tracking.seems_code(text) and not forms.takes(turn, text)


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
    if command not in _COMMANDS:
        return Meant("nothing", "", _lost)
    if command in _IN_FORM:
        return Meant("answer", "", _COMMANDS[command])
    return Meant("command", command, lambda turn: _by_command(turn, command, payload))


def _by_command(turn: Turn, command: str, payload: str) -> None:
    act = _COMMANDS[command]
    if command in _ENTRIES and not _ENTRIES[command].is_for(turn.actor):
        start.with_menu(turn, general.not_allowed())
        start.set_commands(turn)
        forms.prompt_again(turn)
        return
    if command == "track" and payload:
        tracking.look_up(turn, payload)
    else:
        act(turn)
    if command in _ASIDES:
        waiting.remind(turn)
    if command == "track" and not payload:
        tracking.await_code(turn)


def _in_form(label: str, action: str, otherwise: Callable[[], Text]) -> Act:
    """A reserved word: the button of that name on the screen, else what the word always does in a form."""

    def act(turn: Turn) -> None:
        if forms.current(turn) is None:
            turn.tell(otherwise())
        else:
            actions.carry_out(turn, forms.press(turn, forms.labelled(turn, label) or action))

    return act


_IN_FORM: dict[str, Act] = {
    "cancel": _in_form(buttons.CANCEL, "x", general.nothing_to_cancel),
    "back": _in_form(buttons.BACK, "b", general.nothing_to_go_back_in),
}
_COMMANDS: dict[str, Act] = {
    "start": start.greet,
    "menu": start.menu,
    "help": start.help_,
    "new": proposals.new,
    "drafts": proposals.show_drafts,
    "mine": mine.show,
    "queue": desk.show_queue,
    "people": people.show_people,
    "settings": settings.show_settings,
    "track": tracking.prompt,
    "link": links.offer,
    **_IN_FORM,
    **{name: act for part in PARTS for name, act in part.commands.items()},
}
_ENTRIES = {entry.command: entry for entry in start.MENU}
_ASIDES = frozenset({"drafts", "mine", "queue", "people", "settings", "link", "track"}).union(
    *(part.asides for part in PARTS)
)
"""Look-ups in the middle of a form: answered, and a line under them leads back to the form."""

_WORDS = {key(entry.label): entry.command for entry in start.MENU} | {
    key(buttons.MENU): "menu",
    key(buttons.CANCEL): "cancel",
    key(buttons.BACK): "back",
    key(buttons.MY_DATA): "mydata",
}
"""Words that are read before any answer, in every state."""


_PUSHED: dict[str, Act] = {
    key(buttons.OPEN_CASE): desk.open_waiting,
    key(buttons.CORRECT): proposals.correct_returned,
    key(buttons.AGAIN): proposals.again_typed,
    key(buttons.AGREE): review.agree_too_early,
    key(buttons.UNFOLLOW): tracking.prompt,
    key(buttons.STEPS): tracking.prompt,
    key(buttons.SEARCH): mine.ask,
    key(buttons.LINK): links.offer,
    key(buttons.ACCOUNTS): links.show,
    **{key(label): partial(desk.show_filtered, which=which) for which, label in desk.FILTERS.items()},
    **{key(label): act for part in PARTS for label, act in part.words.items()},
}
"""Buttons typed though the screen that the person drew has none: of messages that come by themselves, and
«موافقت» while conditions are open."""


# The rest


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


_MEANT: dict[str, Callable[[Turn], Meant]] = {
    "press": _pressed,
    "text": _typed,
    "file": _offered,
    "edited": lambda _turn: Meant("nothing", "", _edited),
    "contact": lambda _turn: Meant("answer", "", _no_answer),
    "other": lambda _turn: Meant("answer", "", _no_answer),
}
"""What is meant, by the kind of what comes in."""
