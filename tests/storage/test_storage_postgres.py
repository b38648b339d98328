"""PostgreSQL: several processes, one of them elected; lost connections and lost races."""

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest
from engines import PgServer

from storage.engine import WORKERS, Store
from storage.errors import StoreDown
from storage.records import RawUpdate
from storage.vault import Vault
from storage.work import Work


@pytest.fixture
def database_url(pg_url: str) -> str:
    """These tests are about one engine."""
    return pg_url


@pytest.fixture
async def other(database_url: str, vault: Vault) -> AsyncIterator[Store]:
    """The store as a second process would open it."""
    store = await Store.open(database_url, vault=vault)
    yield store
    await store.close()


async def test_of_two_stores_one_is_elected_until_it_closes(store: Store, other: Store) -> None:
    assert (await store.elect("sender:bale"), await other.elect("sender:bale")) == (True, False)
    assert (await store.elect("sender:bale"), await other.elect("timers")) == (True, True)
    assert (store.elected("sender:bale"), other.elected("sender:bale")) == (True, False)
    assert (store.elected("timers"), other.elected("timers")) == (False, True)
    await store.close()
    assert await other.elect("sender:bale")


async def test_with_its_connection_a_store_loses_its_election(
    store: Store, pg_server: PgServer, database_url: str
) -> None:
    assert await store.elect("sender:bale")
    pg_server.disconnect(database_url)
    assert not await store.elect("sender:bale")
    assert not store.elected("sender:bale")
    assert await store.elect("sender:bale")


async def test_a_cut_connection_takes_the_store_down_for_one_unit(
    store: Store, pg_server: PgServer, database_url: str
) -> None:
    assert await store.healthy()
    pg_server.disconnect(database_url)
    with pytest.raises(StoreDown) as down:
        await store.run(lambda work: work.inbox.depth())
    assert down.value.reason == "57P01"
    assert await store.run(lambda work: work.inbox.depth()) == 0


async def test_units_that_lock_each_other_out_both_end_well(store: Store) -> None:
    both_hold_one = threading.Barrier(2)
    tries: list[int] = []

    def lock_in_order(first: int, second: int) -> None:
        def unit(work: Work) -> None:
            tries.append(first)
            work.chats.lock("bale", first, user_id=first, name="")
            if len(tries) <= 2:
                both_hold_one.wait(5)
            work.chats.lock("bale", second, user_id=second, name="")

        units.append(unit)

    units: list[object] = []
    lock_in_order(1, 2)
    lock_in_order(2, 1)
    await asyncio.gather(*(store.run(unit) for unit in units))  # type: ignore[arg-type]
    assert len(tries) > 2  # at least one of them was told to try again


async def test_an_urgent_unit_is_done_while_all_threads_are_at_work(store: Store) -> None:
    all_at_work, release = threading.Barrier(WORKERS + 1), threading.Event()
    order: list[str] = []

    def works(_work: Work) -> None:
        all_at_work.wait(60)
        release.wait(60)

    busy = [asyncio.create_task(store.run(works)) for _ in range(WORKERS)]
    await asyncio.to_thread(all_at_work.wait, 60)
    waits = asyncio.create_task(store.run(lambda _work: order.append("waited")))
    await store.run(lambda _work: order.append("urgent"), urgent=True)
    release.set()
    await asyncio.gather(*busy, waits)
    assert order == ["urgent", "waited"]


async def test_a_chat_is_held_by_one_unit_at_a_time(store: Store, other: Store) -> None:
    holding, release = threading.Event(), threading.Event()
    order: list[str] = []

    def holds(work: Work) -> None:
        work.chats.lock("bale", 5, user_id=5, name="")
        holding.set()
        release.wait(5)
        order.append("first")

    def waits(work: Work) -> None:
        asking.set()
        work.chats.lock("bale", 5, user_id=5, name="")
        order.append("second")

    asking = threading.Event()
    first = asyncio.create_task(store.run(holds))
    await asyncio.to_thread(holding.wait, 5)
    second = asyncio.create_task(other.run(waits))
    await asyncio.to_thread(asking.wait, 5)
    release.set()
    await asyncio.gather(first, second)
    assert order == ["first", "second"]


async def test_two_processes_receiving_the_same_updates_keep_each_once(store: Store, other: Store) -> None:
    updates = [RawUpdate(number, number % 7, "{}") for number in range(200)]
    kept = await asyncio.gather(
        *(one.run(lambda work: work.inbox.receive("bale", updates)) for one in (store, other) * 3)
    )
    assert sorted(row.update_id for rows in kept for row in rows) == list(range(200))


async def test_a_server_that_is_not_there_is_a_store_that_is_down(pg_server: PgServer, vault: Vault) -> None:
    with pytest.raises(StoreDown):
        await Store.open(pg_server.url("nowhere"), vault=vault)
