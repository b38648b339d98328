"""Whether the keys at hand are those of this store, what its digests come from, and the keys of its forms."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.postgresql import insert

from domain.audit import Deed
from storage import form_keys, resealing
from storage.adopting import adopt
from storage.audit import note
from storage.errors import KeyUnusable
from storage.retention import ERASED
from storage.tables.audit import audit
from storage.tables.keys import key_check
from storage.transaction import Transaction
from storage.vault import FormKey

_CONTEXT: Final = "key_check.sealed"
_MARKED, _WORD = "mohlat", "mohlat 24"
"""The word of a store in which values may stand behind a mark, and of one in which none does."""
_SEALING: Final = "keys:24"
"""What the note of their sealing is about, by the number of the last step that marked any."""
_PROOF, _ROOT = 1, 2

_SEALED: Final = select(key_check.c.id, key_check.c.sealed)
_FIRST: Final = insert(key_check).on_conflict_do_nothing(index_elements=[key_check.c.id])
_HELD: Final = select(key_check.c.sealed).where(key_check.c.id == _PROOF).with_for_update()
_RENEW: Final = update(key_check).where(key_check.c.id == _PROOF).values(sealed=bindparam("word"))
_CLOCK: Final = text("SELECT clock_timestamp()")
_BEGUN: Final = text(
    "SELECT pid FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < :moment LIMIT 1"
)
_TOLD: Final = select(audit.c.number).where(audit.c.about == _SEALING).limit(1)


class Keys:
    """The sealed word of the store, the root of its digests, and the keys of forms."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def prove(self) -> None:
        """Insist that the vault opens what this store's first key sealed; the first to ask seals it.

        The vault makes its digests from this store's root from now on. What an older release kept in
        another form is sealed, once, and the audit told of it; and of all that stood before there was one.

        Raises:
            KeyUnusable: another key: nothing personal in this store could be read with it; or `unproved`.
        """
        vault, kept = self._tx.vault, self._kept()
        if not kept:
            self._insist_on_nothing()
            word = _MARKED if resealing.any_marked(self._tx) else _WORD
            self._keep(_PROOF, vault.seal(_CONTEXT, word, _PROOF))
            self._keep(_ROOT, vault.seal_bytes(_CONTEXT, vault.first_root(), _ROOT))
        elif _ROOT not in kept:
            self._keep(_ROOT, vault.seal_bytes(_CONTEXT, self._root(kept), _ROOT))
        # Read again: of two that were first at the same moment only one has sealed it.
        self.compare()
        self._seal_marked()

    def compare(self) -> None:
        """Insist on the same, but seal nothing: a store that was begun with no key yet is left so.

        Raises:
            KeyUnusable: another key, or `unproved`.
        """
        kept = self._kept()
        if kept:
            self._tx.vault.take_root(self._root(kept))
        else:
            self._insist_on_nothing()

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

    def moment(self) -> datetime:
        """The server's own clock; PostgreSQL alone."""
        found: datetime = self._tx.connection.execute(_CLOCK).scalar_one()
        return found

    def begun_before(self, moment: datetime) -> bool:
        """Whether a transaction that began before this moment goes on; PostgreSQL alone."""
        return self._tx.connection.execute(_BEGUN, {"moment": moment}).first() is not None

    def _insist_on_nothing(self) -> None:
        """Without its word a store holds nothing sealed; else any key would pass for its own.

        Raises:
            KeyUnusable: `unproved`.
        """
        if resealing.any_sealed(self._tx):
            raise KeyUnusable("unproved")

    def _seal_marked(self) -> None:
        """Take over what an older release left, once: who brings mark and older word back gains nothing."""
        vault = self._tx.vault
        word = vault.open(_CONTEXT, self._tx.connection.execute(_HELD).scalar_one(), _PROOF)
        if word == _WORD or self._tx.connection.execute(_TOLD).first() is not None:
            return
        adopt(self._tx)
        sealed = resealing.seal_marked(self._tx)
        note(self._tx, Deed.KEYS, by=None, about=_SEALING, step="seal", sealed=sealed)
        self._tx.connection.execute(_RENEW, {"word": vault.seal(_CONTEXT, _WORD, _PROOF)})
        if sealed:
            self._tx.signals.add(ERASED)

    def _kept(self) -> dict[int, bytes]:
        return {row.id: row.sealed for row in self._tx.connection.execute(_SEALED)}

    def _keep(self, row: int, sealed: bytes) -> None:
        self._tx.connection.execute(_FIRST, {"id": row, "sealed": sealed})

    def _root(self, kept: dict[int, bytes]) -> bytes:
        """The root, once the store's word has opened; before there was one it was the key itself.

        Raises:
            KeyUnusable: another key; or `unproved`: one of the two was taken away.
        """
        vault = self._tx.vault
        if _PROOF not in kept:
            raise KeyUnusable("unproved")
        vault.open(_CONTEXT, kept[_PROOF], _PROOF)
        if _ROOT in kept:
            return vault.open_bytes(_CONTEXT, kept[_ROOT], _ROOT)
        master = vault.master_of(kept[_PROOF])
        if master is None or kept[_PROOF].startswith(master.id):  # younger than any store without a root
            raise KeyUnusable("unproved")
        return master.key
