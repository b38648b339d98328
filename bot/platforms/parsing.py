"""Raw updates into the bot's own words, through python-telegram-bot's types.

Of an update only the parts that mean something here are parsed, each by its type: a sticker or poll whose
fields are missing or new must not make the whole update unreadable. Its `Update` and `Message` are passed by:
they look for a hundred fields and cost more than all the rest of an update's turn in Python.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, TypeGuard

from telegram import Chat, Document, PhotoSize, User

from bot.incoming import Incoming, IncomingKind, Offered

Json = dict[str, Any]
Defaults = Mapping[str, Mapping[str, Any]]

MESSAGE_KINDS: Final = ("edited_message", "message")
LONGEST_ID: Final = 2**63
LONGEST_NAME: Final = 128
# What parsing may raise on malformed input.
MALFORMED: Final = (
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    OverflowError,
    OSError,
    RecursionError,
)


class Unparsable(Exception):  # noqa: N818 - named for what happened
    """An update is malformed. `reason` is a code or the name of an error's type, never a content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def chat_of(raw: Json) -> int:
    """The chat whose turn an update takes, found without parsing it; 0 when there is none."""
    for part in raw.values():
        if isinstance(part, dict):
            return _lane(part.get("message")) or _lane(part) or _id_of(part.get("from"))
    return 0


def _lane(message: object) -> int:
    return _id_of(message.get("chat")) if isinstance(message, dict) else 0


def _id_of(thing: object) -> int:
    value = thing.get("id") if isinstance(thing, dict) else 0
    return value if is_id(value) else 0


def is_id(value: object) -> TypeGuard[int]:
    """Whether it is a whole number that the store can hold (64 bits, signed)."""
    return isinstance(value, int) and not isinstance(value, bool) and -LONGEST_ID <= value < LONGEST_ID


def parse(platform: str, raw: Json, defaults: Defaults) -> Incoming | None:
    """One update as an Incoming; None for the kinds that mean nothing to us.

    Raises:
        Unparsable: it is malformed.
    """
    try:
        if "callback_query" in raw:
            return _press(platform, raw["callback_query"], defaults)
        for kind in MESSAGE_KINDS:
            if kind in raw:
                return _message(platform, raw[kind], defaults, edited=kind == "edited_message")
    except MALFORMED as error:
        reason = type(error).__name__
    else:
        return None
    # Raised out here, so that the content in the parser's error does not travel with it.
    raise Unparsable(reason)


def _press(platform: str, given: Json, defaults: Defaults) -> Incoming | None:
    query = _with("callback_query", given, defaults)
    user = User.de_json(_with("from", query["from"], defaults), None)
    query_id, data = _text(query["id"]), _text(query.get("data") or "")
    if query.get("message") is None:
        return None
    message = _with("message", query["message"], defaults)
    chat = _chat(message, query["from"], defaults)
    return Incoming(
        platform=platform,
        chat_id=_id(chat.id),
        user_id=_id(user.id),
        chat_type=_text(chat.type),
        kind="press",
        user_name=_name(user),
        message_id=_id(message["message_id"]),
        query_id=query_id,
        data=data,
        sent_at=_moment(message["date"]),
    )


def _message(platform: str, given: Json, defaults: Defaults, *, edited: bool) -> Incoming:
    message = _with("message", given, defaults)
    person = message.get("from")
    chat = _chat(message, person, defaults)
    user = None if person is None else User.de_json(_with("from", person, defaults), None)
    offered = _offered(message, defaults)
    return Incoming(
        platform=platform,
        chat_id=_id(chat.id),
        user_id=_id(user.id) if user else _sender(chat),
        chat_type=_text(chat.type),
        kind="edited" if edited else _kind(message, defaults),
        user_name=_name(user) if user else "",
        text=_text(message.get("text") or message.get("caption") or ""),
        message_id=_id(message["message_id"]),
        file=offered,
        album=_text(message.get("media_group_id") or ""),
        # Bale keeps the older names (forward_from, forward_date) beside which Telegram has forward_origin.
        forwarded=any(name.startswith("forward_") or name in _OTHERS_WORDS for name in message),
        sent_at=_moment(message["date"]),
    )


_OTHERS_WORDS: Final = frozenset({"via_bot", "sender_chat"})
"""Parts of a message whose words are a bot's or a channel's: no more the person's own than forwarded ones."""


def _document(message: Json, defaults: Defaults) -> Document | None:
    given = message.get("document")
    return None if given is None else Document.de_json(_with("document", given, defaults), None)


def _chat(message: Json, person: Json | None, defaults: Defaults) -> Chat:
    """Where a kind may be lacking, a chat without one is private only if its id is the person's own."""
    given = message["chat"]
    filled = _with("chat", given, defaults)
    own = person is not None and is_id(given.get("id")) and given["id"] == person.get("id")
    if own and "type" in filled and "type" not in given:
        filled["type"] = "private"
    return Chat.de_json(filled, None)


def _with(name: str, given: Json, defaults: Defaults) -> Json:
    return {**defaults.get(name, {}), **given}


def _kind(message: Json, defaults: Defaults) -> IncomingKind:
    if message.get("document") is not None or message.get("photo"):
        return "file"
    if message.get("contact") is not None:
        return "contact"
    joined = [User.de_json(_with("from", one, defaults), None) for one in message.get("new_chat_members", ())]
    if joined or message.get("group_chat_created") or message.get("supergroup_chat_created"):
        return "joined_group"
    return "text" if message.get("text") is not None else "other"


def _offered(message: Json, defaults: Defaults) -> Offered | None:
    document = _document(message, defaults)
    if document is not None:
        return Offered(
            file_id=_text(document.file_id),
            name=_text(document.file_name or ""),
            mime=_text(document.mime_type or ""),
            size=_id(document.file_size or 0),
        )
    sizes = [PhotoSize.de_json(_with("photo", one, defaults), None) for one in message.get("photo") or ()]
    if sizes:
        largest = max(sizes, key=lambda size: size.width * size.height)
        size = _id(largest.file_size or 0)
        return Offered(_text(largest.file_id), name="", mime="image/jpeg", size=size, is_photo=True)
    return None


def _sender(chat: Chat) -> int:
    return _id(chat.id) if chat.type == "private" else 0


def _name(user: User) -> str:
    return " ".join(_text(part) for part in (user.first_name, user.last_name) if part)[:LONGEST_NAME]


def _moment(date: object) -> dt.datetime | None:
    """A moment; None where the platform does not say: of a message no longer within reach, for one."""
    seconds = _id(date)
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds > 0 else None


def _id(value: object) -> int:
    if not is_id(value):
        raise TypeError("id")
    return value


def _text(value: object) -> str:
    """Characters that every store can hold: no NUL, no half of a surrogate pair."""
    if not isinstance(value, str):
        raise TypeError("text")
    if value.isascii():
        return value.replace("\0", "")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
