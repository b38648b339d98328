"""What outlives a kill: every record of the world in one SQLite table.

The world itself lives in memory; the journal is only read at start. Writes are gathered and
committed together: before a call that caused them is answered, else at most 50 ms later.
"""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, Protocol

COMMIT_EVERY = 0.05
SCHEMA = """
CREATE TABLE IF NOT EXISTS record (kind TEXT, key TEXT, body BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID
"""


class Recorded(Protocol):
    """Something of the world that is written down: by kind and key, as JSON or as bytes."""

    kind: ClassVar[str]

    @property
    def key(self) -> str:
        """Unique among its kind."""

    def record(self) -> dict[str, Any] | bytes:
        """Its state now."""


class Journal:
    """A SQLite file of records; `put` and `drop` are cheap, `commit` writes what was gathered."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = _connect(path)
        self._open = True
        self._changed: dict[tuple[str, str], Recorded | None] = {}
        self._timer: asyncio.TimerHandle | None = None

    def open(self) -> None:
        """Open the file again after `close`."""
        if not self._open:
            self._db = _connect(self._path)
            self._open = True

    def put(self, thing: Recorded) -> None:
        """Write `thing` with the next commit, in the state it then has."""
        self._note((thing.kind, thing.key), thing)

    def drop(self, thing: Recorded) -> None:
        """Forget `thing` with the next commit."""
        self._note((thing.kind, thing.key), None)

    def _note(self, place: tuple[str, str], thing: Recorded | None) -> None:
        self._changed[place] = thing
        if self._timer is None:
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                self.commit()
            else:
                self._timer = loop.call_later(COMMIT_EVERY, self.commit)

    def commit(self) -> None:
        """Write everything gathered so far, now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._changed:
            return
        changed, self._changed = self._changed, {}
        kept = [(*place, _body(thing)) for place, thing in changed.items() if thing is not None]
        gone = [place for place, thing in changed.items() if thing is None]
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", kept)
        self._db.executemany("DELETE FROM record WHERE kind = ? AND key = ?", gone)
        self._db.execute("COMMIT")

    def records(self, kind: str) -> Iterator[dict[str, Any]]:
        """All JSON records of one kind."""
        rows = self._db.execute("SELECT body FROM record WHERE kind = ?", (kind,)).fetchall()
        return (json.loads(body) for (body,) in rows)

    def content(self, kind: str, key: str) -> bytes:
        """The bytes of one record (b"" when there is none)."""
        row = self._db.execute("SELECT body FROM record WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        return bytes(row[0]) if row else b""

    def close(self) -> None:
        """Commit and close the file."""
        self.commit()
        self._db.close()
        self._open = False


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode=WAL")
    # A killed process loses nothing without fsync; only a power cut would, and this is a sandbox.
    db.execute("PRAGMA synchronous=OFF")
    db.execute(SCHEMA)
    return db


def _body(thing: Recorded) -> str | bytes:
    state = thing.record()
    return state if isinstance(state, bytes) else json.dumps(state, ensure_ascii=False)
