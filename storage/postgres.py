"""PostgreSQL: units side by side on a few threads, each with a connection and a transaction of its own.

Urgent units have a thread to themselves: behind a burst of updates they would wait for all of it.

The isolation is READ COMMITTED, the engine's default: guarded updates, unique keys and held rows (a chat, a
counter) are what units rely on, on both engines.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from hashlib import sha256
from typing import Final, Self, TypeVar

import psycopg
from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from storage.audit import chain
from storage.errors import OldTables, StoreDown
from storage.migrations import is_begun, is_current, migrate
from storage.statements import Running, Statements
from storage.unit import Clock, Tell, begin
from storage.vault import Vault
from storage.work import Work

T = TypeVar("T")

TRIES: Final = 5
"""How often a unit is run that lost against another: a serialisation failure or a deadlock."""
_LOST: Final = frozenset({"40001", "40P01"})
_DRIVER: Final = "postgresql+psycopg"
_MIGRATING: Final = "migrations"


class Postgres:
    """A PostgreSQL database."""

    def __init__(self, url: URL, *, vault: Vault, clock: Clock, tell: Tell, workers: int) -> None:
        self._vault = vault
        self._clock = clock
        self._tell = tell
        self._core = create_engine(url, pool_size=workers + 1, max_overflow=0)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="store")
        self._urgent = ThreadPoolExecutor(1, thread_name_prefix="urgent")
        self._statements = Statements()
        self._election = Election(url)
        self._closed = False

    @classmethod
    async def open(
        cls, url: URL, *, vault: Vault, clock: Clock, tell: Tell, workers: int, look_only: bool
    ) -> Self:
        """Connect, with today's tables; a look only does not make them.

        Raises:
            OldTables: a look only has found other tables.
            StoreDown: it cannot be reached.
        """
        store = cls(url.set(drivername=_DRIVER), vault=vault, clock=clock, tell=tell, workers=workers)
        try:
            await _in_thread(store._threads, partial(_prepare, store._core, look_only=look_only))
        except (OperationalError, InterfaceError) as error:
            await store.close()
            raise StoreDown(_reason(error)) from None
        except BaseException:
            await store.close()
            raise
        return store

    async def run(self, unit: Callable[[Work], T], *, urgent: bool = False) -> T:
        """Run this unit on a free thread, or on that of urgent ones."""
        if self._closed:
            raise StoreDown("closed")
        threads = self._urgent if urgent else self._threads
        result, signals = await _in_thread(threads, partial(self._run, unit))
        if signals:
            asyncio.get_running_loop().call_soon(self._tell, frozenset(signals))
        return result

    async def elect(self, name: str) -> bool:
        """Try to hold the advisory lock of this name, or make sure that it is still held."""
        return await self._election.elect(name)

    def elected(self, name: str) -> bool:
        """Whether the lock was held when last asked."""
        return name in self._election.held

    async def close(self) -> None:
        """Finish the units under way and hang up; closing again changes nothing."""
        if self._closed:
            return
        self._closed = True
        for threads in (self._threads, self._urgent):
            await asyncio.get_running_loop().run_in_executor(None, threads.shutdown)
        await self._election.close()
        self._core.dispose()

    def _run(self, unit: Callable[[Work], T]) -> tuple[T, set[str]]:
        for _ in range(TRIES - 1):
            try:
                return self._run_once(unit)
            except DBAPIError as error:
                if _code(error) not in _LOST:
                    raise _named(error) from None
        try:
            return self._run_once(unit)
        except DBAPIError as error:
            raise _named(error) from None

    def _run_once(self, unit: Callable[[Work], T]) -> tuple[T, set[str]]:
        self._vault.refresh()
        with self._core.begin() as connection:
            transaction = begin(Running(connection, self._statements), self._clock, self._vault)
            result = unit(Work(transaction))
            chain(transaction)
            return result, transaction.signals


class Election:
    """Advisory locks on a connection of its own; when the connection is lost, so are all of them."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="election")
        self._connection: psycopg.Connection | None = None
        self.held: set[str] = set()

    async def elect(self, name: str) -> bool:
        """Whether this process now holds the lock of this name."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._elect, name)

    async def close(self) -> None:
        """Give all locks back and hang up."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._resign)
        self._thread.shutdown()

    def _resign(self) -> None:
        """Left to itself the server notices a little later that the connection is gone, and others wait."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.execute("SELECT pg_advisory_unlock_all()")
        self._lose()

    def _elect(self, name: str) -> bool:
        try:
            return self._hold(name)
        except (psycopg.OperationalError, psycopg.InterfaceError):
            self._lose()
            return False

    def _hold(self, name: str) -> bool:
        if self._connection is None:
            self._connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5)
        if name in self.held:
            self._connection.execute("SELECT 1")
            return True
        found = self._connection.execute("SELECT pg_try_advisory_lock(%s)", [_number(name)]).fetchone()
        if found == (True,):
            self.held.add(name)
        return name in self.held

    def _lose(self) -> None:
        self.held.clear()
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None


async def _in_thread(threads: ThreadPoolExecutor, call: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(threads, call)


def _prepare(core: Engine, *, look_only: bool) -> None:
    """Bring the tables up to date in one transaction; of several processes one does it, the others wait."""
    with core.begin() as connection:
        if is_current(connection):
            return
        if look_only:
            raise OldTables(begun=is_begun(connection))
        lock = text("SELECT pg_advisory_xact_lock(:number)")
        connection.execute(lock, {"number": _number(_MIGRATING)})
        if not is_current(connection):
            migrate(connection)


def _number(name: str) -> int:
    """The 64-bit number by which the engine knows a lock."""
    return int.from_bytes(sha256(b"mohlat " + name.encode()).digest()[:8], "big", signed=True)


def _code(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


def _named(error: DBAPIError) -> Exception:
    """The engine's own trouble under our name; anything else (a broken rule of the schema) as it is."""
    if isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated:
        return StoreDown(_reason(error))
    return error


def _reason(error: DBAPIError) -> str:
    return _code(error) or type(error.orig).__name__
