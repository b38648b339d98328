"""Many kills, and an orderly end, while several people are at work."""

import asyncio
import random
from functools import partial

import pytest
from processes_world import (
    PATIENCE,
    TOKENS,
    BotProcess,
    World,
    agree,
    file_proposal,
    receipts,
    shown,
    until,
)

from domain.roles import Role
from sandbox import NotSeen, Phone

SEED = 47
DRAINED_SECONDS = 10.0


async def _kill_often(bot: BotProcess, times: int, enough: asyncio.Event) -> None:
    """Kill it at moments drawn by the seed, from the start of the process to far into its work."""
    moments = random.Random(SEED)  # noqa: S311 - drawn alike every time
    for _ in range(times):
        await asyncio.sleep(moments.uniform(0.3, 2.5))
        await bot.kill()
        await bot.start()
    enough.set()


async def _file_on(phone: Phone, enough: asyncio.Event) -> None:
    while not enough.is_set():
        await file_proposal(phone)


async def _decide_on(world: World, phone: Phone, filed: asyncio.Event) -> None:
    """Agree to case after case, until all that was filed is decided.

    The numbers come from the store: on PostgreSQL a number drawn by a transaction that a kill undid is
    never given again.
    """
    while True:
        over = filed.is_set()
        undecided = world.rows("SELECT id FROM cases WHERE state <> 'agreed' ORDER BY id")
        for (case,) in undecided:
            await agree(phone, case, partial(_is_agreed, world, case))
        if over and not undecided:
            return
        await asyncio.sleep(0.1)


def _is_agreed(world: World, case: int) -> bool:
    return world.count(f"cases WHERE id = {case} AND state = 'agreed'") == 1


async def _ask_on(phone: Phone, enough: asyncio.Event) -> None:
    """Somebody who asks for a code that there is not."""
    while not enough.is_set():
        await phone.send("۱۲۳۴ ۵۶۷۸ ۹۰۱۲")
        try:
            await phone.sees(within=PATIENCE)
        except NotSeen:
            pytest.fail("an update was lost")


async def _rush(world: World, bot: BotProcess, kills: int) -> None:
    officers = [
        await world.staff(Role.OFFICER, platform, f"officer-{platform}-{number}")
        for platform in TOKENS
        for number in range(2)
    ]
    reviewer = await world.staff(Role.REVIEWER, "telegram", "reviewer")
    debtors = [world.phone(platform, f"debtor-{platform}") for platform in TOKENS]
    await bot.start()
    await reviewer.send("/start")
    await reviewer.sees("خوش آمدید", within=PATIENCE)
    enough, filed = asyncio.Event(), asyncio.Event()

    async def file_all() -> None:
        await asyncio.gather(*(_file_on(officer, enough) for officer in officers))
        filed.set()

    async with asyncio.TaskGroup() as rush:
        rush.create_task(_kill_often(bot, kills, enough))
        rush.create_task(file_all())
        rush.create_task(_decide_on(world, reviewer, filed))
        for debtor in debtors:
            rush.create_task(_ask_on(debtor, enough))
    await world.settled()

    filed_cases = world.count("cases")
    assert filed_cases >= len(officers)
    assert world.rows("SELECT state, count(*) FROM cases GROUP BY state") == [("agreed", filed_cases)]
    told = [receipts(officer) for officer in officers]
    assert sum(map(len, told)) == len(set.union(*told)) == filed_cases
    for debtor in debtors:
        asked = sum(message["from"] == "me" for message in debtor.messages())
        assert len(shown(debtor)) >= asked
    world.assert_whole()
    assert (await bot.stop())[0] == 0


async def test_twelve_kills_at_random_moments_lose_and_double_nothing(world: World) -> None:
    await _rush(world, world.bot(), 12)


async def test_nor_do_four_kills_on_postgresql(pg_world: World) -> None:
    # As after a kill in the middle of filing: the numbers of cases have a gap.
    pg_world.rows("SELECT nextval(pg_get_serial_sequence('cases', 'id'))")
    await _rush(pg_world, pg_world.bot(), 4)


async def test_an_order_to_stop_under_load_ends_soon_and_sends_nothing_twice(any_world: World) -> None:
    world = any_world
    bot = world.bot()
    phones = [world.phone(platform, f"person-{number}") for platform in TOKENS for number in range(20)]
    await bot.start()
    await bot.ready()
    for platform in TOKENS:
        world.sandbox.faults.add(platform, "sendMessage", "latency", delay=0.05)

    async def write(phone: Phone) -> None:
        for number in range(10):
            await phone.send(f"چیزی {number}")
            await asyncio.sleep(0.02)

    writing = asyncio.gather(*(write(phone) for phone in phones))
    await until(lambda: sum(len(shown(phone)) for phone in phones) > 50)
    code, seconds = await bot.stop()
    assert (code, seconds < DRAINED_SECONDS) == (0, True)
    assert world.count("outbox WHERE state = 'sending' OR state = 'unknown'") == 0
    await writing

    world.sandbox.faults.clear("*")
    await bot.start()
    await world.settled()
    assert {len(shown(phone)) for phone in phones} == {10}
    world.assert_whole()
    assert (await bot.stop())[0] == 0
