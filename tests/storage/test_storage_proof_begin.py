"""A unit holds the right to write from its first word: what it has read is still so when it writes."""

import sqlite3
from contextlib import closing

from storage.engine import Store
from storage.records import RawUpdate
from storage.vault import Vault
from storage.work import Work


async def test_nobody_writes_between_what_a_unit_reads_and_what_it_writes(
    sqlite_url: str, vault: Vault
) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    refused: list[str] = []

    def reads_then_writes(work: Work) -> int:
        depth = work.inbox.depth()
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
            try:
                other.execute("DELETE FROM outbox")
            except sqlite3.OperationalError as error:
                refused.append(error.sqlite_errorname)
        work.inbox.receive("bale", [RawUpdate(1, 1, "{}")])
        return depth

    store = await Store.open(sqlite_url, vault=vault)
    try:
        assert await store.run(reads_then_writes) == 0
    finally:
        await store.close()
    assert refused == ["SQLITE_BUSY"]
