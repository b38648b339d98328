"""Filed proposals: each changes only from the version that was seen, and every change is recorded."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.audit import Deed
from domain.lifecycle import State
from domain.roles import Role
from storage import form_keys
from storage.audit import note
from storage.case_lists import PASSCODE, PROPOSAL, CaseLists
from storage.errors import AlreadyFiled, CodeTaken, Erased, Stale
from storage.records import KEEP, Case, CaseEvent, JsonObject, Keep, NewCase
from storage.tables.cases import case_codes, case_events, cases, proposal_versions
from storage.tables.types import NEVER, milliseconds
from storage.vault import Row as Place

_NOTE: Final = "case_events.note"
VERSION: Final = "proposal_versions.proposal"
"""What the versions of a proposal are sealed for; a row is known by the case's number and its version."""
_CODE_KIND: Final = "case"

_RESERVE: Final = insert(case_codes).on_conflict_do_nothing().returning(case_codes.c.code)
_ADD: Final = insert(cases).on_conflict_do_nothing(index_elements=[cases.c.form_id]).returning(cases.c.id)
_TOUCH: Final = (
    update(cases)
    .where(
        cases.c.id == bindparam("row"),
        cases.c.version == bindparam("seen"),
        cases.c.holder == bindparam("person"),
    )
    .values(touched_at=bindparam("now"))
)
_SET_DUE: Final = update(cases).where(cases.c.id == bindparam("row")).values(due_at=bindparam("due"))
_VERSION: Final = insert(proposal_versions)
_MOVE: Final = (
    update(cases)
    .where(cases.c.id == bindparam("row"), cases.c.version == bindparam("seen"))
    .values(
        version=cases.c.version + 1,
        state=bindparam("into"),
        holder=bindparam("person"),
        claimed_at=bindparam("since"),
        proposal=bindparam("sealed"),
        decided_at=bindparam("decided"),
        changed_at=bindparam("now"),
        clock_from=bindparam("clock"),
        touched_at=bindparam("touched"),
        debt_type=bindparam("debt"),
    )
)
_RECORD: Final = insert(case_events)
_EVENTS: Final = (
    select(case_events, *form_keys.key_of_case(case_events.c.case_id))
    .where(case_events.c.case_id == bindparam("row"))
    .order_by(case_events.c.id)
)


class Cases(CaseLists):
    """The cases of all agencies, read and changed."""

    def reserve(self, code: str, kind: str) -> None:
        """Give this tracking code out for this kind of thing, such as `complaint`.

        Raises:
            CodeTaken: it was given out before, for whatever kind.
        """
        reserved = self._tx.connection.execute(_RESERVE, {"code": code, "kind": kind}).first()
        if reserved is None:
            raise CodeTaken

    def add(self, new: NewCase) -> Case:
        """File a case, at version 1; its code is reserved with it.

        Raises:
            AlreadyFiled: its form was filed before.
            CodeTaken: its code was; draw another and call again.
        """
        filed = self.of_form(new.form_id)
        if filed is not None:
            raise AlreadyFiled(filed.id)
        self.reserve(new.code, _CODE_KIND)
        row_id = self._tx.connection.execute(_ADD, self._new(new)).scalar_one_or_none()
        if row_id is None:  # another process filed it between the look and the insert
            filed = self.of_form(new.form_id)
            raise AlreadyFiled(filed.id if filed else None)
        added = self._added(row_id, new)
        self._keep_version(added)
        return added

    def move(
        self,
        case: Case,
        *,
        state: State,
        holder: int | Keep | None = KEEP,
        proposal: JsonObject | Keep = KEEP,
        decided_at: datetime | Keep | None = KEEP,
        clock_from: datetime | Keep = KEEP,
    ) -> Case:
        """Change the case from the version that was seen.

        `claimed_at` follows `holder`: now for a new one, None for none. A changed proposal is kept as a
        version of its own.

        Args:
            case: as it was read.
            state: the state from now on.
            holder: who has claimed it.
            proposal: the corrected proposal.
            decided_at: when it was decided.
            clock_from: from when the office's target counts.

        Returns:
            The case as it stands now.

        Raises:
            Stale: somebody changed it since.
            Erased: its key was destroyed.
        """
        held = case.holder if holder is KEEP else holder
        moved = replace(
            case,
            state=state,
            version=case.version + 1,
            holder=held,
            claimed_at=case.claimed_at if holder in (KEEP, case.holder) else self._since(holder),
            proposal=case.proposal if proposal is KEEP else proposal,
            decided_at=case.decided_at if decided_at is KEEP else decided_at,
            changed_at=self._tx.now,
            clock_from=case.clock_from if clock_from is KEEP else clock_from,
            touched_at=None if held is None else self._tx.now,
        )
        if self._tx.connection.execute(_MOVE, self._moved(moved, case.version)).rowcount != 1:
            raise Stale("case", case.id)
        if proposal is not KEEP:
            self._keep_version(moved)
        return moved

    def touch(self, case: Case, person_id: int) -> Case:
        """The holder did something that does not change the case; it stays theirs.

        Raises:
            Stale: the case changed since it was read, or another person holds it.
        """
        values = {"row": case.id, "seen": case.version, "person": person_id, "now": self._tx.now}
        if self._tx.connection.execute(_TOUCH, values).rowcount != 1:
            raise Stale("case", case.id)
        return replace(case, touched_at=self._tx.now)

    def set_due(self, case: Case, due_at: datetime | None) -> Case:
        """Keep when the office's target for a decision is up; None while it is not. No change of the case."""
        if due_at != case.due_at:
            self._tx.connection.execute(_SET_DUE, {"row": case.id, "due": due_at or NEVER})
        return replace(case, due_at=due_at)

    def record(self, event: CaseEvent) -> None:
        """Add a step to the history of a case.

        Raises:
            Erased: it carries a note, and the case's key was destroyed.
        """
        values = {
            "case_id": event.case_id,
            "at": event.at,
            "action": event.action,
            "from_state": event.from_state,
            "to_state": event.to_state,
            "person_id": event.person_id,
            "role": event.role,
            "reasons": list(event.reasons),
            "note": None if event.note is None else self._sealed(event, event.note),
            "on_version": event.on_version,
            "details": event.details,
        }
        self._tx.connection.execute(_RECORD, values)
        note(
            self._tx,
            Deed.CASE,
            by=event.person_id,
            role=event.role,
            about=f"case:{event.case_id}",
            version=event.on_version,
            step=event.action,
            before=event.from_state,
            after=event.to_state,
        )

    def events(self, case_id: int) -> tuple[CaseEvent, ...]:
        """The history of a case, oldest first."""
        return tuple(map(self._event, self._tx.connection.execute(_EVENTS, {"row": case_id})))

    def _sealed(self, event: CaseEvent, note: str) -> bytes:
        place = _place(event.case_id, event.on_version, event.at)
        return self._tx.vault.seal(_NOTE, note, place, form_keys.of_case(self._tx, event.case_id))

    def _keep_version(self, case: Case) -> None:
        key = form_keys.of_form(self._tx, case.form_id)
        values = {
            "case_id": case.id,
            "on_version": case.version,
            "proposal": self._tx.vault.seal(VERSION, case.proposal, (case.id, case.version), key),
            "made_at": case.changed_at,
        }
        self._tx.connection.execute(_VERSION, values)

    def _since(self, holder: int | Keep | None) -> datetime | None:
        return None if holder is None else self._tx.now

    def _new(self, new: NewCase) -> dict[str, object]:
        key = form_keys.of_form(self._tx, new.form_id)
        return {
            "code": new.code,
            "form_id": new.form_id,
            "agency_id": new.agency_id,
            "filed_by": new.filed_by,
            "kind": new.kind,
            "state": new.state,
            "version": 1,
            "passcode": self._tx.vault.seal(PASSCODE, new.passcode_hash, new.code),
            "proposal": self._tx.vault.seal(PROPOSAL, new.proposal, (new.code, 1), key),
            "platform": new.platform,
            "chat_id": new.chat_id,
            "filed_at": self._tx.now,
            "changed_at": self._tx.now,
            "clock_from": self._tx.now,
            "terms_version": new.terms_version,
            "debt_type": new.proposal.get("debt_type"),
        }

    def _added(self, row_id: int, new: NewCase) -> Case:
        return Case(
            id=row_id,
            code=new.code,
            form_id=new.form_id,
            agency_id=new.agency_id,
            filed_by=new.filed_by,
            kind=new.kind,
            state=new.state,
            version=1,
            holder=None,
            claimed_at=None,
            proposal=new.proposal,
            platform=new.platform,
            chat_id=new.chat_id,
            filed_at=self._tx.now,
            changed_at=self._tx.now,
            decided_at=None,
            clock_from=self._tx.now,
            touched_at=None,
            terms_version=new.terms_version,
        )

    def _moved(self, moved: Case, seen: int) -> dict[str, object]:
        key = form_keys.of_form(self._tx, moved.form_id)
        return {
            "row": moved.id,
            "seen": seen,
            "into": moved.state,
            "person": moved.holder,
            "since": moved.claimed_at,
            "sealed": self._tx.vault.seal(PROPOSAL, moved.proposal, (moved.code, moved.version), key),
            "decided": moved.decided_at,
            "now": self._tx.now,
            "clock": moved.clock_from,
            "touched": moved.touched_at,
            "debt": moved.proposal.get("debt_type"),
        }

    def _event(self, found: Row[Any]) -> CaseEvent:
        return CaseEvent(
            case_id=found.case_id,
            at=found.at,
            action=found.action,
            from_state=None if found.from_state is None else State(found.from_state),
            to_state=State(found.to_state),
            on_version=found.on_version,
            person_id=found.person_id,
            role=None if found.role is None else Role(found.role),
            reasons=tuple(found.reasons),
            note=self._note(found),
            details=found.details,
        )

    def _note(self, found: Row[Any]) -> str | None:
        """The note of a step; none once the case's key was destroyed."""
        if found.note is None:
            return None
        try:
            key = form_keys.opened(self._tx, found.form_id, found.form_key)
        except Erased:
            return None
        place = _place(found.case_id, found.on_version, found.at)
        return str(self._tx.vault.open(_NOTE, found.note, place, key))


def _place(case_id: int, on_version: int, at: datetime) -> Place:
    """What a step is known by: its number is counted only when it is written."""
    return case_id, on_version, milliseconds(at)
