"""Times of the day and lengths of time as people type them: «۱۴:۳۰», «ساعت ۲ شب», «۲ ساعت و ۳۰ دقیقه»."""

import datetime as dt
import re
from fractions import Fraction

from persian.errors import Unreadable
from persian.numbers import parse_whole
from persian.text import fold, without_marks

_HOURS, _MINUTES, _NOON = 24, 60, 12
_LONGEST = 60

_CLOCK = re.compile(r"([0-9]{1,2})(?:\s?[:٫.,،/]\s?([0-9]{2}))?")
_COMPACT = re.compile(r"([0-9]{2})([0-9]{2})")
_PARTS = {
    "صبح": "am",
    "بامداد": "am",
    "قبل از ظهر": "am",
    "قبلازظهر": "am",
    "ظهر": "noon",
    "بعد از ظهر": "pm",
    "بعدازظهر": "pm",
    "عصر": "pm",
    "شب": "night",
}
_DUSK = 6
"""From this hour on «شب» is the evening; before it, the small hours."""
_SPOKEN = re.compile(
    r"(?:ساعت )?(?P<time>[0-9 :٫.,،/]+|نیمه ?شب|ظهر)(?: (?P<part>" + "|".join(_PARTS) + r"))?"
)
_NAMED = {"ظهر": dt.time(12), "نیمه شب": dt.time(0), "نیمهشب": dt.time(0)}
_LENGTH = re.compile(
    r"(?:(?P<days>.+?) ?(?:شبانه ?روز|روز))?(?: ?و ?)?"
    r"(?:(?P<hours>.+?) ?ساعت)?(?: ?و ?)?(?:(?P<minutes>.+?) ?دقیقه|(?P<half>نیم|ربع))?"
)
_FRACTIONS = {"نیم": Fraction(1, 2), "ربع": Fraction(1, 4), "": Fraction(0)}
_HALVES = {"نیم ساعت": 30, "یک ربع": 15, "ربع ساعت": 15, "یک ربع ساعت": 15, "سه ربع": 45}


def parse_time(text: str) -> dt.time:
    """Read a time of the day to the minute: «۱۴:۳۰», «۲۲», «1430», «ساعت ۲ بعدازظهر», «ظهر».

    Raises:
        Unreadable: ``time_not_understood``.
    """
    typed = without_marks(fold(text)).replace("\u200c", "")
    found = _SPOKEN.fullmatch(typed) if len(typed) <= _LONGEST else None
    if found is None:
        raise Unreadable("time_not_understood")
    if found["time"] in _NAMED and not found["part"]:
        return _NAMED[found["time"]]
    clock = _COMPACT.fullmatch(found["time"]) or _CLOCK.fullmatch(found["time"].strip())
    if clock is None:
        raise Unreadable("time_not_understood")
    return _time(int(clock[1]), int(clock[2] or 0), _PARTS.get(found["part"] or "", ""))


def _time(hour: int, minute: int, part: str) -> dt.time:
    if part and 1 <= hour <= _NOON:
        hour = _of_day(hour, part)
    elif part == "am" and hour > _NOON:
        raise Unreadable("time_not_understood")
    if hour >= _HOURS or minute >= _MINUTES:
        raise Unreadable("time_not_understood")
    return dt.time(hour, minute)


def _of_day(hour: int, part: str) -> int:
    """An hour of twelve as one of twenty-four: «۲ شب» is two at night, «۱۰ شب» ten in the evening."""
    if part == "noon":
        return hour if hour >= _NOON - 1 else hour + _NOON
    in_morning = part == "am" or (part == "night" and (hour < _DUSK or hour == _NOON))
    return hour % _NOON + (0 if in_morning else _NOON)


def parse_length(text: str) -> int:
    """Read a length of time in whole minutes: «۲ ساعت», «۹۰ دقیقه», «۲:۳۰», «یک ساعت و نیم», «نیم ساعت».

    Raises:
        Unreadable: ``length_not_understood``; a bare number is refused, since it may mean hours or minutes.
    """
    typed = " ".join(without_marks(fold(text)).replace("\u200c", " ").split())
    if typed in _HALVES:
        return _HALVES[typed]
    clock = re.fullmatch(r"([0-9]{1,3}):([0-9]{2})", typed)
    if clock and int(clock[2]) < _MINUTES:
        return int(clock[1]) * _MINUTES + int(clock[2])
    found = _LENGTH.fullmatch(typed) if len(typed) <= _LONGEST else None
    if found is None or not any(found[name] for name in ("days", "hours", "minutes")):
        raise Unreadable("length_not_understood")
    return _length(found)


def _length(found: re.Match[str]) -> int:
    days, hours, minutes = (_number(found[name]) for name in ("days", "hours", "minutes"))
    whole = (days * _HOURS + hours) * _MINUTES + minutes
    unit = _MINUTES if found["hours"] else _HOURS * _MINUTES
    return whole + int(_FRACTIONS[found["half"] or ""] * unit)


def _number(words: str | None) -> int:
    if not words:
        return 0
    try:
        return parse_whole(words.strip())
    except Unreadable:
        raise Unreadable("length_not_understood") from None
