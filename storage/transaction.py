"""What every part of a unit of work stands on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import InterfaceError, OperationalError

from domain.roles import Actor
from storage.records.audit import Note
from storage.statements import Running
from storage.vault import FormKey, Vault


@dataclass(slots=True)
class Transaction:
    """One running transaction.

    Attributes:
        connection: where statements go; parts neither commit nor roll back.
        now: the moment the unit began, aware UTC in whole milliseconds.
        vault: seals and opens what is personal.
        signals: what to tell the store's listeners once this is committed.
        notes: what the audit is to hold of it, chained at its end.
        cause: what it is done for, as the audit names it.
        actor: who acts in it, once that is known.
        form_keys: the keys of forms that this unit has met; kept no longer, so that none survives its end.
        hushed: whether what it says counts as said, and is not sent; see `storage.fence`.
    """

    connection: Running
    now: datetime
    vault: Vault
    signals: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    cause: str = ""
    actor: Actor | None = None
    form_keys: dict[int, FormKey] = field(default_factory=dict)
    hushed: bool = False

    def attempt(self, do: Callable[[], object]) -> Exception | None:
        """Do a part of the unit; what it raised, with nothing of it kept, or None.

        Raises:
            OperationalError: the engine's own trouble, which is the whole unit's.
        """
        before, noted, keys = set(self.signals), len(self.notes), dict(self.form_keys)
        self.connection.mark()
        try:
            do()
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this part's and no other's
            self.connection.undo()
            self.signals.clear()
            self.signals.update(before)
            del self.notes[noted:]
            self.form_keys = keys  # one that was made and undone must seal nothing
            found: Exception | None = error
        else:
            found = None
        self.connection.release()
        return found
