"""Letting the timers go off when the clock is moved, so that what has fallen due is seen at once."""

import asyncio
from typing import Final

from bot.app import App
from bot.part import Sweep
from bot.timers import SWEEPS, swept

PAUSE: Final = 0.3
"""Seconds between a move of the clock and the timers: several taps count as one."""


class Hurry:
    """Runs every sweep of the bot once after `moved` is set; the bot's own timers go on as ever."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.moved = asyncio.Event()

    async def run(self) -> None:
        """For as long as the demo lasts."""
        await self.app.started.wait()
        while await self.moved.wait():
            await asyncio.sleep(PAUSE)
            self.moved.clear()
            for name, sweep, _ in SWEEPS:
                # A sweep that fails here fails again in its own time, and is logged there.
                await asyncio.gather(self._go_off(name, sweep), return_exceptions=True)

    async def _go_off(self, name: str, sweep: Sweep) -> None:
        while await swept(self.app.store, self.app.office, name, sweep):
            pass
