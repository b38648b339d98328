"""The town of the stories, on each platform and each engine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from town import Town, living


@pytest.fixture(params=["telegram", "bale"])
def platform(request: pytest.FixtureRequest) -> str:
    """Where the people of a story are, unless it says otherwise."""
    return str(request.param)


@pytest.fixture
async def town(platform: str, database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A running town, whose every message the messenger takes."""
    async with living(platform, database_url, tmp_path / "home") as town:
        yield town
        if town.running:
            await town.quiet()
            assert await town.run(lambda work: work.outbox.counts()) == {}, "a message was refused"
        assert town.refused() == {}, "a message was not taken as it was sent"
