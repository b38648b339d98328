"""What every part of a unit of work stands on."""

from dataclasses import dataclass, field
from datetime import datetime

from storage.statements import Running
from storage.vault import Vault


@dataclass(slots=True)
class Transaction:
    """One running transaction.

    Attributes:
        connection: where statements go; parts neither commit nor roll back.
        now: the moment the unit began, aware UTC in whole milliseconds.
        vault: seals and opens what is personal.
        signals: what to tell the store's listeners once this is committed.
    """

    connection: Running
    now: datetime
    vault: Vault
    signals: set[str] = field(default_factory=set)
