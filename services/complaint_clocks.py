"""The office's target for the answer to a complaint: kept with every step, moved by the calendar, warned of.

What is kept follows from the events, the calendar and the settings alone, as it does of cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from domain import targets as rules
from domain.calendar import Calendar
from domain.complaints import OPEN, State
from domain.settings import COMPLAINT_TARGET, WARN_BEFORE
from domain.targets import Due, Pause, Span
from persian.dates import tehran_day
from services import targets
from storage.records.complaints import AnswerTarget, Complaint, ComplaintEvent
from storage.work import Work

AWAITING_REPLY: Final = "awaiting_reply"
"""Why the clock of a complaint stands still."""
AT_ONCE: Final = 200
"""Rows of one unit of a sweep."""


def due_of(work: Work, complaint: Complaint) -> Due | None:
    """When the office's target for the answer is up; None without a target, or once it is answered."""
    (due,) = dues_of_all(work, [complaint])
    return due


def why(work: Work, complaint: Complaint) -> tuple[Span, Due] | None:
    """The target for the answer and what has moved it; None without one, or once it is answered."""
    span, due = targets.span_of(work, COMPLAINT_TARGET.name), due_of(work, complaint)
    return (span, due) if span and due else None


def dues_of_all(
    work: Work, complaints: Sequence[Complaint], calendar: Calendar | None = None
) -> tuple[Due | None, ...]:
    """The same of many; target, calendar (or another one) and histories are read once."""
    span = targets.span_of(work, COMPLAINT_TARGET.name)
    if span is None:
        return (None,) * len(complaints)
    by = calendar or work.calendar.in_force()
    histories = work.complaints.histories([complaint.id for complaint in complaints])

    def due(complaint: Complaint) -> Due | None:
        if complaint.state not in OPEN:
            return None
        pauses = _pauses(histories.get(complaint.id, ()), complaint)
        return rules.due(span, complaint.clock_from, pauses, by)

    return tuple(map(due, complaints))


def _pauses(events: Sequence[ComplaintEvent], complaint: Complaint) -> tuple[Pause, ...]:
    """The times in which the reply to a question was awaited, since the clock began."""
    later = [event for event in events if event.at >= complaint.clock_from]
    ends = [event.at for event in later[1:]]
    return tuple(
        Pause(event.at, end, AWAITING_REPLY)
        for event, end in zip(later, [*ends, None], strict=False)
        if event.to_state is State.AWAITING_REPLY
    )


def advance(work: Work, complaint: Complaint) -> None:
    """Bring the target up to what has just happened to the complaint: a step of its own is no news.

    News of the calendar that nobody was told yet stays, and is told with the wait for a reply in between.
    """
    kept = work.complaints.targets([complaint.id]).get(complaint.id)
    made = _made(work, complaint, due_of(work, complaint), kept)
    if made is not None:
        waited = kept is not None and kept.due_at is None and _is_news(made) and _has_waited(work, complaint)
        work.complaints.keep_target(_for(made, [{"why": AWAITING_REPLY}]) if waited else made)
    elif kept is not None:
        work.complaints.drop_target(complaint.id)


def _has_waited(work: Work, complaint: Complaint) -> bool:
    """Whether the last wait for a reply has put the target off."""
    span = targets.span_of(work, COMPLAINT_TARGET.name)
    pauses = _pauses(work.complaints.histories([complaint.id]).get(complaint.id, ()), complaint)
    by = work.calendar.in_force()
    ends = [rules.due(span, complaint.clock_from, of, by).at for of in (pauses, pauses[:-1])] if span else []
    return len(set(ends)) > 1


def _made(
    work: Work, complaint: Complaint, due: Due | None, kept: AnswerTarget | None
) -> AnswerTarget | None:
    if due is None:
        return None
    before = targets.span_of(work, WARN_BEFORE.name)
    early = rules.ahead(before, due.at, work.calendar.in_force()) if before and due.at else None
    late = early is None or early <= complaint.clock_from
    was = kept or AnswerTarget(complaint.id, None)
    told = None if _came_forward(was, due.at) else was.warned_at
    return replace(was, due_at=due.at, warn_at=None if late else early, warned_at=told)


def _came_forward(was: AnswerTarget, due_at: datetime | None) -> bool:
    """Whether it was warned of a day that is over by then: that it is up is still to be told."""
    if was.warned_at is None or was.warn_at is None or was.due_at is None or due_at is None:
        return False
    return was.warn_at <= was.warned_at < was.due_at and due_at <= was.warned_at


def recount(work: Work, complaint_id: int, changes: Sequence[Mapping[str, str]]) -> None:
    """Work out the target of an open complaint anew for a change of the calendar or of a target."""
    complaint = work.complaints.get(complaint_id)
    was = work.complaints.targets([complaint_id]).get(complaint_id)
    made = _made(work, complaint, due_of(work, complaint), was)
    if made is not None and made != was:
        work.complaints.keep_target(_moved(made, was, changes))
    elif made is None and was is not None:
        work.complaints.drop_target(complaint_id)


def _moved(
    made: AnswerTarget, was: AnswerTarget | None, changes: Sequence[Mapping[str, str]]
) -> AnswerTarget:
    if was is None or was.due_at is None or made.due_at in {None, was.due_at}:
        return made
    return _for(replace(made, moved_from=was.moved_from or was.due_at), changes)


def _for(target: AnswerTarget, changes: Sequence[Mapping[str, str]]) -> AnswerTarget:
    """The target with these among the reasons for which it moved, each once."""
    others = (change for change in changes if change not in target.moved_for)
    return replace(target, moved_for=(*target.moved_for, *others))


def would_move(work: Work, calendar: Calendar) -> int:
    """How many targets of complaints another calendar would move, of those that are not up yet."""
    open_ = work.complaints.in_states(OPEN)
    pairs = zip(dues_of_all(work, open_), dues_of_all(work, open_, calendar), strict=True)
    return sum(
        now is not None
        and then is not None
        and now.at != then.at
        and now.at is not None
        and now.at >= work.now
        for now, then in pairs
    )


def moves(work: Work) -> tuple[AnswerTarget, ...]:
    """Targets that were moved to another day and of which nobody was told; now they are told."""
    found = work.complaints.moved_targets(AT_ONCE)
    for target in found:
        work.complaints.keep_target(replace(target, moved_from=None, moved_for=()))
    return tuple(target for target in found if _is_news(target))


def _is_news(target: AnswerTarget) -> bool:
    was, now = target.moved_from, target.due_at
    return was is not None and now is not None and tehran_day(was) != tehran_day(now)


def to_warn(work: Work) -> tuple[AnswerTarget, ...]:
    """Targets that are nearly up; from now on they count as told of."""
    found = work.complaints.targets_to_warn(AT_ONCE)
    for target in found:
        work.complaints.keep_target(replace(target, warned_at=work.now))
    return found
