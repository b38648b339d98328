"""What the tests of security share: the town of the stories, on SQLite and Telegram unless a test says so."""

import datetime as dt
import io
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# Their worlds and samples are used here too.
sys.path += [str(TESTS / name) for name in ("journeys", "conversations", "pipeline", "processes", "services")]

from town import TOKENS, Town, build_sandbox, town_settings  # noqa: E402 - found through the line above

from bot.logs import configure  # noqa: E402 - as above


@pytest.fixture
def platform() -> str:
    """Where the people of a story are, unless it says otherwise."""
    return "telegram"


@pytest.fixture
async def town(platform: str, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A running town; its clock stands on 5 October 2026, 10:00 in Tehran, and goes on from there."""
    sandbox = await build_sandbox()
    sandbox.clock.set(dt.datetime(2026, 10, 5, 6, 30, tzinfo=dt.UTC))
    town = Town(sandbox, town_settings(sandbox, sqlite_url, tmp_path / "home"), platform)
    await town.open()
    yield town
    if town.running:
        await town.quiet()
    assert not town.apologised(), "a handler failed"
    await town.close()
    await sandbox.stop()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that is logged at DEBUG."""
    stream, root = io.StringIO(), logging.getLogger()
    before, level = root.handlers[:], root.level
    monkeypatch.setattr("sys.stderr", stream)
    configure("DEBUG", list(TOKENS.values()))
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
