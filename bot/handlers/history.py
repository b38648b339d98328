"""«سابقه و یادداشت‌ها»: the record of a case and the office's own notes, whole, as messages."""

from datetime import datetime

from bot.card_view import shown as as_answered
from bot.handlers import desk
from bot.turn import Turn
from domain.lifecycle import Action, State
from messages_fa import history as texts
from messages_fa.markup import Text
from services.history import Entry, history


def send(turn: Turn, case_id: int) -> None:
    """Send all of it, then the card again, below it.

    Raises:
        NotFound: there is no such case.
        NotYours: neither reviewer nor director, or the one who filed it.
    """
    found = history(turn.work, turn.actor, case_id)
    steps = [_step(turn, number, entry) for number, entry in enumerate(found.entries, 1)]
    notes = [texts.note(note.author, note.at, note.text) for note in found.notes]
    for part in texts.messages(found.case.code, steps, notes):
        turn.tell(part)
    desk.show_card(turn, case_id, anew=True)


def _step(turn: Turn, number: int, entry: Entry) -> texts.Block:
    event = entry.event
    back = event.action == Action.TAKE_BACK  # its reasons are those of the decision
    return texts.step(
        number,
        event.action,
        event.at,
        entry.who,
        State(event.to_state),
        reasons=() if back else event.reasons,
        words=event.note or "",
        more=_more(turn, entry),
    )


def _more(turn: Turn, entry: Entry) -> list[Text]:
    """What else belongs to the step: to whom, which rows, whose ticks, what was changed."""
    event, details = entry.event, entry.event.details or {}
    more = [texts.given_to(entry.to)] if entry.to else []
    if details.get("fields"):
        more.append(texts.marked(details["fields"]))
    if "ticks" in details:
        more += texts.ticked({code: datetime.fromisoformat(at) for code, at in details["ticks"].items()})
    if "made_at" in details:
        made_at = datetime.fromisoformat(details["made_at"])
        more += texts.taken_back(details["action"], event.reasons, made_at)
    for change in entry.changes:
        shown = (as_answered(turn.work, change, value) for value in (change.before, change.after))
        more += texts.change(change.field, *shown)
    return more
