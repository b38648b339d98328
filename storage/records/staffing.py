"""Roles given by two admins, substitutes, and requests about one's own data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.roles import Role

ProposalKind = Literal["grant", "invitation", "entry", "removal"]
"""A role for somebody known, an invitation, a way back in for who has no account any more, or the end of an
admin's role."""
ProposalOutcome = Literal["confirmed", "refused", "expired", "alone", "void"]
"""`alone`: there was no other admin to ask, and one gave it; `void`: the role was taken away otherwise."""
RequestKind = Literal["correction", "erasure"]
RequestOutcome = Literal["done", "refused", "withdrawn"]


@dataclass(frozen=True, slots=True)
class GrantProposal:
    """What one admin proposes about a role; it comes into force once another confirms.

    Attributes:
        person_id: for whom; None while an invitation is not taken up.
        role: None for a way back in.
        name: of the person.
        ended_by: who confirmed or refused it.
    """

    id: int
    kind: ProposalKind
    person_id: int | None
    token_hash: str | None
    role: Role | None
    agency_id: int | None
    name: str
    proposed_by: int
    proposed_at: datetime
    expires_at: datetime
    outcome: ProposalOutcome | None
    ended_by: int | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Substitution:
    """`substitute_id` stands in for `person_id` from `begins_at` until before `ends_at`."""

    id: int
    person_id: int
    substitute_id: int
    begins_at: datetime
    ends_at: datetime
    made_at: datetime
    ended_by: int | None
    begin_told_at: datetime | None
    end_told_at: datetime | None


@dataclass(frozen=True, slots=True)
class DataRequest:
    """What somebody asks about the own data; a stranger's has a chat alone.

    Attributes:
        words: what is to be corrected; empty for an erasure.
        answer: what the admin wrote; empty where nothing was.
    """

    id: int
    kind: RequestKind
    person_id: int | None
    platform: str
    chat_id: int
    words: str
    asked_at: datetime
    outcome: RequestOutcome | None
    answer: str
    ended_by: int | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class StaffEvent:
    """One act about somebody's role, accounts, name or substitute."""

    at: datetime
    action: str
    person_id: int | None
    role: Role | None
    by: int | None
    other: int | None
