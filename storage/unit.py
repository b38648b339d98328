"""How a unit begins, on either engine."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

from storage.statements import Running
from storage.tables.types import milliseconds, moment_of
from storage.transaction import Transaction
from storage.vault import Vault

Clock: TypeAlias = Callable[[], datetime]
"""Gives an aware moment."""
Tell: TypeAlias = Callable[[frozenset[str]], None]
"""Takes the signals of committed units, on the event loop."""


def utc_now() -> datetime:
    """The moment by this machine's clock."""
    return datetime.now(UTC)


def begin(connection: Running, clock: Clock, vault: Vault) -> Transaction:
    """A transaction that begins now, to the millisecond, so that what is read equals what was written."""
    connection.begin()
    return Transaction(connection, moment_of(milliseconds(clock())), vault)
