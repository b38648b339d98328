"""Durable units of 16 writers on SQLite: the store's shared commits beside plain aiosqlite."""

import asyncio
import time
from pathlib import Path

import aiosqlite

from benchmarks.bench import Bench
from benchmarks.figures import Row, Spread, Target, Unsound, ratios
from benchmarks.stage import folder
from domain.throttle import Counter
from storage.engine import Store
from storage.vault import Vault, load_key
from storage.work import Work

WRITERS = 16
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
"""As the store sets them."""
INSERT = "INSERT INTO counters (scope, key, misses, since) VALUES (?, ?, ?, ?)"


async def measure(bench: Bench) -> list[Row]:
    """The same row of the same table, both ways in turn."""
    ours: list[float] = []
    plain: list[float] = []
    for number in range(bench.size.rounds):
        bench.say(f"16 writers, round {number + 1} of {bench.size.rounds}")
        with folder() as home:
            path = home / "store.sqlite"
            ours.append(await _by_store(home, path, bench.size.units))
            plain.append(await _by_aiosqlite(path, bench.size.plain_units))
    target = Target(8, "≥ 8 × one transaction each on aiosqlite")
    by = ratios(ours, plain)
    return [
        Row(
            f"durable units of {WRITERS} writers on SQLite",
            target.words,
            f"{Spread(ours, '/s')} : {Spread(plain, '/s')}",
            str(by),
            target.verdict_of(by),
        )
    ]


async def _by_store(home: Path, path: Path, units: int) -> float:
    store = await Store.open(f"sqlite:///{path}", vault=Vault(load_key(home / "secret.key")))

    async def write(writer: int) -> None:
        for number in range(units):

            def unit(work: Work, key: str = f"{writer}:{number}") -> None:
                work.counters.put("ours", key, Counter(1, work.now))

            await store.run(unit)

    try:
        started = time.perf_counter()
        await asyncio.gather(*(write(writer) for writer in range(WRITERS)))
        seconds = time.perf_counter() - started
    finally:
        await store.close()
    await _count(path, "ours", WRITERS * units)
    return WRITERS * units / seconds


async def _by_aiosqlite(path: Path, units: int) -> float:
    turn = asyncio.Lock()
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        for pragma in PRAGMAS:
            await connection.execute(f"PRAGMA {pragma}")

        async def write(writer: int) -> None:
            for number in range(units):
                async with turn:
                    await connection.execute("BEGIN IMMEDIATE")
                    await connection.execute(INSERT, ("plain", f"{writer}:{number}", 1, 0))
                    await connection.execute("COMMIT")

        started = time.perf_counter()
        await asyncio.gather(*(write(writer) for writer in range(WRITERS)))
        seconds = time.perf_counter() - started
    await _count(path, "plain", WRITERS * units)
    return WRITERS * units / seconds


async def _count(path: Path, scope: str, wanted: int) -> None:
    async with aiosqlite.connect(path) as connection:
        found = await connection.execute_fetchall("SELECT count(*) FROM counters WHERE scope = ?", (scope,))
    if [tuple(row) for row in found] != [(wanted,)]:
        raise Unsound(f"not every unit of {scope} is there")
