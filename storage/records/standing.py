"""Records of what stands in the store, for comparing it with what was written down."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

from domain.settings import Value

Kind = Literal["case", "complaint"]

TOKEN_CHARACTERS: Final = 8
"""What the audit keeps of a token's digest: it leads nobody to the token."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person holds."""

    person: int
    role: str
    agency: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a case or complaint; the audit says the same of it."""

    version: int
    action: str
    before: str | None
    after: str
    person: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A case or complaint as it stands, with its history."""

    number: int
    state: str
    version: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """A setting in force.

    Attributes:
        mark: of a word, as `storage.settings.mark` makes it; None of a number and of nothing.
    """

    name: str
    value: Value
    mark: str | None


@dataclass(frozen=True, slots=True)
class Bound:
    """An account that is a person's, since when.

    Attributes:
        mark: as `storage.people.account_mark` makes it.
    """

    person: int
    platform: str
    mark: str
    since: datetime


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who stands in for whom, in milliseconds since 1970 from when until when."""

    number: int
    person: int
    substitute: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Armed:
    """A person's second factor; `dead` is one that a reset has replaced."""

    person: int
    kind: str
    since: datetime
    dead: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an admin proposed about a role, and what became of it.

    Attributes:
        person: for whom; None of an invitation, which whoever brings its token uses.
        by: who proposed it.
        token: the first `TOKEN_CHARACTERS` of its digest; None without one.
        outcome: None while it waits.
        ended_by: the second admin; None while it waits, of the clock, and where one admin gave it alone.
    """

    kind: str
    person: int | None
    role: str | None
    agency: int | None
    by: int | None
    token: str | None
    outcome: str | None
    ended_by: int | None


def as_proposed(row: Any) -> Proposed:  # noqa: ANN401 - a row, or the record made of one
    """What stands of a proposal, in the words of the audit."""
    return Proposed(
        row.kind,
        None if row.kind == "invitation" else row.person_id,
        row.role,
        row.agency_id,
        row.proposed_by,
        None if row.token_hash is None else row.token_hash[:TOKEN_CHARACTERS],
        row.outcome,
        row.ended_by,
    )


def proposed(before: Proposed | None, person: int | None, codes: Mapping[str, Any]) -> Proposed | None:
    """What the audit says of a proposal with one note more, by this person; None before it was made."""
    outcome = None if codes["step"] == "propose" else codes["step"]
    if "kind" not in codes:
        return before and replace(before, outcome=outcome, ended_by=person)
    return Proposed(
        codes["kind"],
        codes.get("person"),
        codes.get("role_given"),
        codes.get("agency"),
        person,
        codes.get("token"),
        outcome,
        None,
    )
