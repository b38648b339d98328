"""What follows from a form and a position: what is open, missing, asked, and in the way.

Nothing of this is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.conversations.choices import Choice, YesNo
from bot.conversations.form import STOPPED, Form, Position, Step
from bot.conversations.given import JSON, Answers, Option, Scope


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer was not taken, as a code and values: `messages_fa.problems` has the words."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def open_steps(form: Form, answers: Answers) -> tuple[Step, ...]:
    """The steps that are asked, as the answers stand."""
    return tuple(step for step in form.steps if step.when(answers))


def missing(form: Form, position: Position, scope: Scope) -> tuple[Step, ...]:
    """The open steps without an answer, with one to be given anew, or with one against another or today."""
    answers = position.answers
    wrong = {problem.field for problem in form.problems(answers, scope.today)} | set(position.again)
    return tuple(
        step for step in open_steps(form, answers) if not _settled(step, answers) or step.name in wrong
    )


def _settled(step: Step, answers: Answers) -> bool:
    """Whether a step needs no asking: answered, or skipped where that is allowed."""
    return step.name in answers and (step.optional or is_given(answers[step.name]))


def asked(form: Form, position: Position) -> Step | None:
    """The step under the cursor, or None at the summary and when stopped."""
    return next((s for s in open_steps(form, position.answers) if s.name == position.cursor), None)


def progress(form: Form, position: Position) -> tuple[int, int]:
    """Which step of how many; at the summary the last.

    While a choice is open, the longest way that it may lead is counted: the end only ever comes nearer.
    """
    names = [step.name for step in open_steps(form, position.answers)]
    cursor = position.stop_step if position.cursor == STOPPED else position.cursor
    here = names.index(cursor) + 1 if cursor in names else len(names)
    return here, _longest_way(form, position.answers)


def fewer(form: Form, position: Position) -> int:
    """How many steps the answer before this one has spared: where the total shrinks, that is said."""
    names = [step.name for step in open_steps(form, position.answers)]
    place = names.index(position.cursor) if position.cursor in names else 0
    if not place:
        return 0
    before = {name: answer for name, answer in position.answers.items() if name != names[place - 1]}
    return _longest_way(form, before) - _longest_way(form, position.answers)


def _longest_way(form: Form, answers: Answers) -> int:
    """How many steps there may be at most, as the choices made so far stand."""
    made = ((name, answers[name]) for name in _choosers(form) if answers.get(name) is not None)
    return _longest_from(form, tuple((name, value) for name, value in made if isinstance(value, str | bool)))


@lru_cache(maxsize=32)
def _choosers(form: Form) -> dict[str, tuple[JSON, ...]]:
    """The questions with fixed choices, each with the answers that they can get."""
    found: dict[str, tuple[JSON, ...]] = {}
    for step in form.steps:
        if isinstance(step.kind, YesNo):
            found[step.name] = (True, False)
        elif isinstance(step.kind, Choice):
            listed = step.kind.choices if isinstance(step.kind.choices, tuple) else ()
            found[step.name] = tuple(option.code for option in listed + step.kind.more)
    return found


@lru_cache(maxsize=4096)
def _longest_from(form: Form, made: tuple[tuple[str, JSON], ...]) -> int:
    answers = dict(made)
    for name, choices in _choosers(form).items():
        if name not in answers and any(step.name == name for step in open_steps(form, answers)):
            ways = ({**answers, name: choice} for choice in choices)
            answers = max(ways, key=lambda way: len(open_steps(form, way)), default=answers)
    return len(open_steps(form, answers))


def within(position: Position, scope: Scope) -> Scope:
    """The scope with the position's own answers and the names of its files."""
    own = tuple(Option(number, str(file["name"])) for number, file in position.files.items())
    return replace(
        scope, answers=position.answers, facts={**scope.facts, "files": own + scope.facts.get("files", ())}
    )


def last_answer(step: Step, position: Position, scope: Scope) -> JSON:
    """The answer of the last filing that is offered at this step; None where there is none, or one stands."""
    known = scope.last.get(step.name)
    here = within(position, scope)
    free = not is_given(position.answers.get(step.name)) and position.pending is None
    return known if free and is_given(known) and step.kind.fits(known, here) else None


def standing_problem(form: Form, position: Position, scope: Scope) -> Problem | None:
    """What the answer under the cursor already contradicts."""
    return rule_problem(form, position.answers, position.cursor, scope)


def is_given(value: JSON) -> bool:
    """Whether an answer says anything: a skipped one and an empty list do not."""
    return value is not None and value != []


def rule_problem(form: Form, answers: Answers, name: str, scope: Scope) -> Problem | None:
    """What an answer contradicts, among the answers or today; None if nothing."""
    problems = form.problems(answers, scope.today)
    return next((Problem(found.code, found.values) for found in problems if found.field == name), None)


def open_answers(form: Form, answers: Answers) -> dict[str, JSON]:
    """The answers of open branches; dropping one may close another, so this goes on until nothing changes."""
    kept = {step.name: answers[step.name] for step in open_steps(form, answers) if step.name in answers}
    return kept if len(kept) == len(answers) else open_answers(form, kept)
