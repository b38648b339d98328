"""The working calendar as the office has set it: the newest row of a day says what that day is."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, cast

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from domain.audit import Deed
from domain.calendar import WEEKEND, Calendar, Period
from storage.audit import note
from storage.clocks import Clocks
from storage.records.calendar import DayRow, WeekRow
from storage.tables.calendar import calendar_changes, calendar_days, working_weeks
from storage.transaction import Transaction

_newest = select(func.max(calendar_days.c.id)).group_by(calendar_days.c.day)
_DAYS: Final = select(calendar_days).where(calendar_days.c.id.in_(_newest)).order_by(calendar_days.c.day)
_STANDING: Final = select(calendar_days).where(
    calendar_days.c.id == bindparam("row"), calendar_days.c.id.in_(_newest)
)
_OF_DAY: Final = (
    select(calendar_days).where(calendar_days.c.day == bindparam("which")).order_by(calendar_days.c.id.desc())
)
_BY_PEOPLE: Final = (
    select(calendar_days).where(calendar_days.c.set_by.is_not(None)).order_by(calendar_days.c.id.desc())
)
_LAST_SEEDED: Final = select(func.max(calendar_days.c.day)).where(calendar_days.c.set_by.is_(None))
_SET_DAY: Final = insert(calendar_days)
_WEEKS: Final = select(working_weeks).order_by(working_weeks.c.id.desc())
_WEEK_IN_FORCE: Final = _WEEKS.limit(1)
_SET_WEEK: Final = insert(working_weeks)
_CHANGE = insert(calendar_changes)
# The update holds the one row until the unit ends, and creates it as well.
_HOLD: Final = _CHANGE.on_conflict_do_update(
    index_elements=[calendar_changes.c.id], set_={"begun_at": _CHANGE.excluded.begun_at}
)
_BEGIN: Final = _CHANGE.on_conflict_do_nothing()
_KEEP: Final = select(calendar_changes.c.id).with_for_update(read=True)


class Calendars(Clocks):
    """The working calendar, and the clocks that run by it."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction)
        self._read: Calendar | None = None

    def in_force(self) -> Calendar:
        """The calendar as it stands; a list of many targets reads it once."""
        if self._read is None:
            self._read = self._calendar()
        return self._read

    def hold(self) -> None:
        """Let nobody else change the calendar until this unit ends, and read it anew."""
        self._tx.connection.execute(_HOLD, {"id": 1, "begun_at": self._tx.now})
        self._read = None

    def keep(self) -> None:
        """Let nobody change the calendar until this unit ends, while others keep it too; read it anew.

        A case that arises beside a change would be missed by it, and would not know of it either.
        """
        if self._tx.connection.execute(_KEEP).first() is None:
            self._tx.connection.execute(_BEGIN, {"id": 1, "begun_at": self._tx.now})
            self._tx.connection.execute(_KEEP).all()
        self._read = None

    def _calendar(self) -> Calendar:
        week = next(map(_week, self._tx.connection.execute(_WEEK_IN_FORCE)), None)
        days = tuple(off for off in (row.off for row in self.days()) if off is not None)
        if week is None:
            return Calendar(days=days)
        weekend = WEEKEND if week.weekend is None else week.weekend
        return Calendar(weekend, days, week.periods, weekend_set=week.weekend is not None)

    def days(self) -> tuple[DayRow, ...]:
        """What every day that was ever set is now, in the order of time."""
        return tuple(map(_day, self._tx.connection.execute(_DAYS)))

    def day(self, day: dt.date) -> tuple[DayRow, ...]:
        """Everything that this day was set to, the newest first."""
        return tuple(map(_day, self._tx.connection.execute(_OF_DAY, {"which": day.isoformat()})))

    def standing(self, row_id: int) -> DayRow | None:
        """This row, while it is the newest of its day; None for one that is not, or is none."""
        found = self._tx.connection.execute(_STANDING, {"row": row_id}).first()
        return None if found is None else _day(found)

    def set_by_people(self) -> tuple[DayRow, ...]:
        """The days that admins have set, the newest first."""
        return tuple(map(_day, self._tx.connection.execute(_BY_PEOPLE)))

    def last_seeded(self) -> dt.date | None:
        """The last day that came with the package of holidays; None before any did."""
        found = self._tx.connection.execute(_LAST_SEEDED).scalar_one()
        return dt.date.fromisoformat(found) if found else None

    def set_day(self, day: dt.date, kind: str, name: str, by: int | None, *, confirmed: bool = True) -> None:
        """Say what a day is from now on; None for `by` is the package of holidays."""
        values = {
            "day": day.isoformat(),
            "kind": kind,
            "name": name,
            "confirmed": confirmed,
            "set_by": by,
            "set_at": self._tx.now,
        }
        self._tx.connection.execute(_SET_DAY, values)
        if by is not None:  # the package of holidays brings hundreds, of which it says so itself
            note(self._tx, Deed.CALENDAR, by=by, about=f"day:{day.isoformat()}", kind=kind)
        self._read = None

    def weeks(self) -> tuple[WeekRow, ...]:
        """The working weeks that were set, the one in force first."""
        return tuple(map(_week, self._tx.connection.execute(_WEEKS)))

    def set_week(self, weekend: Iterable[int] | None, periods: Iterable[Period], by: int | None) -> None:
        """Set weekly days off and office hours from now on.

        Args:
            weekend: None while the office has chosen none.
            periods: the office hours, the ones set last first.
            by: None for the command line.
        """
        values = {
            "weekend": None if weekend is None else sorted(weekend),
            "periods": [_kept(period) for period in periods],
            "set_by": by,
            "set_at": self._tx.now,
        }
        self._tx.connection.execute(_SET_WEEK, values)
        note(self._tx, Deed.CALENDAR, by=by, about="week")
        self._read = None


def _day(found: Row[Any]) -> DayRow:
    day = dt.date.fromisoformat(found.day)
    return DayRow(found.id, day, found.kind, found.name, found.confirmed, found.set_by, found.set_at)


def _week(found: Row[Any]) -> WeekRow:
    periods = tuple(map(_period, found.periods))
    weekend = None if found.weekend is None else frozenset(found.weekend)
    return WeekRow(weekend, periods, found.set_by, found.set_at)


def _kept(period: Period) -> dict[str, object]:
    """Hours as `HH:MM`, a season as Jalali months and days, dates as ISO text."""
    return {
        "spans": [[f"{begin:%H:%M}", f"{end:%H:%M}"] for begin, end in period.spans],
        "season": period.season,
        "dates": [day.isoformat() for day in period.dates] if period.dates else None,
    }


def _period(kept: dict[str, Any]) -> Period:
    spans = tuple((dt.time.fromisoformat(begin), dt.time.fromisoformat(end)) for begin, end in kept["spans"])
    season = cast("list[list[int]] | None", kept["season"])
    dates = kept["dates"]
    return Period(
        spans,
        ((season[0][0], season[0][1]), (season[1][0], season[1][1])) if season else None,
        (dt.date.fromisoformat(dates[0]), dt.date.fromisoformat(dates[1])) if dates else None,
    )
