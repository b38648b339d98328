"""Raw updates into the bot's own words, through python-telegram-bot's types.

Of a message only the parts that mean something here are parsed: a sticker or poll whose fields are missing
or new must not make the whole update unreadable.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, TypeGuard

from telegram import CallbackQuery, Chat, InaccessibleMessage, Message, Update, User

from bot.incoming import Incoming, IncomingKind, Offered

Json = dict[str, Any]
Defaults = Mapping[str, Mapping[str, Any]]

MESSAGE_KINDS: Final = ("message", "edited_message")
MESSAGE_PARTS: Final = frozenset(
    (
        "message_id",
        "from",
        "chat",
        "date",
        "edit_date",
        "text",
        "caption",
        "document",
        "photo",
        "contact",
        "media_group_id",
        "new_chat_members",
        "group_chat_created",
        "supergroup_chat_created",
    )
)
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
        update = Update.de_json(_filled(raw, defaults), None)
        if update.callback_query is not None:
            return _press(platform, update.callback_query)
        if update.edited_message is not None:
            return _message(platform, update.edited_message, raw["edited_message"], edited=True)
        if update.message is not None:
            return _message(platform, update.message, raw["message"], edited=False)
    except MALFORMED as error:
        reason = type(error).__name__
    else:
        return None
    # Raised out here, so that the content in the parser's error does not travel with it.
    raise Unparsable(reason)


def _filled(raw: Json, defaults: Defaults) -> Json:
    filled: Json = {"update_id": raw["update_id"]}
    for kind in MESSAGE_KINDS:
        if kind in raw:
            filled[kind] = _filled_message(raw[kind], raw[kind].get("from"), defaults)
    if "callback_query" in raw:
        query = {**defaults.get("callback_query", {}), **raw["callback_query"]}
        query["from"] = _with("from", query["from"], defaults)
        if query.get("message") is not None:
            message = _filled_message(query["message"], query["from"], defaults)
            query["message"] = {name: message[name] for name in ("message_id", "chat", "date")}
        filled["callback_query"] = query
    return filled


def _filled_message(raw: Json, person: Json | None, defaults: Defaults) -> Json:
    message = {**defaults.get("message", {}), **{k: v for k, v in raw.items() if k in MESSAGE_PARTS}}
    if "chat" in message:
        message["chat"] = _filled_chat(message["chat"], person, defaults)
    for name in ("from", "document", "contact"):
        if name in message:
            message[name] = _with(name, message[name], defaults)
    for name, like in (("photo", "photo"), ("new_chat_members", "from")):
        if name in message:
            message[name] = [_with(like, one, defaults) for one in message[name]]
    return message


def _filled_chat(given: Json, person: Json | None, defaults: Defaults) -> Json:
    """Where a kind may be lacking, a chat without one is private only if its id is the person's own."""
    filled = _with("chat", given, defaults)
    own = person is not None and is_id(given.get("id")) and given["id"] == person.get("id")
    lacking = "type" in filled and "type" not in given
    return {**filled, "type": "private"} if lacking and own else filled


def _with(name: str, given: Json, defaults: Defaults) -> Json:
    return {**defaults.get(name, {}), **given}


def _press(platform: str, query: CallbackQuery) -> Incoming | None:
    if query.message is None:
        return None
    message = query.message
    return Incoming(
        platform=platform,
        chat_id=_id(message.chat.id),
        user_id=_id(query.from_user.id),
        chat_type=_text(message.chat.type),
        kind="press",
        user_name=_name(query.from_user),
        message_id=_id(message.message_id),
        query_id=_text(query.id),
        data=_text(query.data or ""),
        sent_at=None if isinstance(message, InaccessibleMessage) else _moment(message.date),
    )


def _message(platform: str, message: Message, raw: Json, *, edited: bool) -> Incoming:
    user, contact = message.from_user, message.contact
    return Incoming(
        platform=platform,
        chat_id=_id(message.chat.id),
        user_id=_id(user.id) if user else _sender(message.chat),
        chat_type=_text(message.chat.type),
        kind="edited" if edited else _kind(message),
        user_name=_name(user) if user else "",
        text=_text(message.text or message.caption or ""),
        message_id=_id(message.message_id),
        file=_offered(message),
        album=_text(message.media_group_id or ""),
        contact_user_id=None if contact is None or contact.user_id is None else _id(contact.user_id),
        contact_phone=_text(contact.phone_number) if contact else "",
        # Bale keeps the older names (forward_from, forward_date) beside which Telegram has forward_origin.
        forwarded=any(name.startswith("forward_") for name in raw),
        sent_at=_moment(message.date),
    )


def _kind(message: Message) -> IncomingKind:
    if message.document is not None or message.photo:
        return "file"
    if message.contact is not None:
        return "contact"
    if message.new_chat_members or message.group_chat_created or message.supergroup_chat_created:
        return "joined_group"
    return "text" if message.text is not None else "other"


def _offered(message: Message) -> Offered | None:
    if message.document is not None:
        document = message.document
        return Offered(
            file_id=_text(document.file_id),
            name=_text(document.file_name or ""),
            mime=_text(document.mime_type or ""),
            size=_id(document.file_size or 0),
        )
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        size = _id(largest.file_size or 0)
        return Offered(_text(largest.file_id), name="", mime="image/jpeg", size=size, is_photo=True)
    return None


def _sender(chat: Chat) -> int:
    return _id(chat.id) if chat.type == "private" else 0


def _name(user: User) -> str:
    return " ".join(_text(part) for part in (user.first_name, user.last_name) if part)[:LONGEST_NAME]


def _moment(date: dt.datetime | None) -> dt.datetime | None:
    return date if isinstance(date, dt.datetime) and date.timestamp() > 0 else None


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
