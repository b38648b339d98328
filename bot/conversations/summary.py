"""The two overviews of a form: the summary to be declared and sent, and the review of a draft on the way."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversations import aid
from bot.conversations.correction import changeable, changed, is_partial
from bot.conversations.form import Form, Position, Step
from bot.conversations.given import Scope
from bot.conversations.journey import is_given, missing, open_steps, rule_problem, within
from bot.conversations.standing import renewal, reviewer_asks
from bot.screen import Button, Rows
from messages_fa import buttons, plan
from messages_fa import form as texts
from messages_fa.markup import Text, paragraphs
from messages_fa.problems import problem as problem_text

Act = Callable[[str], str]

_EDITS_A_ROW = 4
_SHORT_LABEL = 18


def summary_text(form: Form, position: Position, scope: Scope) -> Text:
    """All answers, the plan that follows, and what is to be done now."""
    here, new = within(position, scope), changed(form, position)
    ending = texts.declared() if position.declared else texts.to_declare(partly=is_partial(position))
    if not form.declares:
        ending = texts.to_send(form.send)
    noun = form.noun(position.answers)
    # A correction says more above its rows: the answers that did not change make room for it.
    value = _value if position.returned is None else _briefly
    rows = [
        _marked(texts.summary_row(number, step.label, value(step, here)), step, position, new)
        for number, step in _numbered(form, position)
    ]
    return paragraphs(
        reviewer_asks(position), texts.summary(rows, _payments(form, position, scope), ending, noun)
    )


def _numbered(form: Form, position: Position) -> list[tuple[int, Step]]:
    """The open steps with the numbers that their rows and buttons bear."""
    return list(enumerate(open_steps(form, position.answers), start=1))


def _marked(row: Text, step: Step, position: Position, new: frozenset[str]) -> Text:
    """In a correction: whether the answer was changed, or was to be and stayed as it was."""
    if step.name in new:
        return texts.corrected_row(row)
    to_correct = position.returned is not None and step.name in position.returned.fields
    return texts.unchanged_row(row) if to_correct else row


def _payments(form: Form, position: Position, scope: Scope) -> Text:
    """The plan; in a correction that changes it, with a word about that."""
    made = form.plan(position.answers, scope.today) if form.plan else None
    if form.plan is None or made is None:
        return Text()
    returned = position.returned
    anew = returned is not None and form.plan(returned.answers, scope.today) != made
    return paragraphs(texts.plan_made_anew() if anew else Text(), plan.short(made))


def _value(step: Step, scope: Scope) -> Text | None:
    """A value as its kind shows it, which is short: that keeps the whole under 4,000 characters."""
    value = scope.answers.get(step.name)
    return step.kind.show(value, scope) if is_given(value) else None


def summary_rows(form: Form, position: Position, scope: Scope, act: Act) -> Rows:
    """Edit buttons, the full plan where it was cut; then, where a phone shows the end, on and out."""
    made = form.plan(position.answers, scope.today) if form.plan else None
    full = (Button(buttons.FULL_PLAN, act("plan")),) if made and plan.is_cut(made) else ()
    sends = position.declared or not form.declares
    step = Button(form.send, act("send")) if sends else Button(buttons.DECLARE, act("ok"))
    free = {step.name for step in changeable(form, position, scope)}
    rows = (*_edit_rows(form, position, free, act), full, (step,), _ways_out(act))
    return tuple(row for row in rows if row)


def review_text(form: Form, position: Position, scope: Scope) -> Text:
    """What is missing or contradictory, and what is given so far."""
    here, lacking = within(position, scope), {step.name for step in missing(form, position, scope)}
    rows = _numbered(form, position)
    left = [
        texts.missing_row(
            number,
            step.label,
            _why_missing(form, position, step, scope),
            optional=_may_be_skipped(step, position),
        )
        for number, step in rows
        if step.name in lacking
    ]
    needed = sum(step.name in lacking and not _may_be_skipped(step, position) for _, step in rows)
    given = [
        texts.summary_row(number, step.label, _briefly(step, here))
        for number, step in rows
        if step.name not in lacking and step.name in position.answers
    ]
    return paragraphs(
        reviewer_asks(position), texts.review(left, given, needed=needed, noun=form.noun(position.answers))
    )


def answer_rows(form: Form, position: Position, scope: Scope) -> list[Text]:
    """Every answer on a row, shortly; for showing a filled-in form beside other things."""
    return [
        texts.summary_row(number, step.label, _briefly(step, scope))
        for number, step in _numbered(form, position)
    ]


def _may_be_skipped(step: Step, position: Position) -> bool:
    """Whether nothing need be answered; an answer that stands against another one has to be changed."""
    return step.optional and not is_given(position.answers.get(step.name))


def _why_missing(form: Form, position: Position, step: Step, scope: Scope) -> Text:
    wrong = rule_problem(form, position.answers, step.name, scope)
    if wrong is None:
        return renewal(position, step)
    example = aid.examples(form, replace(position, cursor=step.name), scope)[0]
    return problem_text(wrong.code, **{"example": example, **wrong.values})


def _briefly(step: Step, scope: Scope) -> Text | None:
    value = _value(step, scope)
    return texts.briefly(value) if value else None


def review_rows(form: Form, position: Position, scope: Scope, act: Act) -> Rows:
    """Edit buttons for the given answers, a button for every missing one; at the end on and out."""
    lacking = {step.name for step in missing(form, position, scope)}
    leading: list[tuple[Button, ...]] = []
    for number, step in _numbered(form, position):
        if step.name in lacking:
            label = buttons.answer_row(number, step.label)
            _place(leading, Button(label, act(f"e:{form.steps.index(step)}")))
    free = {step.name for step in changeable(form, position, scope)} - lacking
    given = free & set(position.answers)
    go_on = (Button(buttons.CONTINUE, act("n")),)
    return (*_edit_rows(form, position, given, act), *leading, go_on, _ways_out(act))


def _place(rows: list[tuple[Button, ...]], button: Button) -> None:
    """Two short labels side by side, a long one alone."""
    before = rows[-1] if rows else ()
    if len(before) == 1 and max(len(before[0].label), len(button.label)) <= _SHORT_LABEL:
        rows[-1] = (*before, button)
    else:
        rows.append((button,))


def _ways_out(act: Act) -> tuple[Button, ...]:
    return (Button(buttons.BACK, act("b")), Button(buttons.CANCEL, act("x")))


def _edit_rows(form: Form, position: Position, names: set[str], act: Act) -> Rows:
    edits = [
        Button(buttons.edit_row(number), act(f"e:{form.steps.index(step)}"))
        for number, step in _numbered(form, position)
        if step.name in names
    ]
    return tuple(tuple(edits[start : start + _EDITS_A_ROW]) for start in range(0, len(edits), _EDITS_A_ROW))
