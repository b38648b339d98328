"""What the stories about the sandbox share: its furniture and a raw way of calling."""

from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp

from sandbox import Sandbox

TOKENS = {"telegram": "1000000001:telegram", "bale": "1000000002:bale"}
Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]


def furnish(box: Sandbox) -> Sandbox:
    for platform, token in TOKENS.items():
        box.add_bot(platform, token, f"{platform}_office_bot", "اداره")
        box.add_person("officer", "مریم", platform=platform, role_hint="کارشناس دستگاه")
    return box


def caller(box: Sandbox, http: aiohttp.ClientSession, platform: str) -> Call:
    async def call(method: str, **params: Any) -> Json:  # noqa: ANN401 - any JSON
        url = f"{box.url}/bot{TOKENS[platform]}/{method}"
        async with http.post(url, json=params) as answer:
            told: Json = await answer.json()
            assert told["ok"] is (answer.status == 200)
            return told

    return call
