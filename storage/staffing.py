"""Roles given by two admins, and the record of what was done with roles and accounts."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, exists, insert, select, update

from domain.audit import Deed
from domain.lifecycle import State
from domain.roles import Role
from storage.audit import note, told
from storage.personal import Personal
from storage.records.staffing import GrantProposal, ProposalKind, ProposalOutcome, StaffEvent
from storage.records.standing import TOKEN_CHARACTERS, Proposed, as_proposed, proposed
from storage.substitutions import Substitutions
from storage.tables.cases import case_events, cases
from storage.tables.people import invitations
from storage.tables.staffing import proposals, staff_events
from storage.vault import Vault

_CONTEXT: Final = "grant_proposals.name"
_STANDS: Final = proposals.c.outcome.is_(None)
_PROPOSE: Final = insert(proposals).returning(proposals.c.id)
# Sealed for its row, whose number the engine counts.
_NAME: Final = update(proposals).where(proposals.c.id == bindparam("row")).values(name=bindparam("called"))
_GET: Final = select(proposals).where(proposals.c.id == bindparam("row"))
_BY_TOKEN: Final = select(proposals).where(proposals.c.token_hash == bindparam("token"))
_OPEN: Final = select(proposals).where(_STANDS).order_by(proposals.c.id)
_OF_PERSON: Final = (
    select(proposals).where(proposals.c.person_id == bindparam("person")).order_by(proposals.c.id)
)
_END: Final = (
    update(proposals)
    .where(proposals.c.id == bindparam("row"), _STANDS)
    .values(outcome=bindparam("what"), ended_by=bindparam("by"), ended_at=bindparam("now"))
)
_JOINED: Final = (
    update(proposals)
    .where(proposals.c.token_hash == bindparam("token"))
    .values(person_id=bindparam("person"))
)
_PROLONG: Final = (
    update(invitations)
    .where(invitations.c.token_hash == bindparam("token"), invitations.c.used_at.is_(None))
    .values(expires_at=bindparam("until"))
)
_OVER: Final = (State.WITHDRAWN, State.SUPERSEDED)
_IN_CASES: Final = select(
    exists()
    .where(
        case_events.c.person_id == bindparam("person"),
        cases.c.id == case_events.c.case_id,
        *(cases.c.state != state for state in _OVER),
    )
    .label("found")
)
_REVOKED_SINCE: Final = select(
    exists()
    .where(
        staff_events.c.action == "revoked",
        staff_events.c.role == bindparam("which"),
        staff_events.c.at > bindparam("since"),
    )
    .label("found")
)
_NOTE: Final = insert(staff_events)
_EVENTS: Final = (
    select(staff_events).where(staff_events.c.person_id == bindparam("person")).order_by(staff_events.c.id)
)


class Staffing(Substitutions, Personal):
    """What is done with roles, accounts and people's own data; no row is taken back."""

    def propose(
        self,
        kind: ProposalKind,
        *,
        name: str,
        by: int,
        expires_at: datetime,
        person_id: int | None = None,
        token_hash: str | None = None,
        role: Role | None = None,
        agency_id: int | None = None,
        outcome: ProposalOutcome | None = None,
    ) -> GrantProposal:
        """Keep what one admin proposes; with `outcome`, what one admin did alone."""
        row_id = self._tx.connection.execute(
            _PROPOSE,
            {
                "kind": kind,
                "person_id": person_id,
                "token_hash": token_hash,
                "role": role,
                "agency_id": agency_id,
                "name": b"",
                "proposed_by": by,
                "proposed_at": self._tx.now,
                "expires_at": expires_at,
                "outcome": outcome,
                "ended_by": None,
                "ended_at": self._tx.now if outcome else None,
            },
        ).scalar_one()
        sealed = self._tx.vault.seal(_CONTEXT, name, row_id)
        self._tx.connection.execute(_NAME, {"row": row_id, "called": sealed})
        note(
            self._tx,
            Deed.GRANT_PROPOSAL,
            by=by,
            about=f"grant_proposal:{row_id}",
            step=outcome or "propose",
            kind=kind,
            person=person_id,
            role_given=role,
            agency=agency_id,
            token=None if token_hash is None else token_hash[:TOKEN_CHARACTERS],
        )
        return _proposal(self._tx.vault, self._tx.connection.execute(_GET, {"row": row_id}).one())

    def proposal(self, proposal_id: int) -> GrantProposal | None:
        """The proposal with this number, open or ended, or None.

        One that is not as the audit says, in what was proposed or in what became of it, is none.
        """
        return next(filter(self._is_written, self._proposals(_GET, {"row": proposal_id})), None)

    def proposal_by_token(self, token_hash: str) -> GrantProposal | None:
        """The proposal behind an invitation or a way back in, if it is as the audit says, or None."""
        return next(filter(self._is_written, self._proposals(_BY_TOKEN, {"token": token_hash})), None)

    def open_proposals(self) -> tuple[GrantProposal, ...]:
        """Those that wait for a second admin, the oldest first."""
        return tuple(self._proposals(_OPEN, {}))

    def proposals_of(self, person_id: int) -> tuple[GrantProposal, ...]:
        """All about this person, the oldest first."""
        return tuple(self._proposals(_OF_PERSON, {"person": person_id}))

    def end_proposal(self, proposal_id: int, outcome: ProposalOutcome, by: int | None) -> bool:
        """End it, once; False if it has ended."""
        values = {"row": proposal_id, "what": outcome, "by": by, "now": self._tx.now}
        ended = self._tx.connection.execute(_END, values).rowcount == 1
        if ended:
            note(self._tx, Deed.GRANT_PROPOSAL, by=by, about=f"grant_proposal:{proposal_id}", step=outcome)
        return ended

    def note_joined(self, token_hash: str, person_id: int) -> None:
        """The invitation was taken up by this person."""
        self._tx.connection.execute(_JOINED, {"token": token_hash, "person": person_id})

    def prolong_invitation(self, token_hash: str, until: datetime) -> None:
        """An invitation that was not used is good until this moment."""
        self._tx.connection.execute(_PROLONG, {"token": token_hash, "until": until})

    def in_cases(self, person_id: int) -> bool:
        """Whether this person filed, or did something to, a case that something can still be done to."""
        return bool(self._tx.connection.execute(_IN_CASES, {"person": person_id}).scalar_one())

    def revoked_since(self, role: Role, moment: datetime) -> bool:
        """Whether this role was taken away from anybody after this moment."""
        values = {"which": role, "since": moment}
        return bool(self._tx.connection.execute(_REVOKED_SINCE, values).scalar_one())

    def note(
        self,
        action: str,
        person_id: int | None,
        *,
        by: int | None,
        role: Role | None = None,
        other: int | None = None,
    ) -> None:
        """Write one act down; `by` is None for the clock and the command line."""
        values = {
            "at": self._tx.now,
            "action": action,
            "person_id": person_id,
            "role": role,
            "by": by,
            "other": other,
        }
        self._tx.connection.execute(_NOTE, values)

    def events(self, person_id: int) -> tuple[StaffEvent, ...]:
        """Every act about this person, the first first."""
        return tuple(map(_event, self._tx.connection.execute(_EVENTS, {"person": person_id})))

    def _is_written(self, one: GrantProposal) -> bool:
        said: Proposed | None = None
        for each in told(self._tx, Deed.GRANT_PROPOSAL, f"grant_proposal:{one.id}"):
            said = proposed(said, each.person, each.codes)
        return said == as_proposed(one)

    def _proposals(self, query: Select[Any], values: dict[str, object]) -> Iterator[GrantProposal]:
        found = self._tx.connection.execute(query, values)
        return (_proposal(self._tx.vault, row) for row in found)


def _role(name: str | None) -> Role | None:
    return None if name is None else Role(name)


def _proposal(vault: Vault, found: Row[Any]) -> GrantProposal:
    return GrantProposal(
        id=found.id,
        kind=found.kind,
        person_id=found.person_id,
        token_hash=found.token_hash,
        role=_role(found.role),
        agency_id=found.agency_id,
        name=vault.open(_CONTEXT, found.name, found.id),
        proposed_by=found.proposed_by,
        proposed_at=found.proposed_at,
        expires_at=found.expires_at,
        outcome=found.outcome,
        ended_by=found.ended_by,
        ended_at=found.ended_at,
    )


def _event(found: Row[Any]) -> StaffEvent:
    return StaffEvent(found.at, found.action, found.person_id, _role(found.role), found.by, found.other)
