"""Bot API methods that make, change and delete messages."""

from typing import Any

from sandbox import files
from sandbox.files import Stored
from sandbox.state import Bot, Chat, Json, Message
from sandbox.updates import PRESS_SECONDS
from sandbox.validate import (
    ANSWER_LIMIT,
    Params,
    Refused,
    Upload,
    bad,
    caption,
    flag,
    inline_only,
    integer,
    message_text,
    reply_markup,
    structure,
    text,
)
from sandbox.world import World

TYPING_SECONDS = 5
ALBUM_LIMIT = 10
PHOTO_SIDES_LIMIT = 10_000
DELETABLE_SECONDS = 48 * 60 * 60
WRONG_FILE = "wrong file identifier/HTTP URL specified"
NO_SUCH_QUERY = "query is too old and response timeout expired or query ID is invalid"


def chat_of(bot: Bot, params: Params) -> Chat:
    """The chat that `chat_id` names.

    Raises:
        Refused: it is missing or unknown, or the bot has left it.
    """
    chat = bot.chats.get(integer(params, "chat_id"))
    if chat is None:
        if "chat_id" not in params.values:
            raise bad("chat_id is empty")
        raise Refused(*bot.dialect.unknown_chat)
    if chat.left:
        raise Refused(403, "Forbidden: bot is not a member of the group chat")
    return chat


def open_chat(bot: Bot, params: Params) -> Chat:
    """The chat that `chat_id` names, if the bot may write there.

    Raises:
        Refused: also when the person blocked the bot or never wrote to it.
    """
    chat = chat_of(bot, params)
    person = bot.people.get(chat.id)
    if person is not None:
        if person.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if not person.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
    return chat


def replied(bot: Bot, chat: Chat, params: Params) -> Json:
    """`reply_to_message` of a new message; {} when it answers none."""
    wanted = integer(params, "reply_to_message_id")
    lenient = flag(params, "allow_sending_without_reply")
    if bot.dialect.reply_parameters and "reply_parameters" in params.values:
        given = structure(params, "reply_parameters", dict, "can't parse reply parameters JSON object")
        told = Params(given or {})
        wanted = integer(told, "message_id")
        lenient = flag(told, "allow_sending_without_reply")
    if not wanted:
        return {}
    message = chat.messages.get(wanted)
    if message is None:
        if lenient:
            return {}
        raise bad("message to be replied not found")
    return {"reply_to_message": {k: v for k, v in message.raw.items() if k != "reply_to_message"}}


def post(world: World, bot: Bot, chat: Chat, params: Params, content: Json) -> Message:
    """Put a message of the bot into the chat, with its keyboards."""
    buttons = reply_markup(params)
    content.update(replied(bot, chat, params))
    inline = buttons is not None and "inline_keyboard" in buttons
    if inline:
        content["reply_markup"] = buttons
    chat.typing_until = 0.0
    message = world.post(bot, chat, None, content)
    if buttons is not None and not inline:
        message.locked = True
        keeps = "force_reply" in buttons
        if not keeps:
            world.show_keyboard(chat, None if "remove_keyboard" in buttons else buttons)
    return message


def send_message(world: World, bot: Bot, params: Params) -> Json:
    """SendMessage."""
    chat = open_chat(bot, params)
    return post(world, bot, chat, params, message_text(params, bot.dialect)).raw


def send_photo(world: World, bot: Bot, params: Params) -> Json:
    """SendPhoto."""
    return _send_file(world, bot, params, "photo")


def send_document(world: World, bot: Bot, params: Params) -> Json:
    """SendDocument."""
    return _send_file(world, bot, params, "document")


def _send_file(world: World, bot: Bot, params: Params, kind: str) -> Json:
    chat = open_chat(bot, params)
    words = caption(params, bot.dialect)
    stored = _file(world, bot, params, kind, params.values.get(kind, kind))
    return post(world, bot, chat, params, {**_media(bot, kind, stored), **words}).raw


def send_media_group(world: World, bot: Bot, params: Params) -> list[Json]:
    """sendMediaGroup: up to ten photos and documents as one album."""
    chat = open_chat(bot, params)
    media = structure(params, "media", list, "can't parse media JSON object") or []
    if not media:
        raise bad("there are no messages to send")
    if len(media) > ALBUM_LIMIT:
        raise bad("too many messages to send as an album")
    contents = [_album_item(world, bot, params, item) for item in media]
    album = str(bot.last_message + 1)
    return [post(world, bot, chat, params, {"media_group_id": album, **content}).raw for content in contents]


def _album_item(world: World, bot: Bot, params: Params, item: object) -> Json:
    if not isinstance(item, dict):
        raise bad("can't parse InputMedia: expected an Object")
    kind = str(item.get("type"))
    if kind not in ("photo", "document"):
        raise bad("wrong type of a media")
    stored = _file(world, bot, params, kind, item.get("media"))
    return {**_media(bot, kind, stored), **caption(Params(item), bot.dialect)}


def _media(bot: Bot, kind: str, stored: Stored) -> Json:
    if kind == "photo":
        return {"photo": files.photo(stored)}
    return {"document": files.document(stored, unique_id=bot.dialect.document_unique_id)}


def _file(world: World, bot: Bot, params: Params, kind: str, given: object) -> Stored:
    name = str(given).removeprefix("attach://")
    upload = params.files.get(name)
    if upload is not None:
        return store(world, bot.platform, kind, upload)
    stored = world.files.by_id(bot.platform, str(given))
    if stored is None or (kind == "photo" and not stored.width):
        raise bad(WRONG_FILE)
    return stored


def store(world: World, platform: str, kind: str, upload: Upload) -> Stored:
    """Keep an uploaded file, within the platform's limits.

    Raises:
        Refused: too big, empty, or not a picture where one is wanted.
    """
    size = len(upload.data)
    if size == 0:
        raise bad("file must be non-empty")
    if size > files.UPLOAD_LIMIT:
        raise Refused(413, "Request Entity Too Large")
    if kind == "photo":
        if size > files.PHOTO_LIMIT:
            limit = files.PHOTO_LIMIT
            raise bad(f"file of size {size} bytes is too big for a photo; the maximum size is {limit} bytes")
        width, height = files.picture_size(upload.data)
        if not width:
            raise bad("IMAGE_PROCESS_FAILED")
        if width + height > PHOTO_SIDES_LIMIT:
            raise bad("PHOTO_INVALID_DIMENSIONS")
    stored, content = world.files.add(platform, f"{kind}s", upload.name, upload.mime, upload.data)
    world.keep(stored)
    world.keep(content)
    return stored


def _edited(bot: Bot, params: Params) -> tuple[Chat, Message]:
    chat = open_chat(bot, params)
    message = chat.messages.get(integer(params, "message_id"))
    if message is None:
        raise bad("message to edit not found")
    if not message.mine or message.locked:
        raise bad("message can't be edited")
    return chat, message


def _edit(world: World, bot: Bot, params: Params, *, replacing: tuple[str, ...], content: Json) -> Json:
    chat, message = _edited(bot, params)
    buttons = inline_only(params)
    if buttons and buttons["inline_keyboard"]:
        content["reply_markup"] = buttons
    before = {name: message.raw[name] for name in (*replacing, "reply_markup") if name in message.raw}
    if before == content:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the "
            "same as a current content and reply markup of the message",
        )
    for name in before:
        del message.raw[name]
    message.raw.update(content)
    if replacing:
        message.raw["edit_date"] = int(world.clock.timestamp())
    world.touch(chat, message, "edit")
    return message.raw if bot.dialect.full_edits else {"message_id": 0, "chat": chat.raw, "date": 0}


def edit_message_text(world: World, bot: Bot, params: Params) -> Json:
    """editMessageText: the id stays; without `reply_markup` the buttons go."""
    _, message = _edited(bot, params)
    if "text" not in message.raw:
        raise bad("there is no text in the message to edit")
    content = message_text(params, bot.dialect)
    return _edit(world, bot, params, replacing=("text", "entities"), content=content)


def edit_message_caption(world: World, bot: Bot, params: Params) -> Json:
    """EditMessageCaption."""
    _, message = _edited(bot, params)
    if "text" in message.raw:
        raise bad("there is no caption in the message to edit")
    content = caption(params, bot.dialect)
    return _edit(world, bot, params, replacing=("caption", "caption_entities"), content=content)


def edit_message_reply_markup(world: World, bot: Bot, params: Params) -> Json:
    """EditMessageReplyMarkup: what the message says stays as new, or as old, as it was."""
    _, message = _edited(bot, params)
    said = message.touched
    edited = _edit(world, bot, params, replacing=(), content={})
    message.touched = said
    return edited


def delete_message(world: World, bot: Bot, params: Params) -> bool:
    """deleteMessage: the bot's own and the person's, within 48 hours."""
    chat = chat_of(bot, params)
    message = chat.messages.get(integer(params, "message_id"))
    if message is None:
        raise bad("message to delete not found")
    if world.clock.timestamp() - message.raw["date"] > DELETABLE_SECONDS:
        raise bad("message can't be deleted for everyone")
    world.delete(chat, message)
    return True


def send_chat_action(world: World, bot: Bot, params: Params) -> bool:
    """sendChatAction: «is typing» for five seconds."""
    chat = open_chat(bot, params)
    if not text(params, "action"):
        raise bad("wrong parameter action in request")
    chat.typing_until = world.clock.timestamp() + TYPING_SECONDS
    world.tell("typing", bot.platform, chat.address, typing=True)
    return True


def answer_callback_query(world: World, bot: Bot, params: Params) -> bool:
    """answerCallbackQuery: once, within 150 seconds of the press."""
    words = text(params, "text")
    if len(words) > ANSWER_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    press = bot.presses.pop(text(params, "callback_query_id"), None)
    if press is not None:
        world.forget(press)
    if press is None or world.clock.timestamp() - press.at > PRESS_SECONDS:
        raise bad(NO_SUCH_QUERY)
    answer: dict[str, Any] = {"text": words, "show_alert": flag(params, "show_alert")}
    if press.answer is not None and not press.answer.done():
        press.answer.set_result(answer)
    world.tell("answer", bot.platform, bot.chats[press.chat_id].address, answer=answer)
    return True
