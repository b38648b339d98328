"""What a review leaves behind beside the case: versions, ticks, internal notes, decisions to come."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.lifecycle import Action, State
from storage import form_keys
from storage.cases import VERSION
from storage.errors import Erased
from storage.records import CaseNote, PendingDecision, ProposalVersion
from storage.tables.cases import case_events, case_notes, cases, pending_decisions, proposal_versions, ticks
from storage.tables.types import milliseconds
from storage.transaction import Transaction
from storage.vault import Row as Place

_NOTE: Final = "case_notes.note"
_PENDING_NOTE: Final = "pending_decisions.note"

_VERSIONS: Final = (
    select(proposal_versions, *form_keys.key_of_case(proposal_versions.c.case_id))
    .where(proposal_versions.c.case_id == bindparam("row"))
    .order_by(proposal_versions.c.on_version)
)
_CORRECTED: Final = (
    select(proposal_versions.c.case_id)
    .where(proposal_versions.c.case_id.in_(bindparam("rows", expanding=True)))
    .where(proposal_versions.c.on_version > 1)
    .distinct()
)
_THIS_TICK: Final = (
    ticks.c.case_id == bindparam("row"),
    ticks.c.condition == bindparam("which"),
    ticks.c.person_id == bindparam("person"),
)
_TICK: Final = insert(ticks).on_conflict_do_nothing()
_UNTICK: Final = delete(ticks).where(*_THIS_TICK)
_UNTICK_ALL: Final = delete(ticks).where(
    ticks.c.case_id == bindparam("row"), ticks.c.person_id == bindparam("person")
)
_UNTICK_EVERYTHING: Final = delete(ticks).where(ticks.c.case_id == bindparam("row"))
_TICKS: Final = select(ticks.c.condition, ticks.c.at).where(
    ticks.c.case_id == bindparam("row"), ticks.c.person_id == bindparam("person")
)
_ADD_NOTE: Final = insert(case_notes)
_NOTES: Final = (
    select(case_notes, *form_keys.key_of_case(case_notes.c.case_id))
    .where(case_notes.c.case_id == bindparam("row"))
    .order_by(case_notes.c.id)
)
_THIS: Final = (
    pending_decisions.c.case_id == bindparam("row"),
    pending_decisions.c.on_version == bindparam("seen"),
)
_HOLD_BACK: Final = insert(pending_decisions).on_conflict_do_nothing().returning(pending_decisions.c.case_id)
_DECISION: Final = select(pending_decisions, *form_keys.key_of_case(pending_decisions.c.case_id))
_PENDING: Final = _DECISION.where(*_THIS)
_HELD_PENDING: Final = _PENDING.with_for_update(of=pending_decisions)
_DROP: Final = delete(pending_decisions).where(*_THIS)
_FALL_DUE: Final = update(pending_decisions).where(*_THIS).values(due_at=bindparam("at"))
_DUE: Final = (
    _DECISION.where(pending_decisions.c.due_at <= bindparam("now"))
    .order_by(pending_decisions.c.due_at, pending_decisions.c.case_id)
    .limit(bindparam("most"))
)
_DECIDED_BY: Final = (
    select(cases.c.code, pending_decisions.c.action, pending_decisions.c.made_at)
    .join(cases, cases.c.id == pending_decisions.c.case_id)
    .where(pending_decisions.c.person_id == bindparam("person"))
    .order_by(pending_decisions.c.made_at, pending_decisions.c.case_id)
)
_later = case_events.alias("later")
_FIRST_SIGNED: Final = (
    select(cases.c.code, case_events.c.action, case_events.c.at)
    .join(cases, cases.c.id == case_events.c.case_id)
    .where(
        case_events.c.person_id == bindparam("person"),
        case_events.c.action == Action.AGREE,
        cases.c.state == State.AWAITING_SIGNATURE,
        ~exists().where(
            _later.c.case_id == case_events.c.case_id,
            _later.c.action == Action.AGREE,
            _later.c.id > case_events.c.id,
        ),
    )
    .order_by(case_events.c.id)
)


class Reviews:
    """Kept for the office alone, but for the versions, which the agency sent in itself."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def versions(self, case_id: int) -> tuple[ProposalVersion, ...]:
        """Every version of a proposal that was sent in, the first first; none once its key was destroyed."""
        found = map(self._version, self._tx.connection.execute(_VERSIONS, {"row": case_id}))
        return tuple(version for version in found if version is not None)

    def corrected(self, case_ids: Collection[int]) -> frozenset[int]:
        """Which of these cases were sent in again."""
        return frozenset(self._tx.connection.scalars(_CORRECTED, {"rows": list(case_ids)}))

    def tick(self, case_id: int, condition: str, person_id: int) -> None:
        """This person found this general condition met; doing so again changes nothing."""
        values = {"case_id": case_id, "condition": condition, "person_id": person_id, "at": self._tx.now}
        self._tx.connection.execute(_TICK, values)

    def untick(self, case_id: int, condition: str, person_id: int) -> None:
        """Take that back."""
        self._tx.connection.execute(_UNTICK, {"row": case_id, "which": condition, "person": person_id})

    def untick_all(self, case_id: int, person_id: int) -> None:
        """Take back whatever this person had ticked on this case."""
        self._tx.connection.execute(_UNTICK_ALL, {"row": case_id, "person": person_id})

    def untick_everything(self, case_id: int) -> None:
        """Nobody has found any condition of the case met."""
        self._tx.connection.execute(_UNTICK_EVERYTHING, {"row": case_id})

    def ticks(self, case_id: int, person_id: int) -> dict[str, datetime]:
        """The conditions this person found met, each with its moment."""
        found = self._tx.connection.execute(_TICKS, {"row": case_id, "person": person_id})
        return {row.condition: row.at for row in found}

    def add_note(self, case_id: int, person_id: int, note: str) -> None:
        """Keep an internal note."""
        place = (case_id, person_id, milliseconds(self._tx.now))
        sealed = self._sealed(_NOTE, note, place, case_id)
        values = {"case_id": case_id, "at": self._tx.now, "person_id": person_id, "note": sealed}
        self._tx.connection.execute(_ADD_NOTE, values)

    def notes(self, case_id: int) -> tuple[CaseNote, ...]:
        """The internal notes on a case, the first first; none once its key was destroyed."""
        found = map(self._note, self._tx.connection.execute(_NOTES, {"row": case_id}))
        return tuple(note for note in found if note is not None)

    def hold_back(self, pending: PendingDecision) -> bool:
        """Keep a decision until it falls due; False if one is kept already on this version of the case."""
        note, place = pending.note, (pending.case_id, pending.on_version)
        values = {
            "case_id": pending.case_id,
            "action": pending.action,
            "on_version": pending.on_version,
            "person_id": pending.person_id,
            "reasons": list(pending.reasons),
            "note": None if note is None else self._sealed(_PENDING_NOTE, note, place, pending.case_id),
            "details": pending.details,
            "made_at": pending.made_at,
            "due_at": pending.due_at,
        }
        return self._tx.connection.execute(_HOLD_BACK, values).first() is not None

    def pending(self, case_id: int, on_version: int, *, hold: bool = False) -> PendingDecision | None:
        """The decision that waits on this version of the case, or None; `hold` keeps it for this unit."""
        query = _HELD_PENDING if hold else _PENDING
        found = self._tx.connection.execute(query, {"row": case_id, "seen": on_version}).first()
        return None if found is None else self._pending(found)

    def drop(self, case_id: int, on_version: int) -> bool:
        """Take the waiting decision out; True for one caller only, however many try at once."""
        return self._tx.connection.execute(_DROP, {"row": case_id, "seen": on_version}).rowcount == 1

    def let_fall_due(self, case_id: int, on_version: int, at: datetime) -> None:
        """Let the decision that waits, if there is one, fall due at another moment."""
        self._tx.connection.execute(_FALL_DUE, {"row": case_id, "seen": on_version, "at": at})

    def unpublished_of(self, person_id: int) -> tuple[tuple[str, str, datetime], ...]:
        """Code, act and moment of each decision of this person's that can still be taken back."""
        found = self._tx.connection.execute(_DECIDED_BY, {"person": person_id})
        return tuple((row.code, row.action, row.made_at) for row in found)

    def first_signatures_of(self, person_id: int) -> tuple[tuple[str, str, datetime], ...]:
        """The same of each agreement of this person's beside which a second signature is awaited."""
        found = self._tx.connection.execute(_FIRST_SIGNED, {"person": person_id})
        return tuple((row.code, row.action, row.at) for row in found)

    def due(self, limit: int) -> tuple[PendingDecision, ...]:
        """Decisions whose moment has come, the earliest first."""
        found = self._tx.connection.execute(_DUE, {"now": self._tx.now, "most": limit})
        return tuple(map(self._pending, found))

    def _sealed(self, context: str, note: str, place: Place, case_id: int) -> bytes:
        return self._tx.vault.seal(context, note, place, form_keys.of_case(self._tx, case_id))

    def _opened(self, context: str, sealed: bytes, place: Place, found: Row[Any]) -> Any:  # noqa: ANN401 - whatever was sealed
        """What was sealed in a row of a case; None once the case's key was destroyed."""
        try:
            key = form_keys.opened(self._tx, found.form_id, found.form_key)
        except Erased:
            return None
        return self._tx.vault.open(context, sealed, place, key)

    def _version(self, found: Row[Any]) -> ProposalVersion | None:
        proposal = self._opened(VERSION, found.proposal, (found.case_id, found.on_version), found)
        if proposal is None:
            return None
        return ProposalVersion(found.case_id, found.on_version, proposal, found.made_at)

    def _note(self, found: Row[Any]) -> CaseNote | None:
        place = (found.case_id, found.person_id, milliseconds(found.at))
        note = self._opened(_NOTE, found.note, place, found)
        return None if note is None else CaseNote(found.case_id, found.at, found.person_id, note)

    def _pending(self, found: Row[Any]) -> PendingDecision:
        place = (found.case_id, found.on_version)
        return PendingDecision(
            case_id=found.case_id,
            action=found.action,
            on_version=found.on_version,
            person_id=found.person_id,
            reasons=tuple(found.reasons),
            note=None if found.note is None else self._opened(_PENDING_NOTE, found.note, place, found),
            details=found.details,
            made_at=found.made_at,
            due_at=found.due_at,
        )
