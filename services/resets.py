"""Forgotten passcodes and lost second factors «بازیابی رمز»: the owner asks, and renews by a one-time code.

The agreement obliges the admin to see to it («مسئول امر موظف به انجام این امر می‌باشد», clause 4), so every
request is a task with a clock: `services.reset_desk`. Nobody but the owner learns the one-time code or the
new secret; the old one is dead from the moment of issue.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from domain.authority import Deed, filed, may, require_person
from domain.errors import NotYours
from domain.roles import Actor, Role
from domain.settings import RESET_TARGET
from domain.throttle import (
    CODE_BY_ASKER,
    EVERYWHERE,
    PASSCODE_BY_FORM,
    RESET_BY_PERSON,
    Counter,
    Rule,
    after_miss,
    blocked,
    raises_alarm,
)
from persian.codes import parse_tracking_code
from persian.errors import Unreadable
from services import targets
from services.errors import AskedTooOften, ResetUnusable
from services.secrets import NewSecret
from storage.errors import NotFound
from storage.records import Case
from storage.records.factors import Reset
from storage.work import Work

PREFIX: Final = "renew"
"""What a one-time code begins with, so that it is never taken for an invitation."""
TOLD_EVERY: Final = timedelta(hours=24)
"""How often a filer hears at most that somebody else asks for a case's passcode: the project's own number."""

Asker = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: of the owner, or of somebody else, to whom nothing is told.

    Attributes:
        reset: as it stands; None for somebody else, for whom nothing is begun.
        new: whether it was begun just now.
        colleague: who else has asked for the same passcode already; then `reset` is None.
        tell: the case whose passcode somebody else asked for, or None.
        heard_by: the persons who are to hear of that: the filer, or who stays on for the filer.
        alarm: whether this miss is the one that tells the admins of guessing.
    """

    reset: Reset | None
    new: bool = False
    colleague: str = ""
    tell: Case | None = None
    heard_by: tuple[int, ...] = ()
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """How the admins met what the agreement obliges them to, for the requests of a period.

    Attributes:
        asked: how many were made.
        issued: how many of them were seen to (their one-time code went out).
        median: from the request to that, in time that passed; None where none was.
        ninetieth: the 90th percentile of the same.
        judged: how many can be held against the target of their time: issued, or late.
        in_target: how many of these met it.
    """

    asked: int
    issued: int
    median: timedelta | None
    ninetieth: timedelta | None
    judged: int
    in_target: int


# The owner


def ask_for_case(work: Work, actor: Actor, asker: Asker, typed: str) -> Asked:
    """Somebody has forgotten a case's passcode.

    Only the filer, still an officer of that agency, begins anything; once the filer has left, every officer
    of that agency does. For everybody else it is a miss like an unknown code's, whichever code it is.

    Raises:
        AskedTooOften: the filer asked too often within the hour.
    """
    case = work.cases.by_code(tidy(typed))
    if case is None or not may_renew(work, actor, case):
        return _missed(work, actor, asker, case)
    return _ask(work, actor, case.id, asker[0])


def may_renew(work: Work, actor: Actor, case: Case) -> bool:
    """Whether the case's passcode is this person's to renew: the filer's, or a colleague's who stays on."""
    whose = filed(case)
    filer = work.people.get(case.filed_by)
    if actor.person_id is not None and (filer is None or not may(filer.actor, Deed.RENEW_PASSCODE, whose)):
        whose = replace(whose, owner=actor.person_id)  # it is the agency's; the filer is no officer there
    return may(actor, Deed.RENEW_PASSCODE, whose)


def ask_for_factor(work: Work, actor: Actor, platform: str) -> Asked:
    """Somebody has lost the second factor.

    Raises:
        NotYours: the person has none.
        AskedTooOften: the person asked too often within the hour.
    """
    if work.factors.get(require_person(actor, Deed.SIGN)) is None:
        raise NotYours("reset")
    return _ask(work, actor, None, platform)


def _ask(work: Work, actor: Actor, case_id: int | None, platform: str) -> Asked:
    owner = actor.person_id or 0
    stands = _open_one(work, owner, case_id)
    if stands is not None:
        return _standing(work, owner, stands)
    _asks(work, owner)
    until = targets.due(work, RESET_TARGET.name, work.now)
    begun = work.factors.ask_reset(owner, case_id, platform, until.at if until else None)
    if begun is not None:
        work.factors.note_event("asked", owner, by=owner, case_id=case_id, reset_id=begun.id)
        return Asked(begun, new=True)
    stands = _open_one(work, owner, case_id)
    return Asked(None) if stands is None else _standing(work, owner, stands)


def _standing(work: Work, owner: int, stands: Reset) -> Asked:
    """A request that is open already: the person's own, or a colleague's, to whom the code will go."""
    if stands.owner == owner:
        return Asked(stands)
    colleague = work.people.get(stands.owner)
    return Asked(None, colleague=colleague.name if colleague else "")


def _asks(work: Work, owner: int) -> None:
    """Count a request.

    Raises:
        AskedTooOften: there were too many within the hour.
    """
    scope, key = RESET_BY_PERSON.scope, str(owner)
    counter = work.counters.hold(scope, key)
    until = blocked(counter, work.now)
    if until is None:
        counter = after_miss(RESET_BY_PERSON, counter, work.now)
        work.counters.put(scope, key, counter)
        until = blocked(counter, work.now)
    if until is not None:
        raise AskedTooOften(until)


def _open_one(work: Work, owner: int, case_id: int | None) -> Reset | None:
    return work.factors.reset_of_factor(owner) if case_id is None else work.factors.reset_of_case(case_id)


def _missed(work: Work, actor: Actor, asker: Asker, case: Case | None) -> Asked:
    """Count the miss, as that of a look-up: by asker and everywhere."""
    key = f"{asker[0]}:{asker[1]}"
    if blocked(work.counters.get(CODE_BY_ASKER.scope, key), work.now) is not None:
        return Asked(None)
    _one_more(work, CODE_BY_ASKER, key)
    alarm = raises_alarm(EVERYWHERE, _one_more(work, EVERYWHERE, "all"))
    heard_by = _heard_by(work, actor, case) if case is not None else ()
    return Asked(None, tell=case if heard_by else None, heard_by=heard_by, alarm=alarm)


def _one_more(work: Work, rule: Rule, key: str) -> Counter:
    counter = after_miss(rule, work.counters.hold(rule.scope, key), work.now)
    work.counters.put(rule.scope, key, counter)
    return counter


def _heard_by(work: Work, actor: Actor, case: Case) -> tuple[int, ...]:
    """Who is to be told of it: whose passcode it is by now."""
    told = work.factors.last_event("asked_by_other", case.id)
    if told is not None and work.now < told + TOLD_EVERY:
        return ()
    filer = work.people.get(case.filed_by)
    stays = filer is not None and may(filer.actor, Deed.RENEW_PASSCODE, filed(case))
    # Few are asked where the filer stays on: how long an answer takes tells nothing about a code.
    whose = (filer,) if filer is not None and stays else work.people.with_role(Role.OFFICER)
    heard = tuple(one.id for one in whose if one.id != actor.person_id and may_renew(work, one.actor, case))
    if heard:
        work.factors.note_event("asked_by_other", case.filed_by, by=actor.person_id, case_id=case.id)
    return heard


def withdraw(work: Work, by: Actor, reset_id: int) -> Reset:
    """The owner wants no reset; a code that went out is dead, and so is what it would have replaced.

    Raises:
        NotFound: the person has no such open request.
    """
    reset = work.factors.reset(reset_id)
    if reset is None or reset.owner != by.person_id or not work.factors.end_reset(reset_id, "withdrawn"):
        raise NotFound("reset", reset_id)
    note(work, reset, "withdrawn", by.person_id)
    return reset


def usable(work: Work, by: Actor, token: str) -> Reset:
    """The request that this one-time code opens, for its owner alone.

    Raises:
        ResetUnusable: the code is unknown, used, expired, withdrawn, or somebody else's.
    """
    reset = work.factors.reset_by_token(digest(work, token))
    good = reset is not None and reset.expires_at is not None and work.now < reset.expires_at
    if reset is None or not good or reset.outcome is not None or reset.owner != by.person_id:
        raise ResetUnusable
    if reset.case_id is not None and not may_renew(work, by, work.cases.get(reset.case_id)):
        raise ResetUnusable
    return reset


def renew_passcode(work: Work, by: Actor, token: str, secret: NewSecret) -> Case:
    """The case has a new passcode, made by the system; the code is used up.

    Raises:
        ResetUnusable: as `usable` says, or the code is a second factor's.
    """
    reset = usable(work, by, token)
    if reset.case_id is None or not work.factors.end_reset(reset.id, "used"):
        raise ResetUnusable
    case = work.cases.get(reset.case_id)
    work.factors.set_passcode(case.id, secret.digest)
    work.counters.clear(PASSCODE_BY_FORM.scope, case.code)
    note(work, reset, "passcode_made", by.person_id)
    return case


# The figures


def measured(work: Work, begin: datetime, end: datetime) -> Measured:
    """The figures of the requests made from `begin` until before `end` (aware moments)."""
    asked = work.factors.asked_between(begin, end)
    done = [reset for reset in asked if reset.issued_at is not None]
    took = sorted(reset.issued_at - reset.asked_at for reset in done if reset.issued_at is not None)
    judged = [met for met in (_met(work, reset) for reset in asked) if met is not None]
    return Measured(
        asked=len(asked),
        issued=len(took),
        median=_percentile(took, 50),
        ninetieth=_percentile(took, 90),
        judged=len(judged),
        in_target=sum(judged),
    )


def _met(work: Work, reset: Reset) -> bool | None:
    """Whether its target was met; None while that is open, without one, or once the owner withdrew."""
    if reset.due_at is None:
        return None
    if reset.issued_at is not None:
        return reset.issued_at <= reset.due_at
    stopped = reset.ended_at or work.now
    return False if reset.due_at <= stopped else None


def _percentile(ordered: list[timedelta], share: int) -> timedelta | None:
    """The smallest value that so many hundredths of all do not exceed (nearest rank)."""
    return ordered[ceil(len(ordered) * share / 100) - 1] if ordered else None


def note(work: Work, reset: Reset, action: str, by: int | None) -> None:
    """Write a step of a request down; `by` is None for the clock and the command line."""
    work.factors.note_event(action, reset.owner, by=by, case_id=reset.case_id, reset_id=reset.id)


def digest(work: Work, token: str) -> str:
    """What is stored of a one-time code; it is long enough to need no slow hash."""
    return work.vault.digest("reset", token)


def tidy(typed: str) -> str:
    """A typed tracking code as it is kept; empty for what can be none."""
    try:
        return parse_tracking_code(typed)
    except Unreadable:
        return ""
