"""What the tests of security share: the town of the stories, on SQLite and Telegram unless a test says so."""

import io
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# Their worlds and samples are used here too.
sys.path += [str(TESTS / name) for name in ("journeys", "conversations", "pipeline", "processes", "services")]

from town import TOKENS, Town, living  # noqa: E402 - found through the line above

from bot.logs import configure  # noqa: E402 - as above


@pytest.fixture
def platform() -> str:
    """Where the people of a story are, unless it says otherwise."""
    return "telegram"


@pytest.fixture
async def town(platform: str, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A running town, some of whose messages may be refused."""
    async with living(platform, sqlite_url, tmp_path / "home") as town:
        yield town


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
