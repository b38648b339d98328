"""What has happened in the demo before it is first started, so that every screen has something to show.

Everything goes through the services, as if done on the days before; nothing is written past them. Each step
is one transaction together with the note that it is done: a kill in the middle is taken up where it was.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.demo import cases, office
from bot.demo.people import Cast, Deed, settle
from domain.calendar import Calendar
from persian.dates import TEHRAN, tehran_day
from services import public_days
from storage.work import Work

DONE: Final = "demo_history"
"""How many steps are done: a row among the settings of the demo's own store, which no screen lists."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened so many working days before the first start, at this hour of Tehran."""

    days: int
    hour: dt.time
    do: Deed


def _at(days: int, hour: str, do: Deed) -> Step:
    return Step(days, dt.time.fromisoformat(hour), do)


def _arrive(work: Work, cast: Cast) -> None:
    settle(work, cast.accounts)


def _holidays(work: Work, _cast: Cast) -> None:
    public_days.seed(work)


HISTORY: Final = (
    _at(21, "08:00", _arrive),
    _at(20, "08:00", _holidays),
    _at(20, "08:30", office.set_up),
    _at(12, "09:10", cases.FIRST.file),
    _at(11, "10:00", cases.FIRST.claim("reviewer")),
    _at(10, "11:20", cases.FIRST.agree("reviewer")),
    _at(9, "08:50", cases.SECOND.file),
    _at(8, "09:40", office.break_down),
    _at(8, "10:05", office.identify),
    _at(8, "11:15", office.mend),
    _at(8, "12:30", cases.SECOND.claim("reviewer2")),
    _at(7, "10:30", cases.SECOND.refuse("reviewer2")),
    _at(6, "09:00", cases.THIRD.file),
    _at(6, "12:00", office.comment),
    _at(5, "09:30", cases.THIRD.claim("reviewer")),
    _at(5, "12:10", office.answer_comment),
    _at(4, "10:15", cases.THIRD.give_back("reviewer")),
    _at(4, "12:00", office.tell_staff),
    _at(3, "09:20", cases.FOURTH.file),
    _at(2, "08:40", cases.FOURTH.claim("reviewer")),
    _at(1, "08:15", cases.FIFTH.file),
    _at(1, "10:45", office.complain),
    _at(1, "11:30", office.plan_window),
)
"""In the order of time."""


def left(work: Work) -> int:
    """How many steps are not done yet."""
    done = work.settings.value(DONE)
    return len(HISTORY) - (done if isinstance(done, int) else 0)


def steps(cast: Cast, count: int) -> Iterator[tuple[dt.datetime, Callable[[Work], None]]]:
    """The last `count` steps, each as a unit of work with the moment at which it is to have happened."""
    for number, step in enumerate(HISTORY, 1):
        if number > len(HISTORY) - count:
            day = _working_day_before(tehran_day(cast.now), step.days)
            yield dt.datetime.combine(day, step.hour, TEHRAN), _noted(step, number, cast)


def _noted(step: Step, number: int, cast: Cast) -> Callable[[Work], None]:
    def unit(work: Work) -> None:
        step.do(work, cast)
        work.settings.put(DONE, number, None)

    return unit


def _working_day_before(today: dt.date, days: int) -> dt.date:
    calendar, day = Calendar(), today
    while days:
        day -= dt.timedelta(days=1)
        days -= calendar.is_working_day(day)
    return day
