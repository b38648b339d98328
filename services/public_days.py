"""Public holidays as they are known beforehand: the beginning of the office's own list.

Days of the solar calendar are sure; lunar ones are estimates from 2027 on, and warn until an admin confirms.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from domain.audit import Deed
from services import clocks
from storage.records.calendar import DayRow
from storage.work import Work

FILE: Final = Path(__file__).with_suffix(".tsv")
"""Date, `sure` or `estimated`, name; written by tests/services/public_days_of_package.py, never by hand."""


def known_days(year: int) -> dict[dt.date, tuple[str, bool]]:
    """The holidays of a Gregorian year: name, and whether the day is sure; none of a year without data."""
    return {day: (name, sure) for day, name, sure in _rows() if day.year == year}


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
    work.audit.note(Deed.CALENDAR, by=None, about="holidays", days=len(new))
    work.calendar.ask_recount("holidays")
    return clocks.recount(work)


def _rows() -> Iterator[tuple[dt.date, str, bool]]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        day, certainty, name = line.split("\t")
        yield dt.date.fromisoformat(day), name, certainty == "sure"
