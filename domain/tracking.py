"""What anybody with a tracking code may see of a case: the stage and what comes next, no personal data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.errors import NotPublic
from domain.lifecycle import State


@dataclass(frozen=True)
class PublicStage:
    """A stage as a stranger sees it.

    Attributes:
        code: the stage.
        states: the states shown so.
        next_step: code of what happens next.
    """

    code: str
    states: frozenset[State]
    next_step: str


def _stage(code: str, next_step: str, *states: State) -> PublicStage:
    return PublicStage(code, frozenset(states), next_step)


# Whether a second signature is awaited is the office's own affair: outside it is still the review.
PUBLIC_STAGES: Final = (
    _stage("submitted", "review_begins", State.SUBMITTED),
    _stage("in_review", "office_decides", State.IN_REVIEW, State.AWAITING_SIGNATURE),
    _stage("returned", "agency_corrects", State.RETURNED),
    _stage("agreed", "agency_is_told", State.AGREED),
    _stage("not_agreed", "agency_is_told", State.NOT_AGREED),
    _stage("withdrawn", "nothing", State.WITHDRAWN),
    _stage("superseded", "later_decision_holds", State.SUPERSEDED),
)
"""In the order of a case's life."""

RESUBMITTED: Final = "resubmitted"
"""A step of the timeline: sent in again, corrected."""
BACK_IN_QUEUE: Final = "back_in_queue"
"""A step of the timeline: its reviewer gave it up, another will take it."""

_BY_STATE = {state: stage for stage in PUBLIC_STAGES for state in stage.states}


def _shown(state: State) -> PublicStage:
    if state not in _BY_STATE:
        raise NotPublic(state)
    return _BY_STATE[state]


def public_stage(state: State) -> str:
    """The stage that a stranger is shown.

    Raises:
        NotPublic: a draft has no code and no public stage.
    """
    return _shown(state).code


def next_step(state: State) -> str:
    """The code of what happens next; like the stage, it does not tell a second signature from a review.

    Raises:
        NotPublic: a draft has no code and no public view.
    """
    return _shown(state).next_step


def timeline(stages: Sequence[tuple[str, datetime]]) -> tuple[tuple[str, datetime], ...]:
    """The steps of a case as they are told: «ثبت شد» once, and every later return to the queue by its cause.

    Args:
        stages: public stages in order, each with the moment it began, none twice in a row.

    Returns:
        As many steps with the same moments; a later `submitted` is `RESUBMITTED` after a return for
        correction, and `BACK_IN_QUEUE` otherwise.
    """
    return tuple(
        (_step(code, stages[place - 1][0] if place else None), at) for place, (code, at) in enumerate(stages)
    )


def is_news(steps: Sequence[tuple[str, datetime]]) -> bool:
    """Whether the last step of a timeline is told to anybody: of each round of review its beginning alone.

    That a reviewer gives a case up and another takes it is the office's own affair.
    """
    last = [code for code, _ in steps[-2:]]
    return last[-1:] != [BACK_IN_QUEUE] and last != [BACK_IN_QUEUE, "in_review"]


def _step(stage: str, earlier: str | None) -> str:
    if stage != "submitted" or earlier is None:
        return stage
    return RESUBMITTED if earlier == "returned" else BACK_IN_QUEUE
