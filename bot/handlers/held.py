"""Who holds an open form: the chat that answers it, the role that it needs, and how a chat lets go of it."""

from dataclasses import replace

from bot.conversations.every import FORMS
from bot.screen import Screen
from bot.turn import Turn
from messages_fa import general
from storage.records import FormRun, FormStatus

PROMPT = "prompt"
"""The place in a chat where the open form's screen stands."""


def is_here(turn: Turn, run: FormRun) -> bool:
    """Whether the form is being answered in this chat."""
    return (run.platform, run.chat_id) == (turn.chat.platform, turn.chat.chat_id)


def moved_away(turn: Turn) -> FormRun | None:
    """Let go of a form that is being answered in another chat since; gives it, once."""
    run = turn.work.forms.get(turn.chat.form_id) if turn.chat.form_id is not None else None
    if run is None or run.status is not FormStatus.OPEN or is_here(turn, run):
        return None
    if not may_answer(turn, run):
        _wipe(turn)
    turn.turn_page()
    turn.work.outbox.clear_slot(turn.chat.platform, turn.chat.chat_id, PROMPT)
    turn.chat = replace(turn.chat, form_id=None, shown=None)
    return run


def taken_away(turn: Turn) -> bool:
    """Let go of an open form whose role the person has lost; whether there was one.

    Nothing of it stays on the screen; the draft itself is kept.
    """
    run = turn.work.forms.get(turn.chat.form_id) if turn.chat.form_id is not None else None
    if run is None or run.status is not FormStatus.OPEN or not is_here(turn, run) or may_answer(turn, run):
        return False
    _wipe(turn)
    turn.turn_page()
    turn.chat = replace(turn.chat, form_id=None, shown=None)
    return True


def _wipe(turn: Turn) -> None:
    """Nothing of a form stays where its screen stands: a draft bears a debtor's name."""
    if turn.work.outbox.slot_message(turn.chat.platform, turn.chat.chat_id, PROMPT) is not None:
        gone = Screen(general.not_allowed())
        turn.post(turn.chat.platform, turn.chat.chat_id, gone, slot=PROMPT, edit=True)


def may_answer(turn: Turn, run: FormRun) -> bool:
    """Whether the person holds the role that the form needs: a proposal is the officer's."""
    role = FORMS[run.form].role
    return role is None or turn.actor.has(role)


def take_buttons_off(turn: Turn) -> None:
    """The prompt that stood so far has passed: its buttons go."""
    stands = turn.work.outbox.slot_message(turn.chat.platform, turn.chat.chat_id, PROMPT)
    if stands is not None:
        turn.call("editMessageReplyMarkup", message_id=stands)
