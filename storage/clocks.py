"""The clocks of the office's targets: a row for each that was ever started, and what moved them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.lifecycle import CLOCK_RUNS_IN, State
from domain.targets import Pause
from storage.records.calendar import ClockRow, MovedTarget, Recount
from storage.tables.calendar import clocks, moved_targets, recounts
from storage.tables.cases import cases
from storage.tables.types import milliseconds, moment_of
from storage.transaction import Transaction

_OPEN: Final = sorted({*CLOCK_RUNS_IN, State.RETURNED})

_OF_CASE: Final = (
    select(clocks).where(clocks.c.case_id == bindparam("row")).order_by(clocks.c.begun_at).with_for_update()
)
_PUT: Final = insert(clocks)
_SAVE: Final = _PUT.on_conflict_do_update(
    index_elements=[clocks.c.case_id, clocks.c.clock, clocks.c.begun_at],
    set_={
        name: getattr(_PUT.excluded, name)
        for name in clocks.c.keys()  # noqa: SIM118 - a collection of columns is no mapping
        if name not in {"case_id", "clock", "begun_at"}
    },
)
_NEXT: Final = (
    select(clocks)
    .where(clocks.c.next_at <= bindparam("now"))
    .order_by(clocks.c.next_at, clocks.c.case_id)
    .limit(bindparam("most"))
    # A case that changes at this moment brings its clocks up to it first; they ring at the next sweep.
    .with_for_update(skip_locked=True)
)
_RUNNING: Final = (
    select(clocks)
    .where(clocks.c.due_at >= bindparam("since"), clocks.c.ended_at.is_(None))
    .order_by(clocks.c.due_at, clocks.c.case_id)
    .limit(bindparam("most"))
)
_ASK: Final = insert(recounts)
_WAITING: Final = (
    select(recounts).where(recounts.c.done_at.is_(None)).order_by(recounts.c.id).with_for_update()
)
_REACH: Final = (
    update(recounts)
    .where(recounts.c.id == bindparam("row"))
    .values(reached=bindparam("to"), done_at=bindparam("done"), changes=bindparam("told"))
)
_OPEN_AFTER: Final = (
    select(cases.c.id)
    .where(cases.c.id > bindparam("after"), cases.c.state.in_(_OPEN))
    .order_by(cases.c.id)
    .limit(bindparam("most"))
    # Whoever acts on one of them meanwhile comes before or after: what is kept never lags behind its events.
    .with_for_update()
)
_MOVED: Final = insert(moved_targets)
_UNTOLD: Final = (
    select(moved_targets, recounts.c.changes)
    .join(recounts, recounts.c.id == moved_targets.c.recount_id)
    .where(moved_targets.c.told_at.is_(None), recounts.c.done_at.is_not(None))
    .order_by(moved_targets.c.id)
    .limit(bindparam("most"))
)
_TELL: Final = (
    update(moved_targets).where(moved_targets.c.id == bindparam("row")).values(told_at=bindparam("now"))
)


class Clocks:
    """The clocks of cases, and the recounts that move them."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def clocks(self, case_id: int) -> tuple[ClockRow, ...]:
        """Every clock of this case, over or not, the first begun first; held by this unit."""
        return tuple(map(_clock, self._tx.connection.execute(_OF_CASE, {"row": case_id})))

    def save(self, row: ClockRow) -> None:
        """Keep a clock as it stands now."""
        self._tx.connection.execute(_SAVE, _stored(row))

    def ringing(self, limit: int) -> tuple[ClockRow, ...]:
        """Clocks that have something to make known, the longest waiting first; held by this unit."""
        return tuple(map(_clock, self._tx.connection.execute(_NEXT, {"now": self._tx.now, "most": limit})))

    def running(self, since: datetime, limit: int) -> tuple[ClockRow, ...]:
        """Clocks that are not over and are up at this moment or later."""
        return tuple(map(_clock, self._tx.connection.execute(_RUNNING, {"since": since, "most": limit})))

    def ask_recount(self, why: str, **values: str) -> None:
        """Have the clocks computed anew because of this change; a sweep does it."""
        change = {"changes": [{"why": why, **values}], "made_at": self._tx.now, "reached": 0}
        self._tx.connection.execute(_ASK, change)

    def recount(self) -> Recount | None:
        """The recount to go on with, or None; those that wait behind one not begun are done with it."""
        waiting = self._tx.connection.execute(_WAITING).all()
        if not waiting:
            return None
        first, *others = waiting
        if first.reached:
            return Recount(first.id, tuple(first.changes), first.reached)
        changes = [change for row in waiting for change in row.changes]
        for row in others:
            self._reach(row.id, 0, row.changes, done=True)
        return Recount(first.id, tuple(changes), 0)

    def reach(self, recount: Recount, number: int, *, done: bool) -> None:
        """Note how far a recount has come: every case and every complaint up to this number is done."""
        self._reach(recount.id, number, recount.changes, done=done)

    def open_cases(self, after: int, limit: int) -> tuple[int, ...]:
        """The numbers of undecided cases behind this one, held by this unit."""
        return tuple(self._tx.connection.scalars(_OPEN_AFTER, {"after": after, "most": limit}))

    def moved(self, recount: Recount, row: ClockRow, was: datetime) -> None:
        """Note that a recount has moved this clock's target, so that people are told once."""
        values = {
            "recount_id": recount.id,
            "case_id": row.case_id,
            "clock": row.clock,
            "was": was,
            "became": row.due_at,
        }
        self._tx.connection.execute(_MOVED, values)

    def untold(self, limit: int) -> tuple[MovedTarget, ...]:
        """Moves of which nobody was told yet, of recounts that are done."""
        found = self._tx.connection.execute(_UNTOLD, {"most": limit})
        return tuple(
            MovedTarget(row.id, row.case_id, row.clock, row.was, row.became, tuple(row.changes))
            for row in found
        )

    def told(self, move_id: int) -> None:
        """It needs no telling any more."""
        self._tx.connection.execute(_TELL, {"row": move_id, "now": self._tx.now})

    def _reach(self, row_id: int, to: int, changes: Sequence[Mapping[str, str]], *, done: bool) -> None:
        values = {
            "row": row_id,
            "to": to,
            "told": [dict(change) for change in changes],
            "done": self._tx.now if done else None,
        }
        self._tx.connection.execute(_REACH, values)


def _stored(row: ClockRow) -> dict[str, object]:
    pauses = [
        [milliseconds(pause.begin), milliseconds(pause.end) if pause.end else None, pause.why]
        for pause in row.pauses
    ]
    return {
        "case_id": row.case_id,
        "clock": row.clock,
        "begun_at": row.begun_at,
        "pauses": pauses,
        "ended_at": row.ended_at,
        "span": row.span,
        "due_at": row.due_at,
        "warn_at": row.warn_at,
        "escalate_at": row.escalate_at,
        "next_at": row.next_at,
        "warned_at": row.warned_at,
        "breached_at": row.breached_at,
        "escalated_at": row.escalated_at,
    }


def _clock(found: Row[Any]) -> ClockRow:
    return ClockRow(
        case_id=found.case_id,
        clock=found.clock,
        begun_at=found.begun_at,
        pauses=tuple(_pause(*pause) for pause in found.pauses),
        span=found.span,
        ended_at=found.ended_at,
        due_at=found.due_at,
        warn_at=found.warn_at,
        escalate_at=found.escalate_at,
        warned_at=found.warned_at,
        breached_at=found.breached_at,
        escalated_at=found.escalated_at,
    )


def _pause(begin: int, end: int | None, why: str) -> Pause:
    return Pause(moment_of(begin), None if end is None else moment_of(end), why)
