"""A copy of the SQLite file as it stands at one moment, beside whoever works in it, and whether it is sound.

The copy has no name: it is a file that was unlinked before anything was written into it, so that nothing
readable is left however this ends.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, StaticPool, create_engine

from storage.errors import StorageError
from storage.migrations import is_current
from storage.statements import Running, Statements
from storage.unit import begin, utc_now
from storage.vault import Vault
from storage.work import Work

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Takes the pages that are left, and how many there are."""

PAGES: Final = 512
"""Copied between two looks at the progress: two megabytes."""
BUSY_SECONDS: Final = 5
_JOURNAL_BYTES: Final = (18, b"\x01\x01")
"""Where the header says that a write-ahead log belongs to the file, and that none does: the copy has none."""
_OBJECTIONS: Final = 20


class Unsound(StorageError):  # noqa: N818 - errors are named for what happened
    """The engine objects to the file.

    Attributes:
        objections: in its own words, or `foreign key: TABLE`; no contents.
    """

    def __init__(self, objections: tuple[str, ...]) -> None:
        super().__init__(objections)
        self.objections = objections


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy without a name.

    Attributes:
        file: its bytes, from the beginning.
        connection: looks into it.
    """

    file: IO[bytes]
    connection: sqlite3.Connection


@contextmanager
def copied(path: Path, folder: Path, progress: Progress) -> Iterator[Copy]:
    """Copy a database through the engine's own backup interface.

    One read transaction spans the copy: it is of one moment, writers neither wait for it nor make it begin
    again. The connection never checkpoints (see `storage.sqlite`).

    Args:
        path: the database; somebody may be writing into it.
        folder: on whose disk the copy lies.
        progress: called every some megabytes.
    """
    name = folder / f".copy-{os.urandom(8).hex()}"
    descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "r+b", buffering=0) as file:  # noqa: PTH123 - the only way to a file without a name
        try:
            into, looking = _opened(name), _opened(name)
        finally:
            name.unlink()
        with closing(looking):
            with closing(into), closing(_source(path)) as source:
                source.backup(into, pages=PAGES, progress=lambda _, left, of: progress(left, of))
            os.pwrite(file.fileno(), _JOURNAL_BYTES[1], _JOURNAL_BYTES[0])
            yield Copy(file, looking)


def _opened(name: Path) -> sqlite3.Connection:
    """A connection that makes no file of its own beside this one."""
    connection = sqlite3.connect(name, isolation_level=None)
    for pragma in ("journal_mode = MEMORY", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _source(path: Path) -> sqlite3.Connection:
    where = f"file:{quote(str(path))}?mode=rw"
    source = sqlite3.connect(where, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    source.execute("PRAGMA wal_autocheckpoint = 0")
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # from here on it sees one moment
    return source


def judge(connection: sqlite3.Connection) -> None:
    """Insist that the engine finds nothing wrong with a database.

    Raises:
        Unsound: it does, or some row refers to another that is not there.
    """
    try:
        found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_OBJECTIONS})")]
        loose = {f"foreign key: {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")}
    except sqlite3.DatabaseError as error:
        raise Unsound((getattr(error, "sqlite_errorname", type(error).__name__),)) from None
    objections = (*(told for told in found if told != "ok"), *sorted(loose))
    if objections:
        raise Unsound(objections)


def look(connection: sqlite3.Connection, vault: Vault, unit: Callable[[Work], T]) -> T | None:
    """Run a unit that only reads on a database; None where its tables are not today's."""
    engine = create_engine(
        "sqlite://", creator=lambda: connection, poolclass=StaticPool, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as core:
        return _run(core, vault, unit) if is_current(core) else None


def _run(core: Connection, vault: Vault, unit: Callable[[Work], T]) -> T:
    return unit(Work(begin(Running(core, Statements()), utc_now, vault)))
