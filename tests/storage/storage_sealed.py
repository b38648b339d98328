"""A store with two rows in every sealed column, as the office itself writes them, and how each is read."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from storage_office import Office, filed, found_office

from domain.audience import Audience
from domain.complaints import Action
from domain.complaints import State as Stands
from domain.lifecycle import State
from domain.roles import Role
from domain.windows import Stage
from storage.records import Alternative, CaseEvent, FileCopy, Outgoing, PendingDecision, RawUpdate
from storage.records.complaints import ComplaintEvent, NewComplaint
from storage.records.factors import Factor, FactorSetup
from storage.work import Work

WORDS: Final = "راز بزرگ"
PEOPLE: Final = (1, 2)
"""Everything below is kept twice; its numbers are the same in every table, for the store was empty."""


def fill(work: Work) -> None:
    """Keep the same for each of two people."""
    office = found_office(work)
    for n in PEOPLE:
        _case(work, office, n)
        _messages(work, n)
        _desk(work, office, n)
        _names(work, office, n)


def _case(work: Work, office: Office, n: int) -> None:
    case = filed(work, office, f"code {n}")
    run = work.forms.get(case.form_id)
    assert run is not None
    work.forms.save(run, data={"words": WORDS}, title=WORDS)
    file = work.files.add(WORDS, "application/pdf", WORDS.encode(), case.form_id)
    work.files.add_copy(file.id, FileCopy("application/pdf", WORDS.encode()))
    work.reviews.add_note(case.id, office.reviewer, WORDS)
    event = CaseEvent(case.id, work.now, "return", State.SUBMITTED, State.SUBMITTED, 1, note=WORDS)
    work.cases.record(event)
    pending = PendingDecision(case.id, "agree", 1, office.reviewer, (), WORDS, None, work.now, work.now)
    work.reviews.hold_back(pending)
    work.filing.offer_cosign(case.form_id, office.officer, None, f"token {n}", work.now)
    work.filing.end_cosign(n, "confirmed", WORDS)


def _messages(work: Work, n: int) -> None:
    chat = work.chats.lock("bale", n, user_id=n, name=WORDS)
    work.chats.save(replace(chat, shown={"text": WORDS}))
    work.inbox.receive("bale", [RawUpdate(n, n, WORDS)])
    way = Alternative("telegram", n, "sendMessage", {"text": WORDS})
    work.outbox.add(Outgoing("bale", n, 0, "sendMessage", {"text": WORDS}, purpose="t:1", fallback=(way,)))


def _desk(work: Work, office: Office, n: int) -> None:
    now, by = work.now, office.officer
    work.cases.reserve(f"complaint {n}", "complaint")
    new = NewComplaint(
        code=f"complaint {n}",
        form_id=None,
        kind="complaint",
        category="other",
        case_id=None,
        person_id=by,
        platform="bale",
        chat_id=n,
        passcode_hash=WORDS,
        content={"text": WORDS},
        batched=False,
        untold=False,
        filed_at=now,
    )
    complaint = work.complaints.add(new)
    step = ComplaintEvent(
        complaint.id, now, Action.CLAIM, Stands.RECEIVED, Stands.IN_HAND, 2, person_id=by, text=WORDS
    )
    work.complaints.record(step)
    work.complaints.add_note(complaint.id, by, WORDS)
    work.complaints.plan_survey("case", n, 1, by, "bale", n, now)
    work.complaints.comment(n, WORDS)
    notice = work.notices.add(
        about="news", content={"t": WORDS}, audience=Audience(everyone=True), by=by, service=False
    )
    work.notices.propose(notice, "correct", {"t": WORDS}, by=by, push={"t": WORDS})
    window = work.windows.add(affected=WORDS, reason=WORDS, made_by=by)
    work.windows.explain(work.windows.plan(window, now, now, by).id, WORDS)
    incident = work.incidents.add(affected=WORDS, begun_at=now, made_by=None)
    work.incidents.write(incident.id, Stage.INVESTIGATING, WORDS, None)
    work.staffing.ask("correction", by, ("bale", n), WORDS)
    work.staffing.end_request(n, "done", WORDS, None)
    work.retention.hold("case", n, WORDS, None)
    person = (office.officer, office.reviewer)[n - 1]
    work.factors.put(person, "totp", secret=WORDS, digest=WORDS)
    work.factors.begin(person, ("bale", n), "totp", secret=WORDS, digest=WORDS)


def _names(work: Work, office: Office, n: int) -> None:
    by = office.officer
    work.people.rename((office.officer, office.reviewer)[n - 1], WORDS)
    work.people.invite(f"name-{n}", Role.REVIEWER, None, WORDS, by, work.now)
    work.staffing.propose("grant", name=WORDS, by=by, expires_at=work.now, person_id=by)
    work.catalogue.add_official(office.agency_id, WORDS, "رئیس", by)


def _each(read: Callable[[Work, int], object]) -> Callable[[Work], object]:
    return lambda work: [read(work, n) for n in PEOPLE]


def _secrets(found: Factor | FactorSetup | None) -> list[str]:
    return [found.secret, found.digest] if found else []


_FORM = _each(lambda work, n: work.forms.get(n))
_FILE = _each(lambda work, n: work.files.get(n))
_CHAT = _each(lambda work, n: work.chats.get("bale", n))
_NOTICE = _each(lambda work, n: work.notices.versions(n))
_REQUEST = _each(lambda work, n: work.staffing.request(n))

READ: Final[dict[str, Callable[[Work], object]]] = {
    "people.name": lambda work: work.people.all(),
    "invitations.name": _each(lambda work, n: work.people.invitation(f"name-{n}")),
    "grant_proposals.name": _each(lambda work, n: work.staffing.proposal(n)),
    "agency_officials.name": _each(lambda work, n: work.catalogue.officials(n)),
    "inbox.body": _each(lambda work, n: work.inbox.get(n)),
    "outbox.params": lambda work: work.outbox.claim("bale", 9, ()),
    "outbox.fallback": _each(lambda work, n: work.outbox.cut_off("telegram", n)),
    "chats.name": _CHAT,
    "chats.shown": _CHAT,
    "forms.data": _FORM,
    "forms.title": _FORM,
    "files.name": _FILE,
    "file_contents.body": _each(lambda work, n: work.files.content(n)),
    "file_copies.body": _each(lambda work, n: work.files.copy_of(n)),
    "cases.proposal": _each(lambda work, n: work.cases.get(n)),
    "cases.passcode": _each(lambda work, n: work.cases.passcode(f"code {n}")),
    "proposal_versions.proposal": _each(lambda work, n: work.reviews.versions(n)),
    "case_events.note": _each(lambda work, n: work.cases.events(n)),
    "pending_decisions.note": _each(lambda work, n: work.reviews.pending(n, 1)),
    "case_notes.note": _each(lambda work, n: work.reviews.notes(n)),
    "complaints.content": _each(lambda work, n: work.complaints.get(n)),
    "complaints.passcode": _each(lambda work, n: work.complaints.passcode(f"complaint {n}")),
    "complaint_events.text": _each(lambda work, n: work.complaints.events(n)),
    "complaint_notes.note": _each(lambda work, n: work.complaints.notes(n)),
    "surveys.comment": _each(lambda work, n: work.complaints.survey(n)),
    "notice_versions.content": _NOTICE,
    "notice_versions.push": _NOTICE,
    "windows.words": _each(lambda work, n: work.windows.get(n)),
    "window_plans.why_unplanned": _each(lambda work, n: work.windows.plans(n)),
    "incidents.words": _each(lambda work, n: work.incidents.get(n)),
    "incident_updates.words": _each(lambda work, n: work.incidents.update(n)),
    "data_requests.words": _REQUEST,
    "data_requests.answer": _REQUEST,
    "cosignatures.name": _each(lambda work, n: work.filing.cosignature(n)),
    "factors.secret": _each(lambda work, n: _secrets(work.factors.get(n))),
    "factors.pin": _each(lambda work, n: _secrets(work.factors.get(n))),
    "factor_setups.secret": _each(lambda work, n: _secrets(work.factors.setup(n))),
    "factor_setups.pin": _each(lambda work, n: _secrets(work.factors.setup(n))),
    "holds.why": lambda work: [hold.why for hold in work.retention.holds()],
    "form_keys.sealed": _FORM,
    "key_check.sealed": lambda work: work.keys.compare(),
}
"""By column: what of the store reads it for both people."""
