"""The audit: notes gathered in a unit, chained at its end, read by whoever may.

Each row's mac is an HMAC-SHA256, under a subkey that is nowhere in the store, over the mac before it and
everything that the row says. Whoever can write the store but has not the key can change, drop, add or move
no row without breaking the chain at that row; cutting off its end is found against an anchor.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.audit import LOOK_MINUTES, LOOKS, Code, Deed, checked, thing
from domain.roles import Actor
from storage.records.audit import AuditRow, Head, Note
from storage.tables.audit import audit, audit_head
from storage.tables.types import milliseconds
from storage.transaction import Transaction
from storage.vault import Vault

CHUNK: Final = 1000
"""Rows read at a time where the whole chain is walked."""


class Whoever(Enum):
    """Stands for the one who acts in this unit."""

    ACTS = "acts"


_GIVE: Final = (
    update(audit_head)
    .values(number=audit_head.c.number + bindparam("count"))
    .where(audit_head.c.id == 1)
    .returning(audit_head.c.number, audit_head.c.mac)
)
_CLOSE: Final = update(audit_head).values(mac=bindparam("last")).where(audit_head.c.id == 1)
_ADD: Final = insert(audit)
_HEAD: Final = select(audit_head)
_HOLD: Final = _HEAD.with_for_update()
_AFTER: Final = (
    select(audit).where(audit.c.number > bindparam("after")).order_by(audit.c.number).limit(bindparam("most"))
)
_LAST: Final = (
    select(audit)
    .where(audit.c.number < bindparam("before"))
    .order_by(audit.c.number.desc())
    .limit(bindparam("most"))
)
_LAST_ABOUT: Final = (
    select(audit)
    .where(audit.c.about == bindparam("what"), audit.c.number < bindparam("before"))
    .order_by(audit.c.number.desc())
    .limit(bindparam("most"))
)
_before = audit.alias("before")
_BOUND: Final = select(audit, _before.c.mac.label("mac_before")).outerjoin(
    _before, _before.c.number == audit.c.number - 1
)
_TOLD: Final = _BOUND.where(audit.c.about == bindparam("what"), audit.c.deed == bindparam("done")).order_by(
    audit.c.number
)
_ANCHORS: Final = (
    # The word itself, or the index of anchors alone would not be used.
    _BOUND.where(audit.c.deed == literal_column(f"'{Deed.ANCHOR.value}'"))
    .order_by(audit.c.number.desc())
    .limit(10)
)
_LOOKED: Final = (
    select(func.count())
    .select_from(audit)
    .where(
        audit.c.about == bindparam("what"),
        audit.c.deed == bindparam("done"),
        audit.c.person == bindparam("who"),
        audit.c.at > bindparam("since"),
    )
)


class Audit:
    """What is written down about this unit, and what was written down before."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def caused_by(self, cause: str) -> None:
        """What this unit is done for: `bale:1234`, `sweep:expire`, `command:set`."""
        self._tx.cause = cause

    def acting(self, actor: Actor) -> None:
        """Who acts in this unit, where a note does not say otherwise."""
        self._tx.actor = actor

    def note(
        self,
        deed: Deed,
        *,
        by: Actor | int | Whoever | None = Whoever.ACTS,
        role: str | None = None,
        about: str = "office",
        version: int | None = None,
        **codes: Code | None,
    ) -> None:
        """Write this down when the unit ends; nothing is, if the unit fails.

        A look at what the same person has looked at within minutes is not written down again.

        Args:
            deed: what was done or looked at.
            by: who did it: a person, or their number; None for the office's clock and the command line.
                Without it, whoever acts in this unit.
            role: in which role, where a step needs one; else all that are held.
            about: the thing, as `case:12`.
            version: of the thing.
            codes: short machine words and numbers; None leaves one out.

        Raises:
            NotACode: something else was given.
        """
        note(self._tx, deed, by=by, role=role, about=about, version=version, **codes)

    def look(self, deed: Deed, by: Actor, about: str, **codes: int) -> None:
        """Write down that this person looks at something, if it is they who act in this unit.

        What is brought to somebody by another's act, a card drawn anew, say, is no look of theirs.
        """
        if self._tx.actor is not None and self._tx.actor.person_id == by.person_id:
            note(self._tx, deed, by=by, about=about, **codes)  # type: ignore[arg-type] # numbers alone

    def head(self, *, hold: bool = False) -> Head:
        """The end of the chain, without what this unit has still to write down; held: nobody adds to it."""
        found = self._tx.connection.execute(_HOLD if hold else _HEAD).one()
        return Head(found.number, found.mac)

    def last_anchor(self) -> datetime | None:
        """When the end was last shown to the admins, by the newest of their rows that fits the chain."""
        found = self._tx.connection.execute(_ANCHORS)
        return next((row.at for row in found if _fits(self._tx.vault, row)), None)

    def after(self, number: int, limit: int = CHUNK) -> tuple[AuditRow, ...]:
        """The rows behind this number, in order."""
        return self._rows(_AFTER, {"after": number, "most": limit})

    def last(self, limit: int, *, before: int, about: str | None = None) -> tuple[AuditRow, ...]:
        """The newest rows with smaller numbers, newest first; if a thing is named, only those about it."""
        values = {"before": before, "most": limit}
        if about is None:
            return self._rows(_LAST, values)
        return self._rows(_LAST_ABOUT, values | {"what": about})

    def mac(self, before: str, row: AuditRow) -> str:
        """The mac that the row must have behind this one."""
        return mac_of(self._tx.vault, before, row)

    def _rows(self, statement: Any, values: Mapping[str, object]) -> tuple[AuditRow, ...]:  # noqa: ANN401
        return tuple(map(_row, self._tx.connection.execute(statement, values)))


def note(
    transaction: Transaction,
    deed: Deed,
    *,
    by: Actor | int | Whoever | None = Whoever.ACTS,
    role: str | None = None,
    about: str = "office",
    version: int | None = None,
    **codes: Code | None,
) -> None:
    """What `Audit.note` does, for the parts that keep what has a course of its own: none is missed there."""
    acting = transaction.actor if by is Whoever.ACTS else by
    if isinstance(acting, int) and transaction.actor and transaction.actor.person_id == acting:
        acting = transaction.actor
    made = Note(
        deed=deed,
        person=acting.person_id if isinstance(acting, Actor) else acting,
        role=_role(transaction.cause, acting) if role is None else role,
        about=thing(about),
        version=version,
        codes=checked(codes),
    )
    if deed not in LOOKS or not _was_seen(transaction, made):
        transaction.notes.append(made)


def _was_seen(transaction: Transaction, note: Note) -> bool:
    seen = (note.deed, note.about, note.person)
    gathered = any((each.deed, each.about, each.person) == seen for each in transaction.notes)
    if gathered or note.person is None:
        return gathered
    since = transaction.now - timedelta(minutes=LOOK_MINUTES)
    values = {"what": note.about, "done": note.deed.value, "who": note.person, "since": since}
    return bool(transaction.connection.scalar(_LOOKED, values))


def _role(cause: str, acting: Actor | int | None) -> str:
    """The roles held; where nobody acts, the one who keeps the machine, or the office's clock."""
    if isinstance(acting, Actor):
        return _roles(acting)
    return "" if acting is not None else _NOBODY.get(cause.partition(":")[0], "")


_NOBODY: Final = {"command": "keeper", "sweep": "clock"}


def _roles(actor: Actor) -> str:
    """`director+reviewer`; a role in which one stands in names for whom: `reviewer@7`."""
    held = ((grant.role.value, grant.for_person) for grant in actor.grants)
    return "+".join(sorted({name if whose is None else f"{name}@{whose}" for name, whose in held}))


def told(transaction: Transaction, deed: Deed, about: str) -> tuple[Note, ...]:
    """What is written down of this deed about this thing, the first first, with what this unit has to write.

    A row that does not fit the one before it tells nothing: somebody without the key has put it there.
    """
    found = transaction.connection.execute(_TOLD, {"what": about, "done": deed.value})
    kept = (_note_of(row) for row in found if _fits(transaction.vault, row))
    return (*kept, *(one for one in transaction.notes if (one.deed, one.about) == (deed, about)))


def _fits(vault: Vault, found: Row[Any]) -> bool:
    return bool(found.mac == mac_of(vault, found.mac_before or "", _row(found)))


def _note_of(found: Row[Any]) -> Note:
    codes = json.loads(found.codes)
    return Note(Deed(found.deed), found.person, found.role, found.about, found.version, codes)


def chain(transaction: Transaction) -> None:
    """Write the gathered notes behind the last row; the unit's last statements, since others wait here.

    Whoever moves the head holds it until the commit, on either engine: of two at once, one waits, and then
    reads what the other has written.
    """
    if not transaction.notes:
        return
    connection = transaction.connection
    head = connection.execute(_GIVE, {"count": len(transaction.notes)}).one()
    first, mac = head.number - len(transaction.notes) + 1, head.mac
    rows = []
    for number, note in enumerate(transaction.notes, first):
        row = _unsealed(number, note, transaction.now, transaction.cause)
        mac = mac_of(transaction.vault, mac, row)
        rows.append(_values(row, mac))
    connection.execute(_ADD, rows)
    connection.execute(_CLOSE, {"last": mac})


def in_letters(digest: str) -> str:
    """64 bits of a digest in hex as a word that a note may take, which has no nine digits in a row."""
    return digest[:16].translate(_LETTERS)


_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")


def mac_of(vault: Vault, before: str, row: AuditRow) -> str:
    """HMAC-SHA256 in hex (64 characters) over the mac before and everything that the row says."""
    said = [
        row.number,
        milliseconds(row.at),
        row.deed,
        row.person,
        row.role,
        row.about,
        row.version,
        row.codes,
        row.cause,
    ]
    return vault.digest(_PURPOSE, f"{before}\n{_ENCODE(said)}")


_PURPOSE: Final = "audit"
_ENCODE: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode


def _unsealed(number: int, note: Note, at: datetime, cause: str) -> AuditRow:
    codes = _ENCODE(note.codes)
    return AuditRow(
        number, at, note.deed.value, note.person, note.role, note.about, note.version, codes, cause, ""
    )


def _values(row: AuditRow, mac: str) -> dict[str, object]:
    return {
        "number": row.number,
        "at": row.at,
        "deed": row.deed,
        "person": row.person,
        "role": row.role,
        "about": row.about,
        "version": row.version,
        "codes": row.codes,
        "cause": row.cause,
        "mac": mac,
    }


def _row(found: Row[Any]) -> AuditRow:
    return AuditRow(
        found.number,
        found.at,
        found.deed,
        found.person,
        found.role,
        found.about,
        found.version,
        found.codes,
        found.cause,
        found.mac,
    )
