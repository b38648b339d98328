"""Bot API methods about the bot itself, its updates, its chats and files."""

from sandbox.faults import OTHER_POLL
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.sending import chat_of
from sandbox.state import Bot, Json, Webhook
from sandbox.validate import Params, Refused, bad, flag, integer, structure, text
from sandbox.world import World

LONGEST_POLL = 50
BATCH_LIMIT = 100
DEFAULT_CONNECTIONS = 40
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


def get_me(world: World, bot: Bot, params: Params) -> Json:  # noqa: ARG001 - all methods have one shape
    """GetMe: the bot itself."""
    return {
        **bot.user,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, bot: Bot, params: Params) -> str:
    """getUpdates, as the JSON text of the array.

    Raises:
        Refused: 409 when a webhook is set, or to the older of two polls.
    """
    if bot.webhook is not None:
        raise Refused(409, WEBHOOK_ACTIVE)
    queue = bot.updates
    queue.disturb()
    _want(world, bot, params)
    queue.expire(world.clock.timestamp())
    queue.confirm(integer(params, "offset"))
    if not await queue.wait(min(integer(params, "timeout"), LONGEST_POLL)):
        raise Refused(409, OTHER_POLL)
    limit = min(max(integer(params, "limit", BATCH_LIMIT), 1), BATCH_LIMIT)
    return f"[{','.join(queue.batch(limit))}]"


def _want(world: World, bot: Bot, params: Params) -> None:
    wanted = structure(params, "allowed_updates", list, "can't parse allowed updates JSON object")
    if wanted is not None and (wanted or None) != bot.allowed:
        bot.allowed = wanted or None
        world.keep(bot)


def set_webhook(world: World, bot: Bot, params: Params) -> bool:
    """setWebhook; an empty url removes it. Plain http is taken: this server is a local one."""
    url = text(params, "url")
    if url and not url.startswith(("http://", "https://")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    secret = text(params, "secret_token") if bot.dialect.webhook_secret else ""
    connections = integer(params, "max_connections", DEFAULT_CONNECTIONS)
    _want(world, bot, params)
    return _set_webhook(world, bot, params, Webhook(url, secret, connections) if url else None)


def delete_webhook(world: World, bot: Bot, params: Params) -> bool:
    """DeleteWebhook: back to getUpdates."""
    return _set_webhook(world, bot, params, None)


def _set_webhook(world: World, bot: Bot, params: Params, hook: Webhook | None) -> bool:
    if flag(params, "drop_pending_updates"):
        bot.updates.clear()
    bot.webhook = hook
    world.keep(bot)
    if bot.updates.on_put is not None:
        bot.updates.on_put()
    bot.updates.disturb()
    return True


def get_webhook_info(world: World, bot: Bot, params: Params) -> Json:  # noqa: ARG001
    """getWebhookInfo; on Bale the address only."""
    hook = bot.webhook
    if not bot.dialect.webhook_secret:
        return {"url": hook.url if hook else ""}
    bot.updates.expire(world.clock.timestamp())
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(bot.updates),
    }
    if hook is not None:
        info["max_connections"] = hook.connections
        if hook.last_error is not None:
            info["last_error_message"] = hook.last_error
            info["last_error_date"] = hook.last_error_at
    if bot.allowed:
        info["allowed_updates"] = bot.allowed
    return info


def _scope(params: Params) -> str:
    scope = structure(params, "scope", dict, "can't parse BotCommandScope") or {"type": "default"}
    return f"{scope.get('type')}/{scope.get('chat_id', '')}/{text(params, 'language_code')}"


def set_my_commands(world: World, bot: Bot, params: Params) -> bool:
    """SetMyCommands, by scope and language."""
    bot.commands[_scope(params)] = (
        structure(params, "commands", list, "can't parse commands JSON object") or []
    )
    world.keep(bot)
    return True


def delete_my_commands(world: World, bot: Bot, params: Params) -> bool:
    """DeleteMyCommands, by scope and language."""
    bot.commands.pop(_scope(params), None)
    world.keep(bot)
    return True


def get_my_commands(world: World, bot: Bot, params: Params) -> list[Json]:  # noqa: ARG001
    """GetMyCommands, by scope and language."""
    return bot.commands.get(_scope(params), [])


def leave_chat(world: World, bot: Bot, params: Params) -> bool:
    """LeaveChat: groups only."""
    chat = chat_of(bot, params)
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    chat.left = True
    world.keep(chat)
    if bot.dialect.member_updates:
        world.update(bot, "my_chat_member", membership(world, bot, chat.raw, bot.user, "left"), chat.id)
    return True


def membership(world: World, bot: Bot, chat: Json, by: Json, status: str) -> Json:
    """The content of a `my_chat_member` update: `by` made the bot a `status` in `chat`."""
    before = "member" if status in ("left", "kicked") else "kicked" if chat["type"] == "private" else "left"
    return {
        "chat": chat,
        "from": by,
        "date": int(world.clock.timestamp()),
        "old_chat_member": _member(bot, before),
        "new_chat_member": _member(bot, status),
    }


def _member(bot: Bot, status: str) -> Json:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": bot.user, "status": status, **until}


def get_chat(world: World, bot: Bot, params: Params) -> Json:  # noqa: ARG001
    """GetChat."""
    chat = chat_of(bot, params)
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return {
        **chat.raw,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, True),
    }


def get_file(world: World, bot: Bot, params: Params) -> Json:
    """GetFile: up to 20 MB."""
    file_id = text(params, "file_id")
    stored = world.files.by_id(bot.platform, file_id)
    if stored is None:
        raise bad("invalid file_id")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def agree(world: World, bot: Bot, params: Params) -> bool:  # noqa: ARG001
    """LogOut, close: nothing to do here."""
    return True
