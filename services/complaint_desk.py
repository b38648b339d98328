"""The desk of complaints: who handles them sees the queue «شکایت‌ها», takes one, asks, notes and answers.

Nobody sees or handles a complaint about a case in whose log the person appears.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from domain import audit
from domain.authority import Deed, require
from domain.complaints import OPEN, WAITING, Action, State, allowed, handlers, may_handle
from domain.errors import NotYours
from domain.roles import Actor
from domain.settings import COMPLAINT_TARGET
from persian.text import clean
from services import settings
from services.cases import NOTE_LIMIT, hands, name_of
from services.complaint_acts import (
    HANDLED_BY,
    act,
    complaint_named,
    facts_of,
    facts_of_all,
    staff,
)
from services.complaint_clocks import dues_of_all
from services.errors import Taken
from services.notes import Note, named
from services.paging import page_at
from storage.errors import NotFound
from storage.records import StoredFile
from storage.records.complaints import Complaint, ComplaintEvent
from storage.work import Work

CLOSED_LISTED: Final = 200
"""Answered complaints of the list: a technical bound; older ones are found by their code."""


class Filter(StrEnum):
    """Which complaints of the queue."""

    OPEN = "open"
    MINE = "mine"
    UNCLAIMED = "unclaimed"
    OVERDUE = "overdue"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue.

    Attributes:
        holder_name: empty while nobody holds it.
        due: when the office's target is up; None without a target or while its clock stands still.
    """

    complaint: Complaint
    holder_name: str
    due: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue, what is due first first, then the oldest."""

    rows: tuple[Row, ...]
    which: Filter
    counts: Mapping[Filter, int]
    page: int

    @property
    def total(self) -> int:
        """How many the filter holds on all pages."""
        return self.counts[self.which]


@dataclass(frozen=True, slots=True)
class DeskView:
    """A complaint with all about it, for who handles it.

    Attributes:
        sender: the name of who complained; empty for a stranger and for an anonymous one.
        case_code: of the linked case; empty where the typed code leads to none.
        about: what the typed code leads to: `case`, `complaint` or nothing.
        objected: whether this is about an objection: the answer will be the last.
        actions: what this person may do now, once asked for text or cause.
    """

    complaint: Complaint
    sender: str
    holder_name: str
    case_code: str
    about: Literal["case", "complaint", ""]
    due: datetime | None
    overdue: bool
    said: tuple[ComplaintEvent, ...]
    notes: tuple[Note, ...]
    objected: bool
    actions: tuple[Action, ...]


def queue(work: Work, actor: Actor, which: Filter = Filter.OPEN, *, page: int = 0, size: int = 8) -> Queue:
    """A page of the queue.

    Raises:
        NotYours: neither complaints officer nor director.
    """
    require(actor, Deed.COMPLAINTS)
    waiting = sorted(_rows(work, actor, work.complaints.in_states(OPEN)), key=_by_due)
    found = {each: [row for row in waiting if _is_in(each, row, actor)] for each in filters(work)}
    closed = work.complaints.newest({State.ANSWERED, State.CLOSED}, CLOSED_LISTED)
    found[Filter.CLOSED] = _rows(work, actor, closed)
    chosen = which if which in found else Filter.OPEN
    at = page_at(page, len(found[chosen]), size)
    counts = {each: len(rows) for each, rows in found.items()}
    shown = (_named(work, row) for row in found[chosen][at * size : (at + 1) * size])
    return Queue(tuple(shown), chosen, counts, at)


def filters(work: Work) -> tuple[Filter, ...]:
    """The filters of this moment: overdue only where the office has a target."""
    has_target = bool(settings.text(work, COMPLAINT_TARGET.name))
    return tuple(each for each in Filter if each is not Filter.OVERDUE or has_target)


def _is_in(which: Filter, row: Row, actor: Actor) -> bool:
    complaint = row.complaint
    return {
        Filter.OPEN: True,
        Filter.MINE: complaint.holder is not None and complaint.holder in hands(actor, HANDLED_BY),
        Filter.UNCLAIMED: complaint.state in WAITING,
        Filter.OVERDUE: row.overdue,
        Filter.CLOSED: False,
    }[which]


def _by_due(row: Row) -> tuple[bool, datetime, int]:
    return row.due is None, row.due or row.complaint.clock_from, row.complaint.id


def _rows(work: Work, actor: Actor, complaints: Sequence[Complaint]) -> list[Row]:
    """The lines of those that this person may handle, without the holders' names."""
    seen = [complaint for complaint, facts in facts_of_all(work, complaints) if may_handle(actor, facts)]
    dues = (due.at if due else None for due in dues_of_all(work, seen))
    return [
        Row(complaint, "", due, overdue=due is not None and due <= work.now)
        for complaint, due in zip(seen, dues, strict=True)
    ]


def _named(work: Work, row: Row) -> Row:
    held = row.complaint.holder if row.complaint.state in OPEN else None
    return replace(row, holder_name=name_of(work, held))


def view(work: Work, actor: Actor, complaint_id: int) -> DeskView:
    """Everything about a complaint, for who may handle it.

    Raises:
        NotFound: there is no such complaint.
        NotYours: neither complaints officer nor director (`role`), or not independent (`not_independent`).
    """
    require(actor, Deed.COMPLAINTS)
    complaint = work.complaints.get(complaint_id)
    facts = facts_of(work, complaint)
    require(actor, Deed.COMPLAINT_VIEW, facts)
    work.audit.look(audit.Deed.COMPLAINT_SEEN, actor, f"complaint:{complaint_id}")
    row = _named(work, _rows(work, actor, [complaint])[0])
    case = work.cases.get(complaint.case_id) if complaint.case_id is not None else None
    return DeskView(
        complaint=complaint,
        sender=name_of(work, complaint.person_id),
        holder_name=row.holder_name,
        case_code=case.code if case else "",
        about="case" if case else "complaint" if complaint_named(work, complaint) else "",
        due=row.due,
        overdue=row.overdue,
        said=tuple(event for event in work.complaints.events(complaint_id) if event.text),
        notes=named(work, work.complaints.notes(complaint_id)),
        objected=facts.objected,
        actions=allowed(facts, actor, staff(work)),
    )


def file_of(work: Work, actor: Actor, complaint_id: int, file_id: int) -> StoredFile:
    """A file of a complaint, for who may handle it; its bytes are read by its number when it is sent.

    Raises:
        NotYours: as `view`.
        NotFound: there is no such file in it.
    """
    if file_id not in view(work, actor, complaint_id).complaint.files:
        raise NotFound("file", file_id)
    work.audit.look(audit.Deed.FILE_SEEN, actor, f"file:{file_id}", complaint=complaint_id)
    return work.files.get(file_id)


def claim(work: Work, *, actor: Actor, complaint_id: int) -> Complaint:
    """Take a complaint in hand; taking what one holds already changes nothing.

    Raises:
        NotAllowedNow: it is answered, or closed.
        Taken: a colleague holds it.
        NotYours: it is not to be given to this person.
    """
    complaint = work.complaints.get(complaint_id)
    held = complaint.state in {State.IN_HAND, State.AWAITING_REPLY}
    if held and complaint.holder == actor.person_id:
        return complaint
    if held:
        raise Taken(name_of(work, complaint.holder))
    return act(work, actor=actor, complaint=complaint, action=Action.CLAIM)


def release(work: Work, *, actor: Actor, complaint_id: int, version: int | None = None) -> Complaint:
    """Give a complaint back into the queue.

    Raises:
        NotAllowedNow, NotYours, Stale: as `services.complaint_acts.act`.
    """
    complaint = work.complaints.get(complaint_id)
    return act(work, actor=actor, complaint=complaint, action=Action.RELEASE, version=version)


def colleagues(work: Work, complaint: Complaint) -> tuple[Actor, ...]:
    """To whom the complaint can be handed over: those who may be given it, but its holder."""
    fit = handlers(facts_of(work, complaint), staff(work))
    return tuple(actor for actor in fit if actor.person_id != complaint.holder)


def hand_over(
    work: Work, *, actor: Actor, complaint_id: int, to: int, version: int | None = None
) -> Complaint:
    """Give a complaint to a colleague who may be given it.

    Raises:
        NotAllowedNow, NotYours, Stale: as `services.complaint_acts.act`; `unfit_colleague` where the other
            may not be given it.
    """
    complaint, other = work.complaints.get(complaint_id), work.people.get(to)
    if other is None or not other.active:
        raise NotYours(Action.HAND_OVER, "unfit_colleague")
    return act(
        work,
        actor=actor,
        complaint=complaint,
        action=Action.HAND_OVER,
        version=version,
        colleague=other.actor,
    )


def ask(
    work: Work, *, actor: Actor, complaint_id: int, question: str, version: int | None = None
) -> Complaint:
    """«نیاز به توضیح»: ask who complained; the office's clock stands still until the reply.

    Raises:
        NotYours: nobody is known who could be asked (`anonymous`), or not this person's to do.
        NotAllowedNow, Incomplete, Stale: as `services.complaint_acts.act`.
    """
    complaint = work.complaints.get(complaint_id)
    return act(work, actor=actor, complaint=complaint, action=Action.ASK, version=version, text=question)


def resume(work: Work, *, actor: Actor, complaint_id: int, version: int | None = None) -> Complaint:
    """«ادامه بدون پاسخ»: the reply is waited for no longer; the office's clock goes on.

    For who holds it and for directors; what the sender replies later is still taken.

    Raises:
        NotAllowedNow, NotYours, Stale: as `services.complaint_acts.act`.
    """
    complaint = work.complaints.get(complaint_id)
    return act(work, actor=actor, complaint=complaint, action=Action.RESUME, version=version)


def answer(
    work: Work, *, actor: Actor, complaint_id: int, text: str, cause: str, version: int | None = None
) -> Complaint:
    """Answer a complaint, with what it came from; after an objection this closes it for good.

    Raises:
        Incomplete: text or cause is lacking.
        NotAllowedNow, NotYours, Stale: as `services.complaint_acts.act`.
    """
    complaint = work.complaints.get(complaint_id)
    return act(
        work,
        actor=actor,
        complaint=complaint,
        action=Action.ANSWER,
        version=version,
        text=text,
        cause=cause,
    )


def add_note(work: Work, *, actor: Actor, complaint_id: int, note: str) -> None:
    """Keep an internal note, for those who may handle the complaint alone.

    Raises:
        NotFound, NotYours: as `view`.
    """
    view(work, actor, complaint_id)
    if actor.person_id is not None:
        work.complaints.add_note(complaint_id, actor.person_id, clean(note, limit=NOTE_LIMIT))
