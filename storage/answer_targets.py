"""The targets of open complaints as they were last worked out: what is warned of, and what was moved."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.records.complaints import AnswerTarget
from storage.tables.complaints import answer_targets
from storage.transaction import Transaction

_PUT = insert(answer_targets)
_KEEP: Final = _PUT.on_conflict_do_update(
    index_elements=[answer_targets.c.complaint_id],
    set_={
        name: getattr(_PUT.excluded, name)
        for name in answer_targets.c.keys()  # noqa: SIM118 - a collection of columns is no mapping
        if name != "complaint_id"
    },
)
_DROP: Final = delete(answer_targets).where(answer_targets.c.complaint_id == bindparam("row"))
_OF: Final = select(answer_targets).where(
    answer_targets.c.complaint_id.in_(bindparam("rows", expanding=True))
)
_MOVED: Final = (
    select(answer_targets)
    .where(answer_targets.c.moved_from.is_not(None))
    .order_by(answer_targets.c.complaint_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_UNWARNED = or_(answer_targets.c.warned_at.is_(None), answer_targets.c.warned_at < answer_targets.c.warn_at)
_TO_WARN: Final = (
    select(answer_targets)
    .where(
        answer_targets.c.warn_at <= bindparam("now"), answer_targets.c.due_at > bindparam("now"), _UNWARNED
    )
    .order_by(answer_targets.c.due_at, answer_targets.c.complaint_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


class AnswerTargets:
    """One row for each open complaint that has a target."""

    _tx: Transaction

    def keep_target(self, target: AnswerTarget) -> None:
        """Keep a target as it stands now."""
        values = {
            "complaint_id": target.complaint_id,
            "due_at": target.due_at,
            "warn_at": target.warn_at,
            "warned_at": target.warned_at,
            "moved_from": target.moved_from,
            "moved_for": [dict(change) for change in target.moved_for],
        }
        self._tx.connection.execute(_KEEP, values)

    def drop_target(self, complaint_id: int) -> None:
        """It has no target any more, or is answered."""
        self._tx.connection.execute(_DROP, {"row": complaint_id})

    def targets(self, numbers: Sequence[int]) -> dict[int, AnswerTarget]:
        """What is kept of these complaints, by number."""
        found = self._tx.connection.execute(_OF, {"rows": list(numbers)})
        return {row.complaint_id: _target(row) for row in found}

    def moved_targets(self, limit: int) -> tuple[AnswerTarget, ...]:
        """Targets that the calendar has moved and of which nobody was told; held by this unit."""
        return tuple(map(_target, self._tx.connection.execute(_MOVED, {"most": limit})))

    def targets_to_warn(self, limit: int) -> tuple[AnswerTarget, ...]:
        """Targets that are nearly up and were not warned of, the next first; held by this unit."""
        values = {"now": self._tx.now, "most": limit}
        return tuple(map(_target, self._tx.connection.execute(_TO_WARN, values)))


def _target(found: Row[Any]) -> AnswerTarget:
    return AnswerTarget(
        complaint_id=found.complaint_id,
        due_at=found.due_at,
        warn_at=found.warn_at,
        warned_at=found.warned_at,
        moved_from=found.moved_from,
        moved_for=tuple(found.moved_for),
    )
