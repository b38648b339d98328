"""Updates by webhook: one process on SQLite, and two on one PostgreSQL."""

import asyncio
import re
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from processes_world import (
    AGREED,
    ANSWERS,
    BEGIN,
    PATIENCE,
    SCAN,
    SECRET,
    TOKENS,
    BotProcess,
    World,
    agree,
    file_proposal,
    free_port,
    get,
    give,
    shown,
    step,
    until,
)

from domain.roles import Role
from sandbox import Phone

TAKEN_OVER_SECONDS = 10.0
HANDLED_SECONDS = 14.0
"""Less than the dispatcher's sweep takes: nothing may have to wait for that."""


@pytest.mark.parametrize("platform", list(TOKENS))
async def test_by_webhook_a_proposal_is_filed_and_decided(world: World, platform: str) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    bot = world.bot(WEBHOOK_URL=url, WEBHOOK_PORT=port, WEBHOOK_SECRET=SECRET)
    officer = await world.staff(Role.OFFICER, platform, "سارا محمدی")
    reviewer = await world.staff(Role.REVIEWER, platform, "رضا کریمی")
    await bot.start()
    await reviewer.send("/start")
    await reviewer.sees("خوش آمدید", within=PATIENCE)
    await file_proposal(officer)
    await agree(reviewer, 1, lambda: world.count("cases WHERE state = 'agreed'") == 1)
    await officer.sees(AGREED, within=PATIENCE)
    await world.settled()
    world.assert_whole()
    assert world.sandbox.counts[platform, "getUpdates", 200] == 0

    async with aiohttp.ClientSession() as client:
        for path in ("", f"{platform}-{SECRET}x", f"{platform}-", SECRET):
            async with client.post(f"{url}/hook/{path}", json={"update_id": 1}) as answer:
                assert answer.status == 404
        without_header = 404 if platform == "telegram" else 200
        async with client.post(f"{url}/hook/{platform}-{SECRET}", json={"update_id": 7}) as answer:
            assert answer.status == without_header
    assert (await bot.stop())[0] == 0


class Relay:
    """Stands where the TLS proxy does, and gives every update to all processes at once."""

    def __init__(self, ports: list[int]) -> None:
        self.ports = ports
        self.port = free_port()
        self._runner: web.AppRunner | None = None
        self._client: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        app = web.Application()
        app.router.add_post("/hook/{secret}", self._take)
        self._client = aiohttp.ClientSession()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def close(self) -> None:
        assert self._runner is not None
        assert self._client is not None
        await self._runner.cleanup()
        await self._client.close()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        told = await asyncio.gather(*(self._pass_on(port, request, body) for port in self.ports))
        return web.Response(status=200 if 200 in told else 503)

    async def _pass_on(self, port: int, request: web.Request, body: bytes) -> int:
        assert self._client is not None
        headers = {
            name: value for name, value in request.headers.items() if name.lower().startswith("x-telegram")
        }
        try:
            url = f"http://127.0.0.1:{port}{request.path}"
            async with self._client.post(url, data=body, headers=headers) as answer:
                return answer.status
        except aiohttp.ClientError:
            return 0


@pytest.fixture
async def relay() -> AsyncIterator[Relay]:
    relay = Relay([free_port(), free_port()])
    await relay.open()
    yield relay
    await relay.close()


async def _sent_by(bot: BotProcess, platform: str) -> int:
    """How many messages this process has sent."""
    _, metrics = await get(f"{bot.health}/metrics")
    pattern = rf'^mohlat_sends_total{{platform="{platform}",result="sent"}} (\S+)'
    found = re.findall(pattern, metrics, re.MULTILINE)
    return int(float(found[0])) if found else 0


async def _rush_through(phone: Phone) -> None:
    """Answer without waiting for any question."""
    await phone.send(BEGIN)
    for answer in ANSWERS:
        if answer != SCAN:
            await phone.send(answer)
        else:
            await give(phone, answer)


def _steps(phone: Phone) -> list[int]:
    """The numbers of the questions put, in the order in which they stand in the chat."""
    found = (re.match(r"گام (\d+) از", text) for text in shown(phone))
    return [int(match[1]) for match in found if match]


async def test_two_processes_handle_each_update_once_in_order_and_one_sends(
    pg_world: World, relay: Relay
) -> None:
    world = pg_world
    bots = [
        world.bot(WEBHOOK_URL=f"http://127.0.0.1:{relay.port}", WEBHOOK_PORT=port, WEBHOOK_SECRET=SECRET)
        for port in relay.ports
    ]
    officers = [
        await world.staff(Role.OFFICER, platform, f"officer-{platform}-{number}")
        for platform in TOKENS
        for number in range(4)
    ]
    for bot in bots:
        await bot.start()
    for bot in bots:
        await bot.ready()

    await asyncio.gather(*(_rush_through(officer) for officer in officers))
    last = step(len(ANSWERS) + 1)
    await asyncio.gather(*(officer.sees(last, within=HANDLED_SECONDS) for officer in officers))
    await world.settled()
    assert [_steps(officer) for officer in officers] == [list(range(1, len(ANSWERS) + 1))] * len(officers)
    world.assert_whole()

    sent = {name: [await _sent_by(bot, name) for bot in bots] for name in TOKENS}
    for counts in sent.values():
        assert sorted(map(bool, counts)) == [False, True]
    first = bots[sent["bale"].index(0) - 1]
    other = next(bot for bot in bots if bot is not first)
    await first.kill()
    before, started = await _sent_by(other, "bale"), time.monotonic()
    for officer in officers:
        await officer.send("راهنما")
    await asyncio.gather(*(officer.sees("پیگیری", within=PATIENCE) for officer in officers))
    assert time.monotonic() - started < TAKEN_OVER_SECONDS
    assert await _sent_by(other, "bale") > before
    await until(lambda: world.count("inbox WHERE state = 'waiting'") == 0)
    await world.settled()
    world.assert_whole()
    assert (await other.stop())[0] == 0
