"""Planned maintenance «قطعی برنامه‌ریزی‌شده», incidents «اختلال», and what share of the time there was service.

The agreement: maintenance that makes the service unavailable is announced beforehand («به‌روزرسانی»), and
every fault is announced («دسترس‌پذیری»). It names no lead time; the least one is a setting of the office.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class Word(StrEnum):
    """What is announced of a window, each at most once of each of its plans."""

    CREATED = "created"
    MOVED = "moved"
    DAY_BEFORE = "day_before"
    HOUR_BEFORE = "hour_before"
    STARTED = "started"
    OVERRUN = "overrun"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """How far an incident is."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)

LONGEST: Final = timedelta(days=7)
"""Of a window: a technical bound, against a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When a window is to be, as it was announced; all moments aware.

    Attributes:
        begins: of the window.
        ends: after it.
        announced_at: when everybody was told.
        late: whether that was later than the office's notice lead asks for.
    """

    begins: datetime
    ends: datetime
    announced_at: datetime
    late: bool = False


def schedule(plan: Plan, *, ends_alone: bool) -> tuple[tuple[Word, datetime], ...]:
    """What is to be announced of a plan by itself, in the order of time.

    Args:
        plan: of the window.
        ends_alone: whether a window ends at its end; else an admin ends it, and past its end it overruns.
    """
    return (
        (Word.DAY_BEFORE, plan.begins - DAY),
        (Word.HOUR_BEFORE, plan.begins - HOUR),
        (Word.STARTED, plan.begins),
        (Word.ENDED if ends_alone else Word.OVERRUN, plan.ends),
    )


def due(
    plan: Plan, now: datetime, announced: Collection[str], *, ends_alone: bool, quiet: bool
) -> Word | None:
    """The one thing that is to be announced now, if any.

    Of all that has fallen due only the last still says something true: what was missed before it is never
    made up for. What had passed when the plan was announced was told with it.

    Args:
        plan: of a window that is neither over nor cancelled.
        now: this moment.
        announced: what was announced of this plan.
        ends_alone: see `schedule`.
        quiet: whether nobody may be disturbed now; an outage does not ask, the word of the day before waits.
    """
    times = schedule(plan, ends_alone=ends_alone)
    passed = [word for word, at in times if plan.announced_at < at <= now]
    word = passed[-1] if passed else None
    if word is None or word in announced or (quiet and word is Word.DAY_BEFORE):
        return None
    return word


def is_urgent(begins: Iterable[datetime], now: datetime) -> bool:
    """Whether what is announced of a window may not wait for the morning.

    Args:
        begins: when it begins, and when it was to begin before.
        now: this moment.
    """
    return min(begins) - now <= DAY


def in_force(begins: datetime, ends: datetime, now: datetime, *, ends_alone: bool) -> bool:
    """Whether a window that nobody has ended or cancelled is going on."""
    return begins <= now and not (ends_alone and ends <= now)


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Whether two spans of time have more than an edge in common."""
    return one[0] < other[1] and other[0] < one[1]


@dataclass(frozen=True, slots=True)
class Outage:
    """A time without service, announced beforehand or not; `ends` is not in it."""

    begins: datetime
    ends: datetime
    planned: bool


@dataclass(frozen=True, slots=True)
class Availability:
    """What share of a time there was service, in whole minutes; a minute begun without it counts as one.

    Attributes:
        minutes: of the whole time.
        planned: those without service that were announced beforehand.
        unplanned: the others without service, those that fell into a planned window among them.
    """

    minutes: int
    planned: int
    unplanned: int

    @property
    def up(self) -> int:
        """Minutes with service."""
        return self.minutes - self.planned - self.unplanned

    @property
    def hundredths(self) -> int:
        """The share in hundredths of a percent, rounded down: 9993 is 99.93 percent."""
        return self.up * 10_000 // self.minutes


def availability(outages: Iterable[Outage], begin: datetime, end: datetime) -> Availability:
    """The share of the time from `begin` to `end` (at least a minute apart) that these outages leave.

    A minute is counted once, however many outages it lies in.
    """
    within = [Outage(max(outage.begins, begin), min(outage.ends, end), outage.planned) for outage in outages]
    minutes = (end - begin) // MINUTE
    down = min(_minutes(_together(within)), minutes)
    unplanned = min(_minutes(_together(outage for outage in within if not outage.planned)), down)
    return Availability(minutes, down - unplanned, unplanned)


def _together(outages: Iterable[Outage]) -> timedelta:
    """How long at least one of them lasted."""
    total, reached = timedelta(), None
    for outage in sorted(outages, key=lambda outage: outage.begins):
        begins = outage.begins if reached is None else max(outage.begins, reached)
        if begins < outage.ends:
            total, reached = total + (outage.ends - begins), outage.ends
    return total


def _minutes(length: timedelta) -> int:
    return -(-length // MINUTE)


def promised(plans: Iterable[Plan]) -> datetime | None:
    """Until when a window counts as planned, by everything that was announced of its time.

    It may be made longer in time; what is announced late, or when the end is past already, makes nothing
    planned that was not.

    Args:
        plans: those that were announced, in this order.

    Returns:
        The end that was announced in time; None where the begin was announced too late.
    """
    end, begins = None, None
    for plan in plans:
        if plan.begins != begins:
            begins, end = plan.begins, None if plan.late else plan.ends
        elif end is not None:
            in_time = plan.announced_at < end and not plan.late
            end = plan.ends if in_time else min(end, plan.ends)
    return end


def outages_of(begins: datetime, promise: datetime | None, over: datetime) -> tuple[Outage, ...]:
    """A window as times without service: what went past the end announced in time was announced to nobody.

    Args:
        begins: of the plan in force.
        promise: see `promised`.
        over: when it was really over, or now while it goes on.
    """
    ends = begins if promise is None else promise
    parts = (Outage(begins, min(ends, over), planned=True), Outage(ends, over, planned=False))
    return tuple(part for part in parts if part.begins < part.ends)
