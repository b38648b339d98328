"""Walking a form: pure functions from a position and what happened to the next position.

What is asked next is never stored: it follows from the form and the answers.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversations.attached import joined, tidy, with_file
from bot.conversations.form import STOPPED, SUMMARY, Form, Position, Step
from bot.conversations.given import JSON, Given, Scope
from bot.conversations.journey import (
    Problem,
    asked,
    is_given,
    missing,
    open_answers,
    open_steps,
    progress,
    rule_problem,
    standing_problem,
    within,
)
from messages_fa.markup import Text
from persian.errors import Unreadable

__all__ = [
    "Outcome",
    "Problem",
    "answer",
    "asked",
    "back",
    "begin",
    "confirm",
    "declare",
    "edit",
    "keep",
    "leave",
    "missing",
    "open_steps",
    "press",
    "progress",
    "ready",
    "remove_file",
    "resume",
    "retype",
    "skip",
    "stay",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an event.

    Attributes:
        position: to be stored.
        problem: what stands in the way, said first.
        note: a word about the answer just taken, said with the next question.
        done: whether a form without a summary has its last answer.
    """

    position: Position
    problem: Problem | None = None
    note: Text | None = None
    done: bool = False


def ready(form: Form, position: Position, scope: Scope) -> bool:
    """Whether the form may be sent: at its summary, declared, nothing missing today."""
    at_end = position.cursor == SUMMARY and position.declared and not position.leaving
    return at_end and not missing(form, position.answers, scope)


def begin(form: Form, seen: int | None = None) -> Outcome:
    """Open an empty form about nothing, or about a case of which the person saw this version."""
    return Outcome(Position({}, form.steps[0].name, seen=seen))


def resume(form: Form, position: Position, scope: Scope) -> Outcome:
    """Open a stored position, whichever version of the form it was stored by.

    Answers that the form no longer knows are dropped; what is new, changed or no longer right today is
    asked; the cursor stays where it was when it still may.
    """
    here = within(position, scope)
    kept = {
        step.name: position.answers[step.name]
        for step in form.steps
        if step.name in position.answers and _still_fits(step, position.answers[step.name], here)
    }
    answers = open_answers(form, kept)
    same = answers == position.answers
    moved = replace(position, answers=answers, leaving=False, declared=position.declared and same)
    if _may_stay(form, moved, scope):
        return Outcome(moved, standing_problem(form, moved, scope))
    return _onward(form, moved, scope)


def answer(form: Form, position: Position, given: Given, scope: Scope) -> Outcome:
    """Take an answer at the step under the cursor.

    What cannot be read, or contradicts another answer, is refused with a problem and changes nothing else;
    a reading that is not plain waits to be confirmed.
    """
    step = asked(form, position)
    if step is None or position.leaving:
        return Outcome(position, _closed(position))
    try:
        reading = step.kind.read(given, within(position, scope))
        value = joined(step, position, reading.value, given.file)
    except Unreadable as unreadable:
        return _missed(position, Problem(unreadable.code, unreadable.values))
    wrong = rule_problem(form, {**position.answers, step.name: value}, step.name, scope)
    if wrong is not None:
        return _missed(replace(position, pending=None), wrong)
    if not reading.plain:
        return Outcome(replace(position, pending=value, misses=0))
    return _accept(form, with_file(position, given.file), step, value, scope)


def confirm(form: Form, position: Position, scope: Scope) -> Outcome:
    """Confirm the pending reading."""
    step = asked(form, position)
    if step is None or position.pending is None:
        return Outcome(position)
    value = position.pending
    wrong = rule_problem(form, {**position.answers, step.name: value}, step.name, scope)
    if wrong is not None:  # the day may have changed between the reading and its confirmation
        return _missed(replace(position, pending=None), wrong)
    return _accept(form, position, step, value, scope)


def retype(form: Form, position: Position) -> Outcome:
    """Drop the pending reading and ask again."""
    return Outcome(replace(position, pending=None) if asked(form, position) else position)


def keep(form: Form, position: Position, scope: Scope) -> Outcome:
    """Go on with the answer that stands («ادامه»); nothing is changed by it."""
    step = asked(form, position)
    if step is None:
        return Outcome(position)
    if not is_given(position.answers.get(step.name)):
        return _missed(position, Problem("nothing_to_keep"))
    wrong = standing_problem(form, position, scope)
    if wrong is not None:
        return _missed(position, wrong)
    return _onward(form, replace(position, pending=None, misses=0, leaving=False), scope)


def skip(form: Form, position: Position, scope: Scope) -> Outcome:
    """Leave an optional step without an answer."""
    step = asked(form, position)
    if step is None:
        return Outcome(position)
    if not step.optional:
        return _missed(position, Problem("not_optional"))
    return _accept(form, position, step, None, scope)


def back(form: Form, position: Position) -> Outcome:
    """Go one step back: to the question from a read-back or a stop, to the cancel question from the first."""
    if position.leaving:
        return stay(form, position)
    if position.cursor == STOPPED and position.stop_step is not None:
        return Outcome(_at(position, position.stop_step))
    if position.pending is not None:
        return retype(form, position)
    names = [step.name for step in open_steps(form, position.answers)]
    place = names.index(position.cursor) if position.cursor in names else len(names)
    return Outcome(_at(position, names[place - 1])) if place else leave(form, position)


def edit(form: Form, position: Position, name: str) -> Outcome:
    """Go to a step to change its answer; afterwards only what has become missing is asked."""
    names = {step.name for step in open_steps(form, position.answers)}
    return Outcome(_at(position, name) if name in names else position)


def remove_file(form: Form, position: Position, index: int) -> Outcome:
    """Take one file (from 0) off the list under the cursor."""
    step = asked(form, position)
    numbers = position.answers.get(step.name) if step else None
    if step is None or not isinstance(numbers, list) or not 0 <= index < len(numbers):
        return Outcome(position)
    left = numbers[:index] + numbers[index + 1 :]
    others = {name: value for name, value in position.answers.items() if name != step.name}
    answers = {**others, step.name: left} if left else others
    return Outcome(tidy(form, replace(position, answers=answers, declared=False, misses=0)))


def leave(_form: Form, position: Position) -> Outcome:
    """Open the cancel question."""
    return Outcome(replace(position, leaving=True))


def stay(_form: Form, position: Position) -> Outcome:
    """Close the cancel question and go on."""
    return Outcome(replace(position, leaving=False))


def declare(_form: Form, position: Position) -> Outcome:
    """Declare the answers in the summary complete and right."""
    return Outcome(replace(position, declared=True) if position.cursor == SUMMARY else position)


def press(form: Form, position: Position, action: str, scope: Scope) -> Outcome | None:
    """Do what a button of a form's screen says.

    Returns:
        None for an action that is not the engine's (`y`, `save`, `drop`, `send` and `plan` are the
        handler's), and for an option that is not offered today.
    """
    word, _, rest = action.partition(":")
    if word == "o":
        return _choose(form, position, rest, scope)
    if rest:
        return _press_numbered(form, position, word, rest)
    act = _ACTS.get(word)
    return act(form, position, scope) if act else None


_ACTS: dict[str, Callable[[Form, Position, Scope], Outcome]] = {
    "yes": confirm,
    "no": lambda form, position, _scope: retype(form, position),
    "b": lambda form, position, _scope: back(form, position),
    "k": skip,
    "n": keep,
    "x": lambda form, position, _scope: leave(form, position),
    "stay": lambda form, position, _scope: stay(form, position),
    "ok": lambda form, position, _scope: declare(form, position),
}


def _choose(form: Form, position: Position, code: str, scope: Scope) -> Outcome | None:
    step = asked(form, position)
    offered = step.kind.options(within(position, scope)) if step else ()
    if all(option.code != code for option in offered):
        return None
    return answer(form, position, Given(option=code), scope)


def _press_numbered(form: Form, position: Position, word: str, index: str) -> Outcome | None:
    if not (index.isascii() and index.isdecimal()):
        return None
    place = int(index)
    if word == "rm":
        return remove_file(form, position, place)
    if word == "e":
        return edit(form, position, form.steps[place].name if place < len(form.steps) else "")
    return None


def _at(position: Position, name: str) -> Position:
    return replace(position, cursor=name, pending=None, misses=0, leaving=False, stop_step=None)


def _missed(position: Position, problem: Problem) -> Outcome:
    return Outcome(replace(position, misses=position.misses + 1), problem)


def _closed(position: Position) -> Problem:
    """What to say to words that are no answer, since no question is open."""
    if position.leaving:
        return Problem("leaving_open")
    return Problem("form_stopped" if position.cursor == STOPPED else "summary_open")


def _still_fits(step: Step, value: JSON, scope: Scope) -> bool:
    return step.kind.fits(value, scope) if is_given(value) else step.optional


def _may_stay(form: Form, position: Position, scope: Scope) -> bool:
    open_names = {step.name for step in open_steps(form, position.answers)}
    if position.cursor == STOPPED:
        return position.stop_step in open_names
    if position.cursor == SUMMARY:
        return form.has_summary and not missing(form, position.answers, scope)
    return position.cursor in open_names


def _accept(form: Form, position: Position, step: Step, value: JSON, scope: Scope) -> Outcome:
    """Store an answer and go on; one that stops the form is not stored among the answers."""
    if value is not None and step.stop is not None and step.stop(value) is not None:
        stopped = replace(
            position, cursor=STOPPED, stop_step=step.name, pending=value, misses=0, declared=False
        )
        return Outcome(stopped)
    answers = open_answers(form, {**position.answers, step.name: value})
    taken = tidy(form, replace(position, answers=answers, pending=None, misses=0, declared=False))
    note = step.note(value, answers) if step.note is not None and value is not None else None
    if step.kind.several and value is not None:
        return Outcome(taken, note=note)
    return replace(_onward(form, taken, scope), note=note)


def _onward(form: Form, position: Position, scope: Scope) -> Outcome:
    """Move the cursor to the first step that is missing, else to the end."""
    rest = missing(form, position.answers, scope)
    if not rest:
        ended = tidy(form, _at(position, SUMMARY))
        return Outcome(ended, done=not form.has_summary)
    moved = tidy(form, replace(_at(position, rest[0].name), declared=False))
    return Outcome(moved, standing_problem(form, moved, scope))
