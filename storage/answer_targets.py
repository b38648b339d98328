"""The targets of open complaints as they were last worked out: what is warned of, and what was moved."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from domain.complaints import CLOCK_RUNS_IN, OPEN
from storage.records.complaints import AnswerTarget
from storage.tables.complaints import answer_targets, complaints
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
_OF: Final = (
    select(answer_targets)
    .where(answer_targets.c.complaint_id.in_(bindparam("rows", expanding=True)))
    .with_for_update()
)
_OPEN_AFTER: Final = (
    select(complaints.c.id)
    .where(complaints.c.id > bindparam("after"), complaints.c.state.in_(sorted(OPEN)))
    .order_by(complaints.c.id)
    .limit(bindparam("most"))
    # Whoever acts on one of them meanwhile comes before or after: what is kept never lags behind its events.
    .with_for_update()
)
_WITH_COMPLAINT = select(answer_targets).join(complaints, complaints.c.id == answer_targets.c.complaint_id)
_RUNS = complaints.c.state.in_(sorted(CLOCK_RUNS_IN))
_MOVED: Final = (
    _WITH_COMPLAINT.where(
        # While the clock stands still there is no day to tell of: the news waits with it.
        _RUNS,
        answer_targets.c.moved_from.is_not(None),
        answer_targets.c.due_at.is_not(None),
    )
    .order_by(answer_targets.c.complaint_id)
    .limit(bindparam("most"))
    .with_for_update(of=answer_targets, skip_locked=True)
)
_told_at = answer_targets.c.warned_at
_TO_WARN: Final = (
    _WITH_COMPLAINT.where(
        _RUNS,
        answer_targets.c.warn_at <= bindparam("now"),
        answer_targets.c.due_at > bindparam("now"),
        or_(_told_at.is_(None), _told_at < answer_targets.c.warn_at),
    )
    .order_by(answer_targets.c.due_at, answer_targets.c.complaint_id)
    .limit(bindparam("most"))
    .with_for_update(of=answer_targets, skip_locked=True)
)
_UP: Final = (
    _WITH_COMPLAINT.where(
        _RUNS,
        answer_targets.c.due_at <= bindparam("now"),
        or_(_told_at.is_(None), _told_at < answer_targets.c.due_at),
        or_(complaints.c.escalated_at.is_(None), complaints.c.escalated_at <= complaints.c.clock_from),
    )
    .order_by(answer_targets.c.due_at, answer_targets.c.complaint_id)
    .limit(bindparam("most"))
    .with_for_update(of=answer_targets, skip_locked=True)
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
        """What is kept of these complaints, by number; held by this unit."""
        found = self._tx.connection.execute(_OF, {"rows": list(numbers)})
        return {row.complaint_id: _target(row) for row in found}

    def open_after(self, after: int, limit: int) -> tuple[int, ...]:
        """The numbers of open complaints behind this one, held by this unit."""
        return tuple(self._tx.connection.scalars(_OPEN_AFTER, {"after": after, "most": limit}))

    def moved_targets(self, limit: int) -> tuple[AnswerTarget, ...]:
        """Targets that the calendar has moved and of which nobody was told; held by this unit."""
        return tuple(map(_target, self._tx.connection.execute(_MOVED, {"most": limit})))

    def targets_to_warn(self, limit: int) -> tuple[AnswerTarget, ...]:
        """Targets that are nearly up and were not warned of, the next first; held by this unit."""
        values = {"now": self._tx.now, "most": limit}
        return tuple(map(_target, self._tx.connection.execute(_TO_WARN, values)))

    def targets_up(self, limit: int) -> tuple[AnswerTarget, ...]:
        """Targets that are up, of complaints that did not go up and of which nobody was told; held."""
        values = {"now": self._tx.now, "most": limit}
        return tuple(map(_target, self._tx.connection.execute(_UP, values)))


def _target(found: Row[Any]) -> AnswerTarget:
    return AnswerTarget(
        complaint_id=found.complaint_id,
        due_at=found.due_at,
        warn_at=found.warn_at,
        warned_at=found.warned_at,
        moved_from=found.moved_from,
        moved_for=tuple(found.moved_for),
    )
