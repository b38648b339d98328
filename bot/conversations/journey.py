"""What follows from a form and a position: what is open, missing, asked, and in the way.

Nothing of this is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

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


def missing(form: Form, answers: Answers, scope: Scope) -> tuple[Step, ...]:
    """The open steps without an answer, or with one that contradicts another or today."""
    wrong = {problem.field for problem in form.problems(answers, scope.today)}
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
    """Which step of how many; at the summary the last."""
    names = [step.name for step in open_steps(form, position.answers)]
    cursor = position.stop_step if position.cursor == STOPPED else position.cursor
    return (names.index(cursor) + 1 if cursor in names else len(names)), len(names)


def within(position: Position, scope: Scope) -> Scope:
    """The scope with the position's own answers and the names of its files."""
    own = tuple(Option(number, str(file["name"])) for number, file in position.files.items())
    return replace(
        scope, answers=position.answers, facts={**scope.facts, "files": own + scope.facts.get("files", ())}
    )


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
