"""The working calendar as it was set, and the clocks of the office's targets."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.calendar import Period
from domain.targets import Pause


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


@dataclass(frozen=True, slots=True)
class WeekRow:
    """Weekly days off (0 Saturday … 6 Friday) and office hours, as they were set."""

    weekend: frozenset[int]
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
        warned_at, breached_at, escalated_at: when it did.
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
        if self.breached_at is None:
            early = self.warn_at if self.warned_at is None else None
            return min(early, self.due_at) if early else self.due_at
        return self.escalate_at if self.escalated_at is None else None


@dataclass(frozen=True, slots=True)
class Recount:
    """A change of the calendar or of a target, for which the clocks are computed anew.

    Attributes:
        changes: each a code `why` with its values, as it is told.
        reached: the last case that was done.
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
