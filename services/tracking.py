"""Following a case by its code: anybody sees the stage; who has the form's passcode sees the details.

Unknown, malformed and throttled all answer `Missed`. Whoever filed a case is never locked out of it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from domain.authority import Deed, require
from domain.lifecycle import CLOCK_RUNS_IN
from domain.plan import Plan, plan_of
from domain.proposal import Proposal
from domain.roles import Actor
from domain.throttle import (
    CODE_BY_ASKER,
    EVERYWHERE,
    PASSCODE_BY_ASKER,
    PASSCODE_BY_FORM,
    PASSCODE_BY_FORM_AND_ASKER,
    UNTIL_RESET,
    Counter,
    Rule,
    after_miss,
    blocked,
    needs_reset,
    raises_alarm,
)
from domain.tracking import next_step, timeline
from persian.codes import parse_tracking_code
from persian.dates import tehran_day
from persian.errors import Unreadable
from services.cases import Steps, known_case, proposal_of, steps_of
from storage.records import Case, View
from storage.work import Work

VIEW_LASTS: Final = timedelta(minutes=10)
"""How long details stay on the screen of somebody who knew the passcode (parameter sheet)."""

Asker = tuple[str, int]
"""A platform and the user's number there: Telegram's 5 and Bale's 5 are two persons."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What anybody with the code may see: nothing of a person, an amount or the office's own affairs.

    Attributes:
        case_id: its own number, which is shown to nobody.
        code: the tracking code, 12 Latin digits.
        stage: code of the public stage.
        filed_on: the day in Tehran.
        changed_at: when this stage began.
        steps: every step so far in order (`domain.tracking.timeline`), each with its moment.
        next_step: code of what happens next.
        target: the day until which the office wants to decide; None while it has set no target, or while
            its clock stands still.
    """

    case_id: int
    code: str
    stage: str
    filed_on: date
    changed_at: datetime
    steps: Steps
    next_step: str
    target: date | None


@dataclass(frozen=True, slots=True)
class Missed:
    """No case to show, for whichever reason.

    Attributes:
        blocked_until: when this asker may try again; None for at once, and for a form that is closed until
            an admin opens it again.
        alarm: whether this very miss is one too many in an hour, which the admins must hear of.
        closed_case: the case whose details this very miss closed until an admin opens them again, or None.
    """

    blocked_until: datetime | None = None
    alarm: bool = False
    closed_case: int | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A passcode about to be compared, outside the unit of work, whether or not there is such a case.

    Attributes:
        code: what the misses are counted under: the tracking code, or empty for a malformed one.
        case_id: the case, or None.
        digest: what is kept of its passcode, or None.
    """

    code: str
    case_id: int | None
    digest: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Details:
    """A case for somebody with its passcode, until a moment at which it must leave the screen."""

    case: Case
    proposal: Proposal
    plan: Plan
    until: datetime


def look_up(work: Work, *, asker: Asker, typed: str) -> Stage | Missed:
    """Find the stage of a case by a typed tracking code."""
    case = _case_of(work, _code_of(typed))
    if case is not None and _is_filer(work, asker, case):
        return stage_of(work, case)
    keys = _code_keys(asker)
    waiting = _waiting(work, keys)
    if waiting is not None:
        return waiting
    return stage_of(work, case) if case is not None else _miss(work, keys, None)


def is_kept_waiting(work: Work, asker: Asker) -> bool:
    """Whether this asker has typed so many codes that nobody has that none is looked up for a while."""
    return _waiting(work, _code_keys(asker)) is not None


def details_prepare(work: Work, *, asker: Asker, code: str) -> Attempt | Missed:
    """Before a passcode is hashed: may this asker try one on this form at all?

    Args:
        work: this unit.
        asker: who asks.
        code: the tracking code as typed.

    Returns:
        What `services.secrets.verify` needs, also for a code that nobody has; Missed while the asker waits.
    """
    tidy = _code_of(code)
    case = _case_of(work, tidy)
    waiting = None if _is_filer(work, asker, case) else _waiting(work, _passcode_keys(asker, tidy))
    if waiting is not None:
        return waiting
    return Attempt(tidy, case.id if case else None, work.cases.passcode(tidy))


def details_finish(
    work: Work, *, asker: Asker, attempt: Attempt, right: bool, chat_id: int | None = None
) -> Details | Missed:
    """After the passcode was hashed: the details for ten minutes, or one more miss.

    An answer that comes back when others have used up the tries meanwhile is not told.

    Args:
        work: this unit.
        asker: who asked.
        attempt: what `details_prepare` gave.
        right: what `services.secrets.verify` found.
        chat_id: where the details are shown; the asker's private chat (of the same number) when None.
    """
    case = work.cases.get(attempt.case_id) if attempt.case_id is not None else None
    filer = _is_filer(work, asker, case)
    keys = {} if filer else _passcode_keys(asker, attempt.code)
    waiting = _waiting(work, keys, held=True)
    if waiting is not None:
        return waiting
    if case is None or not right:
        return Missed() if filer else _miss(work, keys, case)
    forgive(work, asker=asker, code=attempt.code)
    until = work.now + VIEW_LASTS
    work.views.grant(case.id, asker[0], asker[1] if chat_id is None else chat_id, until)
    return _details(case, until)


def stage_of(work: Work, case: Case) -> Stage:
    """What anybody with the code may see of a case."""
    stages = steps_of(work.cases.events(case.id))
    stage, changed_at = stages[-1]
    return Stage(
        case_id=case.id,
        code=case.code,
        stage=stage,
        filed_on=tehran_day(case.filed_at),
        changed_at=changed_at,
        steps=timeline(stages),
        next_step=next_step(case.state),
        target=_target(case),
    )


def reopen(work: Work, *, by: Actor, case_id: int) -> None:
    """Open a form's details again after too many wrong passcodes; the passcode stays as it is.

    Raises:
        NotYours: only an admin does this.
        NotFound: there is no such case.
    """
    require(by, Deed.REOPEN)
    work.counters.clear(PASSCODE_BY_FORM.scope, known_case(work, case_id).code)


def forgive(work: Work, *, asker: Asker, code: str) -> None:
    """Forget this asker's misses on this code, as after a right passcode."""
    for rule, key in _passcode_keys(asker, code).items():
        if rule.forgiven:
            work.counters.clear(rule.scope, key)


def expired_views(work: Work) -> tuple[View, ...]:
    """Leaves that have run out, taken off the books: whoever asks hides their messages in the same unit."""
    expired = work.views.expired(work.now)
    for leave in expired:
        work.views.drop(leave.case_id, leave.platform, leave.chat_id)
    return expired


def _code_of(typed: str) -> str:
    try:
        return parse_tracking_code(typed)
    except Unreadable:
        return ""


def _case_of(work: Work, code: str) -> Case | None:
    """The store is asked for a malformed code too, which takes as long as for one that nobody has."""
    return work.cases.by_code(code)


def _is_filer(work: Work, asker: Asker, case: Case | None) -> bool:
    person = work.people.by_account(*asker)
    return person is not None and case is not None and person.id == case.filed_by


def _target(case: Case) -> date | None:
    return tehran_day(case.due_at) if case.due_at and case.state in CLOCK_RUNS_IN else None


def _details(case: Case, until: datetime) -> Details:
    proposal = proposal_of(case)
    return Details(case, proposal, plan_of(proposal), until)


Keys = dict[Rule, str]
"""The counters that an attempt is about: one key under each rule."""


def asker_key(asker: Asker) -> str:
    """What an asker's misses are counted under."""
    return f"{asker[0]}:{asker[1]}"


def _code_keys(asker: Asker) -> Keys:
    return {CODE_BY_ASKER: asker_key(asker)}


def _passcode_keys(asker: Asker, code: str) -> Keys:
    """Codes that nobody has are counted like any other, so that waiting betrays nothing."""
    who = asker_key(asker)
    return {
        PASSCODE_BY_ASKER: who,
        PASSCODE_BY_FORM_AND_ASKER: f"{code}:{who}",
        PASSCODE_BY_FORM: code,
    }


def _waiting(work: Work, keys: Keys, *, held: bool = False) -> Missed | None:
    """The answer to an asker whom one of these counters makes wait (the longest of the waits), or None.

    `held`: nobody counts on until the unit ends. Before a passcode is compared it is enough to look: who
    holds a form's counters keeps everybody else who tries that form.
    """
    read = work.counters.get if held else work.counters.look
    counters = [read(rule.scope, key) for rule, key in keys.items()]
    waits = [wait for wait in (blocked(counter, work.now) for counter in counters) if wait is not None]
    return Missed(_showable(max(waits))) if waits else None


def _showable(wait: datetime | None) -> datetime | None:
    return None if wait == UNTIL_RESET else wait


def _miss(work: Work, keys: Keys, case: Case | None) -> Missed:
    """Count a miss under every rule, and everywhere."""
    counted = {rule: _count(work, rule, key) for rule, key in keys.items()}
    everywhere = _count(work, EVERYWHERE, "all")
    waits = [wait for wait in (blocked(counter, work.now) for counter in counted.values()) if wait]
    return Missed(
        blocked_until=_showable(max(waits, default=None)),
        alarm=raises_alarm(EVERYWHERE, everywhere),
        closed_case=case.id if case and needs_reset(counted.get(PASSCODE_BY_FORM)) else None,
    )


def _count(work: Work, rule: Rule, key: str) -> Counter:
    counter = after_miss(rule, work.counters.hold(rule.scope, key), work.now)
    work.counters.put(rule.scope, key, counter)
    return counter
