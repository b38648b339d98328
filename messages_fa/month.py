"""The words of the month whose days are buttons."""

import datetime as dt
from typing import Final

from messages_fa.markup import Text, lines, say
from persian.dates import MONTHS, show_long_date
from persian.text import to_persian_digits

EMPTY: Final = "·"
"""The label of a cell without a day: a platform takes no empty one."""

WEEKDAYS: Final = ("ش", "ی", "د", "س", "چ", "پ", "ج")
"""The days of the week from Saturday on, so short that seven stand side by side on a phone."""


def month_label(year: int, month: int) -> str:
    """The month on the screen: «مهر ۱۴۰۵»."""
    return to_persian_digits(f"{MONTHS[month - 1]} {year}")


def day_label(day: int) -> str:
    """A day of it: «۹»."""
    return to_persian_digits(str(day))


def not_a_day() -> str:
    """The callback answer to a cell that is not taken today, where no rule says more."""
    return "این روز را نمی‌توان برداشت؛ روزی را که شماره دارد بزنید."


def how_to_pick(year: int, month: int, today: dt.date) -> Text:
    """Above the days."""
    return lines(
        say(
            "روز را در **{month}** بزنید، یا شماره آن یا تاریخ کامل را بنویسید.",
            month=month_label(year, month),
        ),
        say("امروز {day} است.", day=show_long_date(today)),
    )
