"""Jalali dates as people type them: figures, names of months, words, and dates relative to today."""

import datetime as dt
import re
from dataclasses import dataclass

from persian.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    MONTHS_IN_YEAR,
    WEEKDAYS,
    add_months,
    days_in_month,
    gregorian,
    jalali,
    out_of_range,
    weekday,
)
from persian.errors import Unreadable
from persian.numbers import parse_whole
from persian.text import fold, key, plain_dashes, without_marks

_DAYS_IN_WEEK = 7
_GREGORIAN_YEARS = range(1900, 2200)
_YEARS_OF_FOUR_DIGITS = range(1000, 10_000)

_MONTH_NUMBERS = {key(name): number for number, name in enumerate(MONTHS, start=1)} | {key("امرداد"): 5}
_WEEKDAY_NUMBERS = {key(name): number for number, name in enumerate(WEEKDAYS)}
_NEAR = {"امروز": 0, "دیروز": -1, "فردا": 1, "پریروز": -2, "پسفردا": 2, "پس فردا": 2}
_AFTER, _BEFORE = ("بعد", "دیگر"), ("قبل", "پیش")
_FIRST, _LAST = frozenset({"اول", "نخست"}), frozenset(map(key, ("آخر", "پایان")))

_NUMERIC = re.compile(r"([0-9]{1,4})\s?([/\\.,،٫_-]|\s)\s?([0-9]{1,2})\s?\2\s?([0-9]{1,4})")
_COMPACT = re.compile(r"([1-9][0-9]{3})([0-9]{2})([0-9]{2})")
_NAMED = re.compile(
    r"(?:(?:روز )?(?P<weekday>(?:(?:یک|دو|سه|چهار|پنج) ?)?شنبه|جمعه)[،,]? )?(?P<day>.+?) ?(?:ماه )?"
    rf"(?P<month>{'|'.join(_MONTH_NUMBERS)})(?: ?ماه)?(?: ?(?:سال )?(?P<year>.+))?"
)
_RELATIVE = re.compile(rf"(?P<count>.+?) ?(?P<unit>روز|هفته|ماه|سال) (?P<side>{'|'.join(_AFTER + _BEFORE)})")
_ORDINAL = re.compile(" ?ا?م$")

# What letters write around a date: «مورخ ۱۴۰۵/۰۷/۰۹», «۱۴۰۵/۰۷/۰۹ ه.ش».
_DATED = re.compile(r"^(?:مورخه?|(?:به )?تاریخ) ?:? ")
_CALENDAR = re.compile(r"(?:(?<=[0-9])| )(?:ه\.? ?ش\.?|هجری شمسی|هجری خورشیدی|شمسی|خورشیدی)$")
_GREGORIAN_YEAR = re.compile("(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")


@dataclass(frozen=True)
class Day:
    """A date as typed.

    Attributes:
        date: the day.
        plain: whether it was typed in figures with the year first, or with the month's name and the year;
            otherwise (relative, in words, without a year, day first) it must be read back and confirmed.
    """

    date: dt.date
    plain: bool


def parse_date(text: str, *, today: dt.date) -> Day:
    """Read a Jalali date: «۱۴۰۵/۷/۹», «14050709», «۹ مهر ۱۴۰۵», «نهم مهر», «دیروز», «۳۰ روز بعد».

    Args:
        text: what was typed.
        today: the day in Tehran, for dates relative to it.

    Raises:
        Unreadable: ``date_gregorian`` (year), ``date_out_of_range`` (first and last year that are
            read), ``date_no_month`` (month), ``date_impossible`` (year, month, days of that month), else
            ``date_not_understood``; a year of two digits is not guessed.
    """
    folded = plain_dashes(without_marks(fold(text)))
    typed = _CALENDAR.sub("", _DATED.sub("", folded))
    day = _numeric(typed) or _named(key(typed), today) or _relative(key(typed), today)
    if day is None:
        _refuse_gregorian(typed)
        raise Unreadable("date_not_understood")
    return day


def _refuse_gregorian(typed: str) -> None:
    year = _GREGORIAN_YEAR.search(typed)
    if year:
        raise Unreadable("date_gregorian", year=int(year[0]))


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
    month = _MONTH_NUMBERS[found["month"]]
    year = _year(found["year"]) if found["year"] else jalali(today)[0]
    day = _day_of_month(found["day"], year, month) if year else None
    if year is None or day is None:
        return None
    date = _typed_day(year, month, day)
    if found["weekday"] and _WEEKDAY_NUMBERS[found["weekday"].replace(" ", "")] != weekday(date):
        return None  # one of the two is a slip, and nobody can tell which
    return Day(date, plain=found["day"].isdecimal() and (found["year"] or "").isdecimal())


def _year(words: str) -> int | None:
    year = _whole(words)
    return year if year in _YEARS_OF_FOUR_DIGITS else None


def _day_of_month(words: str, year: int, month: int) -> int | None:
    if words in _FIRST:
        return 1
    if words in _LAST:
        return days_in_month(year, month) if FIRST_YEAR <= year <= LAST_YEAR else 1  # refused with its year
    return _whole(_ORDINAL.sub("", words.removesuffix("سوم") + "سه" if words.endswith("سوم") else words))


def _whole(words: str) -> int | None:
    try:
        return parse_whole(words)
    except Unreadable:
        return None


def _relative(typed: str, today: dt.date) -> Day | None:
    if typed in _NEAR:
        return Day(_moved(today, _NEAR[typed], "روز"), plain=False)
    found = _RELATIVE.fullmatch(typed)
    count = _whole(found["count"]) if found else None
    if found is None or count is None:
        return None
    return Day(_moved(today, count if found["side"] in _AFTER else -count, found["unit"]), plain=False)


def _moved(today: dt.date, count: int, unit: str) -> dt.date:
    try:
        moved = _shifted(today, count, unit)
        year = jalali(moved)[0]
    except (OverflowError, ValueError):
        raise out_of_range() from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise out_of_range()
    return moved


def _shifted(today: dt.date, count: int, unit: str) -> dt.date:
    if unit in {"ماه", "سال"}:
        return add_months(today, count * (MONTHS_IN_YEAR if unit == "سال" else 1))
    return today + dt.timedelta(days=count * (_DAYS_IN_WEEK if unit == "هفته" else 1))


def _typed_day(year: int, month: int, day: int) -> dt.date:
    if year in _GREGORIAN_YEARS:
        raise Unreadable("date_gregorian", year=year)
    if not 1 <= month <= MONTHS_IN_YEAR:
        raise Unreadable("date_no_month", month=month)
    return gregorian(year, month, day)
