"""A process that sends the outbox of a store until it is killed: URL of the API, of the store, platform."""

import asyncio
import sys

from pipeline_world import FastClock, World

from bot.platforms.api import BotApi
from sandbox import Sandbox
from storage.engine import Store
from storage.vault import Vault


async def main(api_url: str, store_url: str, platform: str) -> None:
    """Send for ever."""
    clock = FastClock()
    store = await Store.open(store_url, vault=Vault(b"k" * 32), clock=clock.now)
    world = World(Sandbox(), store, clock)
    api: BotApi = world.api(platform, base=api_url, read_seconds=30)
    sender = world.sender(platform, api)
    print("sending", flush=True)  # noqa: T201 - tells the test
    await sender.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
