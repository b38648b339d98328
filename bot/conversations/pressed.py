"""What a button of a form's screen does: its action, such as `o:yes` or `b`, to the next position."""

from collections.abc import Callable

from bot.conversations import aid, month
from bot.conversations.engine import (
    Outcome,
    Problem,
    answer,
    back,
    confirm,
    declare,
    edit,
    keep,
    leave,
    missed,
    remove_file,
    retype,
    review,
    same,
    skip,
    stay,
)
from bot.conversations.form import Form, Position
from bot.conversations.given import Given, Scope
from bot.conversations.journey import asked, within


def press(form: Form, position: Position, action: str, scope: Scope) -> Outcome | None:
    """Do what a button of a form's screen says.

    Returns:
        None for an action that is not the engine's (`y`, `z`, `save`, `drop`, `send` and `plan` are the
        handler's), and for an option, a month or a day that is not offered today.
    """
    word, _, rest = action.partition(":")
    if word == "o":
        return _choose(form, position, rest, scope)
    if rest:
        return _press_numbered(form, position, word, rest, scope)
    act = _ACTS.get(word)
    return act(form, position, scope) if act else None


_ACTS: dict[str, Callable[[Form, Position, Scope], Outcome | None]] = {
    "yes": confirm,
    "no": lambda form, position, _scope: retype(form, position),
    "b": back,
    "r": review,
    "k": skip,
    "n": keep,
    "last": same,
    "x": lambda form, position, _scope: leave(form, position),
    "stay": lambda form, position, _scope: stay(form, position),
    "ok": lambda form, position, _scope: declare(form, position),
    "cal": lambda form, position, scope: _moved(month.opened(form, position, scope)),
    "wr": lambda _form, position, _scope: Outcome(month.closed(position)),
    "eg": lambda form, position, scope: Outcome(position, note=aid.listed(form, position, scope)),
    "off": lambda _form, position, _scope: missed(position, Problem("button_not_here")),
}
"""`off` is the label of a button that is not on the screen, typed where an answer is asked."""


def _moved(position: Position | None) -> Outcome | None:
    return Outcome(position) if position else None


def _choose(form: Form, position: Position, code: str, scope: Scope) -> Outcome | None:
    step = asked(form, position)
    offered = step.kind.options(within(position, scope)) if step else ()
    if all(option.code != code for option in offered):
        return None
    return answer(form, position, Given(option=code), scope)


def _press_numbered(form: Form, position: Position, word: str, index: str, scope: Scope) -> Outcome | None:
    if not (index.isascii() and index.isdecimal()):
        return None
    if word == "m":
        return _moved(month.turned(form, position, index))
    if word == "g":
        day = month.tapped(form, position, index)
        return answer(form, position, day, scope) if day else None
    place = int(index)
    if word == "rm":
        return remove_file(form, position, place)
    if word == "e":
        return edit(form, position, form.steps[place].name if place < len(form.steps) else "", scope)
    return None
