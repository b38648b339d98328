"""The screens of a form: what is asked, what stands, and the buttons under it."""

from collections.abc import Callable
from functools import lru_cache

from bot.conversations import aid, month
from bot.conversations.choices import MOST_OPTIONS, labels
from bot.conversations.correction import asked_so_far
from bot.conversations.engine import Outcome
from bot.conversations.form import REVIEW, STOPPED, SUMMARY, Form, Position, Step
from bot.conversations.given import Scope
from bot.conversations.journey import (
    Problem,
    asked,
    fewer,
    is_given,
    last_answer,
    progress,
    rule_problem,
    standing_problem,
    within,
)
from bot.conversations.kinds import Day
from bot.conversations.standing import renewal, reviewer_asks, standing
from bot.conversations.summary import review_rows, review_text, summary_rows, summary_text
from bot.screen import Button, Rows, Screen, column
from messages_fa import buttons, filing, why
from messages_fa import form as texts
from messages_fa import month as month_texts
from messages_fa.markup import Text, lines, paragraphs
from messages_fa.plan import short as plan_summary
from messages_fa.plan import whole as plan_texts
from messages_fa.problems import problem as problem_text
from persian.text import key

__all__ = ["plan_summary", "plan_texts", "problem_of", "screen_of", "typed", "why_screen"]

Act = Callable[[str], str]

_SHORT_LABEL = 18
"""Characters up to which two buttons stand side by side on a phone."""


def screen_of(form: Form, position: Position, scope: Scope, outcome: Outcome | None, act: Act) -> Screen:
    """The screen of a position.

    Args:
        form: the form.
        position: where the person is.
        scope: today and the facts that options come from.
        outcome: what has just happened, or None when the screen is shown again.
        act: turns an action, such as `o:yes` or `b`, into callback data.

    Returns:
        A screen of at most 4,000 characters.
    """
    wrong = standing_problem(form, position, scope)
    found = (outcome.problem if outcome else None) or (wrong if position.pending is None else None)
    note = (outcome.note if outcome else None) or Text()
    head = paragraphs(problem_of(found, form, position, scope) if found else Text(), note)
    if position.leaving:
        return _cancel_screen(form, position, head, act)
    if position.unchanged:
        return _unchanged_screen(head, act)
    if position.cursor == SUMMARY:
        text = paragraphs(head, summary_text(form, position, scope))
        return Screen(text, summary_rows(form, position, scope, act))
    if position.cursor == REVIEW:
        text = paragraphs(head, review_text(form, position, scope))
        return Screen(text, review_rows(form, position, scope, act))
    if position.cursor == STOPPED:
        return _stop_screen(form, position, scope, head, act)
    shows_example = bool(found) or (aid.needed(position) and note == aid.listed(form, position, scope))
    return _step_screen(form, position, scope, head, act, shows_example=shows_example)


def why_screen(form: Form, position: Position, scope: Scope, act: Act) -> Screen:
    """Why the question is asked, then the question again."""
    step = asked(form, position)
    if step is None or position.leaving or position.pending is not None:
        return screen_of(form, position, scope, None, act)
    return _step_screen(form, position, scope, _why(step), act)


def typed(form: Form, position: Position, scope: Scope, text: str) -> str | None:
    """The action of the button on screen whose label, or another word for it, was typed."""
    screen = screen_of(form, position, scope, None, lambda action: action)
    shown = [
        button for row in screen.rows for button in row if button.action.partition(":")[0] != month.NOTHING
    ]
    wanted = _word(text)
    same = [b.action for b in shown if _label(b.label) == wanted]
    alike = [b.action for b in shown if wanted in map(_label, buttons.SYNONYMS.get(b.label, ()))]
    in_overview = position.cursor in {SUMMARY, REVIEW} and not position.leaving and not position.unchanged
    rows = [b.action for b in shown if in_overview and wanted.rstrip(".") in _row_of(b)]
    return next(iter(same + alike + rows), _reserved(form, position, wanted))


def _row_of(button: Button) -> tuple[str, ...]:
    """The number of the row that a button of an overview leads to: of «ویرایش ۳» and of «۷. مبلغ بدهی»."""
    words = _word(button.label).split() if button.action.startswith("e:") else []
    return (words[0].rstrip("."), words[-1]) if words else ()


def _reserved(form: Form, position: Position, wanted: str) -> str | None:
    """Words that are never an answer, though their button is not on this screen: the engine says why."""
    at_question = asked(form, position) is not None and position.pending is None and not position.leaving
    if not at_question:
        return None
    return _RESERVED.get(wanted, "off" if aid.is_label(wanted) else None)


def _progress(form: Form, position: Position, scope: Scope) -> Text:
    """Which step of how many; a form of one question has no steps to count."""
    about = form.about(position.answers)
    if position.returned is not None and position.returned.fields:
        return texts.correcting(*asked_so_far(form, position, scope), about)
    n, of = progress(form, position)
    return texts.progress(n, of, about, fewer=fewer(form, position)) if of > 1 else Text()


def _named(position: Position) -> Text:
    """Which case a small form is about, where it says so."""
    return texts.about_case(**position.named) if position.named else Text()


def _word(text: str) -> str:
    return key(text).rstrip("؟?.!").rstrip()


@lru_cache(maxsize=2048)
def _label(label: str) -> str:
    """The same for a label: there are few of them, and each is compared with whatever is typed."""
    return _word(label)


_RESERVED = {_word(buttons.SKIP): "k", _word(buttons.CONTINUE): "n"}


def problem_of(found: Problem, form: Form, position: Position, scope: Scope) -> Text:
    """The words for a problem at this position, with an example that would be taken there."""
    fitting = aid.examples(form, position, scope)
    # Who slipped in a date is helped by a date, not by «۳۰ روز بعد».
    dated = [text for text in fitting if found.code.startswith("date_") and "/" in text]
    return problem_text(found.code, **{"example": (*dated, *fitting)[0], **found.values})


def _why(step: Step) -> Text:
    return step.why() if step.why else Text()


def _help(step: Step) -> Text:
    return step.help() if step.help else _why(step)


def _unchanged_screen(head: Text, act: Act) -> Screen:
    answers = (Button(buttons.SEND_UNCHANGED, act("send")), Button(buttons.NOT_YET, act("stay")))
    return Screen(paragraphs(head, texts.unchanged_question()), column(*answers))


def _cancel_screen(form: Form, position: Position, head: Text, act: Act) -> Screen:
    stay = Button(buttons.CONTINUE, act("stay"))
    if not form.has_summary:
        text = paragraphs(head, texts.cancel_small(progress(form, position)[1]))
        return Screen(text, column(Button(form.leave, act("drop")), stay))
    noun = form.noun(position.answers)
    question = texts.cancel_correction() if position.returned else texts.cancel_question(noun)
    return Screen(
        paragraphs(head, question),
        column(Button(buttons.SAVE_DRAFT, act("save")), Button(buttons.DELETE, act("drop")), stay),
    )


def _stop_screen(form: Form, position: Position, scope: Scope, head: Text, act: Act) -> Screen:
    step = next(step for step in form.steps if step.name == position.stop_step)
    reason = step.stop(position.pending) if step.stop else None
    ways_out = (Button(buttons.BACK, act("b")), Button(buttons.CANCEL, act("x")))
    if position.returned is not None:  # the case is there already: only its agency can end it
        text = texts.stopped_correction(reason or Text(), scope.contact)
    else:
        text = texts.stopped(reason or Text())
    return Screen(paragraphs(head, text), (ways_out,))


def _step_screen(
    form: Form, position: Position, scope: Scope, head: Text, act: Act, *, shows_example: bool = False
) -> Screen:
    """The question; its example stands in the problem above or under the question, never in both."""
    step = asked(form, position)
    if step is None:
        return Screen(head)
    here = within(position, scope)
    help_text = aid.offered(form, position, scope, _help(step)) if aid.needed(position) else Text()
    above = lines(renewal(position, step), reviewer_asks(position))
    place = lines(_progress(form, position, scope), _named(position))
    head = paragraphs(place, above, head, help_text)
    overview = (Button(buttons.REVIEW_DRAFT, act("r")),) if form.has_summary else ()
    if position.pending is not None:
        shown = _read_back_screen(step, position, here, head, act)
        return Screen(shown.text, (overview, *shown.rows) if overview else shown.rows)
    stands = standing(form, step, position, here)
    example = Text() if shows_example else _example(form, step, position, scope)
    picked = month.open_month(form, position)
    if picked:
        how = month_texts.how_to_pick(*picked, scope.today)
        ways_out = (Button(buttons.BACK, act("b")), Button(buttons.CANCEL, act("x")))
        text = paragraphs(head, lines(step.ask(position.answers), how), stands)
        free = month.free_days(form, position, scope, picked)
        return Screen(text, (*month.rows(picked, free, act), ways_out))
    text = paragraphs(head, lines(step.ask(position.answers), example), stands, _overflow(step, here))
    aids = (*_calendar(step, act), *_more_examples(form, position, scope, act))
    options = (*_same_row(form, step, position, scope, act), *_option_rows(step, here, act))
    return Screen(text, (*options, *aids, *_controls(form, step, here, act, overview)))


def _same_row(form: Form, step: Step, position: Position, scope: Scope, act: Act) -> Rows:
    """«همان: …»: the answer of the last filing, where it would be taken today."""
    known = last_answer(step, position, scope)
    if known is None or rule_problem(form, {**position.answers, step.name: known}, step.name, scope):
        return ()
    shown = step.kind.show(known, within(position, scope)).plain
    return ((Button(filing.same(shown), act("last")),),)


def _example(form: Form, step: Step, position: Position, scope: Scope) -> Text:
    shown = step.kind.hinted or aid.needed(position)
    return why.example(aid.examples(form, position, scope)[0]) if shown else Text()


def _calendar(step: Step, act: Act) -> Rows:
    return ((Button(buttons.CALENDAR, act("cal")),),) if isinstance(step.kind, Day) else ()


def _more_examples(form: Form, position: Position, scope: Scope, act: Act) -> Rows:
    """Offered with the other help, where there is more than the one example shown already."""
    several = aid.needed(position) and len(aid.examples(form, position, scope)) > 1
    return ((Button(buttons.EXAMPLES, act("eg")),),) if several else ()


def _read_back_screen(step: Step, position: Position, scope: Scope, head: Text, act: Act) -> Screen:
    value = step.kind.read_back(position.pending, scope)
    answers = (Button(buttons.CONFIRM, act("yes")), Button(buttons.RETYPE, act("no")))
    ways_out = (Button(buttons.BACK, act("b")), Button(buttons.CANCEL, act("x")))
    return Screen(paragraphs(head, texts.read_back(step.label, value)), (answers, ways_out))


def _overflow(step: Step, scope: Scope) -> Text:
    hidden = len(step.kind.options(scope)) - MOST_OPTIONS
    return texts.more_options(hidden) if hidden > 0 else Text()


def _option_rows(step: Step, scope: Scope, act: Act) -> Rows:
    """Two short labels side by side, a long one alone."""
    rows: list[tuple[Button, ...]] = []
    for option, label in labels(step.kind, scope):
        # The code and not the place: the list may be another one when the button is pressed.
        button = Button(label, act(f"o:{option.code}"))
        before = rows[-1] if rows else ()
        if len(before) == 1 and max(len(before[0].label), len(label)) <= _SHORT_LABEL:
            rows[-1] = (*before, button)
        else:
            rows.append((button,))
    return tuple(rows)


def _controls(form: Form, step: Step, scope: Scope, act: Act, overview: tuple[Button, ...]) -> Rows:
    """Removing files, the overview of the draft and why; then, where a phone shows the end, on and out."""
    value = scope.answers.get(step.name)
    files = value if isinstance(value, list) and step.kind.takes_file else []
    removals = [Button(buttons.delete_row(n), act(f"rm:{n - 1}")) for n in range(1, len(files) + 1)]
    onward = (Button(buttons.CONTINUE, act("n")),) if is_given(value) else ()
    # Skipping would drop files already sent: they are removed one by one instead.
    skipping = (Button(buttons.SKIP, act("k")),) if step.optional and not files else ()
    why = (Button(buttons.WHY, act("y")),) if step.why else ()
    pairs = [tuple(removals[start : start + 2]) for start in range(0, len(removals), 2)]
    ways_out = (Button(buttons.BACK, act("b")), Button(form.leave, act("x")))
    rows = (*pairs, (*overview, *why), (*onward, *skipping), ways_out)
    return tuple(row for row in rows if row)
