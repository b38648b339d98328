"""The open form while something else is looked at: it waits, and one line under what is shown leads back."""

from dataclasses import replace

from bot.cards import Here
from bot.conversations import engine
from bot.conversations.every import FORMS
from bot.conversations.form import STOPPED, Position
from bot.conversations.given import Scope
from bot.handlers import forms
from bot.handlers.scopes import draft_facts
from bot.screen import Button, column
from bot.turn import Turn
from messages_fa import buttons, general
from messages_fa.markup import Text
from persian.dates import tehran_day
from services import windows
from storage.records import FormRun


def remind(turn: Turn) -> None:
    """After a look-up: what was asked for stays in sight, and the form says in one line that it waits.

    A small form is shorter than that: its question is put again. During a maintenance nothing can be gone on
    with, so no button says so.
    """
    now = forms.current(turn)
    if now is None or not now.form.has_summary:
        forms.prompt_again(turn)
        return
    shown = (turn.chat.shown or {}).get("buttons", [])
    noun = now.form.noun(now.position.answers)
    told = general.still_open(forms.title_of(now.run), where(turn, now.run))
    if windows.now_on(turn.work) is not None:
        turn.tell(told)
        return
    back = Button(buttons.continue_form(noun), f"d:open:{now.run.id}")
    turn.tell(told, column(back))
    # The labels of what is looked at can still be typed beside this one.
    turn.chat = replace(turn.chat, shown={"buttons": [*shown, [back.label, back.action]]})


def where(at: Here, run: FormRun) -> Text:
    """The step where a draft stands, in today's version of its form."""
    scope = Scope(tehran_day(at.work.now), facts=draft_facts(at.work, run))
    form, stored = FORMS[run.form], Position.from_json(run.data)
    position = engine.resume(form, stored, scope, version=run.form_version).position
    left = engine.missing(form, position, scope)
    if position.returned is not None:
        return general.correction_at(len(left))
    if position.cursor == STOPPED:
        return general.draft_stopped()
    step = engine.asked(form, position) or next(iter(left), None)
    if step is None:
        return general.draft_at_summary()
    return general.draft_at(*engine.progress(form, replace(position, cursor=step.name)), step.label)
