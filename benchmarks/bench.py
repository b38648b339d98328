"""What the rows of one run share: how much to do, whom to tell, and what was measured already."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.postgres import PgServer, pg_server
from benchmarks.size import Size
from benchmarks.stage import (
    AIOGRAM,
    FLOOR,
    PTB,
    THIS_BOT,
    Contender,
    Platform,
    Running,
    aiogram_is_there,
    grammy,
    stage,
)

LATENCY = 0.05
"""Seconds that every call of the platform takes, unless a row says otherwise."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one bot: replies that came, seconds from the first update to the last reply, CPU seconds."""

    replies: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        """Replies a second."""
        return self.replies / self.seconds

    @property
    def cost(self) -> float:
        """Microseconds of CPU an update."""
        return self.cpu / self.replies * 1e6


Runs = dict[str, list[Run]]
"""The runs of each bot by its name, in the order of the rounds."""


@dataclass
class Bench:
    """One run of the table.

    Args:
        size: how much of everything.
        say: is told what is being done.
        folder: for what outlives a single row.
        resources: is closed at the end of the run.
        contenders: None for all that can be had.
    """

    size: Size
    say: Callable[[str], None]
    folder: Path
    resources: AsyncExitStack
    contenders: list[Contender] | None = None
    measured: dict[float, Runs] = field(default_factory=dict)
    _server: PgServer | None = None

    async def throughput(self, latency: float) -> Runs:
        """Every bot at this API latency, in turn, round by round; measured once."""
        if latency not in self.measured:
            everybody = await self._everybody()
            runs: Runs = {one.name: [] for one in everybody}
            for number in range(self.size.rounds):
                for one in everybody:
                    self.say(f"{one.name}, {latency * 1000:.0f} ms, round {number + 1} of {self.size.rounds}")
                    runs[one.name].append(await self.once(one, latency))
            self.measured[latency] = runs
        return self.measured[latency]

    async def once(self, contender: Contender, latency: float) -> Run:
        """All updates at once; counted are the replies that arrived, each in its chat."""
        count = self.size.slow_updates if latency and contender is PTB else self.size.updates
        async with stage(contender, self.size.chats, latency=latency) as (platform, bot):
            return await timed(platform, bot, count, self.size.chats)

    async def own(self) -> Run:
        """This bot at 50 ms: the median run of the round-robin if there was one, else a run by itself."""
        if LATENCY in self.measured:
            runs = sorted(self.measured[LATENCY][THIS_BOT.name], key=lambda run: run.rate)
            return runs[len(runs) // 2]
        self.say("this bot, for comparison")
        return await self.once(THIS_BOT, LATENCY)

    async def server(self) -> PgServer:
        """The PostgreSQL of this run."""
        if self._server is None:
            self.say("starting PostgreSQL")
            self._server = self.resources.enter_context(pg_server())
        return self._server

    async def _everybody(self) -> list[Contender]:
        if self.contenders is None:
            found = [THIS_BOT, PTB, FLOOR]
            if aiogram_is_there():
                found.insert(1, AIOGRAM)
            self.say("asking npm for grammY")
            if (runner := await grammy(self.folder / "grammy")) is not None:
                found.append(runner)
            self.contenders = found
        return self.contenders


async def timed(platform: Platform, bot: Running, updates: int, chats: int) -> Run:
    """Put the updates, wait for the replies."""
    before = bot.cpu()
    began = (await platform.do("write", updates=updates, chats=chats))["began"]
    told = await platform.sends(updates)
    return Run(updates, max(told["sent"]) - began, bot.cpu() - before)
