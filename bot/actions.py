"""What the buttons do: one table for those of the bot's screens, one for the forms that are filled in.

Nothing in a button is trusted: person, role, object and state are asked again at every press.
"""

from collections.abc import Callable

from bot.conversations.setting_forms import SETTING_FORMS
from bot.handlers import (
    answering,
    decisions,
    desk,
    forms,
    frozen,
    links,
    mine,
    own,
    people,
    proposals,
    review,
    settings,
    start,
    tracking,
    unsigned,
)
from bot.handlers.forms import Ready
from bot.handlers.frozen import Meant
from bot.part import Finish, Press
from bot.parts import PARTS
from bot.turn import OldButton, Turn, number
from domain.errors import NotYours
from messages_fa import general


def do(turn: Turn, data: str) -> None:
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


def old_button(turn: Turn) -> None:
    """Say so, and show where the person is now: the open question, or the menu."""
    turn.answer(general.old_button())
    turn.shown = True
    if forms.current(turn) is None:
        start.menu(turn)
    else:
        forms.prompt_again(turn)


def _form_button(turn: Turn, serial: int, action: str) -> None:
    if serial != turn.chat.screen or forms.current(turn) is None:
        old_button(turn)
    else:
        carry_out(turn, answering.press(turn, action))


def _case_button(turn: Turn, rest: list[str]) -> None:
    if turn.actor.person_id is None:
        raise NotYours("case")
    case_id, version, verb = number(rest[0]), number(rest[1]), rest[2]
    name, _, argument = verb.partition(".")
    if name == "own":
        mine.show_case(turn, case_id, argument)
    elif verb in _OWN_CASE:
        _OWN_CASE[verb](turn, case_id)
    else:
        review.act(turn, case_id, version, verb)


_OWN_CASE: dict[str, Callable[[Turn, int], None]] = {
    "fix": proposals.correct,
    "again": proposals.again,
    "papers": own.show_files,
    "table": own.show_plan,
    "alone": own.end_following,
}
"""What an officer does with a case of the own list; the rest is the reviewers'."""


def _reopen(turn: Turn, rest: list[str]) -> None:
    tracking.reopen(turn, number(rest[0]))


_BUTTONS: dict[str, tuple[Press, int]] = {
    "c": (_case_button, 3),
    "d": (lambda turn, rest: proposals.act_on_draft(turn, rest[0], number(rest[1])), 2),
    "m": (lambda turn, rest: mine.show(turn, number(rest[0]), rest[1]), 2),
    "z": (lambda turn, rest: mine.press_search(turn, rest[0]), 1),
    "q": (lambda turn, rest: desk.show_queue(turn, number(rest[1]), rest[0]), 2),
    "t": (lambda turn, rest: tracking.refresh(turn, rest[0]), 1),
    "w": (lambda turn, rest: tracking.act_on_following(turn, rest[0], rest[1]), 2),
    "p": (lambda turn, rest: tracking.ask_passcode(turn, rest[0]), 1),
    "l": (lambda turn, rest: links.act(turn, rest[0], rest[1]), 2),
    "a": (lambda turn, rest: links.act_on_account(turn, rest[0], rest[1], rest[2]), 3),
    "i": (lambda turn, rest: people.act(turn, rest[0]), 1),
    "s": (lambda turn, rest: settings.ask(turn, rest[0]), 1),
    "o": (_reopen, 1),
    unsigned.BUTTON: (lambda turn, rest: carry_out(turn, unsigned.filled(turn, rest[0])), 1),
    **{name: press for part in PARTS for name, press in part.buttons.items()},
}
"""Buttons outside forms, with the number of their parts: case, draft, own list, queue, passcode, invitation,
opening a form again."""

_FINISH: dict[str, Finish] = {
    "proposal": proposals.finish,
    "refusal": decisions.finish_refusal,
    "return": decisions.finish_return,
    "supersede": decisions.finish_supersession,
    "note": decisions.finish_note,
    "invitation": people.finish_invitation,
    "passcode": tracking.finish_passcode,
    "search": mine.finish_search,
    **{form.name: settings.finish for form in SETTING_FORMS},
    **{name: finish for part in PARTS for name, finish in part.finish.items()},
}


def carry_out(turn: Turn, ready: Ready | None) -> None:
    """Do what a form was filled in for, once it is ready; nothing before."""
    if ready is None:
        return
    try:
        _FINISH[ready.form.name](turn, ready)
    except NotYours:
        if turn.chat.form_id == ready.run.id:  # what may not be carried out is not asked about any longer
            forms.drop(turn, ready.run)
        raise
    _go_on(turn)


def _go_on(turn: Turn) -> None:
    """Carry out the button that had waited for the second factor, which has just been given."""
    action, turn.then = turn.then, None
    if action is None:
        return
    meant = Meant("press", action, lambda turn: do(turn, action))
    if not frozen.holds_back(turn, meant):  # a maintenance may have begun meanwhile
        meant.act(turn)
