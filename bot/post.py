"""The one way a message gets into the outbox: a screen, rendered for the chat's platform."""

from collections.abc import Sequence

from bot.office import Office
from bot.screen import Screen
from storage.records import Alternative, Lane, Outgoing
from storage.work import Work

Place = tuple[str, int]
"""A platform's name and a chat's id."""


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


def chats_of(work: Work, office: Office, person_id: int | None, first: Place) -> list[Place]:
    """Where somebody is reached, in the order in which news is tried; a stranger has the one chat `first`.

    A chat that is no longer the person's is told nothing; one known to be out of reach comes last.
    """
    if person_id is None:
        return [first] if first[0] in office.platforms else []
    chats = [chat for chat in work.people.chats_of(person_id) if chat.platform in office.platforms]
    chats.sort(key=lambda chat: (chat.unreachable_at is not None, (chat.platform, chat.chat_id) != first))
    return [(chat.platform, chat.chat_id) for chat in chats]


def post_to_first(
    work: Work, office: Office, places: Sequence[Place], screen: Screen, *, lane: Lane, purpose: str
) -> None:
    """Put a message for one person into the outbox: for the first of these chats that it can be delivered to.

    It is rendered for each of their platforms now, so that what it says is what was true at this moment.
    """
    (platform, chat_id), *others = places
    method, params = office.platforms[platform].params(screen, chat_id)
    ways = tuple(
        Alternative(other, there, *office.platforms[other].params(screen, there)) for other, there in others
    )
    work.outbox.add(Outgoing(platform, chat_id, lane, method, params, purpose=purpose, fallback=ways))
