"""Planned maintenance and incidents."""

from dataclasses import dataclass
from datetime import datetime

from domain.windows import Stage


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """When a window is to be: one plan of several.

    Attributes:
        why_unplanned: the reason for announcing it later than the office's notice lead, or None.
        announced_at: None while it is a draft.
    """

    id: int
    window_id: int
    begins: datetime
    ends: datetime
    why_unplanned: str | None
    made_by: int
    made_at: datetime
    announced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Window:
    """A planned maintenance.

    Attributes:
        affected: what is affected, in the admin's words.
        reason: why, in the admin's words.
        plan_id: the plan announced last; None while nothing was announced, as `begins` and `ends` are.
        unplanned: whether that plan was announced later than the office's notice lead.
    """

    id: int
    affected: str
    reason: str
    made_by: int
    made_at: datetime
    plan_id: int | None
    begins: datetime | None
    ends: datetime | None
    unplanned: bool
    ended_at: datetime | None
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class WindowWord:
    """Something announced of a window, or done to it; `notice_id` is the notice that said it."""

    plan_id: int
    window_id: int
    word: str
    at: datetime
    person_id: int | None
    notice_id: int | None


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident «اختلال», or the draft of one.

    Attributes:
        affected: what does not work, in the admin's words.
        cause: what the watchdog saw, as a code, or None for one that a person opened.
        begun_at: when the service began to fail.
        over_at: when it was over, or None.
        published_at: None while it is a draft, which counts nowhere.
        dropped_at: when a draft was put aside, or None.
        notice_id: the live notice, or None.
    """

    id: int
    affected: str
    cause: str | None
    stage: Stage
    begun_at: datetime
    over_at: datetime | None
    made_by: int | None
    made_at: datetime
    published_at: datetime | None
    dropped_at: datetime | None
    notice_id: int | None


@dataclass(frozen=True, slots=True)
class IncidentUpdate:
    """A word about an incident; without `published_at` it is still to be confirmed."""

    id: int
    incident_id: int
    stage: Stage
    text: str
    person_id: int | None
    made_at: datetime
    published_at: datetime | None
