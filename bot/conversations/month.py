"""A Jalali month whose days are buttons: opening it, leafing through it, and what a tapped day says.

The month stands in the position, so that it is still there after a restart; whatever is pressed is read
again against it.
"""

import datetime as dt
from collections.abc import Callable, Container, Iterator
from dataclasses import replace

from bot.conversations.form import Form, Position
from bot.conversations.given import Given, Scope
from bot.conversations.journey import Problem, asked, rule_problem
from bot.conversations.kinds import Day
from bot.screen import Button, Rows
from domain.answers import as_day
from messages_fa import buttons
from messages_fa import month as texts
from persian.dates import FIRST_YEAR, LAST_YEAR, MONTHS_IN_YEAR, gregorian, jalali, month_grid
from persian.errors import Unreadable
from persian.numbers import parse_whole

Act = Callable[[str], str]
Month = tuple[int, int]

NOTHING = "z"
"""The action of a cell that does nothing, and with a day («z:14050925») that of one that is not taken today:
the handler answers the press and shows nothing new."""
_LONGEST_MONTH = 31
_FURTHEST = 50 * MONTHS_IN_YEAR
"""Months ahead in which a day that is taken is looked for."""


def open_month(form: Form, position: Position) -> Month | None:
    """The month on the screen; None while the date is typed, and at a step that asks for no date."""
    step = asked(form, position)
    at_date = step is not None and isinstance(step.kind, Day) and position.pending is None
    return _month(position.month.replace("-", "")) if at_date and position.month else None


def opened(form: Form, position: Position, scope: Scope) -> Position | None:
    """The position with the month of the answer that stands, else the first from today that has days to take.

    None where no date is asked.
    """
    step = asked(form, position)
    if step is None or not isinstance(step.kind, Day) or position.pending is not None:
        return None
    stands, today = as_day(position.answers.get(step.name)), _month_of(scope.today)
    months = (*((_month_of(stands),) if stands else ()), *_from(today))
    return _at(next((m for m in months if _has_room(form, position, scope, m)), today), position)


def free_days(form: Form, position: Position, scope: Scope, month: Month) -> frozenset[int]:
    """The days of a month that the question takes today."""
    days = (day for week in month_grid(*month) for day in week if day)
    return frozenset(day for day in days if refusal(form, position, scope, gregorian(*month, day)) is None)


def refusal(form: Form, position: Position, scope: Scope, day: dt.date) -> Problem | None:
    """Why the question does not take this day today; None if it does."""
    answers = {**position.answers, position.cursor: day.isoformat()}
    return rule_problem(form, answers, position.cursor, scope)


def refused(form: Form, position: Position, scope: Scope, digits: str) -> Problem | None:
    """Why a day on the screen, such as «14050812», is not to be tapped; None if nothing is to be said."""
    month = open_month(form, position)
    day = int(digits[6:] or 0) if digits.isascii() and digits.isdecimal() else 0
    if month is None or digits != f"{_digits(month)}{day:02d}" or not _has(month, day):
        return None
    return refusal(form, position, scope, gregorian(*month, day))


def _has_room(form: Form, position: Position, scope: Scope, month: Month) -> bool:
    """Whether a month has a day that is taken: the rules take all days from one on, or all up to one."""
    ends = (gregorian(*month, 1), gregorian(*month, max(map(max, month_grid(*month)))))
    return any(refusal(form, position, scope, day) is None for day in ends)


def _from(month: Month) -> Iterator[Month]:
    for by in range(_FURTHEST):
        year, place = divmod(month[0] * MONTHS_IN_YEAR + month[1] - 1 + by, MONTHS_IN_YEAR)
        if year <= LAST_YEAR:
            yield year, place + 1


def _month_of(day: dt.date) -> Month:
    year, month, _ = jalali(day)
    return year, month


def turned(form: Form, position: Position, digits: str) -> Position | None:
    """The position with another month, such as «140508»; None when no month is open, or none is so named."""
    month = _month(digits)
    return _at(month, position) if month and open_month(form, position) else None


def closed(position: Position) -> Position:
    """The position in which the date is typed."""
    return replace(position, month=None)


def tapped(form: Form, position: Position, digits: str) -> Given | None:
    """What a tapped day says, such as «14050812»; None when it is none of the days on the screen."""
    month, day = open_month(form, position), int(digits[6:] or 0)
    if month is None or digits != f"{_digits(month)}{day:02d}" or not _has(month, day):
        return None
    return _said(month, day)


def completed(form: Form, position: Position, given: Given) -> Given:
    """A typed number from 1 to 31 is a day of the month on the screen; anything else stays as it is."""
    month = open_month(form, position)
    try:
        day = parse_whole(given.text) if month else 0
    except Unreadable:
        return given
    return _said(month, day) if month and 1 <= day <= _LONGEST_MONTH else given


def rows(month: Month, free: Container[int], act: Act) -> Rows:
    """The buttons: the year, the names of the weekdays, the days, the months beside this one, and back.

    A day that is not free has no number: a tap on it is answered with the reason.
    """
    nothing = act(NOTHING)
    weekdays = tuple(Button(name, nothing) for name in texts.WEEKDAYS)
    weeks = tuple(tuple(_cell(month, day, free, act) for day in week) for week in month_grid(*month))
    years = (
        _leaf(buttons.PREVIOUS_YEAR, month, -MONTHS_IN_YEAR, act),
        (Button(texts.month_label(*month), nothing),),
        _leaf(buttons.NEXT_YEAR, month, MONTHS_IN_YEAR, act),
    )
    months = (_leaf(buttons.PREVIOUS_MONTH, month, -1, act), _leaf(buttons.NEXT_MONTH, month, 1, act))
    typing = (Button(buttons.TYPE_DATE, act("wr")),)
    return (sum(years, ()), weekdays, *weeks, sum(months, ()), typing)


def _cell(month: Month, day: int, free: Container[int], act: Act) -> Button:
    if not day:
        return Button(texts.EMPTY, act(NOTHING))
    name = f"{_digits(month)}{day:02d}"
    if day in free:
        return Button(texts.day_label(day), act(f"g:{name}"))
    return Button(texts.EMPTY, act(f"{NOTHING}:{name}"))


def _leaf(label: str, month: Month, by: int, act: Act) -> tuple[Button, ...]:
    """A button to another month; none where the calendar ends."""
    year, place = divmod(month[0] * MONTHS_IN_YEAR + month[1] - 1 + by, MONTHS_IN_YEAR)
    there = (year, place + 1)
    return (Button(label, act(f"m:{_digits(there)}")),) if FIRST_YEAR <= year <= LAST_YEAR else ()


def _month(digits: str) -> Month | None:
    if len(digits) != len("140507") or not (digits.isascii() and digits.isdecimal()):
        return None
    year, month = int(digits[:4]), int(digits[4:])
    return (year, month) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS_IN_YEAR else None


def _digits(month: Month) -> str:
    return f"{month[0]}{month[1]:02d}"


def _at(month: Month, position: Position) -> Position:
    return replace(position, month=f"{month[0]}-{month[1]:02d}")


def _has(month: Month, day: int) -> bool:
    return any(day in week for week in month_grid(*month)) and day > 0


def _said(month: Month, day: int) -> Given:
    return Given(text=f"{month[0]}/{month[1]:02d}/{day:02d}")
