"""Public holidays as the package of holidays knows them: the beginning of the office's own list.

Days of the solar calendar are sure; lunar ones are estimates from 2027 on, and warn until an admin confirms.
"""

import datetime as dt
from typing import Final

from holidays.constants import HOLIDAY_NAME_DELIMITER
from holidays.countries.iran import Iran

from persian.text import clean, to_persian_digits
from services import clocks
from storage.records.calendar import DayRow
from storage.work import Work

_ESTIMATED: Final = "(تخمینی)"
_NAME_LIMIT: Final = 100
"""Characters: a technical bound."""


def known_days(year: int) -> dict[dt.date, tuple[str, bool]]:
    """The holidays of a Gregorian year: name, and whether the day is sure."""
    found = Iran(years=[year], observed=False, language="fa_IR")
    return {day: (_name(name), _is_sure(name)) for day, name in sorted(found.items())}


def seed(work: Work) -> bool:
    """Take in the holidays of this year and the next, each day that nothing is known of yet.

    Returns:
        Whether there may be more to do.
    """
    years = (work.now.year, work.now.year + 1)
    last = work.calendar.last_seeded()
    if last is not None and last.year >= years[-1]:
        return False
    work.calendar.hold()
    have: dict[dt.date, DayRow] = {row.day: row for row in work.calendar.days()}
    new = {day: it for year in years for day, it in known_days(year).items() if day not in have}
    if not new:
        return False
    for day, (name, sure) in new.items():
        work.calendar.set_day(day, "holiday", name, None, confirmed=sure)
    work.calendar.ask_recount("holidays")
    return clocks.recount(work)


def _is_sure(name: str) -> bool:
    """Whether any of the holidays that fall on a day is sure: an estimated one makes no other doubtful."""
    return any(_ESTIMATED not in part for part in name.split(HOLIDAY_NAME_DELIMITER))


def _name(name: str) -> str:
    parts = name.replace(_ESTIMATED, "").replace("؛", ";").split(";")
    return to_persian_digits(clean("، ".join(" ".join(part.split()) for part in parts), limit=_NAME_LIMIT))
