"""A small town for the stories: the whole bot on a real store, the sandbox over real HTTP, and its people."""

import asyncio
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App
from bot.settings import Settings
from domain.roles import Role
from persian.text import to_latin_digits
from sandbox import Clock, Phone, Sandbox
from services import people

TOKENS = {"telegram": "2000000001:journey-telegram-0000000000000000001", "bale": "2000000002:journey-bale-0000000000000000000002"}
AGENCY = "سازمان نمونه"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"

_CODE = re.compile(r"\d{4} \d{4} \d{4}")
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

    async def presses(self, *labels: str) -> dict[str, Any]:
        """Press buttons one after the other; gives the last screen."""
        word: dict[str, Any] = {}
        for label in labels:
            await self.phone.press(label)
            word = await self.sees()
        return word

    async def sends_file(self, content: bytes = PDF, name: str = "letter.pdf", **how: Any) -> dict[str, Any]:  # noqa: ANN401
        """Send a file and wait for the bot's word."""
        await self.phone.send_file(content, name, **how)
        return await self.sees()

    async def sees(self, text: str = "") -> dict[str, Any]:
        """Wait for the bot to show this since the person's last act."""
        return await self.phone.sees(text, within=15)

    def screen(self) -> str:
        """What the last message of the bot says."""
        return next(m["text"] for m in reversed(self.phone.messages()) if m["from"] == "bot")

    def heard(self, text: str) -> int:
        """How many messages of the bot contain this."""
        return sum(text in (m["text"] or m.get("caption") or "") for m in self.phone.messages() if m["from"] == "bot")

    def labels(self) -> list[str]:
        """The inline buttons of the last message that has any."""
        rows = next(m["inline"] for m in reversed(self.phone.messages()) if m["inline"])
        return [button["text"] for row in rows for button in row]


@dataclass
class Town:
    """The sandbox, the running bot, and where its store is."""

    sandbox: Sandbox
    settings: Settings
    platform: str
    app: App | None = None
    _task: asyncio.Task[None] | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self) -> None:
        """Start the bot."""
        self._stop = asyncio.Event()
        self.app = await App.open(self.settings, clock=self.sandbox.clock)
        self._task = asyncio.create_task(self.app.run(self._stop))
        await self.app.started.wait()

    async def close(self) -> None:
        """Stop the bot as SIGTERM does."""
        self._stop.set()
        if self._task is not None:
            await self._task

    async def crash(self) -> None:
        """End the bot without any farewell."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

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
        assert self.app is not None
        made = await self.app.store.run(
            lambda work: people.invite(work, by=None, role=role, name=name, agency=agency)
        )
        return made.token

    async def officer(self, name: str = "سارا محمدی", agency: str = AGENCY, platform: str = "") -> Resident:
        """An officer of an agency."""
        return await self.staff(Role.OFFICER, name, agency, platform)

    async def reviewer(self, name: str = "رضا کریمی", platform: str = "") -> Resident:
        """A reviewer."""
        return await self.staff(Role.REVIEWER, name, None, platform)


def town_settings(sandbox: Sandbox, database_url: str, home: Path) -> Settings:
    """Settings that lead into the sandbox, with ports of their own."""
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


def code_in(text: str) -> str:
    """The tracking code shown in a text, 12 digits."""
    found = _CODE.search(to_latin_digits(text))
    assert found is not None, text
    return found.group().replace(" ", "")


def passcode_in(receipt: str) -> str:
    """The passcode of a receipt."""
    return next(line.strip() for line in receipt.splitlines() if _PASSCODE.fullmatch(line.strip()))


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


async def fill_in(officer: Resident) -> dict[str, Any]:
    """Answer everything of an instalments proposal; gives the summary."""
    await officer.says("ثبت پیشنهاد", *BY_INSTALMENTS)
    await officer.sends_file()
    await officer.says(*ABOUT_THE_DEBT, "۱۴۰۶/۰۱/۱۵", "رد کردن")
    return await officer.says("رد کردن")


async def file_proposal(officer: Resident) -> tuple[str, str]:
    """File a proposal by instalments; gives its tracking code and passcode."""
    await fill_in(officer)
    await officer.presses("درستی اطلاعات را تأیید می‌کنم")
    await officer.phone.press("ارسال پیشنهاد")
    receipt = (await officer.sees("پیشنهاد شما ثبت شد"))["text"]
    return code_in(receipt), passcode_in(receipt)
