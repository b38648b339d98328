"""The office's working calendar, read from the store."""

from domain.calendar import Calendar
from storage.work import Work


def calendar_of(work: Work) -> Calendar:
    """The calendar as it stands: weekly days off, days off by name, office hours."""
    return work.calendar.in_force()
