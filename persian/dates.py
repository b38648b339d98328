"""Jalali dates and Tehran time: reading what people type, writing what they read.

Dates are kept as ``datetime.date`` (ISO) and moments as aware datetimes; the Jalali calendar is
for people only. Names are our own: jdatetime keeps its locale per thread and is used only to convert.
"""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import jdatetime

from persian.errors import Unreadable
from persian.numbers import parse_whole
from persian.text import fold, key, plain_dashes, to_persian_digits

TEHRAN = ZoneInfo("Asia/Tehran")
FIRST_YEAR, LAST_YEAR = 1300, 1500
MONTHS = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
WEEKDAYS = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")
"""Saturday first, as a Persian week begins."""

_LONG_MONTHS, _LAST_MONTH, _WEEK = 6, 12, 7
_GREGORIAN_YEARS = range(1900, 2200)

_MONTH_NUMBERS = {key(name): number for number, name in enumerate(MONTHS, start=1)} | {key("امرداد"): 5}
_WEEKDAY_NUMBERS = {key(name): number for number, name in enumerate(WEEKDAYS)}
_NEAR = {"امروز": 0, "دیروز": -1, "فردا": 1, "پریروز": -2, "پسفردا": 2, "پس فردا": 2}
_AFTER, _BEFORE = ("بعد", "دیگر"), ("قبل", "پیش")

_NUMERIC = re.compile(r"([0-9]{1,4})\s?([/.-])\s?([0-9]{1,2})\s?\2\s?([0-9]{1,4})")
_COMPACT = re.compile(r"([1-9][0-9]{3})([0-9]{2})([0-9]{2})")
_NAMED = re.compile(
    r"(?:(?P<weekday>(?:(?:یک|دو|سه|چهار|پنج) ?)?شنبه|جمعه)[،,]? )?(?P<day>[0-9]{1,2}) ?"
    rf"(?P<month>{'|'.join(_MONTH_NUMBERS)})(?: ?ماه)?(?: ?(?P<year>[0-9]{{4}}))?"
)
_RELATIVE = re.compile(rf"(?P<count>.+?) ?(?P<unit>روز|هفته|ماه|سال) (?P<side>{'|'.join(_AFTER + _BEFORE)})")


@dataclass(frozen=True)
class Day:
    """A date as typed.

    Attributes:
        date: the day.
        plain: whether it was typed year first or with the month's name and the year; otherwise
            (relative, without a year, day first) it must be read back and confirmed.
    """

    date: dt.date
    plain: bool


def parse_date(text: str, *, today: dt.date) -> Day:
    """Read a Jalali date: «۱۴۰۵/۷/۹», «14050709», «۹ مهر ۱۴۰۵», «دیروز», «۳۰ روز بعد».

    Args:
        text: what was typed.
        today: the day in Tehran, for dates relative to it.

    Raises:
        Unreadable: ``date_gregorian`` (year), ``date_out_of_range`` (first and last year that are
            read), ``date_impossible`` (year, month, days of that month), else
            ``date_not_understood``; a year of two digits is not guessed.
    """
    typed = plain_dashes(fold(text))
    day = _numeric(typed) or _named(key(typed), today) or _relative(key(typed), today)
    if day is None:
        raise Unreadable("date_not_understood")
    return day


def _numeric(typed: str) -> Day | None:
    compact = _COMPACT.fullmatch(typed)
    if compact:
        return Day(_typed_day(*map(int, compact.groups())), plain=True)
    found = _NUMERIC.fullmatch(typed)
    if found is None:
        return None
    first, _, month, last = found.groups()
    lengths = (len(first), len(last))
    if lengths in {(4, 1), (4, 2)}:
        return Day(_typed_day(int(first), int(month), int(last)), plain=True)
    if lengths in {(1, 4), (2, 4)}:
        return Day(_typed_day(int(last), int(month), int(first)), plain=False)
    return None


def _named(typed: str, today: dt.date) -> Day | None:
    found = _NAMED.fullmatch(typed)
    if found is None:
        return None
    year = int(found["year"]) if found["year"] else jalali(today)[0]
    date = _typed_day(year, _MONTH_NUMBERS[found["month"]], int(found["day"]))
    if found["weekday"] and _WEEKDAY_NUMBERS[found["weekday"].replace(" ", "")] != _weekday(date):
        return None  # one of the two is a slip, and nobody can tell which
    return Day(date, plain=found["year"] is not None)


def _relative(typed: str, today: dt.date) -> Day | None:
    if typed in _NEAR:
        return Day(_moved(today, _NEAR[typed], "روز"), plain=False)
    found = _RELATIVE.fullmatch(typed)
    if found is None:
        return None
    try:
        count = parse_whole(found["count"])
    except Unreadable:
        return None
    return Day(_moved(today, count if found["side"] in _AFTER else -count, found["unit"]), plain=False)


def _moved(today: dt.date, count: int, unit: str) -> dt.date:
    try:
        moved = _shifted(today, count, unit)
        year = jalali(moved)[0]
    except (OverflowError, ValueError):
        raise _out_of_range() from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _out_of_range()
    return moved


def _shifted(today: dt.date, count: int, unit: str) -> dt.date:
    if unit in {"ماه", "سال"}:
        return add_months(today, count * (_LAST_MONTH if unit == "سال" else 1))
    return today + dt.timedelta(days=count * (_WEEK if unit == "هفته" else 1))


def _out_of_range() -> Unreadable:
    return Unreadable("date_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)


def _typed_day(year: int, month: int, day: int) -> dt.date:
    if year in _GREGORIAN_YEARS:
        raise Unreadable("date_gregorian", year=year)
    if not 1 <= month <= _LAST_MONTH:
        raise Unreadable("date_not_understood")
    return gregorian(year, month, day)


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
        raise _out_of_range()
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
    if not 1 <= month <= _LAST_MONTH:
        raise ValueError(month)
    if month <= _LONG_MONTHS:
        return 31
    is_long = month < _LAST_MONTH or jdatetime.date(year, 1, 1).isleap()
    return 30 if is_long else 29


def add_months(date: dt.date, n: int) -> dt.date:
    """Move a date by n Jalali months; its day is clamped to the length of the month reached.

    Compute every due date from the first one: clamped days do not come back.
    """
    year, month, day = jalali(date)
    years, month_index = divmod(month - 1 + n, _LAST_MONTH)
    year, month = year + years, month_index + 1
    return _to_gregorian(year, month, min(day, days_in_month(year, month)))


def month_grid(year: int, month: int) -> tuple[tuple[int, ...], ...]:
    """Lay out a Jalali month as weeks of seven cells, Saturday first, 0 for an empty cell."""
    days = days_in_month(year, month)
    before = _weekday(_to_gregorian(year, month, 1))
    cells = [*(0,) * before, *range(1, days + 1)]
    cells += [0] * (-len(cells) % _WEEK)
    return tuple(tuple(cells[start : start + _WEEK]) for start in range(0, len(cells), _WEEK))


def _weekday(date: dt.date) -> int:
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
    return to_persian_digits(f"{WEEKDAYS[_weekday(date)]} {day} {MONTHS[month - 1]} {year}")


def show_moment(moment: dt.datetime) -> str:
    """Write an aware moment in Tehran's time: «۱۴۰۵/۰۷/۰۹ ساعت ۱۴:۰۵».

    Raises:
        ValueError: for a moment without a time zone.
    """
    local = _in_tehran(moment)
    return f"{show_date(local.date())} ساعت {to_persian_digits(f'{local:%H:%M}')}"
