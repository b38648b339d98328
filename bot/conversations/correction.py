"""The correction of a returned case: what the officer is asked, and what has changed by it."""

from bot.conversations.form import SUMMARY, Form, Position, Returned, Step
from bot.conversations.given import JSON, Scope
from bot.conversations.journey import is_given, missing, open_steps
from messages_fa.reasons import MISSING


def begin(answers: dict[str, JSON], files: dict[str, dict[str, JSON]], seen: int, asks: Returned) -> Position:
    """The form of a returned case: filled in, with the marked answers to be given anew.

    Args:
        answers: as they were sent.
        files: name and size of each file among them, by its number.
        seen: the case's version at its return.
        asks: what the reviewer asks for.
    """
    return Position(answers, SUMMARY, files=files, seen=seen, again=list(asks.fields), returned=asks)


def changed(form: Form, position: Position) -> frozenset[str]:
    """The open answers that are not what they were when the case was returned."""
    if position.returned is None:
        return frozenset()
    before, now = position.returned.answers, position.answers
    names = {step.name for step in open_steps(form, now)}
    return frozenset(name for name in names if _plain(before.get(name)) != _plain(now.get(name)))


def _plain(value: JSON) -> JSON:
    """A skipped answer and an empty list say the same: nothing."""
    return value if is_given(value) else None


def is_unchanged(form: Form, position: Position) -> bool:
    """Whether it is a correction in which nothing was changed, no answer dropped either."""
    if position.returned is None:
        return False
    given = {name for name, value in position.returned.answers.items() if is_given(value)}
    return not changed(form, position) and given <= {s.name for s in open_steps(form, position.answers)}


def changeable(form: Form, position: Position, scope: Scope) -> tuple[Step, ...]:
    """The open steps whose answers may be given anew.

    In the correction of a case returned by field these are the marked ones, and those that became missing
    or contradictory through it; all of them where the reviewer asks for something that is no row as well.
    """
    return _asked(form, position, scope) if is_partial(position) else open_steps(form, position.answers)


def is_partial(position: Position) -> bool:
    """Whether it is a correction in which only some of the answers may be given anew."""
    asks = position.returned
    return asks is not None and bool(asks.fields) and MISSING not in asks.reasons


def _asked(form: Form, position: Position, scope: Scope) -> tuple[Step, ...]:
    """The open steps that the reviewer asks for, and what became lacking through it; all if none is named."""
    steps = open_steps(form, position.answers)
    if position.returned is None or not position.returned.fields:
        return steps
    lacking = {step.name for step in missing(form, position, scope)}
    free = lacking | changed(form, position) | set(position.returned.fields)
    return tuple(step for step in steps if step.name in free)


def asked_so_far(form: Form, position: Position, scope: Scope) -> tuple[int, int]:
    """Which of the answers to be given anew the one under the cursor is, and of how many."""
    names = [step.name for step in _asked(form, position, scope)]
    place = names.index(position.cursor) + 1 if position.cursor in names else len(names)
    return place, len(names)
