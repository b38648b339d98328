"""The floor: aiohttp, long polling, JSON and one sendMessage an update; no framework, nothing kept."""

import asyncio
import os
from typing import Any

import aiohttp
import uvloop

API = f"{os.environ['TELEGRAM_API']}/bot{os.environ['TELEGRAM_TOKEN']}/"


async def call(client: aiohttp.ClientSession, method: str, **params: object) -> Any:  # noqa: ANN401 - JSON
    """One method of the Bot API."""
    async with client.post(API + method, json=params) as answer:
        return (await answer.json())["result"]


async def main() -> None:
    """Poll and echo, all updates of a batch side by side, until ended."""
    connector = aiohttp.TCPConnector(limit=256)
    async with aiohttp.ClientSession(connector=connector) as client, asyncio.TaskGroup() as echoes:
        offset = 0
        while True:
            for update in await call(client, "getUpdates", offset=offset, timeout=25):
                offset = update["update_id"] + 1
                message = update["message"]
                sending = call(client, "sendMessage", chat_id=message["chat"]["id"], text=message["text"])
                echoes.create_task(sending)


if __name__ == "__main__":
    uvloop.run(main())
