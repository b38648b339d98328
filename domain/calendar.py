"""The working calendar of the office as a plain value: weekly days off, days off by name, office hours.

Every moment is read in Tehran's time, whatever the zone of the host.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from persian.dates import TEHRAN, jalali, tehran_day, weekday

THURSDAY, FRIDAY = 5, 6
WEEKEND: Final = frozenset({THURSDAY, FRIDAY})
"""Weekly days off while the office has chosen none, shown as an assumption: 0 is Saturday … 6 Friday."""

LOOKED_AHEAD: Final = 8000
"""Days within which a working day is looked for: a technical bound, above twenty years."""

END_OF_DAY: Final = dt.time(23, 59)
"""When a day ends for targets in working days while no office hours are set."""

TECHNICAL_HOURS: Final = (dt.time(8), dt.time(20))
"""Where no office hours are set, when people may be reminded on working days: a technical bound, no rule."""

MonthDay = tuple[int, int]
"""A Jalali month and day."""

EVE_OF_LEAP_DAY: Final[MonthDay] = (12, 29)
LEAP_DAY: Final[MonthDay] = (12, 30)
"""30 Esfand, which the last season of a leap year must not leave out."""

Hours = tuple[dt.time, dt.time]
"""Office hours from–to on one day, the end after the beginning."""

Moments = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day off that is no weekly one.

    Attributes:
        kind: a public holiday, or a closure of the office at a day's notice.
        name: the holiday, or the reason of the closure.
        confirmed: whether it counts; a lunar day that is only estimated warns, and moves no date.
    """

    day: dt.date
    kind: Literal["holiday", "closure"]
    name: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Period:
    """Office hours of a part of the year.

    Attributes:
        spans: in order, none touching another.
        season: first and last day of every year; it may go over the new year, and what ends with 29 Esfand
            ends with the year. None: the whole year.
        dates: first and last day of one time only, such as Ramadan; it goes before every season.
    """

    spans: tuple[Hours, ...]
    season: tuple[MonthDay, MonthDay] | None = None
    dates: tuple[dt.date, dt.date] | None = None

    def covers(self, day: dt.date) -> bool:
        """Whether these hours are those of this day."""
        if self.dates is not None:
            return self.dates[0] <= day <= self.dates[1]
        if self.season is None:
            return True
        first, last = self.season
        last = LEAP_DAY if last == EVE_OF_LEAP_DAY else last
        _, *at = jalali(day)
        here = (at[0], at[1])
        return first <= here <= last if first <= last else here >= first or here <= last


@dataclass(frozen=True)
class Calendar:
    """When the office works.

    Attributes:
        weekend: weekly days off, 0 for Saturday … 6 for Friday; never all seven.
        days: days off by name, each day once.
        periods: office hours; of those that cover a day the dated one counts, then the one of a season, then
            that of the whole year. Empty while none are set.
        weekend_set: whether the office has chosen its weekly days off; else they are the system's assumption.
    """

    weekend: frozenset[int] = WEEKEND
    days: tuple[DayOff, ...] = ()
    periods: tuple[Period, ...] = field(default=())
    weekend_set: bool = False

    @cached_property
    def _off(self) -> dict[dt.date, DayOff]:
        return {each.day: each for each in self.days}

    def has_hours(self, since: dt.date) -> bool:
        """Whether office hours are set for any time from this day on."""
        return any(period.dates is None or since <= period.dates[1] for period in self.periods)

    def named(self, day: dt.date) -> DayOff | None:
        """The holiday or closure of this day, confirmed or not; None for none."""
        return self._off.get(day)

    def day_off(self, day: dt.date) -> DayOff | None:
        """The holiday or closure that counts on this day, on a weekly day off too; None for none."""
        found = self._off.get(day)
        return found if found is not None and found.confirmed else None

    def is_weekend(self, day: dt.date) -> bool:
        """Whether it is a weekly day off."""
        return weekday(day) in self.weekend

    def is_working_day(self, day: dt.date) -> bool:
        """Whether the office works on this day."""
        return not self.is_weekend(day) and self.day_off(day) is None

    def ordinary_spans(self, day: dt.date) -> tuple[Hours, ...]:
        """The hours of this day as if it were a working one; empty while none are set for it."""
        covering = [period for period in self.periods if period.covers(day)]
        return min(covering, key=_rank).spans if covering else ()

    def office_spans(self, day: dt.date) -> tuple[Moments, ...]:
        """When the office is open on this day, in Tehran's time; empty on a day off and without hours."""
        if not self.is_working_day(day):
            return ()
        return tuple((_at(day, begin), _at(day, end)) for begin, end in self.ordinary_spans(day))

    def close(self, day: dt.date) -> dt.datetime:
        """When a day's work ends: with the last office hours, or with the day while none are set."""
        spans = self.ordinary_spans(day)
        return _at(day, spans[-1][1] if spans else END_OF_DAY)

    def opening(self, day: dt.date) -> dt.datetime:
        """When a day's work begins: with the first office hours, or with the day while none are set."""
        spans = self.ordinary_spans(day)
        return _at(day, spans[0][0] if spans else dt.time())

    def next_day_open(self, moment: dt.datetime) -> dt.datetime | None:
        """When the office opens on a later day than the one of this moment; None if it never does."""
        return self.next_open(_at(tehran_day(moment) + _DAY, dt.time()))

    def is_open(self, moment: dt.datetime) -> bool:
        """Whether the office is open now: in its hours, or in the technical ones of a day without any."""
        return any(begin <= moment < end for begin, end in self._reachable(tehran_day(moment)))

    def next_open(self, moment: dt.datetime) -> dt.datetime | None:
        """This moment if the office is open, else when it opens next; None if it never does."""
        for day in days_from(tehran_day(moment)):
            for begin, end in self._reachable(day):
                if moment < end:
                    return max(begin, moment)
        return None

    def working_days(self, after: dt.date) -> Iterator[dt.date]:
        """The working days after this one."""
        return (day for day in days_from(after + _DAY) if self.is_working_day(day))

    def _reachable(self, day: dt.date) -> tuple[Moments, ...]:
        if self.ordinary_spans(day) or not self.is_working_day(day):
            return self.office_spans(day)
        return ((_at(day, TECHNICAL_HOURS[0]), _at(day, TECHNICAL_HOURS[1])),)


_DAY: Final = dt.timedelta(days=1)


def days_from(first: dt.date) -> Iterator[dt.date]:
    """This day and those after it, as far as is looked."""
    return (first + _DAY * n for n in range(LOOKED_AHEAD))


def _rank(period: Period) -> int:
    return 0 if period.dates else 1 if period.season else 2


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, TEHRAN)
