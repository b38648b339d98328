"""The office's working calendar: read by everybody's services, changed by an admin, every change a row.

Whatever is changed, the targets of open cases are computed anew: the first of them at once, the others by a
sweep.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from domain.calendar import Calendar, DayOff, Period
from domain.errors import NotYours, OutOfBounds
from domain.roles import Actor, Role
from persian.dates import tehran_day
from persian.text import clean
from services import clocks
from storage.calendar import WORKING
from storage.records.calendar import DayRow, WeekRow
from storage.work import Work

REASON_LIMIT: Final = 100
"""Characters of the reason of a closure: a technical bound."""
SHOWN: Final = 10
_DAYS_IN_WEEK: Final = 7


def calendar_of(work: Work) -> Calendar:
    """The calendar as it stands: weekly days off, days off by name, office hours."""
    return work.calendar.in_force()


def require_admin(actor: Actor) -> int:
    """The number of an admin.

    Raises:
        NotYours: no admin.
    """
    if actor.person_id is None or not actor.has(Role.ADMIN):
        raise NotYours("calendar")
    return actor.person_id


def close(work: Work, by: Actor, day: dt.date, reason: str) -> None:
    """Close the office on a day, at a day's notice or in hindsight: every target that moves is recomputed.

    Raises:
        NotYours: no admin.
    """
    name = clean(reason, limit=REASON_LIMIT)
    work.calendar.set_day(day, "closure", name, require_admin(by))
    _changed(work, "closure", day=day.isoformat(), name=name)


def confirm(work: Work, by: Actor, day: dt.date) -> None:
    """Confirm a lunar holiday that was only estimated; one that is confirmed, or none, stays as it is.

    Raises:
        NotYours: no admin.
    """
    number, off = require_admin(by), calendar_of(work).named(day)
    if off is None or off.confirmed:
        return
    work.calendar.set_day(day, off.kind, off.name, number)
    _changed(work, "holiday", day=day.isoformat(), name=off.name)


def reopen(work: Work, by: Actor, day: dt.date) -> None:
    """Take back a closure or a holiday: the day is again what it was before it, a holiday or a working day.

    Raises:
        NotYours: no admin.
    """
    number, off = require_admin(by), calendar_of(work).named(day)
    if off is None:
        return
    before = _before_closure(work, day) if off.kind == "closure" else None
    if before is not None:
        work.calendar.set_day(day, before.kind, before.name, number, confirmed=before.confirmed)
    else:
        work.calendar.set_day(day, WORKING, off.name, number)
    _changed(work, "opened", day=day.isoformat(), name=off.name)


def set_weekend(work: Work, by: Actor, weekend: Iterable[int]) -> None:
    """Set the weekly days off, 0 for Saturday … 6 for Friday.

    Raises:
        NotYours: no admin.
        OutOfBounds: no day of the week would be left.
    """
    number, days = require_admin(by), frozenset(weekend)
    if len(days) >= _DAYS_IN_WEEK:
        raise OutOfBounds("weekend", _DAYS_IN_WEEK - 1)
    work.calendar.set_week(days, calendar_of(work).periods, number)
    _changed(work, "weekend")


def set_hours(work: Work, by: Actor, period: Period) -> None:
    """Set the office hours of a part of the year; they replace those of just that part.

    Raises:
        NotYours: no admin.
    """
    calendar = calendar_of(work)
    work.calendar.set_week(calendar.weekend, with_hours(calendar, period).periods, require_admin(by))
    _changed(work, "hours")


def drop_hours(work: Work, by: Actor, period: Period) -> None:
    """Take office hours back.

    Raises:
        NotYours: no admin.
    """
    calendar = calendar_of(work)
    left = without_hours(calendar, period)
    work.calendar.set_week(calendar.weekend, left.periods, require_admin(by))
    _changed(work, "hours")


def entered(work: Work, by: Actor) -> tuple[DayRow, ...]:
    """The last days that admins have set, the newest first.

    Raises:
        NotYours: no admin.
    """
    require_admin(by)
    return work.calendar.set_by_people(SHOWN)


def weeks(work: Work, by: Actor) -> tuple[WeekRow, ...]:
    """The last weekly days off and office hours that were set, those in force first.

    Raises:
        NotYours: no admin.
    """
    require_admin(by)
    return work.calendar.weeks(SHOWN)


def unconfirmed(work: Work, by: Actor) -> tuple[DayOff, ...]:
    """The next lunar holidays that wait to be confirmed.

    Raises:
        NotYours: no admin.
    """
    require_admin(by)
    today = tehran_day(work.now)
    return tuple(day for day in calendar_of(work).days if not day.confirmed and day.day >= today)[:SHOWN]


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


def _before_closure(work: Work, day: dt.date) -> DayRow | None:
    """What the day was when it was closed, if that was a holiday."""
    earlier = next((row for row in work.calendar.day(day) if row.kind != "closure"), None)
    return earlier if earlier is not None and earlier.kind != WORKING else None


def _changed(work: Work, why: str, **values: str) -> None:
    work.calendar.ask_recount(why, **values)
    clocks.recount(work)
