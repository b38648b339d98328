"""Every button asks again who presses it; nothing that is no private message changes anything."""

import asyncio
import hashlib
import re
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from security_stories import DEBTOR, STORIES, everybody, filing
from town import Resident, Town, claim, file_proposal

from domain.roles import Role

BOOKKEEPING = {"inbox", "outbox", "chats", "accounts", "slots", "ledger", "audit", "audit_head"}
"""Tables that tell what came and went, what stands on whose screen, and who looked at what."""


class Watch:
    """The tables of a running town."""

    def __init__(self, town: Town) -> None:
        self.path = town.settings.database_url.removeprefix("sqlite:///")
        self.seen = self.tables()

    def tables(self) -> dict[str, str]:
        """A digest of every table but the bookkeeping."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as store:
            names = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            rows = {
                name: sorted(map(repr, store.execute(f"SELECT * FROM {name}")))  # noqa: S608 - names of ours
                for name in names
                if name not in BOOKKEEPING and not name.startswith("sqlite_")
            }
        return {name: hashlib.sha256("\n".join(kept).encode()).hexdigest() for name, kept in rows.items()}

    def changed(self) -> set[str]:
        """The tables that were changed since this was asked last."""
        before, self.seen = self.seen, self.tables()
        return {name for name, digest in self.seen.items() if digest != before[name]}


OLD = "این دکمه قدیمی است؛ صفحه کنونی را ببینید."
REFUSED = {
    OLD,
    "این کار در اختیار شما نیست.",
    "این کار در نقش‌های شما نیست. برای دیدن کارهای خود «منو» را بنویسید.",
    "رسیدگی به این شکایت اکنون با شما نیست.",
    "فقط ثبت‌کننده پیشنهاد می‌تواند این کار را انجام دهد.",
}
"""What whoever may not is told: of the role, of the desk, of the owner, or that the screen is another's."""

DESK, OFFICERS = {"reviewer", "director"}, {"officer", "foreign"}
RIGHT_ROLES = {
    "c:0:0:own": set[str](),
    "c:": DESK,
    "q:": DESK,
    "cmp:": {"complaints", "director"},
    "rep:": {"director", "admin", "auditor"},
    "aud:": {"admin", "auditor"},
    "ppl:sub": DESK | {"complaints"},
    "m:": OFFICERS,
    "z:": OFFICERS,
}
"""Whose role has such buttons too: theirs is no wrong one. Of all others only the owner may press one."""

FORM = {"forms", "form_keys"}
EVERYBODYS = {
    "l:": {"link_codes"},  # a code for a second messenger, of who pressed
    "sgn:": {"signings"},  # the own second factor
    "rst:how:": set[str](),
    "rst:case:": {"counters", "secret_events"},  # a reset of somebody else's passcode is a miss, and counted
    "trm:draft": None,
    "trm:meas": set[str](),
    "trm:": FORM,  # the terms are everybody's, and so is searching them
    "dta:fix:": FORM,  # what stands about whoever presses, corrected, handed out or erased
    "dta:menu:": set[str](),
    "dta:export:": set[str](),
    "dta:erase:": set[str](),
    "dta:not:": set[str](),
    "dta:sure:": {"data_requests"},
}
"""What everybody may press for themselves, and what of one's own it changes (None: not everybody may)."""


def of_kind(data: str, kinds: dict[str, Any]) -> Any:  # noqa: ANN401 - what stands in the table
    """What a table says of such a button; None where it says nothing."""
    plain = re.sub(r"\d+", "0", data)
    return next((said for start, said in kinds.items() if plain.startswith(start)), None)


def one_of_each_kind(found: set[str]) -> list[str]:
    """Buttons that differ in their numbers alone are one kind; those that everybody may press go last."""
    kinds = {re.sub(r"\d+", "0", data): data for data in sorted(found)}.values()
    return sorted(kinds, key=lambda data: (of_kind(data, EVERYBODYS) is not None, data))


async def press(person: Resident, data: str) -> str:
    """Press a button that this person was never shown; gives the short answer."""
    message = next(m for m in reversed(person.phone.chat.messages.values()) if m.mine)
    answer = await asyncio.wait_for(person.phone._press(message, data), 60)  # noqa: SLF001 - as below
    return str(answer.get("text", ""))


async def all_press(people: dict[str, Resident], data: str) -> dict[str, str]:
    """All of them press it at once; what each is answered, or told instead."""
    before = {who: _touched(person) for who, person in people.items()}
    answers = await asyncio.gather(*(press(person, data) for person in people.values()))
    for person in list(people.values())[:1]:
        await person.town.quiet()
    told = {who: _told_since(person, before[who]) for who, person in people.items()}
    return {who: answer or told[who] for who, answer in zip(people, answers, strict=True)}


def _touched(person: Resident) -> int:
    return max(message.touched for message in person.phone.chat.messages.values())


def _told_since(person: Resident, moment: int) -> str:
    messages = person.phone.chat.messages.values()
    return "\n".join(m.raw.get("text", "") for m in messages if m.mine and m.touched > moment).replace(
        "\u200f", ""
    )


@pytest.mark.parametrize("story", STORIES)
async def test_whoever_presses_a_button_of_another_role_changes_nothing_and_is_politely_told(
    town: Town, story: str
) -> None:
    people = await everybody(town)
    await STORIES[story](people)
    people.look()
    await town.sweep()  # the timers have nothing left to do meanwhile
    watch, wrong, pressed = Watch(town), list[str](), 0
    for data in one_of_each_kind(set().union(*people.shown.values())):
        own, right = of_kind(data, EVERYBODYS), of_kind(data, RIGHT_ROLES) or set()
        owners = {who for who, shown in people.shown.items() if data in shown}
        said = await all_press({w: p for w, p in people.items() if w not in owners | right}, data)
        pressed += len(said)
        if changed := watch.changed() - (own or set()):
            wrong.append(f"{data} changed {changed}")
        wrong += [f"{data} told {who} {word}" for who, word in said.items() if DEBTOR in word]
        if own is None:
            wrong += [f"{data} told {who} {word!r}" for who, word in said.items() if word not in REFUSED]
            nobodies = {said[who] for who in ("stranger", "revoked") if who in said}
            wrong += [f"{data} told these apart: {nobodies}"] if len(nobodies) > 1 else []
    assert wrong == []
    assert pressed >= 40


async def test_the_same_number_on_the_other_messenger_is_another_person(town: Town) -> None:
    people = await everybody(town)
    await filing(people)
    await claim(people["reviewer"])
    await town.sweep()
    twin_of = people["officer"].phone.person
    town.sandbox.add_person("twin", "همزاد", platform="bale", user_id=twin_of.user_id)
    twin = Resident(town, town.sandbox.person("bale", "twin"))
    await twin.says("/start")
    assert twin.phone.person.user_id == twin_of.user_id
    assert "پیشنهادهای من" not in twin.menu()
    watch = Watch(town)
    for data in sorted(d for d in people.shown["officer"] if d[:2] in {"c:", "m:", "da", "z:"}):
        said = await all_press({"twin": twin}, data)
        assert watch.changed() == set(), data
        assert said["twin"] in REFUSED, data


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
    kind, parts = BY_OTHERS[how]
    await file_proposal(officer)
    await reviewer.sees("رسید")
    await reviewer.presses("دیدن پیشنهاد")
    token = await town.invite(Role.DIRECTOR, "علی حسینی")
    watch = Watch(town)
    for text in ("برداشتن", "ثبت پیشنهاد", "/new", "کارتابل", "شکایت و نظر", f"/start {token}", token):
        _sent(reviewer, kind, text=text, **parts)
        await town.quiet()
    assert watch.changed() == set()


async def test_a_press_in_a_group_does_nothing(town: Town) -> None:
    officer, reviewer = await town.officer(), await town.reviewer()
    await file_proposal(officer)
    await reviewer.sees("رسید")
    watch, bot = Watch(town), reviewer.phone.bot
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
    assert watch.changed() == set()
