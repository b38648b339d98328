"""Drafts that nobody goes on with: nudged once, closed, restored, in the end discarded."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, literal_column, or_, select, update

from storage.forms import NOTHING
from storage.records import FormRun, FormStatus
from storage.retention import ERASED
from storage.tables.forms import forms
from storage.transaction import Transaction

# Conditions of a partial index are written out, not bound: an engine has to see them.
_IDLE: Final = (
    forms.c.status == literal_column("'open'"),
    forms.c.form == literal_column("'proposal'"),
    forms.c.subject.is_(None),
    forms.c.person_id.is_not(None),
    forms.c.updated_at <= bindparam("before"),
)
_not_nudged = or_(forms.c.nudged_at.is_(None), forms.c.nudged_at < forms.c.updated_at)


def _some(query: Select[Any]) -> Select[Any]:
    return query.order_by(forms.c.id).limit(bindparam("most")).with_for_update(skip_locked=True)


_TO_NUDGE: Final = _some(select(forms.c.id).where(*_IDLE, _not_nudged))
_TO_CLOSE: Final = _some(
    select(forms.c.id).where(
        *_IDLE, forms.c.nudged_at >= forms.c.updated_at, forms.c.nudged_at <= bindparam("nudged_before")
    )
)
_TO_DISCARD: Final = _some(
    select(forms.c.id).where(
        forms.c.status == literal_column("'expired'"),
        forms.c.expired_at <= bindparam("before"),
        or_(forms.c.restorable_until.is_(None), forms.c.restorable_until <= bindparam("now")),
    )
)
_NUDGE: Final = update(forms).where(forms.c.id == bindparam("row")).values(nudged_at=bindparam("now"))
_TURN: Final = (
    update(forms)
    .where(forms.c.id == bindparam("row"), forms.c.status == bindparam("out_of"))
    .values(
        revision=forms.c.revision + 1,
        status=bindparam("into"),
        updated_at=bindparam("saved"),
        expired_at=bindparam("expired"),
        restorable_until=bindparam("kept_until"),
    )
)
_DISCARD: Final = (
    update(forms)
    .where(forms.c.id == bindparam("row"), forms.c.status == bindparam("out_of"))
    .values(
        revision=forms.c.revision + 1,
        status=FormStatus.DROPPED,
        data=NOTHING,
        title=None,
        updated_at=bindparam("now"),
    )
)
_APART: Final = (
    select(forms.c.id)
    .where(
        forms.c.person_id == bindparam("person"),
        forms.c.form == literal_column("'proposal'"),
        forms.c.status == bindparam("which"),
    )
    .order_by(forms.c.updated_at.desc(), forms.c.id.desc())
)


class Idle:
    """The drafts of proposals that are no correction; a correction belongs to its case."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def to_nudge(self, before: datetime, limit: int) -> tuple[int, ...]:
        """Drafts untouched since this moment, whose owners have not been told of it, held by this unit."""
        return tuple(self._tx.connection.scalars(_TO_NUDGE, {"before": before, "most": limit}))

    def to_close(self, before: datetime, nudged_before: datetime, limit: int) -> tuple[int, ...]:
        """Drafts untouched since the one moment, whose owners were told before the other; held."""
        values = {"before": before, "nudged_before": nudged_before, "most": limit}
        return tuple(self._tx.connection.scalars(_TO_CLOSE, values))

    def to_discard(self, before: datetime, limit: int) -> tuple[int, ...]:
        """Drafts that expired by this moment and were not promised to stay longer, held by this unit."""
        values = {"before": before, "now": self._tx.now, "most": limit}
        return tuple(self._tx.connection.scalars(_TO_DISCARD, values))

    def nudged(self, form_id: int) -> None:
        """Its owner has been told."""
        self._tx.connection.execute(_NUDGE, {"row": form_id, "now": self._tx.now})

    def turn(self, run: FormRun, into: FormStatus, kept_until: datetime | None = None) -> bool:
        """Close a draft, lock it, or open it again, its answers kept; False if it is not as `run` says.

        Args:
            run: the draft as it was read.
            into: how it is to stand.
            kept_until: until when a draft that is closed stays in any case.
        """
        now = self._tx.now
        values = {
            "row": run.id,
            "out_of": run.status,
            "into": into,
            "saved": now if into is FormStatus.OPEN else run.updated_at,
            "expired": now if into is FormStatus.EXPIRED else None,
            "kept_until": kept_until,
        }
        return self._tx.connection.execute(_TURN, values).rowcount == 1

    def discard(self, form_id: int, status: FormStatus = FormStatus.EXPIRED) -> bool:
        """Erase what stands in a draft that is expired, or waits; False if it is not so (any more)."""
        values = {"row": form_id, "out_of": status, "now": self._tx.now}
        gone = self._tx.connection.execute(_DISCARD, values).rowcount == 1
        if gone:
            self._tx.signals.add(ERASED)
        return gone

    def drafts_in(self, person_id: int, status: FormStatus) -> tuple[int, ...]:
        """This person's drafts that are expired, or wait for an official; the last saved first."""
        return tuple(self._tx.connection.scalars(_APART, {"person": person_id, "which": status}))
