"""Whether the key at hand is the one that this store was begun with."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from storage.tables.keys import key_check
from storage.transaction import Transaction

_CONTEXT: Final = "key_check.sealed"
_WORD: Final = "mohlat"

_SEALED: Final = select(key_check.c.sealed)
_FIRST: Final = insert(key_check).on_conflict_do_nothing(index_elements=[key_check.c.id])


class Keys:
    """The one sealed word of the store."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def prove(self) -> None:
        """Insist that the vault opens what this store's first key sealed; the first to ask seals it.

        Raises:
            KeyUnusable: another key: nothing personal in this store could be read with it.
        """
        sealed = self._tx.connection.scalar(_SEALED)
        if sealed is None:
            first = {"id": 1, "sealed": self._tx.vault.seal(_CONTEXT, _WORD)}
            self._tx.connection.execute(_FIRST, first)
        # Read again: of two that were first at the same moment only one has sealed it.
        self.compare()

    def compare(self) -> None:
        """Insist on the same, but seal nothing: a store that was begun with no key yet is left so.

        Raises:
            KeyUnusable: another key.
        """
        sealed = self._tx.connection.scalar(_SEALED)
        if sealed is not None:
            self._tx.vault.open(_CONTEXT, sealed)
