"""Malformed updates by the structure of real ones: what a hostile or broken platform could send."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

Json = dict[str, Any]

CANARY: Final = "قناری‌زرد"
"""A name that stands in every update and may stand in no line of the log."""
CANARY_NUMBERS: Final = ("0499370899", "09121234567", "120000000", "5555000011112222")
TOKEN: Final = "123456789:AAcanary-canary-canary-canary-canary-1"
CANARIES: Final = (CANARY, *CANARY_NUMBERS, TOKEN)

PREFIXES: Final = ("c", "d", "m", "q", "p", "i", "o", "f", "f1", "h", "t", "w", "r", "n", "s", "k", "l", "u")
"""Every prefix of callback data that there is, and some that there are not."""
VERBS: Final = (
    "claim",
    "agree",
    "fix",
    "open",
    "refuse",
    "return",
    "sign",
    "tick",
    "release",
    "",
    "x",
    "b",
    "s:1",
)
NUMBERS: Final = (
    "0", "-1", "1", "2", "٣", "۳", "²", "1.5", "1e9", "007", "+1", " 1", "1_0",
    str(2**31), str(2**63 - 1), str(2**63), str(10**40), "9" * 60, "NaN", "", ":", "::", "\0", "\ud800",
)  # fmt: skip

HUGE: Final = (2**31, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 10**40, -1, 0)
ODD: Final[tuple[object, ...]] = (
    None, True, False, 1.5, -0.0, 1e308, "", "\0", "\ud800", "\udfff\ud800",
    "\u200f\u202e\u2066", "a" * 5000, "ش" * 20_000,
    [], {}, [[]], [None], {"id": None}, {"id": {}}, {"": ""}, *HUGE,
)  # fmt: skip


def nested(depth: int, leaf: object = 0) -> object:
    """An object within an object, so many times."""
    for _ in range(depth):
        leaf = {"message": leaf}
    return leaf


def real_updates(chat: int) -> list[Json]:
    """One of each kind, as Telegram and Bale send them, from the private chat with this number."""
    person = {"id": chat, "is_bot": False, "first_name": CANARY, "username": "canary", "language_code": "fa"}
    room = {"id": chat, "first_name": CANARY, "type": "private"}
    base = {"message_id": 77, "from": person, "chat": room, "date": 1_790_000_000}
    photo = [{"file_id": "p1", "file_unique_id": "u", "width": 90, "height": 90, "file_size": 1000}]
    document = {"file_id": "d1", "file_unique_id": "u", "file_name": f"{CANARY}.pdf", "file_size": 1000}
    contact = {"phone_number": CANARY_NUMBERS[1], "first_name": CANARY, "user_id": chat}
    origin = {"type": "user", "sender_user": person, "date": 1_790_000_000}
    typed = [f"/start {TOKEN}", "/help", "ثبت پیشنهاد", CANARY, *CANARY_NUMBERS[:3], "تقسیط", "بازگشت", "لغو"]
    messages: list[Json] = [{"text": words} for words in typed]
    messages += [{"photo": photo, "caption": CANARY}, {"document": document}, {"contact": contact}]
    messages += [{"text": CANARY, "forward_origin": origin}, {"sticker": {"file_id": "s", "emoji": "🙂"}}]
    messages += [{"document": document, "media_group_id": "9"}, {"new_chat_members": [person]}]
    messages += [{"location": {"latitude": 35.7, "longitude": 51.4}}, {"poll": {"id": "1", "options": []}}]
    made: list[Json] = [{"message": base | one} for one in messages]
    made.append({"edited_message": base | {"edit_date": 1_790_000_001, "text": CANARY}})
    press = {"id": "4382bfdwdsb323b2d9", "from": person, "chat_instance": "1", "data": "c:1:1:claim"}
    made.append({"callback_query": press | {"message": base | {"text": CANARY}}})
    made.append({"callback_query": press | {"message": {"message_id": 1, "chat": room, "date": 0}}})
    made.append({"my_chat_member": {"chat": room, "from": person, "date": 1, "new_chat_member": {}}})
    made.append({"channel_post": base | {"text": CANARY}})
    return made


class Malformer:
    """Draws malformed updates, alike for a seed."""

    def __init__(self, seed: int) -> None:
        self.drawn = random.Random(seed)
        self._ways: tuple[Callable[[Json], object], ...] = (
            self._swapped,
            self._swapped,
            self._without,
            self._doubled,
            self._wrong_chat,
            self._hostile_press,
            self._hostile_press,
            self._hostile_press,
            self._hostile_text,
            self._deep,
            self._unknown,
        )

    def bodies(self, count: int, first_id: int, chats: range) -> Iterator[bytes]:
        """So many bodies as a webhook receives them; some are not even JSON."""
        for number in range(count):
            update = copy.deepcopy(self.drawn.choice(real_updates(self.drawn.choice(chats))))
            for _ in range(self.drawn.choice((1, 1, 1, 2, 4))):
                way = self.drawn.choice(self._ways)
                made = way(update)
                update = made if isinstance(made, dict) else update
            update["update_id"] = self._number(first_id + number)
            yield self._written(update)

    def _number(self, number: int) -> object:
        return self.drawn.choice(ODD) if self.drawn.random() < 0.02 else number  # noqa: PLR2004 - a share

    def _written(self, update: Json) -> bytes:
        written = json.dumps(update, ensure_ascii=True).encode()
        chance = self.drawn.random()
        if chance < 0.01:  # noqa: PLR2004 - a share
            return written[: self.drawn.randrange(len(written))]
        if chance < 0.02:  # noqa: PLR2004 - a share
            return self.drawn.choice(
                (b"", b"[]", b"null", b"[" * 50_000, b"\xff\xfe", b'{"update_id": 1e400}')
            )
        return written

    def _places(self, thing: object) -> list[tuple[Any, Any]]:
        """Every (container, key) within."""
        keys: list[Any] = []
        if isinstance(thing, dict):
            keys = list(thing)
        elif isinstance(thing, list):
            keys = list(range(len(thing)))
        found = [(thing, key) for key in keys]
        for key in keys:
            found += self._places(thing[key])  # type: ignore[index] # a container, as it has keys
        return found

    def _place(self, update: Json) -> tuple[Any, Any]:
        return self.drawn.choice(self._places(update) or [(update, "message")])

    def _swapped(self, update: Json) -> None:
        holder, key = self._place(update)
        holder[key] = copy.deepcopy(self.drawn.choice(ODD))

    def _without(self, update: Json) -> None:
        holder, key = self._place(update)
        if key in holder or isinstance(holder, list):
            del holder[key]

    def _doubled(self, update: Json) -> None:
        other = self.drawn.choice(real_updates(self.drawn.randint(1, 9)))
        update.update(copy.deepcopy(other))

    def _wrong_chat(self, update: Json) -> None:
        kinds = ("group", "supergroup", "channel", "sender", "PRIVATE", "", None, 5)
        for holder, key in self._places(update):
            if key == "type" and isinstance(holder, dict):
                holder[key] = self.drawn.choice(kinds)
            if key == "id" and isinstance(holder.get("type"), str):
                holder[key] = self.drawn.choice((*HUGE, -1001234567890))

    def _hostile_press(self, update: Json) -> Json:
        person = {"id": 4, "is_bot": False, "first_name": CANARY}
        for part in update.values():
            if isinstance(part, dict) and isinstance(part.get("from"), dict):
                person = part["from"]
        room = {"id": person.get("id", 4), "type": "private"}
        parts = [self.drawn.choice((*NUMBERS, *VERBS)) for _ in range(self.drawn.randint(0, 4))]
        data = ":".join((self.drawn.choice(PREFIXES), *parts))
        message = {"message_id": 5, "chat": room, "date": 1_790_000_000}
        return {"callback_query": {"id": "4", "from": person, "message": message, "data": data}}

    def _hostile_text(self, update: Json) -> None:
        words = (*NUMBERS, "/start " + "9" * 64, "/" + "a" * 4000, "/start \0", "\u2066" * 4096, "۱" * 4096)
        for holder, key in self._places(update):
            if key in ("text", "caption", "data", "file_name", "first_name"):
                holder[key] = self.drawn.choice(words)

    def _deep(self, update: Json) -> None:
        holder, key = self._place(update)
        holder[key] = nested(self.drawn.choice((5, 50, 300)))

    def _unknown(self, update: Json) -> None:
        kind = self.drawn.choice(("poll", "inline_query", "new_kind", ""))
        update[kind] = copy.deepcopy(self.drawn.choice(ODD))
