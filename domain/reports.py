"""What a report counts: periods of the Jalali calendar, percentiles, and times on the working calendar.

* A percentile is the nearest rank: the smallest value that at least so many per cent of the values do not
  exceed. It is always a value that occurred.
* The working days of a case are those after the day of filing up to and including the day of its first
  decision, less those at whose close the case waited for a correction. A case decided on the day on which it
  was filed took none.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, Self

from domain.calendar import Calendar
from domain.targets import Pause, Span, due
from persian.dates import MONTHS_IN_YEAR, TEHRAN, add_months, gregorian, jalali, tehran_day, weekday

FEWEST: Final = 5
"""A figure over fewer than these is shown to nobody but staff: behind it somebody could be recognised."""
MEDIAN, NINETIETH = 50, 90
_SEASON: Final = 3
_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days in Tehran, from the first to the last, both of them included."""

    first: dt.date
    last: dt.date

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """When it begins, and the first moment after it; aware."""
        return _dawn(self.first), _dawn(self.last + _DAY)

    @property
    def before(self) -> Self:
        """Just as many days, up to the day before the first."""
        return type(self)(self.first - (self.last - self.first) - _DAY, self.first - _DAY)


def _dawn(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), TEHRAN).astimezone(dt.UTC)


def _month(day: dt.date) -> Period:
    year, month, _ = jalali(day)
    first = gregorian(year, month, 1)
    return Period(first, add_months(first, 1) - _DAY)


def _last_month(today: dt.date) -> Period:
    return _month(_month(today).first - _DAY)


def _season(today: dt.date) -> Period:
    year, month, _ = jalali(today)
    first = gregorian(year, (month - 1) // _SEASON * _SEASON + 1, 1)
    return Period(first, add_months(first, _SEASON) - _DAY)


def _year(today: dt.date) -> Period:
    first = gregorian(jalali(today)[0], 1, 1)
    return Period(first, add_months(first, MONTHS_IN_YEAR) - _DAY)


PERIODS: Final[Mapping[str, Callable[[dt.date], Period]]] = {
    "today": lambda today: Period(today, today),
    "week": lambda today: Period(today - _DAY * weekday(today), today + _DAY * (6 - weekday(today))),
    "month": _month,
    "last_month": _last_month,
    "season": _season,
    "year": _year,
}
"""The periods that are named, by name, from the day in Tehran; a week begins on Saturday."""


def last_days(today: dt.date, days: int) -> Period:
    """So many days, today the last of them."""
    return Period(today - _DAY * (days - 1), today)


class Decided(NamedTuple):
    """A case by its first decision, or by its first look; or a complaint by its first answer.

    Attributes:
        begin: when it was filed.
        end: when it was decided, looked at, or answered.
        pauses: when it waited for a correction, or for a reply.
    """

    begin: dt.datetime
    end: dt.datetime
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Times:
    """How long it took, in working days, and how often the office's target was kept.

    Attributes:
        count: how many were measured.
        judged: how many of them the target was set for; 0 while it is unset.
        kept: how many of those were in time.
    """

    count: int
    median: int | None
    ninetieth: int | None
    judged: int = 0
    kept: int = 0

    @classmethod
    def of(cls, groups: Iterable[tuple[int, bool | None, int]]) -> Self:
        """The figures of groups: (working days, whether the target was kept, if there was one, how many)."""
        days, verdicts = Counter[int](), Counter[bool | None]()
        for took, kept, count in groups:
            days[took] += count
            verdicts[kept] += count
        return cls(
            days.total(),
            _ranked(days, MEDIAN),
            _ranked(days, NINETIETH),
            verdicts[True] + verdicts[False],
            verdicts[True],
        )

    @property
    def share(self) -> int | None:
        """The whole per cent that were in time, rounded down: never better than it was."""
        return 100 * self.kept // self.judged if self.judged else None


def percentile(values: Iterable[int], per_cent: int) -> int | None:
    """The nearest rank (1 to 100 per cent), or None of no values."""
    return _ranked(Counter(values), per_cent)


def _ranked(counts: Counter[int], per_cent: int) -> int | None:
    """The same of values that are counted already."""
    rank, seen = -(-per_cent * counts.total() // 100), 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= rank:
            return value
    return None


class Measure:
    """Times on one calendar against one target; what was worked out for a day is kept."""

    def __init__(self, calendar: Calendar, span: Span | None) -> None:
        self._calendar = calendar
        self._span = span
        self._works = lru_cache(maxsize=None)(calendar.is_working_day)
        self._close = lru_cache(maxsize=None)(calendar.close)
        self._between = lru_cache(maxsize=None)(self._count)
        self._day = lru_cache(maxsize=None)(_day_of_half_hour)
        self._due_from = lru_cache(maxsize=None)(self._due_in_days)

    def times(self, decided: Sequence[Decided]) -> Times:
        """The figures of these."""
        return Times.of((self.working_days(one), self.kept(one), 1) for one in decided)

    def working_days(self, one: Decided) -> int:
        """How many working days it took."""
        first, last = self.day(one.begin), self.day(one.end)
        paused = sum(self._paused(one, day) for day in _days(first, last)) if one.pauses else 0
        return self._between(first, last) - paused

    def kept(self, one: Decided) -> bool | None:
        """Whether it was in time; None while there is no target, or no office hours to count it in."""
        if self._span is None:
            return None
        if one.pauses or self._span.unit == "hours":
            at = due(self._span, one.begin, one.pauses, self._calendar).at
        else:
            at = self._due_from(self.day(one.begin))
        return None if at is None else one.end <= at

    def day(self, moment: dt.datetime) -> dt.date:
        """The day in Tehran of an aware moment."""
        return self._day(int(moment.timestamp()) // _HALF_HOUR)

    def _count(self, first: dt.date, last: dt.date) -> int:
        return sum(self._works(day) for day in _days(first, last))

    def _paused(self, one: Decided, day: dt.date) -> bool:
        return self._works(day) and any(pause.covers(self._close(day)) for pause in one.pauses)

    def _due_in_days(self, day: dt.date) -> dt.datetime | None:
        """A target in working days hangs on the day of the beginning alone."""
        assert self._span is not None  # noqa: S101 - asked only where there is a target
        return due(self._span, _dawn(day), (), self._calendar).at


_HALF_HOUR: Final = 1800
"""Seconds. Tehran's days have always begun on a half hour of UTC."""


def _day_of_half_hour(number: int) -> dt.date:
    return tehran_day(dt.datetime.fromtimestamp(number * _HALF_HOUR, dt.UTC))


def _days(after: dt.date, until: dt.date) -> Iterable[dt.date]:
    """The days after the first up to the last."""
    return (after + _DAY * n for n in range(1, (until - after).days + 1))
