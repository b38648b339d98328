"""What the process says of itself."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest
from pipeline_world import World, running, until
from starlette.applications import Starlette
from starlette.types import Message

from bot.health import Health

MakeWorld = Callable[[float], Awaitable[World]]

# The engine behind it makes no difference here.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def get(health: Health, path: str) -> tuple[int, str]:
    """One request straight into the application."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
        "root_path": "",
    }
    await Starlette(routes=health.routes())(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in sent)
    return int(sent[0]["status"]), body.decode()


async def problems(health: Health, path: str) -> tuple[int, list[str]]:
    status, body = await get(health, path)
    return status, list(json.loads(body)["problems"])


async def test_a_working_process_is_alive_and_ready(world: World, platform: str) -> None:
    dispatcher = world.dispatcher()
    polling, sender = world.polling(platform, dispatcher), world.sender(platform)
    health = Health(world.store, [polling], [sender], clock=world.clock)
    async with running(polling, sender) as tasks:
        health.tasks = dict(zip(("polling", "sender"), tasks, strict=True))
        assert await problems(health, "/healthz") == (200, [])
        assert await problems(health, "/readyz") == (200, [])
    assert await problems(health, "/healthz") == (503, ["task_ended:polling", "task_ended:sender"])


async def test_polling_that_stands_still_is_seen(make_world: MakeWorld, platform: str) -> None:
    world = await make_world(1000.0)
    polling = world.polling(platform, world.dispatcher())
    health = Health(world.store, [polling], clock=world.clock)
    await asyncio.sleep(0.1)
    assert await problems(health, "/healthz") == (503, [f"polling_stalled:{platform}"])


async def test_a_platform_out_of_reach_makes_it_unready_but_not_dead(
    make_world: MakeWorld, platform: str
) -> None:
    world = await make_world(200.0)
    phone = await world.phone(platform)
    await world.send(phone, "سلام")
    dead = world.api(platform, base="http://127.0.0.1:9")
    polling = world.polling(platform, world.dispatcher(), api=dead)
    sender = world.sender(platform, dead)
    health = Health(world.store, [polling], [sender], clock=world.clock)
    wanted = [f"no_successful_poll:{platform}", f"no_path:{platform}"]

    async def told() -> bool:
        return await problems(health, "/readyz") == (503, wanted)

    async with running(polling, sender):
        await until(told)
        assert await problems(health, "/healthz") == (200, [])


async def test_a_long_pause_that_the_platform_asks_for_is_no_stalled_poll(
    make_world: MakeWorld, platform: str
) -> None:
    world = await make_world(200.0)
    world.sandbox.faults.add(platform, "getUpdates", "429", retry_after=600)
    polling = world.polling(platform, world.dispatcher())
    health = Health(world.store, [polling], clock=world.clock)

    async def long_silent() -> bool:
        return world.clock.monotonic() - polling.last_poll_at > 100

    async with running(polling):
        await until(long_silent)
        assert await problems(health, "/healthz") == (200, [])


async def test_a_refused_token_makes_it_unready_but_not_dead(world: World, platform: str) -> None:
    world.sandbox.faults.add(platform, "*", "401")
    polling = world.polling(platform, world.dispatcher())
    health = Health(world.store, [polling], clock=world.clock)

    async def refused() -> bool:
        return polling.state == "refused"

    async with running(polling):
        await until(refused)
        assert await problems(health, "/healthz") == (200, [])
        assert await problems(health, "/readyz") == (503, [f"token_refused:{platform}"])


async def test_without_its_store_it_is_not_ready(world: World) -> None:
    health = Health(world.store, clock=world.clock)
    await world.store.close()
    assert await problems(health, "/readyz") == (503, ["store_down"])
    status, _ = await get(health, "/metrics")
    assert status == 200


async def test_metrics_count_and_tell_no_person(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    await world.send(phone, "سلام")
    async with running(world.sender(platform)):
        await world.settled()
    await world.send(phone, "دیگری")
    status, body = await get(Health(world.store, clock=world.clock), "/metrics")
    assert status == 200
    assert f'mohlat_sends_total{{platform="{platform}",result="sent"}}' in body
    assert 'mohlat_backlog{box="outbox",state="waiting"} 1.0' in body
    assert 'mohlat_backlog{box="inbox",state="waiting"} 0.0' in body
    assert str(phone.chat.id) not in body
