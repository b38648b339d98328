"""Records of what stands in the store, for comparing it with what was written down."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.settings import Value

Kind = Literal["case", "complaint"]


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person holds, since when."""

    person: int
    role: str
    agency: int | None
    since: datetime


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
    filed_at: datetime
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
    since: datetime


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
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Armed:
    """A person's second factor; `dead` is one that a reset has replaced."""

    person: int
    kind: str
    since: datetime
    dead: bool
