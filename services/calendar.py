"""The office's working calendar: read by everybody's services, changed by an admin, every change a row.

Whatever is changed, the targets of open cases are computed anew: the first of them at once, the others by a
sweep.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from domain.authority import Deed, require, require_person
from domain.calendar import Calendar, DayOff, Period
from domain.errors import OutOfBounds
from domain.roles import Actor
from persian.dates import tehran_day
from persian.text import clean
from services import clocks
from storage.errors import Stale
from storage.records.calendar import WORKING, DayRow, WeekRow
from storage.work import Work

REASON_LIMIT: Final = 100
"""Characters of the reason of a closure: a technical bound."""
_DAYS_IN_WEEK: Final = 7


def close(work: Work, by: Actor, day: dt.date, reason: str) -> None:
    """Close the office on a day, at a day's notice or in hindsight: every target that moves is recomputed.

    Raises:
        NotYours: no admin.
    """
    number, name = _begin(work, by), clean(reason, limit=REASON_LIMIT)
    work.calendar.set_day(day, "closure", name, number)
    _changed(work, "closure", day=day.isoformat(), name=name)


def confirm(work: Work, by: Actor, row_id: int) -> None:
    """Confirm a lunar holiday that was only estimated; one that is confirmed stays as it is.

    Raises:
        NotYours: no admin.
        Stale: the day was set to something else since, or is no day off.
    """
    number = _begin(work, by)
    _, off = _standing(work, row_id)
    if off.confirmed:
        return
    work.calendar.set_day(off.day, off.kind, off.name, number)
    _changed(work, "holiday", day=off.day.isoformat(), name=off.name)


def reopen(work: Work, by: Actor, row_id: int) -> None:
    """Take back a closure or a holiday: the day is again what it was before it, a holiday or a working day.

    Raises:
        NotYours: no admin.
        Stale: the day was set to something else since, as by another press, or is no day off.
    """
    number = _begin(work, by)
    row, off = _standing(work, row_id)
    before = _below(work, row)
    if before is not None:
        work.calendar.set_day(off.day, before.kind, before.name, number, confirmed=before.confirmed)
    else:
        work.calendar.set_day(off.day, WORKING, off.name, number)
    _changed(work, "opened", day=off.day.isoformat(), name=off.name)


def reopened(work: Work, row: DayRow) -> Calendar:
    """The calendar as it would be once this row was taken back."""
    calendar, before = work.calendar.in_force(), _below(work, row)
    return with_day(calendar, before) if before is not None else without_day(calendar, row.day)


def set_weekend(work: Work, by: Actor, weekend: Iterable[int]) -> None:
    """Set the weekly days off, 0 for Saturday … 6 for Friday.

    Raises:
        NotYours: no admin.
        OutOfBounds: no day of the week would be left.
    """
    number, days = _begin(work, by), frozenset(weekend)
    if len(days) >= _DAYS_IN_WEEK:
        raise OutOfBounds("weekend", _DAYS_IN_WEEK - 1)
    work.calendar.set_week(days, work.calendar.in_force().periods, number)
    _changed(work, "weekend")


def set_hours(work: Work, by: Actor, period: Period) -> None:
    """Set the office hours of a part of the year; they replace those of just that part.

    Raises:
        NotYours: no admin.
    """
    number = _begin(work, by)
    _keep_hours(work, with_hours(work.calendar.in_force(), period), number)


def drop_hours(work: Work, by: Actor, period: Period) -> None:
    """Take office hours back.

    Raises:
        NotYours: no admin.
    """
    number = _begin(work, by)
    _keep_hours(work, without_hours(work.calendar.in_force(), period), number)


def entered(work: Work, by: Actor) -> tuple[DayRow, ...]:
    """The days that admins have set, the newest first.

    Raises:
        NotYours: no admin.
    """
    require(by, Deed.CALENDAR)
    return work.calendar.set_by_people()


def weeks(work: Work, by: Actor) -> tuple[WeekRow, ...]:
    """The weekly days off and office hours that were set, those in force first.

    Raises:
        NotYours: no admin.
    """
    require(by, Deed.CALENDAR)
    return work.calendar.weeks()


def unconfirmed(work: Work, by: Actor) -> tuple[DayRow, ...]:
    """The lunar holidays to come that wait to be confirmed.

    Raises:
        NotYours: no admin.
    """
    require(by, Deed.CALENDAR)
    today = tehran_day(work.now)
    return tuple(row for row in work.calendar.days() if not row.confirmed and row.day >= today)


def with_day(calendar: Calendar, off: DayOff) -> Calendar:
    """The calendar with this day off, in place of what that day is."""
    return replace(without_day(calendar, off.day), days=(*without_day(calendar, off.day).days, off))


def without_day(calendar: Calendar, day: dt.date) -> Calendar:
    """The calendar in which this day has no name."""
    return replace(calendar, days=tuple(each for each in calendar.days if each.day != day))


def with_hours(calendar: Calendar, period: Period) -> Calendar:
    """The calendar with these office hours, which count before older ones of the same kind."""
    where = (period.season, period.dates)
    others = (each for each in calendar.periods if (each.season, each.dates) != where)
    return replace(calendar, periods=(period, *others))


def without_hours(calendar: Calendar, period: Period) -> Calendar:
    """The calendar in which these office hours are not set."""
    return replace(calendar, periods=tuple(each for each in calendar.periods if each != period))


def _begin(work: Work, by: Actor) -> int:
    """An admin's number; of two changes at once, the second is made upon the first."""
    number = require_person(by, Deed.CALENDAR)
    work.calendar.hold()
    return number


def _standing(work: Work, row_id: int) -> tuple[DayRow, DayOff]:
    row = work.calendar.standing(row_id)
    if row is None or row.off is None:
        raise Stale("calendar_day", row_id)
    return row, row.off


def _below(work: Work, row: DayRow) -> DayOff | None:
    """What the day was when it was closed, if that was a holiday."""
    if row.kind != "closure":
        return None
    earlier = next((each for each in work.calendar.day(row.day) if each.kind != "closure"), None)
    return earlier.off if earlier is not None else None


def _keep_hours(work: Work, calendar: Calendar, by: int) -> None:
    chosen = calendar.weekend if calendar.weekend_set else None
    work.calendar.set_week(chosen, calendar.periods, by)
    _changed(work, "hours")


def _changed(work: Work, why: str, **values: str) -> None:
    work.calendar.ask_recount(why, **values)
    clocks.recount(work)
