"""Planned maintenance «قطعی برنامه‌ریزی‌شده»: planned, announced, moved, ended and cancelled by admins.

Everybody is told of each step, whether or not they switched news off: the agreement promises it. The words
are made when they are sent, see `messages_fa.windows`.
"""

from datetime import datetime
from typing import Final

from domain.audience import Audience
from domain.authority import Deed, require, require_person
from domain.roles import Actor
from domain.settings import NOTICE_LEAD, WINDOWS_END_ALONE
from domain.windows import Plan, Word, due, in_force, is_urgent, overlap
from services import notices, settings, targets
from services.errors import ServicesError
from services.window_promise import is_unplanned
from storage.errors import Stale
from storage.records import JsonObject
from storage.records.windows import Window, WindowPlan
from storage.work import Work

ABOUT: Final = "window"
"""The key of their words among the notices."""
EVERYBODY: Final = Audience(everyone=True)


class WindowUnfit(ServicesError):  # noqa: N818 - errors are named for what happened
    """A window cannot be then.

    Attributes:
        code: `window_past` (begins) or `window_overlaps` (begins, ends of the other one).
    """


class ReasonNeeded(ServicesError):  # noqa: N818 - errors are named for what happened
    """The plan comes later than the office's notice lead: it is unplanned, and needs a reason.

    Attributes:
        earliest: from when a window announced now could be a planned one.
        longer: whether it is one announced before, which would last longer.
    """

    def __init__(self, earliest: datetime, *, longer: bool) -> None:
        super().__init__("window_reason_needed", earliest=earliest)
        self.earliest = earliest
        self.longer = longer


def ends_alone(work: Work) -> bool:
    """Whether a window is over at its end by itself, or when an admin says so."""
    return settings.value(work, WINDOWS_END_ALONE.name) is True


def now_on(work: Work) -> Window | None:
    """The window that is going on, if any: by the clock, whether or not a sweep has run since it began."""
    begun = work.windows.begun()
    alone = ends_alone(work) if begun else False
    return next((window for window in begun if _goes_on(work, window, alone=alone)), None)


def upcoming(work: Work) -> Window | None:
    """The next window that has not begun."""
    return next((window for window in work.windows.open() if begins_of(window) > work.now), None)


def _goes_on(work: Work, window: Window, *, alone: bool) -> bool:
    begins, ends = span_of(window)
    return in_force(begins, ends, work.now, ends_alone=alone)


def span_of(window: Window) -> tuple[datetime, datetime]:
    """Begin and end of an announced window.

    Raises:
        Stale: it is not announced.
    """
    if window.begins is None or window.ends is None:
        raise Stale("window", window.id)
    return window.begins, window.ends


def over_at(work: Work, window_id: int) -> datetime:
    """When a window that goes on no longer was over, or was to be; never later than now."""
    window = work.windows.get(window_id)
    return min(window.ended_at or window.cancelled_at or span_of(window)[1], work.now)


def begins_of(window: Window) -> datetime:
    """When an announced window begins; the error is that of `span_of`."""
    return span_of(window)[0]


def propose(
    work: Work, actor: Actor, *, begins: datetime, ends: datetime, affected: str, reason: str
) -> WindowPlan:
    """Draft a window: nobody is told before it is announced.

    Raises:
        NotYours: no admin.
        WindowUnfit: it cannot be then.
    """
    person_id = require_person(actor, Deed.WINDOWS)
    check(work, begins, ends)
    window_id = work.windows.add(affected=affected, reason=reason, made_by=person_id)
    return work.windows.plan(window_id, begins, ends, person_id)


def move(work: Work, actor: Actor, window_id: int, *, begins: datetime, ends: datetime) -> WindowPlan:
    """Draft another time for a window; of one that goes on, only its end can be moved.

    Raises:
        NotYours: no admin.
        WindowUnfit: it cannot be then.
        Stale: it is over or cancelled.
    """
    person_id = require_person(actor, Deed.WINDOWS)
    window = _open(work, window_id)
    if begins_of(window) <= work.now:
        begins = begins_of(window)
    check(work, begins, ends, of=window)
    return work.windows.plan(window_id, begins, ends, person_id)


def check(work: Work, begins: datetime, ends: datetime, *, of: Window | None = None) -> None:
    """Whether a window can be then.

    Args:
        work: this unit.
        begins: aware.
        ends: after it.
        of: the window that is moved, or None for a new one.

    Raises:
        WindowUnfit: it would begin (or, going on, end) in the past, or overlap another window.
    """
    decisive = ends if of is not None and begins == of.begins else begins
    if decisive <= work.now:
        raise WindowUnfit("window_past", begins=decisive)
    for other in work.windows.open():
        if (of is None or other.id != of.id) and overlap((begins, ends), span_of(other)):
            raise WindowUnfit("window_overlaps", begins=other.begins, ends=other.ends)


def explain(work: Work, actor: Actor, plan_id: int, why: str) -> WindowPlan:
    """Give the reason why a plan comes later than the notice lead.

    Raises:
        NotYours: no admin.
        NotFound: there is no such plan.
        Stale: it is announced already.
    """
    require(actor, Deed.WINDOWS)
    if work.windows.plan_of(plan_id).announced_at is not None:
        raise Stale("window_plan", plan_id)
    work.windows.explain(plan_id, why)
    return work.windows.plan_of(plan_id)


def ask_reason(work: Work, plan: WindowPlan) -> None:
    """Insist on the reason of a plan that comes too late to count as planned.

    Raises:
        ReasonNeeded: it has none.
    """
    without = _without_from(work.windows.get(plan.window_id), plan)
    if plan.why_unplanned is not None or without is None:
        return
    earliest = earliest_planned(work)
    if earliest is not None and without < earliest:
        raise ReasonNeeded(earliest, longer=without != plan.begins)


def earliest_planned(work: Work) -> datetime | None:
    """From when on a window announced now would be a planned one; None where the office has set no lead."""
    lead = targets.due(work, NOTICE_LEAD.name, work.now)
    return lead.at if lead is not None else None


def _without_from(before: Window, plan: WindowPlan) -> datetime | None:
    """From when there is no service by this plan that there was by the one in force; None: from never.

    What came late as a whole has given its reason already.
    """
    if before.begins != plan.begins or before.ends is None:
        return plan.begins
    return before.ends if plan.ends > before.ends and not before.unplanned else None


def announce(work: Work, actor: Actor, plan_id: int) -> Window:
    """Put a plan in force and tell everybody; a second time changes nothing.

    Raises:
        NotYours: no admin.
        NotFound: there is no such plan.
        WindowUnfit: it cannot be then any more.
        ReasonNeeded: it has become too late to count as planned.
        Stale: another plan of this window was announced since, or it is over, or it has begun and would
            begin elsewhere.
    """
    person_id = require_person(actor, Deed.WINDOWS)
    plan = work.windows.plan_of(plan_id)
    before = work.windows.hold(plan.window_id)
    if before.plan_id == plan_id:
        return before
    if before.ended_at or before.cancelled_at or (before.plan_id or 0) > plan_id:
        raise Stale("window_plan", plan_id)
    if before.begins is not None and before.begins <= work.now and plan.begins != before.begins:
        raise Stale("window_plan", plan_id)
    check(work, plan.begins, plan.ends, of=before if before.plan_id else None)
    ask_reason(work, plan)
    if before.plan_id and plan.begins == before.begins and before.unplanned and not plan.why_unplanned:
        work.windows.explain(plan_id, work.windows.plan_of(before.plan_id).why_unplanned or "")
        plan = work.windows.plan_of(plan_id)
    work.windows.announce(plan)
    window = work.windows.get(plan.window_id)
    _tell(
        work,
        window,
        Word.MOVED if before.plan_id else Word.CREATED,
        by=actor,
        person_id=person_id,
        was=before,
    )
    return window


def end(work: Work, actor: Actor, window_id: int) -> Window:
    """«پایان قطعی»: the service is back.

    Raises:
        NotYours: no admin.
        NotFound: there is no such window.
        Stale: it has not begun, or it is over.
    """
    person_id = require_person(actor, Deed.WINDOWS)
    window = _open(work, window_id)
    if begins_of(window) > work.now:
        raise Stale("window", window_id)
    return _over(work, window, work.now, by=actor, person_id=person_id)


def cancel(work: Work, actor: Actor, window_id: int) -> Window:
    """«لغو قطعی»: it will not be.

    Raises:
        NotYours: no admin.
        NotFound: there is no such window.
        Stale: it has begun, or it is cancelled.
    """
    person_id = require_person(actor, Deed.WINDOWS)
    window = _open(work, window_id)
    if begins_of(window) <= work.now:
        raise Stale("window", window_id)
    work.windows.cancel(window_id)
    _tell(work, window, Word.CANCELLED, by=actor, person_id=person_id, was=window)
    return work.windows.get(window_id)


def announce_due(work: Work, window_id: int) -> Word | None:
    """For the sweep: end a window that ends by itself, or announce what has fallen due, each thing once.

    Gives what was announced, if anything.
    """
    window, alone = work.windows.hold(window_id), ends_alone(work)
    if window.ended_at or window.cancelled_at:
        return None
    _, ends = span_of(window)
    if alone and ends <= work.now:
        _over(work, window, ends, by=None, person_id=None)
        return Word.ENDED
    quiet = not targets.may_disturb(work)
    word = due(_plan(work, window), work.now, _said(work, window), ends_alone=alone, quiet=quiet)
    if word is not None:
        _tell(work, window, word)
    return word


def unplanned(work: Work, begin: datetime, end: datetime) -> int:
    """How many windows between these moments were announced later than the office's notice lead.

    Those that were cancelled disturbed nobody.
    """
    found = (window for window in work.windows.within(begin, end) if begins_of(window) >= begin)
    return sum(window.unplanned and window.cancelled_at is None for window in found)


def _open(work: Work, window_id: int) -> Window:
    window = work.windows.hold(window_id)
    if window.plan_id is None or window.ended_at or window.cancelled_at:
        raise Stale("window", window_id)
    return window


def _over(work: Work, window: Window, at: datetime, *, by: Actor | None, person_id: int | None) -> Window:
    work.windows.end(window.id, at)
    ended = work.windows.get(window.id)
    _tell(work, ended, Word.ENDED, by=by, person_id=person_id)
    return ended


def _plan(work: Work, window: Window) -> Plan:
    begins, ends = span_of(window)
    announced = work.windows.plan_of(window.plan_id or 0).announced_at
    return Plan(begins, ends, announced or window.made_at)


def _said(work: Work, window: Window) -> frozenset[str]:
    said = work.windows.said(window.id)
    return frozenset(word.word for word in said if word.plan_id == window.plan_id)


def _tell(
    work: Work,
    window: Window,
    word: Word,
    *,
    by: Actor | None = None,
    person_id: int | None = None,
    was: Window | None = None,
) -> None:
    """Announce a word of the plan in force, once; what stands of the plan before is corrected."""
    was = was if was and was.plan_id else None
    content = content_of(work, window, word, was=was)
    earlier = work.windows.said(window.id)
    if not work.windows.say(window, word, person_id):
        return
    notice_id = notices.announce(
        work,
        about=ABOUT,
        content=content,
        audience=EVERYBODY,
        by=by,
        service=True,
        urgent=is_urgent([begins_of(one) for one in (window, was) if one], work.now),
    )
    work.windows.said_by(window, word, notice_id)
    if word in {Word.MOVED, Word.CANCELLED}:
        for said in earlier:
            if said.notice_id is not None and said.word in {Word.CREATED, Word.MOVED}:
                notices.revise(work, said.notice_id, content, push=None, by=by)


def content_of(work: Work, window: Window, word: Word, *, was: Window | None = None) -> JsonObject:
    """What the words of a notice are made of; `was` is the window as it stood before."""
    begins, ends = span_of(window)
    plan = work.windows.plan_of(window.plan_id or 0)
    return {
        "word": word,
        "begins": begins.isoformat(),
        "ends": ends.isoformat(),
        "was": None if was is None else [moment.isoformat() for moment in span_of(was)],
        "over": None if window.ended_at is None else window.ended_at.isoformat(),
        "affected": window.affected,
        "reason": window.reason,
        "why_unplanned": plan.why_unplanned,
        "unplanned": is_unplanned(work, window),
    }
