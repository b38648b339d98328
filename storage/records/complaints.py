"""Complaints with their history, and what was thought of the service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.complaints import Action, State
from storage.records.cases import ON_BEHALF_OF
from storage.records.kept import JsonObject


@dataclass(frozen=True, slots=True)
class NewComplaint:
    """A complaint to be filed; an anonymous one has a passcode, and neither form, person nor chat.

    Attributes:
        content: `text`, `files` (their numbers), `behalf` (a name) and `about` (a tracking code as typed).
        filed_at: for an anonymous one the hour alone, so that no message of a chat bears the same moment.
    """

    code: str
    form_id: int | None
    kind: str
    category: str
    case_id: int | None
    person_id: int | None
    platform: str | None
    chat_id: int | None
    passcode_hash: str | None
    content: JsonObject
    batched: bool
    untold: bool
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint; `version` counts its changes from 1, `holder` is who has it in hand.

    Attributes:
        clock_from: from when the office's target counts: filing, or the objection.
        untold: whether the desk is yet to be told of what an anonymous person did.
        stranded_at: when the admins were told that nobody independent is left, or None.
    """

    id: int
    code: str
    kind: str
    category: str
    state: State
    version: int
    case_id: int | None
    person_id: int | None
    platform: str | None
    chat_id: int | None
    content: JsonObject
    holder: int | None
    batched: bool
    untold: bool
    filed_at: datetime
    changed_at: datetime
    clock_from: datetime
    escalated_at: datetime | None
    stranded_at: datetime | None

    @property
    def anonymous(self) -> bool:
        """Whether nothing is known of who complained."""
        return self.chat_id is None

    @property
    def text(self) -> str:
        """What was written."""
        return str(self.content.get("text", ""))

    @property
    def files(self) -> tuple[int, ...]:
        """The numbers of the files that came with it."""
        return tuple(self.content.get("files") or ())


@dataclass(frozen=True, slots=True)
class ComplaintEvent:
    """One step in the life of a complaint; `on_version` is its version after the step.

    Attributes:
        text: the question, the reply, the answer or the objection.
        cause: of an answer.
        details: `to` of a hand-over, `on_behalf_of` of a substitute's act.
    """

    complaint_id: int
    at: datetime
    action: Action
    from_state: State | None
    to_state: State
    on_version: int
    person_id: int | None = None
    cause: str | None = None
    text: str | None = None
    details: JsonObject | None = None

    @property
    def on_behalf_of(self) -> int | None:
        """Whom the person stood in for, as a substitute; None for an act in the own name."""
        name = (self.details or {}).get(ON_BEHALF_OF)
        return name if isinstance(name, int) else None


@dataclass(frozen=True, slots=True)
class ComplaintNote:
    """An internal note on a complaint."""

    at: datetime
    person_id: int
    note: str


@dataclass(frozen=True, slots=True)
class AnswerTarget:
    """The office's target for the answer to an open complaint, as it was last worked out.

    Attributes:
        due_at: when it is up; None while its clock stands still.
        warn_at: when whoever handles it is warned; None for never.
        warned_at: when they were last told that it is nearly up, or up; before `warn_at` they are still to be
            warned, before `due_at` still to be told that it is up.
        moved_from: when it was up before the calendar moved it; None once people were told.
        moved_for: what moved it, each a code `why` with its values.
    """

    complaint_id: int
    due_at: datetime | None
    warn_at: datetime | None = None
    warned_at: datetime | None = None
    moved_from: datetime | None = None
    moved_for: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """A question about the service, asked once of one chat.

    Attributes:
        about: `case` or `complaint`.
        subject: its number.
        due_at: from when on it is asked.
        asked_at: when it was, or None.
        score: 1 to 5, or None while it is not answered.
    """

    id: int
    about: str
    subject: int
    on_version: int
    person_id: int | None
    platform: str
    chat_id: int
    due_at: datetime
    asked_at: datetime | None
    reminded_at: datetime | None
    score: int | None
    scored_at: datetime | None
    comment: str | None
