"""What was announced of a window in time: until when it counts as planned."""

from datetime import datetime

from domain.windows import Plan, promised
from storage.records.windows import Window
from storage.work import Work


def promised_end(work: Work, window: Window) -> datetime | None:
    """Until when a window counts as planned, by its plans; None: its begin was announced too late.

    A plan that is only looked at, and stands in the window, counts as announced now.
    """
    told = [
        Plan(plan.begins, plan.ends, plan.announced_at or work.now, plan.why_unplanned is not None)
        for plan in work.windows.plans(window.id)
        if plan.announced_at is not None or plan.id == window.plan_id
    ]
    return promised(told)


def is_unplanned(work: Work, window: Window) -> bool:
    """Whether it was announced too late as a whole: one that was made longer too late was planned."""
    return promised_end(work, window) is None
