"""What happened to complaints, step by step, and the internal notes of those who handle them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from domain.audit import Deed
from domain.complaints import Action, State
from storage.audit import note
from storage.records.complaints import ComplaintEvent, ComplaintNote
from storage.tables.complaints import complaint_events, complaint_notes
from storage.tables.types import milliseconds
from storage.transaction import Transaction
from storage.vault import Row as Place

_TEXT: Final = "complaint_events.text"
_NOTE: Final = "complaint_notes.note"

_RECORD: Final = insert(complaint_events)
_EVENTS: Final = (
    select(complaint_events)
    .where(complaint_events.c.complaint_id == bindparam("row"))
    .order_by(complaint_events.c.id)
)
_HISTORIES: Final = (
    select(*(column for column in complaint_events.c if column.name != "text"))
    .where(complaint_events.c.complaint_id.in_(bindparam("rows", expanding=True)))
    .order_by(complaint_events.c.id)
)
_CAUSES: Final = select(complaint_events.c.cause, complaint_events.c.at).where(
    complaint_events.c.action == Action.ANSWER,
    complaint_events.c.at >= bindparam("begin"),
    complaint_events.c.at < bindparam("end"),
)
_ADD_NOTE: Final = insert(complaint_notes)
_NOTES: Final = (
    select(complaint_notes)
    .where(complaint_notes.c.complaint_id == bindparam("row"))
    .order_by(complaint_notes.c.id)
)


class ComplaintHistory:
    """The steps of complaints, oldest first, and the notes on them."""

    _tx: Transaction

    def record(self, event: ComplaintEvent) -> None:
        """Add a step to the history of a complaint."""
        values = {
            "complaint_id": event.complaint_id,
            "at": event.at,
            "action": event.action,
            "from_state": event.from_state,
            "to_state": event.to_state,
            "on_version": event.on_version,
            "person_id": event.person_id,
            "cause": event.cause,
            "text": None if event.text is None else self._tx.vault.seal(_TEXT, event.text, _place(event)),
            "details": event.details,
        }
        self._tx.connection.execute(_RECORD, values)
        note(
            self._tx,
            Deed.COMPLAINT,
            by=event.person_id,
            about=f"complaint:{event.complaint_id}",
            version=event.on_version,
            step=event.action,
            before=event.from_state,
            after=event.to_state,
        )

    def events(self, complaint_id: int) -> tuple[ComplaintEvent, ...]:
        """The history of a complaint, oldest first."""
        rows = self._tx.connection.execute(_EVENTS, {"row": complaint_id})
        return tuple(self._event(row, row.text) for row in rows)

    def histories(self, numbers: Sequence[int]) -> dict[int, tuple[ComplaintEvent, ...]]:
        """The histories of many complaints, each oldest first, without what was written."""
        found: dict[int, list[ComplaintEvent]] = {}
        for row in self._tx.connection.execute(_HISTORIES, {"rows": list(numbers)}):
            found.setdefault(row.complaint_id, []).append(self._event(row, None))
        return {number: tuple(events) for number, events in found.items()}

    def causes(self, begin: datetime, end: datetime) -> tuple[tuple[str, datetime], ...]:
        """The cause and the moment of every answer from `begin` until before `end`."""
        rows = self._tx.connection.execute(_CAUSES, {"begin": begin, "end": end})
        return tuple((row.cause, row.at) for row in rows)

    def add_note(self, complaint_id: int, person_id: int, note: str) -> None:
        """Keep an internal note."""
        values = {
            "complaint_id": complaint_id,
            "at": self._tx.now,
            "person_id": person_id,
            "note": self._tx.vault.seal(_NOTE, note, (complaint_id, person_id, milliseconds(self._tx.now))),
        }
        self._tx.connection.execute(_ADD_NOTE, values)

    def notes(self, complaint_id: int) -> tuple[ComplaintNote, ...]:
        """The internal notes on a complaint, the first first."""
        rows = self._tx.connection.execute(_NOTES, {"row": complaint_id})
        return tuple(
            ComplaintNote(
                row.at,
                row.person_id,
                self._tx.vault.open(_NOTE, row.note, (row.complaint_id, row.person_id, milliseconds(row.at))),
            )
            for row in rows
        )

    def _event(self, found: Row[Any], text: bytes | None) -> ComplaintEvent:
        return ComplaintEvent(
            complaint_id=found.complaint_id,
            at=found.at,
            action=Action(found.action),
            from_state=None if found.from_state is None else State(found.from_state),
            to_state=State(found.to_state),
            on_version=found.on_version,
            person_id=found.person_id,
            cause=found.cause,
            text=None if text is None else self._tx.vault.open(_TEXT, text, _place(found)),
            details=found.details,
        )


def _place(step: ComplaintEvent | Row[Any]) -> Place:
    """What a step is known by: its number is counted only when it is written."""
    return step.complaint_id, step.on_version, milliseconds(step.at)
