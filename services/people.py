"""Who is who: invitations, the accounts that people are bound to, and their roles."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from domain import audit
from domain.authority import Deed, plays, require
from domain.roles import SENSITIVE, STOOD_IN_FOR, Actor, Grant, Role
from persian.text import clean, in_order, key
from services.errors import AgencyNeeded, InvitationUnusable, LastAdmin, NameNeeded
from services.secrets import new_token, token_hash
from storage.errors import NotFound, Stale
from storage.records import Agency, Invitation, Person
from storage.work import Work

LIFETIME: Final = timedelta(hours=24)
"""How long an invitation is good for (parameter sheet)."""
NAME_LIMIT: Final = 100
"""Characters kept of a name of a person or an agency: a technical bound."""

STRANGER: Final = Actor(None, "")
"""Anybody the office does not know."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation: its token goes into one deep link and is kept nowhere."""

    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Joined:
    """Who joined, and as what.

    Attributes:
        agency_name: set for officers.
        invited_by: the admin; None by the command line.
    """

    person: Person
    role: Role
    agency_name: str | None
    invited_by: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the office knows, as an admin sees them.

    Attributes:
        roles: held now, in the order of `Role`; none of somebody whose roles were all taken away.
        agency_name: an officer's; empty for everybody else.
    """

    person: Person
    roles: tuple[Role, ...]
    agency_name: str


def actor_of(work: Work, platform: str, user_id: int) -> Actor:
    """The person behind an account, with the roles of this moment; else a stranger."""
    person = work.people.by_account(platform, user_id)
    return person.actor if person is not None and person.active else STRANGER


def invite(
    work: Work,
    *,
    by: Actor | None,
    role: Role,
    name: str,
    agency: str | None = None,
    lifetime: timedelta = LIFETIME,
) -> Invited:
    """Make a one-time invitation to a role.

    Args:
        work: this unit.
        by: an admin, or None for the command line of the machine's keeper.
        role: which role.
        name: of the person invited.
        agency: an officer's agency «دستگاه اجرایی» by name; entered when new, found however it is spelt.
        lifetime: how long it can be used.

    Raises:
        NotYours: only an admin invites.
        NameNeeded: there is no name.
        AgencyNeeded: an officer without an agency.
    """
    require(by, Deed.INVITE)
    invited_name, agency_name = tidy_name(name), _tidy(agency or "")
    if role is Role.OFFICER and not agency_name:
        raise AgencyNeeded
    agency_id = _agency(work, agency_name).id if role is Role.OFFICER else None
    token, expires_at = new_token(), work.now + lifetime
    made_by = by.person_id if by else None
    work.people.invite(token_hash(work.vault, token), role, agency_id, invited_name, made_by, expires_at)
    return Invited(token, expires_at)


def join(work: Work, *, platform: str, user_id: int, token: str) -> Joined:
    """Use an invitation: the account is bound to a person, who is given the role.

    An account that belongs to a person, or did until it was cut off, keeps its person and its name: whoever
    filed a case by it is not somebody else now, who could decide it.

    Raises:
        InvitationUnusable: it was never made, is used or expired; or is not for this person.
        Stale: somebody used it this very moment; the unit is to be rolled back and run again.
    """
    digest = token_hash(work.vault, token)
    bound = work.people.by_account(platform, user_id)
    invitation = _usable(work, digest, bound)
    known = bound or _formerly(work, platform, user_id)
    if known is not None:
        _require_fitting(known, invitation)
        _require_not_second(work, known, digest)
    person = known or work.people.add(invitation.name)
    if not work.people.use_invitation(digest, person.id):
        raise Stale("invitation", person.id)
    if bound is None:
        work.people.bind(platform, user_id, person.id)
    work.people.grant(person.id, invitation.role, invitation.agency_id, invitation.made_by)
    work.staffing.note_joined(digest, person.id)
    work.staffing.note("joined", person.id, by=invitation.made_by, role=invitation.role)
    return _joined(work, person, invitation)


def _formerly(work: Work, platform: str, user_id: int) -> Person | None:
    """Whose the account was last; whoever holds a role still comes back by a code of two admins.

    Raises:
        InvitationUnusable: `former`.
    """
    before = work.people.formerly(platform, user_id)
    person = work.people.get(before[0]) if before else None
    if person is not None and person.actor.grants:
        raise InvitationUnusable("former")
    return person


def admins(work: Work) -> tuple[Person, ...]:
    """The admins who can do something: those by whose account somebody could come in, by number."""
    return tuple(one for one in work.people.with_role(Role.ADMIN) if work.people.accounts_of(one.id))


def revoke(work: Work, *, by: Actor | None, person_id: int, role: Role) -> None:
    """Take a role away; it is gone at the person's next press, and so is a code to link accounts with.

    Whoever has no role of the office left stands in for nobody any more. A removal of the role that still
    waits for a second admin has nothing left to take, and ends.

    Raises:
        NotYours: only an admin revokes, and one still at this very moment.
        LastAdmin: no admin with an account would be left to let people in.
    """
    # Held before anything is looked at: of two admins who revoke each other at once, one comes second.
    work.people.hold_role(Role.ADMIN)
    require(_now(work, by), Deed.REVOKE)
    if role is Role.ADMIN and {one.id for one in admins(work)} <= {person_id}:
        raise LastAdmin
    person = work.people.get(person_id)
    for grant in person.grants if person else ():
        if grant.role is role and grant.for_person is None:
            work.people.revoke(person_id, role, grant.agency_id)
            work.links.withdraw(person_id)
            work.staffing.note("revoked", person_id, by=by.person_id if by else None, role=role)
    _end_removals(work, person_id, role, by)
    _end_stand_ins(work, person_id, by)


def _end_removals(work: Work, person_id: int, role: Role, by: Actor | None) -> None:
    for one in work.staffing.open_proposals():
        if (one.kind, one.person_id, one.role) == ("removal", person_id, role):
            work.staffing.end_proposal(one.id, "void", by.person_id if by else None)


def _end_stand_ins(work: Work, person_id: int, by: Actor | None) -> None:
    person = work.people.get(person_id)
    if person is None or not person.actor.own & STOOD_IN_FOR:
        # The command line has no number of its own: then it stands as ended by who lost the role.
        work.staffing.end_stand_ins(person_id, (by.person_id if by else None) or person_id)


def everybody(work: Work, *, by: Actor) -> tuple[Known, ...]:
    """Everybody the office knows, by name; those who hold a role come first.

    Raises:
        NotYours: no admin.
    """
    require(by, Deed.PEOPLE)
    work.audit.look(audit.Deed.PEOPLE_SEEN, by, "people")
    agencies = {agency.id: agency.name for agency in work.people.agencies()}
    known = [_known(person, agencies.get(person.actor.agency_id or 0, "")) for person in work.people.all()]
    return tuple(sorted(known, key=lambda one: (not one.roles, in_order(one.person.name), one.person.id)))


def one(work: Work, *, by: Actor, person_id: int) -> Known:
    """One of them.

    Raises:
        NotYours: no admin.
        NotFound: there is no such person.
    """
    require(by, Deed.PEOPLE)
    person = work.people.get(person_id)
    if person is None:
        raise NotFound("person", person_id)
    work.audit.look(audit.Deed.PEOPLE_SEEN, by, f"person:{person_id}")
    agency = work.people.agency(person.actor.agency_id) if person.actor.agency_id is not None else None
    return _known(person, agency.name if agency else "")


def _known(person: Person, agency_name: str) -> Known:
    held = person.actor.own
    return Known(person, tuple(role for role in Role if role in held), agency_name)


def _now(work: Work, by: Actor | None) -> Actor | None:
    """The same person with the roles of this moment, which may be fewer than when the unit began."""
    if by is None or by.person_id is None:
        return by
    person = work.people.get(by.person_id)
    return person.actor if person else STRANGER


def tidy_name(name: str) -> str:
    """A name as it is kept.

    Raises:
        NameNeeded: there is none.
    """
    tidy = _tidy(name)
    if not tidy:
        raise NameNeeded
    return tidy


def _tidy(name: str) -> str:
    return " ".join(clean(name, limit=NAME_LIMIT).split())


def _agency(work: Work, name: str) -> Agency:
    """The agency of that name, however it is spelt, or a new one."""
    same = (agency for agency in work.people.agencies() if key(agency.name) == key(name))
    return next(same, None) or work.people.add_agency(name)


def _usable(work: Work, digest: str, asker: Person | None) -> Invitation:
    invitation = work.people.invitation(digest)
    if invitation is not None and asker is not None and invitation.used_by == asker.id:
        raise InvitationUnusable("joined")
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= work.now:
        raise InvitationUnusable
    # An invitation is worth no more than the word of whoever made it is worth today.
    maker = work.people.get(invitation.made_by) if invitation.made_by is not None else None
    if invitation.made_by is not None and (maker is None or not plays(maker.actor, Deed.INVITE)):
        raise InvitationUnusable
    if invitation.role in SENSITIVE and invitation.made_by is not None:
        _require_confirmed(work, digest)
    return invitation


def _require_confirmed(work: Work, digest: str) -> None:
    """An invitation to a role of the office is good once a second admin, who is one still, confirmed it.

    The store tells of a proposal as the audit says it ended, or of none; the command line alone needs none.
    """
    proposal = work.staffing.proposal_by_token(digest)
    if proposal is None:
        raise InvitationUnusable
    if proposal.outcome == "alone":
        return
    if proposal.outcome is None:
        raise InvitationUnusable("unconfirmed")
    second = work.people.get(proposal.ended_by) if proposal.ended_by is not None else None
    if proposal.outcome != "confirmed" or second is None or not plays(second.actor, Deed.INVITE):
        raise InvitationUnusable


def _require_fitting(person: Person, invitation: Invitation) -> None:
    if not person.active:
        raise InvitationUnusable
    if person.id == invitation.made_by:
        raise InvitationUnusable("own")
    agencies = {grant.agency_id for grant in person.grants if grant.role is Role.OFFICER}
    if invitation.role is Role.OFFICER and agencies - {invitation.agency_id}:
        raise InvitationUnusable("other_agency")


def _require_not_second(work: Work, person: Person, digest: str) -> None:
    proposal = work.staffing.proposal_by_token(digest)
    if proposal is not None and proposal.ended_by == person.id:
        raise InvitationUnusable("own")


def _joined(work: Work, person: Person, invitation: Invitation) -> Joined:
    grant = Grant(invitation.role, invitation.agency_id)
    agency = work.people.agency(invitation.agency_id) if invitation.agency_id is not None else None
    joined = Person(person.id, person.name, person.active, person.grants | {grant})
    return Joined(joined, invitation.role, agency.name if agency else None, invitation.made_by)
