"""SQLite: one writer, whose thread runs whole units; units that wait at the same time share one commit."""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Self, TypeAlias, TypeVar

import aiosqlite
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from storage.audit import chain
from storage.errors import OldTables, StoreDown, StoreInUse
from storage.migrations import is_begun, is_current
from storage.retention import ERASED
from storage.sqlite_file import (
    BUSY_SECONDS,
    connect,
    core_on,
    in_thread,
    let_go,
    make_private,
    migrate_alone,
    reason_of,
    release,
    take_lock,
)
from storage.statements import Running, Statements
from storage.unit import Clock, Tell, begin
from storage.vault import Vault
from storage.work import Work

T = TypeVar("T")

BATCH: Final = 64
"""At most so many units share a commit: more would make the first wait longer and save little."""
URGENT_SECONDS: Final = 0.001
"""A batch that has run so long ends where an urgent unit waits; the rest of it is the next batch's."""
EMPTY_AGAIN_SECONDS: Final = 1.0
"""Until the emptying of the log is tried again, where somebody was reading."""

Unit: TypeAlias = Callable[[Work], Any]


@dataclass(slots=True)
class _Waiting:
    """A unit that waits for its turn, and whoever waits for the unit."""

    unit: Unit
    caller: asyncio.Future[Any]


@dataclass(slots=True)
class _Outcome:
    """What a unit returned, or what it raised."""

    result: object = None
    error: Exception | None = None


_Batch: TypeAlias = tuple[list[_Outcome], set[str]]
_Run: TypeAlias = Callable[[sqlite3.Connection, Unit, set[str]], _Outcome]


class _OneRaised(Exception):  # noqa: N818 - named for what happened
    """One of several units has raised: all of them are to be run again, apart."""


class Sqlite:
    """A SQLite file with its one connection.

    aiosqlite owns the connection and its thread; SQLAlchemy sits on the same connection in that thread.
    Transactions are begun and ended here, in plain SQL: SQLAlchemy believes that it is in autocommit.
    """

    def __init__(
        self,
        connection: aiosqlite.Connection,
        core: Connection,
        *,
        lock: int | None,
        vault: Vault,
        clock: Clock,
        tell: Tell,
    ) -> None:
        self._connection = connection
        self._core = core
        self._running = Running(core, Statements())
        self._lock = lock
        self._vault = vault
        self._clock = clock
        self._tell = tell
        self._waiting: deque[_Waiting] = deque()
        self._urgent: deque[_Waiting] = deque()
        self._was_urgent = False
        self._pump: asyncio.Task[None] | None = None
        self._closed = False
        # Whoever held the file before may have been killed, or hindered, before it was emptied.
        self._log_is_full = True
        self._empty_from = 0.0
        self._data_version = 0

    @classmethod
    async def open(
        cls, path: Path, *, vault: Vault, clock: Clock, tell: Tell, exclusive: bool, look_only: bool
    ) -> Self:
        """Open the file, made if new, with today's tables.

        Args:
            path: the file; its folder must exist.
            vault: for the units.
            clock: for the units.
            tell: called on the event loop with the signals of committed units.
            exclusive: False for a short visit beside the process that holds the file, if one does.
            look_only: a visit that makes and changes nothing.

        Raises:
            OldTables: a look only has found other tables than today's.
            StoreInUse: another process holds the file (or, for a visit, holds it with older tables).
            StoreDown: the file cannot be opened.
        """
        exclusive = exclusive and not look_only
        lock = None if look_only else take_lock(path)
        if lock is None and exclusive:
            raise StoreInUse(str(path))
        if not look_only:
            make_private(path)
        try:
            connection = await connect(path, autocheckpoint=exclusive, look_only=look_only)
        except sqlite3.Error as error:
            release(lock)
            raise StoreDown(reason_of(error)) from None
        core = await in_thread(connection, partial(core_on, connection))
        store = cls(connection, core, lock=lock, vault=vault, clock=clock, tell=tell)
        try:
            await store._prepare(path, look_only=look_only)
        except BaseException:
            await store.close()
            raise
        if not exclusive:
            store._unlock()
        return store

    async def run(self, unit: Callable[[Work], T], *, urgent: bool = False) -> T:
        """Run this unit with those that wait at the same time; its result comes after the commit.

        An urgent one waits for no other: the batch under way ends early for it, and the next has only such.
        """
        if self._closed:
            raise StoreDown("closed")
        caller: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        (self._urgent if urgent else self._waiting).append(_Waiting(unit, caller))
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._run_waiting())
        return await caller

    async def elect(self, name: str) -> bool:
        """Whether this process is the one; the lock on the file has settled it."""
        return self.elected(name)

    def elected(self, _name: str) -> bool:
        """Whether this process holds the file."""
        return self._lock is not None

    async def close(self) -> None:
        """Finish the units that wait, and let go of the file; closing again changes nothing."""
        if self._closed:
            return
        self._closed = True
        if self._pump is not None and not self._pump.done():
            await asyncio.wait([self._pump])
        await in_thread(self._connection, partial(let_go, self._core))
        await self._connection.close()
        self._unlock()

    async def _prepare(self, path: Path, *, look_only: bool) -> None:
        try:
            if await in_thread(self._connection, partial(is_current, self._core)):
                return
            if look_only:
                raise OldTables(begun=await in_thread(self._connection, partial(is_begun, self._core)))
            if self._lock is None:
                raise StoreInUse(str(path))
            await in_thread(self._connection, partial(migrate_alone, self._core))
        except (sqlite3.OperationalError, OperationalError) as error:
            raise StoreDown(reason_of(error)) from None

    def _unlock(self) -> None:
        """Let go of the lock, which a visitor takes only to migrate where nobody else can be at work."""
        release(self._lock)
        self._lock = None

    async def _run_waiting(self) -> None:
        """Batch after batch, until nobody waits."""
        while batch := self._next_batch():
            outcomes, signals = await in_thread(self._connection, partial(self._run_batch, batch))
            for waiting, outcome in zip(batch, outcomes, strict=False):
                _deliver(waiting.caller, outcome)
            self._queue.extendleft(reversed(batch[len(outcomes) :]))
            self._log_is_full |= ERASED in signals
            if self._log_is_full and self._lock is not None and time.monotonic() >= self._empty_from:
                await in_thread(self._connection, self._empty_log)
            if signals:
                # Not called from here: a listener that raises must not stop the batches.
                asyncio.get_running_loop().call_soon(self._tell, frozenset(signals))
            # Whoever has just been told may have an urgent unit for the next batch.
            await asyncio.sleep(0)

    def _next_batch(self) -> list[_Waiting]:
        """At most so many units that somebody still waits for: the urgent ones and the others by turns."""
        while self._urgent or self._waiting:
            self._was_urgent = bool(self._urgent) and not (self._was_urgent and self._waiting)
            if batch := _taken(self._queue):
                return batch
        return []

    @property
    def _queue(self) -> deque[_Waiting]:
        """The one whose turn it is."""
        return self._urgent if self._was_urgent else self._waiting

    def _run_batch(self, batch: list[_Waiting]) -> _Batch:
        """All units of a batch in one transaction (in the thread).

        A savepoint for each costs more than it saves where none raises. So units are run without, and where
        one of several raises all is undone and they are run again, each behind a savepoint of its own.
        """
        raw = self._connection._conn  # noqa: SLF001 - aiosqlite has no public name for it
        try:
            if len(batch) > 1:
                with suppress(_OneRaised):
                    return self._commit(raw, batch, self._run_bare)
                raw.execute("ROLLBACK")
            return self._commit(raw, batch, self._run_apart)
        except (sqlite3.Error, StoreDown) as error:
            with suppress(sqlite3.Error):
                raw.execute("ROLLBACK")
            # What a unit saw, even one that raised, may have been written by one that is now undone.
            return [_Outcome(error=StoreDown(reason_of(error))) for _ in batch], set()

    def _commit(self, raw: sqlite3.Connection, batch: list[_Waiting], run: _Run) -> _Batch:
        signals: set[str] = set()
        outcomes: list[_Outcome] = []
        raw.execute("BEGIN IMMEDIATE")
        # The file is held by now: what is sealed from here on is sealed with the newest key.
        self._vault.refresh()
        self._look_for_visitors(raw)
        began = time.perf_counter()
        for waiting in batch:
            outcomes.append(run(raw, waiting.unit, signals))
            if self._urgent and not self._was_urgent and time.perf_counter() - began > URGENT_SECONDS:
                break
        raw.execute("COMMIT")
        return outcomes, signals

    def _look_for_visitors(self, raw: sqlite3.Connection) -> None:
        """Another process has written since the last batch: it may have erased, and must not checkpoint."""
        (version,) = raw.execute("PRAGMA data_version").fetchone()
        self._log_is_full |= version != self._data_version
        self._data_version = version

    def _empty_log(self) -> None:
        """Nothing that was erased stays in the write-ahead log; a reader only puts it off (in the thread).

        Without waiting for the reader, who may be a backup: the units would wait with it.
        """
        raw = self._connection._conn  # noqa: SLF001 - aiosqlite has no public name for it
        raw.execute("PRAGMA busy_timeout = 0")
        try:
            (busy, _, _) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error:
            busy = 1
        finally:
            raw.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        self._log_is_full = bool(busy)
        self._empty_from = time.monotonic() + EMPTY_AGAIN_SECONDS if busy else 0.0

    def _run_bare(self, raw: sqlite3.Connection, unit: Unit, signals: set[str]) -> _Outcome:
        try:
            return self._run_unit(unit, signals)
        except Exception as error:
            _look_alive(raw, error)
            raise _OneRaised from error

    def _run_apart(self, raw: sqlite3.Connection, unit: Unit, signals: set[str]) -> _Outcome:
        raw.execute("SAVEPOINT unit")
        try:
            outcome = self._run_unit(unit, signals)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is its caller's and nobody else's
            _look_alive(raw, error)
            raw.execute("ROLLBACK TO unit")
            outcome = _Outcome(error=_named(error))
        raw.execute("RELEASE unit")
        return outcome

    def _run_unit(self, unit: Unit, signals: set[str]) -> _Outcome:
        transaction = begin(self._running, self._clock, self._vault)
        outcome = _Outcome(unit(Work(transaction)))
        chain(transaction)
        signals |= transaction.signals
        return outcome


def _taken(queue: deque[_Waiting]) -> list[_Waiting]:
    batch: list[_Waiting] = []
    while queue and len(batch) < BATCH:
        waiting = queue.popleft()
        if not waiting.caller.done():
            batch.append(waiting)
    return batch


def _look_alive(raw: sqlite3.Connection, error: Exception) -> None:
    """On a full disk, say, the engine itself undoes the whole batch: nothing is left to go on with."""
    if not raw.in_transaction:
        raise StoreDown(reason_of(error)) from error


def _deliver(caller: asyncio.Future[Any], outcome: _Outcome) -> None:
    if caller.done():  # cancelled meanwhile; what the unit did stands
        return
    if outcome.error is None:
        caller.set_result(outcome.result)
    else:
        caller.set_exception(outcome.error)


def _named(error: Exception) -> Exception:
    """The engine's own trouble under our name; anything else as it is."""
    if isinstance(error, OperationalError | sqlite3.OperationalError):
        return StoreDown(reason_of(error))
    return error
