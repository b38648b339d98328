"""The summary of a form: a row and an edit button for every open step, the plan, the declaration."""

from collections.abc import Callable

from bot.conversations.form import Form, Position, Step
from bot.conversations.given import Scope
from bot.conversations.journey import is_given, open_steps, within
from bot.screen import Button, Rows
from messages_fa import buttons, plan
from messages_fa import form as texts
from messages_fa.markup import Text

_EDITS_A_ROW = 4


def summary_text(form: Form, position: Position, scope: Scope) -> Text:
    """All answers, the plan that follows, and what is to be done now."""
    here = within(position, scope)
    made = form.plan(position.answers, scope.today) if form.plan else None
    payments = plan.short(made) if made else Text()
    ending = texts.declared() if position.declared else texts.to_declare()
    rows = [
        texts.summary_row(number, step.label, _value(step, here))
        for number, step in enumerate(open_steps(form, position.answers), start=1)
    ]
    return texts.summary(rows, payments, ending)


def _value(step: Step, scope: Scope) -> Text | None:
    """A value as its kind shows it, which is short: that keeps the whole under 4,000 characters."""
    value = scope.answers.get(step.name)
    return step.kind.show(value, scope) if is_given(value) else None


def summary_rows(form: Form, position: Position, scope: Scope, act: Callable[[str], str]) -> Rows:
    """Declaration or sending, the full plan where it was cut, edit buttons, and the ways out."""
    made = form.plan(position.answers, scope.today) if form.plan else None
    full = (Button(buttons.FULL_PLAN, act("plan")),) if made and plan.is_cut(made) else ()
    step = Button(buttons.SEND, act("send")) if position.declared else Button(buttons.DECLARE, act("ok"))
    ways_out = (Button(buttons.BACK, act("b")), Button(buttons.CANCEL, act("x")))
    rows = ((step,), full, *_edit_rows(form, position, act), ways_out)
    return tuple(row for row in rows if row)


def _edit_rows(form: Form, position: Position, act: Callable[[str], str]) -> Rows:
    edits = [
        Button(buttons.edit_row(number), act(f"e:{form.steps.index(step)}"))
        for number, step in enumerate(open_steps(form, position.answers), start=1)
    ]
    return tuple(tuple(edits[start : start + _EDITS_A_ROW]) for start in range(0, len(edits), _EDITS_A_ROW))
