"""What was missed of complaints while out of reach: shown once, as it stands now, when the person is back."""

import re
from typing import Final

from bot import complaint_view
from bot.complaint_view import OWNER
from bot.screen import Button, Screen, column
from bot.turn import Turn
from domain.authority import Deed, plays
from messages_fa import buttons
from messages_fa import complaint_desk as texts
from services import complaint_desk
from services.complaints import is_owner
from storage.errors import NotFound
from storage.records.complaints import Complaint

_OF_COMPLAINT: Final = re.compile(r"complaint:(\d+):([a-z_]+):\d+")
_PREFIXES: Final = ("complaint:", "survey:")
_PROMPT: Final = "prompt"


def tell(turn: Turn) -> None:
    """The own complaints that changed, and how many wait on the desk; a question about the service lapses."""
    chats = {turn.place}
    if turn.actor.person_id is not None:
        held = turn.work.people.chats_of(turn.actor.person_id)
        chats |= {(chat.platform, chat.chat_id) for chat in held}
    rows = [row for row in turn.work.ledger.missed(sorted(chats)) if row.purpose.startswith(_PREFIXES)]
    if not rows:
        return
    turn.work.ledger.told([row.id for row in rows])
    about = [found for row in rows if (found := _OF_COMPLAINT.fullmatch(row.purpose))]
    for number in dict.fromkeys(int(found[1]) for found in about if found[2] != _PROMPT):
        _show_own(turn, number)
    if any(found[2] == _PROMPT for found in about):
        _count_waiting(turn)


def _show_own(turn: Turn, number: int) -> None:
    complaint = _known(turn, number)
    if complaint is not None and is_owner(turn.actor, turn.asker, complaint):
        purpose = f"complaint:{complaint.id}:{complaint.state}:{complaint.version}"
        turn.post(*turn.place, complaint_view.own(turn.work, complaint, OWNER), purpose=purpose)


def _known(turn: Turn, number: int) -> Complaint | None:
    try:
        return turn.work.complaints.get(number)
    except NotFound:
        return None


def _count_waiting(turn: Turn) -> None:
    if not plays(turn.actor, Deed.COMPLAINTS):
        return
    waiting = complaint_desk.queue(turn.work, turn.actor).total
    if waiting:
        rows = column(Button(buttons.COMPLAINTS, "cmp:q:0:open"))
        turn.post(*turn.place, Screen(texts.waiting(waiting), rows))
