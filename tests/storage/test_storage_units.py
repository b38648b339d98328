"""A unit of work is done wholly, or not at all; what holds for both engines."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from engines import StoreClock

from storage.engine import Store
from storage.errors import StoreDown
from storage.records import Outgoing, RawUpdate
from storage.vault import Vault
from storage.work import Work


class Refused(Exception):  # noqa: N818 - named for what happened
    """What a service may raise."""


def keep(number: int) -> RawUpdate:
    return RawUpdate(number, number, "{}")


async def depth(store: Store) -> int:
    return await store.run(lambda work: work.inbox.depth())


async def test_a_unit_that_raises_leaves_nothing_and_its_caller_gets_its_error(store: Store) -> None:
    def unit(work: Work) -> None:
        work.inbox.receive("bale", [keep(1)])
        raise Refused

    with pytest.raises(Refused):
        await store.run(unit)
    assert await depth(store) == 0


async def test_a_part_of_a_unit_that_fails_leaves_nothing_of_itself_and_the_rest_stays(store: Store) -> None:
    def part(work: Work, number: int) -> None:
        work.inbox.receive("bale", [keep(number)])
        if number == 2:
            raise Refused

    def unit(work: Work) -> list[type[Exception] | None]:
        failed = [work.attempt(partial(part, work, number)) for number in (1, 2, 3)]
        return [type(error) if error else None for error in failed]

    assert await store.run(unit) == [None, Refused, None]
    assert await depth(store) == 2


async def test_one_failing_among_many_at_once_does_not_hurt_the_others(store: Store) -> None:
    async def attempt(number: int) -> int | str:
        def unit(work: Work) -> int:
            work.inbox.receive("bale", [keep(number)])
            if number == 30:
                raise Refused
            return number

        try:
            return await store.run(unit)
        except Refused:
            return "refused"

    results = await asyncio.gather(*map(attempt, range(64)))
    assert results == [*range(30), "refused", *range(31, 64)]
    assert await depth(store) == 63


async def test_the_moment_of_a_unit_is_fixed_and_reads_as_it_was_written(
    store: Store, store_clock: StoreClock
) -> None:
    store_clock.moment = datetime(2026, 9, 28, 6, 30, 0, 123_999, tzinfo=UTC)

    def unit(work: Work) -> tuple[datetime, datetime, datetime | None]:
        before = work.now
        work.inbox.receive("bale", [keep(1)])
        store_clock.forward(hours=1)
        return before, work.now, work.inbox.oldest()

    whole = datetime(2026, 9, 28, 6, 30, 0, 123_000, tzinfo=UTC)
    assert await store.run(unit) == (whole, whole, whole)


async def test_listeners_hear_of_committed_units_only(store: Store) -> None:
    heard: list[frozenset[str]] = []
    told = asyncio.Event()

    def listener(signals: frozenset[str]) -> None:
        heard.append(signals)
        told.set()

    store.listen(listener)

    def refused(work: Work) -> None:
        work.outbox.add(Outgoing("telegram", 5, 0, "sendMessage", {}))
        raise Refused

    with pytest.raises(Refused):
        await store.run(refused)
    await store.run(lambda work: work.outbox.add(Outgoing("bale", 5, 0, "sendMessage", {})))
    await told.wait()
    assert heard == [frozenset({"outbox:bale"})]


async def test_a_listener_that_raises_stops_nobody(store: Store) -> None:
    errors: list[BaseException] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _loop, context: errors.append(context["exception"])
    )

    def raises(_signals: frozenset[str]) -> None:
        raise Refused

    store.listen(raises)
    await asyncio.gather(
        *(store.run(lambda work: work.outbox.add(Outgoing("bale", 5, 0, "x", {}))) for _ in range(200))
    )
    await asyncio.sleep(0)
    assert {type(error) for error in errors} == {Refused}
    assert await store.run(lambda work: work.outbox.waiting("bale")) == 200


async def test_a_cancelled_caller_does_not_disturb_the_others(store: Store) -> None:
    def receive(number: int) -> Callable[[Work], object]:
        return lambda work: work.inbox.receive("bale", [keep(number)])

    tasks = [asyncio.create_task(store.run(receive(number))) for number in range(10)]
    await asyncio.sleep(0)
    tasks[3].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [index for index, result in enumerate(results) if isinstance(result, BaseException)] == [3]


async def test_a_closed_store_takes_no_units(database_url: str, vault: Vault) -> None:
    store = await Store.open(database_url, vault=vault)
    assert await store.healthy()
    under_way = asyncio.create_task(store.run(lambda work: work.inbox.receive("bale", [keep(1)])))
    await asyncio.sleep(0)
    await store.close()
    assert len(await under_way) == 1
    with pytest.raises(StoreDown) as down:
        await depth(store)
    assert down.value.reason == "closed"
    assert not await store.healthy()


async def test_what_was_kept_is_there_for_the_next_process(database_url: str, vault: Vault) -> None:
    first = await Store.open(database_url, vault=vault)
    await first.run(lambda work: work.inbox.receive("bale", [keep(1)]))
    await first.close()
    second = await Store.open(database_url, vault=vault)
    assert await depth(second) == 1
    await second.close()
