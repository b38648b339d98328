"""What helps at a question: examples that it accepts today, and more when it was missed again and again."""

import re
from functools import lru_cache

from bot.conversations.form import Form, Position, Step
from bot.conversations.given import Given, Scope
from bot.conversations.journey import asked, rule_problem, within
from messages_fa import buttons, why
from messages_fa.markup import Text, lines
from persian.errors import Unreadable
from persian.text import key

HELP_AFTER = 3
"""Misses in a row at a step from which help is offered unasked."""


def examples(form: Form, position: Position, scope: Scope) -> tuple[str, ...]:
    """What may be typed at the step under the cursor, the best one first; all of it is accepted there today.

    Where nothing that is typed can be an answer, it is the label of the button that leads on.
    """
    step = asked(form, position)
    if step is None:
        return (buttons.BACK,)
    here = within(position, scope)
    offered = (*step.examples(position.answers, scope.today), *step.kind.examples(here))
    fitting = tuple(text for text in dict.fromkeys(offered) if _accepts(form, step, text, here))
    return fitting or (buttons.SKIP if step.optional else buttons.BACK,)


def _accepts(form: Form, step: Step, text: str, here: Scope) -> bool:
    try:
        value = step.kind.read(Given(text=text), here).value
    except Unreadable:
        return False
    return rule_problem(form, {**here.answers, step.name: value}, step.name, here) is None


def listed(form: Form, position: Position, scope: Scope) -> Text:
    """Those examples one under the other."""
    return why.examples(examples(form, position, scope))


def needed(position: Position) -> bool:
    """Whether the step was missed so often that help is offered unasked."""
    return position.misses >= HELP_AFTER


def offered(form: Form, position: Position, scope: Scope, reason: Text) -> Text:
    """Why the question is asked, and whom to call; the office that named nobody keeps the draft safe."""
    if scope.contact:
        return lines(reason, why.whom_to_call(scope.contact))
    kept = form.has_summary and bool(position.answers)
    return lines(reason, why.draft_is_kept() if kept else why.way_out())


def is_label(text: str) -> bool:
    """Whether a typed text is the label of a button of this bot, with or without a row's number."""
    wanted = key(text)
    return wanted in _labels() or bool(_numbered().fullmatch(wanted))


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    named = {label for name, label in vars(buttons).items() if name.isupper() and isinstance(label, str)}
    return frozenset(map(key, named - buttons.ALSO_ANSWERS))


@lru_cache(maxsize=1)
def _numbered() -> re.Pattern[str]:
    made = (buttons.edit_row(1), buttons.delete_row(1), buttons.numbered(1), buttons.continue_draft(1))
    heads = {key(label).removesuffix(" 1") for label in (*made, buttons.correct_row(1))}
    return re.compile(rf"(?:{'|'.join(map(re.escape, heads))}) ?[0-9]{{1,3}}")
