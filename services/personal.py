"""«داده‌های من»: what the office keeps of somebody, handed out; requests to correct or to erase it.

Somebody with an account is asked for by the person, a stranger by the chat alone. What a decision or a
record of the office rests on stays (filed proposals, decisions, the histories); what only served the
conversation can go.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain import audit
from domain.authority import Deed, Thing, require
from domain.personal import Erasable, Kept
from domain.roles import Actor
from persian.text import clean
from services import drafts, people, substitutes
from services.cases import name_of
from services.errors import NoRequest, RequestWaits
from storage.errors import NotFound
from storage.records.factors import Reset
from storage.records.staffing import DataRequest, RequestKind
from storage.work import Work

LONGEST: Final = 1000
"""Characters of what is asked or answered: a technical bound."""
_CLOSED: Final = "closed"
_NOWHERE: Final = ("", 0)
"""A place that is no chat: what is asked for there is a known person's."""

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with the name of who asks; empty for a stranger."""

    request: DataRequest
    name: str


def kept_of(work: Work, actor: Actor, place: Place) -> Kept:
    """Everything that is kept of this person, or of this chat."""
    person, places = actor.person_id, _places(work, actor.person_id, place)
    work.audit.note(
        audit.Deed.DATA_EXPORTED, by=actor, about="stranger" if person is None else f"person:{person}"
    )
    known = _known(work, person) if person is not None else Kept(accounts=_chat(work, place))
    forms = work.staffing.open_forms(person, place)
    codes = (work.cases.get(case).code for there in places for case in work.followers.of_chat(*there))
    asked = work.staffing.requests_of(person, place)
    return replace(
        known,
        drafts=tuple((form, title, at) for _, form, title, at in forms),
        complaints=work.staffing.complaints_of(person, place),
        followed=tuple(codes),
        surveys=work.staffing.surveys_of(person, place),
        news_off=bool(work.notices.off(places)),
        requests=tuple((one.kind, one.asked_at, one.outcome or "", one.words, one.answer) for one in asked),
        cosigned=tuple(row[1:] for row in _cosigned(work, person, places)),
    )


def _known(work: Work, person_id: int) -> Kept:
    factor, found = work.factors.get(person_id), work.staffing.substitutions_of(person_id, past=True)
    standing = [substitutes.standing(work, one) for one in found]
    return Kept(
        name=name_of(work, person_id),
        roles=work.staffing.grants_of(person_id),
        accounts=tuple(
            (one.platform, one.name, one.since, one.last_seen) for one in work.people.accounts_of(person_id)
        ),
        cases=work.staffing.cases_of(person_id),
        factor=factor.kind if factor else "",
        substitutions=tuple((one.name, one.substitute, one.first_day, one.last_day) for one in standing),
        accepted=work.staffing.acceptances_of(person_id),
        resets=tuple(_reset(work, reset) for reset in work.factors.resets_of(person_id)),
        undecided=(
            *((*row, False) for row in work.reviews.unpublished_of(person_id)),
            *((*row, True) for row in work.reviews.first_signatures_of(person_id)),
        ),
        acts=tuple((event.action, event.role or "", event.at) for event in work.staffing.events(person_id)),
    )


def _reset(work: Work, reset: Reset) -> tuple[str, datetime, datetime | None, str]:
    code = work.cases.get(reset.case_id).code if reset.case_id is not None else ""
    return code, reset.asked_at, reset.issued_at, reset.outcome or ""


def _chat(work: Work, place: Place) -> tuple[tuple[str, str, None, datetime], ...]:
    chat = work.chats.get(*place)
    return ((chat.platform, chat.name, None, chat.last_seen),) if chat is not None else ()


def _cosigned(
    work: Work, person_id: int | None, places: tuple[Place, ...]
) -> tuple[tuple[int, str, datetime, str, bool], ...]:
    """Links that this person, or this chat, has opened as an official, each once."""
    found = (work.staffing.cosigned_of(person_id, there) for there in (*places, _NOWHERE))
    return tuple(sorted({row for rows in found for row in rows}))


def _places(work: Work, person_id: int | None, place: Place) -> tuple[Place, ...]:
    """The chats of this person; of a stranger the one chat, while it is nobody's."""
    if person_id is not None:
        return tuple((chat.platform, chat.chat_id) for chat in work.people.chats_of(person_id))
    chat = work.chats.get(*place)
    return (place,) if chat is None or chat.person_id is None else ()


# What is asked


def ask(work: Work, actor: Actor, place: Place, kind: RequestKind, words: str = "") -> DataRequest:
    """Ask for a correction (in words) or an erasure; the admins see to it.

    Raises:
        RequestWaits: one of this kind waits already.
    """
    if actor.person_id is not None:
        work.people.hold(actor.person_id)
    waits = [one for one in work.staffing.requests_of(actor.person_id, place) if one.outcome is None]
    if any(one.kind == kind for one in waits):
        raise RequestWaits
    return work.staffing.ask(kind, actor.person_id, place, clean(words, limit=LONGEST))


def erasable(work: Work, request: DataRequest) -> Erasable:
    """How much an erasure would erase now, and how much would stay."""
    place = (request.platform, request.chat_id)
    person, places = request.person_id, _places(work, request.person_id, place)
    owner = work.people.get(person) if person is not None else None
    complaints = work.staffing.complaints_of(person, place)
    cosigned, ended = _cosigned(work, person, places), work.staffing.requests_of(person, place)
    parted = [one for one in complaints if person is None and one[2] == _CLOSED]
    return Erasable(
        drafts=len(work.staffing.open_forms(person, place)),
        followed=sum(len(work.followers.of_chat(*there)) for there in places),
        surveys=len(work.staffing.surveys_of(person, place)),
        complaints=len(parted),
        cases=len(work.staffing.cases_of(person)) if person is not None else 0,
        open_complaints=len(complaints) - len(parted),
        words=sum(one.outcome is not None and bool(one.words or one.answer) for one in ended),
        cosigned=sum(bool(code) for *_, code, _ in cosigned),
        has_roles=bool(owner and owner.actor.own),
    )


# The admins


def waiting(work: Work, by: Actor) -> tuple[Asked, ...]:
    """«درخواست‌های داده»: what waits, the oldest first.

    Raises:
        NotYours: no admin.
    """
    require(by, Deed.DATA_REQUESTS)
    return tuple(Asked(one, name_of(work, one.person_id)) for one in work.staffing.open_requests())


def seen(work: Work, by: Actor, request_id: int) -> Asked:
    """One of them, open or ended.

    Raises:
        NotYours: no admin.
        NotFound: there is none.
    """
    require(by, Deed.DATA_REQUESTS)
    found = work.staffing.request(request_id)
    if found is None:
        raise NotFound("request", request_id)
    work.audit.look(audit.Deed.REQUEST_SEEN, by, f"data_request:{request_id}")
    return Asked(found, name_of(work, found.person_id))


def answer(work: Work, by: Actor, request_id: int, *, done: bool, words: str) -> DataRequest:
    """End a request in words: it was seen to, or is refused and why.

    Raises:
        NotYours: no admin, or the own request where another admin is there (`own`).
        NoRequest: it has ended; or an erasure, which is not done by words.
    """
    request = _to_end(work, by, request_id)
    if request.kind == "erasure" and done:
        raise NoRequest
    _end(work, by, request, done=done, words=clean(words, limit=LONGEST))
    return _again(work, request_id)


def erase(work: Work, by: Actor, request_id: int) -> tuple[DataRequest, Erasable]:
    """Erase what can go, for good; gives how much went and what stays.

    Raises:
        NotYours, NoRequest: as `answer` says; or it asks for a correction.
    """
    request = _to_end(work, by, request_id)
    if request.kind != "erasure":
        raise NoRequest
    place = (request.platform, request.chat_id)
    gone = erasable(work, request)
    places = _places(work, request.person_id, place)
    for form_id, *_ in work.staffing.open_forms(request.person_id, place):
        run = work.forms.get(form_id)
        if run is not None:
            drafts.erase(work, run)
    work.staffing.forget_surveys(request.person_id, places)
    work.staffing.forget_words(request.person_id, place)
    for there in places:
        work.staffing.forget_chat(there)
        work.staffing.forget_cosigns(there)
        if request.person_id is None:
            work.staffing.forget_sender(there)
    _end(work, by, request, done=True, words="")
    work.staffing.note("erased", request.person_id, by=by.person_id)
    work.audit.note(audit.Deed.ERASED, by=by, about=f"data_request:{request_id}", person=request.person_id)
    return _again(work, request_id), gone


def _to_end(work: Work, by: Actor, request_id: int) -> DataRequest:
    request = seen(work, by, request_id).request
    if request.outcome is not None:
        raise NoRequest
    # Where no other admin is there, one has to see to the own request.
    if any(one.id != by.person_id for one in people.admins(work)):
        require(by, Deed.END_DATA_REQUEST, Thing(owner=request.person_id))
    return request


def _end(work: Work, by: Actor, request: DataRequest, *, done: bool, words: str) -> None:
    if not work.staffing.end_request(request.id, "done" if done else "refused", words, by.person_id):
        raise NoRequest


def _again(work: Work, request_id: int) -> DataRequest:
    found = work.staffing.request(request_id)
    if found is None:
        raise NotFound("request", request_id)
    return found
