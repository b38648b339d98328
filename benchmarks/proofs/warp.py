"""A clock whose speed can be changed, and a sandbox that lives by it."""

import datetime as dt
import time
from dataclasses import replace
from itertools import count

from pipeline_world import TOKENS, FastClock, World

from benchmarks.proofs.places import VAULT
from benchmarks.proofs.tally import Place
from bot.platforms import PLATFORMS
from sandbox import Clock, Sandbox
from storage.engine import Store

_STRETCHES = count()
"""Sandboxes on one store give neither the same update ids nor the same persons twice."""


class Warp(FastClock):
    """Hours pass in seconds, and then seconds in seconds; the wall clock can be set apart."""

    def __init__(self, speed: float = 1.0) -> None:
        super().__init__(speed)
        self._real = self._virtual = time.monotonic()
        self._start = self._virtual
        self.step = 0.0
        """Seconds by which somebody has set the wall clock."""

    def run_at(self, speed: float) -> None:
        """From now on so many seconds pass in one."""
        self._virtual, self._real = self.monotonic(), time.monotonic()
        self.speed = speed

    def monotonic(self) -> float:
        """Virtual seconds."""
        return self._virtual + (time.monotonic() - self._real) * self.speed

    def now(self) -> dt.datetime:
        """The wall clock."""
        passed = self.monotonic() - self._start
        return dt.datetime.fromtimestamp(self._epoch + passed + self.step, dt.UTC)


class SandboxClock(Clock):
    """The sandbox's clock by the same time."""

    def __init__(self, warp: Warp) -> None:
        super().__init__()
        self._warp = warp

    def timestamp(self) -> float:
        """Seconds since 1970, without what was set on the bot's own wall clock."""
        return self._warp.now().timestamp() - self._warp.step


async def warped(place: Place, speed: float = 1.0, *, real_rates: bool = False) -> tuple[World, Warp]:
    """A sandbox and the store of this place, by one clock."""
    warp = Warp(speed)
    sandbox = Sandbox(clock=SandboxClock(warp))
    for name, token in TOKENS.items():
        bot = sandbox.add_bot(name, token, f"mohlat_{name}_bot", "مهلت")
        stretch = next(_STRETCHES)
        sandbox.jump(name, stretch * 100_000)
        bot.last_user = bot.dialect.first_user_id + stretch * 1000
    await sandbox.start()
    world = World(sandbox, await Store.open(place.url, vault=VAULT, clock=warp.now), warp)
    if real_rates:
        world.platforms = {name: replace(platform) for name, platform in PLATFORMS.items()}
    return world, warp


async def closed(world: World) -> None:
    """Let go of everything."""
    await world.close()
    await world.store.close()
    await world.sandbox.stop()
