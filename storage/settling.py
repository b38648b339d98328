"""What became of messages that were sent, and what follows: slots, chats out of reach, fallbacks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import Insert, insert

from storage.records import Alternative, Lane, OutboxState, Outgoing, Settled
from storage.tables.messages import chats, outbox, slots
from storage.tables.types import milliseconds
from storage.transaction import Transaction
from storage.vault import Row as Place
from storage.vault import Vault

REVIVABLE: Final = "no_connection"
"""The problem of failed messages that are sent after all: the person never had a chance to get them."""

UNKNOWN: Final = "unknown"
"""The problem of failed messages that were sent again and again and perhaps arrived."""

_FALLBACK: Final = "outbox.fallback"
_FINAL: Final = frozenset({OutboxState.SENT, OutboxState.UNREACHABLE, OutboxState.FAILED})

# Conditions of the partial indexes are written out, not bound: an engine has to see them.
WHO: Final = (outbox.c.platform, outbox.c.chat_id, outbox.c.method, outbox.c.purpose, outbox.c.created_at)
"""The columns by which a message is known for good."""

UNFINISHED: Final = outbox.c.due_at.is_not(None)
CLAIMABLE: Final = and_(UNFINISHED, outbox.c.state != OutboxState.SENDING)
THIS_CHAT: Final = (chats.c.platform == bindparam("at"), chats.c.chat_id == bindparam("to"))

_FINISH: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), UNFINISHED)
    .values(
        state=bindparam("into"),
        due_at=None,
        # What somebody may have to send again is kept: what never had a chance, and what has a purpose.
        params=case(
            (or_(bindparam("keep"), and_(bindparam("lost"), outbox.c.purpose.is_not(None))), outbox.c.params),
            else_=None,
        ),
        problem=bindparam("why"),
        message_id=bindparam("sent_as"),
        settled_at=bindparam("now"),
        fallback=case((bindparam("spent"), None), else_=outbox.c.fallback),
        fallback_to=case((bindparam("spent"), None), else_=outbox.c.fallback_to),
    )
)
_LOST: Final = (
    select(outbox.c.id)
    .where(
        outbox.c.id.in_(bindparam("rows", expanding=True)),
        UNFINISHED,
        outbox.c.purpose.is_not(None),
        outbox.c.fallback.is_(None),
        # What goes to many has a report of its own.
        outbox.c.lane < Lane.BROADCASTS,
    )
    .order_by(outbox.c.id)
)
_AGAIN: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), UNFINISHED)
    .values(
        state=bindparam("into"),
        due_at=bindparam("at"),
        problem=bindparam("why"),
        first_failed_at=func.coalesce(outbox.c.first_failed_at, bindparam("now", type_=outbox.c.due_at.type)),
    )
)


def _putting(new: Insert) -> Insert:
    """What stands in a slot already goes out of it."""
    return new.on_conflict_do_update(
        index_elements=[slots.c.platform, slots.c.chat_id, slots.c.slot],
        set_={"message_id": new.excluded.message_id},
    )


PUT_SLOT: Final = _putting(insert(slots))
_TAKE_SLOT: Final = _putting(
    insert(slots).from_select(
        ["platform", "chat_id", "slot", "message_id"],
        select(
            outbox.c.platform,
            outbox.c.chat_id,
            outbox.c.slot,
            bindparam("sent_as", type_=slots.c.message_id.type),
        ).where(outbox.c.id == bindparam("row"), outbox.c.slot.is_not(None)),
    )
)
_CHATS_OF: Final = select(outbox.c.platform, outbox.c.chat_id).where(
    outbox.c.id.in_(bindparam("rows", expanding=True))
)
_MARK: Final = update(chats).where(*THIS_CHAT).values(unreachable_at=bindparam("now"))
_GIVE_UP: Final = (
    update(outbox)
    .where(
        CLAIMABLE,
        outbox.c.platform == bindparam("at"),
        outbox.c.chat_id == bindparam("to"),
        outbox.c.lane > 0,
    )
    .values(state=OutboxState.UNREACHABLE, due_at=None, params=None, settled_at=bindparam("now"))
    .returning(outbox.c.id)
)
_CUT_OFF: Final = (
    update(outbox)
    .where(CLAIMABLE, outbox.c.platform == bindparam("at"), outbox.c.chat_id == bindparam("to"))
    .values(state=OutboxState.UNREACHABLE, due_at=None, params=None, settled_at=bindparam("now"))
    .returning(outbox.c.id)
)
_WITH_FALLBACK: Final = (
    select(*WHO, outbox.c.id, outbox.c.lane, outbox.c.reference, outbox.c.fallback)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)), outbox.c.fallback.is_not(None))
    .order_by(outbox.c.id)
)
_FELL_BACK: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(told_at=bindparam("now"), fallback=None, fallback_to=None, params=None)
)


def _never_came(result: Settled) -> bool:
    """Whether a message surely did not reach its person: what is unknown may have, and goes nowhere else."""
    return result.state is not OutboxState.SENT and result.problem != UNKNOWN


class Settling:
    """Records results in one transaction.

    Args:
        add: puts a message into the outbox.
    """

    def __init__(self, transaction: Transaction, add: Callable[[Outgoing], int]) -> None:
        self._tx = transaction
        self._add = add

    def settle(self, results: Sequence[Settled]) -> tuple[int, ...]:
        """Record what became of claimed messages; those already final stay as they are.

        A sent message takes its slot. A chat found unreachable is marked, and what else waits for it but
        replies is given up. What cannot be delivered here goes to its fallback, if it has one.

        Returns:
            The numbers of the messages with a purpose, but broadcasts, that have failed now and will come
            in no way; their parameters are kept.
        """
        lost = self._lost(results)
        finished = [result for result in results if result.state in _FINAL]
        unfinished = [result for result in results if result.state not in _FINAL]
        if finished:
            self._tx.connection.execute(_FINISH, [self._finish(result) for result in finished])
        if unfinished:
            self._tx.connection.execute(_AGAIN, [self._again(result) for result in unfinished])
        self._take_slots(r for r in finished if r.state is OutboxState.SENT and r.message_id is not None)
        given_up = self._mark_unreachable([r.id for r in finished if r.state is OutboxState.UNREACHABLE])
        self.fall_back([*(r.id for r in finished if _never_came(r)), *given_up])
        return lost

    def cut_off(self, platform: str, chat_id: int) -> None:
        """Nothing that waits for this chat goes there any more: it falls back, or counts as missed."""
        values = {"at": platform, "to": chat_id, "now": self._tx.now}
        self.fall_back(list(self._tx.connection.scalars(_CUT_OFF, values)))

    def _lost(self, results: Sequence[Settled]) -> tuple[int, ...]:
        failed = [r.id for r in results if r.state is OutboxState.FAILED and r.problem != REVIVABLE]
        return tuple(self._tx.connection.scalars(_LOST, {"rows": failed})) if failed else ()

    def _finish(self, result: Settled) -> dict[str, object]:
        failed = result.state is OutboxState.FAILED
        return {
            "row": result.id,
            "into": result.state,
            "keep": failed and result.problem == REVIVABLE,
            "spent": not _never_came(result),  # its other ways are of no use any more
            "lost": failed,
            "why": result.problem,
            "sent_as": result.message_id,
            "now": self._tx.now,
        }

    def _again(self, result: Settled) -> dict[str, object]:
        return {
            "row": result.id,
            "into": result.state,
            "at": self._tx.now + timedelta(seconds=result.retry_after),
            "why": result.problem,
            "now": self._tx.now,
        }

    def _take_slots(self, sent: Iterable[Settled]) -> None:
        places = [{"row": result.id, "sent_as": result.message_id} for result in sent]
        if places:
            self._tx.connection.execute(_TAKE_SLOT, places)

    def _mark_unreachable(self, rows: list[int]) -> list[int]:
        """Mark the chats of these messages; the numbers of the others that are given up with them."""
        if not rows:
            return []
        found = self._tx.connection.execute(_CHATS_OF, {"rows": rows}).all()
        lost = [{"at": row.platform, "to": row.chat_id, "now": self._tx.now} for row in found]
        self._tx.connection.execute(_MARK, lost)
        return [number for values in lost for number in self._tx.connection.scalars(_GIVE_UP, values)]

    def fall_back(self, rows: list[int]) -> None:
        """Send by the next of its ways what could not be delivered; its own row counts as told."""
        if not rows:
            return
        for row in self._tx.connection.execute(_WITH_FALLBACK, {"rows": rows}).all():
            first, *rest = opened_ways(self._tx.vault, row)
            self._tx.connection.execute(_FELL_BACK, {"row": row.id, "now": self._tx.now})
            self._add(
                Outgoing(
                    first.platform,
                    first.chat_id,
                    row.lane,
                    first.method,
                    first.params,
                    purpose=row.purpose,
                    reference=row.reference,
                    fallback=tuple(rest),
                )
            )


def place(message: Outgoing | Row[Any], created_at: datetime) -> Place:
    """What a message is known by before it has a number, and for good."""
    told = (message.platform, message.chat_id, message.method, message.purpose or "")
    return *told, milliseconds(created_at)


def sealed_ways(vault: Vault, ways: Sequence[Alternative], row: Place) -> bytes | None:
    """The other ways of a message as they are kept; None for none."""
    return vault.seal(_FALLBACK, [asdict(way) for way in ways], row) if ways else None


def leads_to(ways: Sequence[Alternative]) -> str | None:
    """The chats of these ways, each word of it between spaces, to be found without a key; None for none."""
    words = " ".join(f"{way.platform}:{way.chat_id}" for way in ways)
    return f" {words} " if words else None


def opened_ways(vault: Vault, row: Row[Any]) -> tuple[Alternative, ...]:
    """The other ways of a message, the next one first; `row` has what it is known by, and `fallback`."""
    ways = vault.open(_FALLBACK, row.fallback, place(row, row.created_at))
    return tuple(Alternative(**way) for way in ways)
