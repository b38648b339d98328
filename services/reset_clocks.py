"""The office's target for forgotten secrets: moved by the calendar and the setting until a code is issued.

What is kept follows from the moment of asking, the calendar and the settings alone, as it does of cases; what
was issued or has ended stays as it was measured.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain import targets as rules
from domain.calendar import Calendar
from domain.settings import RESET_TARGET
from domain.targets import Due, Span
from persian.dates import tehran_day
from services import targets
from storage.records.factors import Reset
from storage.work import Work


def why(work: Work, reset: Reset) -> tuple[Span, Due] | None:
    """The target for a request and what has moved it; None without a target, or once it is seen to."""
    span = targets.span_of(work, RESET_TARGET.name)
    if span is None or not _runs(reset):
        return None
    return span, rules.due(span, reset.asked_at, (), work.calendar.in_force())


def recount(work: Work, changes: Sequence[Mapping[str, str]]) -> None:
    """Work out the targets of open requests anew for a change of the calendar or of the target."""
    for reset, now in _dues(work, work.calendar.in_force()):
        if now != reset.due_at:
            work.factors.set_reset_due(reset, now, changes)


def moves(work: Work) -> tuple[Reset, ...]:
    """Requests whose target was moved to another day and of which nobody was told; now they are told."""
    return tuple(reset for reset in work.factors.moved_resets() if _runs(reset) and _is_news(reset))


def _is_news(reset: Reset) -> bool:
    was, now = reset.moved_from, reset.due_at
    return was is not None and now is not None and tehran_day(was) != tehran_day(now)


def would_move(work: Work, calendar: Calendar) -> int:
    """How many targets of requests another calendar would move, of those that are not up yet."""
    return sum(
        reset.due_at is not None and reset.due_at >= work.now and now is not None and now != reset.due_at
        for reset, now in _dues(work, calendar)
    )


def _dues(work: Work, calendar: Calendar) -> tuple[tuple[Reset, datetime | None], ...]:
    """Every request whose clock runs, with the moment at which it is up by this calendar."""
    span, running = targets.span_of(work, RESET_TARGET.name), filter(_runs, work.factors.open_resets())
    return tuple(
        (reset, rules.due(span, reset.asked_at, (), calendar).at if span else None) for reset in running
    )


def _runs(reset: Reset) -> bool:
    return reset.outcome is None and reset.issued_at is None
