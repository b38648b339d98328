"""A sandbox with a bot on each platform, and worlds around it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from pipeline_world import TOKENS, FastClock, World

from sandbox import Sandbox
from storage.engine import Store
from storage.vault import Vault


@pytest.fixture(params=["telegram", "bale"])
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    for name, token in TOKENS.items():
        sandbox.add_bot(name, token, f"mohlat_{name}_bot", "مهلت")
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def make_world(
    sandbox: Sandbox, database_url: str, vault: Vault
) -> AsyncIterator[Callable[[float], Awaitable[World]]]:
    """Make a world whose clock has a speed."""
    worlds: list[World] = []

    async def make(speed: float = 1.0) -> World:
        clock = FastClock(speed)
        world = World(sandbox, await Store.open(database_url, vault=vault, clock=clock.now), clock)
        worlds.append(world)
        return world

    yield make
    for world in worlds:
        await world.close()
        await world.store.close()


@pytest.fixture
async def world(make_world: Callable[[float], Awaitable[World]]) -> World:
    """A world in which twenty seconds pass in one."""
    return await make_world(20.0)
