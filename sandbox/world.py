"""The world of the sandbox: who and what there is, what happens to it, and its journal."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

from sandbox import updates
from sandbox.clock import Clock
from sandbox.dialects import DIALECTS
from sandbox.files import Files
from sandbox.journal import Journal, Recorded
from sandbox.state import Bot, Chat, Json, Message, Person, Press, Webhook
from sandbox.updates import Update, Updates
from sandbox.view import seen

# Ids given in the last moment before a kill may not be in the journal: a restart skips well past them.
IDS_SKIPPED_AT_RESTART = 1_000


class World:
    """Everything there is, in memory, with the journal behind it."""

    def __init__(self, clock: Clock, journal: Path | None = None) -> None:
        self.clock = clock
        self.bots: dict[str, Bot] = {}
        self.tokens: dict[str, Bot] = {}
        self.people: dict[tuple[str, str], Person] = {}
        self.files = Files()
        self.listeners: set[asyncio.Queue[Json]] = set()
        self.touches = 0
        self.journal = Journal(journal) if journal else None
        if self.journal is not None:
            self._load(self.journal)

    # --- what is there -------------------------------------------------------------------------

    def add_bot(self, platform: str, token: str, username: str, name: str) -> Bot:
        """A bot on `platform`; called again, the same bot with a new token or name."""
        bot = self.bots.get(platform)
        if bot is None:
            dialect = DIALECTS[platform]
            queue = Updates(dialect.updates_kept, self.forget)
            bot = Bot(dialect, token, username, name, queue, dialect.first_message_id - 1)
            self.bots[platform] = bot
        self.tokens.pop(bot.token, None)
        bot.token, bot.username, bot.name = token, username, name
        self.tokens[token] = bot
        self.keep(bot)
        return bot

    def add_person(
        self, address: str, name: str, *, platform: str, user_id: int | None = None, role_hint: str = ""
    ) -> Person:
        """A person with a phone at `address`; the same one when called again."""
        known = self.people.get((platform, address))
        if known is not None:
            return known
        bot = self.bots[platform]
        number = user_id or max(bot.last_user + 1, bot.dialect.first_user_id)
        person = Person(platform, address, name, number, role_hint)
        self._admit(bot, person)
        chat = Chat(platform, number, {"id": number, "type": "private", "first_name": name}, address)
        bot.chats[number] = chat
        self.keep(person)
        self.keep(chat)
        self.tell_people(person)
        return person

    def add_group(self, platform: str, title: str) -> Chat:
        """A group with the bot in it."""
        bot = self.bots[platform]
        number = bot.dialect.group_sign * (4_000_000_000 + len(bot.chats))
        raw = {"id": number, "type": "group", "title": title, "all_members_are_administrators": True}
        chat = Chat(platform, number, raw, f"group:{number}")
        bot.chats[number] = chat
        self.keep(chat)
        return chat

    def _admit(self, bot: Bot, person: Person) -> None:
        self.people[person.platform, person.address] = person
        bot.people[person.user_id] = person
        bot.last_user = max(bot.last_user, person.user_id)

    # --- what happens --------------------------------------------------------------------------

    def post(self, bot: Bot, chat: Chat, sender: Json | None, content: Json) -> Message:
        """A new message in `chat`, from `sender` (None: from the bot)."""
        raw = {
            "message_id": bot.serial(),
            "from": sender or bot.user,
            "chat": chat.raw,
            "date": int(self.clock.timestamp()),
            **content,
        }
        message = Message(bot.platform, chat.id, sender is None, raw)
        chat.messages[message.id] = message
        self.keep(bot)
        self.touch(chat, message, "message")
        return message

    def touch(self, chat: Chat, message: Message, event: str) -> None:
        """Note that a message is new or edited: journal, page, whoever waits."""
        self.touches += 1
        message.touched = message.changed = self.touches
        self.keep(message)
        chat.changed.set()
        if self.listeners:
            self.tell(
                event,
                chat.platform,
                chat.address,
                message=seen(message.platform, message.raw, mine=message.mine),
            )

    def delete(self, chat: Chat, message: Message) -> None:
        """Take a message away for everybody."""
        del chat.messages[message.id]
        self.forget(message)
        chat.changed.set()
        if self.listeners:
            gone = {**seen(message.platform, message.raw, mine=message.mine), "deleted": True}
            self.tell("delete", chat.platform, chat.address, message=gone, message_id=message.id)

    def show_keyboard(self, chat: Chat, keyboard: Json | None) -> None:
        """Show a reply keyboard (or none) under the chat."""
        chat.keyboard = keyboard
        self.keep(chat)
        chat.changed.set()
        self.tell("keyboard", chat.platform, chat.address, keyboard=keyboard)

    def update(self, bot: Bot, kind: str, content: Json, chat_id: int) -> None:
        """Queue an update for the bot, if it wants this kind."""
        if bot.allowed and bot.dialect.filters_updates and kind not in bot.allowed:
            return
        number, bot.next_update = bot.next_update, bot.next_update + 1
        expires = self.clock.timestamp() + updates.lifetime(kind)
        update = Update(bot.platform, number, chat_id, expires, updates.body(number, kind, content))
        self.keep(bot)
        self.keep(update)
        bot.updates.put(update)

    def tell(self, event: str, platform: str, key: str, **more: object) -> None:
        """Tell the open pages."""
        for listener in self.listeners:
            listener.put_nowait({"type": event, "platform": platform, "key": key, **more})

    def tell_people(self, person: Person) -> None:
        """Tell the open pages that a person is new or changed, with everybody."""
        if self.listeners:
            everybody = [someone.shown for someone in self.people.values()]
            self.tell("people", person.platform, person.address, people=everybody)

    # --- the journal ---------------------------------------------------------------------------

    def keep(self, thing: Recorded) -> None:
        """Write `thing` down with the next commit."""
        if self.journal is not None:
            self.journal.put(thing)

    def forget(self, thing: Recorded) -> None:
        """Strike `thing` out with the next commit."""
        if self.journal is not None:
            self.journal.drop(thing)

    def commit(self) -> None:
        """Have everything so far in the journal, now."""
        if self.journal is not None:
            self.journal.commit()

    def open(self) -> None:
        """Open the journal again, if it was closed."""
        if self.journal is not None:
            self.journal.open()

    def close(self) -> None:
        """Commit and close the journal."""
        if self.journal is not None:
            self.journal.close()

    def _load(self, journal: Journal) -> None:
        for row in journal.records("clock"):
            self.clock.offset = row["offset"]
        for row in journal.records("bot"):
            self._load_bot(row)
        for row in journal.records("person"):
            self._admit(self.bots[row["platform"]], Person(**row))
        for row in journal.records("chat"):
            self.bots[row["platform"]].chats[row["id"]] = Chat(**row)
        for row in sorted(journal.records("message"), key=_message_id):
            chat = self.bots[row["platform"]].chats[row["chat_id"]]
            row["raw"]["chat"] = chat.raw
            chat.messages[_message_id(row)] = Message(**row)
        for row in sorted(journal.records("update"), key=_update_id):
            self.bots[row["platform"]].updates.put(Update(**row))
        for row in journal.records("press"):
            self.bots[row["platform"]].presses[row["id"]] = Press(**row)
        self.files.load(journal)

    def _load_bot(self, row: Json) -> None:
        dialect = DIALECTS[row["platform"]]
        hook = row["webhook"]
        bot = Bot(
            dialect,
            row["token"],
            row["username"],
            row["name"],
            Updates(dialect.updates_kept, self.forget),
            row["last_message"] + IDS_SKIPPED_AT_RESTART,
            row["next_update"],
            row["allowed"],
            row["commands"],
            Webhook(**hook) if hook else None,
        )
        bot.updates.last_id = bot.next_update - 1
        self.bots[bot.platform] = self.tokens[bot.token] = bot

    def groups(self) -> Iterator[Chat]:
        """All groups that a bot has not left."""
        return (c for bot in self.bots.values() for c in bot.chats.values() if not (c.private or c.left))


def _message_id(row: Json) -> int:
    return int(row["raw"]["message_id"])


def _update_id(row: Json) -> int:
    return int(row["id"])


def dumps(value: object) -> str:
    """Compact JSON, Persian as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
