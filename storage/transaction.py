"""What every part of a unit of work stands on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import InterfaceError, OperationalError

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

    def attempt(self, do: Callable[[], object]) -> Exception | None:
        """Do a part of the unit; what it raised, with nothing of it kept, or None.

        Raises:
            OperationalError: the engine's own trouble, which is the whole unit's.
        """
        before = set(self.signals)
        self.connection.mark()
        try:
            do()
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this part's and no other's
            self.connection.undo()
            self.signals.clear()
            self.signals.update(before)
            found: Exception | None = error
        else:
            found = None
        self.connection.release()
        return found
