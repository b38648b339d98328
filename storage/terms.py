"""What a case can be found by: keyed digests of words, never the words.

Every case filed writes its own terms; cases filed before there were any are filled in backwards, so those
without terms are always the ones below the first that has some.
"""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, func, select, union
from sqlalchemy.dialects.postgresql import insert

from storage.tables.cases import case_terms, cases
from storage.transaction import Transaction

_ADD: Final = insert(case_terms).on_conflict_do_nothing()
_CLEAR: Final = delete(case_terms).where(case_terms.c.case_id == bindparam("case"))
_FIRST: Final = select(func.min(case_terms.c.case_id))
# Held, so that a correction of the same moment is either read here or written by itself afterwards.
_WITHOUT: Final = (
    select(cases.c.id)
    .where(cases.c.id < bindparam("below"))
    .order_by(cases.c.id.desc())
    .limit(bindparam("most"))
    .with_for_update()
)
_with_every: Final = (
    select(case_terms.c.case_id)
    .where(case_terms.c.term.in_(bindparam("every", expanding=True)))
    .group_by(case_terms.c.case_id)
    .having(func.count() == bindparam("wanted"))
)
_with_whole: Final = select(case_terms.c.case_id).where(case_terms.c.term == bindparam("whole"))
_FOUND: Final = select(cases.c.id).where(
    cases.c.filed_by == bindparam("person"), cases.c.id.in_(union(_with_every, _with_whole))
)
_SOME: Final = _FOUND.order_by(cases.c.id.desc()).limit(bindparam("most")).offset(bindparam("skip"))
_TOTAL: Final[Select[Any]] = select(func.count()).select_from(_FOUND.subquery())

_BEYOND: Final = 2**63 - 1


class Terms:
    """A term is a few bytes that only this office's key makes of a word."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(self, case_id: int, terms: Collection[bytes]) -> None:
        """Let this case be found by these terms from now on, and by no others."""
        self._tx.connection.execute(_CLEAR, {"case": case_id})
        if terms:
            self._tx.connection.execute(_ADD, [{"term": term, "case_id": case_id} for term in sorted(terms)])

    def first(self) -> int | None:
        """The lowest number of a case that has terms; those below have none yet."""
        first: int | None = self._tx.connection.execute(_FIRST).scalar_one()
        return first

    def without(self, limit: int) -> tuple[int, ...]:
        """Some cases that have no terms yet, the last filed first, held until the unit ends."""
        first = self.first()
        values = {"below": _BEYOND if first is None else first, "most": limit}
        return tuple(self._tx.connection.scalars(_WITHOUT, values))

    def find(
        self, person_id: int, *, every: Collection[bytes], whole: bytes, limit: int, offset: int = 0
    ) -> tuple[tuple[int, ...], int]:
        """Some of this filer's cases that have every one of these terms, or the whole one; newest first.

        Returns:
            Their numbers, and how many there are in all.
        """
        values = {"person": person_id, "every": list(every), "wanted": len(every), "whole": whole}
        total = self._tx.connection.execute(_TOTAL, values).scalar_one()
        return tuple(self._tx.connection.scalars(_SOME, {**values, "most": limit, "skip": offset})), total
