"""What is to be sent: written with the effect that causes it, sent afterwards, in order within each chat."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, case, delete, func, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.errors import KeyUnusable
from storage.records import Alternative, Claimed, JsonObject, OutboxState, Outgoing, Settled
from storage.tables.messages import chats, outbox, slots
from storage.transaction import Transaction

REVIVABLE: Final = "no_connection"
"""The problem of failed messages that are sent after all: the person never had a chance to get them."""

LONGEST_WAIT: Final = timedelta(hours=1)
"""More than any message is ever put off by: a platform's `retry_after` longer than this is asked again."""

STRAY_AFTER: Final = timedelta(seconds=30)
"""How long a message may stand as being sent before it counts as lost sight of, if nobody holds it."""

_PARAMS: Final = "outbox.params"
_FALLBACK: Final = "outbox.fallback"
_FINAL: Final = frozenset({OutboxState.SENT, OutboxState.UNREACHABLE, OutboxState.FAILED})

# Conditions of the partial indexes are written out, not bound: an engine has to see them.
_UNFINISHED: Final = outbox.c.due_at.is_not(None)
_FAILED: Final = outbox.c.state == literal_column(f"'{OutboxState.FAILED}'")
_CLAIMABLE: Final = and_(_UNFINISHED, outbox.c.state != OutboxState.SENDING)
_THIS_CHAT: Final = (chats.c.platform == bindparam("at"), chats.c.chat_id == bindparam("to"))

_ADD: Final = insert(outbox).returning(outbox.c.id)
_ANY_UNFINISHED: Final = (
    select(outbox.c.id)
    .where(_UNFINISHED, outbox.c.platform == bindparam("at"), outbox.c.chat_id == bindparam("to"))
    .limit(1)
)
_IS_UNREACHABLE: Final = select(chats.c.chat_id).where(*_THIS_CHAT, chats.c.unreachable_at.is_not(None))

_ahead = outbox.alias("ahead")
_HEADS: Final = (
    select(outbox, slots.c.message_id.label("slot_message_id"))
    .outerjoin(
        slots,
        and_(
            slots.c.platform == outbox.c.platform,
            slots.c.chat_id == outbox.c.chat_id,
            slots.c.slot == outbox.c.slot,
        ),
    )
    .where(
        _CLAIMABLE,
        outbox.c.platform == bindparam("platform"),
        outbox.c.due_at <= bindparam("now"),
        outbox.c.chat_id.not_in(bindparam("busy", expanding=True)),
        # One probe of the index for each candidate, however long its chat's queue is.
        outbox.c.id
        == select(_ahead.c.id)
        .where(
            _ahead.c.platform == outbox.c.platform,
            _ahead.c.chat_id == outbox.c.chat_id,
            _ahead.c.due_at.is_not(None),
        )
        .order_by(_ahead.c.lane, _ahead.c.id)
        .limit(1)
        .scalar_subquery(),
    )
    .order_by(outbox.c.lane, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)
)
_SENDING: Final = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)))
    .values(state=OutboxState.SENDING, attempts=outbox.c.attempts + 1)
)
_FINISH: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), _UNFINISHED)
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
        fallback=case((bindparam("arrived"), None), else_=outbox.c.fallback),
    )
)
_LOST: Final = (
    select(outbox.c.id)
    .where(
        outbox.c.id.in_(bindparam("rows", expanding=True)),
        _UNFINISHED,
        outbox.c.purpose.is_not(None),
        outbox.c.fallback.is_(None),
    )
    .order_by(outbox.c.id)
)
_AGAIN: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), _UNFINISHED)
    .values(
        state=bindparam("into"),
        due_at=bindparam("at"),
        problem=bindparam("why"),
        first_failed_at=func.coalesce(outbox.c.first_failed_at, bindparam("now", type_=outbox.c.due_at.type)),
    )
)
_SLOTS_OF: Final = select(outbox.c.id, outbox.c.platform, outbox.c.chat_id, outbox.c.slot).where(
    outbox.c.id.in_(bindparam("rows", expanding=True)), outbox.c.slot.is_not(None)
)
_PUT_SLOT = insert(slots)
_PUT_SLOT = _PUT_SLOT.on_conflict_do_update(
    index_elements=[slots.c.platform, slots.c.chat_id, slots.c.slot],
    set_={"message_id": _PUT_SLOT.excluded.message_id},
)
_CHATS_OF: Final = select(outbox.c.platform, outbox.c.chat_id).where(
    outbox.c.id.in_(bindparam("rows", expanding=True))
)
_MARK: Final = update(chats).where(*_THIS_CHAT).values(unreachable_at=bindparam("now"))
_GIVE_UP: Final = (
    update(outbox)
    .where(
        _CLAIMABLE,
        outbox.c.platform == bindparam("at"),
        outbox.c.chat_id == bindparam("to"),
        outbox.c.lane > 0,
    )
    .values(state=OutboxState.UNREACHABLE, due_at=None, params=None, settled_at=bindparam("now"))
    .returning(outbox.c.id)
)
_WITH_FALLBACK: Final = (
    select(outbox.c.id, outbox.c.lane, outbox.c.purpose, outbox.c.reference, outbox.c.fallback)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)), outbox.c.fallback.is_not(None))
    .order_by(outbox.c.id)
)
_WAYS: Final = select(outbox.c.id, outbox.c.fallback).where(_UNFINISHED, outbox.c.fallback.is_not(None))
_SET_WAYS: Final = update(outbox).where(outbox.c.id == bindparam("row")).values(fallback=bindparam("ways"))
_FELL_BACK: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(told_at=bindparam("now"), fallback=None, params=None)
)
_RECOVER: Final = (
    update(outbox)
    .where(_UNFINISHED, outbox.c.state == OutboxState.SENDING, outbox.c.platform == bindparam("at"))
    .values(state=OutboxState.UNKNOWN, due_at=bindparam("now"))
)
_STRAY: Final = _RECOVER.where(
    outbox.c.due_at < bindparam("long_ago"), outbox.c.id.not_in(bindparam("held", expanding=True))
)
_TOO_FAR: Final = (
    update(outbox)
    .where(_CLAIMABLE, outbox.c.platform == bindparam("at"), outbox.c.due_at > bindparam("horizon"))
    .values(due_at=bindparam("now"))
)
_REVIVE: Final = (
    update(outbox)
    .where(
        _FAILED,
        outbox.c.platform == bindparam("at"),
        outbox.c.problem == bindparam("because"),
        outbox.c.params.is_not(None),
    )
    .values(
        state=OutboxState.WAITING,
        due_at=bindparam("now"),
        attempts=0,
        first_failed_at=None,
        problem=None,
        settled_at=None,
    )
)
_COUNTS: Final = (
    select(outbox.c.state, func.count()).where(_UNFINISHED).group_by(outbox.c.state),
    select(outbox.c.state, func.count()).where(_FAILED).group_by(outbox.c.state),
)
_OLDEST_DUE: Final = select(func.min(outbox.c.due_at)).where(_CLAIMABLE)
_WAITING: Final = (
    select(func.count()).select_from(outbox).where(_UNFINISHED, outbox.c.platform == bindparam("platform"))
)
# What a person has missed and was not told yet is kept until they come back for it.
_PRUNE: Final = delete(outbox).where(
    outbox.c.settled_at < bindparam("before"),
    or_(outbox.c.told_at.is_not(None), outbox.c.state != OutboxState.UNREACHABLE, outbox.c.purpose.is_(None)),
)
_THE_SLOT: Final = (
    slots.c.platform == bindparam("at"),
    slots.c.chat_id == bindparam("to"),
    slots.c.slot == bindparam("place"),
)
_SLOT_MESSAGE: Final = select(slots.c.message_id).where(*_THE_SLOT)
_CLEAR_SLOT: Final = delete(slots).where(*_THE_SLOT)


class Outbox:
    """The messages of all platforms, and the ledger of what became of them."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._awaited: tuple[str, int] | None = None
        self.handed: Claimed | None = None

    def hand_over(self, platform: str, chat_id: int) -> None:
        """The first reply put here for this chat is posted by the caller, if nothing of the chat waits.

        It is kept as being sent from the beginning, and stands in `handed` for the caller to post once the
        unit is committed.
        """
        self._awaited = (platform, chat_id)

    def add(self, message: Outgoing) -> int:
        """Have this message sent; returns its number.

        A notice or broadcast to a chat known to be unreachable is recorded as such and never tried there;
        where it has a fallback, that is added at once.
        """
        state = self._first_state(message)
        row_id: int = self._tx.connection.execute(_ADD, self._new(message, state)).scalar_one()
        if state is OutboxState.UNREACHABLE:
            self._fall_back([row_id])
        elif state is OutboxState.SENDING:
            self.handed = self._handed(row_id, message)
        else:
            self._tx.signals.add(f"outbox:{message.platform}")
        return row_id

    def _first_state(self, message: Outgoing) -> OutboxState:
        chat = (message.platform, message.chat_id)
        if message.lane > 0:
            return OutboxState.UNREACHABLE if self._is_unreachable(*chat) else OutboxState.WAITING
        if self._awaited != chat:
            return OutboxState.WAITING
        self._awaited = None
        values = {"at": message.platform, "to": message.chat_id}
        ahead = self._tx.connection.execute(_ANY_UNFINISHED, values).first()
        return OutboxState.SENDING if ahead is None else OutboxState.WAITING

    def _handed(self, row_id: int, message: Outgoing) -> Claimed:
        platform, chat_id, slot = message.platform, message.chat_id, message.slot
        return Claimed(
            id=row_id,
            platform=message.platform,
            chat_id=message.chat_id,
            lane=message.lane,
            method=message.method,
            params=message.params,
            slot=message.slot,
            purpose=message.purpose,
            attempts=1,
            claimed_at=self._tx.now,
            first_failed_at=None,
            was_unknown=False,
            slot_message_id=None if slot is None else self.slot_message(platform, chat_id, slot),
        )

    def claim(self, platform: str, limit: int, busy: Collection[int]) -> tuple[Claimed, ...]:
        """Take the messages to send now, at most one of each chat.

        The head of a chat is its first unfinished message by (lane, id); where it is not due, or being
        sent, those behind it wait. Heads come by (lane, id) and are marked as being sent.

        Args:
            platform: whose messages.
            limit: at most so many.
            busy: chats to leave alone.
        """
        values = {"platform": platform, "now": self._tx.now, "busy": list(busy), "most": limit}
        heads = self._tx.connection.execute(_HEADS, values).all()
        if heads:
            self._tx.connection.execute(_SENDING, {"rows": [head.id for head in heads]})
        return tuple(self._claimed(head) for head in heads)

    def settle(self, results: Sequence[Settled]) -> tuple[int, ...]:
        """Record what became of claimed messages; those already final stay as they are.

        A sent message takes its slot. A chat found unreachable is marked, and what else waits for it but
        replies is given up. What cannot be delivered here goes to its fallback, if it has one.

        Returns:
            The numbers of the messages with a purpose that have failed now and will come in no way;
            their parameters are kept.
        """
        lost = self._lost(results)
        finished = [result for result in results if result.state in _FINAL]
        unfinished = [result for result in results if result.state not in _FINAL]
        if finished:
            self._tx.connection.execute(_FINISH, [self._finish(result) for result in finished])
        if unfinished:
            self._tx.connection.execute(_AGAIN, [self._again(result) for result in unfinished])
        self._take_slots({r.id: r.message_id for r in finished if r.state is OutboxState.SENT})
        given_up = self._mark_unreachable([r.id for r in finished if r.state is OutboxState.UNREACHABLE])
        self._fall_back([*(r.id for r in finished if r.state is not OutboxState.SENT), *given_up])
        return lost

    def recover(self, platform: str) -> int:
        """What a dead process left as being sent on this platform becomes `unknown`, due now; how many."""
        values = {"at": platform, "now": self._tx.now}
        count = self._tx.connection.execute(_RECOVER, values).rowcount
        if count:
            self._tx.signals.add(f"outbox:{platform}")
        return count

    def recover_strays(self, platform: str, held: Collection[int]) -> int:
        """What stands as being sent, is not among those held, and was due a while ago, becomes `unknown`.

        The commit of a claim may be carried out though its answer was lost, or its process died: without this
        its chats would be mute until the next election. What was just handed over is not yet in a hand.
        """
        long_ago = self._tx.now - STRAY_AFTER
        values = {"at": platform, "now": self._tx.now, "long_ago": long_ago, "held": list(held)}
        return self._tx.connection.execute(_STRAY, values).rowcount

    def pull_in(self, platform: str) -> int:
        """What is due later than any wait that is given out falls due now: the clock was set back since.

        Without this every chat with a message from before would be mute until the old moment comes again.
        """
        values = {"at": platform, "now": self._tx.now, "horizon": self._tx.now + LONGEST_WAIT}
        return self._tx.connection.execute(_TOO_FAR, values).rowcount

    def revive(self, platform: str, problem: str = REVIVABLE) -> int:
        """Failed messages with this problem wait again, if their parameters were kept; returns how many."""
        values = {"at": platform, "because": problem, "now": self._tx.now}
        count = self._tx.connection.execute(_REVIVE, values).rowcount
        if count:
            self._tx.signals.add(f"outbox:{platform}")
        return count

    def counts(self) -> dict[str, int]:
        """How many messages stand in each unfinished state and in `failed`; states with none are left out."""
        return {state: count for query in _COUNTS for state, count in self._tx.connection.execute(query)}

    def oldest_due(self) -> datetime | None:
        """The earliest moment at which a message that is not being sent falls or fell due, or None."""
        oldest: datetime | None = self._tx.connection.execute(_OLDEST_DUE).scalar_one()
        return oldest

    def block_fallback(self, platform: str, chat_id: int) -> None:
        """What is on its way to somebody goes to this chat no more, should it be undeliverable there."""
        for row in self._tx.connection.execute(_WAYS).all():
            ways = tuple(Alternative(**way) for way in self._tx.vault.open(_FALLBACK, row.fallback))
            kept = tuple(way for way in ways if (way.platform, way.chat_id) != (platform, chat_id))
            if kept != ways:
                self._tx.connection.execute(_SET_WAYS, {"row": row.id, "ways": self._sealed(kept)})

    def waiting(self, platform: str) -> int:
        """How many messages of this platform are unfinished."""
        count: int = self._tx.connection.execute(_WAITING, {"platform": platform}).scalar_one()
        return count

    def prune(self, before: datetime) -> int:
        """Forget what was settled before this moment; returns how many rows."""
        return self._tx.connection.execute(_PRUNE, {"before": before}).rowcount

    def slot_message(self, platform: str, chat_id: int, slot: str) -> int | None:
        """The message standing in this slot, or None."""
        values = {"at": platform, "to": chat_id, "place": slot}
        message_id: int | None = self._tx.connection.execute(_SLOT_MESSAGE, values).scalar_one_or_none()
        return message_id

    def clear_slot(self, platform: str, chat_id: int, slot: str) -> None:
        """Nothing stands in this slot any more."""
        self._tx.connection.execute(_CLEAR_SLOT, {"at": platform, "to": chat_id, "place": slot})

    def _is_unreachable(self, platform: str, chat_id: int) -> bool:
        values = {"at": platform, "to": chat_id}
        return self._tx.connection.execute(_IS_UNREACHABLE, values).first() is not None

    def _new(self, message: Outgoing, state: OutboxState) -> dict[str, object]:
        lost = state is OutboxState.UNREACHABLE
        return {
            "platform": message.platform,
            "chat_id": message.chat_id,
            "lane": int(message.lane),
            "method": message.method,
            "params": None if lost else self._tx.vault.seal(_PARAMS, message.params),
            "slot": message.slot,
            "purpose": message.purpose,
            "reference": message.reference,
            "state": state,
            "due_at": None if lost else self._tx.now,
            "attempts": 1 if state is OutboxState.SENDING else 0,
            "created_at": self._tx.now,
            "settled_at": self._tx.now if lost else None,
            "fallback": self._sealed(message.fallback),
        }

    def _sealed(self, ways: tuple[Alternative, ...]) -> bytes | None:
        return self._tx.vault.seal(_FALLBACK, [asdict(way) for way in ways]) if ways else None

    def _claimed(self, head: Row[Any]) -> Claimed:
        return Claimed(
            id=head.id,
            platform=head.platform,
            chat_id=head.chat_id,
            lane=head.lane,
            method=head.method,
            params=self._opened(head.params),
            slot=head.slot,
            purpose=head.purpose,
            attempts=head.attempts + 1,
            claimed_at=self._tx.now,
            first_failed_at=head.first_failed_at,
            was_unknown=head.state == OutboxState.UNKNOWN,
            slot_message_id=head.slot_message_id,
        )

    def _opened(self, params: bytes) -> JsonObject:
        """What cannot be opened is given as empty, so that its row alone fails and the lane goes on."""
        try:
            opened: JsonObject = self._tx.vault.open(_PARAMS, params)
        except KeyUnusable:
            return {}
        return opened

    def _lost(self, results: Sequence[Settled]) -> tuple[int, ...]:
        failed = [r.id for r in results if r.state is OutboxState.FAILED and r.problem != REVIVABLE]
        return tuple(self._tx.connection.scalars(_LOST, {"rows": failed})) if failed else ()

    def _finish(self, result: Settled) -> dict[str, object]:
        failed = result.state is OutboxState.FAILED
        return {
            "row": result.id,
            "into": result.state,
            "keep": failed and result.problem == REVIVABLE,
            "arrived": result.state is OutboxState.SENT,
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

    def _take_slots(self, sent: dict[int, int | None]) -> None:
        if not sent:
            return
        places = [
            {"platform": row.platform, "chat_id": row.chat_id, "slot": row.slot, "message_id": sent[row.id]}
            for row in self._tx.connection.execute(_SLOTS_OF, {"rows": list(sent)})
            if sent[row.id] is not None
        ]
        if places:
            self._tx.connection.execute(_PUT_SLOT, places)

    def _mark_unreachable(self, rows: list[int]) -> list[int]:
        """Mark the chats of these messages; the numbers of the others that are given up with them."""
        if not rows:
            return []
        found = self._tx.connection.execute(_CHATS_OF, {"rows": rows}).all()
        lost = [{"at": row.platform, "to": row.chat_id, "now": self._tx.now} for row in found]
        self._tx.connection.execute(_MARK, lost)
        return [number for values in lost for number in self._tx.connection.scalars(_GIVE_UP, values)]

    def _fall_back(self, rows: list[int]) -> None:
        """Send by the next of its ways what could not be delivered; its own row counts as told."""
        if not rows:
            return
        for row in self._tx.connection.execute(_WITH_FALLBACK, {"rows": rows}).all():
            first, *rest = (Alternative(**way) for way in self._tx.vault.open(_FALLBACK, row.fallback))
            self._tx.connection.execute(_FELL_BACK, {"row": row.id, "now": self._tx.now})
            self.add(
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
