"""How long others wait while one chat floods."""

from benchmarks.api import Json
from benchmarks.bench import LATENCY, Bench
from benchmarks.figures import Row, Spread, Target, percentile, ratios
from benchmarks.stage import THIS_BOT, stage

RATE = 10


async def measure(bench: Bench) -> list[Row]:
    """Neighbours write by themselves, and then from the moment on at which somebody puts 400 updates."""
    count, flood = bench.size.lone, bench.size.flood
    async with stage(THIS_BOT, count + 1, latency=LATENCY) as (platform, _):
        bench.say("neighbours alone")
        await platform.do("flow", updates=count, chats=count, rate=RATE)
        lone = _waits(await platform.sends(count), set(platform.chats))
        await platform.do("reset")
        bench.say(f"neighbours behind a flood of {flood}")
        await platform.do("write", updates=flood, chats=1, first=count)
        await platform.do("flow", updates=count, chats=count, rate=RATE)
        told = await platform.sends(count + flood, within=120)
        beside = _waits(told, set(platform.chats) - {platform.chats[count]})
    target = Target(2.0, "≤ 2 × its lone wait (p95)", at_least=False)
    by = ratios([percentile(beside, 0.95)], [percentile(lone, 0.5)])
    return [
        Row(
            f"a neighbour's wait behind a flood of {flood} updates",
            target.words,
            f"p95 {percentile(beside, 0.95):.0f}, {Spread(beside, ' ms')} : alone {Spread(lone, ' ms')}",
            str(by),
            target.verdict(by.middle),
        )
    ]


def _waits(told: Json, chats: set[int]) -> list[float]:
    """Milliseconds as the person waits: one call of the API, and what the bot adds."""
    return [(seconds + LATENCY) * 1000 for chat, seconds in told["answered"] if chat in chats]
