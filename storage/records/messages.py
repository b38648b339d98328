"""What comes in, what goes out, and the chats between."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final, Literal, TypeAlias

from storage.records.kept import JsonObject

SECRET: Final = "secret"  # noqa: S105 - the name of a mark
"""Among a deletion's parameters, and never posted: what is to go holds a secret."""


class Lane(IntEnum):
    """Which messages go first: answers, then notices, then broadcasts."""

    REPLIES = 0
    NOTICES = 1
    BROADCASTS = 2


class InboxState(StrEnum):
    """Where a received update stands; only `waiting` ones are handled."""

    WAITING = "waiting"
    DONE = "done"
    SET_ASIDE = "set_aside"
    QUARANTINED = "quarantined"


class OutboxState(StrEnum):
    """Where a message stands; `unknown` was perhaps sent, and the last three are final.

    A message that is `held` waits behind the fence of a restored store.
    """

    HELD = "held"
    WAITING = "waiting"
    SENDING = "sending"
    RETRYING = "retrying"
    UNKNOWN = "unknown"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """One update as the platform sent it; `chat_id` is 0 where it belongs to no chat, `body` is its JSON."""

    update_id: int
    chat_id: int
    body: str


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A received update; `body` is None once done or if damaged, `attempts` counts the failed tries."""

    id: int
    platform: str
    update_id: int
    chat_id: int
    body: str | None
    state: InboxState
    attempts: int
    retry_at: datetime | None
    problem: str | None
    reference: str | None
    received_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Alternative:
    """The same message, made ready for another chat of its person."""

    platform: str
    chat_id: int
    method: str
    params: JsonObject


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent.

    Attributes:
        method: the Bot API method.
        params: its parameters, ready to be posted.
        slot: the name of a screen place whose message id is remembered once this is sent.
        purpose: the ledger key, such as `case:12:agreed`.
        reference: the number a person may quote.
        fallback: where it goes instead, in order, once it cannot be delivered here.
    """

    platform: str
    chat_id: int
    lane: int
    method: str
    params: JsonObject
    slot: str | None = None
    purpose: str | None = None
    reference: str | None = None
    fallback: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process is to send now.

    Attributes:
        params: its parameters; empty if what is stored cannot be opened.
        attempts: which try this is, from 1.
        claimed_at: when it was taken, by the store's clock.
        first_failed_at: when a try first failed, or None.
        was_unknown: whether an earlier try may have reached the person.
        slot_message_id: the message now standing in the slot, or None.
    """

    id: int
    platform: str
    chat_id: int
    lane: int
    method: str
    params: JsonObject
    slot: str | None
    purpose: str | None
    attempts: int
    claimed_at: datetime
    first_failed_at: datetime | None
    was_unknown: bool
    slot_message_id: int | None


Outcome: TypeAlias = Literal[
    OutboxState.SENT,
    OutboxState.UNREACHABLE,
    OutboxState.FAILED,
    OutboxState.RETRYING,
    OutboxState.UNKNOWN,
]
"""What a try can come to."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one try; `retry_after` (seconds) is for `retrying` and `unknown`, and only for them."""

    id: int
    state: Outcome
    message_id: int | None = None
    retry_after: float = 0.0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What is known of a message with a purpose, without its contents."""

    id: int
    platform: str
    chat_id: int
    purpose: str
    reference: str | None
    state: OutboxState
    attempts: int
    problem: str | None
    message_id: int | None
    created_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat.

    Attributes:
        name: as the messenger shows the person.
        person_id: the person the account is bound to, or None; changed by `people.bind` only.
        form_id: the form being answered, or None.
        screen: the serial number of the screen shown now; older buttons carry smaller ones.
        shown: that screen's buttons and method, or None.
        came_back: whether it was unreachable until this very unit heard from it.
    """

    platform: str
    chat_id: int
    user_id: int
    name: str
    person_id: int | None
    form_id: int | None
    screen: int
    shown: JsonObject | None
    last_seen: datetime
    reshown_at: datetime | None
    unreachable_at: datetime | None
    came_back: bool = False
