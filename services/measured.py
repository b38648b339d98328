"""«آنچه وعده داده شد، آنچه سنجیده شد»: each clause that can be measured, with what the store's events say."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from domain.agreement import Clause, Section, sentences
from domain.reports import Period, Times, last_days
from domain.windows import Availability
from persian.dates import tehran_day
from persian.text import key
from services import reports, resets, status, targets, windows
from storage.records import JsonObject
from storage.work import Work

DAYS: Final = 90
"""How far back is measured."""

EVERY: Final = timedelta(hours=1)
"""How old a figure becomes before it is measured anew: a technical period."""

PROMISES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("درخواستها و شکایات", ("answers",)),
    ("کوتاهترین زمان ممکن", ("first_look", "decision")),
    ("تمام وقت", ("availability",)),
    ("از قبل اطلاع رسانی", ("windows",)),
    ("فراموش نمودن رمز", ("resets",)),
    ("قبلا توسط دستگاه اجرایی", ("unplanned",)),
)
"""By which words a clause is known, whatever version it stands in, and which figures measure it."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A clause with the codes of the figures that measure it; no clause where this version has none such."""

    clause: Clause | None
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Windows:
    """Planned windows that were to begin in the period.

    Attributes:
        count: how many.
        unplanned: those of them that were announced later than the office's notice lead.
        has_lead: whether the office has set that lead.
    """

    count: int
    unplanned: int
    has_lead: bool


@dataclass(frozen=True, slots=True)
class Resets:
    """Forgotten passcodes and PINs.

    Attributes:
        asked: requests of the period.
        median: from the request until it was seen to; None where none was.
        judged: how many can be held against their target.
        in_target: how many of these met it.
        issued: how many were seen to; 0 in figures kept by an earlier release.
    """

    asked: int
    median: timedelta | None
    judged: int
    in_target: int
    issued: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured in a period.

    Attributes:
        made_at: when; of several moments, the earliest.
        decision: first decisions of proposals.
        first_look: first looks at proposals.
        answers: first answers to complaints and comments.
        availability: the share of the time with service.
    """

    made_at: datetime
    period: Period
    decision: Times
    first_look: Times
    answers: Times
    resets: Resets
    availability: Availability
    windows: Windows


def promises(sections: Sequence[Section]) -> tuple[Promise, ...]:
    """The clauses of a version that can be measured, in its order; then figures whose clause it lacks."""
    kept = tuple(sentences(sections))
    found = [
        Promise(next((one for one in kept if key(words) in key(one.text)), None), figures)
        for words, figures in PROMISES
    ]
    return tuple(sorted(found, key=_place))


def _place(promise: Promise) -> tuple[bool, int, int]:
    clause = promise.clause
    return (clause is None, clause.section if clause else 0, clause.number if clause else 0)


# Measuring: a figure in a unit, so that nobody waits for it; what anybody may look at is only read.


def measure_next(work: Work) -> bool:
    """Measure the figure that was measured longest ago, if it is due; whether it was."""
    made = {code: at for code, (at, _) in work.measures.figures().items()}
    due = [code for code in _MEASURES if code not in made or work.now - made[code] >= EVERY]
    if not due:
        return False
    code = min(due, key=lambda one: (one in made, made.get(one, work.now)))
    work.measures.keep(code, _MEASURES[code](work, _period(work.now)))
    return True


def figures(work: Work) -> Figures | None:
    """What was measured of the last days; None until everything was."""
    kept = work.measures.figures()
    if not kept.keys() >= _MEASURES.keys():
        return None
    made_at = min(at for at, _ in kept.values())
    found: dict[str, Any] = {code: content for code, (_, content) in kept.items()}
    seconds = found["resets"].pop("seconds")
    return Figures(
        made_at=made_at,
        period=_period(made_at),
        decision=Times(**found["decision"]),
        first_look=Times(**found["first_look"]),
        answers=Times(**found["answers"]),
        resets=Resets(median=None if seconds is None else timedelta(seconds=seconds), **found["resets"]),
        availability=Availability(**found["availability"]),
        windows=Windows(**found["windows"]),
    )


def _period(now: datetime) -> Period:
    return last_days(tehran_day(now), DAYS)


def _resets(work: Work, period: Period) -> JsonObject:
    made = resets.measured(work, *period.moments)
    return {
        "asked": made.asked,
        "seconds": None if made.median is None else round(made.median.total_seconds()),
        "judged": made.judged,
        "in_target": made.in_target,
        "issued": made.issued,
    }


def _availability(work: Work, _period: Period) -> JsonObject:
    return asdict(status.figure(work, work.now - status.PERIOD, work.now))


def _windows(work: Work, period: Period) -> JsonObject:
    begin, end = period.moments
    held = (window for window in work.windows.within(begin, end) if window.cancelled_at is None)
    begun = [window for window in held if windows.begins_of(window) >= begin]
    late, has_lead = (
        sum(window.unplanned for window in begun),
        targets.span_of(work, "notice_lead") is not None,
    )
    return asdict(Windows(len(begun), late, has_lead))


_MEASURES: Final[dict[str, Callable[[Work, Period], JsonObject]]] = {
    "decision": lambda work, period: asdict(reports.decision_times(work, period)),
    "first_look": lambda work, period: asdict(reports.look_times(work, period)),
    "answers": lambda work, period: asdict(reports.answer_times(work, period)),
    "resets": _resets,
    "availability": _availability,
    "windows": _windows,
}
"""What measures each figure, by its code."""
