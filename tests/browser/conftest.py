"""`pytest tests/browser --keep-shots` renews the pictures of the README."""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from browsing import chromium_open
from journey_stage import SHOTS, Stage, demo_running

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--keep-shots", action="store_true", help="copy the README's pictures to docs/pictures")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The demo as anybody starts it, with its chat page open; the browser's console stays silent."""
    async with demo_running(tmp_path) as address, chromium_open() as browser:
        stage = await Stage.open(await browser.new_context(color_scheme="light"), address)
        yield stage
        assert stage.complaints == []


@pytest.fixture
def keep_pictures(request: pytest.FixtureRequest) -> Callable[..., None]:
    """What a test calls with the names of its good shots; it does something only if that is wanted."""
    wanted = request.config.getoption("--keep-shots", default=False)

    def keep(*names: str) -> None:
        for name in names if wanted else ():
            shutil.copy(SHOTS / f"{name}.png", PICTURES / f"{name}.png")

    return keep
