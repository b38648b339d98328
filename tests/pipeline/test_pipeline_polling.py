"""Long polling: nothing is acknowledged before it is on disk."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import pytest
from pipeline_world import World, echo, running, said, until

from bot.incoming import Aftermath, Incoming
from sandbox import Phone
from storage.engine import Store
from storage.errors import StoreDown
from storage.records import InboxRow
from storage.work import Work

T = TypeVar("T")
MakeWorld = Callable[[float], Awaitable[World]]


class Failing(Store):
    """The store's face, down for as long as a test says."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self.down = True
        self.refused = 0

    async def run(self, unit: Callable[[Work], T], *, urgent: bool = False) -> T:
        if self.down:
            self.refused += 1
            raise StoreDown("SQLITE_FULL")
        return await self._store.run(unit, urgent=urgent)


def pending(world: World, platform: str) -> int:
    return len(world.sandbox.world.bots[platform].updates)


async def served(phone: Phone, *texts: str) -> bool:
    return said(phone) == list(texts)


async def test_a_message_is_received_handled_and_answered(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    dispatcher = world.dispatcher()
    async with running(dispatcher, world.polling(platform, dispatcher), world.sender(platform)):
        await phone.send("سلام")
        await phone.sees("سلام")
    assert said(phone) == ["سلام"]


async def test_while_the_store_is_down_nothing_is_acknowledged(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    dispatcher = world.dispatcher()
    store = Failing(world.store)
    await phone.send("سلام")
    async with running(
        dispatcher,
        world.polling(platform, dispatcher, store),
        world.sender(platform),
    ):
        await until(lambda: _true(store.refused >= 3))
        assert pending(world, platform) == 1
        offsets = [call.params.get("offset") for call in world.sandbox.calls if call.method == "getUpdates"]
        assert set(offsets) == {None}
        store.down = False
        await phone.sees("سلام")
        await until(lambda: _true(pending(world, platform) == 0))
    assert said(phone) == ["سلام"]


async def _true(value: bool) -> bool:  # noqa: FBT001 - makes a coroutine of a value
    return value


@pytest.mark.parametrize("times", [2, 5])
async def test_an_update_that_comes_several_times_has_one_effect(
    world: World, platform: str, times: int
) -> None:
    phone = await world.phone(platform)
    world.sandbox.faults.add(platform, "getUpdates", "repeat", times=times)
    dispatcher = world.dispatcher()
    async with running(dispatcher, world.polling(platform, dispatcher), world.sender(platform)):
        for number in range(10):
            await phone.send(str(number))
        await phone.sees("9")
        await until(lambda: _true(pending(world, platform) == 0))
    assert said(phone) == [str(number) for number in range(10)]


@pytest.mark.parametrize("jump", [1_000_000, -500_000])
async def test_ids_that_jump_after_a_quiet_week_are_no_repeats(
    world: World, platform: str, jump: int
) -> None:
    phone = await world.phone(platform)
    dispatcher = world.dispatcher()
    async with running(dispatcher, world.polling(platform, dispatcher), world.sender(platform)):
        await phone.send("پیش")
        await phone.sees("پیش")
        # An empty poll ends the acknowledgement; then the numbers go on elsewhere.
        await until(lambda: _polls(world, with_offset=True))
        await until(lambda: _polls(world, with_offset=False))
        world.sandbox.jump(platform, jump)
        await phone.send("پس")
        await phone.sees("پس")
    assert said(phone) == ["پیش", "پس"]


async def _polls(world: World, *, with_offset: bool) -> bool:
    polls = [call for call in world.sandbox.calls if call.method == "getUpdates"]
    return ("offset" in polls[-1].params) == with_offset


async def test_it_stands_by_while_another_process_polls(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    world.sandbox.faults.add(platform, "getUpdates", "409", times=2)
    dispatcher = world.dispatcher()
    polling = world.polling(platform, dispatcher)
    async with running(dispatcher, polling, world.sender(platform)):
        await until(lambda: _true(polling.state == "standby"))
        await phone.send("سلام")
        await phone.sees("سلام")
    assert polling.state == "polling"


@pytest.mark.parametrize("kind", ["401", "404"])
async def test_a_refused_token_stops_polling_and_alarms_once(
    make_world: MakeWorld, platform: str, kind: str
) -> None:
    world = await make_world(400.0)
    fault = world.sandbox.faults.add(platform, "getUpdates", kind)
    polling = world.polling(platform, world.dispatcher())
    async with running(polling):
        await until(lambda: _true(fault.hits >= 3))
    assert polling.state == "refused"
    assert await world.alarms() == [f"alarm:token_refused_{platform}"]


@pytest.mark.parametrize("kind", ["500", "html_502", "reset_before", "429"])
async def test_polling_is_back_after_faults(world: World, platform: str, kind: str) -> None:
    phone = await world.phone(platform)
    world.sandbox.faults.add(platform, "getUpdates", kind, times=3)
    dispatcher = world.dispatcher()
    await phone.send("سلام")
    async with running(dispatcher, world.polling(platform, dispatcher), world.sender(platform)):
        await phone.sees("سلام")


async def test_an_update_left_in_the_store_is_handled_at_the_next_start(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    idle = world.dispatcher()
    await phone.send("سلام")
    async with running(world.polling(platform, idle)):
        await until(lambda: _true(pending(world, platform) == 0))
    async with running(world.dispatcher(), world.sender(platform)):
        await phone.sees("سلام")
    assert said(phone) == ["سلام"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite is held by one process
async def test_two_processes_on_one_store_handle_each_update_once(
    make_world: MakeWorld, platform: str
) -> None:
    first, second = await make_world(1.0), await make_world(1.0)
    phones = [await first.phone(platform, f"p{number}") for number in range(10)]

    def locking(work: Work, incoming: Incoming) -> Aftermath:
        work.chats.lock(platform, incoming.chat_id, user_id=incoming.user_id, name="")
        return echo(work, incoming)

    dispatchers = [world.dispatcher(locking) for world in (first, second)]
    for number in range(20):
        for phone in phones:
            await phone.send(str(number))

    async def deliver_to_both() -> None:
        async with running(*dispatchers, first.polling(platform, dispatchers[0]), first.sender(platform)):
            for phone in phones:
                await phone.sees("19")

    original = dispatchers[0].accept

    def accept(rows: Iterable[InboxRow]) -> None:
        original(rows)
        dispatchers[1].accept(rows)

    dispatchers[0].accept = accept  # type: ignore[method-assign]
    await deliver_to_both()
    for phone in phones:
        assert said(phone) == [str(number) for number in range(20)]
