"""Who stands in for whom, and when."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, or_, select, update

from domain.audit import Deed
from storage.audit import note
from storage.records.staffing import Substitution
from storage.tables.staffing import substitutions
from storage.tables.types import milliseconds
from storage.transaction import Transaction

_THIS: Final = substitutions.c.id == bindparam("row")
_ADD: Final = insert(substitutions).returning(substitutions.c.id)
_GET: Final = select(substitutions).where(_THIS)
_OPEN_OF: Final = (
    select(substitutions)
    .where(
        or_(
            substitutions.c.person_id == bindparam("person"),
            substitutions.c.substitute_id == bindparam("person"),
        ),
        substitutions.c.ends_at > bindparam("now"),
    )
    .order_by(substitutions.c.begins_at, substitutions.c.id)
)
_ALL_OF: Final = (
    select(substitutions)
    .where(
        or_(
            substitutions.c.person_id == bindparam("person"),
            substitutions.c.substitute_id == bindparam("person"),
        )
    )
    .order_by(substitutions.c.id)
)
_END: Final = (
    update(substitutions)
    .where(_THIS, substitutions.c.ends_at > bindparam("now"))
    .values(ends_at=bindparam("now"), ended_by=bindparam("by"), end_told_at=bindparam("now"))
)
_END_OF_SUBSTITUTE: Final = (
    update(substitutions)
    .where(substitutions.c.substitute_id == bindparam("person"), substitutions.c.ends_at > bindparam("now"))
    .values(ends_at=bindparam("now"), ended_by=bindparam("by"))
)
_UNTOLD: Final = select(substitutions).where(
    substitutions.c.end_told_at.is_(None),
    or_(
        substitutions.c.ends_at <= bindparam("now"),
        substitutions.c.begin_told_at.is_(None) & (substitutions.c.begins_at <= bindparam("now")),
    ),
)
_TOLD_BEGIN: Final = update(substitutions).where(_THIS).values(begin_told_at=bindparam("now"))
_TOLD_END: Final = (
    update(substitutions).where(_THIS).values(begin_told_at=bindparam("now"), end_told_at=bindparam("now"))
)


class Substitutions:
    """`storage.people` reads them wherever it reads a person's roles."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def add_substitution(
        self, person_id: int, substitute_id: int, begins_at: datetime, ends_at: datetime
    ) -> Substitution:
        """Let somebody stand in from one moment until before another; one that has begun needs no telling."""
        begun = begins_at <= self._tx.now
        values = {
            "person_id": person_id,
            "substitute_id": substitute_id,
            "begins_at": begins_at,
            "ends_at": ends_at,
            "made_at": self._tx.now,
            "ended_by": None,
            "begin_told_at": self._tx.now if begun else None,
            "end_told_at": None,
        }
        row_id = self._tx.connection.execute(_ADD, values).scalar_one()
        about = f"substitution:{row_id}"
        note(
            self._tx,
            Deed.SUBSTITUTE,
            about=about,
            step="make",
            person=person_id,
            substitute=substitute_id,
            begins=milliseconds(begins_at),
            ends=milliseconds(ends_at),
        )
        return _substitution(self._tx.connection.execute(_GET, {"row": row_id}).one())

    def substitution(self, substitution_id: int) -> Substitution | None:
        """The one with this number, or None."""
        found = self._tx.connection.execute(_GET, {"row": substitution_id}).first()
        return None if found is None else _substitution(found)

    def substitutions_of(self, person_id: int, *, past: bool = False) -> tuple[Substitution, ...]:
        """Those in which this person is one of the two; without `past` the ones that are not over."""
        query, values = (_ALL_OF, {}) if past else (_OPEN_OF, {"now": self._tx.now})
        found = self._tx.connection.execute(query, {"person": person_id, **values})
        return tuple(map(_substitution, found))

    def end_substitution(self, substitution_id: int, by: int) -> bool:
        """It is over from this moment on; False if it was over already."""
        values = {"row": substitution_id, "by": by, "now": self._tx.now}
        ended = self._tx.connection.execute(_END, values).rowcount == 1
        if ended:
            note(self._tx, Deed.SUBSTITUTE, by=by, about=f"substitution:{substitution_id}", step="end")
        return ended

    def end_stand_ins(self, substitute_id: int, by: int) -> None:
        """Whoever this person stands in for, or would, it is over from this moment on; it is to be told."""
        values = {"person": substitute_id, "by": by, "now": self._tx.now}
        ended = self._tx.connection.execute(_END_OF_SUBSTITUTE, values).rowcount
        if ended:
            note(
                self._tx, Deed.SUBSTITUTE, by=by, about=f"person:{substitute_id}", step="end_all", ended=ended
            )

    def untold_substitutions(self) -> tuple[Substitution, ...]:
        """Those whose beginning or end has come and was not told yet."""
        return tuple(map(_substitution, self._tx.connection.execute(_UNTOLD, {"now": self._tx.now})))

    def note_told(self, substitution_id: int, *, over: bool) -> None:
        """Its beginning was told, or its end."""
        query = _TOLD_END if over else _TOLD_BEGIN
        self._tx.connection.execute(query, {"row": substitution_id, "now": self._tx.now})


def _substitution(found: Row[Any]) -> Substitution:
    return Substitution(
        id=found.id,
        person_id=found.person_id,
        substitute_id=found.substitute_id,
        begins_at=found.begins_at,
        ends_at=found.ends_at,
        made_at=found.made_at,
        ended_by=found.ended_by,
        begin_told_at=found.begin_told_at,
        end_told_at=found.end_told_at,
    )
