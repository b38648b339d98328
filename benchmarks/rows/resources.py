"""How soon the process is of use, what it holds in memory, and for how long its loop stands still."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

from benchmarks.bench import LATENCY, Bench
from benchmarks.figures import Row, Spread, Target, Unsound, Verdicts
from benchmarks.stage import THIS_BOT, Platform, environment, folder, free_port, stage, start

START = 1.5
MEGABYTES = 150.0
FLAT = 1.1
"""Growth that is still called flat."""
STALL = 50.0
"""Milliseconds."""
PROBE_SECONDS = 0.005


async def start_up(bench: Bench) -> list[Row]:
    """From the start of the process to its first poll, with a new store and with one that is there."""
    fresh: list[float] = []
    again: list[float] = []
    platform = await Platform.start(1, LATENCY)
    try:
        for number in range(bench.size.starts):
            bench.say(f"start {number + 1} of {bench.size.starts}")
            with folder() as home:
                fresh.append(await _first_poll(platform, home))
                again.append(await _first_poll(platform, home))
    finally:
        await platform.stop()
    target = Target(START, f"≤ {START} s", at_least=False)
    return [
        Row(
            "start to first poll",
            target.words,
            f"{Spread(again, ' s', 2)}, with a new store {Spread(fresh, ' s', 2)}",
            verdict=target.verdict(max(Spread(again).middle, Spread(fresh).middle)),
        )
    ]


async def _first_poll(platform: Platform, home: Path) -> float:
    await platform.do("reset")
    bot = await start(THIS_BOT, environment(platform.url, home))
    try:
        async with asyncio.timeout(30):
            while not (polled := (await platform.do("told"))["first_poll"]):
                bot.alive()
                await asyncio.sleep(0.01)
    finally:
        await bot.stop()
    return float(polled) - bot.started


async def memory(bench: Bench) -> list[Row]:
    """Memory after few and after many users, and the longest answer of /healthz meanwhile."""
    few, many = bench.size.users
    stalls: list[float] = []
    async with stage(THIS_BOT, few + many, latency=LATENCY, HEALTH_PORT=free_port()) as (platform, bot):
        bench.say(f"{few:,} users")
        async with _probed(f"{bot.health}/healthz", stalls):
            await platform.do("write", updates=many // 4, chats=few)
            await platform.sends(many // 4)
        before = bot.memory()
        await platform.do("reset")
        bench.say(f"{many:,} users")
        await platform.do("write", updates=many, chats=many, first=few)
        await platform.sends(many, within=180)
        after = bot.memory()
    verdicts = Verdicts()
    verdicts.need(max(before, after) <= MEGABYTES, f"{max(before, after):.0f} MB")
    verdicts.need(after <= before * FLAT, f"it grows by {after / before - 1:.0%}")
    longest = Target(STALL, f"≤ {STALL:.0f} ms", at_least=False)
    if not stalls:
        raise Unsound("/healthz gave no answer")
    return [
        Row(
            f"memory, {few:,} → {many:,} users",
            f"≤ {MEGABYTES:.0f} MB, growth ≤ {FLAT - 1:.0%}",
            f"{before:.0f} → {after:.0f} MB",
            verdict=verdicts.verdict,
        ),
        Row(
            "longest stall of the loop under load (the slowest answer of /healthz)",
            longest.words,
            f"{max(stalls):.0f} ms of {len(stalls):,} answers, median {Spread(stalls).middle:.1f}",
            verdict=longest.verdict(max(stalls)),
        ),
    ]


@contextlib.asynccontextmanager
async def _probed(url: str, took: list[float]) -> AsyncIterator[None]:
    """Ask again and again, one question at a time; `took` gets the milliseconds of each answer."""

    async def ask() -> None:
        async with aiohttp.ClientSession() as client:
            while True:
                started = time.perf_counter()
                async with client.get(url) as answer:
                    await answer.read()
                took.append((time.perf_counter() - started) * 1000)
                await asyncio.sleep(PROBE_SECONDS)

    asking = asyncio.create_task(ask())
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
