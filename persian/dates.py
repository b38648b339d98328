"""Jalali dates and Tehran time: the calendar, and how dates are written for people.

Dates are kept as ``datetime.date`` (ISO) and moments as aware datetimes; the Jalali calendar is
for people only. Names are our own: jdatetime keeps its locale per thread and is used only to convert.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import jdatetime

from persian.errors import Unreadable
from persian.text import to_persian_digits

TEHRAN = ZoneInfo("Asia/Tehran")
FIRST_YEAR, LAST_YEAR = 1300, 1500
MONTHS = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
WEEKDAYS = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")
"""Saturday first, as a Persian week begins."""

MONTHS_IN_YEAR = 12

_LONG_MONTHS, _WEEK = 6, 7


def out_of_range() -> Unreadable:
    """The refusal of a year before the first or after the last that is read."""
    return Unreadable("date_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)


def jalali(date: dt.date) -> tuple[int, int, int]:
    """Return the Jalali year, month and day of a date."""
    day = jdatetime.date.fromgregorian(year=date.year, month=date.month, day=date.day)
    return day.year, day.month, day.day


def gregorian(year: int, month: int, day: int) -> dt.date:
    """Return the date of a Jalali day of the years 1300–1500.

    Raises:
        Unreadable: ``date_out_of_range`` (first, last) or ``date_impossible`` (year, month, days).
        ValueError: for a month that is none of 1–12.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise out_of_range()
    days = days_in_month(year, month)
    if not 1 <= day <= days:
        raise Unreadable("date_impossible", year=year, month=month, days=days)
    return _to_gregorian(year, month, day)


def _to_gregorian(year: int, month: int, day: int) -> dt.date:
    converted: dt.date = jdatetime.date(year, month, day).togregorian()
    return converted


def days_in_month(year: int, month: int) -> int:
    """Return how many days a Jalali month has: 31 in months 1–6, 30 in 7–11, 29 or 30 in Esfand.

    Raises:
        ValueError: for a month that is none of 1–12.
    """
    if not 1 <= month <= MONTHS_IN_YEAR:
        raise ValueError(month)
    if month <= _LONG_MONTHS:
        return 31
    is_long = month < MONTHS_IN_YEAR or jdatetime.date(year, 1, 1).isleap()
    return 30 if is_long else 29


def add_months(date: dt.date, n: int) -> dt.date:
    """Move a date by n Jalali months; its day is clamped to the length of the month reached.

    Compute every due date from the first one: clamped days do not come back.
    """
    year, month, day = jalali(date)
    years, month_index = divmod(month - 1 + n, MONTHS_IN_YEAR)
    year, month = year + years, month_index + 1
    return _to_gregorian(year, month, min(day, days_in_month(year, month)))


def month_grid(year: int, month: int) -> tuple[tuple[int, ...], ...]:
    """Lay out a Jalali month as weeks of seven cells, Saturday first, 0 for an empty cell."""
    days = days_in_month(year, month)
    before = weekday(_to_gregorian(year, month, 1))
    cells = [*(0,) * before, *range(1, days + 1)]
    cells += [0] * (-len(cells) % _WEEK)
    return tuple(tuple(cells[start : start + _WEEK]) for start in range(0, len(cells), _WEEK))


def weekday(date: dt.date) -> int:
    """Return 0 for Saturday … 6 for Friday."""
    return (date.weekday() + 2) % _WEEK


def tehran_day(moment: dt.datetime) -> dt.date:
    """Return the day in Tehran of an aware moment.

    Raises:
        ValueError: for a moment without a time zone.
    """
    return _in_tehran(moment).date()


def _in_tehran(moment: dt.datetime) -> dt.datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(TEHRAN)


def show_date(date: dt.date) -> str:
    """Write a date in Persian digits: «۱۴۰۵/۰۷/۰۹»."""
    year, month, day = jalali(date)
    return to_persian_digits(f"{year:04d}/{month:02d}/{day:02d}")


def show_long_date(date: dt.date) -> str:
    """Write a date with its names: «پنجشنبه ۹ مهر ۱۴۰۵»."""
    year, month, day = jalali(date)
    return to_persian_digits(f"{WEEKDAYS[weekday(date)]} {day} {MONTHS[month - 1]} {year}")


def show_moment(moment: dt.datetime) -> str:
    """Write an aware moment in Tehran's time: «۱۴۰۵/۰۷/۰۹ ساعت ۱۴:۰۵».

    Raises:
        ValueError: for a moment without a time zone.
    """
    local = _in_tehran(moment)
    return f"{show_date(local.date())} ساعت {to_persian_digits(f'{local:%H:%M}')}"
