"""What is pressed or typed in an open form: taken, kept, and answered with what comes next."""

from dataclasses import replace

from bot.conversations import engine, month, pressed, show
from bot.conversations.correction import is_unchanged
from bot.conversations.engine import Outcome
from bot.conversations.given import Given
from bot.conversations.journey import Problem
from bot.conversations.kinds import TrackingCode
from bot.handlers import prompt
from bot.handlers.forms import (
    Open,
    Ready,
    ask_to_delete,
    close,
    current,
    drop,
    found_again,
    keep,
    prompt_again,
    worth_keeping,
)
from bot.handlers.scopes import scope_of
from bot.screen import Screen
from bot.turn import OldButton, Turn
from messages_fa import form as texts
from messages_fa import general
from messages_fa import month as month_texts

LONGEST_ANSWER = 190
"""Characters of a callback answer; the platforms take 200."""


def labelled(turn: Turn, label: str) -> str | None:
    """The action of the button of the open form's screen that bears this label, if there is one."""
    now = current(turn)
    return show.typed(now.form, now.position, now.scope, label) if now else None


def press(turn: Turn, action: str) -> Ready | None:
    """Do what a button of the form's screen says. Returns the form if it is ready to be carried out.

    Raises:
        OldButton: there is no such action, or what it stands for is not offered any more.
    """
    now = current(turn)
    if now is None:
        raise OldButton
    word, _, rest = action.partition(":")
    if word == month.NOTHING:
        _say_why_not(turn, now, rest)
        return None
    if action in _OWN:
        _OWN[action](turn, now)
        return None
    if action == "send":
        return _send(turn, now)
    outcome = pressed.press(now.form, now.position, action, now.scope)
    if outcome is None:
        raise OldButton
    if outcome.problem is not None and turn.incoming.kind == "press":
        # Above a long keyboard the words of the screen may be out of sight.
        _toast(turn, replace(now, position=outcome.position), outcome.problem)
    return settle(turn, now, outcome)


def _toast(turn: Turn, now: Open, problem: Problem) -> None:
    told = show.problem_of(problem, now.form, now.position, now.scope).plain
    turn.answer(texts.shortened(told, LONGEST_ANSWER))


def text(turn: Turn, typed: str) -> Ready | None:
    """Take a typed message: the name of a button on the screen, or the answer."""
    now = current(turn)
    if now is None:
        return None
    action = show.typed(now.form, now.position, now.scope, typed)
    if action is not None:
        return press(turn, action)
    outcome = engine.answer(now.form, now.position, Given(text=typed), now.scope)
    if now.form.secret and not outcome.done:
        # What was meant as a secret, and only mistyped, may not stay in the chat either.
        turn.take_away()
    return settle(turn, now, outcome)


def takes(turn: Turn, typed: str) -> bool:
    """Whether the open form would take this text: as an answer, or as the name of a button on its screen."""
    now = current(turn)
    if now is None:
        return False
    if show.typed(now.form, now.position, now.scope, typed) is not None:
        return True
    return engine.answer(now.form, now.position, Given(text=typed), now.scope).problem is None


def asks_code(turn: Turn) -> bool:
    """Whether the open question is answered by a tracking code, which is then not looked up."""
    now = current(turn)
    step = engine.asked(now.form, now.position) if now else None
    return step is not None and isinstance(step.kind, TrackingCode)


def ask_rest(turn: Turn, ready: Ready) -> None:
    """Go on with a form that could not be carried out: whatever is lacking is asked."""
    scope = scope_of(turn, ready.form)
    now = Open(ready.form, ready.run, ready.position, scope)
    settle(turn, now, engine.resume(ready.form, ready.position, scope))


def settle(turn: Turn, now: Open, outcome: Outcome) -> Ready | None:
    """Keep where the form stands, then show it; a small form that is done is handed on instead.

    The last answer of a small form may be a secret, so it is carried out without ever being kept.
    """
    if outcome.done:
        return Ready(now.form, now.run, outcome.position)
    keep(turn, now, outcome.position)
    prompt.show(turn, now.form, outcome)
    return None


def _send(turn: Turn, now: Open) -> Ready | None:
    if engine.ready(now.form, now.position, now.scope):
        if is_unchanged(now.form, now.position) and not now.position.unchanged:
            return settle(turn, now, Outcome(replace(now.position, unchanged=True)))
        return Ready(now.form, now.run, now.position)
    return settle(turn, now, engine.resume(now.form, now.position, now.scope))


def _tell_plan(turn: Turn, now: Open) -> None:
    plan = now.form.plan(now.position.answers, now.scope.today) if now.form.plan else None
    for part in show.plan_texts(plan) if plan else ():
        turn.tell(part)
    prompt_again(turn)


def _save_draft(turn: Turn, now: Open) -> None:
    if not worth_keeping(now):
        _drop(turn, now)
        return
    stayed = engine.stay(now.form, now.position).position
    keep(turn, now, stayed)
    close(turn)
    turn.show(Screen(general.draft_kept(now.form.title(stayed.answers), found_again(turn))))


def _drop(turn: Turn, now: Open) -> None:
    """«حذف»: what is worth keeping lies among the drafts until it is said once more that it is to go."""
    if not worth_keeping(now):
        drop(turn, now.run)
        turn.show(Screen(general.form_left()))
        return
    keep(turn, now, engine.stay(now.form, now.position).position)
    close(turn)
    ask_to_delete(turn, now.run)


def _why(turn: Turn, now: Open) -> None:
    prompt.show_as(turn, lambda act: show.why_screen(now.form, now.position, now.scope, act))


def _say_why_not(turn: Turn, now: Open, day: str) -> None:
    """A cell of a month that cannot be picked: the screen stays as it is; for a day, why it is not taken."""
    problem = month.refused(now.form, now.position, now.scope, day)
    if problem is not None:
        _toast(turn, now, problem)
    elif day:
        turn.answer(month_texts.not_a_day())


_OWN = {"save": _save_draft, "drop": _drop, "plan": _tell_plan, "y": _why}
"""Buttons of a form's screen that are not the engine's: they do not move the position."""
