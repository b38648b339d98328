"""Complaints «شکایت», comments, suggestions and fault reports, as whoever sends them sees them.

Of an anonymous one the store knows no person and no chat: its code and passcode alone lead to the answer.
"""

import hmac
from collections import Counter as Tally
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from domain.authority import Deed, Thing, may, require
from domain.complaints import BY_SENDER, TYPES, Action, State, is_over_limit
from domain.errors import Incomplete
from domain.roles import Actor
from domain.throttle import after_miss
from persian.codes import new_tracking_code, parse_tracking_code
from persian.dates import jalali, tehran_day
from persian.errors import Unreadable
from persian.text import clean
from services import tracking
from services.complaint_acts import TEXT_LIMIT, act, hour_of
from services.complaint_clocks import advance, due_of
from services.tracking import Asker, Attempt, Missed
from storage.errors import CodeTaken
from storage.records import FormRun, FormStatus, JsonObject
from storage.records.complaints import Complaint, ComplaintEvent, NewComplaint
from storage.work import Work

CODE_KIND: Final = "complaint"
"""What the tracking code is kept for."""
_DRAWS: Final = 20
_NAME_LIMIT: Final = 120


@dataclass(frozen=True, slots=True)
class Filed:
    """A complaint that was filed; only the first time is the passcode just made the one that counts."""

    complaint: Complaint
    first_time: bool


@dataclass(frozen=True, slots=True)
class ComplaintStage:
    """What anybody with the code may see: the stage and the dates, nothing of what was written.

    Attributes:
        stage: a state of `domain.complaints`, or `escalated` for the step up to the directors.
        steps: (stage, moment) in order.
        due: the office's own day for the answer; None while it has set no target, or its clock stands still.
    """

    complaint: Complaint
    stage: str
    steps: tuple[tuple[str, datetime], ...]
    due: date | None
    escalated: bool


@dataclass(frozen=True, slots=True)
class Passcode:
    """A passcode about to be compared, outside the unit of work."""

    attempt: Attempt
    digest: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lesson:
    """How many answers of a Jalali month named this cause."""

    year: int
    month: int
    cause: str
    count: int


def file(
    work: Work,
    *,
    actor: Actor,
    run: FormRun,
    answers: Mapping[str, object],
    secret_digest: str | None,
    sender: Asker,
    chat_id: int,
    new_code: Callable[[], str] = new_tracking_code,
) -> Filed:
    """File what a form holds; sending the same form again gives the same complaint.

    Args:
        work: this unit.
        actor: anybody.
        run: the form that is sent.
        answers: its answers by name.
        secret_digest: what is kept of the passcode of an anonymous one; None for any other.
        sender: the account, for the count of an hour.
        chat_id: where the answer goes to; kept of no anonymous one.
        new_code: draws tracking codes; one drawn before is drawn anew.

    Raises:
        NotYours: another person's form.
        Incomplete: answers are missing.
        Stale: an anonymous form was sent before, or a form was given up.
    """
    here = (run.platform, run.chat_id) == (sender[0], chat_id)
    require(actor, Deed.SEND_COMPLAINT, Thing(owner=run.person_id, here=here))
    earlier = work.complaints.of_form(run.id)
    if earlier is not None:
        return Filed(earlier, first_time=False)
    content, anonymous = _content(answers), answers.get("anonymous") is True
    if anonymous and secret_digest is None:
        raise Incomplete(("passcode",))
    at = hour_of(work.now) if anonymous else work.now
    work.calendar.keep()
    work.forms.finish(run.id, FormStatus.SENT)
    if anonymous:
        work.forms.unlink(run.id, at)
        work.complaints.blur_files(content["files"], at)
    batched = _is_one_of_many(work, sender)
    complaint = work.complaints.add(
        NewComplaint(
            code=_reserved(work, new_code),
            form_id=None if anonymous else run.id,
            kind=str(answers["kind"]),
            category=str(answers["category"]),
            case_id=_case_named(work, content["about"]),
            person_id=None if anonymous else actor.person_id,
            platform=None if anonymous else sender[0],
            chat_id=None if anonymous else chat_id,
            passcode_hash=secret_digest if anonymous else None,
            content=content,
            batched=batched,
            untold=anonymous and not batched,
            filed_at=at,
        )
    )
    work.complaints.record(_submission(complaint, at))
    advance(work, complaint)
    return Filed(complaint, first_time=True)


def _submission(complaint: Complaint, at: datetime) -> ComplaintEvent:
    """The first step of its history."""
    return ComplaintEvent(
        complaint_id=complaint.id,
        at=at,
        action=Action.SUBMIT,
        from_state=None,
        to_state=State.RECEIVED,
        on_version=complaint.version,
        person_id=complaint.person_id,
    )


def _content(answers: Mapping[str, object]) -> JsonObject:
    """What is sealed of the answers.

    Raises:
        Incomplete: type, category, text, or the name of whom it is about.
    """
    kind, text = str(answers.get("kind")), clean(str(answers.get("text") or ""), limit=TEXT_LIMIT)
    behalf = clean(str(answers.get("behalf_name") or ""), limit=_NAME_LIMIT)
    fits = answers.get("category") in TYPES.get(kind, ())
    given = {
        "kind": kind in TYPES,
        "category": fits,
        "text": bool(text),
        "behalf_name": bool(behalf) or answers.get("behalf") != "other",
    }
    missing = tuple(name for name, is_given in given.items() if not is_given)
    if missing:
        raise Incomplete(missing)
    files = answers.get("files")
    return {
        "text": text,
        "files": list(files) if isinstance(files, list) else [],
        "behalf": behalf if answers.get("behalf") == "other" else "",
        "about": str(answers.get("case") or ""),
    }


def _reserved(work: Work, new_code: Callable[[], str]) -> str:
    """A tracking code that nothing of whatever kind has had.

    Raises:
        CodeTaken: twenty in a row were taken: no accident any more.
    """
    for _ in range(_DRAWS):
        code = new_code()
        try:
            work.cases.reserve(code, CODE_KIND)
        except CodeTaken:
            continue
        return code
    raise CodeTaken


def _case_named(work: Work, code: str) -> int | None:
    case = work.cases.by_code(code) if code else None
    return case.id if case else None


def _is_one_of_many(work: Work, sender: Asker) -> bool:
    """Count one more of this sender in this hour; neither the key nor the moment tells who that is."""
    key = work.vault.digest("complaint sender", f"{sender[0]}:{sender[1]}")
    held = work.counters.hold(BY_SENDER.scope, key)
    counter = after_miss(BY_SENDER, held if held.misses else None, hour_of(work.now))
    work.counters.put(BY_SENDER.scope, key, counter)
    return is_over_limit(counter)


def look_up(work: Work, *, actor: Actor, asker: Asker, typed: str) -> Complaint | None:
    """The complaint of a typed tracking code; None also while the asker waits for having missed too often."""
    try:
        complaint = work.complaints.by_code(parse_tracking_code(typed))
    except Unreadable:
        return None
    if complaint is None or is_owner(actor, asker, complaint):
        return complaint
    return None if tracking.is_kept_waiting(work, asker) else complaint


def is_owner(actor: Actor, asker: Asker, complaint: Complaint) -> bool:
    """Whether this is who complained: the person, or a stranger's private chat (of the account's number)."""
    if complaint.anonymous:
        return False
    here = asker == (complaint.platform, complaint.chat_id)
    return may(actor, Deed.OWN_COMPLAINT, Thing(owner=complaint.person_id, here=here))


def stage_of(work: Work, complaint: Complaint) -> ComplaintStage:
    """What anybody with the code may see."""
    steps: list[tuple[str, datetime]] = []
    for event in work.complaints.events(complaint.id):
        stage = "escalated" if event.action is Action.ESCALATE else str(event.to_state)
        if not steps or steps[-1][0] != stage:
            steps.append((stage, event.at))
    found = due_of(work, complaint)
    due = tehran_day(found.at) if found and found.at else None
    escalated = complaint.escalated_at is not None
    return ComplaintStage(complaint, str(complaint.state), tuple(steps), due, escalated)


def said(work: Work, complaint: Complaint) -> tuple[ComplaintEvent, ...]:
    """What was asked, replied, answered and objected, in order: for who complained, and who handles it."""
    return tuple(event for event in work.complaints.events(complaint.id) if event.text)


def reply(work: Work, *, actor: Actor, complaint: Complaint, text: str) -> Complaint:
    """Reply to the office's question; the caller has shown that this is who complained.

    Raises:
        NotAllowedNow: nothing is asked that was not replied to, or it is answered.
        Incomplete: nothing was written.
    """
    return act(work, actor=actor, complaint=complaint, action=Action.REPLY, is_owner=True, text=text)


def accept(work: Work, *, actor: Actor, complaint: Complaint, version: int | None = None) -> Complaint:
    """«راضی بودم»: the complaint is closed; the caller has shown that this is who complained.

    Raises:
        NotAllowedNow: there is no answer that waits for this.
        Stale: it changed since it was seen.
    """
    return act(work, actor=actor, complaint=complaint, action=Action.ACCEPT, is_owner=True, version=version)


def object_to(work: Work, *, actor: Actor, complaint: Complaint, text: str) -> Complaint:
    """«اعتراض», once: it goes to another person than who answered; its answer closes for good.

    Raises:
        NotAllowedNow: there is no answer to object to.
        NotYours: there was an objection before (`objected_before`).
        Incomplete: nothing was written.
    """
    return act(work, actor=actor, complaint=complaint, action=Action.OBJECT, is_owner=True, text=text)


# The passcode of an anonymous complaint


def passcode_prepare(work: Work, *, asker: Asker, code: str) -> Passcode | Missed:
    """Before a passcode is hashed: may this asker try one on this code at all?"""
    attempt = tracking.details_prepare(work, asker=_unnamed(work, asker), code=code)
    if isinstance(attempt, Missed):
        return attempt
    return Passcode(attempt, work.complaints.passcode(attempt.code))


def passcode_finish(work: Work, *, asker: Asker, tried: Passcode, right: bool) -> Complaint | Missed:
    """After the passcode was hashed: the complaint, or one more miss."""
    who = _unnamed(work, asker)
    again = tracking.details_prepare(work, asker=who, code=tried.attempt.code)
    if isinstance(again, Missed):
        return again
    complaint = work.complaints.by_code(tried.attempt.code)
    if complaint is None or not right:
        missed = tracking.details_finish(work, asker=who, attempt=tried.attempt, right=False)
        return missed if isinstance(missed, Missed) else Missed()
    tracking.forgive(work, asker=who, code=complaint.code)
    return complaint


def _unnamed(work: Work, asker: Asker) -> Asker:
    """An asker under a number that tells nobody who it is: misses are counted beside the code."""
    return "unnamed", int(work.vault.digest("complaint asker", tracking.asker_key(asker))[:12], 16)


def leave_of(work: Work, complaint: Complaint) -> str:
    """What the buttons carry that are shown to who has given the passcode: good for this version alone.

    The store keeps nothing of who was shown them.
    """
    return work.vault.digest("complaint leave", f"{complaint.id}:{complaint.version}")[:16]


def has_leave(work: Work, complaint: Complaint, shown: str) -> bool:
    """Whether a button was shown to somebody who had given the passcode."""
    return complaint.anonymous and hmac.compare_digest(leave_of(work, complaint), shown)


def lessons(work: Work, begin: datetime, end: datetime) -> tuple[Lesson, ...]:
    """How often each cause was named in each Jalali month, the earliest month and the most frequent first.

    Args:
        work: this unit.
        begin: the first moment.
        end: the moment after the last.
    """
    named = Tally((*jalali(tehran_day(at))[:2], cause) for cause, at in work.complaints.causes(begin, end))
    counted = [Lesson(year, month, cause, count) for (year, month, cause), count in named.items()]
    return tuple(sorted(counted, key=lambda row: (row.year, row.month, -row.count, row.cause)))
