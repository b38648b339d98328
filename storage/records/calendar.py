"""The working calendar as it was set, and the clocks of the office's targets."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.calendar import DayOff, Period
from domain.targets import Pause

WORKING: Final = "working"
"""The kind of a day that was taken back from the days off."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """What a day was set to be.

    Attributes:
        kind: `holiday`, `closure`, or `working` where one was taken back.
        set_by: the admin; None for the package of holidays.
    """

    id: int
    day: dt.date
    kind: str
    name: str
    confirmed: bool
    set_by: int | None
    set_at: datetime

    @property
    def off(self) -> DayOff | None:
        """The day off that it is; None for one that was taken back."""
        if self.kind == WORKING:
            return None
        return DayOff(self.day, "closure" if self.kind == "closure" else "holiday", self.name, self.confirmed)


@dataclass(frozen=True, slots=True)
class WeekRow:
    """Weekly days off and office hours, as they were set.

    Attributes:
        weekend: 0 Saturday … 6 Friday; None while the office has chosen none.
        periods: the hours set last come first.
        set_by: the admin; None for the command line.
    """

    weekend: frozenset[int] | None
    periods: tuple[Period, ...]
    set_by: int | None
    set_at: datetime


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock of a case as it is kept.

    Attributes:
        clock: `first_look`, `decision` or `correction`.
        ended_at: when it was over; None while it is not.
        span: the target it was computed with; empty where the office has none (any more).
        due_at, warn_at, escalate_at: when it makes something known.
        warned_at, breached_at, escalated_at: when it did last; said before the moment that counts now, it is
            still to be said.
    """

    case_id: int
    clock: str
    begun_at: datetime
    pauses: tuple[Pause, ...]
    span: str
    ended_at: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    escalate_at: datetime | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    escalated_at: datetime | None = None

    @property
    def next_at(self) -> datetime | None:
        """When it has something to make known; None for nothing.

        Nobody is warned of what is up already.
        """
        if self.ended_at is not None or self.due_at is None:
            return None
        if not is_said(self.breached_at, self.due_at):
            early = None if is_said(self.warned_at, self.warn_at) else self.warn_at
            return min(early, self.due_at) if early else self.due_at
        return None if is_said(self.escalated_at, self.escalate_at) else self.escalate_at


def is_said(said_at: datetime | None, of: datetime | None) -> bool:
    """Whether what is to be said at a moment was said at or after it."""
    return said_at is not None and of is not None and said_at >= of


@dataclass(frozen=True, slots=True)
class Recount:
    """A change of the calendar or of a target, for which the clocks are computed anew.

    Attributes:
        changes: each a code `why` with its values, as it is told.
        reached: every case and every complaint up to this number is done.
    """

    id: int
    changes: tuple[Mapping[str, str], ...]
    reached: int


@dataclass(frozen=True, slots=True)
class MovedTarget:
    """A target that a recount has moved and that nobody was told of yet."""

    id: int
    case_id: int
    clock: str
    was: datetime
    became: datetime
    changes: tuple[Mapping[str, str], ...]
