"""One of a few updates is stored and handled in one transaction; nothing that hinders it loses it."""

from typing import Any

import pytest
from pipeline_world import World, echo, running, said, until

from bot.incoming import Aftermath, Incoming, SlowWanted
from bot.intake import FEW, raw_update, receive, take_at_once
from storage.errors import StoreDown
from storage.records import Outgoing, RawUpdate
from storage.work import Work


def update(number: int, text: str, chat_id: int = 5) -> RawUpdate:
    who = {"id": chat_id, "first_name": "آزاده", "is_bot": False}
    chat = {"id": chat_id, "type": "private"}
    message: dict[str, Any] = {"message_id": number, "date": 1_700_000_000, "chat": chat, "from": who}
    raw = raw_update({"update_id": number, "message": {**message, "text": text}})
    assert raw is not None
    return raw


def write_down(work: Work, incoming: Incoming) -> Aftermath:
    """An effect that can be counted: a message to nobody."""
    params = {"chat_id": 0, "text": incoming.text}
    work.outbox.add(Outgoing("nobody", 0, 0, "sendMessage", params, purpose=f"done:{incoming.text}"))
    return Aftermath()


async def done(world: World) -> list[str]:
    return [row.purpose.removeprefix("done:") for row in await world.ledger("done:")]


async def waiting(world: World) -> int:
    return await world.store.run(lambda work: work.inbox.depth())


async def test_an_update_that_comes_alone_is_handled_though_no_turn_runs(world: World, platform: str) -> None:
    dispatcher = world.dispatcher(write_down)
    assert await dispatcher.take_at_once(platform, update(1, "یک"))
    assert await done(world) == ["یک"]
    assert await waiting(world) == 0


async def test_one_that_comes_again_is_acknowledged_and_changes_nothing(world: World, platform: str) -> None:
    dispatcher = world.dispatcher(write_down)
    assert await dispatcher.take_at_once(platform, update(1, "یک"))
    assert await dispatcher.take_at_once(platform, update(1, "یک"))
    assert await done(world) == ["یک"]


async def test_one_behind_another_of_its_chat_waits_its_turn(world: World, platform: str) -> None:
    await receive(world.store, platform, [update(1, "یک")])
    dispatcher = world.dispatcher(write_down)
    assert not await dispatcher.take_at_once(platform, update(2, "دو"))
    assert await done(world) == []
    dispatcher.accept(await receive(world.store, platform, [update(2, "دو")]))
    async with running(dispatcher):
        await until(lambda: all_done(world, 2))
    assert await done(world) == ["یک", "دو"]


async def all_done(world: World, count: int) -> bool:
    return len(await done(world)) == count


async def test_where_the_handler_fails_the_update_is_kept_and_tried_as_any_other(
    world: World, platform: str
) -> None:
    phone = await world.phone(platform)

    def handle(work: Work, incoming: Incoming) -> Aftermath:
        echo(work, incoming)
        if incoming.computed is None and incoming.text == "گذرواژه":
            raise SlowWanted(lambda: "hashed")
        if incoming.text == "بد":
            raise ZeroDivisionError
        return Aftermath()

    sender = world.sender(platform)
    dispatcher = world.dispatcher(handle, outlets={platform: sender})
    polling = world.polling(platform, dispatcher, at_once=True)
    async with running(sender, dispatcher, polling):
        for words in ("سلام", "گذرواژه"):
            await phone.send(words)
            await phone.sees(words)
        await phone.send("بد")
        await phone.sees("set aside")
        await phone.send("بعدی")
        await phone.sees("بعدی")
    assert [text[:9] for text in said(phone)] == ["سلام", "گذرواژه", "set aside", "بعدی"]
    assert await world.alarms() == ["alarm:update_set_aside"]


async def test_while_the_store_is_down_nothing_is_kept_and_the_chat_is_free_again(
    world: World, platform: str
) -> None:
    dispatcher = world.dispatcher(write_down)
    await world.store.close()
    for _ in range(2):
        with pytest.raises(StoreDown):
            await dispatcher.take_at_once(platform, update(1, "یک"))


async def test_a_few_are_taken_in_their_order_up_to_the_first_that_cannot_be(
    world: World, platform: str
) -> None:
    def handle(work: Work, incoming: Incoming) -> Aftermath:
        if incoming.text == "گذرواژه" and incoming.computed is None:
            raise SlowWanted(lambda: "hashed")
        return write_down(work, incoming)

    take = world.dispatcher(handle).take_at_once
    few = [update(1, "یک"), update(2, "گذرواژه"), update(3, "سه", chat_id=6)]
    assert await take_at_once(take, platform, few) == 1
    assert await done(world) == ["یک"]
    assert await waiting(world) == 0


async def test_more_than_a_few_share_a_commit(world: World, platform: str) -> None:
    take = world.dispatcher(write_down).take_at_once
    many = [update(number, "سلام", chat_id=number) for number in range(1, FEW + 2)]
    assert await take_at_once(take, platform, many) == 0
    assert await take_at_once(take, platform, many[1:]) == FEW
    assert await done(world) == ["سلام"] * FEW


async def test_what_comes_in_one_poll_is_answered_in_its_order(world: World, platform: str) -> None:
    def handle(work: Work, incoming: Incoming) -> Aftermath:
        if incoming.text == "گذرواژه" and incoming.computed is None:
            raise SlowWanted(lambda: "hashed")
        echo(work, incoming)
        return Aftermath()

    phone = await world.phone(platform)
    for words in ("یک", "گذرواژه", "سه"):
        await phone.send(words)
    sender = world.sender(platform)
    dispatcher = world.dispatcher(handle, outlets={platform: sender})
    async with running(sender, dispatcher, world.polling(platform, dispatcher, at_once=True)):
        await phone.sees("سه")
    assert said(phone) == ["یک", "گذرواژه", "سه"]
