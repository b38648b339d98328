"""The key of each form: what the form and its case hold is sealed with it, and is gone when it is destroyed.

Nothing here outlives its unit. A form or case is read together with its key as the store has it, so
that a key that was destroyed anywhere opens nothing anywhere.
"""

from typing import Any, Final

from sqlalchemy import Label, bindparam, select, union
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql import ColumnElement

from storage.errors import Erased
from storage.tables.cases import cases
from storage.tables.forms import forms
from storage.tables.keys import form_keys
from storage.transaction import Transaction
from storage.vault import FormKey

_CONTEXT: Final = "form_keys.sealed"
_DESTROYED: Final = b""

_ADD: Final = insert(form_keys)
_ADOPT: Final = _ADD.on_conflict_do_nothing(index_elements=[form_keys.c.form_id])
_GET: Final = select(form_keys.c.sealed).where(form_keys.c.form_id == bindparam("form"))
_FORM_OF_CASE: Final = select(cases.c.form_id).where(cases.c.id == bindparam("case"))
_ALL_OF: Final = union(
    select(forms.c.id).where(forms.c.id == bindparam("form")),
    select(forms.c.id)
    .join(cases, cases.c.id == forms.c.subject)
    .where(forms.c.form == "proposal", cases.c.form_id == bindparam("form")),
)
_DESTROY: Final = insert(form_keys).on_conflict_do_update(
    index_elements=[form_keys.c.form_id],
    set_={"sealed": _DESTROYED, "destroyed_at": bindparam("now", type_=form_keys.c.destroyed_at.type)},
)


def key_of(form_id: ColumnElement[Any]) -> Label[Any]:
    """The column `form_key` for a select: the sealed key of the form in this column, or NULL."""
    found = select(form_keys.c.sealed).where(form_keys.c.form_id == form_id)
    return found.scalar_subquery().label("form_key")


def key_of_case(case_id: ColumnElement[Any]) -> tuple[Label[Any], Label[Any]]:
    """The columns `form_id` and `form_key` for a select: those of the case in this column."""
    form = select(cases.c.form_id).where(cases.c.id == case_id)
    found = (
        select(form_keys.c.sealed)
        .join(cases, cases.c.form_id == form_keys.c.form_id)
        .where(cases.c.id == case_id)
    )
    return form.scalar_subquery().label("form_id"), found.scalar_subquery().label("form_key")


def opened(tx: Transaction, form_id: int | None, sealed: bytes | None) -> FormKey | None:
    """The key of a form as it was read with its row; None for one from before forms had keys.

    Raises:
        Erased: it was destroyed.
    """
    if form_id is None or sealed is None:
        return None
    if sealed == _DESTROYED:
        raise Erased(form_id)
    key = tx.form_keys.get(form_id)
    if key is None:
        key = tx.form_keys[form_id] = FormKey(tx.vault.open_bytes(_CONTEXT, sealed, form_id))
    return key


def keep(tx: Transaction, form_id: int, key: FormKey) -> FormKey:
    """Make this the key of a form that has none."""
    values = {"form_id": form_id, "sealed": tx.vault.seal_bytes(_CONTEXT, key.plain, form_id)}
    tx.connection.execute(_ADD, values)
    tx.form_keys[form_id] = key
    return key


def of_form(tx: Transaction, form_id: int) -> FormKey:
    """The key of a form; a form from before forms had keys gets one.

    Raises:
        Erased: it was destroyed.
    """
    if form_id in tx.form_keys:
        return tx.form_keys[form_id]
    key = opened(tx, form_id, tx.connection.scalar(_GET, {"form": form_id}))
    if key is not None:
        return key
    sealed = tx.vault.seal_bytes(_CONTEXT, FormKey.new().plain, form_id)
    tx.connection.execute(_ADOPT, {"form_id": form_id, "sealed": sealed})
    # Read again: of two that gave it one at the same moment only one has.
    made = opened(tx, form_id, tx.connection.scalar(_GET, {"form": form_id}))
    assert made is not None  # noqa: S101 - for the type checker: it has one by now
    return made


def of_case(tx: Transaction, case_id: int) -> FormKey:
    """The key of the form that became this case.

    Raises:
        Erased: it was destroyed.
    """
    return of_form(tx, tx.connection.execute(_FORM_OF_CASE, {"case": case_id}).scalar_one())


def destroy(tx: Transaction, form_id: int) -> tuple[int, ...]:
    """Erase the key of a form, and those of the corrections of its case; doing so again changes nothing.

    Returns:
        The forms whose keys these were.
    """
    tx.form_keys.clear()
    found = tuple(tx.connection.scalars(_ALL_OF, {"form": form_id}))
    for each in found:
        values = {"form_id": each, "sealed": _DESTROYED, "destroyed_at": tx.now, "now": tx.now}
        tx.connection.execute(_DESTROY, values)
    return found
