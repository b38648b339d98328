"""A world for each test: its sandbox, its folder, and no process left behind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from processes_world import World, build_sandbox

from sandbox import Sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A running sandbox with a bot on each platform."""
    sandbox = await build_sandbox()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def world(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[World]:
    """The bot's own default: SQLite in its folder."""
    world = World(sandbox, tmp_path / "home")
    yield world
    await world.close()


@pytest.fixture
async def pg_world(sandbox: Sandbox, tmp_path: Path, pg_url: str) -> AsyncIterator[World]:
    """The same on PostgreSQL."""
    world = World(sandbox, tmp_path / "home", pg_url)
    yield world
    await world.close()


@pytest.fixture(params=["world", "pg_world"], ids=["sqlite", "postgresql"])
def any_world(request: pytest.FixtureRequest) -> World:
    """Each engine in turn."""
    world: World = request.getfixturevalue(request.param)
    return world
