"""What the sandbox's world consists of: bots, people, chats, messages, button presses."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sandbox.dialects import Dialect
from sandbox.updates import Updates

Json = dict[str, Any]


@dataclass(slots=True)
class Webhook:
    """Where a bot wants its updates delivered, and how that went."""

    url: str
    secret: str
    connections: int
    last_error: str | None = None
    last_error_at: int | None = None


@dataclass(slots=True)
class Message:
    """One message; `raw` is the Bot API's object.

    Attributes:
        mine: sent by the bot.
        locked: cannot be edited (it carries a reply keyboard).
        touched: when what it says last changed, in the world's own count.
        changed: when anything of it last changed, its buttons too.
    """

    kind: ClassVar[str] = "message"
    platform: str
    chat_id: int
    mine: bool
    raw: Json
    locked: bool = False
    touched: int = 0
    changed: int = 0

    @property
    def id(self) -> int:
        """The message_id."""
        return int(self.raw["message_id"])

    @property
    def key(self) -> str:
        """Platform, chat and id."""
        return f"{self.platform}/{self.chat_id}/{self.id}"

    def record(self) -> Json:
        """For the journal."""
        return {
            "platform": self.platform,
            "chat_id": self.chat_id,
            "mine": self.mine,
            "raw": self.raw,
            "locked": self.locked,
        }


@dataclass(slots=True)
class Chat:
    """A private chat of the bot with one person, or a group it is in."""

    kind: ClassVar[str] = "chat"
    platform: str
    id: int
    raw: Json
    address: str
    keyboard: Json | None = None
    left: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    typing_until: float = 0.0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def private(self) -> bool:
        """Whether it is a chat with one person."""
        return bool(self.raw["type"] == "private")

    @property
    def key(self) -> str:
        """Platform and id."""
        return f"{self.platform}/{self.id}"

    def record(self) -> Json:
        """For the journal."""
        return {
            "platform": self.platform,
            "id": self.id,
            "raw": self.raw,
            "address": self.address,
            "keyboard": self.keyboard,
            "left": self.left,
        }


@dataclass(slots=True)
class Person:
    """Somebody with a phone on one platform; `address` is the phone's key on the page."""

    kind: ClassVar[str] = "person"
    platform: str
    address: str
    name: str
    user_id: int
    role_hint: str = ""
    blocked: bool = False
    started: bool = False

    @property
    def key(self) -> str:
        """Platform and address."""
        return f"{self.platform}/{self.address}"

    @property
    def user(self) -> Json:
        """The Bot API's User."""
        return {"id": self.user_id, "is_bot": False, "first_name": self.name, "language_code": "fa"}

    @property
    def shown(self) -> Json:
        """The person as the page shows one."""
        return {
            "platform": self.platform,
            "key": self.address,
            "name": self.name,
            "user_id": self.user_id,
            "chat_id": self.user_id,
            "role_hint": self.role_hint,
            "blocked": self.blocked,
        }

    def record(self) -> Json:
        """For the journal."""
        return {
            "platform": self.platform,
            "address": self.address,
            "name": self.name,
            "user_id": self.user_id,
            "role_hint": self.role_hint,
            "blocked": self.blocked,
            "started": self.started,
        }


@dataclass(slots=True)
class Press:
    """A press of an inline button, until the bot answers it or 150 seconds are over."""

    kind: ClassVar[str] = "press"
    platform: str
    id: str
    chat_id: int
    at: float
    answer: asyncio.Future[Json] | None = None

    @property
    def key(self) -> str:
        """Platform and query id."""
        return f"{self.platform}/{self.id}"

    def record(self) -> Json:
        """For the journal."""
        return {"platform": self.platform, "id": self.id, "chat_id": self.chat_id, "at": self.at}


@dataclass(slots=True)
class Bot:
    """A bot account; there is one on each platform."""

    kind: ClassVar[str] = "bot"
    dialect: Dialect
    token: str
    username: str
    name: str
    updates: Updates
    last_message: int = 0
    next_update: int = 100_000_001
    allowed: list[str] | None = None
    commands: dict[str, list[Json]] = field(default_factory=dict)
    webhook: Webhook | None = None
    chats: dict[int, Chat] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    last_user: int = 0
    presses: dict[str, Press] = field(default_factory=dict)

    @property
    def platform(self) -> str:
        """The platform's name."""
        return self.dialect.platform

    @property
    def key(self) -> str:
        """The platform's name: there is one bot on each."""
        return self.platform

    @property
    def user(self) -> Json:
        """The Bot API's User."""
        digits = self.token.partition(":")[0]
        number = int(digits) if digits.isascii() and digits.isdigit() else 700_000_000
        return {"id": number, "is_bot": True, "first_name": self.name, "username": self.username}

    def serial(self) -> int:
        """The next number for a message or a press."""
        self.last_message += 1
        return self.last_message

    def record(self) -> Json:
        """For the journal."""
        hook = self.webhook
        return {
            "platform": self.platform,
            "token": self.token,
            "username": self.username,
            "name": self.name,
            "last_message": self.last_message,
            "next_update": self.next_update,
            "allowed": self.allowed,
            "commands": self.commands,
            "webhook": hook and {"url": hook.url, "secret": hook.secret, "connections": hook.connections},
        }
