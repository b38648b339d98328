"""The clocks of a case, read from its life: first look, decision, and the wait for a correction.

Each is a pure function of the steps; what the office wants of it is a setting, unset by default.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from domain.calendar import Calendar
from domain.lifecycle import CLOCK_RUNS_IN, State
from domain.targets import Due, Pause, Span, ahead, due, half

FIRST_LOOK, DECISION, CORRECTION = "first_look", "decision", "correction"

TARGET_OF: Final = {
    FIRST_LOOK: "first_look_target",
    DECISION: "decision_target",
    CORRECTION: "correction_target",
}
"""The setting that is each clock's target."""

RETURNED: Final = "correction"
"""Why the clock of a decision stands still."""

WARN, BREACH, ESCALATE = "warn", "breach", "escalate"
"""What a clock makes known, in this order, each once."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: from when, when it stood still, and until when; `end` is None while it is not over."""

    name: str
    begin: datetime
    pauses: tuple[Pause, ...] = ()
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rungs:
    """When a clock makes something known.

    Attributes:
        due: when it is up, and why then.
        warn_at: the early warning; None for none.
        escalate_at: when the directors hear of it; None for never.
    """

    due: Due
    warn_at: datetime | None = None
    escalate_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Stay:
    state: State
    begin: datetime
    end: datetime | None


def clocks_of(steps: Sequence[tuple[datetime, State]]) -> tuple[Clock, ...]:
    """Every clock of a case, over or not.

    Args:
        steps: every moment at which something happened, with the state from then on, in order.
    """
    stays = _stays(steps)
    first = tuple(
        Clock(FIRST_LOOK, stay.begin, (), stay.end) for stay in stays[:1] if stay.state is State.SUBMITTED
    )
    waits = (Clock(CORRECTION, stay.begin, (), stay.end) for stay in stays if stay.state is State.RETURNED)
    rounds = (tuple(round_) for open_, round_ in groupby(stays, key=_undecided) if open_)
    return (*first, *map(_decision, rounds), *waits)


def rungs(clock: Clock, span: Span, warn_before: Span | None, calendar: Calendar) -> Rungs:
    """When a clock is up, and who hears of it when.

    Whoever has the case hears of it when it is up, or when the office opens next; the directors when it opens
    on a later day than that. A correction is the agency's, who is reminded as early as others are warned (at
    half of it where that is unset or lies before its beginning), and when it is up.
    """
    when = due(span, clock.begin, clock.pauses, calendar)
    if when.at is None:
        return Rungs(when)
    early = ahead(warn_before, when.at, calendar) if warn_before else None
    if clock.name == CORRECTION:
        middle = due(half(span), clock.begin, (), calendar).at
        return Rungs(when, _before(early if early and early > clock.begin else middle, when.at))
    told = calendar.next_open(when.at)
    later = calendar.next_day_open(told) if told else None
    return Rungs(when, early if early and early > clock.begin else None, later)


def _before(moment: datetime | None, other: datetime) -> datetime | None:
    return moment if moment is not None and moment < other else None


def _stays(steps: Sequence[tuple[datetime, State]]) -> tuple[_Stay, ...]:
    """How long it stood in each state; acts that leave the state are no step of it."""
    begun = [step for n, step in enumerate(steps) if not n or steps[n - 1][1] is not step[1]]
    ends = [moment for moment, _ in begun[1:]] + [None]
    return tuple(_Stay(state, begin, end) for (begin, state), end in zip(begun, ends, strict=True))


def _undecided(stay: _Stay) -> bool:
    return stay.state in CLOCK_RUNS_IN or stay.state is State.RETURNED


def _decision(stays: tuple[_Stay, ...]) -> Clock:
    pauses = (Pause(stay.begin, stay.end, RETURNED) for stay in stays if stay.state is State.RETURNED)
    return Clock(DECISION, stays[0].begin, tuple(pauses), stays[-1].end)
