"""Answers to be given anew: which ones a newer version of a form asks again, and when one has been given."""

from dataclasses import replace

from bot.conversations.form import Form, Position, Step
from bot.conversations.given import JSON
from bot.conversations.journey import is_given, open_steps


def renewed(form: Form, stored: Position, position: Position, version: int) -> Position:
    """Mark what an older version of the form did not ask, or asked otherwise: it is asked now.

    Questions that come after the last answer need no mark: nobody has passed them.
    """
    names = [step.name for step in form.steps]
    passed = names[: max((names.index(name) + 1 for name in stored.answers if name in names), default=0)]
    opened = {step.name for step in open_steps(form, position.answers)}
    lost = {
        name: stored.answers[name]
        for name in opened - set(position.answers)
        if is_given(stored.answers.get(name))
    }
    newer = {step.name for step in form.steps if step.since > version} & set(passed)
    again = [name for name in names if name in {*newer, *lost, *stored.again}]
    return replace(position, again=again, former={**stored.former, **lost}, declared=False)


def given_anew(position: Position, step: Step) -> Position:
    """The answer of this step is no longer waited for."""
    return replace(
        position,
        again=[name for name in position.again if name != step.name],
        former={name: value for name, value in position.former.items() if name != step.name},
    )


def changed_with(position: Position, step: Step, value: JSON) -> list[str]:
    """What is to be given anew once this step's answer is `value`: more, where it was another one before."""
    before = position.answers.get(step.name)
    hanging = step.renews if is_given(before) and before != value else ()
    more = [name for name in hanging if is_given(position.answers.get(name)) and name not in position.again]
    return [*position.again, *more]
