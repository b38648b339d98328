"""The one way a message gets into the outbox: a screen, rendered for the chat's platform."""

from bot.office import Office
from bot.screen import Screen
from storage.records import Lane, Outgoing
from storage.work import Work


def post(
    work: Work,
    office: Office,
    platform: str,
    chat_id: int,
    screen: Screen,
    *,
    lane: Lane = Lane.REPLIES,
    slot: str | None = None,
    purpose: str | None = None,
    edit: bool = False,
    message_id: int | None = None,
) -> None:
    """Put a message for a chat into the outbox.

    `slot` names the place in the chat that this message fills, `purpose` is the ledger's key. `edit` changes
    the message `message_id`, or the one now standing in the slot, instead of sending a new one.
    """
    there = office.platforms[platform]
    made = there.edit_params(screen, chat_id, message_id) if edit else there.params(screen, chat_id)
    work.outbox.add(Outgoing(platform, chat_id, lane, made[0], made[1], slot=slot, purpose=purpose))
