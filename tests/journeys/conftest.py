"""The town of the stories, on each platform and each engine."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from town import Town, build_sandbox, town_settings


@pytest.fixture(params=["telegram", "bale"])
def platform(request: pytest.FixtureRequest) -> str:
    """Where the people of a story are, unless it says otherwise."""
    return str(request.param)


@pytest.fixture
async def town(platform: str, database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A running town; its clock stands on 5 October 2026, 10:00 in Tehran, and goes on from there."""
    sandbox = await build_sandbox()
    sandbox.clock.set(dt.datetime(2026, 10, 5, 6, 30, tzinfo=dt.UTC))
    town = Town(sandbox, town_settings(sandbox, database_url, tmp_path / "home"), platform)
    await town.open()
    yield town
    if town.running:
        await town.quiet()
        assert await town.run(lambda work: work.outbox.counts()) == {}, "a message was refused"
    assert town.refused() == {}, "a message was not taken as it was sent"
    assert not town.apologised(), "a handler failed"
    await town.close()
    await sandbox.stop()
