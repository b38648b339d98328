"""What units of work read and write: frozen values, all moments aware and in UTC with whole milliseconds."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum, StrEnum
from typing import Any, Final, Literal, TypeAlias

from domain.kinds import Kind
from domain.lifecycle import CaseFacts, State
from domain.roles import Actor, Grant, Role
from domain.settings import Value

JsonObject: TypeAlias = dict[str, Any]
"""An object that `json` can write: keys are text."""


class Keep(Enum):
    """The type of `KEEP`, which leaves a column as it is where None is a value of its own."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


class Lane(IntEnum):
    """Which messages go first: answers, then notices, then broadcasts."""

    REPLIES = 0
    NOTICES = 1
    BROADCASTS = 2


class InboxState(StrEnum):
    """Where a received update stands; only `waiting` ones are handled."""

    WAITING = "waiting"
    DONE = "done"
    SET_ASIDE = "set_aside"
    QUARANTINED = "quarantined"


class OutboxState(StrEnum):
    """Where a message stands; `unknown` was perhaps sent, and the last three are final."""

    WAITING = "waiting"
    SENDING = "sending"
    RETRYING = "retrying"
    UNKNOWN = "unknown"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


class FormStatus(StrEnum):
    """Whether a form is still being answered."""

    OPEN = "open"
    SENT = "sent"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """One update as the platform sent it; `chat_id` is 0 where it belongs to no chat, `body` is its JSON."""

    update_id: int
    chat_id: int
    body: str


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A received update; `body` is None once done or if damaged, `attempts` counts the failed tries."""

    id: int
    platform: str
    update_id: int
    chat_id: int
    body: str | None
    state: InboxState
    attempts: int
    retry_at: datetime | None
    problem: str | None
    reference: str | None
    received_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Alternative:
    """The same message, made ready for another chat of its person."""

    platform: str
    chat_id: int
    method: str
    params: JsonObject


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent.

    Attributes:
        method: the Bot API method.
        params: its parameters, ready to be posted.
        slot: the name of a screen place whose message id is remembered once this is sent.
        purpose: the ledger key, such as `case:12:agreed`.
        reference: the number a person may quote.
        fallback: where it goes instead, in order, once it cannot be delivered here.
    """

    platform: str
    chat_id: int
    lane: int
    method: str
    params: JsonObject
    slot: str | None = None
    purpose: str | None = None
    reference: str | None = None
    fallback: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process is to send now.

    Attributes:
        params: its parameters; empty if what is stored cannot be opened.
        attempts: which try this is, from 1.
        claimed_at: when it was taken, by the store's clock.
        first_failed_at: when a try first failed, or None.
        was_unknown: whether an earlier try may have reached the person.
        slot_message_id: the message now standing in the slot, or None.
    """

    id: int
    platform: str
    chat_id: int
    lane: int
    method: str
    params: JsonObject
    slot: str | None
    purpose: str | None
    attempts: int
    claimed_at: datetime
    first_failed_at: datetime | None
    was_unknown: bool
    slot_message_id: int | None


Outcome: TypeAlias = Literal[
    OutboxState.SENT,
    OutboxState.UNREACHABLE,
    OutboxState.FAILED,
    OutboxState.RETRYING,
    OutboxState.UNKNOWN,
]
"""What a try can come to."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one try; `retry_after` (seconds) is for `retrying` and `unknown`, and only for them."""

    id: int
    state: Outcome
    message_id: int | None = None
    retry_after: float = 0.0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What is known of a message with a purpose, without its contents."""

    id: int
    platform: str
    chat_id: int
    purpose: str
    reference: str | None
    state: OutboxState
    attempts: int
    problem: str | None
    message_id: int | None
    created_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat.

    Attributes:
        name: as the messenger shows the person.
        person_id: the person the account is bound to, or None; changed by `people.bind` only.
        form_id: the form being answered, or None.
        screen: the serial number of the screen shown now; older buttons carry smaller ones.
        shown: that screen's buttons and method, or None.
        came_back: whether it was unreachable until this very unit heard from it.
    """

    platform: str
    chat_id: int
    user_id: int
    name: str
    person_id: int | None
    form_id: int | None
    screen: int
    shown: JsonObject | None
    last_seen: datetime
    reshown_at: datetime | None
    unreachable_at: datetime | None
    came_back: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """An account by which a person is known; `name` is the chat's, empty where there is none yet.

    Attributes:
        last_seen: when its chat was last heard from, or None.
    """

    platform: str
    user_id: int
    name: str
    since: datetime
    last_seen: datetime | None


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A one-time code by which a person brings another account under the same name."""

    person_id: int
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the office knows, with the roles held now."""

    id: int
    name: str
    active: bool
    grants: frozenset[Grant] = frozenset()

    @property
    def actor(self) -> Actor:
        """The person as the rules see them: without any role once no longer active."""
        return Actor(self.id, self.name, self.grants if self.active else frozenset())


@dataclass(frozen=True, slots=True)
class Agency:
    """An executive agency «دستگاه اجرایی»."""

    id: int
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """An offer of a role, known by the digest of its token; good for one use until `expires_at`."""

    token_hash: str
    role: Role
    agency_id: int | None
    name: str
    made_by: int | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    used_by: int | None


@dataclass(frozen=True, slots=True)
class FormRun:
    """A form being answered, or answered.

    Attributes:
        form: the name of the form.
        form_version: the version it was last saved with.
        revision: counts the saves; a save of an older revision is refused.
        subject: the case it is about, or None.
        data: the answers, the cursor and what else the form engine keeps.
        title: how a list of drafts names it, or None.
    """

    id: int
    form: str
    form_version: int
    revision: int
    platform: str
    chat_id: int
    person_id: int | None
    subject: int | None
    data: JsonObject
    status: FormStatus
    title: str | None
    created_at: datetime
    updated_at: datetime


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


@dataclass(frozen=True, slots=True)
class Case:
    """A filed proposal; `version` counts its changes from 1, `holder` is the person who claimed it.

    Attributes:
        clock_from: the moment from which the office's target counts: filing, moved on by every wait for a
            correction.
        touched_at: the holder's last act on it, or None while nobody holds it.
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
    passcode_hash: str
    proposal: JsonObject
    platform: str
    chat_id: int
    filed_at: datetime
    changed_at: datetime
    decided_at: datetime | None
    clock_from: datetime
    touched_at: datetime | None

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
            agreement, `to` of a hand-over.
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
class StoredFile:
    """A file without its contents; `size` in bytes, `sha256` in hex, both of the plain contents."""

    id: int
    name: str
    mime: str
    size: int
    sha256: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting as it was set by somebody (None: by the command line) at a moment."""

    name: str
    value: Value
    set_by: int | None
    set_at: datetime


@dataclass(frozen=True, slots=True)
class View:
    """A chat's leave to see a case's details until a moment."""

    case_id: int
    platform: str
    chat_id: int
    until: datetime
