"""Before the summary: whether the same debt is dealt with already, and what the officer makes of that."""

from collections.abc import Callable

from bot.conversations.form import SUMMARY, Form, Position
from bot.conversations.proposal import PROPOSAL
from bot.screen import Button, Screen, column
from bot.turn import Turn
from messages_fa import buttons
from messages_fa import filing as texts
from messages_fa.markup import Text, paragraphs
from services import alike
from services.alike import Found


def open_about(turn: Turn, form: Form, position: Position) -> Found | None:
    """What is open about the debt of a complete new proposal, unless a reason was given for filing it."""
    if form is not PROPOSAL or not _at_end(position):
        return None
    found = alike.find(turn.work, turn.actor, position.answers)
    given = (position.anew or {}).get("key")
    return found if found is not None and found.key != given else None


def is_over(turn: Turn, position: Position) -> bool:
    """Whether a complete new proposal stands at its end, and nothing is open about its debt any more."""
    return _at_end(position) and alike.find(turn.work, turn.actor, position.answers) is None


def _at_end(position: Position) -> bool:
    return position.cursor == SUMMARY and not position.leaving and position.returned is None


def warning(found: Found, form_id: int, note: Text, act: Callable[[str], str]) -> Screen:
    """The word about it, in place of the summary."""
    text = texts.twice([(one.code, one.stage) for one in found.same_agency], elsewhere=found.elsewhere)
    same = (Button(buttons.FOLLOW_SAME, f"day:same:{form_id}"),) if found.same_agency else ()
    anew = Button(buttons.FILE_ANYWAY, f"day:anew:{form_id}")
    ways_out = (Button(buttons.BACK, act("b")), Button(buttons.CANCEL, act("x")))
    return Screen(paragraphs(note, text), (*column(*same, anew), ways_out))
