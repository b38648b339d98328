"""The card of a case in a chat: one message, edited in place or brought to the bottom instead of the old one.

All that concerns cards goes through one lane, so that the messages of a chat's slot follow one another in
the order in which they were caused, whether or not the earlier ones are sent yet.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from bot.office import Office
from bot.post import Place, post
from bot.screen import Screen
from bot.turn import Turn
from storage.records import Lane, Outgoing
from storage.work import Work


class Here(Protocol):
    """Where something is done: a turn of a chat, or a sweep's errand."""

    @property
    def work(self) -> Work:
        """The unit."""

    @property
    def office(self) -> Office:
        """The wiring."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What the office does by itself, in nobody's turn."""

    work: Work
    office: Office


CASE: Final = "case"
COMPLAINT: Final = "complaint"
"""What a card is about; numbers of one kind are not those of another."""


def slot(case_id: int, kind: str = CASE) -> str:
    """The place in a chat where the card of this case (or complaint) stands."""
    return f"{kind}:{case_id}"


def _opened(case_id: int, kind: str) -> str:
    """The place that is taken while what stands there is the card itself and no mere word about the case."""
    return f"card:{case_id}" if kind == CASE else f"card:{kind}:{case_id}"


def is_open(at: Here, place: Place, case_id: int, *, kind: str = CASE) -> bool:
    """Whether the card was opened in this chat, and no other word put in its place since."""
    return at.work.outbox.slot_message(*place, _opened(case_id, kind)) is not None


def stands(at: Here, place: Place, case_id: int, *, kind: str = CASE) -> bool:
    """Whether a card of the case stands in this chat."""
    return at.work.outbox.slot_message(*place, slot(case_id, kind)) is not None


def put(
    at: Here,
    place: Place,
    case_id: int,
    screen: Screen,
    *,
    purpose: str | None = None,
    replaces: bool = True,
    kind: str = CASE,
) -> None:
    """Put the card at the bottom of a chat; what stands in its place by then goes first.

    Args:
        at: this turn or errand.
        place: which chat.
        case_id: the case.
        screen: the card.
        purpose: the ledger's key.
        replaces: whether there can be an earlier one.
        kind: what the card is about.
    """
    platform, chat_id = place
    at.work.outbox.clear_slot(platform, chat_id, _opened(case_id, kind))
    if replaces:
        params = {"chat_id": chat_id}
        at.work.outbox.add(
            Outgoing(platform, chat_id, Lane.NOTICES, "deleteMessage", params, slot=slot(case_id, kind))
        )
    post(
        at.work,
        at.office,
        platform,
        chat_id,
        screen,
        lane=Lane.NOTICES,
        slot=slot(case_id, kind),
        purpose=purpose,
    )


def redraw(
    at: Here, place: Place, case_id: int, screen: Screen, *, message_id: int | None = None, kind: str = CASE
) -> None:
    """Draw the card anew where it stands, or in this message."""
    platform, chat_id = place
    post(
        at.work,
        at.office,
        platform,
        chat_id,
        screen,
        lane=Lane.NOTICES,
        slot=slot(case_id, kind),
        edit=True,
        message_id=message_id,
    )


def show(turn: Turn, case_id: int, screen: Screen, *, anew: bool = False, kind: str = CASE) -> None:
    """Show the card to who acts: in the pressed message, or at the bottom (`anew`, or after typing)."""
    turn.remember(screen.rows)
    turn.shown = True
    place = turn.place
    pressed = turn.incoming.message_id if turn.incoming.kind == "press" and not anew else None
    if pressed is None:
        put(turn, place, case_id, screen, kind=kind)
        turn.work.outbox.take_slot(*place, _opened(case_id, kind), turn.incoming.message_id)
        return
    turn.work.outbox.take_slot(*place, _opened(case_id, kind), pressed)
    standing = turn.work.outbox.slot_message(*place, slot(case_id, kind))
    if standing not in {None, pressed}:  # an older copy was pressed: it is the card from now on
        turn.call("deleteMessage", message_id=standing)
    redraw(turn, place, case_id, screen, message_id=pressed, kind=kind)
