"""Roles given by two admins: one proposes, another confirms; nobody gives a role to themselves.

A role of the office itself (`domain.roles.SENSITIVE`) comes into force once another admin has confirmed it,
whether it is given to somebody known or by an invitation. Where there is no other admin, it is given by one
and stays marked so. A way back in for somebody who has no account any more always needs a second admin:
whoever uses its code comes in under another's name. Where there is none, the machine's keeper invites one.

Another admin's role is taken away in the same way: where a third admin could confirm it, by two.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.authority import Deed, Thing, may, plays, require, require_person
from domain.roles import SENSITIVE, Actor, Grant, Role
from services import links, people
from services.errors import AgencyNeeded, NoProposal, RoleUnfit
from services.secrets import new_token, token_hash
from storage.errors import NotFound
from storage.records import Person
from storage.records.staffing import GrantProposal
from storage.work import Work

LIFETIME: Final = timedelta(hours=24)
"""How long a proposal waits for the second admin: as long as an invitation is good."""


@dataclass(frozen=True, slots=True)
class Given:
    """What became of an act: with `waits`, a second admin is asked first."""

    proposal: GrantProposal
    waits: bool
    token: str = ""


def confirmers(work: Work, *, but: int | None, about: int | None = None) -> tuple[Person, ...]:
    """The admins with an account who may confirm what this one proposes.

    Neither the proposer, nor who is given the role, nor anybody whose account the proposer opened.
    """
    others = (one for one in people.admins(work) if one.id not in {but, about})
    return tuple(one for one in others if but is None or _opened_by(work, one.id) != but)


def _opened_by(work: Work, person_id: int) -> int | None:
    """Who made the code by which this person came in last; every account of theirs goes back to it."""
    entries = [one for one in work.staffing.proposals_of(person_id) if one.kind == "entry"]
    return next((one.proposed_by for one in reversed(entries) if one.outcome == "confirmed"), None)


def _asked(work: Work, admin: int, *, about: int | None = None) -> tuple[Person, ...]:
    """Who is asked to confirm a role of the office; nobody where there is one admin alone.

    Raises:
        RoleUnfit: `no_second`: there are other admins, and none who may confirm has an account;
            `second_gone`: the other admin went less than `LIFETIME` ago.
    """
    asked = confirmers(work, but=admin, about=about)
    if not asked and {one.id for one in work.people.with_role(Role.ADMIN)} - {admin, about}:
        raise RoleUnfit("no_second")
    if not asked and work.staffing.revoked_since(Role.ADMIN, work.now - LIFETIME):
        raise RoleUnfit("second_gone")
    return asked


def give(work: Work, *, by: Actor, person_id: int, role: Role, agency_id: int | None = None) -> Given:
    """Give a role to somebody who is known already, or propose it.

    Raises:
        NotYours: no admin (any more); `own`: to oneself.
        NotFound: there is no such person.
        AgencyNeeded: an officer without an agency.
        RoleUnfit: it is held already, proposed already, another agency's officer, or not active; `no_second`
            or `second_gone` where it can be confirmed by nobody and yet is not given by one alone.
    """
    work.people.hold_role(Role.ADMIN)
    admin, person = _admin(work, by), _fit(work, by, person_id, role, agency_id)
    asked = _asked(work, admin, about=person_id) if role in SENSITIVE else ()
    made = work.staffing.propose(
        "grant",
        name=person.name,
        by=admin,
        expires_at=work.now + LIFETIME,
        person_id=person_id,
        role=role,
        agency_id=agency_id,
        outcome=None if asked else "alone",
    )
    work.staffing.note("proposed" if asked else "granted", person_id, by=admin, role=role)
    if not asked:
        work.people.grant(person_id, role, agency_id, admin)
    return Given(made, waits=bool(asked))


def let_back(work: Work, *, by: Actor, person_id: int) -> Given:
    """A one-time code with which somebody who has a role, and no account any more, comes in again.

    Raises:
        NotYours: no admin (any more); `own`: oneself.
        NotFound: there is no such person.
        RoleUnfit: `has_account`, or without any role there is nothing to come back to (`no_role`); it waits
            already (`entry_proposed`), or nobody could confirm it (`no_second`).
    """
    work.people.hold_role(Role.ADMIN)
    admin, person = _admin(work, by), _known(work, person_id)
    work.people.hold(person_id)
    require(by, Deed.LET_BACK, Thing(owner=person_id))
    if work.people.accounts_of(person_id):
        raise RoleUnfit("has_account")
    if not person.actor.own:
        raise RoleUnfit("no_role")
    if any((one.kind, one.person_id) == ("entry", person_id) for one in waiting(work, by=by)):
        raise RoleUnfit("entry_proposed")
    if not confirmers(work, but=admin, about=person_id):
        raise RoleUnfit("no_second")
    token, until = links.PREFIX + new_token(), work.now + LIFETIME
    digest = token_hash(work.vault, token)
    work.links.offer(digest, person_id, until)
    made = work.staffing.propose(
        "entry",
        name=person.name,
        by=admin,
        expires_at=until,
        person_id=person_id,
        token_hash=digest,
    )
    work.staffing.note("entry_offered", person_id, by=admin)
    return Given(made, waits=True, token=token)


def invite(work: Work, *, by: Actor, role: Role, name: str, agency: str | None = None) -> people.Invited:
    """An invitation by an admin in the chat; one to a role of the office waits for a second admin.

    Raises:
        NotYours, NameNeeded, AgencyNeeded: as `services.people.invite` says.
        RoleUnfit: `no_second` or `second_gone`, as `give` says.
    """
    work.people.hold_role(Role.ADMIN)
    admin = _admin(work, by)
    asked = _asked(work, admin) if role in SENSITIVE else ()
    made = people.invite(work, by=by, role=role, name=name, agency=agency)
    if role in SENSITIVE:
        work.staffing.propose(
            "invitation",
            name=name,
            by=admin,
            expires_at=made.expires_at,
            token_hash=token_hash(work.vault, made.token),
            role=role,
            outcome=None if asked else "alone",
        )
    work.staffing.note("invited", None, by=admin, role=role)
    return made


def take(work: Work, *, by: Actor, person_id: int, role: Role) -> GrantProposal | None:
    """Take a role away, or propose it: another admin's goes by two admins where there is a third.

    Where there is none, one takes it, and gives nothing alone for a day (`second_gone`). One's own role is
    given up alone.

    Returns:
        What now waits for a second admin; None where the role is gone.

    Raises:
        NotYours: no admin (any more).
        LastAdmin: no admin with an account would be left.
        RoleUnfit: `proposed`: that waits already; `no_second`: of the other admins none who may confirm it
            has an account.
    """
    work.people.hold_role(Role.ADMIN)
    admin = _admin(work, by)
    others = {one.id for one in work.people.with_role(Role.ADMIN)} - {admin, person_id}
    if role is not Role.ADMIN or person_id == admin or not others:
        people.revoke(work, by=by, person_id=person_id, role=role)
        return None
    _require_unproposed(work, person_id, role)
    if not confirmers(work, but=admin, about=person_id):
        raise RoleUnfit("no_second")
    made = work.staffing.propose(
        "removal",
        name=_known(work, person_id).name,
        by=admin,
        expires_at=work.now + LIFETIME,
        person_id=person_id,
        role=role,
    )
    work.staffing.note("removal_proposed", person_id, by=admin, role=role)
    return made


def waiting(work: Work, *, by: Actor) -> tuple[GrantProposal, ...]:
    """What waits for a second admin, the oldest first.

    Raises:
        NotYours: no admin.
    """
    _admin(work, by)
    return tuple(one for one in work.staffing.open_proposals() if one.expires_at > work.now)


def seen(work: Work, *, by: Actor, proposal_id: int) -> GrantProposal:
    """One of them, open or ended.

    Raises:
        NotYours: no admin.
        NotFound: there is none.
    """
    _admin(work, by)
    found = work.staffing.proposal(proposal_id)
    if found is None:
        raise NotFound("proposal", proposal_id)
    return found


def of_token(work: Work, token: str) -> GrantProposal | None:
    """What stands behind an invitation or a way back in; None for an officer's or the command line's."""
    return work.staffing.proposal_by_token(token_hash(work.vault, token))


def may_confirm(proposal: GrantProposal, by: Actor) -> bool:
    """Whether this admin may be the second: neither who proposed it nor who is given it."""
    return may(by, Deed.CONFIRM_GRANT, Thing(owner=proposal.person_id, maker=proposal.proposed_by))


def confirm(work: Work, *, by: Actor, proposal_id: int) -> GrantProposal:
    """The second admin confirms: what was proposed is in force from now on.

    Raises:
        NotYours: no admin (any more), who proposed it (`own_proposal`), who is given it (`own`), or somebody
            whose account the proposer opened (`opened_by_proposer`).
        NoProposal: it has ended, run out, or its proposer is no admin any more.
        RoleUnfit: meanwhile it does not fit the person any more.
        LastAdmin: a removal would leave no admin with an account.
    """
    work.people.hold_role(Role.ADMIN)
    admin, proposal = _second(work, by, proposal_id)
    if proposal.kind == "grant" and proposal.role is not None:
        _require_fit(_known(work, proposal.person_id or 0), proposal.role, proposal.agency_id)
    if not work.staffing.end_proposal(proposal.id, "confirmed", admin):
        raise NoProposal
    if proposal.kind == "grant" and proposal.role is not None:
        work.people.grant(proposal.person_id or 0, proposal.role, proposal.agency_id, proposal.proposed_by)
    elif proposal.kind == "removal" and proposal.role is not None:
        people.revoke(work, by=by, person_id=proposal.person_id or 0, role=proposal.role)
    elif proposal.kind == "invitation" and proposal.token_hash is not None:
        work.staffing.prolong_invitation(proposal.token_hash, work.now + LIFETIME)
    work.staffing.note(
        "confirmed", proposal.person_id, by=proposal.proposed_by, role=proposal.role, other=admin
    )
    return seen(work, by=by, proposal_id=proposal_id)


def refuse(work: Work, *, by: Actor, proposal_id: int) -> GrantProposal:
    """An admin refuses it, or whoever proposed it takes it back: nothing comes of it.

    Raises:
        NotYours: no admin (any more), or who would be given it (`own`).
        NoProposal: it has ended already.
    """
    admin, proposal = _admin(work, by), seen(work, by=by, proposal_id=proposal_id)
    require(by, Deed.REFUSE_GRANT, Thing(owner=proposal.person_id))
    if not work.staffing.end_proposal(proposal.id, "refused", admin):
        raise NoProposal
    _withdraw_entry(work, proposal)
    work.staffing.note("refused", proposal.person_id, by=admin, role=proposal.role)
    return seen(work, by=by, proposal_id=proposal_id)


def expire(work: Work) -> tuple[GrantProposal, ...]:
    """End what nobody has confirmed in time."""
    over = [one for one in work.staffing.open_proposals() if one.expires_at <= work.now]
    for one in over:
        work.staffing.end_proposal(one.id, "expired", None)
        _withdraw_entry(work, one)
        work.staffing.note("expired", one.person_id, by=None, role=one.role)
    return tuple(over)


def given_by_one(work: Work, person_id: int) -> frozenset[Role]:
    """The roles of the office that this person was given by one admin alone."""
    gave = (one for one in work.staffing.proposals_of(person_id) if one.kind != "removal")
    last = {one.role: one.outcome for one in gave if one.outcome in _GAVE}
    return frozenset(role for role, outcome in last.items() if role in SENSITIVE and outcome == "alone")


_GAVE: Final = frozenset({"confirmed", "alone"})


def rename(work: Work, *, by: Actor, person_id: int, name: str) -> Person:
    """Correct a person's name; what it was stands in no history but the records of others' acts.

    Raises:
        NotYours: no admin (any more).
        NotFound: there is no such person.
        NameNeeded: there is no name.
    """
    admin, person = _admin(work, by, Deed.RENAME), _known(work, person_id)
    work.people.rename(person.id, people.tidy_name(name))
    work.staffing.note("renamed", person.id, by=admin)
    return _known(work, person_id)


def _second(work: Work, by: Actor, proposal_id: int) -> tuple[int, GrantProposal]:
    admin, proposal = _admin(work, by), seen(work, by=by, proposal_id=proposal_id)
    offered = Thing(owner=proposal.person_id, maker=proposal.proposed_by, opened_by=_opened_by(work, admin))
    require(by, Deed.CONFIRM_GRANT, offered)
    proposer = work.people.get(proposal.proposed_by)
    stands = proposal.outcome is None and work.now < proposal.expires_at
    if not stands or proposer is None or not plays(proposer.actor, Deed.PEOPLE):
        raise NoProposal
    return admin, proposal


def _withdraw_entry(work: Work, proposal: GrantProposal) -> None:
    if proposal.kind == "entry" and proposal.token_hash is not None:
        work.links.withdraw_code(proposal.token_hash)


def _admin(work: Work, by: Actor, deed: Deed = Deed.PEOPLE) -> int:
    """The admin's number, if the person is one at this very moment."""
    now = work.people.get(by.person_id) if by.person_id is not None else None
    return require_person(now.actor if now is not None else people.STRANGER, deed)


def _known(work: Work, person_id: int) -> Person:
    person = work.people.get(person_id)
    if person is None:
        raise NotFound("person", person_id)
    return person


def _fit(work: Work, by: Actor, person_id: int, role: Role, agency_id: int | None) -> Person:
    person = _known(work, person_id)
    require(by, Deed.GRANT, Thing(owner=person_id))
    if role is Role.OFFICER and agency_id is None:
        raise AgencyNeeded
    _require_fit(person, role, agency_id)
    _require_unproposed(work, person_id, role)
    return person


def _require_unproposed(work: Work, person_id: int, role: Role) -> None:
    waits = work.staffing.open_proposals()
    if any((one.person_id, one.role) == (person_id, role) and one.expires_at > work.now for one in waits):
        raise RoleUnfit("proposed")


def _require_fit(person: Person, role: Role, agency_id: int | None) -> None:
    if not person.active:
        raise RoleUnfit("inactive")
    if Grant(role, agency_id) in person.grants:
        raise RoleUnfit("held")
    if role is Role.OFFICER and role in person.actor.own:  # an officer files for one agency only
        raise RoleUnfit("other_agency")
