"""What the office's clock does about complaints: it frees them, sends them up, finds those without anyone."""

from dataclasses import replace
from typing import Final

from domain.complaints import HELD_IN, WAITING, Action, State, handlers, may_handle
from domain.roles import Role
from services.complaint_acts import act, due_of, facts_of, staff
from storage.records.complaints import Complaint
from storage.work import Work

AT_ONCE: Final = 200
"""Rows of one unit of a sweep."""


def to_tell(work: Work) -> tuple[Complaint, ...]:
    """Complaints of which the desk is told now: what anonymous persons did in the last while.

    Told at once, the messages would bear the very moment of the sender's own.
    """
    return work.complaints.take_untold(AT_ONCE)


def free_unfit(work: Work) -> tuple[tuple[Complaint, int], ...]:
    """Complaints whose holders may not handle them any more go back into the queue, each with that person."""
    freed = []
    for complaint in work.complaints.in_states(HELD_IN)[:AT_ONCE]:
        holder = work.people.get(complaint.holder) if complaint.holder is not None else None
        if holder is None or not holder.active or not may_handle(holder.actor, facts_of(work, complaint)):
            moved = act(work, actor=None, complaint=complaint, action=Action.FREE)
            freed.append((moved, complaint.holder or 0))
    return tuple(freed)


def escalate_due(work: Work) -> tuple[tuple[Complaint, int | None], ...]:
    """Complaints whose target is missed go up to the directors, once; each with who held it.

    Where no director is independent, or one has it in hand already, nothing moves.
    """
    went_up: list[tuple[Complaint, int | None]] = []
    for complaint in work.complaints.in_states({State.RECEIVED, State.IN_HAND, State.OBJECTED}):
        if complaint.escalated_at is not None or len(went_up) == AT_ONCE or not _is_overdue(work, complaint):
            continue
        if _can_go_up(work, complaint):
            moved = act(work, actor=None, complaint=complaint, action=Action.ESCALATE)
            went_up.append((moved, complaint.holder))
    return tuple(went_up)


def _is_overdue(work: Work, complaint: Complaint) -> bool:
    found = due_of(work, complaint)
    return found is not None and found.at is not None and found.at <= work.now


def _can_go_up(work: Work, complaint: Complaint) -> bool:
    facts = replace(facts_of(work, complaint), escalated=True)
    fit = handlers(facts, staff(work))
    directors = {actor.person_id for actor in fit if actor.not_for(facts.involved).has(Role.DIRECTOR)}
    return bool(directors) and complaint.holder not in directors


def stranded(work: Work) -> tuple[tuple[Complaint, bool], ...]:
    """Waiting complaints whose state of having a handler has changed, each with whether somebody is left.

    Each is told once: the admins that somebody independent must be appointed, and later whoever was.
    """
    changed: list[tuple[Complaint, bool]] = []
    for complaint in work.complaints.in_states(WAITING):
        if complaint.untold:
            continue
        somebody = bool(handlers(facts_of(work, complaint), staff(work)))
        if somebody is (complaint.stranded_at is None) or len(changed) == AT_ONCE:
            continue
        work.complaints.strand(complaint.id, None if somebody else work.now)
        changed.append((complaint, somebody))
    return tuple(changed)
