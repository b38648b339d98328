"""Complaints: each changes only from the version that was seen; `complaint_history` records every change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.complaints import BY_SENDER, State
from storage.answer_targets import AnswerTargets
from storage.complaint_history import ComplaintHistory
from storage.errors import NotFound, Stale
from storage.records import KEEP, FormStatus, Keep
from storage.records.complaints import Complaint, NewComplaint
from storage.surveys import Surveys
from storage.tables.complaints import complaints
from storage.tables.forms import files, forms
from storage.tables.people import accounts, counters

_CONTENT: Final = "complaints.content"
_PASSCODE_OF: Final = "complaints.passcode"

_ADD: Final = insert(complaints).returning(complaints)
_GET: Final = select(complaints).where(complaints.c.id == bindparam("row"))
_BY_CODE: Final = select(complaints).where(complaints.c.code == bindparam("number"))
_PASSCODE: Final = select(complaints.c.passcode).where(complaints.c.code == bindparam("number"))
_OF_FORM: Final = select(complaints).where(complaints.c.form_id == bindparam("form"))
_OWN: Final = (
    select(complaints)
    .where(
        or_(
            complaints.c.person_id == bindparam("person"),
            and_(
                complaints.c.person_id.is_(None),
                complaints.c.platform == bindparam("at"),
                complaints.c.chat_id == bindparam("to"),
            ),
        ),
        complaints.c.state.in_(bindparam("states", expanding=True)),
    )
    .order_by(complaints.c.changed_at.desc(), complaints.c.id.desc())
)
_IN_STATES: Final = (
    select(complaints)
    .where(complaints.c.state.in_(bindparam("states", expanding=True)))
    .order_by(complaints.c.clock_from, complaints.c.id)
)
_NEWEST: Final = (
    select(complaints)
    .where(complaints.c.state.in_(bindparam("states", expanding=True)))
    .order_by(complaints.c.changed_at.desc(), complaints.c.id.desc())
    .limit(bindparam("most"))
)
_MOVE: Final = (
    update(complaints)
    .where(complaints.c.id == bindparam("row"), complaints.c.version == bindparam("seen"))
    .values(
        version=complaints.c.version + 1,
        state=bindparam("into"),
        holder=bindparam("person"),
        changed_at=bindparam("at"),
        clock_from=bindparam("clock"),
        escalated_at=bindparam("escalated"),
    )
)
_STRAND: Final = (
    update(complaints).where(complaints.c.id == bindparam("row")).values(stranded_at=bindparam("since"))
)
# The rows that this very statement marks are those that are counted: two that sweep at once share them out.
_TELL: Final = update(complaints).where(complaints.c.batched).values(batched=False).returning(complaints.c.id)
_LEAVE_UNTOLD: Final = (
    update(complaints).where(complaints.c.id == bindparam("row")).values(untold=bindparam("waits"))
)
_YET_TO_TELL: Final = (
    select(complaints)
    .where(complaints.c.untold)
    .order_by(complaints.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_SENDERS: Final = (
    select(complaints.c.id, func.coalesce(complaints.c.person_id, accounts.c.person_id).label("person_id"))
    .outerjoin(
        accounts,
        and_(accounts.c.platform == complaints.c.platform, accounts.c.user_id == complaints.c.chat_id),
    )
    .where(complaints.c.id.in_(bindparam("rows", expanding=True)))
)
_BLUR: Final = (
    update(files)
    .where(files.c.id.in_(bindparam("numbers", expanding=True)))
    .values(added_at=bindparam("hour"))
)
_LEFT_FORMS: Final = (
    select(forms.c.id)
    .where(
        forms.c.form.in_(bindparam("which", expanding=True)),
        forms.c.status == FormStatus.OPEN,
        forms.c.updated_at <= bindparam("before"),
    )
    .order_by(forms.c.id)
)
_FORGET: Final = delete(counters).where(
    counters.c.scope == BY_SENDER.scope, counters.c.since < bindparam("before")
)


class Complaints(ComplaintHistory, Surveys, AnswerTargets):
    """Complaints of everybody with their targets, and what was thought of the service."""

    def add(self, new: NewComplaint) -> Complaint:
        """Keep a complaint, received, at version 1; its code must be reserved."""
        values = {
            "code": new.code,
            "form_id": new.form_id,
            "kind": new.kind,
            "category": new.category,
            "state": State.RECEIVED,
            "version": 1,
            "case_id": new.case_id,
            "person_id": new.person_id,
            "platform": new.platform,
            "chat_id": new.chat_id,
            "passcode": self._digest(new),
            "content": self._tx.vault.seal(_CONTENT, new.content, new.code),
            "batched": new.batched,
            "untold": new.untold,
            "filed_at": new.filed_at,
            "changed_at": new.filed_at,
            "clock_from": new.filed_at,
        }
        return self._complaint(self._tx.connection.execute(_ADD, values).one())

    def get(self, complaint_id: int) -> Complaint:
        """The complaint with this number.

        Raises:
            NotFound: there is none.
        """
        found = self._one(_GET, {"row": complaint_id})
        if found is None:
            raise NotFound("complaint", complaint_id)
        return found

    def by_code(self, code: str) -> Complaint | None:
        """The complaint with this tracking code, or None."""
        return self._one(_BY_CODE, {"number": code})

    def passcode(self, code: str) -> str | None:
        """The digest of the passcode of the complaint with this tracking code; None if it has none.

        Raises:
            KeyUnusable: it was made for another complaint.
        """
        sealed = self._tx.connection.scalar(_PASSCODE, {"number": code})
        return self._tx.vault.open(_PASSCODE_OF, sealed, code) if sealed else None

    def of_form(self, form_id: int) -> Complaint | None:
        """The complaint that this form became, or None; an anonymous one cannot be found so."""
        return self._one(_OF_FORM, {"form": form_id})

    def own(
        self, person_id: int | None, platform: str, chat_id: int, states: Collection[State]
    ) -> tuple[Complaint, ...]:
        """The complaints in these states of this person, or of this chat where nobody is known in it.

        What changed last comes first.
        """
        values = {"person": person_id, "at": platform, "to": chat_id, "states": sorted(states)}
        return tuple(map(self._complaint, self._tx.connection.execute(_OWN, values)))

    def in_states(self, states: Collection[State]) -> tuple[Complaint, ...]:
        """All complaints in these states, what has waited longest first."""
        rows = self._tx.connection.execute(_IN_STATES, {"states": sorted(states)})
        return tuple(map(self._complaint, rows))

    def newest(self, states: Collection[State], most: int) -> tuple[Complaint, ...]:
        """The complaints in these states that changed last."""
        rows = self._tx.connection.execute(_NEWEST, {"states": sorted(states), "most": most})
        return tuple(map(self._complaint, rows))

    def move(
        self,
        complaint: Complaint,
        *,
        state: State,
        at: datetime,
        holder: int | Keep | None = KEEP,
        clock_from: datetime | Keep = KEEP,
        escalated_at: datetime | Keep = KEEP,
    ) -> Complaint:
        """Change the complaint from the version that was seen.

        Args:
            complaint: as it was read.
            state: the state from now on.
            at: when; for what an anonymous person does, the hour alone.
            holder: who has it in hand.
            clock_from: from when the office's target counts.
            escalated_at: when it went up to the directors.

        Raises:
            Stale: somebody changed it since.
        """
        moved = replace(
            complaint,
            state=state,
            version=complaint.version + 1,
            holder=complaint.holder if holder is KEEP else holder,
            changed_at=at,
            clock_from=complaint.clock_from if clock_from is KEEP else clock_from,
            escalated_at=complaint.escalated_at if escalated_at is KEEP else escalated_at,
        )
        values = {
            "row": moved.id,
            "seen": complaint.version,
            "into": moved.state,
            "person": moved.holder,
            "at": at,
            "clock": moved.clock_from,
            "escalated": moved.escalated_at,
        }
        if self._tx.connection.execute(_MOVE, values).rowcount != 1:
            raise Stale("complaint", complaint.id)
        return moved

    def strand(self, complaint_id: int, since: datetime | None) -> None:
        """Keep when the admins were told that nobody independent is left; None: somebody is again."""
        self._tx.connection.execute(_STRAND, {"row": complaint_id, "since": since})

    def take_batch(self) -> int:
        """How many complaints wait to be told together; from now on none does."""
        return len(self._tx.connection.execute(_TELL).all())

    def leave_untold(self, complaint_id: int) -> None:
        """The desk is told a while later of what an anonymous person has just done."""
        self._tx.connection.execute(_LEAVE_UNTOLD, {"row": complaint_id, "waits": True})

    def take_untold(self, most: int) -> tuple[Complaint, ...]:
        """Complaints that the desk is told of now; from now on they count as told."""
        found = tuple(map(self._complaint, self._tx.connection.execute(_YET_TO_TELL, {"most": most})))
        for complaint in found:
            self._tx.connection.execute(_LEAVE_UNTOLD, {"row": complaint.id, "waits": False})
        return found

    def senders(self, numbers: Sequence[int]) -> dict[int, int | None]:
        """Who sent these complaints: the person, or whom the stranger's account is bound to now."""
        rows = self._tx.connection.execute(_SENDERS, {"rows": list(numbers)})
        return {row.id: row.person_id for row in rows}

    def blur_files(self, numbers: Sequence[int], hour: datetime) -> None:
        """Keep of these files only the hour in which they came: the moment would lead to the chat."""
        if numbers:
            self._tx.connection.execute(_BLUR, {"numbers": list(numbers), "hour": hour})

    def left_forms(self, which: Collection[str], before: datetime) -> tuple[int, ...]:
        """The open forms of these kinds that nobody has gone on with since this moment."""
        values = {"which": sorted(which), "before": before}
        return tuple(self._tx.connection.scalars(_LEFT_FORMS, values))

    def forget_senders(self, before: datetime) -> None:
        """Forget how much was sent by whom before this moment."""
        self._tx.connection.execute(_FORGET, {"before": before})

    def _one(self, query: Select[Any], values: Mapping[str, object]) -> Complaint | None:
        found = self._tx.connection.execute(query, values).first()
        return None if found is None else self._complaint(found)

    def _digest(self, new: NewComplaint) -> bytes | None:
        digest = new.passcode_hash
        return self._tx.vault.seal(_PASSCODE_OF, digest, new.code) if digest is not None else None

    def _complaint(self, found: Row[Any]) -> Complaint:
        return Complaint(
            id=found.id,
            code=found.code,
            kind=found.kind,
            category=found.category,
            state=State(found.state),
            version=found.version,
            case_id=found.case_id,
            person_id=found.person_id,
            platform=found.platform,
            chat_id=found.chat_id,
            content=self._tx.vault.open(_CONTENT, found.content, found.code),
            holder=found.holder,
            batched=found.batched,
            untold=found.untold,
            filed_at=found.filed_at,
            changed_at=found.changed_at,
            clock_from=found.clock_from,
            escalated_at=found.escalated_at,
            stranded_at=found.stranded_at,
        )
