"""R6, R7 and R8: what becomes of messages when the platform fails, is away, or refuses."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Final

from pipeline_world import World, running, said, until

from benchmarks.proofs.tally import Place, Tally
from benchmarks.proofs.warp import Warp, closed, warped
from bot.delivery import Sender
from sandbox import Phone
from sandbox.botapi import Call
from storage.records import Outgoing
from storage.work import Work

PLATFORM: Final = "telegram"
PATIENCE: Final = 900.0
LATE: Final = 60.0
CHATS: Final = 100
FAULTY: Final = 0.01
KINDS: Final = ("500", "502", "429", "timeout_before", "timeout_after", "reset_after")
CARRIED_OUT: Final = ("timeout_after", "reset_after")
RETRY_AFTER: Final = 20
SPEED: Final = 20.0
REPEATS: Final = 0.005
OUTAGES: Final = ((30 * 60.0, 600.0), (6 * 3600.0, 2400.0))
"""Seconds that the API is dead, and how many of them pass in one."""
ALLOWED: Final = 30
"""Messages that the platform takes in a second."""


def _texts(size: int) -> list[str]:
    return [f"{number:06}" for number in range(size)]


async def _put(world: World, phones: Sequence[Phone], texts: Sequence[str]) -> None:
    """All texts, in turn to each of the phones."""

    def unit(work: Work, part: Sequence[tuple[str, Phone]]) -> None:
        for words, phone in part:
            params = {"chat_id": phone.chat.id, "text": words}
            work.outbox.add(Outgoing(PLATFORM, phone.chat.id, 0, "sendMessage", params, purpose=f"t:{words}"))

    pairs = list(zip(texts, itertools.cycle(phones), strict=False))
    for at in range(0, len(pairs), 500):
        await world.store.run(partial(unit, part=pairs[at : at + 500]))


def _quiet(world: World) -> Callable[[], Coroutine[None, None, bool]]:
    """Whether the platform has nothing unfinished; alarms lie in the outbox of one that nobody serves."""

    async def holds() -> bool:
        return await world.store.run(lambda work: work.outbox.waiting(PLATFORM)) == 0

    return holds


def _sender(world: World) -> Sender:
    """One that waits long for an answer: on a busy machine a late one must not count as none."""
    return world.sender(PLATFORM, world.api(PLATFORM, read_seconds=LATE))


def _judge_received(tally: Tally, phones: Sequence[Phone], texts: Sequence[str], repeats: int) -> None:
    """All came, in order, and as many twice as there must be."""
    got = [[words[:6] for words in said(phone)] for phone in phones]
    counted = Counter(itertools.chain.from_iterable(got))
    tally.must("messages lost", len(set(texts) - set(counted)), 0)
    tally.must("messages repeated", counted.total() - len(texts), repeats)
    tally.must("chats out of order", sum(one != sorted(one) for one in got), 0)


# R6


async def faulty_sends(place: Place) -> Tally:
    """R6: `size` messages while one send in a hundred fails in one of six ways."""
    tally = Tally()
    world, _ = await warped(place, SPEED)
    phones = [await world.phone(PLATFORM, f"p{number}") for number in range(CHATS)]
    texts = _texts(place.size)
    await _put(world, phones, texts)
    faults = [
        world.sandbox.faults.add(
            PLATFORM, "sendMessage", kind, rate=FAULTY / len(KINDS), retry_after=RETRY_AFTER, delay=0.6
        )
        for kind in KINDS
    ]
    async with running(_sender(world)):
        await until(_quiet(world), PATIENCE)
    for fault in faults:
        tally.count(f"faults {fault.kind}", fault.hits)
    carried_out = sum(fault.hits for fault in faults if fault.kind in CARRIED_OUT)
    _judge_received(tally, phones, texts, carried_out)
    # A handful of messages may by chance meet more of those two kinds than one in two hundred.
    tally.at_most("share of repeats", carried_out / place.size, max(REPEATS, 3 / place.size))
    tally.must("sends in the middle of a pause", _in_pauses(world), 0)
    tally.must("states", set(await world.states()), {"sent"})
    await closed(world)
    return tally


def _in_pauses(world: World) -> int:
    """Calls in the middle half of a pause asked for; those on their way when it began do not count."""
    calls = [call for call in world.sandbox.calls if call.method == "sendMessage"]
    pauses = [
        (call.at + RETRY_AFTER * 0.25, call.at + RETRY_AFTER * 0.75)
        for call in calls
        if call.status == 429  # noqa: PLR2004 - the status
    ]
    return sum(any(begin < call.at < end for begin, end in pauses) for call in calls)


# R7


async def dead_api(place: Place) -> Tally:
    """R7: `size` messages put while the API is dead for half an hour, and as many in six hours."""
    tally = Tally()
    world, warp = await warped(place, real_rates=True)
    phones = [await world.phone(PLATFORM, f"p{number}") for number in range(CHATS)]
    texts = _texts(place.size * len(OUTAGES))
    world.sandbox.faults.add(PLATFORM, "sendMessage", "rate_limit")
    async with running(_sender(world)):
        for number, outage in enumerate(OUTAGES):
            part = texts[number * place.size : (number + 1) * place.size]
            await _outage(world, warp, phones, part, outage)
            place.progress(number + 1, len(OUTAGES), "outages")
    _judge_received(tally, phones, texts, 0)
    calls = [call for call in world.sandbox.calls if call.method == "sendMessage"]
    place.measured(tally, "share of 429", sum(call.status == 429 for call in calls) / len(calls), 0.01)  # noqa: PLR2004
    taken = [call.at for call in calls if call.status == 200]  # noqa: PLR2004 - the status
    place.measured(tally, "most taken in a second", most_in_a_second(taken), ALLOWED)
    tally.must("states", set(await world.states()), {"sent"})
    await closed(world)
    return tally


async def _outage(
    world: World, warp: Warp, phones: Sequence[Phone], texts: Sequence[str], outage: tuple[float, float]
) -> None:
    seconds, speed = outage
    port = int(world.sandbox.url.rpartition(":")[2])
    await world.sandbox.stop()
    ends = warp.monotonic() + seconds
    warp.run_at(speed)
    half = len(texts) // 2
    await _put(world, phones, texts[:half])
    while warp.monotonic() < ends - seconds / 2:
        await asyncio.sleep(0.01)
    await _put(world, phones, texts[half:])
    while warp.monotonic() < ends:
        await asyncio.sleep(0.01)
    await world.sandbox.start(port=port)
    sent = world.sandbox.counts[PLATFORM, "sendMessage", 200]
    while world.sandbox.counts[PLATFORM, "sendMessage", 200] == sent:
        await asyncio.sleep(0.001)
    warp.run_at(1.0)
    await until(_quiet(world), PATIENCE)


def most_in_a_second(moments: Sequence[float]) -> int:
    """The most of these moments within any second."""
    ordered, most, begin = sorted(moments), 0, 0
    for end, moment in enumerate(ordered):
        while ordered[begin] <= moment - 1.0:
            begin += 1
        most = max(most, end - begin + 1)
    return most


# R8


async def refusals(place: Place) -> Tally:
    """R8: `size` persons each who blocked the bot, who are not there, and whose message is not taken; 401."""
    tally = Tally()
    world, _ = await warped(place, 200.0)
    kinds = {
        kind: [await world.phone(PLATFORM, f"{kind}-{n}") for n in range(place.size)]
        for kind in ("403", "400", "good")
    }
    for phone in itertools.chain.from_iterable(kinds.values()):
        await world.store.run(partial(_known, chat_id=phone.chat.id))
    for phone in kinds["403"]:
        await phone.block_bot()
    await _put(world, [*kinds["403"], *kinds["good"]], _texts(2 * place.size))
    for phone in kinds["400"]:
        await world.put(phone, ("sendMessage", {"chat_id": phone.chat.id, "text": ""}))
    async with running(_sender(world)):
        await until(_quiet(world), PATIENCE)
        await _put(world, kinds["403"], _texts(place.size))
        await until(_quiet(world), PATIENCE)
    chats = {phone.chat.id: kind for kind, phones in kinds.items() for phone in phones}
    tries = Counter(chats[int(call.params["chat_id"])] for call in _sends(world))
    tally.must("tries at those who blocked the bot", tries["403"], place.size * 2)
    tally.must("tries of messages not taken", tries["400"], place.size)
    tally.must("states", dict(Counter(await world.states())), {
        "unreachable": place.size * 2, "sent": place.size, "failed": place.size,
    })  # fmt: skip
    await _token_refused(place, world, kinds["good"], tally)
    await closed(world)
    return tally


def _known(work: Work, chat_id: int) -> None:
    work.chats.lock(PLATFORM, chat_id, user_id=1, name="")


def _sends(world: World) -> list[Call]:
    return [call for call in world.sandbox.calls if call.method == "sendMessage"]


async def _token_refused(place: Place, world: World, phones: Sequence[Phone], tally: Tally) -> None:
    """The lane stops, the rows stay, the admins are told once; later all goes out."""
    fault = world.sandbox.faults.add(PLATFORM, "*", "401")
    alarms = len([one for one in await world.alarms() if "token" in one])
    await _put(world, phones, _texts(place.size))
    sender = _sender(world)

    async def refused() -> bool:
        return sender.state == "refused" and len(await world.alarms()) > alarms

    async with running(sender):
        await until(refused, PATIENCE)
        kept = await world.store.run(lambda work: work.outbox.waiting(PLATFORM))
        tally.must("rows kept while the token is refused", kept, place.size)
        world.sandbox.faults.clear()
        await until(_quiet(world), PATIENCE)
    told = [one for one in await world.alarms() if "token" in one]
    tally.must("alarms about the token", len(told), 1)
    tally.count("calls refused with 401", fault.hits)
    tally.must("messages after it", sum(len(said(phone)) for phone in phones), 2 * place.size)
