"""Where one update's CPU goes: py-spy samples the real bot under load, each sample is given to a stage.

A stage is known by the files on the stack, outermost word first: the whole unit of a poll's batch is
«receive and store», whatever of SQLAlchemy it runs through. The shares are of samples of running threads;
the microseconds are those shares of the CPU an update costs without the profiler.
"""

import asyncio
import contextlib
import os
import signal
from collections import Counter
from collections.abc import Iterable
from typing import Final

from benchmarks.bench import LATENCY, Bench, timed
from benchmarks.figures import Unsound
from benchmarks.report import Cells
from benchmarks.stage import PEERS, THIS_BOT, Contender, Running, descendants, stage

HERTZ: Final = 250
SAMPLER: Final = PEERS / "bin" / "py-spy"

STAGES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("parse the update", ("bot/platforms/parsing.py", "/telegram/")),
    ("settle what was sent", ("(storage/outbox.py) settle",)),
    ("claim what to send", ("(storage/outbox.py) claim",)),
    ("receive and store", ("bot/intake.py", "bot/webhook.py", "storage/inbox.py) receive")),
    ("the handler and its texts", ("bot/router.py", "bot/handlers/", "bot/turn.py")),
    ("take from the inbox, mark done", ("bot/dispatch.py) _unit", "storage/inbox.py")),
    (
        "post to the messenger",
        ("bot/posting.py", "bot/platforms/api.py", "bot/platforms/request.py", "aiohttp/"),
    ),
    ("delivery's own loop", ("bot/delivery.py", "bot/pace.py", "bot/verdict.py")),
    ("dispatch's own loop", ("bot/dispatch.py",)),
    ("begin and commit", ("storage/sqlite.py", "storage/engine.py", "storage/postgres.py")),
    ("between loop and store", ("aiosqlite/", "concurrent/futures", "queue.py", "threading.py")),
    ("the event loop", ("asyncio/",)),
)
"""The first stage of which a word stands in the stack has the sample."""
REST: Final = "everything else"
START_UP: Final = (
    "importlib",
    "alembic/",
    "storage/migrations",
    "App.open",
    "Store.open",
    "(bot/settings.py)",
)
"""Words of what happens once, before the first update; so do stacks without a frame."""


def stage_of(stack: str) -> str:
    """The stage of one folded stack: frames «function (file)» from the outermost, apart by semicolons."""
    frames = [_frame(frame) for frame in stack.split(";")]
    return next(
        (name for name, words in STAGES if any(word in frame for frame in frames for word in words)), REST
    )


def _frame(frame: str) -> str:
    """«Outbox.claim (storage/outbox.py:12)» as «(storage/outbox.py) claim», so that a word may name both."""
    function, _, file = frame.strip().partition(" (")
    return f"({file.rstrip(')').partition(':')[0]}) {function.rpartition('.')[2]}"


def shares(folded: Iterable[str]) -> list[tuple[str, float, str]]:
    """Each stage with its share of the samples and the function that most of them end in, largest first."""
    samples: Counter[str] = Counter()
    leaves: dict[str, Counter[str]] = {}
    for line in folded:
        stack, _, count = line.rpartition(" ")
        if not count.isdigit() or "(" not in stack or any(word in stack for word in START_UP):
            continue
        name = stage_of(stack)
        samples[name] += int(count)
        leaves.setdefault(name, Counter())[_leaf(stack)] += int(count)
    total = sum(samples.values())
    return [(name, count / total, leaves[name].most_common(1)[0][0]) for name, count in samples.most_common()]


def _leaf(stack: str) -> str:
    function, _, file = stack.rpartition(";")[2].strip().partition(" (")
    return f"{function} ({'/'.join(file.rstrip(')').partition(':')[0].split('/')[-2:])})"


async def measure(bench: Bench) -> list[Cells]:
    """The lines of the profile.

    Raises:
        Unsound: py-spy is not installed or may not look into a process here.
    """
    if not SAMPLER.exists():
        raise Unsound("py-spy is not installed: make bench sets it up")
    cost = (await bench.own()).cost
    bench.say("profile")
    folded = bench.folder / "profile.txt"
    record = ("record", "--format", "raw", "--rate", str(HERTZ), "--nonblocking", "--output", str(folded))
    watched = Contender("this bot", (str(SAMPLER), *record, "--", *THIS_BOT.command))
    async with stage(watched, bench.size.chats, latency=LATENCY) as (platform, bot):
        await timed(platform, bot, bench.size.profile, bench.size.chats)
        await _end(bot)
    if not folded.exists():
        raise Unsound("py-spy may not look into a process here")
    found = shares(folded.read_text().splitlines())
    lines: list[Cells] = [(name, f"{share * cost:,.0f}", f"{share:.0%}", leaf) for name, share, leaf in found]
    return [*lines, ("all", f"{cost:,.0f}", "100%", "")]


async def _end(bot: Running) -> None:
    """End the bot under py-spy, which then writes down what it saw."""
    for pid in descendants(bot.process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(20):
            await bot.process.wait()
