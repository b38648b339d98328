"""Which tables are read row by row, as the engines tell: no layer above can hide a statement."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, Final
from unittest.mock import patch

import psycopg

from storage.engine import Store, file_of
from storage.vault import Vault
from storage.work import Work

GROWING: Final = ("cases", "case_codes", "forms")
"""Tables that grow with the number of cases; the others have a page or two."""
READING: Final = ("SELECT", "WITH")
_SCAN: Final = re.compile(r"^SCAN (?!anon_)(\w+)$")
"""A step of a plan without an index; `anon_…` is the few rows that a subquery has found by one."""

Read = Callable[[Work], object]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen: statements or index scans, and what read a whole table."""

    seen: int
    scans: tuple[str, ...]


async def look(url: str, vault: Vault, reads: Sequence[Read]) -> Looked:
    """Open the store anew and read; nobody else may hold it."""
    if file_of(url) is not None:
        return await _on_sqlite(url, vault, reads)
    return await _on_postgres(url, vault, reads)


async def _on_sqlite(url: str, vault: Vault, reads: Sequence[Read]) -> Looked:
    """Every statement that SQLite was given, with the plan that it makes of it."""
    with _traced() as statements:
        store = await Store.open(url, vault=vault)
        statements.clear()
        try:
            for read in reads:
                await store.run(read)
        finally:
            await store.close()
    asked = {text for text in statements if text.startswith(READING)}
    with closing(sqlite3.connect(file_of(url) or "")) as file:
        steps = [row[3] for text in asked for row in file.execute(f"EXPLAIN QUERY PLAN {text}")]
    return Looked(len(asked), tuple(sorted({found[1] for step in steps if (found := _SCAN.match(step))})))


@contextmanager
def _traced() -> Iterator[list[str]]:
    """The statements of every connection to SQLite that is made meanwhile, values written out."""
    statements: list[str] = []
    connect = sqlite3.connect

    def listening(*given: Any, **named: Any) -> sqlite3.Connection:  # noqa: ANN401 - sqlite3's own
        made: sqlite3.Connection = connect(*given, **named)
        made.set_trace_callback(statements.append)
        return made

    with patch.object(sqlite3, "connect", listening):
        yield statements


async def _on_postgres(url: str, vault: Vault, reads: Sequence[Read]) -> Looked:
    """What the server counted; a connection that ends has told everything."""
    sequential, indexed = _counted(url)
    store = await Store.open(url, vault=vault)
    try:
        for read in reads:
            await store.run(read)
    finally:
        await store.close()
    sequential_now, indexed_now = _counted(url)
    scans = tuple(name for name in GROWING if sequential_now[name] > sequential[name])
    return Looked(sum(indexed_now.values()) - sum(indexed.values()), scans)


def _counted(url: str) -> tuple[dict[str, int], dict[str, int]]:
    """Sequential and index scans so far, by table."""
    query = "SELECT relname, seq_scan, idx_scan FROM pg_stat_user_tables WHERE relname = ANY(%s)"
    with psycopg.connect(url) as connection:
        rows = connection.execute(query, [list(GROWING)]).fetchall()
    return {name: count for name, count, _ in rows}, {name: count for name, _, count in rows}
