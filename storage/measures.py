"""First looks and decisions as they were measured, and the figures that anybody may see."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.records import Case, JsonObject
from storage.records.measures import FirstStep
from storage.tables.measures import first_steps, measured_figures
from storage.transaction import Transaction

_KNOWN: Final = select(first_steps.c.at).where(
    first_steps.c.case_id == bindparam("row"), first_steps.c.clock == bindparam("name")
)
_NOTE: Final = insert(first_steps).on_conflict_do_nothing()
_FIGURES: Final = select(measured_figures)
_PUT: Final = insert(measured_figures)
_KEEP: Final = _PUT.on_conflict_do_update(
    index_elements=[measured_figures.c.code],
    set_={"made_at": _PUT.excluded.made_at, "content": _PUT.excluded.content},
)


class Measures:
    """What was measured once, and is not measured anew at every look."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def known(self, case_id: int, clock: str) -> bool:
        """Whether the first step that ends this clock is kept."""
        return self._tx.connection.scalar(_KNOWN, {"row": case_id, "name": clock}) is not None

    def note(self, case: Case, step: FirstStep) -> None:
        """Keep a first step of a case; the one that was kept first counts."""
        values = {
            "case_id": case.id,
            "clock": step.clock,
            "at": step.at,
            "agency_id": case.agency_id,
            "debt_type": str(case.proposal.get("debt_type") or ""),
            "outcome": step.outcome,
            "working_days": step.working_days,
            "kept": step.kept,
        }
        self._tx.connection.execute(_NOTE, values)

    def figures(self) -> dict[str, tuple[datetime, JsonObject]]:
        """When each figure was measured last, and what was found, by the figure's code."""
        return {row.code: (row.made_at, row.content) for row in self._tx.connection.execute(_FIGURES)}

    def keep(self, code: str, content: JsonObject) -> None:
        """Keep a figure as it was measured now."""
        values = {"code": code, "made_at": self._tx.now, "content": content}
        self._tx.connection.execute(_KEEP, values)
