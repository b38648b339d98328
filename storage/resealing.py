"""Which columns are sealed, by what their rows are known, and how they are sealed anew with a new key."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Row,
    Select,
    and_,
    func,
    literal,
    select,
    tuple_,
    update,
)

from storage import form_keys
from storage.errors import Erased, KeyUnusable
from storage.settling import place
from storage.tables import metadata
from storage.tables.cases import cases
from storage.tables.forms import files
from storage.tables.types import milliseconds
from storage.transaction import Transaction
from storage.vault import CLEAR_MARK, FORM_MARK, ID_BYTES, FormKey, encoded
from storage.vault import Row as Place

Known: TypeAlias = Callable[[Any], Place]

_AT_ONCE: Final = 500
"""Marked values read at a time."""


@dataclass(frozen=True)
class Sealed:
    """A sealed column.

    Attributes:
        name: `table.column`.
        known: what a row is known by, from the row.
        form: the column with the form whose key seals it: in this table, or `case_id` or `file_id`, by which
            it is found; empty for what the master key seals.
        most: how many are sealed anew in one unit.
        marked: whether a migration put what older releases kept behind a mark, until it is sealed, once.
        before: what that is bound to; None: it is text.
    """

    name: str
    known: Known
    form: str = ""
    most: int = 100
    marked: bool = False
    before: Known | None = None

    @property
    def column(self) -> Column[Any]:
        """Itself."""
        table, _, column = self.name.partition(".")
        return metadata.tables[table].c[column]


def _by(*names: str) -> Known:
    def known(row: Any) -> Place:  # noqa: ANN401 - a row of any table
        values = tuple(getattr(row, name) for name in names)
        return values[0] if len(values) == 1 else values

    return known


def _by_form(_row: object) -> Place:
    return ""  # the form's key says it


def _step(number: str, *names: str) -> Known:
    """Of what has a number only once it is written."""
    return lambda row: (*(getattr(row, name) for name in (number, *names)), milliseconds(row.at))


def _since(moment: str) -> Known:
    """Of what a person has one of: what it was before does not come back."""
    return lambda row: (row.person_id, milliseconds(getattr(row, moment)))


SEALED: Final = (
    Sealed("people.name", _by("id"), marked=True),
    Sealed("invitations.name", _by("token_hash"), marked=True),
    Sealed("grant_proposals.name", _by("id"), marked=True),
    Sealed("agency_officials.name", _by("id"), marked=True),
    Sealed("inbox.body", _by("platform", "update_id")),
    Sealed("outbox.params", lambda row: place(row, row.created_at)),
    Sealed("outbox.fallback", lambda row: place(row, row.created_at)),
    Sealed("chats.name", _by("platform", "chat_id")),
    Sealed("chats.shown", _by("platform", "chat_id")),
    Sealed("forms.data", _by_form, "id"),
    Sealed("forms.title", _by_form, "id"),
    Sealed("files.name", _by("id"), "form_id"),
    Sealed("file_contents.body", _by("file_id"), "file_id", most=2),
    Sealed("file_copies.body", _by("file_id"), "file_id", most=2),
    Sealed("cases.proposal", _by("code", "version"), "form_id", marked=True, before=_by("code")),
    Sealed("cases.passcode", _by("code"), marked=True),
    Sealed("proposal_versions.proposal", _by("case_id", "on_version"), "case_id"),
    Sealed("case_events.note", _step("case_id", "on_version"), "case_id"),
    Sealed("pending_decisions.note", _by("case_id", "on_version"), "case_id"),
    Sealed("case_notes.note", _step("case_id", "person_id"), "case_id"),
    Sealed("complaints.content", _by("code")),
    Sealed("complaints.passcode", _by("code"), marked=True),
    Sealed("complaint_events.text", _step("complaint_id", "on_version")),
    Sealed("complaint_notes.note", _step("complaint_id", "person_id")),
    Sealed("surveys.comment", _by("id")),
    Sealed("notice_versions.content", _by("notice_id", "on_version")),
    Sealed("notice_versions.push", _by("notice_id", "on_version")),
    Sealed("windows.words", _by("id")),
    Sealed("window_plans.why_unplanned", _by("id")),
    Sealed("incidents.words", _by("id")),
    Sealed("incident_updates.words", _by("id")),
    Sealed("data_requests.words", _by("id")),
    Sealed("data_requests.answer", _by("id")),
    Sealed("cosignatures.name", _by("id")),
    Sealed("factors.secret", _since("since"), marked=True, before=_by("person_id")),
    Sealed("factors.pin", _since("since"), marked=True),
    Sealed("factor_setups.secret", _since("begun_at"), marked=True, before=_by("person_id")),
    Sealed("factor_setups.pin", _since("begun_at"), marked=True),
    Sealed("holds.why", _by("kind", "subject")),
    Sealed("form_keys.sealed", _by("form_id")),
    # The last: while anything else stands under an older key, a ring without that key is refused at a start.
    Sealed("key_check.sealed", _by("id")),
)
"""Every sealed column, in the order in which they are sealed anew."""
Opened: TypeAlias = Callable[[Transaction, Sealed, Row[Any], FormKey | None], bytes]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a column was sealed anew.

    Attributes:
        after: the last row that was looked at; None when none is left.
        done: how many values were sealed anew.
        unreadable: how many open with no key that is at hand; they stay as they are.
    """

    after: tuple[Any, ...] | None
    done: int = 0
    unreadable: int = 0


def standing(tx: Transaction) -> dict[str, int]:
    """How many values bear which key id (hex); those under a form's own key bear `form`.

    What was sealed before rows were bound stands under the id of its key and `-unbound`.
    """
    found: Counter[str] = Counter()
    for one in SEALED:
        start = _start(one)
        query = select(start, func.count()).where(func.length(one.column) > 0).group_by(start)
        for head, count in tx.connection.execute(query):
            found[_called(tx, bytes(head))] += count
    return dict(found)


def reseal(tx: Transaction, one: Sealed, after: tuple[Any, ...] | None) -> Progress:
    """Seal some values of a column anew: with the newest key, or their form's, and bound to their rows.

    Args:
        tx: a unit of its own, so that others go on in between.
        one: the column.
        after: go on behind this row, as the last call gave it; None: from the beginning.
    """
    keys = list(one.column.table.primary_key.columns)
    found = tx.connection.execute(_stale(tx, one, keys, after)).all()
    done = sum(_reseal(tx, one, keys, row) for row in found)
    last = tuple(getattr(found[-1], key.name) for key in keys) if found else None
    return Progress(last, done, len(found) - done)


def seal_marked(tx: Transaction) -> int:
    """Seal what migrations left behind a mark; how many values could be.

    Raises:
        KeyUnusable: one was sealed with a key that is not at hand: once this is done it would be lost.
    """
    return sum(_seal_marked(tx, one) for one in SEALED if one.marked)


def any_marked(tx: Transaction) -> bool:
    """Whether anything stands behind a mark."""
    return any(_any(tx, one, _start(one) == CLEAR_MARK) for one in SEALED if one.marked)


def any_sealed(tx: Transaction) -> bool:
    """Whether anything but the store's own word and root is sealed."""
    return any(_any(tx, one, _start(one) != CLEAR_MARK) for one in SEALED if one.name != "key_check.sealed")


def _any(tx: Transaction, one: Sealed, which: ColumnElement[bool]) -> bool:
    query = select(literal(1)).where(func.length(one.column) > 0, which).limit(1)
    return tx.connection.execute(query).first() is not None


def blank(tx: Transaction, form_id: int) -> None:
    """Empty what a form and its case hold that was sealed before forms had keys."""
    case = select(cases.c.id).where(cases.c.form_id == form_id).scalar_subquery()
    of_form = {"id": form_id, "form_id": form_id, "case_id": case}
    for one in SEALED:
        if one.form in of_form:
            table = one.column.table
            mine = table.c[one.form] == of_form[one.form]
            older = and_(mine, func.length(one.column) > 0, _start(one) != FORM_MARK)
            tx.connection.execute(update(table).where(older).values({one.column.name: b""}))


def _seal_marked(tx: Transaction, one: Sealed) -> int:
    keys = list(one.column.table.primary_key.columns)
    query = _with_form(one).where(_start(one) == CLEAR_MARK).order_by(*keys).limit(_AT_ONCE)
    found, done = tx.connection.execute(query).all(), 0
    while found:
        for row in found:
            _insist_on_key(tx, one, row)
        done += sum(_reseal(tx, one, keys, row, _unmarked) for row in found)
        last = tuple(getattr(found[-1], key.name) for key in keys)
        found = tx.connection.execute(query.where(_behind(keys, last))).all()
    return done


def _insist_on_key(tx: Transaction, one: Sealed, row: Row[Any]) -> None:
    """What stands behind the mark, and the key of its form, bear keys of this ring."""
    marked = bytes(getattr(row, one.column.name))[ID_BYTES:] if one.before is not None else b""
    for sealed in (marked, bytes(row.form_key or b"") if one.form else b""):
        if sealed and not sealed.startswith(FORM_MARK) and tx.vault.master_of(sealed) is None:
            raise KeyUnusable


def _start(one: Sealed) -> ColumnElement[bytes]:
    return func.substr(one.column, 1, ID_BYTES, type_=LargeBinary)


def _called(tx: Transaction, head: bytes) -> str:
    if head == FORM_MARK:
        return "form"
    if head == CLEAR_MARK:
        return "clear"
    master = tx.vault.master_of(head)
    if master is None:
        return head.hex()
    return master.id.hex() if head == master.id else f"{master.id.hex()}-unbound"


def _stale(
    tx: Transaction, one: Sealed, keys: Sequence[Column[Any]], after: tuple[Any, ...] | None
) -> Select[Any]:
    """Rows that do not bear what they would be sealed with today."""
    good = [tx.vault.ring[0].id, *([FORM_MARK] if one.form else [])]
    stale = _with_form(one).where(_start(one).not_in(good), func.length(one.column) > 0)
    if after is not None:
        stale = stale.where(_behind(keys, after))
    return stale.order_by(*keys).limit(one.most)


def _behind(keys: Sequence[Column[Any]], row: tuple[Any, ...]) -> ColumnElement[bool]:
    return tuple_(*keys) > tuple_(*row) if len(keys) > 1 else keys[0] > row[0]


def _with_form(one: Sealed) -> Select[Any]:
    """The rows of its table, with the key of the form that each belongs to."""
    table = one.column.table
    if one.form == "case_id":
        return select(table, *form_keys.key_of_case(table.c.case_id))
    if one.form == "file_id":
        query = select(table, files.c.form_id, form_keys.key_of(files.c.form_id))
        return query.join(files, files.c.id == table.c.file_id)
    return select(table, form_keys.key_of(table.c[one.form])) if one.form else select(table)


def _plain(tx: Transaction, one: Sealed, row: Row[Any], key: FormKey | None) -> bytes:
    return tx.vault.open_bytes(one.name, bytes(getattr(row, one.column.name)), one.known(row), key)


def _unmarked(tx: Transaction, one: Sealed, row: Row[Any], key: FormKey | None) -> bytes:
    """What stands behind the mark: text, or what was sealed and bound to less."""
    blob = bytes(getattr(row, one.column.name))[ID_BYTES:]
    if one.before is None:
        return encoded(blob.decode())
    return tx.vault.open_bytes(one.name, blob, one.before(row), key)


def _reseal(
    tx: Transaction, one: Sealed, keys: Sequence[Column[Any]], row: Row[Any], opened: Opened = _plain
) -> bool:
    """Whether it could be done."""
    name, blob = one.column.name, getattr(row, one.column.name)
    try:
        key = _form_key(tx, one, row)
        plain = opened(tx, one, row, key)
    except (KeyUnusable, Erased):
        return False
    sealed = tx.vault.seal_bytes(one.name, plain, one.known(row), key)
    this = and_(one.column == blob, *(key == getattr(row, key.name) for key in keys))
    # Whoever has changed the value since it was read has sealed it with the newest key.
    tx.connection.execute(update(one.column.table).where(this).values({name: sealed}))
    return True


def _form_key(tx: Transaction, one: Sealed, row: Row[Any]) -> FormKey | None:
    form_id = (row.id if one.form == "id" else row.form_id) if one.form else None
    if form_id is None:
        return None
    return form_keys.opened(tx, form_id, row.form_key) or form_keys.of_form(tx, form_id)
