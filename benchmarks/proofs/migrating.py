"""R17: migrations killed in the middle, from every older state: the old tables or the new ones."""

import asyncio
import base64
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, make_url, text

from benchmarks.proofs import ROOT
from benchmarks.proofs.places import KEY, VAULT
from benchmarks.proofs.tally import Place, Tally
from storage import migrations
from storage.engine import Store
from storage.migrations import HEAD, migrate
from storage.tables import metadata

STATEMENTS: Final = 60
"""About as many as all steps have together; whoever gets fewer comes through."""
DIES_WITHIN: Final = 120.0
BASE: Final = "base"


async def kills(place: Place) -> Tally:
    """Start `size` times on older tables, killed at a statement drawn by the seed; look at the tables."""
    drawn, tally = random.Random(place.seed), Tally()
    found: Counter[str] = Counter()
    for number in range(1, place.size + 1):
        older = drawn.choice([BASE, *_revisions()[:-1]])
        before = _begin_at(place, older)
        killed = await _start(place, drawn.randint(1, STATEMENTS))
        after = _standing(place)
        found["killed" if killed else "came through"] += 1
        found[_judged(before, after)] += 1
        await (await Store.open(place.url, vault=VAULT)).close()
        found["brought up to date afterwards"] += _judged(before, _standing(place)) == "new"
        place.progress(number, place.size, "kills")
    tally.must("starts", found["killed"] + found["came through"], place.size)
    for what in ("killed", "old", "new"):
        tally.count(what, found[what])
    tally.must("neither old nor new", found["between"], 0)
    tally.must("brought up to date afterwards", found["brought up to date afterwards"], place.size)
    return tally


Standing = tuple[str, frozenset[str]]
"""The step that the database says it stands at, and its tables with their columns."""


def _revisions() -> list[str]:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    steps = ScriptDirectory.from_config(config).walk_revisions()
    return [step.revision for step in reversed(list(steps))]


def _judged(before: Standing, after: Standing) -> str:
    if after == before:
        return "old"
    tables = {column.split(".")[0] for column in after[1]}
    return "new" if (after[0], tables) == (HEAD, set(metadata.tables)) else "between"


def _begin_at(place: Place, older: str) -> Standing:
    """A database at this step, with nothing else in it."""
    with _connected(place) as connection:
        if not place.sqlite:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        if older != BASE:
            migrate(connection, older)
    return _standing(place)


def _standing(place: Place) -> Standing:
    with _connected(place, keep=True) as connection:
        looked = inspect(connection)
        tables = set(looked.get_table_names())
        version = "base"
        if "alembic_version" in tables:
            version = (
                connection.scalars(text("SELECT version_num FROM alembic_version")).one_or_none() or BASE
            )
        columns = {
            f"{table}.{column['name']}"
            for table in tables - {"alembic_version"}
            for column in looked.get_columns(table)
        }
        return version, frozenset(columns)


@contextmanager
def _connected(place: Place, *, keep: bool = False) -> Iterator[Connection]:
    url = make_url(place.url)
    if place.sqlite and not keep:
        for file in Path(str(url.database)).parent.glob(f"{Path(str(url.database)).name}*"):
            file.unlink()
    core = create_engine(url.set(drivername="sqlite" if place.sqlite else "postgresql+psycopg"))
    with core.begin() as connection:
        yield connection
    core.dispose()


async def _start(place: Place, statement: int) -> bool:
    """A start killed at this statement; False if there are fewer."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(place.folder), "DATABASE_URL": place.url}
    key = place.folder / "secret.key"
    key.touch(mode=0o600)
    key.write_bytes(base64.b64encode(KEY))
    invites = ("invite", "--role", "admin", "--name", "نرگس رضایی")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "benchmarks.proofs.fatal", "in a migration", str(statement), *invites),
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with asyncio.timeout(DIES_WITHIN):
        return await process.wait() == -9  # noqa: PLR2004 - SIGKILL
