"""What every act on a complaint has in common: who may handle it, the one step, its event."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from domain.complaints import Action, ComplaintFacts, behalf, handlers, may_handle, require
from domain.roles import Actor, Role
from persian.dates import TEHRAN
from persian.text import clean
from services import complaint_clocks
from services.cases import hands
from storage.errors import Stale
from storage.records import KEEP, JsonObject, Keep
from storage.records.cases import ON_BEHALF_OF
from storage.records.complaints import Complaint, ComplaintEvent
from storage.work import Work

TEXT_LIMIT: Final = 1500
"""Characters of a complaint, an answer, a question or an objection: a technical bound."""
HANDLED_BY: Final = (Role.COMPLAINTS, Role.DIRECTOR)
"""Roles in which complaints are handled at all."""
_FREES: Final = frozenset({Action.RELEASE, Action.FREE, Action.ESCALATE, Action.OBJECT})
"""Acts after which nobody holds the complaint."""


def facts_of(work: Work, complaint: Complaint) -> ComplaintFacts:
    """What the rules need to know of a complaint at this moment."""
    ((_, facts),) = facts_of_all(work, [complaint])
    return facts


def facts_of_all(work: Work, complaints: Sequence[Complaint]) -> tuple[tuple[Complaint, ComplaintFacts], ...]:
    """Each complaint with its facts; what all have in common is read in one statement."""
    numbers = [complaint.id for complaint in complaints]
    histories, senders = work.complaints.histories(numbers), work.complaints.senders(numbers)
    return tuple(
        (each, _facts(work, each, histories.get(each.id, ()), senders.get(each.id))) for each in complaints
    )


def _facts(
    work: Work, complaint: Complaint, history: Sequence[ComplaintEvent], sender: int | None
) -> ComplaintFacts:
    objected = any(event.action is Action.OBJECT for event in history)
    involved = {sender, *(_who_answered(history) if objected else ()), *_in_subject(work, complaint)}
    return ComplaintFacts(
        complaint_id=complaint.id,
        state=complaint.state,
        version=complaint.version,
        holder=complaint.holder,
        involved=frozenset(involved - {None}),
        objected=objected,
        anonymous=complaint.anonymous,
        escalated=complaint.escalated_at is not None,
        asked=_is_asked(history),
    )


def _is_asked(events: Sequence[ComplaintEvent]) -> bool:
    """Whether the last question since the last answer was not replied to."""
    turns = {Action.ASK: True, Action.REPLY: False, Action.ANSWER: False}
    told = [turns[event.action] for event in events if event.action in turns]
    return bool(told) and told[-1]


def _who_answered(events: Iterable[ComplaintEvent]) -> set[int | None]:
    """Whose answers they are, and in whose name they were given."""
    answers = [event for event in events if event.action is Action.ANSWER]
    return {*(event.person_id for event in answers), *(event.on_behalf_of for event in answers)}


def _in_subject(work: Work, complaint: Complaint) -> set[int | None]:
    """Everybody in the log of the case that this is about, or in the complaints, one about the other."""
    found: set[int | None] = set()
    passed: set[int] = set()
    about: Complaint | None = complaint
    while about is not None and about.id not in passed:
        passed.add(about.id)
        found |= _in_log(work, about.case_id) if about.case_id is not None else set()
        about = complaint_named(work, about)
        found |= _in_course(work, about) if about is not None else set()
    return found


def complaint_named(work: Work, complaint: Complaint) -> Complaint | None:
    """The complaint that this one is about, if the typed code is one's."""
    code = str(complaint.content.get("about") or "")
    return work.complaints.by_code(code) if code and complaint.case_id is None else None


def _in_course(work: Work, complaint: Complaint) -> set[int | None]:
    """Everybody who appears in the course of a complaint: by an act, a note, or as who was given it."""
    events = work.complaints.events(complaint.id)
    return {
        complaint.holder,
        *(event.person_id for event in events),
        *(event.on_behalf_of for event in events),
        *(_given_to(event.details) for event in events),
        *(note.person_id for note in work.complaints.notes(complaint.id)),
    }


def _in_log(work: Work, case_id: int) -> set[int | None]:
    """Everybody who appears in the log of a case: by an act, a note, as holder, or as who was given it."""
    case, events = work.cases.get(case_id), work.cases.events(case_id)
    pending = work.reviews.pending(case.id, case.version)
    return {
        case.filed_by,
        case.holder,
        pending.person_id if pending else None,
        *(event.person_id for event in events),
        *(event.on_behalf_of for event in events),
        *(_given_to(event.details) for event in events),
        *(note.person_id for note in work.reviews.notes(case_id)),
    }


def _given_to(details: JsonObject | None) -> int | None:
    to = (details or {}).get("to")
    return to if isinstance(to, int) else None


def staff(work: Work) -> tuple[Actor, ...]:
    """Everybody who handles complaints at all: complaints officers and directors, by number."""
    held = {person.id: person for role in HANDLED_BY for person in work.people.with_role(role)}
    return tuple(held[number].actor for number in sorted(held))


def keepers_of(work: Work, complaint: Complaint, holder: int | None) -> tuple[Actor, ...]:
    """With whom a complaint of this holder lies: the holder, and whoever may stand in for them with it."""
    person = work.people.get(holder) if holder is not None else None
    if person is None:
        return ()
    facts = facts_of(work, complaint)
    others = (one for one in staff(work) if one.person_id != holder and may_handle(one, facts))
    return (person.actor, *(one for one in others if holder in hands(one, HANDLED_BY)))


def handlers_of(work: Work, complaint: Complaint) -> tuple[Actor, ...]:
    """To whom this complaint may be given now; nobody, where the office has to appoint somebody."""
    return handlers(facts_of(work, complaint), staff(work))


def insist_on_version(complaint: Complaint, version: int | None) -> None:
    """What was done on a screen is done to the complaint as that screen showed it; None: any will do.

    Raises:
        Stale: the complaint has changed since.
    """
    if version is not None and version != complaint.version:
        raise Stale("complaint", complaint.id)


def act(
    work: Work,
    *,
    actor: Actor | None,
    complaint: Complaint,
    action: Action,
    version: int | None = None,
    is_owner: bool = False,
    text: str | None = None,
    cause: str | None = None,
    colleague: Actor | None = None,
) -> Complaint:
    """Take one step of the table: the complaint moves and the event is recorded, or nothing happens.

    What an anonymous person does is kept with its hour alone (never before the step that it follows), and
    without a person.

    Args:
        work: this unit.
        actor: who acts, with the roles of this moment; None is the office's clock.
        complaint: as read in this unit.
        action: what is done.
        version: the version that the person had on the screen; None where any will do.
        is_owner: whether it was shown that this is who complained.
        text: what is written with it.
        cause: of an answer, a code of `domain.complaints.CAUSES`.
        colleague: to whom it is handed over.

    Raises:
        NotAllowedNow, NotYours, Incomplete: as `domain.complaints.require` says.
        Stale: the complaint is not at this version any more.
    """
    work.calendar.keep()
    facts = facts_of(work, complaint)
    tidy = clean(text, limit=TEXT_LIMIT) if text else None
    state = require(
        action,
        facts,
        actor,
        staff=staff(work),
        is_owner=is_owner,
        text=tidy,
        cause=cause,
        colleague=colleague,
    )
    insist_on_version(complaint, version)
    unknown = complaint.anonymous and is_owner
    absent = None if is_owner else behalf(actor, facts)
    at = max(hour_of(work.now), complaint.changed_at) if unknown else work.now
    moved = work.complaints.move(
        complaint,
        state=state,
        at=at,
        holder=_holder_after(action, actor, colleague),
        clock_from=at if action is Action.OBJECT else KEEP,
        escalated_at=at if action is Action.ESCALATE else KEEP,
    )
    work.complaints.record(
        ComplaintEvent(
            complaint_id=complaint.id,
            at=at,
            action=action,
            from_state=complaint.state,
            to_state=state,
            on_version=moved.version,
            person_id=None if actor is None or unknown else actor.person_id,
            cause=cause,
            text=tidy,
            details=_details(colleague, absent),
        )
    )
    complaint_clocks.advance(work, moved)
    return moved


def _details(colleague: Actor | None, absent: int | None) -> JsonObject | None:
    to = {"to": colleague.person_id} if colleague else {}
    return to | ({ON_BEHALF_OF: absent} if absent else {}) or None


def hour_of(moment: datetime) -> datetime:
    """The Tehran hour of a moment: all that is kept of when an anonymous person did something.

    The moment itself stands on the messages of the chat too, and would lead there.
    """
    hour = moment.astimezone(TEHRAN).replace(minute=0, second=0, microsecond=0)
    return hour.astimezone(moment.tzinfo)


def _holder_after(action: Action, actor: Actor | None, colleague: Actor | None) -> int | Keep | None:
    if action is Action.CLAIM and actor is not None:
        return actor.person_id
    if action is Action.HAND_OVER and colleague is not None:
        return colleague.person_id
    return None if action in _FREES else KEEP
