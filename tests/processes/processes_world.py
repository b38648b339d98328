"""The bot as real processes, the sandbox in the test's own, and people who are patient over a kill."""

import asyncio
import datetime as dt
import itertools
import json
import os
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import jdatetime
import psycopg
import sent_files

from domain.roles import Role
from sandbox import Impossible, NotSeen, Phone, Sandbox
from storage.engine import Store
from storage.keyfile import make_key
from storage.vault import Vault, load_key
from storage.work import Work

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
TOKENS = {
    "telegram": "3000000001:processes-telegram-00000000000000001",
    "bale": "3000000002:processes-bale-000000000000000000002",
}
SECRET = "processes-webhook-secret-0123456789abcdef"
AGENCY = "سازمان نمونه"
PATIENCE = 90.0
"""Seconds that somebody waits for the bot, whatever happens to it."""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def get(url: str) -> tuple[int, str]:
    """Status and body; 0 while nobody listens."""
    try:
        async with aiohttp.ClientSession() as client, client.get(url) as answer:
            return answer.status, await answer.text()
    except aiohttp.ClientError:
        return 0, ""


async def until(true: Callable[[], bool], within: float = PATIENCE) -> None:
    """Wait for something that other processes bring about."""
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110 - another process sets no event of ours
            await asyncio.sleep(0.02)


async def build_sandbox() -> Sandbox:
    """A running sandbox with a bot on each platform."""
    sandbox = Sandbox()
    for platform, token in TOKENS.items():
        sandbox.add_bot(platform, token, "mohlat_bot", "مهلت")
    await sandbox.start()
    return sandbox


@dataclass
class BotProcess:
    """One `python -m bot …`, with a log of its own that grows over its lives."""

    environment: Mapping[str, str]
    log: Path
    process: asyncio.subprocess.Process | None = None

    @property
    def health(self) -> str:
        """Where the process tells how it is."""
        return f"http://127.0.0.1:{self.environment['HEALTH_PORT']}"

    async def start(self, *command: str) -> None:
        """Start it, without waiting for anything."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(command or (sys.executable, "-m", "bot", "run")),
                env=self.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )

    async def ready(self, within: float = PATIENCE) -> None:
        """Wait until it is of use."""
        async with asyncio.timeout(within):
            while (await get(f"{self.health}/readyz"))[0] != 200:
                assert self.process is not None
                assert self.process.returncode is None, self.log.read_text()
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """Kill -9; nothing if it has ended."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> tuple[int, float]:
        """SIGTERM; gives the exit code and the seconds that it took."""
        started = time.monotonic()
        code = await self._end(signal.SIGTERM)
        return code, time.monotonic() - started

    async def _end(self, number: int) -> int:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(number)
        return await self.process.wait()

    async def told(self, path: str) -> dict[str, Any]:
        """What /healthz or /readyz says now."""
        found: dict[str, Any] = json.loads((await get(f"{self.health}{path}"))[1])
        return found


@dataclass
class World:
    """The sandbox, the database and the processes of a test."""

    sandbox: Sandbox
    home: Path
    database_url: str = ""
    processes: list[BotProcess] = field(default_factory=list)
    _connection: psycopg.Connection[tuple[Any, ...]] | None = None

    @property
    def store_url(self) -> str:
        """Where the bot keeps everything."""
        return self.database_url or f"sqlite:///{self.home / 'mohlat.sqlite'}"

    def environment(self, **more: object) -> dict[str, str]:
        """What a process is told, and nothing of this one's own environment but the path."""
        fixed: dict[str, object] = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": self.home,
            "DATABASE_URL": self.database_url,
            "HEALTH_PORT": free_port(),
            "CHAT_INTERVAL": 0,
            "TELEGRAM_RATE": 1000,
            "BALE_RATE": 1000,
            **{f"{name.upper()}_TOKEN": token for name, token in TOKENS.items()},
            **{f"{name.upper()}_API": self.sandbox.url for name in TOKENS},
        }
        return {name: str(value) for name, value in {**fixed, **more}.items()}

    def _give_key(self) -> None:
        """For a database on a server an operator makes the key; for a file the bot does."""
        if self.database_url.startswith("postgresql"):
            make_key(self.home / "secret.key")

    def bot(self, **more: object) -> BotProcess:
        """A process of the bot, not yet started."""
        self._give_key()
        made = BotProcess(self.environment(**more), self.home.parent / f"bot-{len(self.processes)}.log")
        self.processes.append(made)
        return made

    async def command(self, *arguments: str, **more: object) -> tuple[int, str, str]:
        """Run a command of the bot to its end: exit code, what it printed, what it complained of."""
        if arguments[0] != "doctor":
            self._give_key()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            env=self.environment(**more),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        printed, complaint = await process.communicate()
        return process.returncode or 0, printed.decode(), complaint.decode()

    async def close(self) -> None:
        """Leave no process behind."""
        for made in self.processes:
            if made.process is not None:
                await made.kill()
        if self._connection is not None:
            self._connection.close()
        await self.sandbox.stop()

    # --- the people -----------------------------------------------------------------------------

    def phone(self, platform: str, key: str) -> Phone:
        """Somebody's phone."""
        self.sandbox.add_person(key, key, platform=platform)
        return self.sandbox.person(platform, key)

    async def staff(self, role: Role, platform: str, key: str) -> Phone:
        """The phone of somebody who has a role already."""
        phone = self.phone(platform, key)

        def grant(work: Work) -> None:
            known = work.people.add(key)
            work.people.bind(platform, phone.person.user_id, known.id)
            agency = work.people.agency_named(AGENCY) or work.people.add_agency(AGENCY)
            work.people.grant(known.id, role, agency.id if role is Role.OFFICER else None, None)

        await self.visit(grant)
        return phone

    async def visit(self, unit: Callable[[Work], T]) -> T:
        """Run one unit beside the bot, or before it."""
        self.home.mkdir(exist_ok=True)
        vault = Vault(load_key(self.home / "secret.key"))
        store = await Store.open(self.store_url, vault=vault, exclusive=False)
        try:
            return await store.run(unit)
        finally:
            await store.close()

    # --- what is in the store -------------------------------------------------------------------

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a plain query finds."""
        if self.database_url.startswith("postgresql"):
            return self._asked().execute(query.encode()).fetchall()
        with sqlite3.connect(self.store_url.removeprefix("sqlite:///")) as file:
            return file.execute(query).fetchall()

    def _asked(self) -> psycopg.Connection[tuple[Any, ...]]:
        """One connection for all questions: while one is made the sandbox, on this loop, answers nobody."""
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self.database_url, autocommit=True)
        return self._connection

    def count(self, query: str) -> int:
        """How many rows a condition finds: `count("cases WHERE …")`."""
        return int(self.rows(f"SELECT count(*) FROM {query}")[0][0])  # noqa: S608 - the test's own words

    def updates(self) -> int:
        """How many updates the sandbox has made so far, of both platforms."""
        return sum(
            bot.next_update - first
            for bot, first in zip(self.sandbox.world.bots.values(), self.firsts, strict=True)
        )

    def __post_init__(self) -> None:
        self.firsts = [bot.next_update for bot in self.sandbox.world.bots.values()]

    async def settled(self, within: float = PATIENCE) -> None:
        """Wait until every update made is handled, and every message sent."""
        await until(lambda: self.count("inbox") >= self.updates(), within)
        await until(lambda: self.count("inbox WHERE state = 'waiting'") == 0, within)
        await until(lambda: self.count("outbox WHERE due_at IS NOT NULL OR state = 'sending'") == 0, within)

    def assert_whole(self) -> None:
        """Nothing was lost, done twice, or left without its cause."""
        assert self.objections() == []

    def objections(self) -> list[str]:
        """What was lost, done twice, or left without its cause; to be asked once all is settled."""
        cases = {number for (number,) in self.rows("SELECT id FROM cases")}
        purposes = self.rows("SELECT purpose FROM outbox WHERE purpose LIKE 'case:%'")
        orphans = {int(purpose.split(":")[1]) for (purpose,) in purposes} - cases
        found = {
            "updates": (
                self.rows("SELECT state, count(*) FROM inbox GROUP BY state"),
                [("done", self.updates())],
            ),
            "messages": (self.rows("SELECT DISTINCT state FROM outbox"), [("sent",)]),
            "orphans": (orphans, set()),
            "filed twice": (
                self.rows("SELECT form_id FROM cases GROUP BY form_id HAVING count(*) > 1"),
                [],
            ),
            "decided twice": (
                self.rows(
                    "SELECT case_id FROM case_events WHERE to_state = 'agreed' "
                    "GROUP BY case_id HAVING count(*) > 1"
                ),
                [],
            ),
        }
        if not self.database_url.startswith("postgresql"):
            found["integrity"] = (self.rows("PRAGMA integrity_check"), [("ok",)])
            found["foreign keys"] = (self.rows("PRAGMA foreign_key_check"), [])
        return [f"{what}: {came}, not {wanted}" for what, (came, wanted) in found.items() if came != wanted]


# --- what people do ---------------------------------------------------------------------------------

PDF = sent_files.PDF
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def day(after: int) -> str:
    """The day so many days from today, as people write it."""
    there = jdatetime.date.fromgregorian(date=dt.datetime.now(dt.UTC).date() + dt.timedelta(days=after))
    return str(there.strftime("%Y/%m/%d")).translate(_PERSIAN)


BEGIN = "ثبت پیشنهاد"
SCAN = "scan"
NAME = "حسن یوسفی"
NATIONAL_ID = "۰۴۹۹۳۷۰۸۹۹"
AMOUNT = "۱۲۰٬۰۰۰٬۰۰۰"
ANSWERS = (
    "تقسیط",
    "خیر",
    "وزارتخانه",
    "خیر",
    "علی رضایی",
    "مدیر کل",
    "۱۲۳/۴۵/ص",
    day(-30),
    SCAN,
    "شخص حقیقی",
    NAME,
    NATIONAL_ID,
    "رد کردن",
    "اضافه‌پرداختی حقوق و مزایا",
    AMOUNT,
    "رد کردن",
    "۱۲",
    "۱",
    day(60),
    "رد کردن",
    "رد کردن",
)
"""The answers of a proposal by instalments; after the last one comes the summary."""

SUMMARY = "خلاصه پیشنهاد"
CONFIRM = "درستی اطلاعات را تأیید می‌کنم"
SEND = "ارسال پیشنهاد"
RECEIPT = "پیشنهاد شما ثبت شد"
AGREED = "با پیشنهاد موافقت شد"
PROMPT = "پیشنهاد تازه رسید"


def step(number: int) -> str:
    """How the question with this number begins."""
    return f"گام {number} از ".translate(_PERSIAN) if number <= len(ANSWERS) else SUMMARY


async def give(phone: Phone, answer: str) -> None:
    """Write one answer, or send the scan."""
    if answer == SCAN:
        await phone.send_file(PDF, "letter.pdf")
    else:
        await phone.send(answer)


async def answer(
    phone: Phone, numbers: Iterable[int], *, thinking: float = 0.0, amount: str = AMOUNT
) -> None:
    """Answer these questions, each once, waiting for the next one each time, and thinking so long."""
    for number in numbers:
        given = ANSWERS[number - 1]
        await give(phone, amount if given == AMOUNT else given)
        await phone.sees(step(number + 1), within=PATIENCE)
        await asyncio.sleep(thinking)


async def press_until(phone: Phone, label: str, wanted: Callable[[], bool]) -> None:
    """Press the newest such button, again if nothing comes of it, as people do."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not wanted():
                await _press_once(phone, label, wanted)
    except TimeoutError as late:
        stands = [(m["from"], m["text"], newest_labels([m])) for m in phone.messages()[-4:]]
        raise AssertionError(label, stands) from late


async def _press_once(phone: Phone, label: str, wanted: Callable[[], bool]) -> None:
    try:
        await phone.press(label, within=0.05)
    except Impossible:
        await asyncio.sleep(0.05)
        return
    for _ in range(100):
        if wanted():
            return
        await asyncio.sleep(0.02)


def newest_labels(messages: list[dict[str, Any]]) -> list[str]:
    """The labels of all buttons of these messages."""
    return [button["text"] for message in messages for row in message["inline"] for button in row]


def shown(phone: Phone) -> list[str]:
    """What the bot has written in this chat, as it stands now."""
    return [message["text"] for message in phone.messages() if message["from"] == "bot"]


def newest_buttons(phone: Phone) -> list[dict[str, Any]]:
    """The inline buttons of the newest message that has any."""
    rows: list[list[dict[str, Any]]] = next(
        (m["inline"] for m in reversed(phone.messages()) if m["inline"]), []
    )
    return [button for row in rows for button in row]


def receipts(phone: Phone) -> set[str]:
    """The tracking codes of the receipts in this chat, as they are written."""
    return {text.split("\n\n")[1] if "\n\n" in text else text for text in shown(phone) if RECEIPT in text}


async def send_in(phone: Phone, filed: Callable[[], int], already: int) -> None:
    """From the summary to the receipt."""
    await press_until(phone, CONFIRM, lambda: any(SEND in b["text"] for b in newest_buttons(phone)))
    await press_until(phone, SEND, lambda: filed() > already)


_AMOUNTS = itertools.count(120_000_012, 12)


async def file_proposal(phone: Phone, *, thinking: float = 0.0, amount: str = "") -> None:
    """Begin, answer all, and send; thinking so many seconds before each answer.

    The same debt proposed again would be asked about, so each filing has an amount of its own.
    """
    own = amount or str(next(_AMOUNTS))
    already = sum(RECEIPT in text for text in shown(phone))
    await phone.send(BEGIN)
    await phone.sees(step(1), within=PATIENCE)
    await answer(phone, range(1, len(ANSWERS) + 1), thinking=thinking, amount=own)
    await send_in(phone, lambda: sum(RECEIPT in text for text in shown(phone)), already)


def next_button(phone: Phone, case_id: int) -> str | None:
    """What a reviewer presses next on a case: open, claim, tick what is not ticked, agree, confirm."""
    buttons = [b for m in phone.messages() for row in m["inline"] for b in row]
    mine = [b for b in buttons if (b["data"] or "").startswith(f"c:{case_id}:")]
    verbs = {b["data"].split(":")[3]: b["data"] for b in mine}
    unticked = [b["data"] for b in mine if "تأیید نشده" in b["text"]]
    if "claim" in verbs:
        return str(verbs["claim"])
    if unticked:
        return str(unticked[0])
    return next((verbs[verb] for verb in ("agree.yes", "agree", "open") if verb in verbs), None)


async def agree(phone: Phone, case_id: int, decided: Callable[[], bool]) -> None:
    """Take a case from the prompt to the agreement, pressing on whatever card stands now."""
    async with asyncio.timeout(PATIENCE * 2):
        while not decided():
            data = next_button(phone, case_id)
            if data is None:
                await asyncio.sleep(0.05)
                continue
            try:
                await phone.press(data, within=0.05)
                await phone.sees(within=2)
            except (Impossible, NotSeen):
                await asyncio.sleep(0.05)
