"""The screens of a form: what is asked, what stands, and the buttons under it."""

from collections.abc import Callable

from bot.conversations.engine import Outcome
from bot.conversations.files import Files
from bot.conversations.form import STOPPED, SUMMARY, Form, Position, Step
from bot.conversations.given import Scope
from bot.conversations.journey import Problem, asked, is_given, progress, standing_problem, within
from bot.conversations.summary import summary_rows, summary_text
from bot.screen import Button, Rows, Screen, column
from messages_fa import buttons
from messages_fa import form as texts
from messages_fa.markup import Text, lines, paragraphs
from messages_fa.plan import short as plan_summary
from messages_fa.plan import whole as plan_texts
from messages_fa.problems import problem as problem_text
from persian.text import key

__all__ = ["plan_summary", "plan_texts", "screen_of", "typed", "why_screen"]

Act = Callable[[str], str]

_HELP_AFTER = 3
"""Misses at a step after which its help is shown unasked."""
_SHORT_LABEL = 18
"""Characters up to which two buttons stand side by side on a phone."""
_MOST_OPTIONS = 40


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
    standing = standing_problem(form, position, scope)
    found = (outcome.problem if outcome else None) or (standing if position.pending is None else None)
    head = paragraphs(_problem(found), (outcome.note if outcome else None) or Text())
    if position.leaving:
        return _cancel_screen(form, head, act)
    if position.cursor == SUMMARY:
        text = paragraphs(head, summary_text(form, position, scope))
        return Screen(text, summary_rows(form, position, scope, act))
    if position.cursor == STOPPED:
        return _stop_screen(form, position, head, act)
    return _step_screen(form, position, scope, head, act)


def why_screen(form: Form, position: Position, scope: Scope, act: Act) -> Screen:
    """Why the question is asked, then the question again."""
    step = asked(form, position)
    if step is None or position.leaving or position.pending is not None:
        return screen_of(form, position, scope, None, act)
    return _step_screen(form, position, scope, _why(step), act)


def typed(form: Form, position: Position, scope: Scope, text: str) -> str | None:
    """The action of the button on screen whose label, or another word for it, was typed."""
    screen = screen_of(form, position, scope, None, lambda action: action)
    shown = [button for row in screen.rows for button in row]
    wanted = _word(text)
    same = [b.action for b in shown if _word(b.label) == wanted]
    alike = [b.action for b in shown if wanted in map(_word, buttons.SYNONYMS.get(b.label, ()))]
    return next(iter(same + alike), _reserved(form, position, wanted))


def _reserved(form: Form, position: Position, wanted: str) -> str | None:
    """Words that are never an answer, though their button is not on this screen: the engine says why."""
    at_question = asked(form, position) is not None and position.pending is None and not position.leaving
    return _RESERVED.get(wanted) if at_question else None


def _progress(form: Form, position: Position) -> Text:
    """Which step of how many; a form of one question has no steps to count."""
    n, of = progress(form, position)
    return texts.progress(n, of) if of > 1 else Text()


def _word(text: str) -> str:
    return key(text).rstrip("؟?.!").rstrip()


_RESERVED = {_word(buttons.SKIP): "k", _word(buttons.CONTINUE): "n"}


def _problem(found: Problem | None) -> Text:
    return problem_text(found.code, **found.values) if found else Text()


def _why(step: Step) -> Text:
    return step.why() if step.why else Text()


def _cancel_screen(form: Form, head: Text, act: Act) -> Screen:
    text = paragraphs(head, texts.cancel_question(with_draft=form.has_summary))
    stay = Button(buttons.CONTINUE, act("stay"))
    if not form.has_summary:
        return Screen(text, column(Button(buttons.CANCEL, act("drop")), stay))
    return Screen(
        text, column(Button(buttons.SAVE_DRAFT, act("save")), Button(buttons.DELETE, act("drop")), stay)
    )


def _stop_screen(form: Form, position: Position, head: Text, act: Act) -> Screen:
    step = next(step for step in form.steps if step.name == position.stop_step)
    reason = step.stop(position.pending) if step.stop else None
    ways_out = (Button(buttons.BACK, act("b")), Button(buttons.CANCEL, act("x")))
    return Screen(paragraphs(head, texts.stopped(reason or Text())), (ways_out,))


def _step_screen(form: Form, position: Position, scope: Scope, head: Text, act: Act) -> Screen:
    step = asked(form, position)
    if step is None:
        return Screen(head)
    here = within(position, scope)
    help_text = _why(step) if position.misses >= _HELP_AFTER else Text()
    head = paragraphs(_progress(form, position), head, help_text)
    if position.pending is not None:
        return _read_back_screen(step, position, here, head, act)
    text = paragraphs(head, step.ask(position.answers), _current(step, here), _overflow(step, here))
    return Screen(text, (*_option_rows(step, here, act), *_controls(step, here, act)))


def _read_back_screen(step: Step, position: Position, scope: Scope, head: Text, act: Act) -> Screen:
    value = step.kind.read_back(position.pending, scope)
    answers = (Button(buttons.CONFIRM, act("yes")), Button(buttons.RETYPE, act("no")))
    ways_out = (Button(buttons.BACK, act("b")), Button(buttons.CANCEL, act("x")))
    return Screen(paragraphs(head, texts.read_back(step.label, value)), (answers, ways_out))


def _current(step: Step, scope: Scope) -> Text:
    """The answer that stands: a list of files row by row, anything else on one line."""
    value = scope.answers.get(step.name)
    if not is_given(value):
        return Text()
    if isinstance(step.kind, Files):
        named = step.kind.names(value, scope)
        rows = [texts.file_row(place, name) for place, name in enumerate(named, start=1)]
        return paragraphs(lines(*rows), texts.files_so_far())
    return texts.current_value(step.kind.show(value, scope))


def _overflow(step: Step, scope: Scope) -> Text:
    hidden = len(step.kind.options(scope)) - _MOST_OPTIONS
    return texts.more_options(hidden) if hidden > 0 else Text()


def _option_rows(step: Step, scope: Scope, act: Act) -> Rows:
    """Two short labels side by side, a long one alone."""
    rows: list[tuple[Button, ...]] = []
    for option in step.kind.options(scope)[:_MOST_OPTIONS]:
        # The code and not the place: the list may be another one when the button is pressed.
        button = Button(option.label, act(f"o:{option.code}"))
        before = rows[-1] if rows else ()
        if len(before) == 1 and max(len(before[0].label), len(option.label)) <= _SHORT_LABEL:
            rows[-1] = (*before, button)
        else:
            rows.append((button,))
    return tuple(rows)


def _controls(step: Step, scope: Scope, act: Act) -> Rows:
    """Removing files, going on, back, skipping, why, and the way out."""
    value = scope.answers.get(step.name)
    files = value if isinstance(value, list) else []
    removals = [Button(buttons.delete_row(n), act(f"rm:{n - 1}")) for n in range(1, len(files) + 1)]
    onward = (Button(buttons.CONTINUE, act("n")),) if is_given(value) else ()
    # Skipping would drop files already sent: they are removed one by one instead.
    skipping = (Button(buttons.SKIP, act("k")),) if step.optional and not files else ()
    why = (Button(buttons.WHY, act("y")),) if step.why else ()
    pairs = [tuple(removals[start : start + 2]) for start in range(0, len(removals), 2)]
    ways_out = (Button(buttons.BACK, act("b")), Button(buttons.CANCEL, act("x")))
    rows = (*pairs, (*onward, *skipping), ways_out, why)
    return tuple(row for row in rows if row)
