"""Every button asks again who presses it; nothing that is no private message changes anything."""

import asyncio
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from town import Resident, Town, claim, file_proposal

from domain.roles import Role

BOOKKEEPING = {"inbox", "outbox", "chats", "accounts", "slots", "ledger", "audit", "audit_head"}
"""Tables that tell what came and went, what stands on whose screen, and who looked at what."""


class Watch:
    """The tables of a running town, and the buttons that its people were shown."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.buttons: dict[str, set[str]] = {}

    def tables(self) -> dict[str, str]:
        """A digest of every table but the bookkeeping."""
        path = self.town.settings.database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
            names = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            rows = {
                name: sorted(map(repr, store.execute(f"SELECT * FROM {name}")))  # noqa: S608 - names of ours
                for name in names
                if name not in BOOKKEEPING and not name.startswith("sqlite_")
            }
        return {name: hashlib.sha256("\n".join(kept).encode()).hexdigest() for name, kept in rows.items()}

    def changed(self, before: dict[str, str]) -> set[str]:
        now = self.tables()
        return {name for name in now if now[name] != before[name]}

    def look(self, **people: Resident) -> None:
        """Note the buttons that stand in these people's chats."""
        for role, person in people.items():
            self.buttons.setdefault(role, set()).update(_data(person))


def _data(person: Resident) -> Iterator[str]:
    for message in person.phone.chat.messages.values():
        markup: dict[str, Any] = message.raw.get("reply_markup") or {}
        for row in markup.get("inline_keyboard", []):
            yield from (button["callback_data"] for button in row if "callback_data" in button)


async def press(person: Resident, data: str) -> str:
    """Press a button that this person was never shown; gives the short answer, or what was said instead."""
    message = next(m for m in reversed(person.phone.chat.messages.values()) if m.mine)
    before = person.chat_text()
    answer = await asyncio.wait_for(person.phone._press(message, data), 15)  # noqa: SLF001 - as below
    await person.town.quiet()
    return str(answer.get("text", "")) or person.chat_text().replace(before, "")


async def story(town: Town) -> tuple[Watch, dict[str, Resident]]:
    """Everybody at work for a while: a case in hand, a complaint begun, the pages of each role."""
    watch = Watch(town)
    people = {
        "officer": await town.officer(),
        "foreign": await town.officer("مینا صادقی", "سازمان دیگر"),
        "reviewer": await town.reviewer(),
        "director": await town.staff(Role.DIRECTOR, "علی حسینی"),
        "complaints": await town.staff(Role.COMPLAINTS, "لیلا کاظمی"),
        "admin": await town.staff(Role.ADMIN, "نرگس رضایی"),
        "auditor": await town.staff(Role.AUDITOR, "شیرین مرادی"),
        "stranger": await town.newcomer("حسن یوسفی"),
        "revoked": await town.reviewer("کاوه راد"),
    }
    await town.revoke("کاوه راد", Role.REVIEWER)

    async def does(who: str, *acts: str) -> None:
        for act in acts:
            person = people[who]
            if act in _labels(person):
                await person.told(act)
            else:
                await person.hears_all(act)
            watch.look(**people)

    await file_proposal(people["officer"])
    await does("officer", "پیشنهادهای من", "۱", "راهنما")
    await claim(people["reviewer"])
    watch.look(**people)
    await does("reviewer", "کارتابل", "پیوست‌ها", "یادداشت داخلی", "انصراف", "راهنما")
    await does("director", "کارتابل", "گزارش", "مورد ۱")
    for page in ("کاربران", "تنظیمات", "اطلاعیه‌ها", "قطعی و اختلال", "تقویم کاری", "توافق‌نامه خدمت"):
        await does("admin", page)
    await does("stranger", "شکایت و نظر", "شکایت", "تأخیر", "نتیجه اعلام نشد.")
    await does("auditor", "گزارش")
    await town.sweep()  # the timers have nothing left to do meanwhile
    return watch, people


def _labels(person: Resident) -> set[str]:
    rows = (row for message in person.phone.messages() for row in message["inline"] or ())
    return {button["text"] for row in rows for button in row}


EVERYBODYS = {
    "l:new:": {"link_codes"},  # a code for a second messenger, of who pressed
    "sgn:menu:": {"signings"},  # the own second factor
    "rst:case:": {"counters", "secret_events"},  # a reset of somebody else's passcode is a miss, and counted
    "trm:find:": {"forms", "form_keys"},  # the terms are everybody's, and so is searching them
    "rep:own:": {"forms", "form_keys"},  # reports are the director's, the admin's and the auditor's
    "z:ask": {"forms", "form_keys"},  # every officer searches the own proposals
    "f": {"forms", "form_keys"},  # a question of one's own, begun by one of these
}
"""What a button of another's screen does for whoever presses it: nothing but what is their own to do."""

DESK = {"reviewer", "director"}


def one_of_each_kind(found: set[str]) -> list[str]:
    """Buttons that differ in their numbers alone are one kind."""
    return sorted({re.sub(r"\d+", "0", data): data for data in sorted(found)}.values())


async def test_a_button_of_anothers_screen_changes_nothing_and_shows_no_debtor(town: Town) -> None:
    watch, people = await story(town)
    pressed, wrong = set(), []
    for role, found in watch.buttons.items():
        for who, person in people.items():
            for data in one_of_each_kind(found - watch.buttons.get(who, set())):
                before = watch.tables()
                word = await press(person, data)
                own = next((may for start, may in EVERYBODYS.items() if data.startswith(start)), set())
                pressed.add((who, data))
                if watch.changed(before) - own:
                    wrong.append(f"{data} of {role} pressed by {who} changed {watch.changed(before) - own}")
                if who not in DESK and "حسن یوسفی" in word.partition("/start")[0]:
                    wrong.append(f"{data} of {role} told {who} the debtor")
    assert wrong == []
    assert len(pressed) > 200


async def test_whoever_has_no_role_is_told_so_by_every_kind_of_office_button(town: Town) -> None:
    watch, people = await story(town)
    office = {
        data for data in watch.buttons["admin"] if data[:2] in {"i:", "s:", "nt", "wi", "ca", "rs", "pp"}
    }
    silent: list[tuple[str, str]] = []
    for data in sorted(office | {d for d in watch.buttons["reviewer"] if d[:2] in {"c:", "q:"}}):
        for who in ("stranger", "revoked", "foreign", "complaints"):
            silent += [(who, data)] if not await press(people[who], data) else []
    assert silent == []


async def test_the_same_number_on_the_other_messenger_is_another_person(town: Town) -> None:
    watch, people = await story(town)
    twin_of = people["officer"].phone.person
    town.sandbox.add_person("twin", "همزاد", platform="bale", user_id=twin_of.user_id)
    twin = Resident(town, town.sandbox.person("bale", "twin"))
    await twin.says("/start")
    assert twin.phone.person.user_id == twin_of.user_id
    assert "پیشنهادهای من" not in twin.menu()
    for data in sorted(d for d in watch.buttons["officer"] if d[:2] in {"c:", "m:", "da", "z:"}):
        before = watch.tables()
        word = await press(twin, data)
        assert watch.changed(before) == set(), data
        assert "حسن یوسفی" not in word


def _sent(person: Resident, kind: str, **message: Any) -> None:  # noqa: ANN401 - a piece of the Bot API
    """An update that no phone has a button for, from this person."""
    bot, chat = person.phone.bot, person.phone.chat
    raw = {
        "message_id": bot.serial(),
        "from": person.phone.person.user,
        "chat": chat.raw,
        "date": int(person.phone.world.clock.timestamp()),
        **message,
    }
    person.phone.world.update(bot, kind, raw, raw["chat"]["id"])
    person.phone.world.commit()


GROUP_ID = -100123
GROUP = {"id": GROUP_ID, "type": "supergroup", "title": "گروه"}
CHANNEL = {"id": -100456, "type": "channel", "title": "کانال"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
BY_OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    "in a group": ("message", {"chat": GROUP | {"type": "group"}}),
    "in a supergroup": ("message", {"chat": GROUP}),
    "by an anonymous admin": ("message", {"chat": GROUP, "from": ANONYMOUS, "sender_chat": GROUP}),
    "in a channel": ("channel_post", {"chat": CHANNEL, "sender_chat": CHANNEL}),
    "edited in a channel": ("edited_channel_post", {"chat": CHANNEL, "sender_chat": CHANNEL}),
    "edited": ("edited_message", {"edit_date": 1}),
    "forwarded": (
        "message",
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "کسی", "date": 1}},
    ),
    "forwarded on Bale": ("message", {"forward_date": 1}),
    "by way of a bot": ("message", {"via_bot": {"id": 9, "is_bot": True, "first_name": "b"}}),
    "in the name of a chat": ("message", {"sender_chat": CHANNEL}),
}


@pytest.mark.parametrize("how", BY_OTHERS)
async def test_only_what_a_person_says_in_private_does_anything(town: Town, how: str) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    watch, (kind, parts) = Watch(town), BY_OTHERS[how]
    await file_proposal(officer)
    await reviewer.sees("رسید")
    await reviewer.presses("دیدن پیشنهاد")
    token = await town.invite(Role.DIRECTOR, "علی حسینی")
    before = watch.tables()
    for text in ("برداشتن", "ثبت پیشنهاد", "/new", "کارتابل", "شکایت و نظر", f"/start {token}", token):
        _sent(reviewer, kind, text=text, **parts)
        await town.quiet()
    assert watch.changed(before) == set()


async def test_a_press_in_a_group_does_nothing(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await reviewer.sees("رسید")
    watch = Watch(town)
    before, bot = watch.tables(), reviewer.phone.bot
    query = {
        "id": "900000000000000001",
        "from": reviewer.phone.person.user,
        "message": {"message_id": 5, "date": 1, "chat": GROUP, "text": "x"},
        "data": "c:1:1:claim",
        "chat_instance": "1",
    }
    reviewer.phone.world.update(bot, "callback_query", query, GROUP_ID)
    reviewer.phone.world.commit()
    await town.quiet()
    assert watch.changed(before) == set()
