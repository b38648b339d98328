"""From the inbox to the handlers: once, in order, and nobody waits for another's fault."""

import asyncio
import json
import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pipeline_world import World, damage, echo, running, said, until

from bot.incoming import Aftermath, FileWanted, Incoming, SlowWanted
from bot.intake import raw_update, receive
from sandbox.state import Press
from storage.records import InboxRow, InboxState, Outgoing, RawUpdate
from storage.work import Work


def update(number: int, chat_id: int, text: str = "سلام") -> dict[str, Any]:
    who = {"id": chat_id, "first_name": "آزاده", "is_bot": False}
    message = {"message_id": number, "date": 1_700_000_000, "chat": {"id": chat_id, "type": "private"}}
    return {"update_id": number, "message": {**message, "from": who, "text": text}}


def press(number: int, chat_id: int, query_id: str) -> dict[str, Any]:
    message = update(number, chat_id)["message"]
    query = {"id": query_id, "from": message["from"], "message": message, "data": "x", "chat_instance": "1"}
    return {"update_id": number, "callback_query": query}


async def given(world: World, platform: str, *updates: dict[str, Any]) -> tuple[InboxRow, ...]:
    taken = [update for raw in updates if (update := raw_update(raw))]
    return await receive(world.store, platform, taken)


async def empty(world: World) -> bool:
    return await world.store.run(lambda work: work.inbox.depth()) == 0


async def test_updates_of_a_chat_are_handled_in_order_and_chats_side_by_side(
    world: World, platform: str
) -> None:
    seen: dict[int, list[str]] = defaultdict(list)

    def handle(work: Work, incoming: Incoming) -> Aftermath:
        del work
        seen[incoming.chat_id].append(incoming.text)
        return Aftermath()

    rows = await given(
        world, platform, *(update(number, 1 + number % 7, str(number)) for number in range(140))
    )
    dispatcher = world.dispatcher(handle)
    dispatcher.accept(rows)
    async with running(dispatcher):
        await until(lambda: empty(world))
    assert seen == {
        chat: [str(number) for number in range(140) if 1 + number % 7 == chat] for chat in range(1, 8)
    }


async def test_a_neighbour_waits_for_one_turn_of_a_flooding_chat_not_for_all(
    world: World, platform: str
) -> None:
    order: list[int] = []

    def handle(work: Work, incoming: Incoming) -> Aftermath:
        del work
        order.append(incoming.chat_id)
        return Aftermath()

    rows = await given(
        world, platform, *(update(number, 1) for number in range(100)), update(100, 2), update(101, 2)
    )
    dispatcher = world.dispatcher(handle, turns=1)
    dispatcher.accept(rows)
    async with running(dispatcher):
        await until(lambda: empty(world))
    assert order[:5] == [1, 2, 1, 2, 1]


async def test_an_unparsable_update_is_quarantined_alone_and_alarms_once(world: World, platform: str) -> None:
    bad = update(1, 5)
    bad["message"]["chat"] = {"id": 5}
    bad["message"]["date"] = "0499370899"
    await given(world, platform, bad, update(2, 5, "بعدی"), update(3, 6, "دیگری"))
    async with running(world.dispatcher()):
        await until(lambda: empty(world))
    assert await world.alarms() == ["alarm:update_quarantined"]
    assert [row.chat_id for row in await world.ledger("echo:")] == [5, 6] or [
        row.chat_id for row in await world.ledger("echo:")
    ] == [6, 5]


async def test_an_update_that_cannot_be_opened_is_quarantined_alone(world: World, platform: str) -> None:
    [spoilt, *_] = await given(world, platform, update(1, 5), update(2, 5), update(3, 6))
    await world.store.run(damage("inbox", "body", spoilt.id))
    async with running(world.dispatcher()):
        await until(lambda: empty(world))
    assert sorted(row.chat_id for row in await world.ledger("echo:")) == [5, 6]
    row = await world.store.run(lambda work: work.inbox.get(spoilt.id))
    assert row is not None
    assert (str(row.state), row.problem) == ("quarantined", "unreadable")
    assert await world.alarms() == ["alarm:update_quarantined"]


async def test_an_update_that_another_process_has_handled_is_not_apologised_for(
    world: World, platform: str
) -> None:
    [row] = await given(world, platform, update(1, 5))
    await world.store.run(lambda work: work.inbox.done(row.id))
    dispatcher = world.dispatcher()
    await dispatcher._set_aside(row, "boom")  # noqa: SLF001 - the moment after the other's commit
    assert await world.alarms() == []
    assert await world.store.run(lambda work: work.outbox.counts()) == {}


async def test_a_file_is_waited_for_through_an_outage_and_then_set_aside(
    make_world: Callable[[float], Awaitable[World]], platform: str
) -> None:
    world = await make_world(20.0)
    phone, other = await world.phone(platform, "a"), await world.phone(platform, "b")
    seen: list[bytes] = []

    def handle(work: Work, incoming: Incoming) -> Aftermath:
        if incoming.file is not None and incoming.content is None:
            raise FileWanted(incoming.file)
        seen.append(incoming.content or b"")
        return echo(work, incoming)

    outage = world.sandbox.faults.add(platform, "getFile", "500")
    dispatcher = world.dispatcher(handle)
    async with running(dispatcher, world.polling(platform, dispatcher), world.sender(platform)):
        await phone.send_file(b"%PDF-1.7 x", "نامه.pdf")
        await until(lambda: _true(outage.hits >= 5))
        await other.send("دیگری")
        await other.sees("دیگری")
        [waiting] = await world.store.run(lambda work: work.inbox.waiting_chats())
        row = await world.store.run(lambda work: work.inbox.get(1))
        assert waiting == (platform, phone.chat.id)
        assert row is not None
        assert (row.attempts, await world.alarms()) == (0, [])
        world.clock.speed *= 50
        await until(lambda: _alarmed(world))
    assert seen == [b""]
    assert await world.alarms() == ["alarm:update_set_aside"]


async def _alarmed(world: World) -> bool:
    return bool(await world.alarms())


async def _true(value: bool) -> bool:  # noqa: FBT001 - makes a coroutine of a value
    return value


async def test_a_body_that_is_no_update_at_all_is_quarantined(world: World, platform: str) -> None:
    bodies = ["null", "[]", "7", '{"update_id": "x"}', '{"update_id": 1, "message": 5}', "{}"]
    updates = [RawUpdate(number, 5, body) for number, body in enumerate(bodies)]
    await receive(world.store, platform, updates)
    async with running(world.dispatcher()):
        await until(lambda: empty(world))
    assert set(await world.alarms()) == {"alarm:update_quarantined"}


async def test_kinds_that_mean_nothing_are_passed_over(world: World, platform: str) -> None:
    member = {"update_id": 1, "my_chat_member": {"chat": {"id": 5}, "from": {"id": 5}}}
    await given(world, platform, member, {"update_id": 2, "poll": {"id": "x"}}, {"update_id": 3})
    async with running(world.dispatcher()):
        await until(lambda: empty(world))
    assert await world.alarms() == []


async def test_a_raising_handler_is_tried_three_times_then_set_aside_and_the_chat_goes_on(
    world: World, platform: str
) -> None:
    def handle(work: Work, incoming: Incoming) -> Aftermath:
        aftermath = echo(work, incoming)
        if incoming.text == "بد":
            raise ZeroDivisionError("0499370899")
        return aftermath

    phone, other = await world.phone(platform, "a"), await world.phone(platform, "b")
    async with running(
        dispatcher := world.dispatcher(handle), world.polling(platform, dispatcher), world.sender(platform)
    ):
        await phone.send("بد")
        await phone.send("بعدی")
        await other.send("دیگری")
        await other.sees("دیگری")
        assert said(phone) == []
        await phone.sees("بعدی")
    bad = await world.store.run(lambda work: work.inbox.get(1))
    assert bad is not None
    assert (bad.state, bad.attempts) == (InboxState.SET_ASIDE, 2)  # both tries that were followed by another
    assert [text[:9] for text in said(phone)] == ["set aside", "بعدی"]
    [row] = await world.ledger("alarm:")
    assert row.purpose == "alarm:update_set_aside"


async def test_nothing_of_a_failed_try_is_kept(world: World, platform: str) -> None:
    failures = iter([True, True, False])

    def handle(work: Work, incoming: Incoming) -> Aftermath:
        aftermath = echo(work, incoming)
        if next(failures, False):
            raise KeyError
        return aftermath

    await given(world, platform, update(1, 5))
    async with running(world.dispatcher(handle)):
        await until(lambda: empty(world))
    assert len(await world.ledger("echo:")) == 1


async def test_an_apology_that_fails_does_not_keep_the_update_for_ever(world: World, platform: str) -> None:
    def broken(*_: object) -> Aftermath:
        raise ZeroDivisionError

    dispatcher = world.dispatcher(broken)
    dispatcher._apology = broken  # type: ignore[assignment] # noqa: SLF001 - breaks what is given
    await given(world, platform, update(1, 5))
    async with running(dispatcher):
        await until(lambda: empty(world))


async def test_a_wanted_file_is_downloaded_and_the_handler_runs_again(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    received: list[bytes] = []

    def handle(work: Work, incoming: Incoming) -> Aftermath:
        del work
        if incoming.file is not None and incoming.content is None:
            raise FileWanted(incoming.file)
        received.append(incoming.content or b"")
        return Aftermath()

    dispatcher = world.dispatcher(handle)
    async with running(dispatcher, world.polling(platform, dispatcher)):
        await phone.send_file(b"%PDF-1.7 x", "نامه.pdf")
        await until(lambda: _filled(received, 1))
        world.sandbox.faults.add(platform, "getFile", "500", times=1)
        await phone.send_file(b"%PDF-1.7 y", "نامه.pdf")
        await until(lambda: _filled(received, 2))
        world.sandbox.faults.add(platform, "getFile", "400", times=1)
        await phone.send_file(b"%PDF-1.7 z", "نامه.pdf")
        await until(lambda: _filled(received, 3))
    assert received == [b"%PDF-1.7 x", b"%PDF-1.7 y", b""]


async def _filled(things: list[Any], count: int) -> bool:
    return len(things) >= count


async def test_a_handler_that_never_has_enough_is_set_aside(world: World, platform: str) -> None:
    def handle(work: Work, incoming: Incoming) -> Aftermath:
        del work, incoming
        raise SlowWanted(lambda: None)

    await given(world, platform, update(1, 5))
    async with running(world.dispatcher(handle)):
        await until(lambda: empty(world))
    assert await world.alarms() == ["alarm:update_set_aside"]


async def test_an_update_that_comes_during_the_last_turn_of_its_chat_is_not_forgotten(
    make_world: Callable[[float], Awaitable[World]], platform: str
) -> None:
    # In real time the sweep, which forgives much, does not come within this story.
    world = await make_world(1.0)
    dispatcher = world.dispatcher(turns=1)
    late = await given(world, platform, update(1, 5))
    original = dispatcher._take  # noqa: SLF001 - puts an update into the very moment

    async def take(lane: tuple[str, int]) -> bool:
        left = await original(lane)
        if not left:
            dispatcher.accept(await given(world, platform, update(2, 5)))
        return left

    dispatcher._take = take  # type: ignore[method-assign] # noqa: SLF001
    dispatcher._lanes.add((platform, 5), 1000)  # noqa: SLF001 - as at a start
    assert len(late) == 1
    async with running(dispatcher):
        await until(lambda: _echoed(world, 2))


async def _echoed(world: World, count: int) -> bool:
    return len(await world.ledger("echo:")) == count


async def test_something_slow_is_computed_in_another_thread(world: World, platform: str) -> None:
    outcomes: list[object] = []

    def handle(work: Work, incoming: Incoming) -> Aftermath:
        del work
        if incoming.computed is None:
            raise SlowWanted(lambda: threading.current_thread().name)
        outcomes.append(incoming.computed)
        return Aftermath()

    await given(world, platform, update(1, 5))
    async with running(world.dispatcher(handle)):
        await until(lambda: _filled(outcomes, 1))
    assert str(outcomes[0]).startswith("slow")


async def test_every_press_is_answered_even_with_nothing(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    words = iter(["بفرمایید", ""])

    def handle(work: Work, incoming: Incoming) -> Aftermath:
        if incoming.kind == "press":
            return Aftermath(answer=next(words))
        params = {
            "chat_id": incoming.chat_id,
            "text": "؟",
            "reply_markup": {"inline_keyboard": [[{"text": "بله", "callback_data": "y"}]]},
        }
        work.outbox.add(Outgoing(incoming.platform, incoming.chat_id, 0, "sendMessage", params))
        return Aftermath()

    dispatcher = world.dispatcher(handle)
    async with running(dispatcher, world.polling(platform, dispatcher), world.sender(platform)):
        await phone.send("سلام")
        await phone.sees("؟")
        first, second = await phone.press("بله"), await phone.press("بله")
    assert first is not None
    assert first["text"] == "بفرمایید"
    assert second is not None
    assert not second["text"]


async def test_an_old_bale_client_gets_the_answer_as_a_message_too(world: World) -> None:
    phone = await world.phone("bale")
    bot = world.sandbox.world.bots["bale"]
    for query_id in ("17", "47"):
        done = asyncio.get_running_loop().create_future()
        bot.presses[query_id] = Press("bale", query_id, phone.chat.id, world.sandbox.clock.timestamp(), done)
    await given(world, "bale", press(1, phone.chat.id, "17"), press(2, phone.chat.id, "47"))
    async with running(world.dispatcher(lambda _work, _incoming: Aftermath(answer="بفرمایید"))):
        await phone.sees("بفرمایید")
        await until(lambda: _answered(world, 2))
    assert said(phone) == ["بفرمایید"]


async def _answered(world: World, count: int) -> bool:
    return sum(call.method == "answerCallbackQuery" for call in world.sandbox.calls) >= count


async def test_draining_ends_the_turns_under_way_and_begins_no_other(world: World, platform: str) -> None:
    entered = asyncio.Event()
    release = threading.Event()
    handled: list[str] = []
    loop = asyncio.get_running_loop()

    def handle(work: Work, incoming: Incoming) -> Aftermath:
        del work
        if incoming.computed is None:
            loop.call_soon_threadsafe(entered.set)
            raise SlowWanted(lambda: release.wait(5))
        handled.append(incoming.text)
        return Aftermath()

    await given(world, platform, update(1, 5, "یک"), update(2, 5, "دو"))
    dispatcher = world.dispatcher(handle)
    async with running(dispatcher):
        await entered.wait()
        draining = asyncio.create_task(dispatcher.drain(60.0))
        release.set()
        assert await draining
    assert handled == ["یک"]
    async with running(world.dispatcher()):
        await until(lambda: empty(world))
    assert [row.chat_id for row in await world.ledger("echo:")] == [5]


def test_the_chat_of_an_update_is_found_without_parsing_it() -> None:
    assert raw_update(update(7, 5)) == RawUpdate(7, 5, json.dumps(update(7, 5)))
    assert _lane(press(7, 6, "4")) == 6
    assert _lane({"update_id": 1, "inline_query": {"from": {"id": 9}}}) == 9
    assert _lane({"update_id": 1}) == 0
    assert _lane({"update_id": 1, "message": {"chat": {"id": 2**70}}}) == 0
    assert _lane({"update_id": 1, "message": {"chat": {"id": True}}}) == 0


def _lane(raw: dict[str, Any]) -> int:
    taken = raw_update(raw)
    assert taken is not None
    return taken.chat_id


@pytest.mark.parametrize("number", [True, "1", 1.0, None, 2**63, -(2**63) - 1])
def test_an_update_needs_a_whole_number_of_64_bits(number: object) -> None:
    assert raw_update({"update_id": number}) is None
