"""What the office's clock does about complaints: it frees them, sends them up, finds those without anyone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from domain.complaints import (
    CLOCK_RUNS_IN,
    HELD_IN,
    WAITING,
    Action,
    ComplaintFacts,
    handlers,
    may_handle,
)
from domain.roles import Actor, Role
from domain.targets import Due
from services.complaint_acts import act, facts_of_all, staff
from services.complaint_clocks import dues_of_all
from storage.records.complaints import AnswerTarget, Complaint
from storage.work import Work

AT_ONCE: Final = 200
"""Rows of one unit of a sweep."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A missed target of a complaint that stays where it is.

    Attributes:
        director: whether some director is independent, as the one who holds it; False: the office lacks one.
    """

    target: AnswerTarget
    director: bool


def to_tell(work: Work) -> tuple[Complaint, ...]:
    """Complaints of which the desk is told now: what anonymous persons did in the last while.

    Told at once, the messages would bear the very moment of the sender's own.
    """
    return work.complaints.take_untold(AT_ONCE)


def free_unfit(work: Work) -> tuple[tuple[Complaint, int], ...]:
    """Complaints whose holders may not handle them any more go back into the queue, each with that person."""
    freed: list[tuple[Complaint, int]] = []
    for complaint, facts in facts_of_all(work, work.complaints.in_states(HELD_IN)):
        if len(freed) == AT_ONCE:
            break
        holder = work.people.get(complaint.holder) if complaint.holder is not None else None
        if holder is None or not holder.active or not may_handle(holder.actor, facts):
            moved = act(work, actor=None, complaint=complaint, action=Action.FREE)
            freed.append((moved, complaint.holder or 0))
    return tuple(freed)


def escalate_due(work: Work) -> tuple[tuple[Complaint, int | None], ...]:
    """Complaints whose target is missed go up to the directors, once a round; each with who held it.

    An objection begins a round of its own, with a target of its own.

    Where no director is independent, or one has it in hand already, nothing moves.
    """
    went_up: list[tuple[Complaint, int | None]] = []
    counted = [each for each in work.complaints.in_states(CLOCK_RUNS_IN) if not _has_gone_up(each)]
    dues = dues_of_all(work, counted)
    overdue = [each for each, due in zip(counted, dues, strict=True) if _is_up(work, due)]
    among = staff(work)
    for complaint, facts in facts_of_all(work, overdue):
        if len(went_up) < AT_ONCE and _can_go_up(facts, among):
            moved = act(work, actor=None, complaint=complaint, action=Action.ESCALATE)
            went_up.append((moved, complaint.holder))
    return tuple(went_up)


def _has_gone_up(complaint: Complaint) -> bool:
    """Whether it went up in this round: an objection begins another."""
    return complaint.escalated_at is not None and complaint.escalated_at > complaint.clock_from


def _is_up(work: Work, due: Due | None) -> bool:
    return due is not None and due.at is not None and due.at <= work.now


def _can_go_up(facts: ComplaintFacts, among: Sequence[Actor]) -> bool:
    directors = _directors(facts, among)
    return bool(directors) and facts.holder not in directors


def _directors(facts: ComplaintFacts, among: Sequence[Actor]) -> set[int | None]:
    """The independent ones among these."""
    fit = handlers(replace(facts, escalated=True), among)
    return {actor.person_id for actor in fit if actor.not_for(facts.involved).has(Role.DIRECTOR)}


def overdue_as_it_is(work: Work) -> tuple[Overdue, ...]:
    """Complaints whose target is missed and that cannot go up, once a round: from now on they are told of."""
    found = work.complaints.targets_up(AT_ONCE)
    facts = facts_of_all(work, [work.complaints.get(target.complaint_id) for target in found])
    among = staff(work)
    told = tuple(
        Overdue(target, director=bool(_directors(of, among)))
        for target, (_, of) in zip(found, facts, strict=True)
        if not _can_go_up(of, among)
    )
    for each in told:
        work.complaints.keep_target(replace(each.target, warned_at=work.now))
    return told


def stranded(work: Work) -> tuple[tuple[Complaint, bool], ...]:
    """Waiting complaints whose state of having a handler has changed, each with whether somebody is left.

    Each is told once: the admins that somebody independent must be appointed, and later whoever was.
    """
    changed: list[tuple[Complaint, bool]] = []
    told = [each for each in work.complaints.in_states(WAITING) if not each.untold]
    among = staff(work)
    for complaint, facts in facts_of_all(work, told):
        somebody = bool(handlers(facts, among))
        if somebody is (complaint.stranded_at is None) or len(changed) == AT_ONCE:
            continue
        work.complaints.strand(complaint.id, None if somebody else work.now)
        changed.append((complaint, somebody))
    return tuple(changed)
