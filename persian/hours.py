"""Hours of a day as people type them: «۷:۳۰ تا ۱۴:۳۰», «۸ تا ۱۲ و ۱۳ تا ۱۷»."""

import datetime as dt
import re
from itertools import pairwise
from typing import Final

from persian.errors import Unreadable
from persian.text import key, plain_dashes

_TIME: Final = r"(?:ساعت ?)?(\d{1,2})(?:[:٫./](\d{2}))?"
_SPAN: Final = re.compile(rf"(?:از ?)?{_TIME} ?(?:تا|الی|-) ?{_TIME}", re.ASCII)
_AND: Final = re.compile(r" ?[،,؛;] ?| و ")

_HOURS_IN_DAY, _MINUTES_IN_HOUR = 24, 60


def parse_hours(text: str) -> tuple[tuple[dt.time, dt.time], ...]:
    """Read one span of hours or several, separated by «و», in the order of the day.

    Raises:
        Unreadable: `hours_not_understood`, `hours_backwards` (one ends before it begins) or
            `hours_overlapping` (one begins before the earlier one ends).
    """
    typed = plain_dashes(key(text))
    spans = tuple(map(_span, _AND.split(typed)))
    for (_, end), (begin, _) in pairwise(spans):
        if begin <= end:
            raise Unreadable("hours_overlapping")
    return spans


def _span(text: str) -> tuple[dt.time, dt.time]:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise Unreadable("hours_not_understood")
    begin, end = _time(found[1], found[2]), _time(found[3], found[4])
    if end <= begin:
        raise Unreadable("hours_backwards")
    return begin, end


def _time(hour: str, minute: str | None) -> dt.time:
    hours, minutes = int(hour), int(minute or 0)
    if hours >= _HOURS_IN_DAY or minutes >= _MINUTES_IN_HOUR:
        raise Unreadable("hours_not_understood")
    return dt.time(hours, minutes)
