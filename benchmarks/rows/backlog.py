"""Thousands of updates at once, at the platform's real rate: handled, sent in turn, nobody starved."""

import asyncio
import re
from pathlib import Path

import aiohttp

from benchmarks.api import Json
from benchmarks.bench import LATENCY, Bench
from benchmarks.figures import Row, Unsound, Verdicts
from benchmarks.stage import (
    PATIENCE,
    THIS_BOT,
    Platform,
    Running,
    environment,
    folder,
    free_port,
    start,
    warm_up,
)

RATE = 28.0
"""Messages a second: the bot's own setting for Telegram."""
SHARE = 0.97
SLACK = 1.1
HANDLED = re.compile(r'^mohlat_updates_handled_total\{.*result="handled"\} (\S+)', re.MULTILINE)


async def measure(bench: Bench) -> list[Row]:
    """A backlog at strict rates; after a while the rest leaves at an open rate, and all is counted."""
    with folder() as home:
        platform = await Platform.start(bench.size.backlog_chats + 2, LATENCY)
        try:
            return [await _measured(bench, platform, home)]
        finally:
            await platform.stop()


async def _measured(bench: Bench, platform: Platform, home: Path) -> Row:
    updates, chats = bench.size.backlog, bench.size.backlog_chats
    speed = (await bench.own()).rate
    turn = chats / RATE * SLACK
    bot = await _begin(platform, home)
    try:
        bench.say(f"{updates:,} updates from {chats:,} chats at once")
        began = (await platform.do("write", updates=updates, chats=chats))["began"]
        await platform.do("write", updates=1, chats=1, first=chats)
        handled = await _handled(bot, updates + 2, platform) - began
        bench.say(f"replies at {RATE:.0f}/s, at most {turn:.0f} s")
        told = await _newest(platform, platform.chats[chats], turn)
    finally:
        await bot.stop()
    sent = [at for at in told["sent"] if at > told["sent"][0] + 1]
    rate = (len(sent) - 1) / (sent[-1] - sent[0]) if len(sent) > 1 else 0.0
    wait = next((seconds for chat, seconds in told["answered"] if chat == platform.chats[chats]), None)
    bench.say("the rest at an open rate")
    await _empty(platform, home, updates + 1)
    verdicts = Verdicts()
    verdicts.need(updates / handled >= speed, f"handled slower than with sending ({speed:,.0f}/s)")
    verdicts.need(rate >= SHARE * RATE or len(told["sent"]) > updates, f"{rate / RATE:.0%} of the rate")
    verdicts.need(told["refused"] == 0, f"{told['refused']} × 429")
    verdicts.need(wait is not None, "the newest waits for longer than a turn of all")
    return Row(
        f"backlog of {updates:,} updates from {chats:,} chats, at {RATE:.0f} messages/s",
        f"handled as fast as ever, ≥ {SHARE:.0%} of the rate, the newest within a turn of all ({turn:.0f} s)",
        f"handled {updates / handled:,.0f}/s, sent {rate:.1f}/s, 429: {told['refused']}, "
        f"the newest {'unanswered' if wait is None else f'after {wait:.1f} s'}",
        verdict=verdicts.verdict,
    )


async def _begin(platform: Platform, home: Path) -> Running:
    bot = await start(
        THIS_BOT,
        environment(platform.url, home, TELEGRAM_RATE=RATE, CHAT_INTERVAL=1, HEALTH_PORT=free_port()),
    )
    await warm_up(platform, bot, len(platform.chats) - 1)
    await platform.do("faults", latency=LATENCY, strict=True)
    return bot


async def _handled(bot: Running, wanted: int, platform: Platform) -> float:
    """The moment at which so many updates were handled, by the bot's own count."""
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as client:
        while True:
            async with client.get(f"{bot.health}/metrics") as answer:
                found = HANDLED.findall(await answer.text())
            if sum(map(float, found)) >= wanted:
                return float((await platform.do("told"))["now"])
            bot.alive()
            await asyncio.sleep(0.05)


async def _newest(platform: Platform, newest: int, within: float) -> Json:
    """Wait until the newest is answered, or for so long."""
    for _ in range(max(10, int(within / 0.25))):
        told = await platform.do("told")
        if any(chat == newest for chat, _ in told["answered"]):
            return told
        await asyncio.sleep(0.25)
    return await platform.do("told")


async def _empty(platform: Platform, home: Path, wanted: int) -> None:
    """Restart at an open rate: what has not been sent is sent, everything once."""
    await platform.do("faults")
    bot = await start(THIS_BOT, environment(platform.url, home))
    try:
        await platform.sends(wanted)
    except Unsound:
        bot.alive()
        raise
    finally:
        await bot.stop()
