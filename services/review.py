"""The reviewer's side: who holds a case, what is ticked, and what is decided about it."""

from datetime import timedelta
from typing import Final, NamedTuple

from domain.authority import Deed, plays, require
from domain.conditions import conditions_of
from domain.lifecycle import Action, State, may_review
from domain.roles import Actor
from domain.settings import HOLD_HOURS
from services import settings
from services.case_acts import act, insist
from services.cases import known_case, name_of
from services.errors import Taken
from storage.errors import NotFound, Stale
from storage.records import Case, PendingDecision
from storage.work import Work

_AT_ONCE: Final = 50  # cases released by one sweep; the rest follows at the next


class Freed(NamedTuple):
    """A case taken from somebody who may not review any more.

    Attributes:
        case: as it stands now, in the queue.
        holder: the person who held it.
        dropped: that person's decision which was not published yet and never will be, or None.
    """

    case: Case
    holder: int
    dropped: PendingDecision | None


def claim(work: Work, *, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Take a waiting case to review it; a second press by the same person changes nothing.

    A hold begins with nothing ticked: what was ticked before may have been corrected since.

    Raises:
        Taken: a colleague holds it.
        NotAllowedNow: it does not wait to be reviewed; AlreadyDecided: nor will it.
        NotYours: no reviewer, its filer, or an admin.
        Stale: it changed since it was shown and still waits.
    """
    case = known_case(work, case_id)
    require(actor, Deed.REVIEW)
    if _held(work, actor, case):
        return case
    try:
        return act(work, actor=actor, case=case, action=Action.CLAIM, version=version)
    except Stale:
        now = known_case(work, case_id)
        if _held(work, actor, now):
            return now
        raise


def release(work: Work, *, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Put a claimed case back into the queue «رها کردن».

    Raises:
        Taken: a colleague holds it.
        NotAllowedNow: nobody holds it for review; AlreadyDecided: it is decided.
        NotYours: no reviewer, or a decision waits to be published.
        Stale: it changed since it was shown.
    """
    case = known_case(work, case_id)
    return act(work, actor=actor, case=case, action=Action.RELEASE, version=version)


def hand_over(work: Work, *, actor: Actor, case_id: int, to: int | None, version: int | None = None) -> Case:
    """Give a case to a named colleague «واگذاری به همکار»: the holder's own, or a director anybody's.

    Args:
        work: this unit.
        actor: the holder, or a director.
        case_id: the case.
        to: the colleague's person id; a reviewer who may decide the case and does not hold it.
        version: the version that the person had on the screen.

    Raises:
        NotFound: there is no such person.
        NotYours: neither holder nor director, or the colleague may not be given the case.
        Taken, NotAllowedNow, Stale: as for `release`.
    """
    case = known_case(work, case_id)
    person = work.people.get(to) if to is not None else None
    if person is None:
        raise NotFound("person", to or 0)
    mine = case.state is State.IN_REVIEW and case.holder == actor.person_id
    director = plays(actor, Deed.DIRECT) and not (mine and plays(actor, Deed.REVIEW))
    return act(
        work,
        actor=actor,
        case=case,
        action=Action.REASSIGN if director else Action.HAND_OVER,
        version=version,
        colleague=person.actor,
        details={"to": to},
    )


def expire(work: Work) -> tuple[tuple[Case, int], ...]:
    """Release the cases that their holders have not touched for the office's time (hours), if it set one.

    Returns:
        Each released case with the person who held it.
    """
    hours = settings.number(work, HOLD_HOURS.name)
    if hours is None:
        return ()
    idle = work.cases.idle(work.now - timedelta(hours=hours), _AT_ONCE)
    waits = {case.id for case in idle if work.reviews.pending(case.id, case.version)}
    return tuple(
        (act(work, actor=None, case=case, action=Action.EXPIRE), case.holder)
        for case in idle
        if case.id not in waits and case.holder is not None
    )


def free(work: Work) -> tuple[Freed, ...]:
    """Release the cases of holders who are no reviewers any more, or admins by now: at once, by no setting.

    However the role was taken, here it is found out. A case that a substitute has decided waits for that
    decision, though the days have run out by themselves meanwhile.
    """
    holders = ((number, work.people.get(number)) for number in work.cases.holders())
    unfit = [number for number, person in holders if person is None or not may_review(person.actor)]
    cases = work.cases.in_hands(unfit, _AT_ONCE)
    return tuple(_freed(work, case) for case in cases if not _was_decided_in_time(work, case))


def _was_decided_in_time(work: Work, case: Case) -> bool:
    pending = work.reviews.pending(case.id, case.version)
    if pending is None:
        return False
    person = work.people.get(pending.person_id, at=pending.made_at)
    return person is not None and may_review(person.actor)


def _freed(work: Work, case: Case) -> Freed:
    pending = work.reviews.pending(case.id, case.version, hold=True)
    if pending is not None:
        work.reviews.drop(case.id, pending.on_version)
    return Freed(act(work, actor=None, case=case, action=Action.EXPIRE), case.holder or 0, pending)


def tick(
    work: Work, *, actor: Actor, case_id: int, condition: str, on: bool, version: int | None = None
) -> Case:
    """Tick a general condition «شرایط عمومی» as met, or take the tick back. The case does not change.

    Args:
        work: this unit.
        actor: the reviewer who holds the case.
        case_id: the case.
        condition: its code, one of `domain.conditions.conditions_of`.
        on: ticked or not.
        version: the version that the person had on the screen.

    Raises:
        Taken, NotAllowedNow, NotYours, Stale: as for `agree`.
        KeyError: a case of this kind is not checked for this condition.
    """
    case = known_case(work, case_id)
    # Whatever stands in the way of agreeing, but open conditions, stands in the way of preparing it.
    insist(work, actor=actor, case=case, action=Action.AGREE, ticks=conditions_of(case.kind))
    if actor.person_id is None or (version is not None and version != case.version):
        raise Stale("case", case_id)
    if condition not in conditions_of(case.kind):
        raise KeyError(condition)
    # Touched first: the row is held from here on, so that no sweep takes the case away in between.
    touched = work.cases.touch(case, case.holder or actor.person_id)
    (work.reviews.tick if on else work.reviews.untick)(case.id, condition, actor.person_id)
    return touched


def _held(work: Work, actor: Actor, case: Case) -> bool:
    """Whether this person is reviewing the case already.

    Raises:
        Taken: a colleague is.
    """
    if case.state is not State.IN_REVIEW:
        return False
    if case.holder != actor.person_id:
        raise Taken(name_of(work, case.holder))
    return True
