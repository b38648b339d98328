"""R11: a notice to many, its sender killed again and again, while people write and want an answer."""

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.api import PLATFORM
from benchmarks.proofs.delivering import most_in_a_second
from benchmarks.proofs.tally import Place, Tally
from benchmarks.stage import THIS_BOT, Json, Platform, Running, environment, start
from bot.broadcast import broadcast
from bot.office import Office
from bot.platforms import PLATFORMS
from domain.audience import Audience
from services import notices, sending
from storage.engine import Store
from storage.records.notices import NoticeState
from storage.vault import Vault, load_key
from storage.work import Work

KILLS: Final = 3
PER_KILL: Final = 100
"""Recipients that a kill needs to fall into the middle of the sending."""
TELLING: Final = 100
"""Answers from which on a share of them tells anything."""
ALLOWED: Final = 30
"""Messages that the platform takes within any second."""
SET: Final = 29.0
"""The bot's rate, as it is unless set otherwise."""
REFUSED: Final = 0.01
"""The share of calls that may come to the platform too close together on a busy machine."""
ASKED: Final = 1.0
"""Updates of people in a second, meanwhile."""
SLOWEST: Final = 1.0
"""Seconds that 95 of 100 of their answers may take."""
PATIENCE: Final = 120.0
"""Seconds beyond four times those that the rate allows, before the proof is given up."""
GRACE: Final = 2.0


async def killed(place: Place) -> Tally:
    """R11: `size` recipients, kills spread over the sending."""
    tally, asking = Tally(), max(2, int(place.size / SET * ASKED * 0.8))
    home = place.folder / "home"
    home.mkdir()
    platform = await Platform.start(place.size + asking)
    try:
        number = await _announced(place, home, platform.chats[: place.size])
        await platform.do("expect", count=place.size)
        await platform.do("faults", strict=True)
        async with asyncio.timeout(PATIENCE + 4 * place.size / SET):
            told = await _sent(place, home, platform, asking)
    finally:
        await platform.stop()
    _judge(place, tally, told, asking)
    await _judge_report(place, home, number, tally)
    return tally


def _kills(place: Place) -> int:
    return max(1, min(KILLS, place.size // PER_KILL))


async def _sent(place: Place, home: Path, platform: Platform, asking: int) -> Json:
    """Let the bot send, kill it at even distances, until everybody has what was meant for them."""
    url = "" if place.sqlite else place.url
    given = environment(platform.url, home, DATABASE_URL=url, TELEGRAM_RATE=SET, CHAT_INTERVAL=1)
    bot, kills = await start(THIS_BOT, given), _kills(place)
    flow = asyncio.create_task(
        platform.do("flow", updates=asking, chats=asking, first=place.size, rate=ASKED)
    )
    try:
        for kill in range(1, kills + 1):
            await _reached(platform, bot, place.size * kill // (kills + 1))
            bot.process.kill()
            await bot.process.wait()
            bot = await start(THIS_BOT, given)
            place.progress(kill, kills, "kills")
        await flow
        return await _all_there(platform, bot)
    finally:
        flow.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await flow
        await bot.stop()


async def _reached(platform: Platform, bot: Running, sends: int) -> None:
    while len((await platform.do("wait", sends=sends, within=GRACE, grace=0))["sent"]) < sends:
        bot.alive()


async def _all_there(platform: Platform, bot: Running) -> Json:
    """What the platform has seen once nobody waits for anything, and a while after that."""
    while (await platform.do("told"))["missing"]:
        bot.alive()
        await asyncio.sleep(GRACE / 4)
    await asyncio.sleep(GRACE)
    return await platform.do("told")


async def _store(place: Place, home: Path) -> Store:
    url = f"sqlite:///{home / 'mohlat.sqlite'}" if place.sqlite else place.url
    return await Store.open(url, vault=Vault(load_key(home / "secret.key")))


async def _announced(place: Place, home: Path, chats: Sequence[int]) -> int:
    """Chats of people who once wrote, and an urgent notice to everybody; its number."""

    def unit(work: Work) -> int:
        for chat in chats:
            work.chats.lock(PLATFORM, chat, user_id=chat, name="")
        return notices.announce(
            work,
            about=notices.WRITTEN,
            content={"text": "اطلاعیه", "service": True},
            audience=Audience(everyone=True),
            by=None,
            service=True,
            urgent=True,
        )

    store = await _store(place, home)
    try:
        return await store.run(unit)
    finally:
        await store.close()


def _judge(place: Place, tally: Tally, told: Json, asking: int) -> None:
    """What the platform saw."""
    sent, late = told["sent"], sorted(seconds for _, seconds in told["answered"])
    tally.must("recipients without the notice", told["missing"], 0)
    tally.count("kills", _kills(place))
    place.measured(tally, "repeats", len(sent) - place.size - asking, _kills(place))
    place.measured(tally, "most taken in a second", most_in_a_second(sent), ALLOWED)
    place.measured(tally, "share refused for the rate", told["refused"] / len(sent), REFUSED)
    tally.count("messages a second", round(len(sent) / (max(sent) - min(sent)), 1))
    tally.count("answers meanwhile", len(late))
    if len(late) >= TELLING:
        place.measured(tally, "95 of 100 answers within, s", late[int(len(late) * 0.95)], SLOWEST)
    tally.count("slowest answer, s", round(late[-1], 2))


async def _judge_report(place: Place, home: Path, number: int, tally: Tally) -> None:
    """Whether the report says what the platform saw."""
    office, store = Office(PLATFORMS), await _store(place, home)
    try:
        while await store.run(lambda work: broadcast(work, office)):
            pass
        found = await store.run(lambda work: sending.tally(work, number))
        state = await store.run(lambda work: work.notices.get(number).state)
    finally:
        await store.close()
    tally.must("audience", found.audience, place.size)
    tally.must("sent, as the report says", found.sent, place.size)
    tally.must("state", str(state), str(NoticeState.DONE))
