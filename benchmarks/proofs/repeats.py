"""R4: each update delivered two to five times, also at once, with ids that jump after a quiet week."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from pipeline_world import FastClock, World, echo, running, until
from sqlalchemy import select

from benchmarks.proofs.places import VAULT
from benchmarks.proofs.tally import Place, Tally
from bot.intake import raw_update, receive
from sandbox import Sandbox
from storage.engine import Store
from storage.records import RawUpdate
from storage.settling import WHO, place
from storage.tables.messages import outbox

CHATS: Final = 200
COPIES: Final = (2, 5)
AT_ONCE: Final = 8
BATCH: Final = 100
FIRST_ID: Final = 500_000_000
QUIET_WEEKS: Final = (0, -499_999_000, 2**40, -(2**39), 7, 2**55)
"""By how much the ids jump, one stretch of updates after the other."""
PATIENCE: Final = 600.0


async def repeats(place: Place) -> Tally:
    """Deliver `size` updates, each several times, by several deliverers at once; then count the effects."""
    drawn, tally, clock = random.Random(place.seed), Tally(), FastClock()
    store = await Store.open(place.url, vault=VAULT, clock=clock.now)
    world = World(Sandbox(), store, clock)
    dispatcher = world.dispatcher(echo)
    updates = [_update(*given) for given in zip(_ids(place.size), range(place.size), strict=False)]
    deliveries = _deliveries(updates, drawn)
    new: Counter[int] = Counter()

    async def deliver(batches: Iterator[list[RawUpdate]]) -> None:
        for batch in batches:
            rows = await receive(store, "telegram", batch)
            new.update(row.update_id for row in rows)
            dispatcher.accept(rows)
            place.progress(len(new) // BATCH, place.size // BATCH, f"× {BATCH} updates received")

    async with running(dispatcher):
        batches = iter([deliveries[at : at + BATCH] for at in range(0, len(deliveries), BATCH)])
        await asyncio.gather(*(deliver(batches) for _ in range(AT_ONCE)))

        async def handled() -> bool:
            return await store.run(lambda work: work.inbox.depth()) == 0

        await until(handled, PATIENCE)
    effects = Counter(await _effects(store))
    await world.close()
    await store.close()
    tally.count("deliveries", len(deliveries))
    tally.must("updates taken for new", len(new), place.size)
    tally.must("updates taken for new twice", sum(times > 1 for times in new.values()), 0)
    tally.must("effects", sum(effects.values()), place.size)
    tally.must("updates with an effect", len(effects), place.size)
    return tally


def _ids(size: int) -> Iterator[int]:
    """As many ids as updates, in stretches that jump up and down but never meet."""
    stretch, number = -(-size // len(QUIET_WEEKS)), FIRST_ID
    for jump in QUIET_WEEKS:
        number += jump
        for _ in range(stretch):
            yield number
            number += 1


def _update(update_id: int, number: int) -> RawUpdate:
    chat = 1 + number % CHATS
    person = {"id": chat, "is_bot": False, "first_name": "آزاده"}
    message: dict[str, Any] = {"message_id": number + 1, "date": 1_790_000_000, "text": str(number)}
    there = {"chat": {"id": chat, "type": "private"}, "from": person}
    made = raw_update({"update_id": update_id, "message": message | there})
    assert made is not None  # noqa: S101 - it has a number
    return made


def _deliveries(updates: list[RawUpdate], drawn: random.Random) -> list[RawUpdate]:
    """Every update two to five times: near its place, and now and then much later."""
    placed: list[tuple[float, RawUpdate]] = []
    for at, update in enumerate(updates):
        for _ in range(drawn.randint(*COPIES)):
            late = drawn.choice((0, 0, 1, 50, 2000))
            placed.append((at + drawn.uniform(0, 1) + late, update))
    return [update for _, update in sorted(placed, key=lambda one: one[0])]


async def _effects(store: Store) -> list[str]:
    """What the handler put into the outbox for each update: its text, as it would be sent."""

    def unit(work: Any) -> list[str]:  # noqa: ANN401 - reads what no part of the store gives out
        connection = work._transaction.connection  # noqa: SLF001 - as said
        rows = connection.execute(select(*WHO, outbox.c.params))
        return [
            work.vault.open("outbox.params", row.params, place(row, row.created_at))["text"] for row in rows
        ]

    return await store.run(unit)
