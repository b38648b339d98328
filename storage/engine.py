"""The store: where units of work are run, whichever engine the URL names."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, Self, TypeVar

from sqlalchemy import make_url

from storage.errors import KeyUnusable, OldTables, StoreDown
from storage.keyfile import KEY_BYTES, KeySource, make_key
from storage.sqlite import Sqlite
from storage.unit import Clock, Tell, utc_now
from storage.vault import Vault
from storage.work import Work

T = TypeVar("T")


WORKERS: Final = 2
"""Units at the same time on PostgreSQL: one waits for the server while another computes. Four quarrel for the
interpreter, and the loop with them: as many units a second, but marks take half as long again."""


class Engine(Protocol):
    """What differs between SQLite and PostgreSQL."""

    async def run(self, unit: Callable[[Work], T], *, urgent: bool = False) -> T:
        """Run one unit in a transaction of its own; an urgent one does not wait behind the others."""

    async def elect(self, name: str) -> bool:
        """Try to be the one."""

    def elected(self, name: str) -> bool:
        """Whether it was the one when last asked."""

    async def close(self) -> None:
        """Finish and let go."""


def file_of(url: str) -> Path | None:
    """The file that a store's URL names, there or not; None where a server keeps it."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


async def vault_of(
    url: str, keys: KeySource | Path, made: Callable[[Path], None] = lambda _path: None
) -> Vault:
    """The vault of a store.

    Its key is made where there is neither a key file nor a SQLite store begun with one: on a server others
    may hold a key already, or will look for it where it is not.

    Args:
        url: the store's.
        keys: where the keys are read.
        made: told once a key was made, so that it can be said to a person.

    Raises:
        KeyUnusable: there is none and none is to be made, or what there is cannot be used.
        StoreDown: the engine cannot be reached.
    """
    source = KeySource(keys) if isinstance(keys, Path) else keys
    if not source.exists():
        if source.path is None or not source.ours or file_of(url) is None or await _is_sealed(url):
            raise KeyUnusable("missing")
        make_key(source.path)
        made(source.path)
    return Vault.of(source)


async def _is_sealed(url: str) -> bool:
    path = file_of(url)
    if path is not None and not path.exists():
        return False
    try:
        store = await Store.open(url, vault=Vault(os.urandom(KEY_BYTES)), look_only=True)
    except KeyUnusable:
        return True
    except OldTables as old:
        return old.begun
    await store.close()
    return False


class Store:
    """The office's memory. Open it with `await Store.open(url, vault=…)`, end with `await store.close()`."""

    def __init__(self) -> None:
        self._engine: Engine
        self._listeners: list[Tell] = []

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        vault: Vault,
        clock: Clock = utc_now,
        workers: int = WORKERS,
        exclusive: bool = True,
        look_only: bool = False,
    ) -> Self:
        """Open the store and bring its tables up to date.

        Args:
            url: `sqlite:///PATH` or `postgresql://…`.
            vault: seals and opens what is personal.
            clock: gives aware moments.
            workers: units at the same time on PostgreSQL (threads and connections), and one more for what is
                urgent; SQLite has one.
            exclusive: SQLite only: False for a short visit beside the process that holds the file.
            look_only: neither make nor change anything: no file, no tables, no proof of the key.

        Raises:
            OldTables: the tables are not today's, and this is a look only.
            StoreInUse: another process holds the SQLite file.
            KeyUnusable: the store was begun with another key.
            StoreDown: the engine cannot be reached.
        """
        store = cls()
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            path = Path(parsed.database or "")
            store._engine = await Sqlite.open(
                path, vault=vault, clock=clock, tell=store._tell, exclusive=exclusive, look_only=look_only
            )
        else:
            from storage.postgres import Postgres  # noqa: PLC0415 - its driver is not loaded for SQLite

            store._engine = await Postgres.open(
                parsed, vault=vault, clock=clock, tell=store._tell, workers=workers, look_only=look_only
            )
        try:
            await store.run(lambda work: work.keys.compare() if look_only else work.keys.prove())
        except BaseException:
            await store.close()
            raise
        return store

    async def run(self, unit: Callable[[Work], T], *, urgent: bool = False) -> T:
        """Run one unit of work in a transaction of its own.

        Args:
            unit: all that belongs together.
            urgent: before the units that wait. For what has happened outside already, and is done once more
                if the process dies before it is written.

        Returns:
            What the unit returned, once it is on disk.

        Raises:
            StoreDown: nothing was kept; the unit may be run again.
            Exception: whatever the unit raised; nothing of it was kept.
        """
        return await self._engine.run(unit, urgent=urgent)

    def listen(self, callback: Tell) -> None:
        """Have this called on the event loop after each commit that carries signals, with all of them."""
        self._listeners.append(callback)

    async def elect(self, name: str) -> bool:
        """Try to be the one process that does this, or make sure that it still is."""
        return await self._engine.elect(name)

    def elected(self, name: str) -> bool:
        """Whether this process was the one when last asked."""
        return self._engine.elected(name)

    async def healthy(self) -> bool:
        """Whether a unit can be run now."""
        try:
            await self.run(_look)
        except StoreDown:
            return False
        return True

    async def close(self) -> None:
        """Finish the units under way and let go of everything; units given later raise StoreDown."""
        await self._engine.close()

    def _tell(self, signals: frozenset[str]) -> None:
        for listener in self._listeners:
            listener(signals)


def _look(work: Work) -> None:
    """The smallest unit."""
    work.inbox.depth()
