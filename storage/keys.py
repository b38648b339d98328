"""Whether the keys at hand are those of this store, what its digests come from, and the keys of its forms."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from domain.audit import Deed
from storage import form_keys, resealing
from storage.audit import note
from storage.errors import KeyUnusable
from storage.retention import ERASED
from storage.tables.keys import key_check
from storage.transaction import Transaction
from storage.vault import FormKey

_CONTEXT: Final = "key_check.sealed"
_WORD: Final = "mohlat"
_PROOF, _ROOT = 1, 2

_SEALED: Final = select(key_check.c.id, key_check.c.sealed)
_FIRST: Final = insert(key_check).on_conflict_do_nothing(index_elements=[key_check.c.id])


class Keys:
    """The sealed word of the store, the root of its digests, and the keys of forms."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def prove(self) -> None:
        """Insist that the vault opens what this store's first key sealed; the first to ask seals it.

        The vault makes its digests from this store's root from now on. What an older release kept in clear
        is sealed, and the audit told of it.

        Raises:
            KeyUnusable: another key: nothing personal in this store could be read with it.
        """
        vault, kept = self._tx.vault, self._kept()
        if _PROOF not in kept:
            self._keep(_PROOF, vault.seal(_CONTEXT, _WORD, _PROOF))
            self._keep(_ROOT, vault.seal_bytes(_CONTEXT, vault.first_root(), _ROOT))
        elif _ROOT not in kept:
            vault.open(_CONTEXT, kept[_PROOF], _PROOF)
            self._keep(_ROOT, vault.seal_bytes(_CONTEXT, self._older_root(kept[_PROOF]), _ROOT))
        # Read again: of two that were first at the same moment only one has sealed it.
        self.compare()
        self._seal_clear()

    def compare(self) -> None:
        """Insist on the same, but seal nothing: a store that was begun with no key yet is left so.

        Raises:
            KeyUnusable: another key.
        """
        vault, kept = self._tx.vault, self._kept()
        if _PROOF not in kept:
            return
        vault.open(_CONTEXT, kept[_PROOF], _PROOF)
        if _ROOT in kept:
            vault.take_root(vault.open_bytes(_CONTEXT, kept[_ROOT], _ROOT))
        else:
            vault.take_root(self._older_root(kept[_PROOF]))

    def of_form(self, form_id: int) -> FormKey:
        """The key of a form and of the case that it became.

        Raises:
            Erased: it was destroyed.
        """
        return form_keys.of_form(self._tx, form_id)

    def destroy(self, form_id: int) -> None:
        """Erase the key of a form (and those of its case's corrections): what they held is gone for good.

        Answers, proposals, their versions, notes and files can never be read again, from a backup of the
        database without its keys neither; their rows stay.
        """
        for each in form_keys.destroy(self._tx, form_id):
            resealing.blank(self._tx, each)
        self._tx.signals.add(ERASED)

    def standing(self) -> dict[str, int]:
        """How many values bear which key id; see `resealing.standing`."""
        return resealing.standing(self._tx)

    def reseal(self, one: resealing.Sealed, after: tuple[object, ...] | None) -> resealing.Progress:
        """Seal some values of a column anew; see `resealing.reseal`."""
        return resealing.reseal(self._tx, one, after)

    def _seal_clear(self) -> None:
        if sealed := resealing.seal_clear(self._tx):
            note(self._tx, Deed.KEYS, by=None, step="seal", sealed=sealed)
            self._tx.signals.add(ERASED)

    def _kept(self) -> dict[int, bytes]:
        return {row.id: row.sealed for row in self._tx.connection.execute(_SEALED)}

    def _keep(self, row: int, sealed: bytes) -> None:
        self._tx.connection.execute(_FIRST, {"id": row, "sealed": sealed})

    def _older_root(self, proof: bytes) -> bytes:
        """Stores from before there was a root made their digests from the key itself."""
        master = self._tx.vault.master_of(proof)
        if master is None:
            raise KeyUnusable
        return master.key
