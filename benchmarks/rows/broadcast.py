"""A broadcast under a strict window of 30 a second, while people write."""

from pathlib import Path

from benchmarks.api import PLATFORM
from benchmarks.bench import LATENCY, Bench
from benchmarks.figures import Row, Verdicts
from benchmarks.stage import PATIENCE, THIS_BOT, Platform, environment, folder, start
from storage.engine import Store
from storage.records import Lane, Outgoing
from storage.vault import Vault, load_key
from storage.work import Work

WINDOW = 30.0
"""Messages that the platform takes within any second."""
SET = 29.5
"""The bot's rate: a little under the window."""
SHARE = 0.97
LATE = 0.150
ASKED = 1.0
"""Updates of people in a second, meanwhile."""


async def measure(bench: Bench) -> list[Row]:
    """Recipients in the outbox, a bot that begins with them, and people who want an answer."""
    count = bench.size.broadcast
    asking = max(1, int(count / WINDOW * ASKED * 0.8))
    with folder() as home:
        platform = await Platform.start(count + asking, LATENCY)
        try:
            bench.say(f"a broadcast to {count:,}")
            await _prepare(home, platform.chats[:count])
            await platform.do("expect", count=count)
            await platform.do("faults", latency=LATENCY, strict=True)
            bot = await start(THIS_BOT, environment(platform.url, home, TELEGRAM_RATE=SET, CHAT_INTERVAL=1))
            try:
                await platform.do("wait", sends=1, within=PATIENCE, grace=0)
                await platform.do("flow", updates=asking, chats=asking, first=count, rate=ASKED)
                told = await platform.sends(count + asking, within=count / WINDOW * 2 + PATIENCE)
            finally:
                await bot.stop()
        finally:
            await platform.stop()
    return [_row(count, told["sent"], told["refused"], [seconds for _, seconds in told["answered"]])]


async def _prepare(home: Path, chats: list[int]) -> None:
    """Put the broadcast into the outbox of a new store."""

    def fill(work: Work) -> None:
        for chat in chats:
            params = {"chat_id": chat, "text": "اطلاعیه"}
            work.outbox.add(Outgoing(PLATFORM, chat, Lane.BROADCASTS, "sendMessage", params))

    vault = Vault(load_key(home / "secret.key"))
    store = await Store.open(f"sqlite:///{home / 'mohlat.sqlite'}", vault=vault)
    try:
        await store.run(fill)
    finally:
        await store.close()


def _row(count: int, sent: list[float], refused: int, late: list[float]) -> Row:
    share = (len(sent) - 1) / (max(sent) - min(sent)) / WINDOW
    verdicts = Verdicts()
    verdicts.need(share >= SHARE, f"{share:.1%} of the rate")
    verdicts.need(refused == 0, f"{refused} × 429")
    verdicts.need(max(late) <= LATE, f"a reply {max(late) * 1000:.0f} ms late")
    return Row(
        f"broadcast to {count:,} under a strict window of {WINDOW:.0f}/s, {len(late)} people writing",
        f"≥ {SHARE:.0%} of the rate, 0 × 429, replies ≤ {LATE * 1000:.0f} ms late",
        f"{share:.1%} of the rate, 429: {refused}, replies at most {max(late) * 1000:.0f} ms late",
        verdict=verdicts.verdict,
    )
