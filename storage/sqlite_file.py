"""A SQLite file: the lock that one process holds, its one connection with its thread, and its tables."""

import asyncio
import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import quote

import aiosqlite
from sqlalchemy import Connection, StaticPool, create_engine
from sqlalchemy.exc import OperationalError

from storage.errors import StoreDown
from storage.migrations import migrate

T = TypeVar("T")

BUSY_SECONDS: Final = 5
"""How long another process may hold the file before a unit is told that the store is down."""

_PRAGMAS: Final[tuple[str, ...]] = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is erased is overwritten
    "journal_size_limit = 67108864",  # the write-ahead log is cut back to this after a checkpoint
)


async def in_thread(connection: aiosqlite.Connection, call: Callable[[], T]) -> T:
    """Call it in the connection's own thread, where alone the connection may be touched."""
    # aiosqlite has no public name for this; a contract test watches it.
    result: T = await connection._execute(call)  # type: ignore[no-untyped-call] # noqa: SLF001
    return result


def make_private(path: Path) -> None:
    """Make an empty file that its owner alone may read, if there is none; the write-ahead log follows it."""
    with suppress(OSError):  # whatever stands in the way, SQLite names it
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


async def connect(path: Path, *, autocheckpoint: bool, look_only: bool) -> aiosqlite.Connection:
    """The one connection, as the settings of the engine make it; the file is made if it is not there."""
    # Two connections that both checkpoint can damage a file (SQLite 3.7.0 to 3.51.2): visitors do not.
    pragmas = () if look_only else _PRAGMAS
    if not autocheckpoint:
        pragmas = (*pragmas, "wal_autocheckpoint = 0")
    # Read and write, but never make: reading a write-ahead log takes the right to write beside the file.
    where = f"file:{quote(str(path))}?mode={'rw' if look_only else 'rwc'}"
    connection = aiosqlite.connect(
        where, uri=True, isolation_level=None, timeout=BUSY_SECONDS, cached_statements=256
    )
    try:
        await connection
    except BaseException:
        await asyncio.to_thread(connection._thread.join)  # noqa: SLF001 - it would outlive the loop
        raise
    try:
        for pragma in pragmas:
            await connection.execute_fetchall(f"PRAGMA {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection


def core_on(connection: aiosqlite.Connection) -> Connection:
    """SQLAlchemy on aiosqlite's own connection; to be called in its thread."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: connection._conn,  # noqa: SLF001 - no public name for it
        poolclass=StaticPool,
        isolation_level="AUTOCOMMIT",
    )
    core = engine.connect()
    core.begin()  # never ended: SQLAlchemy shall neither commit nor roll back by itself
    return core


def let_go(core: Connection) -> None:
    """SQLAlchemy lets go of the connection; to be called in its thread, where alone it may be touched."""
    core.close()
    core.engine.dispose()


def migrate_alone(core: Connection) -> None:
    """Bring the tables up to date in one transaction: a kill leaves the old ones or the new ones."""
    raw = core.connection.dbapi_connection
    assert raw is not None  # noqa: S101 - for the type checker: the connection is never detached
    cursor = raw.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")  # a step may have to build a table anew
    cursor.execute("BEGIN IMMEDIATE")
    try:
        migrate(core)
        cursor.execute("COMMIT")
    except BaseException:
        cursor.execute("ROLLBACK")
        raise
    finally:
        cursor.execute("PRAGMA foreign_keys = ON")


def reason_of(error: Exception) -> str:
    """The engine's own name for what went wrong, such as `SQLITE_FULL`; its words show values."""
    if isinstance(error, StoreDown):
        return error.reason
    original = error.orig if isinstance(error, OperationalError) else error
    return getattr(original, "sqlite_errorname", type(original).__name__)


def take_lock(path: Path) -> int | None:
    """The descriptor that holds the lock, or None if another process holds it; a dead process holds none."""
    descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def release(lock: int | None) -> None:
    """Let go of the lock, if this is one."""
    if lock is not None:
        os.close(lock)
