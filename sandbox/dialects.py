"""What differs between the two platforms' Bot APIs, as data."""

from dataclasses import dataclass

DAY = 24 * 60 * 60
NOT_ON_BALE = frozenset(
    ("setmycommands", "deletemycommands", "getmycommands", "getchat", "logout", "close"),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """One platform's way of speaking the Bot API.

    Attributes:
        platform: "telegram" or "bale".
        unknown_chat: error code and description for a chat the bot cannot see.
        parse_modes: whether `parse_mode` and `entities` count; otherwise the text is Bale Markdown.
        full_edits: an edit answers with the whole message (otherwise with a stub of message_id 0).
        filters_updates: whether `allowed_updates` counts.
        member_updates: whether blocks and groups come as `my_chat_member` updates.
        command_entities: whether a person's «/start» carries a `bot_command` entity.
        chat_instance: whether callback queries carry `chat_instance`.
        document_unique_id: whether documents carry `file_unique_id`.
        reply_parameters: whether `reply_parameters` counts (otherwise only `reply_to_message_id`).
        webhook_secret: whether webhooks carry a secret header and full webhook information.
        updates_kept: how many unconfirmed updates are kept (None: all of the last 24 hours).
        group_sign: -1 where group ids are negative.
        first_user_id: where made-up user ids start; Telegram's lie above 2^31 on purpose.
        first_message_id: where message ids start; Bale's may lie above 2^31.
        missing: methods, in lower case, that the platform does not have.
    """

    platform: str
    unknown_chat: tuple[int, str]
    parse_modes: bool
    full_edits: bool
    filters_updates: bool
    member_updates: bool
    command_entities: bool
    chat_instance: bool
    document_unique_id: bool
    reply_parameters: bool
    webhook_secret: bool
    updates_kept: int | None
    group_sign: int
    first_user_id: int
    first_message_id: int
    missing: frozenset[str]


TELEGRAM = Dialect(
    platform="telegram",
    unknown_chat=(400, "Bad Request: chat not found"),
    parse_modes=True,
    full_edits=True,
    filters_updates=True,
    member_updates=True,
    command_entities=True,
    chat_instance=True,
    document_unique_id=True,
    reply_parameters=True,
    webhook_secret=True,
    updates_kept=None,
    group_sign=-1,
    first_user_id=7_000_000_001,
    first_message_id=1,
    missing=frozenset(),
)
BALE = Dialect(
    platform="bale",
    unknown_chat=(404, "Not Found: no such group or user"),
    parse_modes=False,
    full_edits=False,
    filters_updates=False,
    member_updates=False,
    command_entities=False,
    chat_instance=False,
    document_unique_id=False,
    reply_parameters=False,
    webhook_secret=False,
    updates_kept=2_000,
    group_sign=1,
    first_user_id=1_900_000_001,
    first_message_id=3_000_000_001,
    missing=NOT_ON_BALE,
)
DIALECTS = {dialect.platform: dialect for dialect in (TELEGRAM, BALE)}
