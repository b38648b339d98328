"""Floods: messages of one account, connections held open, passcodes tried; others want an answer."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from typing import Any, Final

from argon2 import PasswordHasher
from services_office import Clock, Office

from benchmarks.proofs.places import KEY, VAULT
from benchmarks.proofs.tally import Place, Tally
from benchmarks.stage import THIS_BOT, Platform, Running, free_port, stage
from bot.flood import BURST
from domain.throttle import PASSCODE_BY_FORM, PASSCODE_TRIES
from messages_fa.buttons import DETAILS
from storage.engine import Store
from storage.work import Work

OTHERS: Final = 50
RATE: Final = 20.0
"""Messages of the others in a second."""
SECONDS: Final = 10.0
"""In which the whole flood comes."""
SLOW: Final = 200
"""Connections that send a byte now and then."""
FACTOR: Final = 2.0
"""How many times longer 95 of 100 of the others' answers may take than without a flood."""
GROWTH: Final = 24.0
"""Megabytes by which the bot may grow meanwhile."""
GUESSING_GROWTH: Final = GROWTH + 2 * 20.0
"""The same, and what two passcodes take that are compared at once."""
PATIENCE: Final = 120.0
GUESSES: Final = 30.0
"""Passcodes tried in a second."""
CASES: Final = 6
"""Cases whose passcodes are guessed: of each fewer than close it until an admin opens it again."""
WRONG: Final = "۴۴۴۴۴۴۴۴"
_KEYS: Final = base64.b64encode(KEY).decode()


async def flood(place: Place) -> Tally:
    """`size` messages of one account in ten seconds, and 200 slow connections."""
    tally, port, asked = Tally(), free_port(), int(OTHERS * 4)
    url = "" if place.sqlite else place.url
    given: dict[str, Any] = {
        "DATABASE_URL": url,
        "CHAT_INTERVAL": 1,
        "HEALTH_PORT": port,
        "MOHLAT_KEYS": _KEYS,
    }
    async with stage(THIS_BOT, OTHERS + 1, **given) as (platform, bot):
        alone = await _answered(platform, bot, asked)
        before = bot.memory()
        await platform.do("reset")
        flooder = platform.do("flow", updates=place.size, chats=1, first=OTHERS, rate=place.size / SECONDS)
        async with _slow_connections(port), asyncio.TaskGroup() as group:
            group.create_task(flooder)
            beside = await _answered(platform, bot, asked)
        await asyncio.sleep(1.0)
        grown = bot.memory() - before
        told = await platform.do("told")
        replies = len(told["sent"]) - asked
    tally.count("messages of one account", place.size)
    tally.must("answers that the others miss", asked - len(beside), 0)
    # A message for each that is heard, one «آهسته‌تر», and what the bucket has earned meanwhile.
    tally.at_most("answers to the flooder", replies, BURST + 2 * SECONDS + 2)
    tally.count("p95 alone, ms", round(_p95(alone) * 1_000, 1))
    tally.count("p95 beside the flood, ms", round(_p95(beside) * 1_000, 1))
    place.measured(tally, "times longer", _p95(beside) / _p95(alone), FACTOR)
    place.measured(tally, "grown by, MB", grown, GROWTH)
    return tally


async def guesses(place: Place) -> Tally:
    """`size` wrong passcodes, thirty a second, of as many accounts as it takes for all to be compared."""
    tally, asked, askers = Tally(), int(OTHERS * 4), -(-place.size // PASSCODE_TRIES)
    codes = await _filed(place)
    given: dict[str, Any] = {"DATABASE_URL": place.url, "MOHLAT_KEYS": _KEYS}
    async with stage(THIS_BOT, OTHERS + askers, **given) as (platform, bot):
        alone = await _answered(platform, bot, asked)
        await platform.do("ask", first=OTHERS, chats=askers, codes=codes, button=DETAILS)
        await platform.do("reset")
        before = bot.memory()
        guessing = platform.do(
            "flow", updates=place.size, chats=askers, first=OTHERS, rate=GUESSES, text=WRONG
        )
        async with asyncio.TaskGroup() as group:
            group.create_task(guessing)
            beside = await _answered(platform, bot, asked)
        await platform.do("wait", sends=asked + place.size, within=PATIENCE)
        grown = bot.memory() - before
    tally.count("accounts that guess", askers)
    tally.must("answers that the others miss", asked - len(beside), 0)
    tally.must("passcodes compared and found wrong", await _misses(place, codes), place.size)
    tally.count("p95 alone, ms", round(_p95(alone) * 1_000, 1))
    tally.count("p95 beside the guesses, ms", round(_p95(beside) * 1_000, 1))
    place.measured(tally, "times longer", _p95(beside) / _p95(alone), FACTOR)
    place.measured(tally, "grown by, MB", grown, GUESSING_GROWTH)
    return tally


async def _filed(place: Place) -> list[str]:
    """Codes of cases whose passcodes nobody knows."""
    digest = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash("nobody's")
    clock = Clock()
    store = await Store.open(place.url, vault=VAULT, clock=clock)
    office = Office(store, clock)
    officer = await office.officer()
    cases = [await office.file(officer, digest) for _ in range(CASES)]
    await store.close()
    return [case.code for case in cases]


async def _misses(place: Place, codes: list[str]) -> int:
    def count(work: Work) -> int:
        counted = [work.counters.get(PASSCODE_BY_FORM.scope, code) for code in codes]
        return sum(counter.misses for counter in counted if counter is not None)

    store = await Store.open(place.url, vault=VAULT)
    try:
        return await store.run(count)
    finally:
        await store.close()


async def _answered(platform: Platform, bot: Running, asked: int) -> list[float]:
    """Let the others write; the seconds that the bot took for each of their answers."""
    others = set(platform.chats[:OTHERS])
    await platform.do("flow", updates=asked, chats=OTHERS, rate=RATE)
    async with asyncio.timeout(PATIENCE):
        while True:
            bot.alive()
            answered = (await platform.do("told"))["answered"]
            took = [seconds for chat, seconds in answered if chat in others]
            if len(took) >= asked:
                return took
            await asyncio.sleep(0.1)


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


@contextlib.asynccontextmanager
async def _slow_connections(port: int) -> AsyncIterator[None]:
    """Strangers who begin a request each and never end it, as long as this lasts."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_drip(port)) for _ in range(SLOW)]
        yield
        for task in tasks:
            task.cancel()


async def _drip(port: int) -> None:
    while True:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(b"POST / HTTP/1.1\r\nX: ")
                while not writer.is_closing():
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.sleep(0.5)
            finally:
                writer.close()
        await asyncio.sleep(0.1)
