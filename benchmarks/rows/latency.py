"""What the bot adds between an update and its reply while it has little to do."""

from benchmarks.bench import LATENCY, Bench
from benchmarks.figures import Row, Spread, Verdicts, percentile
from benchmarks.stage import THIS_BOT, stage

RATES = (5, 30)
P50 = 5.0
P95 = 15.0
"""Milliseconds."""


async def measure(bench: Bench) -> list[Row]:
    """A steady trickle, then a steady stream; the moments of both are drawn by the seed."""
    return [await _at(bench, rate) for rate in RATES]


async def _at(bench: Bench, rate: int) -> Row:
    count, chats = bench.size.flow * (2 if rate > RATES[0] else 1), bench.size.chats
    bench.say(f"{count} updates at {rate}/s")
    async with stage(THIS_BOT, chats, latency=LATENCY) as (platform, _):
        await platform.do("flow", updates=count, chats=chats, rate=rate)
        told = await platform.sends(count)
    added = [seconds * 1000 for _, seconds in told["answered"]]
    p50, p95 = percentile(added, 0.5), percentile(added, 0.95)
    verdicts = Verdicts()
    verdicts.need(p50 <= P50, f"p50 {p50:.1f} ms")
    verdicts.need(p95 <= P95, f"p95 {p95:.1f} ms")
    return Row(
        f"time added at {rate} updates/s ({count:,})",
        f"p50 ≤ {P50:.0f} ms, p95 ≤ {P95:.0f} ms",
        f"p50 {p50:.1f}, p95 {p95:.1f} ({Spread(added, ' ms', 1)})",
        verdict=verdicts.verdict,
    )
