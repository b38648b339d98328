"""R5: malformed updates through the whole bot, while other people file, decide and ask as ever."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import Final

import aiohttp
from processes_world import PATIENCE, SECRET, TOKENS, BotProcess, World

from benchmarks.proofs.crashes import SETTLING, Rush, new_world, on_webhook
from benchmarks.proofs.malformed import CANARIES, Malformer
from benchmarks.proofs.tally import Place, Tally
from sandbox import NotSeen, Phone

CHATS: Final = range(9_000_001, 9_000_051)
"""The private chats of those who send garbage."""
FIRST_ID: Final = 10**12
AT_ONCE: Final = 32
OTHERS_RATE: Final = 20.0
OTHERS_THINK: Final = 1.0
"""The others are not in a hurry: what they have on their phones grows, and with it the time to look at it."""
TAKEN_OR_REFUSED: Final = {200, 400, 413}
HEADERS: Final = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}


async def malformed(place: Place) -> Tally:
    """Post `size` malformed updates to the webhook of a bot that logs everything."""
    async with new_world(place) as world:
        rush = Rush(world, Tally(), rate=OTHERS_RATE, thinking=OTHERS_THINK)
        await rush.gather(officers=4, askers=4)
        hostile = [_hostile(world, number) for number in CHATS]
        way = on_webhook()
        bot = world.bot(LOG_LEVEL="DEBUG", **way)
        await bot.start()
        await bot.ready(PATIENCE)
        url = f"{way['WEBHOOK_URL']}/hook/{{platform}}-{SECRET}"
        await rush.during(asyncio.ensure_future(_garbage(place, url, rush.tally)), judged=False)
        rush.judge_people()
        _judge(rush.tally, world, bot)
        await _nobody_is_stuck(hostile, rush.tally)
        rush.tally.must("exit code at the end", (await bot.stop())[0], 0)
        _judge_log(rush.tally, bot)
        return rush.tally


def _hostile(world: World, number: int) -> Phone:
    world.sandbox.add_person(f"hostile-{number}", "hostile", platform="telegram", user_id=number)
    return world.sandbox.person("telegram", f"hostile-{number}")


async def _garbage(place: Place, url: str, tally: Tally) -> None:
    bodies = enumerate(Malformer(place.seed).bodies(place.size, FIRST_ID, CHATS), 1)
    answers: Counter[int] = Counter()
    async with aiohttp.ClientSession() as client, asyncio.TaskGroup() as senders:
        for _ in range(AT_ONCE):
            senders.create_task(_post(place, client, url, bodies, answers))
    tally.must("malformed updates", answers.total(), place.size)
    tally.must("answers of another kind", {a: n for a, n in answers.items() if a not in TAKEN_OR_REFUSED}, {})
    for status in sorted(TAKEN_OR_REFUSED):
        tally.count(f"answered {status}", answers[status])


async def _post(
    place: Place,
    client: aiohttp.ClientSession,
    url: str,
    bodies: Iterator[tuple[int, bytes]],
    answers: Counter[int],
) -> None:
    for number, body in bodies:
        there = url.format(platform=list(TOKENS)[number % len(TOKENS)])
        try:
            async with client.post(there, data=body, headers=HEADERS) as answer:
                answers[answer.status] += 1
        except aiohttp.ClientError:
            answers[0] += 1
        place.progress(number, place.size, "malformed updates")


def _judge(tally: Tally, world: World, bot: BotProcess) -> None:
    states = dict(world.rows("SELECT state, count(*) FROM inbox GROUP BY state"))
    tally.count("quarantined", states.get("quarantined", 0))
    tally.must("left waiting", states.get("waiting", 0), 0)
    # A handler that raises on garbage is tried three times and then set aside: none may.
    raised = "SELECT problem, count(*) FROM inbox WHERE state = 'set_aside' GROUP BY problem ORDER BY 2 DESC"
    tally.must("handlers that raised", dict(world.rows(raised)), {})
    assert bot.process is not None  # noqa: S101 - for the type checker: it runs
    tally.must("exits", int(bot.process.returncode is not None), 0)


async def _nobody_is_stuck(hostile: list[Phone], tally: Tally) -> None:
    """Whoever sent garbage before is answered now."""
    stuck = 0
    for phone in hostile:
        await phone.send("/help")
    for phone in hostile:
        try:
            await phone.sees(within=SETTLING)
        except NotSeen:
            stuck += 1
    tally.must("stuck chats", stuck, 0)


def _judge_log(tally: Tally, bot: BotProcess) -> None:
    log = bot.log.read_text(errors="replace")
    people = [str(number) for number in CHATS]
    tally.count("lines of log", log.count("\n"))
    tally.must("canaries in the log", [word for word in (*CANARIES, *people) if word in log], [])
    tally.must("lines that are no JSON", sum(not line.startswith("{") for line in log.splitlines()), 0)
