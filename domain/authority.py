"""Who may do what: one table, and one function that reads it.

Services ask `require` before they do or show anything, `bot/` asks `may` or `plays` before it offers a
button. What moves a case or a complaint is looked up in the tables of their lives; all else is in `TABLE`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, Protocol, TypeVar

from domain import complaints, lifecycle
from domain.complaints import ComplaintFacts
from domain.errors import NotYours
from domain.lifecycle import CaseFacts
from domain.roles import STOOD_IN_FOR, Actor, Role


class Deed(StrEnum):
    """What a person can do or read that is no step of a case or a complaint."""

    PEOPLE = "people"
    INVITE = "invite"
    GRANT = "grant"
    CONFIRM_GRANT = "confirm_grant"
    REFUSE_GRANT = "refuse_grant"
    REVOKE = "revoke"
    RENAME = "rename"
    LET_BACK = "let_back"
    CUT_ALL = "cut_all"
    LINK = "link"
    UNLINK = "unlink"
    LEAVE = "leave"
    SUBSTITUTE = "substitute"
    END_SUBSTITUTE = "end_substitute"
    SETTINGS = "settings"
    HOLD = "hold"
    CALENDAR = "calendar"
    CATALOGUE = "catalogue"
    COSIGN = "cosign"
    TERMS = "terms"
    ACCEPT_TERMS = "accept_terms"
    NOTICES = "notices"
    WINDOWS = "windows"
    INCIDENTS = "incidents"
    RESETS = "reset"
    RESET = "carry_out_reset"
    HOLD_RESET = "hold_reset"
    RENEW_PASSCODE = "renew_passcode"
    REOPEN = "reopen"
    DATA_REQUESTS = "data_requests"
    END_DATA_REQUEST = "request"
    REPORTS = "report"
    LOADS = "loads"
    SIGN = "sign"
    FILE = "file"
    DRAFT = "draft"
    SEARCH = "search"
    OWN_CASE = "own_case"
    END_FOLLOWING = "end_following"
    REVIEW = "review"
    DIRECT = "direct"
    QUEUE = "queue"
    CASE_VIEW = "view"
    CASE_FILES = "case_files"
    CASE_HISTORY = "case_history"
    CASE_NOTE = "note"
    CASE_TARGET = "case_target"
    AUDIT = "audit"
    COMPLAINTS = "complaints"
    COMPLAINT_VIEW = "complaint_view"
    SEND_COMPLAINT = "complaint"
    OWN_COMPLAINT = "own_complaint"
    SURVEY = "survey"


AnyDeed = Deed | lifecycle.Action | complaints.Action


class Filed(Protocol):
    """A case, as far as it matters whose it is."""

    @property
    def filed_by(self) -> int:
        """The person who filed it."""

    @property
    def agency_id(self) -> int:
        """The agency for which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a deed is done to, as far as it matters whose it is; numbers are those of persons.

    Attributes:
        owner: whose it is: the filer of a case, who is given a role, who asked, who writes a form.
        agency_id: the agency of a case.
        holder: who has it in hand.
        maker: who proposed it, or the other of two whose it is.
        opened_by: who let the person in who is about to act.
        here: whether it is this very chat's, of a person whom the office did not know.
    """

    owner: int | None = None
    agency_id: int | None = None
    holder: int | None = None
    maker: int | None = None
    opened_by: int | None = None
    here: bool = False


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint on which a step is to be taken: what `domain.complaints.require` asks for."""

    facts: ComplaintFacts
    staff: tuple[Actor, ...] = ()
    is_owner: bool = False


Object = Thing | CaseFacts | ComplaintFacts | Complaint | None

Need = Literal[
    "known",
    "agency",
    "lends",
    "owner",
    "filer",
    "of_agency",
    "not_filer",
    "not_own",
    "not_own_secret",
    "holder",
    "not_proposer",
    "not_let_in",
    "either",
    "here",
    "independent",
]


@dataclass(frozen=True, slots=True)
class Right:
    """One way of having a deed: any of these roles (none: everybody), and every need met."""

    roles: frozenset[Role]
    needs: tuple[Need, ...]


def _right(*roles: Role, needs: tuple[Need, ...] = ()) -> Right:
    return Right(frozenset(roles), needs)


_R = Role
_ADMIN = (_right(_R.ADMIN),)
_DESK = (_right(_R.REVIEWER, _R.DIRECTOR),)
_NOTES = (_right(_R.REVIEWER, _R.DIRECTOR, needs=("not_filer",)),)
_FILER: Final[tuple[Need, ...]] = ("filer", "of_agency")
_OFFICER = (_right(_R.OFFICER),)
_OWNER = (_right(needs=("owner",)),)
_OWNER_OR_CHAT = (*_OWNER, _right(needs=("here",)))

TABLE: Final[Mapping[Deed, tuple[Right, ...]]] = {
    Deed.PEOPLE: _ADMIN,
    Deed.INVITE: _ADMIN,
    # Nobody gives themselves a role, or the way back into their own account.
    Deed.GRANT: (_right(_R.ADMIN, needs=("not_own",)),),
    Deed.CONFIRM_GRANT: (_right(_R.ADMIN, needs=("not_proposer", "not_own", "not_let_in")),),
    Deed.REFUSE_GRANT: (_right(_R.ADMIN, needs=("not_own",)),),
    Deed.REVOKE: _ADMIN,
    Deed.RENAME: _ADMIN,
    Deed.LET_BACK: (_right(_R.ADMIN, needs=("not_own",)),),
    Deed.CUT_ALL: _ADMIN,
    Deed.LINK: (_right(*Role),),
    Deed.UNLINK: _OWNER,
    Deed.LEAVE: (_right(needs=("known",)),),
    Deed.SUBSTITUTE: (_right(needs=("lends",)),),
    Deed.END_SUBSTITUTE: (_right(needs=("either",)), _right(_R.ADMIN)),
    Deed.SETTINGS: _ADMIN,
    Deed.HOLD: _ADMIN,
    Deed.CALENDAR: _ADMIN,
    Deed.CATALOGUE: _ADMIN,
    Deed.COSIGN: _ADMIN,
    Deed.TERMS: _ADMIN,
    Deed.ACCEPT_TERMS: (_right(needs=("known",)),),
    Deed.NOTICES: _ADMIN,
    Deed.WINDOWS: _ADMIN,
    Deed.INCIDENTS: _ADMIN,
    Deed.RESETS: _ADMIN,
    Deed.RESET: (_right(_R.ADMIN, needs=("not_own_secret",)),),
    Deed.HOLD_RESET: (_right(_R.ADMIN, needs=("not_own_secret", "holder")),),
    Deed.RENEW_PASSCODE: (_right(_R.OFFICER, needs=_FILER),),
    Deed.REOPEN: _ADMIN,
    Deed.DATA_REQUESTS: _ADMIN,
    Deed.END_DATA_REQUEST: (_right(_R.ADMIN, needs=("not_own",)),),
    Deed.REPORTS: (_right(_R.DIRECTOR, _R.ADMIN, _R.AUDITOR),),
    Deed.LOADS: (_right(_R.DIRECTOR),),
    Deed.SIGN: (_right(needs=("known",)),),
    Deed.FILE: (_right(_R.OFFICER, needs=("agency",)),),
    Deed.DRAFT: _OWNER,
    Deed.SEARCH: _OFFICER,
    Deed.OWN_CASE: (_right(_R.OFFICER, needs=_FILER),),
    # To end what was begun about the own case is left to who filed it, whatever they are by now.
    Deed.END_FOLLOWING: (_right(needs=("filer",)),),
    Deed.REVIEW: (_right(_R.REVIEWER),),
    Deed.DIRECT: (_right(_R.DIRECTOR),),
    Deed.QUEUE: _DESK,
    Deed.CASE_VIEW: _DESK,
    Deed.CASE_FILES: (*_DESK, _right(_R.OFFICER, needs=_FILER)),
    # Who filed a case is its applicant, above all: the office's own notes are for the others.
    Deed.CASE_HISTORY: _NOTES,
    Deed.CASE_NOTE: _NOTES,
    Deed.CASE_TARGET: (*_DESK, _right(_R.OFFICER, needs=_FILER)),
    Deed.AUDIT: (_right(_R.AUDITOR),),
    Deed.COMPLAINTS: (_right(_R.COMPLAINTS, _R.DIRECTOR),),
    Deed.COMPLAINT_VIEW: (_right(_R.COMPLAINTS, _R.DIRECTOR, needs=("independent",)),),
    Deed.SEND_COMPLAINT: _OWNER_OR_CHAT,
    Deed.OWN_COMPLAINT: _OWNER_OR_CHAT,
    Deed.SURVEY: _OWNER_OR_CHAT,
}
"""Every deed with the ways of having it; what stands in no row is nobody's."""

BY_KEEPER: Final = frozenset({Deed.INVITE, Deed.REVOKE, Deed.SETTINGS, Deed.COSIGN, Deed.HOLD})
"""What the command line does too: whoever keeps the machine, who is no person of the office (None)."""


def _is(person_id: int | None, other: int | None) -> bool:
    return person_id is not None and person_id == other


_OF_ACTOR: Final[Mapping[Need, tuple[str, Callable[[Actor], bool]]]] = {
    "known": ("role", lambda actor: actor.person_id is not None),
    "agency": ("role", lambda actor: actor.agency_id is not None),
    "lends": (
        "role",
        lambda actor: (
            actor.person_id is not None and bool(actor.own & STOOD_IN_FOR) and not actor.has(Role.ADMIN)
        ),
    ),
}
"""Needs of the person alone, each with the `why` of its refusal."""

_OF_THING: Final[Mapping[Need, tuple[str, Callable[[Actor, Thing], bool]]]] = {
    "owner": ("not_owner", lambda actor, thing: _is(actor.person_id, thing.owner)),
    "filer": ("not_filer", lambda actor, thing: _is(actor.person_id, thing.owner)),
    "of_agency": (
        "not_filer",
        lambda actor, thing: actor.agency_id is not None and actor.agency_id == thing.agency_id,
    ),
    "not_filer": ("filed_by_you", lambda actor, thing: not _is(actor.person_id, thing.owner)),
    "not_own": ("own", lambda actor, thing: not _is(actor.person_id, thing.owner)),
    "not_own_secret": ("own_secret", lambda actor, thing: not _is(actor.person_id, thing.owner)),
    "holder": ("not_holder", lambda actor, thing: _is(actor.person_id, thing.holder)),
    "not_proposer": ("own_proposal", lambda actor, thing: not _is(actor.person_id, thing.maker)),
    "not_let_in": (
        "opened_by_proposer",
        lambda _actor, thing: thing.opened_by is None or thing.opened_by != thing.maker,
    ),
    "either": (
        "role",
        lambda actor, thing: _is(actor.person_id, thing.owner) or _is(actor.person_id, thing.maker),
    ),
    "here": ("not_owner", lambda _actor, thing: thing.owner is None and thing.here),
}
"""Needs of the person and the thing."""


def filed(case: Filed) -> Thing:
    """A case as the table looks at it."""
    return Thing(owner=case.filed_by, agency_id=case.agency_id)


def may(actor: Actor | None, deed: AnyDeed, obj: Object = None) -> bool:
    """Whether this person may do this to this object, at this moment.

    Args:
        actor: who, with the roles of this moment; None is the machine's keeper, or for a step the clock.
        deed: what.
        obj: to what: a `Thing`, for a step of a case its `CaseFacts`, to see a complaint its
            `ComplaintFacts`, and for a step of it a `Complaint`.

    Raises:
        NotAllowedNow: a step that leads nowhere from the state of its object.
        TypeError: the deed is done to something else than what was given.
    """
    return objection(actor, deed, obj) is None


def require(actor: Actor | None, deed: AnyDeed, obj: Object = None) -> None:
    """Insist on it.

    Raises:
        NotYours: the person may not; `why` says which need is not met, `role` above all.
        NotAllowedNow, TypeError: as for `may`.
    """
    why = objection(actor, deed, obj)
    if why is not None:
        raise NotYours(deed, why)


def require_person(actor: Actor, deed: Deed, obj: Object = None) -> int:
    """Insist on it, of somebody the office knows; gives the person's number, or the errors of `require`."""
    require(actor, deed, obj)
    if actor.person_id is None:
        raise NotYours(deed)
    return actor.person_id


def plays(actor: Actor, deed: Deed) -> bool:
    """Whether this person may do this to anything at all: what a menu offers, before there is an object."""
    return any(_of_person(actor, right) is None for right in TABLE[deed])


def objection(actor: Actor | None, deed: AnyDeed, obj: Object = None) -> str | None:
    """Why this person may not do this to this object, or None; the errors are those of `may`."""
    if isinstance(deed, lifecycle.Action):
        return lifecycle.why_not(deed, _as(obj, CaseFacts), actor)
    if isinstance(deed, complaints.Action):
        about = _as(obj, Complaint)
        return complaints.why_not(deed, about.facts, actor, staff=about.staff, is_owner=about.is_owner)
    if actor is None:
        return None if deed in BY_KEEPER else "role"
    whys = [_of_person(actor, right) or _of_object(actor, right, obj) for right in TABLE[deed]]
    return None if None in whys else next((why for why in whys if why != "role"), "role")


def _of_person(actor: Actor, right: Right) -> str | None:
    if right.roles and not any(map(actor.has, right.roles)):
        return "role"
    needs = (_OF_ACTOR[need] for need in right.needs if need in _OF_ACTOR)
    return next((why for why, met in needs if not met(actor)), None)


def _of_object(actor: Actor, right: Right, obj: Object) -> str | None:
    for need in right.needs:
        if need == "independent":
            if not complaints.may_handle(actor, _as(obj, ComplaintFacts)):
                return "not_independent"
        elif need in _OF_THING:
            why, met = _OF_THING[need]
            if not met(actor, _as(obj, Thing)):
                return why
    return None


_T = TypeVar("_T")


def _as(obj: object, kind: type[_T]) -> _T:
    if not isinstance(obj, kind):
        raise TypeError(kind.__name__)
    return obj
