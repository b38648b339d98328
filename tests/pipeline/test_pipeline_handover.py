"""A reply goes from its turn to the messenger without being looked up in the store, and nothing is lost."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from pipeline_world import World, echo, note, running, said, until

from bot.incoming import Aftermath, Incoming
from sandbox import Phone
from storage.records import Claimed, Outgoing
from storage.work import Work

MakeWorld = Callable[[float], Awaitable[World]]


def three_times(work: Work, incoming: Incoming) -> Aftermath:
    """Answer each text with three messages."""
    for number in "۱۲۳":
        params = {"chat_id": incoming.chat_id, "text": f"{incoming.text} {number}"}
        work.outbox.add(
            Outgoing(incoming.platform, incoming.chat_id, 0, "sendMessage", params, purpose="echo:")
        )
    return Aftermath()


class Watched:
    """A sender that remembers what it was handed."""

    def __init__(self, world: World, platform: str) -> None:
        self.sender = world.sender(platform)
        self.handed: list[Claimed] = []

    def leave(self, chat_id: int) -> bool:
        return self.sender.leave(chat_id)

    def take(self, row: Claimed) -> None:
        self.handed.append(row)
        self.sender.take(row)

    async def run(self) -> None:
        await self.sender.run()


class Dying:
    """A sender that takes what it is handed and dies before it is posted."""

    def leave(self, _chat_id: int) -> bool:
        return True

    def take(self, row: Claimed) -> None:
        pass


async def warm(world: World, phone: Phone) -> None:
    """The first message finds out that the platform is there; only then replies are handed over."""
    await world.send(phone, "آغاز")
    await world.settled()


async def test_a_reply_is_handed_over_and_settled(make_world: MakeWorld, platform: str) -> None:
    world = await make_world(1.0)
    phone = await world.phone(platform)
    outlet = Watched(world, platform)
    dispatcher = world.dispatcher(outlets={platform: outlet})
    async with running(outlet, dispatcher, world.polling(platform, dispatcher)):
        await warm(world, phone)
        await phone.send("سلام")
        await phone.sees("سلام")
        await until(lambda: all_settled(world, 1))
    assert [row.params["text"] for row in outlet.handed] == ["سلام"]
    assert said(phone) == ["آغاز", "سلام"]


async def all_settled(world: World, count: int) -> bool:
    return await world.states("echo:") == ["sent"] * count


async def test_order_within_a_chat_holds_across_both_ways(make_world: MakeWorld, platform: str) -> None:
    world = await make_world(1.0)
    phone = await world.phone(platform)
    outlet = Watched(world, platform)
    dispatcher = world.dispatcher(three_times, outlets={platform: outlet})
    words = [f"نوبت {number}" for number in range(5)]
    async with running(outlet, dispatcher, world.polling(platform, dispatcher)):
        await warm(world, phone)
        for word in words:
            await phone.send(word)
        await until(lambda: all_settled(world, 15))
    assert said(phone) == ["آغاز", *(f"{word} {number}" for word in words for number in "۱۲۳")]
    assert outlet.handed


async def test_what_is_handed_over_keeps_to_the_rate(make_world: MakeWorld, platform: str) -> None:
    world = await make_world(1.0)
    world.platforms[platform] = replace(world.platforms[platform], rate=20.0)
    phones = [await world.phone(platform, f"p{number}") for number in range(10)]
    sender = world.sender(platform)
    dispatcher = world.dispatcher(outlets={platform: sender})
    async with running(sender, dispatcher, world.polling(platform, dispatcher)):
        await warm(world, phones[0])
        for phone in phones:
            await phone.send("سلام")
        await until(lambda: all_settled(world, 10))
    sent = [call.at for call in world.sandbox.calls if call.method == "sendMessage"]
    assert sent[-1] - sent[1] >= 9 / 20.0 * 0.5


async def test_a_reply_handed_to_a_sender_that_died_is_sent_again_and_says_so(
    world: World, platform: str
) -> None:
    phone = await world.phone(platform)
    dispatcher = world.dispatcher(echo, outlets={platform: Dying()})
    async with running(dispatcher, world.polling(platform, dispatcher)):
        await phone.send("سلام")
        await until(lambda: being_sent(world))
    assert said(phone) == []
    async with running(world.sender(platform)):
        await until(lambda: all_settled(world, 1))
    [repeat] = said(phone)
    assert repeat.startswith("سلام")
    assert note(1) in repeat


async def being_sent(world: World) -> bool:
    return await world.states("echo:") == ["sending"]
