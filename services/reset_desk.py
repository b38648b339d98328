"""The admins' side of forgotten secrets: who sees to which request, the one-time code, the clock."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from domain.authority import Deed, Thing, plays, require
from domain.calendar import Calendar
from domain.roles import Actor, Role
from domain.settings import WARN_BEFORE
from domain.targets import Span, ahead
from services import targets
from services.cases import name_of
from services.errors import Taken
from services.people import LIFETIME
from services.resets import PREFIX, digest, may_renew, note, tidy
from services.secrets import DEAD, new_token
from storage.errors import NotFound
from storage.records import Case, Person, View
from storage.records.factors import Reset
from storage.work import Work

AT_ONCE: Final = 200
"""Rows of one unit of a sweep."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A one-time code: it goes into the owner's own chat and is kept nowhere.

    Attributes:
        views: the screens from which the case's details have to go.
    """

    reset: Reset
    token: str = field(repr=False)
    expires_at: datetime
    views: tuple[View, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """An open request as the admins see it: whose, for which secret, since when, until when.

    Attributes:
        name: of the owner.
        code: the tracking code of the case, or empty for a second factor.
        holder: the name of the admin who sees to it, or empty.
        due: the office's own target, where it has set one.
        late: whether that is over and nothing is issued yet.
    """

    reset: Reset
    name: str
    code: str
    holder: str
    due: datetime | None
    late: bool


def tasks(work: Work, by: Actor) -> tuple[Task, ...]:
    """Every open request, the oldest first.

    Raises:
        NotYours: no admin.
    """
    require(by, Deed.RESETS)
    return tuple(task(work, reset) for reset in work.factors.open_resets())


def task(work: Work, reset: Reset) -> Task:
    """A request as the admins see it."""
    due = reset.due_at
    late = reset.issued_at is None and due is not None and due <= work.now
    code = work.cases.get(reset.case_id).code if reset.case_id is not None else ""
    return Task(reset, name_of(work, reset.owner), code, name_of(work, reset.holder), due, late)


def seen(work: Work, by: Actor, reset_id: int) -> Reset:
    """A request, for an admin.

    Raises:
        NotYours: no admin.
        NotFound: there is no such request.
    """
    require(by, Deed.RESETS)
    reset = work.factors.reset(reset_id)
    if reset is None:
        raise NotFound("reset", reset_id)
    return reset


def claim(work: Work, by: Actor, reset_id: int, *, over: bool = False) -> Reset:
    """An admin takes a request; of two at once, one has it.

    Args:
        work: this unit.
        by: who.
        reset_id: which.
        over: whether to take it from the colleague who holds it.

    Raises:
        NotYours: no admin, or the own one.
        NotFound: there is none, or it has ended.
        Taken: another admin holds it.
    """
    reset = _for_admin(work, by, reset_id)
    if reset.holder == by.person_id:
        return reset
    if reset.holder is not None and not over and _is_admin(work.people.get(reset.holder)):
        raise Taken(name_of(work, reset.holder))
    work.factors.claim_reset(reset.id, reset.holder, by.person_id)
    note(work, reset, "claimed", by.person_id)
    return _now(work, reset)


def release(work: Work, by: Actor, reset_id: int) -> Reset:
    """The admin who holds a request gives it back.

    Raises:
        NotYours: no admin, or another one holds it.
        NotFound: there is none, or it has ended.
    """
    reset = _held(work, by, reset_id)
    work.factors.claim_reset(reset.id, reset.holder, None)
    note(work, reset, "released", by.person_id)
    return _now(work, reset)


def issue(work: Work, by: Actor, reset_id: int) -> Issued:
    """The admin who holds a request has a one-time code made; an earlier one is dead.

    Raises:
        NotYours: no admin, the own request, or another admin holds it.
        NotFound: there is none, it has ended, or its owner has left: nothing is killed then.
    """
    reset = _held(work, by, reset_id)
    if _has_left(work, reset):
        raise NotFound("reset", reset_id)
    return _issue(work, reset, by.person_id)


def issue_by_keeper(work: Work, person_id: int, code: str = "") -> Issued:
    """The keeper of the machine has a one-time code made for somebody's second factor, or for a case.

    Args:
        work: this unit.
        person_id: whose.
        code: the tracking code of a case whose passcode this person may renew; empty for the second factor.

    Raises:
        NotFound: the person has no such secret.
    """
    case = work.cases.by_code(tidy(code)) if code else None
    if code and (case is None or not _may_renew(work, work.people.get(person_id), case)):
        raise NotFound("case", person_id)
    if not code and work.factors.get(person_id) is None:
        raise NotFound("factor", person_id)
    case_id = case.id if case else None
    stands = work.factors.reset_of_factor(person_id) if case is None else work.factors.reset_of_case(case.id)
    reset = stands or work.factors.ask_reset(person_id, case_id, "")
    if reset is None:  # asked for and ended by others this very moment
        raise NotFound("reset", person_id)
    return _issue(work, reset, None)


def _issue(work: Work, reset: Reset, by: int | None) -> Issued:
    token, expires_at = PREFIX + new_token(), work.now + LIFETIME
    first = reset.issued_at or work.now
    work.factors.issue_reset(reset.id, digest(work, token), expires_at, first)
    views: tuple[View, ...] = ()
    if reset.case_id is not None:
        work.factors.set_passcode(reset.case_id, DEAD)
        views = work.factors.end_views(reset.case_id)
    else:
        work.factors.kill(reset.owner)
        work.factors.end_setup(reset.owner)
        work.factors.unsign(reset.owner)
    note(work, reset, "issued", by)
    return Issued(_now(work, reset), token, expires_at, views)


def admins_for(work: Work, reset: Reset) -> tuple[Person, ...]:
    """The admins who may see to it: all but the owner."""
    return tuple(person for person in work.people.with_role(Role.ADMIN) if person.id != reset.owner)


# The clock


def expire(work: Work) -> tuple[Reset, ...]:
    """Requests whose code has run out unused, ended; the old secret stays dead."""
    over = work.factors.expired_resets(limit=AT_ONCE)
    for reset in over:
        work.factors.end_reset(reset.id, "expired")
        note(work, reset, "expired", None)
    return over


def to_tell(work: Work) -> tuple[Reset, ...]:
    """Requests whose code ran out, of which their owners hear now, noted; none outside office hours."""
    untold = work.factors.untold_resets(limit=AT_ONCE)
    if not untold or not targets.may_disturb(work):
        return ()
    for reset in untold:
        work.factors.note_told(reset.id)
    return untold


def to_prompt(work: Work) -> tuple[Reset, ...]:
    """Requests that nobody sees to and no admin was shown yet, noted; none outside office hours."""
    waiting = [one for one in work.factors.open_resets() if one.prompted_at is None and not one.holder]
    waiting = [one for one in waiting if one.issued_at is None][:AT_ONCE]
    if not waiting or not targets.may_disturb(work):
        return ()
    for reset in waiting:
        work.factors.note_prompt(reset.id)
    return tuple(waiting)


def end_left(work: Work) -> tuple[Reset, ...]:
    """Open requests of people who hold that role no more, ended: nobody could use their codes."""
    left = tuple(reset for reset in work.factors.open_resets() if _has_left(work, reset))[:AT_ONCE]
    for reset in left:
        work.factors.end_reset(reset.id, "left")
        note(work, reset, "left", None)
    return left


def _has_left(work: Work, reset: Reset) -> bool:
    """Whether the owner could not renew anything with a code."""
    owner = work.people.get(reset.owner)
    if reset.case_id is not None:
        return not _may_renew(work, owner, work.cases.get(reset.case_id))
    return owner is None or not owner.actor.grants


def _may_renew(work: Work, person: Person | None, case: Case) -> bool:
    return person is not None and may_renew(work, person.actor, case)


def to_remind(work: Work) -> tuple[Task, ...]:
    """Requests that are late and of which nobody was reminded, noted; none outside office hours."""
    waiting = [
        reset for reset in work.factors.open_resets() if reset.issued_at is None and reset.reminded_at is None
    ]
    if not waiting or not targets.may_disturb(work):
        return ()
    late = [found for found in (task(work, reset) for reset in waiting) if found.late][:AT_ONCE]
    for found in late:
        work.factors.note_reminder(found.reset.id)
        note(work, found.reset, "reminded", None)
    return tuple(late)


def to_warn(work: Work) -> tuple[Task, ...]:
    """Requests that are nearly late, each once, noted; none outside office hours or without the setting."""
    before = targets.span_of(work, WARN_BEFORE.name)
    if before is None or not targets.may_disturb(work):
        return ()
    calendar = work.calendar.in_force()
    near = [
        reset
        for reset in work.factors.open_resets()
        if reset.issued_at is None and reset.warned_at is None and _is_near(reset, before, calendar, work.now)
    ][:AT_ONCE]
    for reset in near:
        work.factors.note_warning(reset.id)
        note(work, reset, "warned", None)
    return tuple(task(work, reset) for reset in near)


def _is_near(reset: Reset, before: Span, calendar: Calendar, now: datetime) -> bool:
    """Whether it is nearly up; one whose whole span is shorter than the warning is not warned of."""
    early = ahead(before, reset.due_at, calendar) if reset.due_at else None
    return reset.due_at is not None and early is not None and reset.asked_at < early <= now < reset.due_at


# The rest


def _for_admin(work: Work, by: Actor, reset_id: int) -> Reset:
    reset = seen(work, by, reset_id)
    if reset.outcome is not None:
        raise NotFound("reset", reset_id)
    require(by, Deed.RESET, Thing(owner=reset.owner))
    return reset


def _held(work: Work, by: Actor, reset_id: int) -> Reset:
    reset = _for_admin(work, by, reset_id)
    require(by, Deed.HOLD_RESET, Thing(owner=reset.owner, holder=reset.holder))
    return reset


def _is_admin(person: Person | None) -> bool:
    return person is not None and plays(person.actor, Deed.RESETS)


def _now(work: Work, reset: Reset) -> Reset:
    return work.factors.reset(reset.id) or reset
