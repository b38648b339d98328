"""The clocks of cases: kept up with every act, and computed anew when the calendar or a target changes.

What is kept follows from the events, the calendar and the settings alone: computing it again gives the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.calendar import Calendar
from domain.clocks import BREACH, DECISION, ESCALATE, TARGET_OF, WARN, Clock, clocks_of, rungs
from domain.settings import WARN_BEFORE
from domain.targets import Due, Span, due
from persian.dates import tehran_day
from services import complaint_clocks, reset_clocks
from storage.records import Case
from storage.records.calendar import ClockRow, MovedTarget, is_said
from storage.work import Work

BATCH: Final = 200
"""Rows of one unit of a sweep."""
COUNTED: Final = 1000
"""Clocks that a preview looks at: a technical bound, told where it is met."""


Each = Callable[[Sequence[int], Callable[[int], None]], None]


def _each(numbers: Sequence[int], do: Callable[[int], None]) -> None:
    for number in numbers:
        do(number)


@dataclass(frozen=True, slots=True)
class Targets:
    """What the office wants of the clocks, as it stands in this unit; nothing of what is unset."""

    spans: dict[str, Span]
    warn_before: Span | None


def targets_of(work: Work) -> Targets:
    """The targets in force, read at once."""
    kept = work.settings.in_force([*TARGET_OF.values(), WARN_BEFORE.name])
    found = {name: Span.of(str(value)) for name, value in kept.items() if value}
    spans = {clock: found[name] for clock, name in TARGET_OF.items() if name in found}
    return Targets(spans, found.get(WARN_BEFORE.name))


def advance(work: Work, case: Case) -> Case:
    """Bring the clocks of a case up to what has just happened to it; the case with its target."""
    targets = targets_of(work)
    return _advance(work, case, targets, work.calendar.in_force() if targets.spans else Calendar())[0]


def _advance(
    work: Work, case: Case, targets: Targets, calendar: Calendar
) -> tuple[Case, list[tuple[ClockRow | None, ClockRow]]]:
    """The case with its target, and each clock that has changed: as it was and as it is."""
    kept = {(row.clock, row.begun_at): row for row in work.calendar.clocks(case.id)}
    if not kept and not targets.spans:
        return case, []
    steps = [(event.at, event.to_state) for event in work.cases.events(case.id)]
    changed = []
    target = None
    for clock in clocks_of(steps):
        row = kept.get((clock.name, clock.begin))
        now = _row(case.id, clock, row, targets, calendar)
        if now is not None and clock.name == DECISION and clock.end is None:
            target = now.due_at
        if now is not None and now != row:
            work.calendar.save(now)
            changed.append((row, now))
    return work.cases.set_due(case, target), changed


def _row(
    case_id: int, clock: Clock, row: ClockRow | None, targets: Targets, calendar: Calendar
) -> ClockRow | None:
    """A clock as it is to be kept; None for one that has no target, or was over before there was one.

    What was over stays as it was measured.
    """
    span = targets.spans.get(clock.name)
    if row is None and (span is None or clock.end is not None):
        return None
    row = row or ClockRow(case_id, clock.name, clock.begin, clock.pauses, "")
    if clock.end is not None:
        return replace(row, pauses=clock.pauses, ended_at=clock.end)
    if span is None:
        return replace(row, pauses=clock.pauses, span="", due_at=None, warn_at=None, escalate_at=None)
    made = rungs(clock, span, targets.warn_before, calendar)
    return replace(
        row,
        pauses=clock.pauses,
        span=str(span),
        due_at=made.due.at,
        warn_at=made.warn_at,
        escalate_at=made.escalate_at,
    )


def why(work: Work, case: Case) -> tuple[Span, Due] | None:
    """The target for a decision on this case and what has moved it; None without one, or once decided."""
    span = targets_of(work).spans.get(DECISION)
    steps = [(event.at, event.to_state) for event in work.cases.events(case.id)]
    open_ = [clock for clock in clocks_of(steps) if clock.name == DECISION and clock.end is None]
    if span is None or not open_:
        return None
    return span, due(span, open_[-1].begin, open_[-1].pauses, work.calendar.in_force())


def recount(work: Work, each: Each | None = None) -> bool:
    """Compute some clocks anew for a change of the calendar or of a target: of cases, then of the rest.

    Args:
        work: this unit.
        each: does something to each of these cases, and of these complaints; one that fails need not stop
            the others. None in the unit of whoever made the change: nothing of it is undone by one that
            fails, and all of these are left to the sweep.

    Returns:
        Whether there may be more to do.
    """
    if each is not None:
        return _recount(work, each)
    more: list[bool] = []
    failed = work.attempt(lambda: more.append(_recount(work, _each)))
    return failed is not None or more[0]


def _recount(work: Work, each: Each) -> bool:
    """One batch of it, cases and complaints side by side by their numbers.

    A recount that was half done when this came to be had come so far with cases alone. The complaints up to
    that number keep the target of before, until they are acted on or the calendar or a target changes next:
    the note says nothing of its shape, and what it says is what people are told.
    """
    running = work.calendar.recount()
    if running is None:
        return False
    targets, calendar = targets_of(work), work.calendar.in_force()
    cases = work.calendar.open_cases(running.reached, BATCH)
    answers = work.complaints.open_after(running.reached, BATCH)
    upto = min((found[-1] for found in (cases, answers) if len(found) == BATCH), default=None)

    def move(number: int) -> None:
        for was, now in _advance(work, work.cases.get(number), targets, calendar)[1]:
            if was is not None and was.due_at and now.due_at and was.due_at != now.due_at:
                work.calendar.moved(running, now, was.due_at)

    each([number for number in cases if upto is None or number <= upto], move)
    each(
        [number for number in answers if upto is None or number <= upto],
        lambda number: complaint_clocks.recount(work, number, running.changes),
    )
    if upto is None:
        reset_clocks.recount(work, running.changes)
    work.calendar.reach(running, running.reached if upto is None else upto, done=upto is None)
    return True


def would_move(work: Work, calendar: Calendar) -> int:
    """How many targets another calendar would move, of the first `COUNTED` that are not up yet."""
    rows = work.calendar.running(work.now, COUNTED)
    moved = sum(
        due(Span.of(row.span), row.begun_at, row.pauses, calendar).at != row.due_at
        for row in rows
        if row.span
    )
    others = complaint_clocks.would_move(work, calendar) + reset_clocks.would_move(work, calendar)
    return moved + others


def moves(work: Work) -> tuple[MovedTarget, ...]:
    """Targets that were moved and of which nobody was told, several moves of one as one; now they are told.

    A clock that is over, and a move within one day, are nobody's news.
    """
    found: dict[tuple[int, str], MovedTarget] = {}
    for move in work.calendar.untold(BATCH):
        work.calendar.told(move.id)
        first = found.get((move.case_id, move.clock))
        told = (
            (*first.changes, *(c for c in move.changes if c not in first.changes)) if first else move.changes
        )
        found[move.case_id, move.clock] = replace(move, was=first.was if first else move.was, changes=told)
    return tuple(move for move in found.values() if _is_news(work, move))


def _is_news(work: Work, move: MovedTarget) -> bool:
    now = [row for row in work.calendar.clocks(move.case_id) if row.clock == move.clock and not row.ended_at]
    still = any(row.due_at == move.became for row in now)
    return still and tehran_day(move.was) != tehran_day(move.became)


def ring(work: Work) -> tuple[tuple[ClockRow, tuple[str, ...]], ...]:
    """Clocks that have something to make known now, each with what: it is noted as said in this very unit.

    A process that was down says of each only what is true now: what is up is not warned of, and a breach and
    its escalation come together. What was said of a moment stays said, though it was another meanwhile.
    """
    return tuple(_said(work, row) for row in work.calendar.ringing(BATCH))


def _said(work: Work, row: ClockRow) -> tuple[ClockRow, tuple[str, ...]]:
    up = _come(row.due_at, work.now)
    said = {
        WARN: not up and _is_to_say(row.warn_at, row.warned_at, work.now),
        BREACH: _is_to_say(row.due_at, row.breached_at, work.now),
        ESCALATE: _is_to_say(row.escalate_at, row.escalated_at, work.now),
    }
    done = replace(
        row,
        warned_at=work.now if said[WARN] else row.warned_at,
        breached_at=work.now if said[BREACH] else row.breached_at,
        escalated_at=work.now if said[ESCALATE] else row.escalated_at,
    )
    work.calendar.save(done)
    return done, tuple(code for code, now in said.items() if now)


def _is_to_say(moment: datetime | None, said_at: datetime | None, now: datetime) -> bool:
    return _come(moment, now) and not is_said(said_at, moment)


def _come(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now
