"""Retention «نگهداری داده‌ها»: what has been kept as long as the office wants is erased, unless held back.

Each period is a setting, unset by default: then nothing of its class is ever erased. Of a case or a
complaint the skeleton stays: its code, state and moments, who decided, and the audit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.audit import Deed
from domain.authority import Deed as Right
from domain.authority import require
from domain.roles import Actor
from domain.settings import KEEP_CASES, KEEP_CHATS, KEEP_COMPLAINTS, KEEP_REQUESTS, Setting
from persian.codes import parse_tracking_code
from persian.errors import Unreadable
from persian.text import clean
from services import search, settings
from services.errors import HoldUnfit
from storage.errors import NotFound
from storage.records.retention import Hold, Subject
from storage.work import Work

WHY_LIMIT: Final = 500
"""Characters of why something is held back: a technical bound."""
AT_ONCE: Final = 50
"""Cases or complaints erased in one unit, so that nobody waits for it."""
_ALL: Final = 10**9

_Find = Callable[[Work, datetime, int, int], tuple[Subject, ...]]

CLASSES: Final[tuple[tuple[Setting, str, _Find], ...]] = (
    (
        KEEP_CASES,
        "case",
        lambda work, before, after, limit: work.retention.old_cases(before, after=after, limit=limit),
    ),
    (
        KEEP_COMPLAINTS,
        "complaint",
        lambda work, before, after, limit: work.retention.old_complaints(before, after=after, limit=limit),
    ),
)
"""What is erased by number: the setting of its period, its kind, and how it is found."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be erased at this moment.

    Attributes:
        subjects: the cases and complaints.
        chats: how many chats of people whom the office does not know; their numbers are nobody's business.
        requests: how many ended requests about one's own data.
        days: the period of each setting by its name, None while unset.
    """

    subjects: tuple[Subject, ...]
    chats: int
    requests: int
    days: dict[str, int | None]


def plan(work: Work) -> Plan:
    """The dry run: exactly what `erase_some` would erase now, until nothing is left; a look, in the audit."""
    subjects = tuple(one for setting, _, find in CLASSES for one in _due(work, setting, find, _ALL))
    work.audit.note(Deed.LIST_SEEN, by=None, about="retention", count=len(subjects))
    before = _before(work, KEEP_CHATS)
    ended = _before(work, KEEP_REQUESTS)
    names = [*(setting.name for setting, *_ in CLASSES), KEEP_CHATS.name, KEEP_REQUESTS.name]
    return Plan(
        subjects,
        0 if before is None else work.retention.count_strange_chats(before),
        0 if ended is None else work.retention.count_old_requests(ended),
        {name: settings.number(work, name) for name in names},
    )


def erase_some(work: Work, limit: int = AT_ONCE) -> tuple[int, int]:
    """Erase some of what is due.

    Returns:
        How many cases, complaints and requests, and how many chats; zero of both once nothing is left.
    """
    done = 0
    for setting, _, find in CLASSES:
        for subject in _due(work, setting, find, limit - done):
            _erase(work, subject)
            done += 1
    done += _empty_requests(work, limit - done)
    before = _before(work, KEEP_CHATS)
    chats = () if before is None or done == limit else work.retention.strange_chats(before, limit - done)
    for platform, chat_id in chats:
        work.retention.erase_chat(platform, chat_id)
    if chats:
        work.audit.note(Deed.ERASED, by=None, about="chats", count=len(chats))
    return done, len(chats)


def hold(work: Work, by: Actor | None, code: str, why: str) -> Subject:
    """Hold a case or a complaint back from erasure, for as long as it is not lifted.

    Args:
        work: this unit.
        by: an admin, or None for the command line.
        code: its tracking code.
        why: such as the letter of the court.

    Raises:
        NotYours: no admin.
        NotFound: there is no such code.
        HoldUnfit: no reason was given, it is held back already, or it was erased before.
    """
    require(by, Right.HOLD)
    subject, reason = _named(work, code), clean(why, limit=WHY_LIMIT).strip()
    if not reason:
        raise HoldUnfit("no_reason")
    if work.retention.erased_at(subject.kind, subject.number):
        raise HoldUnfit("erased")
    if not work.retention.hold(subject.kind, subject.number, reason, by.person_id if by else None):
        raise HoldUnfit("held")
    work.audit.note(Deed.HOLD, by=by, about=f"{subject.kind}:{subject.number}", step="placed")
    return subject


def lift(work: Work, by: Actor | None, code: str) -> Subject:
    """Hold it back no longer; if its period is over it goes at the next sweep.

    Raises:
        NotYours: no admin.
        NotFound: there is no such code.
        HoldUnfit: it is not held back.
    """
    require(by, Right.HOLD)
    subject = _named(work, code)
    if not work.retention.lift(subject.kind, subject.number, by.person_id if by else None):
        raise HoldUnfit("not_held")
    work.audit.note(Deed.HOLD, by=by, about=f"{subject.kind}:{subject.number}", step="lifted")
    return subject


def held(work: Work, by: Actor | None) -> tuple[tuple[Hold, str], ...]:
    """Everything held back with its code, the oldest first; a look, in the audit.

    Raises:
        NotYours: no admin.
    """
    require(by, Right.HOLD)
    found = work.retention.holds()
    work.audit.note(Deed.LIST_SEEN, by=by, about="holds", count=len(found))
    return tuple((one, _code(work, one.kind, one.number)) for one in found)


def _due(work: Work, setting: Setting, find: _Find, limit: int) -> tuple[Subject, ...]:
    before = _before(work, setting)
    return () if before is None or limit <= 0 else find(work, before, 0, limit)


def _before(work: Work, setting: Setting) -> datetime | None:
    days = settings.number(work, setting.name)
    return None if days is None else work.now - timedelta(days=days)


def _erase(work: Work, subject: Subject) -> None:
    {"case": _erase_case, "complaint": _erase_complaint}[subject.kind](work, subject)
    work.audit.note(Deed.ERASED, by=None, about=f"{subject.kind}:{subject.number}")


def _erase_case(work: Work, subject: Subject) -> None:
    case = work.cases.get(subject.number)
    work.retention.erase_case(case.id, case.form_id)
    work.keys.destroy(case.form_id)
    search.write(work, work.cases.get(case.id))


def _erase_complaint(work: Work, subject: Subject) -> None:
    complaint = work.complaints.get(subject.number)
    form_id = work.retention.erase_complaint(complaint.id, complaint.code, complaint.files)
    if form_id is not None:
        work.keys.destroy(form_id)


def _named(work: Work, typed: str) -> Subject:
    try:
        code = parse_tracking_code(typed)
    except Unreadable:
        raise NotFound("code", 0) from None
    case, complaint = work.cases.by_code(code), work.complaints.by_code(code)
    if case is not None:
        return Subject("case", case.id, code, case.changed_at)
    if complaint is not None:
        return Subject("complaint", complaint.id, code, complaint.changed_at)
    raise NotFound("code", 0)


def _empty_requests(work: Work, limit: int) -> int:
    before = _before(work, KEEP_REQUESTS)
    done = 0 if before is None else work.retention.empty_old_requests(before, limit)
    if done:
        work.audit.note(Deed.ERASED, by=None, about="data_requests", count=done)
    return done


def _code(work: Work, kind: str, number: int) -> str:
    return work.cases.get(number).code if kind == "case" else work.complaints.get(number).code
