"""The processes of a run: the platform, the bot under test, and the peers beside it."""

import asyncio
import contextlib
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import aiohttp

from benchmarks.api import TOKEN
from benchmarks.figures import Unsound

ROOT: Final = Path(__file__).parent.parent
PEERS: Final = Path(sys.prefix) / "peers"
"""An environment of its own: aiogram wants an older pydantic than the bot has."""
OPEN: Final = 100_000
"""Messages a second: a rate that holds nothing back."""
PATIENCE: Final = 120.0
"""Seconds before a run is given up; no figure depends on it."""
STOP_SECONDS: Final = 15.0
CPU_CLOCK: Final = 2  # linux/posix-timers.h: CPUCLOCK_SCHED, the whole process to the nanosecond

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot and how it is started."""

    name: str
    command: Sequence[str]


THIS_BOT: Final = Contender("this bot", (sys.executable, "-m", "bot", "run"))
PTB: Final = Contender("python-telegram-bot", (sys.executable, "benchmarks/peers/ptb_echo.py"))
AIOGRAM: Final = Contender("aiogram", (str(PEERS / "bin" / "python"), "benchmarks/peers/aiogram_echo.py"))
FLOOR: Final = Contender("raw aiohttp floor", (sys.executable, "benchmarks/peers/raw_floor.py"))


def aiogram_is_there() -> bool:
    """Whether `make bench` has set the peers' environment up."""
    return Path(AIOGRAM.command[0]).exists()


async def grammy(folder: Path) -> Contender | None:
    """GrammY with its runner, put into this folder by npm; None where that cannot be had quickly."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return None
    shutil.copytree(ROOT / "benchmarks" / "peers" / "grammy", folder, dirs_exist_ok=True)
    npm = ("npm", "install", "--no-audit", "--no-fund", "--silent", "--no-package-lock")
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*npm, cwd=folder, stdout=quiet, stderr=quiet)
    try:
        async with asyncio.timeout(30):
            code = await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    return None if code else Contender("grammY runner", ("node", str(folder / "echo.mjs")))


@dataclass
class Platform:
    """The sandbox in its process; every verb is one order to it."""

    url: str
    process: asyncio.subprocess.Process
    client: aiohttp.ClientSession
    chats: list[int] = field(default_factory=list)

    @classmethod
    async def start(cls, people: int, latency: float = 0.0) -> Self:
        """A new platform with so many people, whose every call takes `latency` seconds longer."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.api", cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None  # noqa: S101 - for the type checker
        url = (await process.stdout.readline()).decode().strip()
        timeout = aiohttp.ClientTimeout(total=None)
        made = cls(url, process, aiohttp.ClientSession(timeout=timeout))
        try:
            made.chats = (await made.do("people", count=people))["chats"]
            await made.do("faults", latency=latency)
        except BaseException:
            await made.stop()
            raise
        return made

    async def do(self, what: str, **given: object) -> Json:
        """Give one order."""
        async with self.client.post(f"{self.url}/bench", json={"do": what, **given}) as answer:
            if not answer.ok:
                raise Unsound(f"{what}: {await answer.text()}")
            done: Json = await answer.json()
            return done

    async def sends(self, wanted: int, within: float = PATIENCE) -> Json:
        """Wait for so many messages of the bot.

        Raises:
            Unsound: too few or too many came, or to the wrong chats.
        """
        told = await self.do("wait", sends=wanted, within=within)
        if len(told["sent"]) != wanted or told["wrong"]:
            sent = len(told["sent"])
            raise Unsound(
                f"{sent:,} of {wanted:,} replies came, {told['wrong']:,} chats have the wrong number"
            )
        return told

    async def stop(self) -> None:
        """End it."""
        await self.client.close()
        if self.process.returncode is None:
            self.process.terminate()
        await self.process.wait()


@dataclass
class Running:
    """A bot's process."""

    process: asyncio.subprocess.Process
    log: Path
    started: float
    health: str = ""

    @property
    def pids(self) -> list[int]:
        """The process and its descendants."""
        return [self.process.pid, *descendants(self.process.pid)]

    def cpu(self) -> float:
        """Seconds of CPU that they have used, user and system, to the nanosecond."""
        return sum(time.clock_gettime((~pid << 3) | CPU_CLOCK) for pid in self.pids)

    def memory(self) -> float:
        """Megabytes that they hold in memory."""
        return sum(_resident(pid) for pid in self.pids) / 1e6

    def alive(self) -> None:
        """Raises Unsound, with its last words, if it has ended."""
        if self.process.returncode is not None:
            raise Unsound(f"the bot ended: {self.log.read_text(errors='replace')[-300:]}")

    async def stop(self) -> None:
        """SIGTERM; kill -9 if that is not enough."""
        if self.process.returncode is None:
            self.process.terminate()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await self.process.wait()
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()


def environment(url: str, home: Path, **more: object) -> dict[str, str]:
    """What a bot is told: rates that hold nothing back, unless said otherwise."""
    fixed: dict[str, object] = {
        "PYTHONPATH": ROOT,
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": url,
        "TELEGRAM_RATE": OPEN,
        "CHAT_INTERVAL": 0,
        "BALE_TOKEN": "",
        "DATABASE_URL": "",
        "DATA_DIR": home,
        "HEALTH_PORT": 0,
        "LOG_LEVEL": "ERROR",
    }
    return {**os.environ, **{name: str(value) for name, value in {**fixed, **more}.items()}}


async def start(contender: Contender, given: Mapping[str, str]) -> Running:
    """Start a bot, without waiting for anything."""
    log = Path(given["DATA_DIR"]).with_suffix(".log")
    with log.open("ab") as out:
        started = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *contender.command, cwd=ROOT, env=dict(given), stdout=out, stderr=out
        )
    return Running(process, log, started, f"http://127.0.0.1:{given['HEALTH_PORT']}")


@contextlib.asynccontextmanager
async def stage(
    contender: Contender, people: int, *, latency: float = 0.0, **more: object
) -> AsyncIterator[tuple[Platform, Running]]:
    """A platform, and a bot that has answered its first message there (by the last person of all)."""
    with folder() as home:
        platform = await Platform.start(people + 1, latency)
        try:
            bot = await start(contender, environment(platform.url, home, **more))
            try:
                await warm_up(platform, bot, people)
                yield platform, bot
            finally:
                await bot.stop()
        finally:
            await platform.stop()


async def warm_up(platform: Platform, bot: Running, person: int) -> None:
    """One message and its reply: the bot is up and its connections are open; then all is forgotten."""
    await platform.do("write", updates=1, chats=1, first=person)
    until = time.monotonic() + PATIENCE / 2
    while not (await platform.do("wait", sends=1, within=0.2, grace=0))["sent"]:
        bot.alive()
        if time.monotonic() > until:
            raise Unsound("the bot does not answer")
    await platform.do("reset")


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A home for a bot, gone afterwards; its log lies beside it."""
    with tempfile.TemporaryDirectory(prefix="mohlat-bench-") as made:
        home = Path(made) / "home"
        home.mkdir()
        yield home


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def descendants(pid: int) -> list[int]:
    """The processes that this one has started, and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            for child in (task / "children").read_text().split():
                found += [int(child), *descendants(int(child))]
    return found


def _resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
