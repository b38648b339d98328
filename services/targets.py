"""The office's targets on its working calendar."""

from collections.abc import Sequence
from datetime import datetime

from domain import targets as rules
from domain.targets import Due, Pause, Span
from services import settings
from storage.work import Work


def due(work: Work, target: str, begin: datetime, pauses: Sequence[Pause] = ()) -> Due | None:
    """When the clock of this target is up; None while the office has not set the target.

    Args:
        work: this unit.
        target: the setting's name: `first_look_target`, `decision_target`, `correction_target`,
            `complaint_target`, `reset_target` or `notice_lead`.
        begin: when the clock began.
        pauses: when it stood still, in the order of time.
    """
    span = span_of(work, target)
    return rules.due(span, begin, pauses, work.calendar.in_force()) if span else None


def span_of(work: Work, target: str) -> Span | None:
    """The span that the office has set for this target, or None."""
    text = settings.text(work, target)
    return Span.of(text) if text else None


def may_disturb(work: Work) -> bool:
    """Whether warnings and reminders may be pushed now: in office hours only; outages do not ask.

    While no office hours are set, a technical daytime of working days stands in for them. What is not sent at
    all disturbs nobody.
    """
    return work.fence.hushed or work.calendar.in_force().is_open(work.now)
