"""The office's targets on its working calendar."""

from collections.abc import Sequence
from datetime import datetime

from domain.targets import Due, Pause
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
    raise NotImplementedError


def may_disturb(work: Work) -> bool:
    """Whether warnings and reminders may be pushed now: in office hours only; outages do not ask."""
    raise NotImplementedError
