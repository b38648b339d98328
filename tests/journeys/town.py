"""A small town for the stories: the whole bot on a real store, the sandbox over real HTTP, and its people."""

import asyncio
import datetime as dt
import mimetypes
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import sent_files
from pydantic import SecretStr

from bot.app import App
from bot.settings import Settings
from bot.timers import SWEEPS, swept
from domain.lifecycle import State
from domain.roles import Role
from messages_fa.markup import RLM
from persian.text import to_latin_digits
from sandbox import Clock, Phone, Sandbox
from sandbox.files import photo as picture
from sandbox.sending import store
from sandbox.validate import Upload
from scans import Cleaner
from services import people
from storage.engine import file_of
from storage.keyfile import make_key
from storage.records import OutboxState
from storage.work import Work

Result = TypeVar("Result")

TOKENS = {
    "telegram": "2000000001:journey-telegram-0000000000000000001",
    "bale": "2000000002:journey-bale-0000000000000000000002",
}
AGENCY = "سازمان نمونه"
ANYBODY = ["پیگیری", "شکایت و نظر", "توافق‌نامه خدمت", "وضعیت سامانه", "راهنما"]
"""The main menu of somebody without a role; whoever has one finds the own entries before it."""
PDF = sent_files.PDF
CLEANER = Cleaner()
"""One for all towns: its child is started once."""

_CODE = re.compile(r"\d{4}\s\d{4}\s\d{4}")
_PASSCODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}")


class Resident:
    """A person of the town with a phone; reads as somebody using the bot."""

    def __init__(self, town: "Town", phone: Phone) -> None:
        self.town = town
        self.phone = phone

    async def says(self, *texts: str) -> dict[str, Any]:
        """Write messages one after the other, waiting for the bot's word each time; gives the last word."""
        word: dict[str, Any] = {}
        for text in texts:
            await self.phone.send(text)
            word = await self.sees()
        return word

    async def hears_all(self, text: str) -> list[str]:
        """Write a message; gives all that the bot says to it, in order."""
        before = {m["id"] for m in self.phone.messages()}
        await self.phone.send(text)
        await self.town.quiet()
        new = (m for m in self.phone.messages() if m["id"] not in before and m["from"] == "bot")
        return [m["text"] or m["caption"] or "" for m in new]

    async def presses(self, *labels: str) -> dict[str, Any]:
        """Press buttons one after the other; gives the last screen."""
        word: dict[str, Any] = {}
        for label in labels:
            await self.phone.press(label)
            word = await self.sees()
        return word

    async def told(self, label: str, *, message_id: int | None = None, force: bool = False) -> str:
        """Press a button and wait until all is done; gives the short answer to the press."""
        answer = await self.phone.press(label, message_id=message_id, force=force)
        await self.town.quiet()
        return str((answer or {}).get("text", ""))

    async def sends_file(self, content: bytes = PDF, name: str = "letter.pdf", **how: Any) -> dict[str, Any]:  # noqa: ANN401
        """Send a file and wait for the bot's word."""
        await self.phone.send_file(content, name, **how)
        return await self.sees()

    async def sends_album(self, *sent: tuple[bytes, str], photos: bool = False) -> dict[str, Any]:
        """Send files together, as one album; gives the screen once the bot has taken all of them."""
        kind = "photo" if photos else "document"
        for content, name in sent:
            mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
            kept = store(self.phone.world, self.phone.person.platform, kind, Upload(name, mime, content))
            shown: Any = picture(kept) if photos else self.phone._document(kept)  # noqa: SLF001 - as below
            self.sends_oddly({kind: shown, "media_group_id": "13374242"})
        await self.town.quiet()
        return self.live()

    def sends_oddly(self, content: dict[str, Any]) -> None:
        """Send something that no phone of the sandbox has a button for, such as a sticker."""
        self.phone._write(content)  # noqa: SLF001 - the phone's one way of sending anything at all

    async def sees(self, text: str = "") -> dict[str, Any]:
        """Wait for the bot to show this since the person's last act."""
        return await self.phone.sees(text, within=15)

    def screen(self) -> str:
        """What the last message of the bot says."""
        return str(next(m["text"] for m in reversed(self.phone.messages()) if m["from"] == "bot"))

    def heard(self, text: str) -> int:
        """How many messages of the bot contain this."""
        return sum(
            text in (m["text"] or m.get("caption") or "") for m in self.phone.messages() if m["from"] == "bot"
        )

    def live(self) -> dict[str, Any]:
        """The last message of the bot that has buttons."""
        return next(m for m in reversed(self.phone.messages()) if m["inline"])

    def menu(self) -> list[str]:
        """The labels of the reply keyboard."""
        return [button["text"] for row in (self.phone.keyboard() or {}).get("keyboard", []) for button in row]

    def chat_text(self) -> str:
        """Everything that stands in the chat now."""
        return "\n".join(m["text"] or m["caption"] or "" for m in self.phone.messages())

    def labels(self) -> list[str]:
        """The inline buttons of the last message that has any."""
        return [button["text"] for row in self.live()["inline"] for button in row]


@dataclass
class Town:
    """The sandbox, the running bot, and where its store is."""

    sandbox: Sandbox
    settings: Settings
    platform: str
    app: App | None = None
    cleaner: Cleaner | None = CLEANER
    _task: asyncio.Task[None] | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self) -> None:
        """Start the bot."""
        self._stop = asyncio.Event()
        self.app = await App.open(self.settings, clock=self.sandbox.clock, cleaner=self.cleaner)
        self._task = asyncio.create_task(self.app.run(self._stop))
        await self.app.started.wait()

    async def close(self) -> None:
        """Stop the bot as SIGTERM does."""
        self._stop.set()
        if self._task is not None:
            await self._task

    @property
    def running(self) -> bool:
        """Whether the bot is at work."""
        return self._task is not None and not self._task.done()

    def refused(self) -> dict[tuple[str, str], int]:
        """How many messages of each platform were refused for their form (and perhaps sent again bare)."""
        counts = self.sandbox.counts.items()
        return {
            (p, method): n for (p, method, status), n in counts if method.startswith("send") and status == 400
        }

    def apologised(self) -> list[str]:
        """The chats in which the bot had to say that it failed."""
        chats = (chat for bot in self.sandbox.world.bots.values() for chat in bot.chats.values())
        apology = "متأسفانه کار شما انجام نشد"
        return [
            c.address for c in chats if any(apology in m.raw.get("text", "") for m in c.messages.values())
        ]

    async def crash(self) -> None:
        """End the bot without any farewell."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def run(self, unit: Callable[[Work], Result]) -> Result:
        """A unit of work on the bot's own store."""
        assert self.app is not None
        return await self.app.store.run(unit)

    async def quiet(self) -> None:
        """Wait until every update is handled and every message settled."""
        for _ in range(1500):
            if not self._updates_wait() and not await self.run(_at_work):
                return
            await asyncio.sleep(0.01)
        raise TimeoutError

    def _updates_wait(self) -> bool:
        return any(len(bot.updates) for bot in self.sandbox.world.bots.values())

    async def cases(self) -> int:
        """How many cases there are."""
        return await self.run(lambda work: work.cases.count(tuple(State)))

    async def sweep(self) -> None:
        """Let every timer go off now."""
        assert self.app is not None
        for name, sweep, _seconds in SWEEPS:
            while await swept(self.app.store, self.app.office, name, sweep):
                pass
        await self.quiet()

    async def wait(self, **by: float) -> None:
        """Let so much time pass at once, and the timers go off."""
        self.sandbox.clock.advance(dt.timedelta(**by).total_seconds())
        await self.sweep()

    async def add_account(self, resident: Resident, platform: str) -> Resident:
        """The same person with a phone on the other messenger too."""
        person = resident.phone.person
        again = await self.newcomer(person.address, person.name, platform)

        def unit(work: Work) -> None:
            known = work.people.by_account(person.platform, person.user_id)
            assert known is not None
            work.people.bind(platform, again.phone.person.user_id, known.id)

        await self.run(unit)
        return again

    async def revoke(self, name: str, role: Role) -> None:
        """Take a role from somebody."""

        def unit(work: Work) -> None:
            person = next(person for person in work.people.all() if person.name == name)
            people.revoke(work, by=None, person_id=person.id, role=role)

        await self.run(unit)

    async def newcomer(self, key: str, name: str = "", platform: str = "") -> Resident:
        """Somebody who has just pressed «start»."""
        there = platform or self.platform
        self.sandbox.add_person(key, name or key, platform=there)
        resident = Resident(self, self.sandbox.person(there, key))
        await resident.says("/start")
        return resident

    async def staff(self, role: Role, name: str, agency: str | None = None, platform: str = "") -> Resident:
        """Somebody who has joined by an invitation."""
        token = await self.invite(role, name, agency)
        resident = await self.newcomer(name, name, platform)
        await resident.phone.send(f"/start {token}")
        await resident.sees("خوش آمدید")
        return resident

    async def invite(self, role: Role, name: str, agency: str | None = None) -> str:
        """An invitation from the command line."""
        made = await self.run(lambda work: people.invite(work, by=None, role=role, name=name, agency=agency))
        return made.token

    async def officer(self, name: str = "سارا محمدی", agency: str = AGENCY, platform: str = "") -> Resident:
        """An officer of an agency."""
        return await self.staff(Role.OFFICER, name, agency, platform)

    async def reviewer(self, name: str = "رضا کریمی", platform: str = "") -> Resident:
        """A reviewer."""
        return await self.staff(Role.REVIEWER, name, None, platform)


def _at_work(work: Work) -> bool:
    # In the order of the pipeline: on PostgreSQL each statement sees what was committed before it, so an
    # update that is handled between the two readings must be found in the second.
    if work.inbox.waiting_chats():
        return True
    return any(n for state, n in work.outbox.counts().items() if state != OutboxState.FAILED)


def town_settings(sandbox: Sandbox, database_url: str, home: Path) -> Settings:
    """Settings that lead into the sandbox, with ports of their own.

    For a database on a server an operator makes the key; for a file the bot does.
    """
    if file_of(database_url) is None:
        make_key(home / "secret.key")
    return Settings(
        _env_file=None,
        data_dir=home,
        database_url=database_url,
        health_port=0,
        chat_interval=0,
        telegram_token=SecretStr(TOKENS["telegram"]),
        telegram_api=sandbox.url,
        telegram_rate=1000,
        bale_token=SecretStr(TOKENS["bale"]),
        bale_api=sandbox.url,
        bale_rate=1000,
    )


async def build_sandbox(journal: Path | None = None) -> Sandbox:
    """A running sandbox with a bot on each platform."""
    sandbox = Sandbox(journal, Clock())
    for platform, token in TOKENS.items():
        sandbox.add_bot(platform, token, "mohlat_bot", "مهلت")
    await sandbox.start()
    return sandbox


@asynccontextmanager
async def living(platform: str, database_url: str, home: Path) -> AsyncIterator[Town]:
    """A running town; its clock stands on 5 October 2026, 10:00 in Tehran, and goes on from there."""
    sandbox = await build_sandbox()
    sandbox.clock.set(dt.datetime(2026, 10, 5, 6, 30, tzinfo=dt.UTC))
    town = Town(sandbox, town_settings(sandbox, database_url, home), platform)
    await town.open()
    yield town
    if town.running:
        await town.quiet()
    assert not town.apologised(), "a handler failed"
    await town.close()
    await sandbox.stop()


def code_in(text: str) -> str:
    """The tracking code shown in a text, 12 digits."""
    found = _CODE.search(to_latin_digits(text))
    assert found is not None, text
    return "".join(found.group().split())


def passcode_in(receipt: str) -> str:
    """The passcode of a receipt."""
    return next(line for line in receipt.replace(RLM, "").splitlines() if _PASSCODE.fullmatch(line))


BY_INSTALMENTS = (
    "تقسیط",
    "خیر",
    "وزارتخانه",
    "خیر",
    "علی رضایی",
    "مدیر کل",
    "۱۲۳/۴۵/ص",
    "۱۴۰۵/۰۶/۳۱",
)
"""The answers before the scan of the letter."""

ABOUT_THE_DEBT = (
    "شخص حقیقی",
    "حسن یوسفی",
    "۰۴۹۹۳۷۰۸۹۹",
    "رد کردن",
    "اضافه‌پرداختی حقوق و مزایا",
    "۱۲۰٬۰۰۰٬۰۰۰",
    "رد کردن",
    "۱۲",
    "۱",
)
"""The answers between the scan and the first due date."""


async def begin(officer: Resident, kind: str = "تقسیط") -> None:
    """Answer everything up to the scan of the letter, the scan included."""
    await officer.says("ثبت پیشنهاد", kind, *BY_INSTALMENTS[1:])
    await officer.sends_file()


async def fill_in(officer: Resident, letter: bytes = PDF) -> dict[str, Any]:
    """Answer everything of an instalments proposal; gives the summary."""
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS)
    await officer.sends_file(letter)
    await officer.says(*ABOUT_THE_DEBT, "۱۴۰۶/۰۱/۱۵", "رد کردن")
    shown = await officer.says("رد کردن")
    if "ثبت جدید با ذکر دلیل" in officer.labels():
        await officer.presses("ثبت جدید با ذکر دلیل")
        await officer.phone.send("بدهی دیگری از همان سال است.")
        return await officer.sees("خلاصه پیشنهاد")
    return shown


async def file_proposal(officer: Resident, letter: bytes = PDF) -> tuple[str, str]:
    """File a proposal by instalments; gives its tracking code and passcode."""
    await fill_in(officer, letter)
    await officer.presses("درستی اطلاعات را تأیید می‌کنم")
    await officer.phone.press("ارسال پیشنهاد")
    receipt = (await officer.sees("پیشنهاد شما ثبت شد"))["text"]
    return code_in(receipt), passcode_in(receipt)


async def claim(reviewer: Resident) -> None:
    """Take the case of the newest prompt."""
    await reviewer.sees("رسید")
    await reviewer.town.quiet()
    await reviewer.presses("دیدن پیشنهاد", "برداشتن")


async def tick_all(reviewer: Resident) -> None:
    """Tick the general conditions on the card one by one."""
    while open_ones := [label for label in reviewer.labels() if "تأیید نشده" in label]:
        await reviewer.told(open_ones[0])


async def agree(reviewer: Resident) -> None:
    """Agree on the card: all conditions, «موافقت», and «بله»."""
    await tick_all(reviewer)
    await reviewer.presses("موافقت", "بله، موافقت ثبت شود")
    await reviewer.town.quiet()
