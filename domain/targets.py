"""Target times of the office: so many working days or office hours from a moment on, less the pauses.

The agreement names no time limit («در کوتاه‌ترین زمان ممکن»); every target is a setting of the office, unset
by default.

* A target in working days asks no hours: it is up at the close of the nth working day after the day on which
  it began. A working day is counted if the clock runs at its close.
* A target in office hours is up when the office was open for so long while the clock ran.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, Literal, Self, cast

from domain.calendar import LOOKED_AHEAD, Calendar, Moments, days_from
from persian.dates import TEHRAN, tehran_day

Unit = Literal["days", "hours"]
"""«روز کاری» or «ساعت اداری»: two different things."""

Line = tuple[str, dict[str, object]]

Times = tuple[Moments, ...]

HOLIDAY, CLOSURE, PAUSE, WEEKEND, DOUBTFUL, NO_HOURS = (
    "holiday",
    "closure",
    "pause",
    "weekend",
    "doubtful",
    "no_hours",
)
"""Codes of the lines that say what moved a target."""


@dataclass(frozen=True, slots=True)
class Span:
    """So many working days, or so many office hours; as text `3d` or `8h`."""

    amount: int
    unit: Unit

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what `str` writes.

        Raises:
            ValueError: it is no span.
        """
        found = _SPAN.fullmatch(text)
        if found is None:
            raise ValueError(text)
        return cls(int(found[1]), _UNITS[found[2]])

    def __str__(self) -> str:
        return f"{self.amount}{self.unit[0]}"


_SPAN: Final = re.compile("([1-9][0-9]{0,5})([dh])", re.ASCII)
_UNITS: Final[dict[str, Unit]] = {"d": "days", "h": "hours"}


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stood still; `end` is None while it still does."""

    begin: datetime
    end: datetime | None
    why: str

    def covers(self, moment: datetime) -> bool:
        """Whether the clock stands still at this moment."""
        return self.begin <= moment and (self.end is None or moment < self.end)


@dataclass(frozen=True, slots=True)
class Due:
    """A target moment, with one line for everything that moved it.

    Attributes:
        at: the moment; None while the clock stands still, and for hours while no office hours are set.
        lines: codes with values, in the order of time: ("holiday" or "closure", {day, name}),
            ("pause", {begin, end, why}), ("weekend", {days: how many}), ("doubtful", {day, name}) for a lunar
            day that is not confirmed and moves nothing, ("no_hours", {}).
    """

    at: datetime | None
    lines: tuple[Line, ...] = ()


def due(span: Span, begin: datetime, pauses: Sequence[Pause], calendar: Calendar) -> Due:
    """When a target is up: a pure function of what happened and of the calendar.

    Args:
        span: how long.
        begin: when the clock began (aware).
        pauses: when it stood still, in the order of time; only the last may be open.
        calendar: the office's.
    """
    story = _Story(calendar)
    left = span.amount * _SIZE[span.unit]
    for day in days_from(tehran_day(begin)):
        if _ended(pauses, day):
            break
        if span.unit == "hours" and not calendar.has_hours(day):
            return Due(None, (*story.lines, (NO_HOURS, {})))
        would = _ordinary(span.unit, day, begin, calendar)
        runs = _less(would, pauses)
        story.tell(day, would, runs, pauses)
        for opened, closed in runs if calendar.is_working_day(day) else ():
            size = _DAY if span.unit == "days" else closed - opened
            if left <= size:
                return story.over(_utc(closed if span.unit == "days" else opened + left))
            left -= size
    return Due(None, story.lines)


def half(span: Span) -> Span:
    """Half of a span, the larger part of an odd one."""
    return Span((span.amount + 1) // 2, span.unit)


def ahead(span: Span, at: datetime, calendar: Calendar) -> datetime | None:
    """The moment that lies so many working days or office hours before another; None where none does.

    Of working days it is the opening of the nth one before; hours need office hours.
    """
    day = tehran_day(at)
    before = (day - _DAY * n for n in range(LOOKED_AHEAD))
    if span.unit == "days":
        working = (each for each in before if each != day and calendar.is_working_day(each))
        found = next(islice(working, span.amount - 1, None), None)
        return _utc(calendar.opening(found)) if found else None
    left = dt.timedelta(hours=span.amount)
    for each in before if calendar.periods else ():
        for opened, closed in reversed(calendar.office_spans(each)):
            size = max(min(closed, at) - opened, dt.timedelta())
            if left <= size:
                return _utc(min(closed, at) - left)
            left -= size
    return None


class _Story:
    """What moves a target, collected while its days are walked through."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._lines: list[Line] = []
        self._weekend = 0
        self._paused: list[Pause] = []

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything that moved it, the weekly days off last."""
        weekly: list[Line] = [(WEEKEND, {"days": self._weekend})] if self._weekend else []
        return (*self._lines, *weekly)

    def over(self, at: datetime) -> Due:
        """It is up: a pause that begins later on that day has not moved it."""
        return Due(at, tuple(line for line in self.lines if line[0] != PAUSE or _began(line) < at))

    def tell(self, day: dt.date, would: Times, runs: Times, pauses: Sequence[Pause]) -> None:
        """Note what keeps this day from being counted as it would on a working one."""
        named = self._calendar.named(day)
        if self._calendar.is_weekend(day):
            self._weekend += bool(runs)
        elif named is not None and runs:
            code = named.kind if named.confirmed else DOUBTFUL
            self._lines.append((code, {"day": day, "name": named.name}))
        elif runs != would:
            self._lines += [self._pause(pause) for pause in pauses if self._stops(pause, would)]

    def _stops(self, pause: Pause, would: Times) -> bool:
        return pause not in self._paused and _less(would, [pause]) != would

    def _pause(self, pause: Pause) -> Line:
        self._paused.append(pause)
        return PAUSE, {"begin": pause.begin, "end": pause.end, "why": pause.why}


def _began(line: Line) -> datetime:
    return cast("datetime", line[1]["begin"])


def _ordinary(unit: Unit, day: dt.date, begin: datetime, calendar: Calendar) -> Times:
    """What of a day would be counted if it were a working one: its close, or its hours from the beginning."""
    if unit == "days":
        close = calendar.close(day)
        return ((close, close),) if day > tehran_day(begin) else ()
    spans = ((_at(day, opened), _at(day, closed)) for opened, closed in calendar.ordinary_spans(day))
    return tuple((max(opened, begin), closed) for opened, closed in spans if begin < closed)


def _less(spans: Times, pauses: Sequence[Pause]) -> Times:
    """What of these times is left between the pauses; a mere moment is left or not."""
    for pause in pauses:
        spans = tuple(piece for span in spans for piece in _cut(span, pause))
    return spans


def _cut(span: Moments, pause: Pause) -> Times:
    opened, closed = span
    if opened == closed:
        return () if pause.covers(opened) else (span,)
    end = closed if pause.end is None else pause.end
    if closed <= pause.begin or end <= opened:
        return (span,)
    pieces = ((opened, min(closed, pause.begin)), (max(opened, end), closed))
    return tuple(piece for piece in pieces if piece[0] < piece[1])


def _ended(pauses: Sequence[Pause], day: dt.date) -> bool:
    """Whether the clock stands still from before this day on, until further notice."""
    return bool(pauses) and pauses[-1].end is None and tehran_day(pauses[-1].begin) < day


def _at(day: dt.date, time: dt.time) -> datetime:
    return datetime.combine(day, time, TEHRAN)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(dt.UTC)


_DAY: Final = dt.timedelta(days=1)
_SIZE: Final[dict[Unit, dt.timedelta]] = {"days": _DAY, "hours": dt.timedelta(hours=1)}
