"""«وضعیت سامانه»: now, next, the last ninety days, and the share of the time with service."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.windows import Availability, Outage, availability, outages_of
from services import windows
from services.window_promise import promised_end
from storage.records.windows import Incident, Window
from storage.work import Work

PERIOD: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the service stands.

    Attributes:
        window: the maintenance that is going on, if any.
        incidents: those published that are not over.
        upcoming: the next maintenance, if any.
        figure: of the last ninety days.
    """

    window: Window | None
    incidents: tuple[Incident, ...]
    upcoming: Window | None
    figure: Availability


def standing(work: Work) -> Standing:
    """How the service stands now."""
    return Standing(
        window=windows.now_on(work),
        incidents=work.incidents.open(),
        upcoming=windows.upcoming(work),
        figure=figure(work, work.now - PERIOD, work.now),
    )


def figure(work: Work, begin: datetime, end: datetime) -> Availability:
    """The share of a time with service, from the log of windows and incidents."""
    return availability(outages(work, begin, end), begin, end)


def outages(work: Work, begin: datetime, end: datetime) -> tuple[Outage, ...]:
    """The times without service that reach between these moments; what goes on ends at `end`."""
    alone = windows.ends_alone(work)
    held = (
        part
        for window in work.windows.within(begin, end)
        for part in _of_window(work, window, end, alone=alone)
    )
    broken = (
        Outage(incident.begun_at, incident.over_at or end, planned=False)
        for incident in work.incidents.within(begin, end)
    )
    return (*held, *broken)


def _of_window(work: Work, window: Window, end: datetime, *, alone: bool) -> tuple[Outage, ...]:
    begins, ends = windows.span_of(window)
    over = window.ended_at or window.cancelled_at or (min(ends, end) if alone else end)
    return outages_of(begins, promised_end(work, window), min(over, end))


def history(work: Work) -> tuple[Window | Incident, ...]:
    """Windows that have begun and incidents of the last ninety days, the last first.

    What began earlier but reaches into them is among them.
    """
    since = work.now - PERIOD
    held = [window for window in work.windows.within(since, work.now) if window.cancelled_at is None]
    return tuple(sorted([*held, *work.incidents.within(since, work.now)], key=began, reverse=True))


def began(one: Window | Incident) -> datetime:
    """When it began."""
    return one.begun_at if isinstance(one, Incident) else windows.begins_of(one)
