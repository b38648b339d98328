"""R13: the bot is away for a while, and people go on writing and pressing."""

import contextlib
import time
from collections.abc import AsyncIterator
from typing import Final

from town import Resident, Town, begin, build_sandbox, town_settings

from benchmarks.proofs.tally import Place, Tally

MINUTES: Final = (1, 5, 60)
COMES_BACK: Final = 60.0
"""Seconds from the start until every open question stands in its chat again."""
QUESTION: Final = "گام"
PRESSED: Final = "بازگشت"
"""A button of every question: one step back."""


async def outages(place: Place) -> Tally:
    """`size` officers in the middle of a form, as many others writing; away for 1, 5 and 60 minutes."""
    tally = Tally()
    async with _opened(place) as town:
        officers = [await town.officer(f"کارشناس {number}") for number in range(place.size)]
        idle = [await town.officer(f"بی‌کار {number}") for number in range(place.size)]
        for officer in (*officers, *idle):
            await begin(officer)
        await town.quiet()
        for number, minutes in enumerate(MINUTES, 1):
            await _away(place, town, (officers, idle), minutes, tally)
            place.progress(number, len(MINUTES), f"{minutes} minutes away")
        tally.must("chats that were apologised to", town.apologised(), [])
    return tally


@contextlib.asynccontextmanager
async def _opened(place: Place) -> AsyncIterator[Town]:
    sandbox = await build_sandbox()
    town = Town(sandbox, town_settings(sandbox, place.url, place.folder), "telegram")
    await town.open()
    try:
        yield town
    finally:
        if town.running:
            await town.close()
        await sandbox.stop()


async def _away(
    place: Place, town: Town, people: tuple[list[Resident], list[Resident]], minutes: int, tally: Tally
) -> None:
    """Some answer the open question while the bot is away and ask for help; the others keep still."""
    officers, idle = people
    for one in idle:
        await one.says("راهنما")  # an open question is put again once, until its owner has acted
    await town.quiet()
    await town.crash()
    heard = {one: one.heard("") for one in (*officers, *idle)}
    for officer in officers:
        await officer.phone.send("راهنما")
    town.sandbox.clock.advance(minutes * 30)
    for officer in officers:
        await officer.phone.send("راهنما")
    town.sandbox.clock.advance(minutes * 30)
    for officer in officers:
        # Older presses the platform itself drops, after 150 seconds.
        await officer.phone.press(PRESSED, within=0)
    sent = sum(len(bot.updates) for bot in town.sandbox.world.bots.values())
    began = time.monotonic()
    await town.open()
    await town.quiet()
    seconds = time.monotonic() - began
    told = f"away {minutes} min"
    tally.must(f"{told}: messages that waited", sent, 3 * len(officers))
    left = sum(len(bot.updates) for bot in town.sandbox.world.bots.values())
    tally.must(f"{told}: messages lost", left, 0)
    answered = sum(one.heard("") >= heard[one] + 3 for one in officers)
    tally.must(f"{told}: people answered", answered, len(officers))
    again = sum(QUESTION in one.screen() for one in idle)
    tally.must(f"{told}: open questions standing", again, len(idle))
    place.measured(tally, f"{told}: seconds until all that", seconds, COMES_BACK)
    came = sum(one.heard("") == heard[one] + 1 for one in idle)
    tally.must(f"{told}: open questions put again, once", came, len(idle))
