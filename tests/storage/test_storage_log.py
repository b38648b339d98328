"""What was erased leaves the write-ahead log too, by the hand of the process that holds the file alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from storage_office import found_office

from storage import sqlite
from storage.engine import Store
from storage.retention import ERASED
from storage.vault import Vault
from storage.work import Work


def erased(work: Work) -> None:
    """A unit that has written something and erased something."""
    found_office(work)
    work._transaction.signals.add(ERASED)  # noqa: SLF001 - what every unit that erases does


def now(work: Work) -> object:
    return work.now


def bytes_left(url: str) -> int:
    return Path(url.removeprefix("sqlite:///") + "-wal").stat().st_size


@contextmanager
def reader(url: str) -> Iterator[None]:
    """Somebody who looks at one moment of the file for long, as a backup does."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as rows:
        rows.execute("BEGIN")
        rows.execute("SELECT count(*) FROM people").fetchone()
        yield


@pytest.fixture(autouse=True)
def _again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "EMPTY_AGAIN_SECONDS", 0.0)


async def test_a_reader_only_puts_the_emptying_off(sqlite_url: str, vault: Vault) -> None:
    store = await Store.open(sqlite_url, vault=vault)
    with reader(sqlite_url):
        await store.run(erased)
        await store.run(now)
        assert bytes_left(sqlite_url) > 0, "else nothing is tried here"
    await store.run(now)
    await store.run(now)  # a batch is told of before the log is emptied: the second waits for the first
    assert bytes_left(sqlite_url) == 0
    await store.close()


async def test_a_visitor_leaves_the_log_to_the_holder_who_empties_it_next(
    sqlite_url: str, vault: Vault
) -> None:
    store = await Store.open(sqlite_url, vault=vault)
    await store.run(now)
    visitor = await Store.open(sqlite_url, vault=vault, exclusive=False)
    await visitor.run(erased)
    await visitor.close()
    assert bytes_left(sqlite_url) > 0
    await store.run(now)
    await store.run(now)
    assert bytes_left(sqlite_url) == 0
    await store.close()


async def test_what_a_killed_bot_left_in_the_log_goes_at_the_next_start(
    sqlite_url: str, vault: Vault
) -> None:
    with reader(sqlite_url):  # whoever looks keeps the log where it is, as a kill does
        before = await Store.open(sqlite_url, vault=vault)
        await before.run(erased)
        await before.close()
        assert bytes_left(sqlite_url) > 0
        store = await Store.open(sqlite_url, vault=vault)
    await store.run(now)
    await store.run(now)
    assert bytes_left(sqlite_url) == 0
    await store.close()
