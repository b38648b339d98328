"""What a look-up and two lists cost among few cases and among many, on both engines."""

import random
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.api import SEED
from benchmarks.bench import Bench
from benchmarks.figures import FAIL, PASS, Row, Spread, Target, Verdicts, ratios
from benchmarks.office import Office, code_of, found, multiply
from benchmarks.plans import Read, look
from benchmarks.stage import folder
from services import desk, proposals
from storage.engine import Store
from storage.vault import Vault, load_key

PAGE: Final = 8
GROWTH: Final = 1.5
RAW: Final = 15
LEAST_SEEN: Final = 5
READS: Final = ("look-up by code", "reviewer's queue", "own list")


@dataclass
class Filled:
    """An office of one size on one engine, and the microseconds that each read took."""

    url: str
    size: int
    vault: Vault
    store: Store
    office: Office
    times: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in READS})

    @classmethod
    async def make(cls, url: str, key: Path, size: int) -> "Filled":
        """Fill a new database."""
        vault = Vault(load_key(key))
        store = await Store.open(url, vault=vault)
        office = await store.run(found)
        await store.close()
        multiply(url, office, size)
        return cls(url, size, vault, await Store.open(url, vault=vault), office)

    def reads(self, number: int) -> dict[str, Read]:
        """The three reads, the look-up that of this case."""
        return {
            READS[0]: lambda work: work.cases.by_code(code_of(number)),
            READS[1]: lambda work: desk.queue(work, self.office.reviewer, size=PAGE),
            READS[2]: lambda work: proposals.mine(work, self.office.officer, PAGE),
        }

    async def time(self, numbers: list[int]) -> None:
        """Read each so many times."""
        for number in numbers:
            for name, read in self.reads(number).items():
                started = time.perf_counter()
                await self.store.run(read)
                self.times[name].append((time.perf_counter() - started) * 1e6)


async def measure(bench: Bench) -> list[Row]:
    """Both engines; few and many in turn."""
    rows: list[Row] = []
    with folder() as home:
        urls = [f"sqlite:///{home / f'{number}.sqlite'}" for number in range(2)]
        rows += await _on(bench, "SQLite", urls, home / "secret.key")
        server = await bench.server()
        rows += await _on(bench, "PostgreSQL", [server.create(), server.create()], home / "secret.key")
    return rows


async def _on(bench: Bench, engine: str, urls: list[str], key: Path) -> list[Row]:
    filled: list[Filled] = []
    try:
        for url, size in zip(urls, bench.size.cases, strict=True):
            bench.say(f"{engine}: {size:,} cases are made")
            filled.append(await Filled.make(url, key, size))
        bench.say(f"{engine}: reading")
        return await _read(bench, engine, *filled)
    finally:
        for one in filled:
            await one.store.close()


async def _read(bench: Bench, engine: str, few: Filled, many: Filled) -> list[Row]:
    draw, rounds = random.Random(SEED), bench.size.rounds
    for _ in range(rounds):
        for one in (few, many):
            await one.time([draw.randint(1, one.size) for _ in range(bench.size.look_ups)])
    rows = [_growth(engine, name, few, many) for name in READS]
    await many.store.close()
    rows.append(await _plans(engine, many))
    if engine == "SQLite":
        rows.append(_beside_raw(many, bench.size.look_ups))
    return rows


async def _plans(engine: str, many: Filled) -> Row:
    looked = await look(many.url, many.vault, list(many.reads(1).values()))
    verdicts = Verdicts()
    # A look-up, a page with its counts, and a page with its total: fewer were not all of it.
    verdicts.need(looked.seen >= LEAST_SEEN, f"only {looked.seen} seen")
    verdicts.need(not looked.scans, ", ".join(looked.scans))
    what = "statements" if engine == "SQLite" else "index scans"
    figure = f"{looked.seen} {what}, {len(looked.scans)} tables read whole"
    return Row(f"query plans on {engine}", "no full scan", figure, verdict=verdicts.verdict)


def _growth(engine: str, name: str, few: Filled, many: Filled) -> Row:
    target = Target(GROWTH, f"≤ {GROWTH} ×", at_least=False)
    by = ratios([median(many.times[name])], [median(few.times[name])])
    return Row(
        f"{name} on {engine}, {few.size:,} → {many.size:,} cases",
        target.words,
        f"{median(few.times[name]):,.0f} → {median(many.times[name]):,.0f} µs",
        str(by),
        target.verdict(by.middle),
    )


def _beside_raw(many: Filled, times: int) -> Row:
    """The look-up beside sqlite3 alone, which reads the same row."""
    draw, raw = random.Random(SEED), list[float]()
    with closing(sqlite3.connect(many.url.removeprefix("sqlite:///"), isolation_level=None)) as file:
        for _ in range(times):
            code, started = code_of(draw.randint(1, many.size)), time.perf_counter()
            file.execute("SELECT * FROM cases WHERE code = ?", (code,)).fetchone()
            raw.append((time.perf_counter() - started) * 1e6)
    by = median(many.times[READS[0]]) / median(raw)
    return Row(
        f"look-up by code beside raw sqlite3, {many.size:,} cases",
        f"≤ {RAW} ×",
        f"{median(many.times[READS[0]]):,.0f} : {median(raw):,.0f} µs",
        str(Spread([by], " ×", 1)),
        PASS if by <= RAW else FAIL,
    )
