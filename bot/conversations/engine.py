"""Walking a form: pure functions from a position and what happened to the next position.

What is asked next is never stored: it follows from the form and the answers.
"""

from dataclasses import dataclass, replace

from bot.conversations import month
from bot.conversations.attached import joined, tidy, with_file
from bot.conversations.correction import changeable
from bot.conversations.form import REVIEW, STOPPED, SUMMARY, Form, Position, Step
from bot.conversations.given import JSON, FileAnswer, Given, Scope
from bot.conversations.journey import (
    Problem,
    asked,
    is_given,
    last_answer,
    missing,
    open_answers,
    open_steps,
    progress,
    rule_problem,
    standing_problem,
    within,
)
from bot.conversations.renewal import changed_with, given_anew, renewed
from messages_fa.files import received
from messages_fa.markup import Text, paragraphs
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
    "missed",
    "missing",
    "open_steps",
    "progress",
    "ready",
    "refusal_of_file",
    "remove_file",
    "resume",
    "retype",
    "review",
    "same",
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
    declared = position.declared or not form.declares
    at_end = position.cursor == SUMMARY and declared and not position.leaving
    return at_end and not missing(form, position, scope)


def begin(form: Form, seen: int | None = None) -> Outcome:
    """Open an empty form about nothing, or about a case of which the person saw this version."""
    return Outcome(Position({}, form.steps[0].name, seen=seen))


def resume(form: Form, position: Position, scope: Scope, *, version: int | None = None) -> Outcome:
    """Open a stored position, whichever version of the form it was stored by (None: today's).

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
    moved = replace(
        position, answers=answers, leaving=False, unchanged=False, declared=position.declared and same
    )
    if version is not None and version < form.version:
        moved = renewed(form, position, moved, version)
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
    if given.file is not None and not step.kind.takes_file:
        return missed(position, refusal_of_file(form, position))
    try:
        reading = step.kind.read(month.completed(form, position, given), within(position, scope))
        value = joined(step, position, reading.value, given.file)
    except Unreadable as unreadable:
        return missed(position, Problem(unreadable.code, unreadable.values))
    wrong = rule_problem(form, {**position.answers, step.name: value}, step.name, scope)
    if wrong is not None:
        return missed(replace(position, pending=None), wrong)
    if not reading.plain:
        return Outcome(replace(month.closed(position), pending=value, misses=0))
    taken = _accept(form, with_file(position, given.file), step, value, scope)
    return taken if given.file is None or step.kind.several else _with_receipt(taken, step, given.file)


def _with_receipt(taken: Outcome, step: Step, file: FileAnswer) -> Outcome:
    """Say that the file has come: the next question follows at once. A list of files names it anyway."""
    return replace(taken, note=paragraphs(received(step.label, file.name, file.size), taken.note or Text()))


def refusal_of_file(form: Form, position: Position) -> Problem:
    """What to say to a file that comes where none is taken."""
    if asked(form, position) is None or position.leaving:
        return _closed(position)
    return Problem("text_wanted" if position.pending is None else "read_back_open")


def confirm(form: Form, position: Position, scope: Scope) -> Outcome:
    """Confirm the pending reading."""
    step = asked(form, position)
    if step is None or position.pending is None:
        return Outcome(position)
    value = position.pending
    wrong = rule_problem(form, {**position.answers, step.name: value}, step.name, scope)
    if wrong is not None:  # the day may have changed between the reading and its confirmation
        return missed(replace(position, pending=None), wrong)
    return _accept(form, position, step, value, scope)


def retype(form: Form, position: Position) -> Outcome:
    """Drop the pending reading, or close the month on the screen, and ask again."""
    return Outcome(replace(month.closed(position), pending=None) if asked(form, position) else position)


def keep(form: Form, position: Position, scope: Scope) -> Outcome:
    """Go on with the answer that stands («ادامه»); nothing is changed by it."""
    step = asked(form, position)
    if position.cursor == REVIEW:
        return _onward(form, replace(position, home=None), scope)
    if step is None:
        return Outcome(position)
    if not is_given(position.answers.get(step.name)):
        return missed(position, Problem("nothing_to_keep"))
    wrong = standing_problem(form, position, scope)
    if wrong is not None:
        return missed(position, wrong)
    kept = replace(given_anew(position, step), pending=None, misses=0, leaving=False)
    return _onward(form, kept, scope)


def same(form: Form, position: Position, scope: Scope) -> Outcome:
    """Give the answer of the last filing; one that is not right any more is refused like any other."""
    step = asked(form, position)
    known = last_answer(step, position, scope) if step else None
    if step is None or known is None:
        return Outcome(position)
    wrong = rule_problem(form, {**position.answers, step.name: known}, step.name, scope)
    if wrong is not None:
        return missed(position, wrong)
    return _accept(form, month.closed(position), step, known, scope)


def skip(form: Form, position: Position, scope: Scope) -> Outcome:
    """Leave an optional step without an answer."""
    step = asked(form, position)
    if step is None:
        return Outcome(position)
    if not step.optional:
        return missed(position, Problem("not_optional"))
    return _accept(form, position, step, None, scope)


def back(form: Form, position: Position, scope: Scope) -> Outcome:
    """Go one step back: to the question from a read-back or a stop, to the cancel question from the first."""
    if position.leaving or position.unchanged:
        return stay(form, position)
    if position.cursor == REVIEW:
        return _from_review(form, position, scope)
    if position.cursor != STOPPED and (position.pending is not None or position.month is not None):
        return retype(form, position)
    behind = position.stop_step if position.cursor == STOPPED else position.home and REVIEW
    return Outcome(_at(position, behind)) if behind else _to_the_one_before(form, position, scope)


def _from_review(form: Form, position: Position, scope: Scope) -> Outcome:
    """Back to the question from which the review was opened, with a reading that waits there."""
    away = replace(position, cursor=position.home or REVIEW, home=None)
    return Outcome(away) if asked(form, away) else _onward(form, away, scope)


def _to_the_one_before(form: Form, position: Position, scope: Scope) -> Outcome:
    names = [step.name for step in open_steps(form, position.answers)]
    free = {step.name for step in changeable(form, position, scope)}
    place = names.index(position.cursor) if position.cursor in names else len(names)
    before = [name for name in names[:place] if name in free]
    return Outcome(_at(position, before[-1])) if before else leave(form, position)


def edit(form: Form, position: Position, name: str, scope: Scope) -> Outcome:
    """Go to a step to change its answer; afterwards only what has become missing is asked."""
    names = {step.name for step in changeable(form, position, scope)}
    return Outcome(_at(position, name) if name in names else position)


def review(form: Form, position: Position, scope: Scope) -> Outcome:
    """«بررسی پیش‌نویس»: what is missing and what is given; with nothing missing, the summary."""
    if not form.has_summary or position.cursor == STOPPED:
        return Outcome(position)
    if not missing(form, position, scope):
        return _onward(form, position, scope)
    home = position.cursor if asked(form, position) else position.home
    return Outcome(replace(position, cursor=REVIEW, home=home or form.steps[0].name, misses=0, leaving=False))


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
    """Close the question whether to leave, or to send without a change, and go on."""
    return Outcome(replace(position, leaving=False, unchanged=False))


def declare(_form: Form, position: Position) -> Outcome:
    """Declare the answers in the summary complete and right."""
    return Outcome(replace(position, declared=True) if position.cursor == SUMMARY else position)


def _at(position: Position, name: str) -> Position:
    return replace(
        month.closed(position),
        cursor=name,
        pending=None,
        misses=0,
        leaving=False,
        stop_step=None,
        unchanged=False,
    )


def missed(position: Position, problem: Problem) -> Outcome:
    """One more answer that could not be taken."""
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
    if position.cursor in {SUMMARY, REVIEW}:
        lacking = bool(missing(form, position, scope))
        return form.has_summary and lacking == (position.cursor == REVIEW)
    return position.cursor in open_names


def _accept(form: Form, position: Position, step: Step, value: JSON, scope: Scope) -> Outcome:
    """Store an answer and go on; one that stops the form is not stored among the answers."""
    if value is not None and step.stop is not None and step.stop(value) is not None:
        stopped = replace(
            position, cursor=STOPPED, stop_step=step.name, pending=value, misses=0, declared=False
        )
        return Outcome(stopped)
    others = {name: kept for name, kept in position.answers.items() if name != step.name}
    # An emptied list is no answer: nothing is left of it, as when its last file is taken off.
    answers = open_answers(form, others if value == [] else {**others, step.name: value})
    again = changed_with(position, step, value)
    taken = tidy(
        form, replace(position, answers=answers, again=again, pending=None, misses=0, declared=False)
    )
    note = step.note(value, answers) if step.note is not None and value is not None else None
    if step.kind.several and value is not None:
        return Outcome(taken, note=note)
    return replace(_onward(form, given_anew(taken, step), scope), note=note)


def _onward(form: Form, position: Position, scope: Scope) -> Outcome:
    """Move the cursor to the first step that is missing, else to the end."""
    rest = missing(form, position, scope)
    if not rest:
        ended = tidy(form, replace(_at(position, SUMMARY), home=None))
        return Outcome(ended, done=not form.has_summary)
    if position.home is not None:
        return Outcome(tidy(form, replace(_at(position, REVIEW), declared=False)))
    moved = tidy(form, replace(_at(position, rest[0].name), declared=False))
    return Outcome(moved, standing_problem(form, moved, scope))
