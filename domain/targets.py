"""Target times of the office: so many working days or office hours from a moment on, less the pauses.

The agreement names no time limit («در کوتاه‌ترین زمان ممکن»); every target is a setting of the office, unset
by default.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Unit = Literal["days", "hours"]
"""«روز کاری» or «ساعت اداری»: two different things."""


@dataclass(frozen=True, slots=True)
class Span:
    """So many working days, or so many office hours."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stood still; `end` is None while it still does."""

    begin: datetime
    end: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Due:
    """A target moment, with one line for everything that moved it.

    Attributes:
        at: the moment; None while the clock stands still.
        lines: codes with values, such as ("holiday", {"day": …, "name": …}), in the order of time.
    """

    at: datetime | None
    lines: tuple[tuple[str, dict[str, object]], ...] = ()
