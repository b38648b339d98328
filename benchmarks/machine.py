"""On what a run was made: commit, machine, versions."""

import datetime as dt
import os
import platform
import sqlite3
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from benchmarks.api import SEED, TEXT
from benchmarks.stage import PEERS, ROOT

PACKAGES: Final = ("python-telegram-bot", "aiohttp", "uvloop", "SQLAlchemy", "aiosqlite", "psycopg")


def lines(counts: str) -> list[str]:
    """What stands above the table."""
    when = f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC"
    cores = f"{os.cpu_count()} processors ({_processor()}), load {os.getloadavg()[0]:.1f} at the start"
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    packages = [*(f"{name} {_version(name)}" for name in PACKAGES), f"aiogram {_aiogram()}"]
    return [
        f"commit {_commit()}, {when}, {counts} counts, seed {SEED}",
        f"{cores}, {system}, SQLite {sqlite3.sqlite_version}",
        ", ".join(packages),
        f"every update is the text «{TEXT}» of a stranger, and counts only with its one reply in its chat",
    ]


def _commit() -> str:
    command = ("git", "rev-parse", "--short=12", "HEAD")
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - no input
    except OSError:
        return "unknown"
    return done.stdout.strip() or "unknown"


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _aiogram() -> str:
    """Its version in the peers' environment."""
    found = sorted(PEERS.glob("lib/python*/site-packages/aiogram-*.dist-info"))
    return found[-1].name.removeprefix("aiogram-").removesuffix(".dist-info") if found else "absent"
