"""Filed proposals and their history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.kinds import Kind
from domain.lifecycle import CaseFacts, State
from domain.roles import Role
from storage.records.kept import JsonObject

ON_BEHALF_OF: Final = "on_behalf_of"
"""In the details of an event or a pending decision: the person whom a substitute stood in for."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be filed; `platform` and `chat_id` tell where it was filed from."""

    code: str
    form_id: int
    agency_id: int
    filed_by: int
    kind: Kind
    state: State
    passcode_hash: str
    proposal: JsonObject
    platform: str
    chat_id: int
    terms_version: int = 1


@dataclass(frozen=True, slots=True)
class Case:
    """A filed proposal; `version` counts its changes from 1, `holder` is the person who claimed it.

    Attributes:
        clock_from: the moment from which the office's target counts: filing, moved on by every wait for a
            correction.
        touched_at: the holder's last act on it, or None while nobody holds it.
        due_at: when the office's target for a decision is up; None while it has none or its clock stands.
        terms_version: the version of the agreement in force when it was filed.
        erased: whether its key was destroyed; its proposal is empty then, and nothing brings it back.
    """

    id: int
    code: str
    form_id: int
    agency_id: int
    filed_by: int
    kind: Kind
    state: State
    version: int
    holder: int | None
    claimed_at: datetime | None
    proposal: JsonObject
    platform: str
    chat_id: int
    filed_at: datetime
    changed_at: datetime
    decided_at: datetime | None
    clock_from: datetime
    touched_at: datetime | None
    due_at: datetime | None = None
    terms_version: int = 1
    erased: bool = False

    @property
    def facts(self) -> CaseFacts:
        """What the rules need to know of it."""
        return CaseFacts(
            self.id, self.kind, self.state, self.agency_id, self.filed_by, self.holder, self.version
        )


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One step in the life of a case; `on_version` is the case's version after the step.

    Attributes:
        reasons: references into the catalogue of reasons, such as `special_rule.1`.
        details: what else belongs to the step, without personal data: `fields` of a return, `ticks` of an
            agreement, `to` of a hand-over, `on_behalf_of` of a substitute's act.
    """

    case_id: int
    at: datetime
    action: str
    from_state: State | None
    to_state: State
    on_version: int
    person_id: int | None = None
    role: Role | None = None
    reasons: tuple[str, ...] = ()
    note: str | None = None
    details: JsonObject | None = None

    @property
    def on_behalf_of(self) -> int | None:
        """Whom the person stood in for, as a substitute; None for an act in the own name."""
        name = (self.details or {}).get(ON_BEHALF_OF)
        return name if isinstance(name, int) else None

    @property
    def moved(self) -> bool:
        """Whether it led to another state; a decision that was taken back did not, nor does a hand-over."""
        return self.from_state is not self.to_state


@dataclass(frozen=True, slots=True)
class ProposalVersion:
    """A proposal as it was sent in; `on_version` is the case's version from then on."""

    case_id: int
    on_version: int
    proposal: JsonObject
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PendingDecision:
    """A decision that can still be taken back, made on a version of the case; it falls due at a moment."""

    case_id: int
    action: str
    on_version: int
    person_id: int
    reasons: tuple[str, ...]
    note: str | None
    details: JsonObject | None
    made_at: datetime
    due_at: datetime

    @property
    def on_behalf_of(self) -> int | None:
        """Whom the person stood in for, as a substitute; None for a decision in the own name."""
        name = (self.details or {}).get(ON_BEHALF_OF)
        return name if isinstance(name, int) else None


@dataclass(frozen=True, slots=True)
class CaseNote:
    """An internal note «یادداشت داخلی»."""

    case_id: int
    at: datetime
    person_id: int
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases of a longer list, and how many the whole list has."""

    cases: tuple[Case, ...]
    total: int


@dataclass(frozen=True, slots=True)
class View:
    """A chat's leave to see a case's details until a moment."""

    case_id: int
    platform: str
    chat_id: int
    until: datetime
