"""Webhooks: in order, with the secret, again until taken."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from sandbox_story import Call, Json

from sandbox import Phone, Sandbox


@dataclass
class Receiver:
    """A bot's own web server: what it got, and what it answers."""

    url: str = ""
    got: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)
    secrets: list[str | None] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    reply: Json = field(default_factory=dict)

    async def handle(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.got.put_nowait(await request.json())
        return web.json_response(self.reply, status=self.statuses.pop(0) if self.statuses else 200)

    async def texts(self, count: int) -> list[str]:
        got = [await asyncio.wait_for(self.got.get(), 5) for _ in range(count)]
        return [update["message"]["text"] for update in got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def until_taken(box: Sandbox, platform: str = "telegram") -> None:
    async with asyncio.timeout(5):
        while box.world.bots[platform].updates.queue:  # noqa: ASYNC110 - the end is on the other side
            await asyncio.sleep(0.005)


async def test_updates_are_posted_in_order_with_the_secret(
    telegram: Call, officer: Phone, receiver: Receiver
) -> None:
    await officer.send("پیش از وبهوک")
    await telegram("setWebhook", url=receiver.url, secret_token="s3cret")
    for number in range(5):
        await officer.send(str(number))
    assert await receiver.texts(6) == ["پیش از وبهوک", "0", "1", "2", "3", "4"]
    assert receiver.secrets == ["s3cret"] * 6


async def test_what_is_not_taken_comes_again_and_the_error_is_told(
    box: Sandbox, telegram: Call, officer: Phone, receiver: Receiver
) -> None:
    receiver.statuses = [500, 500]
    await telegram("setWebhook", url=receiver.url)
    await officer.send("یک")
    await officer.send("دو")
    assert await receiver.texts(2) == ["یک", "یک"]
    info = (await telegram("getWebhookInfo"))["result"]
    assert info["pending_update_count"] == 2
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert await receiver.texts(2) == ["یک", "دو"]
    await until_taken(box)
    assert (await telegram("getWebhookInfo"))["result"]["pending_update_count"] == 0


async def test_a_dead_receiver_loses_nothing(telegram: Call, officer: Phone, receiver: Receiver) -> None:
    await telegram("setWebhook", url="http://127.0.0.1:9/hook")
    await officer.send("یک")
    await telegram("setWebhook", url=receiver.url)
    assert await receiver.texts(1) == ["یک"]


async def test_polling_is_refused_meanwhile(telegram: Call, receiver: Receiver) -> None:
    await telegram("setWebhook", url=receiver.url)
    told = await telegram("getUpdates")
    assert (told["error_code"], told["description"]) == (
        409,
        (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        ),
    )
    await telegram("deleteWebhook")
    assert (await telegram("getUpdates"))["ok"] is True


async def test_a_method_in_the_answer_is_carried_out(
    telegram: Call, officer: Phone, receiver: Receiver
) -> None:
    receiver.reply = {"method": "sendMessage", "chat_id": officer.chat.id, "text": "رسید"}
    await telegram("setWebhook", url=receiver.url)
    await officer.send("سلام")
    assert (await officer.sees("رسید"))["from"] == "bot"


async def test_bale_sends_no_secret(bale: Call, bale_officer: Phone, receiver: Receiver) -> None:
    await bale("setWebhook", url=receiver.url, secret_token="s3cret")
    await bale_officer.send("سلام")
    assert await receiver.texts(1) == ["سلام"]
    assert receiver.secrets == [None]


async def test_repeats_are_posted_too(
    box: Sandbox, telegram: Call, officer: Phone, receiver: Receiver
) -> None:
    box.faults.add("telegram", "*", "repeat", times=3)
    await telegram("setWebhook", url=receiver.url)
    await officer.send("سلام")
    assert await receiver.texts(3) == ["سلام"] * 3
