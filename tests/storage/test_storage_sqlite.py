"""SQLite: one writer, shared commits, and what happens when the disk or the lock is not to be had."""

import asyncio
import fcntl
import resource
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from engines import StoreClock

from storage import sqlite
from storage.engine import Store
from storage.errors import StoreDown, StoreInUse
from storage.records import RawUpdate
from storage.sqlite import BATCH, Sqlite
from storage.sqlite_file import in_thread
from storage.vault import Vault
from storage.work import Work


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """These tests are about one engine."""
    return sqlite_url


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def engine_of(store: Store) -> Sqlite:
    assert isinstance(store._engine, Sqlite)  # noqa: SLF001 - these tests look behind the store
    return store._engine  # noqa: SLF001


def receive(work: Work, number: int, size: int = 2) -> int:
    work.inbox.receive("bale", [RawUpdate(number, number, "x" * size)])
    return number


async def depth(store: Store) -> int:
    return await store.run(lambda work: work.inbox.depth())


async def results_of(store: Store, count: int, size: int = 2) -> list[int | str]:
    """What so many units at once came to: their numbers, or the reasons why not."""

    async def attempt(number: int) -> int | str:
        try:
            return await store.run(lambda work: receive(work, number, size))
        except StoreDown as down:
            return down.reason

    return await asyncio.gather(*map(attempt, range(count)))


async def test_units_waiting_at_the_same_time_share_a_commit(store: Store) -> None:
    statements: list[str] = []
    await engine_of(store)._connection.set_trace_callback(statements.append)  # noqa: SLF001
    assert await results_of(store, 3 * BATCH) == list(range(3 * BATCH))
    assert (statements.count("BEGIN IMMEDIATE"), statements.count("COMMIT")) == (3, 3)


async def test_an_urgent_unit_goes_before_all_that_wait(store: Store) -> None:
    at_work, release = threading.Event(), threading.Event()
    order: list[int | str] = []

    def works(_work: Work) -> None:
        at_work.set()
        release.wait(60)

    def says(word: int | str) -> Callable[[Work], None]:
        return lambda _work: order.append(word)

    first = asyncio.create_task(store.run(works))
    await asyncio.to_thread(at_work.wait, 60)
    waiting = [asyncio.create_task(store.run(says(number))) for number in range(2 * BATCH)]
    await asyncio.sleep(0)  # they are in the queue now
    urgent = asyncio.create_task(store.run(says("urgent"), urgent=True))
    await asyncio.sleep(0)
    release.set()
    await asyncio.gather(first, urgent, *waiting)
    assert order == ["urgent", *range(2 * BATCH)]


async def test_aiosqlite_still_runs_our_calls_in_one_thread_of_its_own(store: Store) -> None:
    connection = engine_of(store)._connection  # noqa: SLF001
    threads = {await in_thread(connection, threading.get_ident) for _ in range(3)}
    assert len(threads) == 1
    assert threads != {threading.get_ident()}
    assert isinstance(connection._conn, sqlite3.Connection)  # noqa: SLF001


async def test_what_is_acknowledged_is_synced(store: Store) -> None:
    def pragmas(work: Work) -> list[object]:
        run = work._transaction.connection._connection.exec_driver_sql  # noqa: SLF001
        return [
            run(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert await store.run(pragmas) == ["wal", 2, 1]


async def test_a_second_opener_is_refused_until_the_first_has_closed(
    store: Store, database_url: str, vault: Vault
) -> None:
    with pytest.raises(StoreInUse) as in_use:
        await Store.open(database_url, vault=vault)
    assert in_use.value.path == str(path_of(database_url))
    await store.close()
    second = await Store.open(database_url, vault=vault)
    assert await second.elect("sender")
    await second.close()


async def test_a_visitor_works_beside_the_holder_and_is_never_elected(
    store: Store, database_url: str, vault: Vault
) -> None:
    visitor = await Store.open(database_url, vault=vault, exclusive=False)
    await visitor.run(lambda work: receive(work, 1))
    assert await depth(store) == 1
    assert (await visitor.elect("sender"), await store.elect("sender")) == (False, True)
    await visitor.close()
    await store.run(lambda work: receive(work, 2))
    assert await depth(store) == 2


async def test_a_visitor_makes_the_tables_where_nobody_is_at_work_and_holds_nobody_up(
    tmp_path: Path, vault: Vault
) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    visitor = await Store.open(url, vault=vault, exclusive=False)
    holder = await Store.open(url, vault=vault)
    await visitor.run(lambda work: receive(work, 1))
    assert await depth(holder) == 1
    await visitor.close()
    await holder.close()


async def test_a_visitor_never_changes_the_tables_under_the_holder(tmp_path: Path, vault: Vault) -> None:
    with (tmp_path / "old.db.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreInUse):
            await Store.open(f"sqlite:///{tmp_path / 'old.db'}", vault=vault, exclusive=False)


async def test_a_full_disk_takes_the_store_down_until_there_is_room(store: Store) -> None:
    def limit(work: Work, pages: int) -> None:
        work._transaction.connection._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")  # noqa: SLF001

    await store.run(partial(limit, pages=1))  # «1» means: not one page more than there are
    assert await results_of(store, 64, size=20_000) == ["SQLITE_FULL"] * 64
    assert await depth(store) == 0
    await store.run(partial(limit, pages=2**30))
    assert await results_of(store, 64, size=20_000) == list(range(64))


@contextmanager
def no_file_grows_beyond(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_commit_that_fails_reaches_all_who_shared_it(store: Store, database_url: str) -> None:
    await store.run(lambda work: receive(work, 900, 2_000_000))
    log = path_of(database_url + "-wal").stat().st_size
    with no_file_grows_beyond(log + 10_000):
        results = await results_of(store, 64, size=2_000)
    assert set(results) - {"SQLITE_FULL", "SQLITE_IOERR_WRITE"} == set()
    assert len(results) == 64
    assert await depth(store) == 1
    assert await results_of(store, 64, size=2_000) == list(range(64))


async def test_one_whose_error_rests_on_what_was_undone_is_told_to_try_again(store: Store) -> None:
    def breaks_the_commit(work: Work) -> None:
        connection = work._transaction.connection._connection  # noqa: SLF001
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql("INSERT INTO file_contents (file_id, body) VALUES (99, x'00')")

    def judges_by_it(_work: Work) -> None:
        raise LookupError

    results = await asyncio.gather(
        store.run(breaks_the_commit), store.run(judges_by_it), return_exceptions=True
    )
    assert [type(result) for result in results] == [StoreDown, StoreDown]
    assert await store.healthy()


async def test_a_store_locked_by_another_is_down_and_comes_back(
    store: Store, database_url: str, store_clock: StoreClock
) -> None:
    await in_thread(
        engine_of(store)._connection,  # noqa: SLF001
        lambda: engine_of(store)._connection._conn.execute("PRAGMA busy_timeout = 20").fetchall(),  # noqa: SLF001
    )
    with sqlite3.connect(path_of(database_url), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await results_of(store, 3) == ["SQLITE_BUSY"] * 3
        assert not await store.healthy()
        other.execute("ROLLBACK")
    other.close()
    store_clock.forward(minutes=1)
    assert await results_of(store, 3) == [0, 1, 2]


async def test_a_file_that_cannot_be_opened_is_a_store_that_is_down(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreDown) as down:
        await Store.open(f"sqlite:///{tmp_path / 'folder'}", vault=vault)
    assert down.value.reason == "SQLITE_CANTOPEN"


async def test_a_batch_ends_early_for_an_urgent_unit_and_the_rest_follows_in_its_order(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "URGENT_SECONDS", 0.0)
    begun, may_go_on, ran = asyncio.Event(), threading.Event(), list[str]()
    loop = asyncio.get_running_loop()

    def first(_work: Work) -> None:
        loop.call_soon_threadsafe(begun.set)
        may_go_on.wait()
        ran.append("first")

    def note(name: str) -> Callable[[Work], None]:
        return lambda _work: ran.append(name)

    batch = [asyncio.ensure_future(store.run(unit)) for unit in (first, note("second"), note("third"))]
    await begun.wait()
    mark = asyncio.ensure_future(store.run(note("urgent"), urgent=True))
    await asyncio.sleep(0)  # so that it is among those that wait
    may_go_on.set()
    await asyncio.gather(mark, *batch)
    assert ran == ["first", "urgent", "second", "third"]
