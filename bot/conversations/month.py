"""A Jalali month whose days are buttons: opening it, leafing through it, and what a tapped day says.

The month stands in the position, so that it is still there after a restart; whatever is pressed is read
again against it.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.conversations.form import Form, Position
from bot.conversations.given import Given, Scope
from bot.conversations.journey import asked
from bot.conversations.kinds import Day
from bot.screen import Button, Rows
from domain.answers import as_day
from messages_fa import buttons
from messages_fa import month as texts
from persian.dates import FIRST_YEAR, LAST_YEAR, MONTHS_IN_YEAR, jalali, month_grid
from persian.errors import Unreadable
from persian.numbers import parse_whole

Act = Callable[[str], str]
Month = tuple[int, int]

NOTHING = "z"
"""The action of a cell that does nothing: the handler answers the press and shows nothing new."""
_LONGEST_MONTH = 31


def open_month(form: Form, position: Position) -> Month | None:
    """The month on the screen; None while the date is typed, and at a step that asks for no date."""
    step = asked(form, position)
    at_date = step is not None and isinstance(step.kind, Day) and position.pending is None
    return _month(position.month.replace("-", "")) if at_date and position.month else None


def opened(form: Form, position: Position, scope: Scope) -> Position | None:
    """The position with the month of the answer that stands, else of today; None where no date is asked."""
    step = asked(form, position)
    if step is None or not isinstance(step.kind, Day) or position.pending is not None:
        return None
    year, month, _ = jalali(as_day(position.answers.get(step.name)) or scope.today)
    return _at((year, month), position)


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


def rows(month: Month, act: Act) -> Rows:
    """The buttons: the year, the names of the weekdays, the days, the months beside this one, and back."""
    nothing = act(NOTHING)
    weekdays = tuple(Button(name, nothing) for name in texts.WEEKDAYS)
    weeks = tuple(
        tuple(
            Button(texts.day_label(day), act(f"g:{_digits(month)}{day:02d}"))
            if day
            else Button(texts.EMPTY, nothing)
            for day in week
        )
        for week in month_grid(*month)
    )
    years = (
        _leaf(buttons.PREVIOUS_YEAR, month, -MONTHS_IN_YEAR, act),
        (Button(texts.month_label(*month), nothing),),
        _leaf(buttons.NEXT_YEAR, month, MONTHS_IN_YEAR, act),
    )
    months = (_leaf(buttons.PREVIOUS_MONTH, month, -1, act), _leaf(buttons.NEXT_MONTH, month, 1, act))
    typing = (Button(buttons.TYPE_DATE, act("wr")),)
    return (sum(years, ()), weekdays, *weeks, sum(months, ()), typing)


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
