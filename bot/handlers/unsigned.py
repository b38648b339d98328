"""A filled-in form that waits for the second factor: kept as it is, and carried out once that is given."""

from dataclasses import replace

from bot.conversations.every import FORMS
from bot.conversations.form import Position
from bot.handlers import forms, held
from bot.handlers.forms import Ready
from bot.turn import OldButton, Turn, number
from storage.records import FormStatus

BUTTON = "g"
"""What the button of such a form begins with."""


def keep(turn: Turn, ready: Ready) -> str:
    """Keep the form with its last answer, out of sight; gives the button that carries it out."""
    turn.work.forms.save(ready.run, data=ready.position.to_json())
    turn.work.factors.keep_unsigned(ready.run.id)
    forms.close(turn)
    return f"{BUTTON}:{ready.run.id}"


def filled(turn: Turn, form_id: str) -> Ready | None:
    """The kept form, to be carried out; None where a newer version of it asks something first.

    Raises:
        OldButton: it was carried out or given up, or is somebody else's.
    """
    run = turn.work.forms.get(number(form_id))
    mine = run is not None and run.person_id is not None and run.person_id == turn.actor.person_id
    if run is None or not mine or run.status is not FormStatus.OPEN or run.form not in FORMS:
        raise OldButton
    if not held.is_here(turn, run) or not turn.work.factors.end_unsigned(run.id):
        raise OldButton
    if turn.chat.form_id != run.id:
        forms.put_aside(turn)
    form = FORMS[run.form]
    if run.form_version != form.version:
        turn.chat = replace(turn.chat, form_id=run.id)
        forms.prompt_again(turn)
        return None
    return Ready(form, run, Position.from_json(run.data))
