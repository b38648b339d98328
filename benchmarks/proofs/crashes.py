"""R1, R2 and R3: the bot as a real process, killed or told to stop while many people are at work."""

import asyncio
import random
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle, islice
from typing import Final

from processes_world import (
    PATIENCE,
    SECRET,
    TOKENS,
    BotProcess,
    World,
    agree,
    build_sandbox,
    file_proposal,
    free_port,
    receipts,
    shown,
    until,
)

from benchmarks.proofs.fatal import FIRST_START, IN_BACKUPS, POINTS
from benchmarks.proofs.tally import Place, Tally
from domain.roles import Role
from sandbox import Phone

OFFICERS: Final = 8
REVIEWERS: Final = 2
ASKERS: Final = 20
RATE: Final = 100.0
"""Updates a second, all people together."""
SENDING: Final = {"TELEGRAM_RATE": 150, "BALE_RATE": 150}
"""Messages a second: what came while the bot was dead is made good, but not all in one moment."""
WAITING: Final = 300
"""Updates that may wait for the bot on each platform before nobody asks more: people who get no answer write
no faster, and one platform forgets the oldest beyond 2,000, which no bot can make good."""
THINKING: Final = 0.05
LIFE: Final = (0.3, 4.5)
"""Seconds from the start of a process to its kill, where it is of use after `BIRTH`; in proportion else."""
BIRTH: Final = 1.5
LIVES_LOOKED_AT: Final = 5
DOUBLES: Final = 0.01
COMES_BACK: Final = 5.0
DRAINED: Final = 10.0
UNKNOWN_CODE: Final = "۱۲۳۴ ۵۶۷۸ ۹۰۱۲"
SENDS: Final = ("sendMessage", "sendDocument", "sendPhoto", "editMessageText")
SETTLING: Final = 300.0
LATER: Final = tuple(point for point in POINTS if point not in (*FIRST_START, *IN_BACKUPS))


@dataclass
class Rush:
    """People at work on a world: officers file, reviewers decide, others ask where it stands."""

    world: World
    tally: Tally
    rate: float = RATE
    thinking: float = THINKING
    officers: list[Phone] = field(default_factory=list)
    reviewers: list[Phone] = field(default_factory=list)
    askers: list[Phone] = field(default_factory=list)
    filed: int = 0
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    all_filed: asyncio.Event = field(default_factory=asyncio.Event)

    async def gather(self, officers: int = OFFICERS, askers: int = ASKERS) -> None:
        """Bring the people together."""
        for number, platform in islice(enumerate(cycle(TOKENS)), officers):
            self.officers.append(await self.world.staff(Role.OFFICER, platform, f"officer-{number}"))
        for number, platform in islice(enumerate(cycle(TOKENS)), REVIEWERS):
            self.reviewers.append(await self.world.staff(Role.REVIEWER, platform, f"reviewer-{number}"))
        for number, platform in islice(enumerate(cycle(TOKENS)), askers):
            self.askers.append(self.world.phone(platform, f"asker-{number}"))

    async def during(self, disaster: "asyncio.Future[None]", *, judged: bool = True) -> None:
        """Work until the disaster is over and everything begun is finished; then judge."""
        began, before = time.monotonic(), self.world.updates()
        async with asyncio.TaskGroup() as people:
            people.create_task(self._all_file())
            for number in range(len(self.reviewers)):
                people.create_task(self._decide(number))
            people.create_task(self._ask(began, before))
            await disaster
            self.tally.count("updates a second", self._rate(began, before))
            self.enough.set()
        await self.world.settled(SETTLING)
        if judged:
            self.judge_people()
            self._judge_store()

    def judge_doubles(self, place: Place) -> None:
        """Whether few messages came twice; where every kill is aimed at the worst moment, more may."""
        world = self.world
        rows = world.count(f"outbox WHERE state = 'sent' AND method IN {SENDS}")
        self.tally.count("messages", rows)
        share = max(0, _sends(world) - rows) / rows
        place.measured(self.tally, "share of double sends", share, DOUBLES)

    async def _all_file(self) -> None:
        await asyncio.gather(*(self._file(officer) for officer in self.officers))
        self.all_filed.set()

    async def _file(self, officer: Phone) -> None:
        while not self.enough.is_set():
            await file_proposal(officer, thinking=self.thinking)
            self.filed += 1

    async def _decide(self, number: int) -> None:
        """Agree to every case that falls to this reviewer; the numbers may have gaps on PostgreSQL."""
        world, phone = self.world, self.reviewers[number]
        await phone.send("/start")
        await phone.sees("خوش آمدید", within=PATIENCE)
        while True:
            over = self.all_filed.is_set()
            waiting = world.rows("SELECT id FROM cases WHERE state <> 'agreed' ORDER BY id")
            mine = [case for (case,) in waiting if case % len(self.reviewers) == number]
            for case in mine:
                await agree(phone, case, partial(self._is_agreed, case))
            if over and not mine:
                return
            await asyncio.sleep(0.1)

    def _is_agreed(self, case: int) -> bool:
        return self.world.count(f"cases WHERE id = {case} AND state = 'agreed'") == 1

    async def _ask(self, began: float, before: int) -> None:
        """Fill up to the rate with people who ask for a code; at the end each gets an answer once more."""
        for asker in cycle(self.askers):
            if self.enough.is_set():
                break
            await asker.send(UNKNOWN_CODE)
            while self._too_fast(began, before) and not self.enough.is_set():
                await asyncio.sleep(0.005)
        for asker in self.askers:
            await asker.send(UNKNOWN_CODE)
            await asker.sees(within=SETTLING)

    def _too_fast(self, began: float, before: int) -> bool:
        bots = self.world.sandbox.world.bots.values()
        return self._rate(began, before) > self.rate or any(len(bot.updates) > WAITING for bot in bots)

    def _rate(self, began: float, before: int) -> int:
        return round((self.world.updates() - before) / max(0.1, time.monotonic() - began))

    def judge_people(self) -> None:
        """Whether what the people saw is what stands in the store."""
        world, tally = self.world, self.tally
        cases = world.count("cases")
        told = [receipts(officer) for officer in self.officers]
        tally.must("cases", cases, self.filed)
        tally.must("receipts", len(set.union(*told)), cases)
        tally.must("cases agreed", world.count("cases WHERE state = 'agreed'"), cases)
        tally.must("decisions", world.count("case_events WHERE to_state = 'agreed'"), cases)

    def _judge_store(self) -> None:
        world, tally = self.world, self.tally
        tally.count("updates", world.updates())
        tally.must("updates lost", world.updates() - world.count("inbox WHERE state = 'done'"), 0)
        tally.wrong += world.objections()


def _sends(world: World) -> int:
    """Messages that reached the platform; an edit repeated is refused as «not modified», which counts too."""
    counts = world.sandbox.counts
    edits = sum(counts[platform, "editMessageText", 400] for platform in TOKENS)
    return edits + sum(counts[platform, method, 200] for platform in TOKENS for method in SENDS)


@asynccontextmanager
async def new_world(place: Place) -> AsyncIterator[World]:
    """A sandbox and a folder for processes on the place's database."""
    world = World(await build_sandbox(), place.folder / "home", place.url)
    world.home.mkdir()
    try:
        yield world
    finally:
        await world.close()


def on_webhook() -> dict[str, object]:
    """What a process is told that is to be served by webhook."""
    port = free_port()
    return {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "WEBHOOK_PORT": port, "WEBHOOK_SECRET": SECRET}


# R1


async def kills(place: Place) -> Tally:
    """R1 by polling: `size` kills at random times."""
    return await _kills(place, {})


async def kills_by_webhook(place: Place) -> Tally:
    """R1 by webhook."""
    return await _kills(place, on_webhook())


async def _kills(place: Place, way: dict[str, object]) -> Tally:
    async with new_world(place) as world:
        rush = Rush(world, Tally())
        await rush.gather()
        bot = world.bot(**SENDING, **way)
        await bot.start()
        await bot.ready(PATIENCE)
        await rush.during(asyncio.ensure_future(_kill_often(place, rush, bot)))
        rush.judge_doubles(place)
        rush.tally.must("exit code at the end", (await bot.stop())[0], 0)
        return rush.tally


async def _kill_often(place: Place, rush: Rush, bot: BotProcess) -> None:
    drawn, waits = random.Random(place.seed), []
    births: deque[float] = deque([BIRTH], LIVES_LOOKED_AT)
    for number in range(1, place.size + 1):
        life = drawn.uniform(*LIFE) * max(1.0, max(births) / BIRTH)
        answered = await _live(rush.world, life)
        births.append(answered or life)
        waits += [answered] if answered else []
        await bot.kill()
        await bot.start()
        place.progress(number, place.size, f"kills, {rush.filed} cases filed")
    rush.tally.count("kills", place.size)
    longest = max(waits, default=0.0)
    place.measured(rush.tally, "longest wait for the first answer after a start, s", longest, COMES_BACK)


async def _live(world: World, life: float) -> float | None:
    """Let the bot live so many seconds; after how many of them it sent something for the first time."""
    started, before, answered = time.monotonic(), _sends(world), None
    while (lived := time.monotonic() - started) < life:
        if answered is None and _sends(world) > before:
            answered = lived
        await asyncio.sleep(0.01)
    return answered


# R2


async def kills_at_points(place: Place, later: Sequence[str] = LATER) -> Tally:
    """R2: `size` kills at each named point, those of a first start first."""
    drawn = random.Random(place.seed)
    async with new_world(place) as world:
        rush = Rush(world, Tally())
        for point in FIRST_START:
            if "key" in point and not place.sqlite:
                continue  # of a server's store the operator makes the key, by a command of its own
            await _die(world, point, 40 if "migration" in point else 1, rush.tally)
        await (await _born(world)).stop()
        await rush.gather(officers=4, askers=4)
        points = [point for point in later for _ in range(place.size)]
        await rush.during(asyncio.ensure_future(_die_often(place, rush, points, drawn)))
        return rush.tally


async def _die_often(place: Place, rush: Rush, points: list[str], drawn: random.Random) -> None:
    for number, point in enumerate(points, 1):
        passes = drawn.randint(1, 3) if "file" in point else drawn.randint(2, 30)
        await _die(rush.world, point, passes, rush.tally)
        place.progress(number, len(points), point)
    await _born(rush.world)


async def _die(world: World, point: str, passes: int, tally: Tally) -> None:
    """One life that ends at this point."""
    bot = world.bot()
    await bot.start(sys.executable, "-m", "benchmarks.proofs.fatal", point, str(passes), "run")
    assert bot.process is not None  # noqa: S101 - for the type checker: it has just been started
    async with asyncio.timeout(SETTLING):
        code = await bot.process.wait()
    if code != -9:  # noqa: PLR2004 - SIGKILL
        tally.wrong.append(f"{point}: ended with {code}: {bot.log.read_text()[-500:]}")
    done = tally.counts.get(f"killed: {point}", 0)
    assert isinstance(done, int)  # noqa: S101 - for the type checker
    tally.count(f"killed: {point}", done + 1)


async def _born(world: World) -> BotProcess:
    bot = world.bot()
    await bot.start()
    await bot.ready(PATIENCE)
    return bot


# R3


async def orders_to_stop(place: Place) -> Tally:
    """R3: `size` times SIGTERM while forty people write."""
    tally = Tally()
    async with new_world(place) as world:
        phones = [world.phone(platform, f"person-{n}") for platform in TOKENS for n in range(20)]
        bot = world.bot()
        longest = 0.0
        for number in range(1, place.size + 1):
            seconds = await _stopped_under_load(world, bot, phones, tally)
            longest = max(longest, seconds)
            place.progress(number, place.size, "orders to stop")
        tally.count("orders to stop", place.size)
        tally.count("updates", world.updates())
        place.measured(tally, "longest drain, s", longest, DRAINED)
        tally.must("answers", sum(len(shown(phone)) for phone in phones), world.updates())
        tally.wrong += world.objections()
    return tally


async def _stopped_under_load(world: World, bot: BotProcess, phones: list[Phone], tally: Tally) -> float:
    await bot.start()
    await bot.ready(PATIENCE)
    before = sum(len(shown(phone)) for phone in phones)
    for platform in TOKENS:
        world.sandbox.faults.add(platform, "sendMessage", "latency", delay=0.05)
    writing = asyncio.gather(*(_write(phone) for phone in phones))
    await until(lambda: sum(len(shown(phone)) for phone in phones) > before + 50)
    code, seconds = await bot.stop()
    tally.must("exit code", code, 0)
    tally.must(
        "messages left in the air", world.count("outbox WHERE state = 'sending' OR state = 'unknown'"), 0
    )
    await writing
    world.sandbox.faults.clear("*")
    await bot.start()
    await world.settled(SETTLING)
    await bot.stop()
    return seconds


async def _write(phone: Phone) -> None:
    for number in range(10):
        await phone.send(f"چیزی {number}")
        await asyncio.sleep(0.02)
