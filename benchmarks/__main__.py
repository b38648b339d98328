"""`make bench`: this bot (every update durable and handled once) beside a stock echo bot that keeps nothing.

Each bot runs as a process of its own against the same sandbox, in turn; what counts is the replies that
really arrived. Absolute figures vary by machine: the ratio within one run is what holds.
"""

import argparse
import asyncio
import os
import platform as machine
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from sandbox import Sandbox

TOKEN = "3000000001:benchmark-no-secret-0000000000000000001"
ROOT = Path(__file__).parent.parent
BOTS = {
    "python-telegram-bot, stock echo": [sys.executable, "benchmarks/peers/ptb_echo.py"],
    "this bot": [sys.executable, "-m", "bot", "run"],
}
CHATS = 200
GIVE_UP_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One run: how many replies came, in how many seconds of wall clock and of the bot's CPU."""

    replies: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        """Replies a second."""
        return self.replies / self.seconds


async def measure(command: list[str], updates: int, latency: float) -> Figure:
    """Let `updates` messages from 200 chats wait for a bot, and time its replies."""
    sandbox = Sandbox()
    sandbox.add_bot("telegram", TOKEN, "bench_bot", "Bench")
    await sandbox.start()
    if latency:
        sandbox.faults.add("telegram", "*", "latency", delay=latency)
    with tempfile.TemporaryDirectory() as home:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=_environment(sandbox.url, home), stderr=asyncio.subprocess.DEVNULL
        )
        try:
            await _warm_up(sandbox)
            return await _timed(sandbox, process.pid, updates)
        finally:
            process.terminate()
            await process.wait()
            await sandbox.stop()


async def _warm_up(sandbox: Sandbox) -> None:
    """One message and its reply: the bot is up and its connections are open."""
    sandbox.add_person("first", "first", platform="telegram")
    await sandbox.person("telegram", "first").send("سلام")
    await _replies(sandbox, 1)


async def _timed(sandbox: Sandbox, pid: int, updates: int) -> Figure:
    for number in range(CHATS):
        sandbox.add_person(f"p{number}", f"p{number}", platform="telegram")
    phones = [sandbox.person("telegram", f"p{number}") for number in range(CHATS)]
    before, cpu, started = _sent(sandbox), _cpu(pid), time.perf_counter()
    for number in range(updates):
        await phones[number % CHATS].send("سلام")
        if number % 50 == 0:
            await asyncio.sleep(0)
    await _replies(sandbox, before + updates)
    return Figure(updates, time.perf_counter() - started, _cpu(pid) - cpu)


def _sent(sandbox: Sandbox) -> int:
    return sandbox.counts["telegram", "sendMessage", 200]


async def _replies(sandbox: Sandbox, wanted: int) -> None:
    async with asyncio.timeout(GIVE_UP_SECONDS):
        while _sent(sandbox) < wanted:
            await asyncio.sleep(0.005)


def _cpu(pid: int) -> float:
    """Seconds of user and system time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _environment(url: str, home: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": url,
        "TELEGRAM_RATE": "100000",
        "CHAT_INTERVAL": "0",
        "BALE_TOKEN": "",
        "DATABASE_URL": "",
        "DATA_DIR": home,
        "HEALTH_PORT": "0",
        "LOG_LEVEL": "ERROR",
    }


async def main() -> None:
    """Measure every bot at 0 and 50 ms of API latency and print one table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--updates", type=int, default=2000, help="messages at 0 ms (a fifth of it at 50 ms)")
    given = parser.parse_args()
    table = Table("bot", "API latency", "replies", "replies/s", "CPU ms/update", "ratio of replies/s")
    for latency, updates in ((0.0, given.updates), (0.05, given.updates // 5)):
        base = 0.0
        for name, command in BOTS.items():
            figure = await measure(command, updates, latency)
            base = base or figure.rate
            table.add_row(
                name,
                f"{latency * 1000:.0f} ms",
                str(figure.replies),
                f"{figure.rate:.0f}",
                f"{1000 * figure.cpu / figure.replies:.2f}",
                f"{figure.rate / base:.2f}",
            )
    console = Console()
    console.print(f"{machine.machine()}, {os.cpu_count()} processors, Python {machine.python_version()}")
    console.print(table)


if __name__ == "__main__":
    asyncio.run(main())
