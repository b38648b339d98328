"""Two processes on one PostgreSQL, by webhook, beside one."""

import asyncio
from contextlib import AsyncExitStack

import aiohttp

from benchmarks.api import PLATFORM
from benchmarks.bench import LATENCY, Bench
from benchmarks.figures import Row, Spread, Target, Unsound, ratios
from benchmarks.stage import PATIENCE, THIS_BOT, Platform, Running, environment, folder, free_port, start
from storage.vault import load_key

SECRET = "benchmark-webhook-secret-0123456789abcdef"


async def measure(bench: Bench) -> list[Row]:
    """One and two, in turn; each chat's updates go to one of the processes, as a balancer would send them."""
    one: list[float] = []
    two: list[float] = []
    for number in range(bench.size.rounds):
        bench.say(f"one and two processes on PostgreSQL, round {number + 1} of {bench.size.rounds}")
        one.append(await _rate(bench, 1))
        two.append(await _rate(bench, 2))
    target = Target(1.6, "≥ 1.6 × on two cores, each reply once")
    by = ratios(two, one)
    return [
        Row(
            f"two processes on PostgreSQL beside one ({bench.size.two:,} updates by webhook)",
            target.words,
            f"{Spread(two, '/s')} : {Spread(one, '/s')}",
            str(by),
            target.verdict_of(by),
        )
    ]


async def _rate(bench: Bench, processes: int) -> float:
    """Replies a second of so many processes; all must come, each once."""
    url = (await bench.server()).create()
    async with AsyncExitStack() as ending:
        home = ending.enter_context(folder())
        load_key(home / "secret.key")
        platform = await Platform.start(bench.size.chats, LATENCY)
        ending.push_async_callback(platform.stop)
        hooks: list[str] = []
        for _ in range(processes):
            port = free_port()
            given = environment(
                platform.url,
                home,
                DATABASE_URL=url,
                HEALTH_PORT=free_port(),
                WEBHOOK_PORT=port,
                WEBHOOK_URL=f"http://127.0.0.1:{port}",
                WEBHOOK_SECRET=SECRET,
            )
            bot = await start(THIS_BOT, given)
            ending.push_async_callback(bot.stop)
            await _ready(bot)
            hooks.append(f"http://127.0.0.1:{port}/hook/{PLATFORM}-{SECRET}")
        await _post(platform, hooks, bench.size.chats, bench.size.chats)
        await platform.do("reset")
        return await _post(platform, hooks, bench.size.two, bench.size.chats)


async def _post(platform: Platform, hooks: list[str], updates: int, chats: int) -> float:
    given = await platform.do("hooks", urls=hooks, secret=SECRET, updates=updates, chats=chats)
    if given["refused"]:
        raise Unsound(f"{given['refused']} updates were not taken")
    told = await platform.sends(updates)
    return float(updates / (max(told["sent"]) - given["began"]))


async def _ready(bot: Running) -> None:
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as client:
        while True:
            bot.alive()
            try:
                async with client.get(f"{bot.health}/readyz") as answer:
                    if answer.ok:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
