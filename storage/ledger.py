"""What became of the messages: the ledger of deliveries, and what a person has missed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, delete, literal_column, select, update

from storage.records import LedgerRow, OutboxState
from storage.tables.messages import outbox
from storage.transaction import Transaction

_COLUMNS: Final = (
    outbox.c.id,
    outbox.c.platform,
    outbox.c.chat_id,
    outbox.c.purpose,
    outbox.c.reference,
    outbox.c.state,
    outbox.c.attempts,
    outbox.c.problem,
    outbox.c.message_id,
    outbox.c.created_at,
    outbox.c.settled_at,
)
_LEDGER: Final = (
    select(*_COLUMNS)
    .where(outbox.c.purpose >= bindparam("start"), outbox.c.purpose < bindparam("stop"))
    .order_by(outbox.c.id)
)
# Conditions of the partial index are written out, not bound: an engine has to see them.
_MISSED: Final = (
    select(*_COLUMNS)
    .where(
        outbox.c.state == literal_column(f"'{OutboxState.UNREACHABLE}'"),
        outbox.c.told_at.is_(None),
        outbox.c.purpose.is_not(None),
        outbox.c.platform == bindparam("at"),
        outbox.c.chat_id == bindparam("to"),
    )
    .order_by(outbox.c.id)
)
_TOLD_AT: Final = (
    select(*_COLUMNS)
    .where(
        outbox.c.state == OutboxState.UNREACHABLE,
        outbox.c.told_at == bindparam("moment"),
        outbox.c.platform == bindparam("at"),
        outbox.c.chat_id == bindparam("to"),
    )
    .order_by(outbox.c.id)
)
_TOLD: Final = update(outbox).where(outbox.c.id == bindparam("row")).values(told_at=bindparam("now"))

_FORGET: Final = delete(outbox).where(outbox.c.settled_at < bindparam("before"))


class Ledger:
    """The messages with a purpose, without their contents."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def of(self, purpose_prefix: str) -> tuple[LedgerRow, ...]:
        """The messages whose purpose begins so, oldest first."""
        values = {"start": purpose_prefix, "stop": purpose_prefix + "\U0010ffff"}
        return tuple(_ledger_row(found) for found in self._tx.connection.execute(_LEDGER, values))

    def missed(self, chats: Collection[tuple[str, int]]) -> tuple[LedgerRow, ...]:
        """What could not be delivered to these (platform, chat id) and was not told in another way since.

        What went out by its fallback is not among them.
        """
        return self._of_chats(_MISSED, chats)

    def told_at(self, chats: Collection[tuple[str, int]], moment: datetime) -> tuple[LedgerRow, ...]:
        """What was told to these (platform, chat id) in another way at that moment."""
        return self._of_chats(_TOLD_AT, chats, moment=moment)

    def _of_chats(
        self, query: Select[Any], chats: Collection[tuple[str, int]], **values: object
    ) -> tuple[LedgerRow, ...]:
        rows = [
            _ledger_row(found)
            for platform, chat_id in chats
            for found in self._tx.connection.execute(query, {"at": platform, "to": chat_id, **values})
        ]
        return tuple(sorted(rows, key=lambda row: row.id))

    def told(self, rows: Collection[int]) -> None:
        """Their persons now know what these messages would have said."""
        if rows:
            self._tx.connection.execute(_TOLD, [{"row": row, "now": self._tx.now} for row in rows])

    def forget(self, before: datetime) -> int:
        """Drop what was settled before this moment, told or not; returns how many rows."""
        return self._tx.connection.execute(_FORGET, {"before": before}).rowcount


def _ledger_row(found: Row[*tuple[Any, ...]]) -> LedgerRow:
    return LedgerRow(
        id=found.id,
        platform=found.platform,
        chat_id=found.chat_id,
        purpose=found.purpose,
        reference=found.reference,
        state=OutboxState(found.state),
        attempts=found.attempts,
        problem=found.problem,
        message_id=found.message_id,
        created_at=found.created_at,
        settled_at=found.settled_at,
    )
