"""The webhook: only whoever knows the secret is heard, and 200 is said only after the commit."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import aiohttp
import pytest
from pipeline_world import World, running, said

from bot.dispatch import Dispatcher
from bot.health import listener
from bot.webhook import Hook, webhook
from storage.engine import Store
from storage.errors import StoreDown
from storage.records import InboxRow
from storage.work import Work

T = TypeVar("T")
# The engine behind it makes no difference here.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PATH = "an-unguessable-path"
SECRET = "a-secret-header"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
UPDATE = {"update_id": 7, "message": {"chat": {"id": 5, "type": "private"}}}


class Down(Store):
    """A store that is down."""

    async def run(self, unit: Callable[[Work], T], *, urgent: bool = False) -> T:
        del unit, urgent
        raise StoreDown("SQLITE_FULL")


class Door:
    """A listener with the webhooks of both platforms, and who may be told."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.rows: list[InboxRow] = []

    async def post(self, body: object, *, path: str = PATH, headers: dict[str, Any] | None = None) -> int:
        status, _ = await self.answer(body, path=path, headers=headers)
        return status

    async def answer(
        self, body: object, *, path: str = PATH, headers: dict[str, Any] | None = None
    ) -> tuple[int, dict[str, str]]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with (
            aiohttp.ClientSession() as client,
            client.post(
                f"{self.url}/hook/{path}", data=data, headers=HEADERS if headers is None else headers
            ) as answer,
        ):
            return answer.status, dict(answer.headers)


@contextlib.asynccontextmanager
async def open_door(world: World, store: Store, dispatcher: Dispatcher | None = None) -> AsyncIterator[Door]:
    door = Door("")

    def deliver_to(rows: tuple[InboxRow, ...]) -> None:
        door.rows += rows
        if dispatcher is not None:
            dispatcher.accept(rows)

    hooks = [
        Hook(world.platforms["telegram"], PATH, SECRET),
        Hook(world.platforms["bale"], "the-path-of-bale"),
    ]
    server = listener([webhook(store, hooks, deliver_to)], 0)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.005)
    door.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield door
    server.should_exit = True
    await serving


async def test_updates_of_the_sandbox_s_webhook_are_handled_and_answered(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    dispatcher = world.dispatcher()
    async with (
        open_door(world, world.store, dispatcher) as door,
        running(dispatcher, world.sender(platform)),
    ):
        path = PATH if platform == "telegram" else "the-path-of-bale"
        params = {"url": f"{door.url}/hook/{path}", "secret_token": SECRET}
        await world.api(platform).call("setWebhook", params)
        await phone.send("سلام")
        await phone.sees("سلام")
        await world.api(platform).call("deleteWebhook", {})
    assert said(phone) == ["سلام"]


async def test_an_update_posted_twenty_times_at_once_is_one(world: World) -> None:
    async with open_door(world, world.store) as door:
        statuses = await asyncio.gather(*(door.post(UPDATE) for _ in range(20)))
    assert set(statuses) == {200}
    assert [row.update_id for row in door.rows] == [7]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Telegram-Bot-Api-Secret-Token": ""},
        {"X-Telegram-Bot-Api-Secret-Token": "a-secret-heade"},
        {"X-Telegram-Bot-Api-Secret-Token": "a-secret-header x"},
        {"X-Telegram-Bot-Api-Secret-Token": "رمز"},
        {"X-Telegram-Bot-Api-Secret-Token": "\udcff"},
    ],
)
async def test_without_the_secret_nobody_is_heard(world: World, headers: dict[str, str]) -> None:
    async with open_door(world, world.store) as door:
        assert await door.post(UPDATE, headers=headers) == 404
    assert door.rows == []


@pytest.mark.parametrize(
    "path", ["", "x", "an-unguessable-pat", "%D8%B1%D9%85%D8%B2", "%FF%FE", "a/b", "the-path-of-bale2"]
)
async def test_on_another_path_nobody_is_heard(world: World, path: str) -> None:
    async with open_door(world, world.store) as door:
        assert await door.post(UPDATE, path=path) == 404
    assert door.rows == []


async def test_a_body_of_300_kb_is_not_read_to_its_end(world: World) -> None:
    async with open_door(world, world.store) as door:
        assert await door.post(b'{"update_id":7,"x":"' + b"a" * 300_000 + b'"}') == 413

        async def endless() -> AsyncIterator[bytes]:
            while True:
                yield b"a" * 65_536

        async with aiohttp.ClientSession() as client:
            with contextlib.suppress(aiohttp.ClientError):
                async with client.post(f"{door.url}/hook/{PATH}", data=endless(), headers=HEADERS) as answer:
                    assert answer.status == 413
    assert door.rows == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"7",
        b"null",
        b"{}",
        b'{"update_id":true}',
        b'{"update_id":"7"}',
        b'{"update_id":99999999999999999999}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"update_id":' + b"9" * 5000 + b"}",
    ],
)
async def test_what_is_no_update_is_a_bad_request(world: World, body: bytes) -> None:
    async with open_door(world, world.store) as door:
        assert await door.post(body) == 400
    assert door.rows == []


async def test_a_charset_in_the_content_type_is_taken(world: World) -> None:
    headers = {**HEADERS, "Content-Type": "application/json; charset=utf-8"}
    async with open_door(world, world.store) as door:
        assert await door.post(UPDATE, headers=headers) == 200


async def test_what_cannot_become_an_update_is_stored_all_the_same(world: World) -> None:
    async with open_door(world, world.store) as door:
        assert await door.post({"update_id": 8, "message": "no"}) == 200
    assert [row.chat_id for row in door.rows] == [0]


async def test_while_the_store_is_down_the_update_is_not_taken(world: World) -> None:
    async with open_door(world, Down()) as door:
        status, headers = await door.answer(UPDATE)
    assert (status, headers["Retry-After"]) == (503, "5")
    assert door.rows == []


async def test_a_get_tells_nothing(world: World) -> None:
    async with open_door(world, world.store) as door, aiohttp.ClientSession() as client:
        async with client.get(f"{door.url}/hook/{PATH}") as answer:
            assert answer.status == 405
        async with client.get(f"{door.url}/") as answer:
            assert answer.status == 404
            assert "uvicorn" not in str(answer.headers)
