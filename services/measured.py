"""«آنچه وعده داده شد، آنچه سنجیده شد»: each clause that can be measured, with what the store's events say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.agreement import Clause, Section, sentences
from domain.reports import Period, Times, last_days
from domain.windows import Availability
from persian.dates import tehran_day
from persian.text import key
from services import reports, resets, status, targets, windows
from storage.work import Work

DAYS: Final = 90
"""How far back is measured."""

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
class Figures:
    """What was measured in a period.

    Attributes:
        decision: first decisions of proposals.
        first_look: first looks at proposals.
        answers: first answers to complaints and comments.
        resets: forgotten passcodes and PINs.
        availability: the share of the time with service.
        windows: planned windows that were to begin in the period.
        unplanned: those of them that were announced later than the office's notice lead.
        has_lead: whether the office has set that lead.
    """

    period: Period
    decision: Times
    first_look: Times
    answers: Times
    resets: resets.Measured
    availability: Availability
    windows: int
    unplanned: int
    has_lead: bool


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


def figures(work: Work) -> Figures:
    """What the store says of the last days, today among them."""
    period = last_days(tehran_day(work.now), DAYS)
    begin, end = period.moments
    held = (window for window in work.windows.within(begin, end) if window.cancelled_at is None)
    begun = [window for window in held if windows.begins_of(window) >= begin]
    return Figures(
        period=period,
        decision=reports.measure_of(work, "decision_target").times(reports.first_decisions(work, period)),
        first_look=reports.measure_of(work, "first_look_target").times(reports.first_looks(work, period)),
        answers=reports.measure_of(work, "complaint_target").times(reports.first_answers(work, period)),
        resets=resets.measured(work, begin, end),
        availability=status.figure(work, work.now - status.PERIOD, work.now),
        windows=len(begun),
        unplanned=sum(window.unplanned for window in begun),
        has_lead=targets.span_of(work, "notice_lead") is not None,
    )
