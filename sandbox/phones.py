"""What a person does with a phone: write, press, send files, block; and what is seen there."""

import asyncio
import mimetypes
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sandbox import files, markup
from sandbox.account import membership
from sandbox.sending import store
from sandbox.state import Bot, Chat, Json, Message, Person, Press
from sandbox.updates import PRESS_SECONDS
from sandbox.validate import Upload
from sandbox.view import seen
from sandbox.world import World

MOST_TOGETHER = 10
"""Files of one album."""
ANSWER_WITHIN = 10.0
SEEN_WITHIN = 5.0


def _named(upload: Upload) -> Upload:
    """An upload whose kind, where the sender did not say it, is guessed by its name."""
    guessed = upload.mime or mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
    return replace(upload, mime=guessed)


class Impossible(Exception):  # noqa: N818 - named for what happened
    """A phone cannot do that; `code` says why, such as no_such_button."""

    def __init__(self, code: str, *values: object) -> None:
        super().__init__(code, *values)
        self.code = code


class NotSeen(AssertionError):  # noqa: N818 - named for what happened
    """The awaited text did not appear; `screen` holds what the bot has written since."""

    def __init__(self, text: str, screen: list[str]) -> None:
        super().__init__(text, screen)
        self.text = text
        self.screen = screen


class Phone:
    """One person's phone, with the verbs of the people API.

    Everything that a person sends is in the journal before the verb returns. Set `old_client` for an old
    application of Bale's: its query ids start with 1 and it shows no answers to presses.
    """

    def __init__(self, world: World, person: Person) -> None:
        self.world = world
        self.person = person
        self.old_client = False
        self._seen_until = world.touches
        self._drawn: dict[int, tuple[int, Json]] = {}

    @property
    def bot(self) -> Bot:
        """The bot of the person's platform."""
        return self.world.bots[self.person.platform]

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.bot.chats[self.person.user_id]

    # --- doing ---------------------------------------------------------------------------------

    async def send(self, text: str, *, reply_to: int | None = None, group: int | None = None) -> Json:
        """Write to the bot, or in a group by its id; gives the message as it is shown."""
        content: Json = {"text": text}
        if self.bot.dialect.command_entities and (found := markup.commands(text)):
            content["entities"] = found
        return self._write(content, reply_to=reply_to, group=group)

    async def start(self, payload: str = "") -> Json:
        """Press «start», or follow a deep link; ends a block."""
        if self.person.blocked:
            await self.block_bot(blocked=False)
        return await self.send(f"/start {payload}".strip())

    async def send_file(
        self, data: bytes, name: str, *, caption: str = "", mime: str = "", photo: bool = False
    ) -> Json:
        """Send a document, or a picture as a photo.

        Raises:
            Refused: too big, empty, or no picture.
        """
        return (await self.send_files([Upload(name, mime, data)], caption=caption, photo=photo))[0]

    async def send_files(
        self, uploads: Sequence[Upload], *, caption: str = "", photo: bool = False
    ) -> list[Json]:
        """Send files together: several are an album, in which each is a message; the first has the caption.

        A messenger's album holds ten; more become several albums.

        Raises:
            Refused: one is too big, empty, or no picture; then none is sent.
        """
        kind = "photo" if photo else "document"
        kept = [store(self.world, self.person.platform, kind, _named(upload)) for upload in uploads]
        sent = []
        for start in range(0, len(kept), MOST_TOGETHER):
            together = kept[start : start + MOST_TOGETHER]
            album = {"media_group_id": f"{self.bot.serial():017d}"} if len(together) > 1 else {}
            for place, stored in enumerate(together, start=start):
                shown: Any = files.photo(stored) if photo else self._document(stored)
                said = {"caption": caption} if caption and place == 0 else {}
                sent.append(self._write({kind: shown, **said, **album}))
        return sent

    def _document(self, stored: files.Stored) -> Json:
        return files.document(stored, unique_id=self.bot.dialect.document_unique_id)

    async def share_contact(self, phone_number: str = "", *, user_id: int | None = None) -> Json:
        """Share the own phone number (or, with another `user_id`, somebody else's)."""
        number = phone_number or f"98912{self.person.user_id % 10_000_000:07d}"
        owner = self.person.user_id if user_id is None else user_id
        contact = {"phone_number": number, "first_name": self.person.name, "user_id": owner}
        return self._write({"contact": contact})

    async def edit(self, message_id: int, text: str) -> Json:
        """Change an own message.

        Raises:
            Impossible: it is not there or not one's own.
        """
        message = self.chat.messages.get(message_id)
        if message is None or message.mine or "text" not in message.raw:
            raise Impossible("no_such_message", message_id)
        message.raw["text"] = text
        message.raw["edit_date"] = int(self.world.clock.timestamp())
        self.world.touch(self.chat, message, "edit")
        self._seen_until = message.touched
        self.world.update(self.bot, "edited_message", message.raw, self.chat.id)
        self.world.commit()
        return self._shown(message)

    async def press(
        self, what: str, *, message_id: int | None = None, force: bool = False, within: float = ANSWER_WITHIN
    ) -> Json | None:
        """Press a button by its label or callback data: the newest inline one, else the reply keyboard's.

        With `force` an inline press of `message_id` goes out even if the button is gone (a phone that
        has not noticed an edit). Gives the bot's answer {text, show_alert}, None when it gives none
        `within` seconds.

        Raises:
            Impossible: there is no such button.
        """
        found = self._inline(what, message_id)
        if found is not None:
            message, data = found
        elif force and message_id in self.chat.messages:
            message, data = self.chat.messages[message_id], what
        else:
            await self._press_keyboard(what)
            return None
        press = self._press(message, data)
        try:
            answer = await asyncio.wait_for(asyncio.shield(press), within)
        except TimeoutError:
            return None
        return None if self.old_client else answer

    def _inline(self, what: str, message_id: int | None) -> tuple[Message, str] | None:
        for message in reversed(self.chat.messages.values()):
            if message_id not in (None, message.id):
                continue
            for row in message.raw.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    data = button.get("callback_data")
                    if data is not None and what in (data, button["text"]):
                        return message, data
        return None

    async def _press_keyboard(self, label: str) -> None:
        rows = (self.chat.keyboard or {}).get("keyboard", [])
        button = next((button for row in rows for button in row if button["text"] == label), None)
        if button is None:
            raise Impossible("no_such_button", label)
        if button.get("request_contact"):
            await self.share_contact()
        else:
            await self.send(label)

    def _press(self, message: Message, data: str) -> asyncio.Future[Json]:
        self._unblocked()
        now = self.world.clock.timestamp()
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        press = Press(
            self.person.platform,
            f"{1 if self.old_client else 4}{self.bot.serial():017d}",
            self.chat.id,
            now,
            answer,
        )
        self._forget_old_presses(now)
        self.bot.presses[press.id] = press
        query = {"id": press.id, "from": self.person.user, "message": message.raw, "data": data}
        if self.bot.dialect.chat_instance:
            query["chat_instance"] = str(-self.chat.id)
        self._seen_until = self.world.touches
        self.world.keep(press)
        self.world.update(self.bot, "callback_query", query, self.chat.id)
        self.world.commit()
        return answer

    def _forget_old_presses(self, now: float) -> None:
        while self.bot.presses:
            oldest = next(iter(self.bot.presses.values()))
            if now - oldest.at <= PRESS_SECONDS:
                return
            del self.bot.presses[oldest.id]
            self.world.forget(oldest)

    async def block_bot(self, *, blocked: bool = True) -> None:
        """Block the bot, or end the block; Telegram tells the bot, Bale does not."""
        if self.person.blocked == blocked:
            return
        self.person.blocked = blocked
        self.world.keep(self.person)
        if self.bot.dialect.member_updates:
            status = "kicked" if blocked else "member"
            content = membership(self.world, self.bot, self.chat.raw, self.person.user, status)
            self.world.update(self.bot, "my_chat_member", content, self.chat.id)
        self.world.commit()
        self.world.tell_people(self.person)

    async def open_group(self, title: str) -> Chat:
        """Make a group and bring the bot into it."""
        group = self.world.add_group(self.person.platform, title)
        if self.bot.dialect.member_updates:
            content = membership(self.world, self.bot, group.raw, self.person.user, "member")
            self.world.update(self.bot, "my_chat_member", content, group.id)
        self._write({"new_chat_members": [self.bot.user]}, group=group.id)
        return group

    def _write(self, content: Json, *, reply_to: int | None = None, group: int | None = None) -> Json:
        self._unblocked()
        chat = self.chat if group is None else self.bot.chats[group]
        answered = chat.messages.get(reply_to) if reply_to else None
        if answered is not None:
            content["reply_to_message"] = {
                name: value for name, value in answered.raw.items() if name != "reply_to_message"
            }
        if not self.person.started:
            self.person.started = True
            self.world.keep(self.person)
        if chat.keyboard is not None and chat.keyboard.get("one_time_keyboard"):
            self.world.show_keyboard(chat, None)
        message = self.world.post(self.bot, chat, self.person.user, content)
        self._seen_until = message.touched
        if not chat.left:
            self.world.update(self.bot, "message", message.raw, chat.id)
        self.world.commit()
        return self._shown(message)

    def _unblocked(self) -> None:
        if self.person.blocked:
            raise Impossible("blocked")

    # --- seeing --------------------------------------------------------------------------------

    def messages(self) -> list[Json]:
        """All messages of the chat, as they are shown, oldest first."""
        return [self._shown(message) for message in self.chat.messages.values()]

    def keyboard(self) -> Json | None:
        """The reply keyboard now shown."""
        return self.chat.keyboard

    def typing(self) -> bool:
        """Whether the bot is seen typing."""
        return self.chat.typing_until > self.world.clock.timestamp()

    async def sees(self, text: str = "", *, within: float = SEEN_WITHIN) -> Json:
        """Wait for a message of the bot that contains `text`, new or edited since the person's last act.

        Raises:
            NotSeen: it did not come `within` seconds.
        """
        try:
            async with asyncio.timeout(within):
                while True:
                    self.chat.changed.clear()
                    for shown in self._new():
                        if text in (shown["caption"] or shown["text"]):
                            return shown
                    await self.chat.changed.wait()
        except TimeoutError:
            raise NotSeen(text, [shown["caption"] or shown["text"] for shown in self._new()]) from None

    def _new(self) -> list[Json]:
        fresh = [m for m in self.chat.messages.values() if m.mine and m.touched > self._seen_until]
        return [self._shown(message) for message in sorted(fresh, key=lambda m: -m.touched)]

    def _shown(self, message: Message) -> Json:
        """Drawn once, and again when it was changed: who looks at a long chat holds nobody up."""
        changed, drawn = self._drawn.get(message.id, (-1, {}))
        if changed != message.changed:
            drawn = seen(self.person.platform, message.raw, mine=message.mine)
            self._drawn[message.id] = message.changed, drawn
        return drawn
