"""Notices «اطلاعیه»: what is told, to whom, and what became of every copy."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.audience import Audience
from storage.records.kept import JsonObject
from storage.records.messages import OutboxState


class NoticeState(StrEnum):
    """Where a notice stands; in `awaiting` a second admin has to confirm it."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    DROPPED = "dropped"


class CopyState(StrEnum):
    """What became of the copy for one recipient; the last four are final.

    `unsent` was never tried: the sending was ended, the notice recalled, or its person wants no news.
    """

    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"
    UNSENT = "unsent"


class Change(StrEnum):
    """What became of the newest correction or recall of a copy that was sent."""

    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice.

    Attributes:
        about: which words are made of its content, see `bot.notice_texts`.
        service: a service notice «اطلاعیه خدمت», which also reaches who switched news off; else news «خبر».
        urgent: whether it is sent at night as well.
        version: what is to be sent; a confirmation is worth the version it was given for.
        made_by: who wrote it; None: the office itself.
        frozen_at: when its recipients were fixed, or None.
        card: the counts that the admins' cards last said.
    """

    id: int
    about: str
    service: bool
    urgent: bool
    state: NoticeState
    version: int
    audience: Audience
    made_by: int | None
    made_at: datetime
    confirmed_by: int | None
    seconded_by: int | None
    frozen_at: datetime | None
    stopped_at: datetime | None
    recalled_at: datetime | None
    ended_at: datetime | None
    card: str | None
    card_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticeVersion:
    """What a notice said, from one act on.

    Attributes:
        act: `write`, `edit`, `revise` or `recall`.
        push: what is sent as a short new message beside the correction, or None.
    """

    notice_id: int
    version: int
    act: str
    content: JsonObject
    push: JsonObject | None
    audience: Audience
    person_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class NoticeAct:
    """One act on a notice, for its history."""

    act: str
    version: int
    person_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class NoticeCopy:
    """The copy of a notice for one recipient.

    Attributes:
        person_id: None for somebody who is known by the chat alone.
        place: platform and chat it goes or went to, or None where there is no chat.
        version: of the notice, as it was put into the outbox last; 0 before that.
    """

    id: int
    notice_id: int
    person_id: int | None
    place: tuple[str, int] | None
    state: CopyState
    message_id: int | None
    version: int
    change: Change | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody in an audience: a person, or a chat of nobody the office knows.

    Attributes:
        place: the platform and chat tried first, or None for a person without any.
        reachable: whether that chat is not known to be out of reach.
    """

    person_id: int | None
    place: tuple[str, int] | None
    reachable: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the ledger has of a copy's last message, after every fallback.

    Attributes:
        under_way: whether it is still to be sent, or perhaps again.
    """

    place: tuple[str, int]
    state: OutboxState
    under_way: bool
    problem: str | None
    message_id: int | None
