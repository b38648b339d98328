"""What is to be sent: written with the effect that causes it, sent afterwards, in order within each chat."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, delete, func, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.errors import KeyUnusable
from storage.records import Claimed, JsonObject, OutboxState, Outgoing, Settled
from storage.settling import (
    CLAIMABLE,
    PUT_SLOT,
    REVIVABLE,
    THIS_CHAT,
    UNFINISHED,
    WHO,
    Settling,
    leads_to,
    opened_ways,
    place,
    sealed_ways,
)
from storage.tables.messages import chats, outbox, slots
from storage.transaction import Transaction

LONGEST_WAIT: Final = timedelta(hours=1)
"""More than any message is ever put off by: a platform's `retry_after` longer than this is asked again."""

STRAY_AFTER: Final = timedelta(seconds=30)
"""How long a message may stand as being sent before it counts as lost sight of, if nobody holds it."""

_PARAMS: Final = "outbox.params"
_FAILED: Final = outbox.c.state == literal_column(f"'{OutboxState.FAILED}'")

_ADD: Final = insert(outbox).returning(outbox.c.id)
_ANY_UNFINISHED: Final = (
    select(outbox.c.id)
    .where(UNFINISHED, outbox.c.platform == bindparam("at"), outbox.c.chat_id == bindparam("to"))
    .limit(1)
)
_IS_UNREACHABLE: Final = select(chats.c.chat_id).where(*THIS_CHAT, chats.c.unreachable_at.is_not(None))

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
        CLAIMABLE,
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
_REPLIES: Final = _HEADS.where(outbox.c.lane == literal_column("0"))
_SENDING: Final = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)))
    .values(state=OutboxState.SENDING, attempts=outbox.c.attempts + 1)
)
# What an older release wrote does not say where it leads: it has to be opened.
_WAYS: Final = select(*WHO, outbox.c.id, outbox.c.fallback).where(
    UNFINISHED,
    outbox.c.fallback.is_not(None),
    or_(outbox.c.fallback_to.is_(None), outbox.c.fallback_to.like(bindparam("there"))),
)
_SET_WAYS: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(fallback=bindparam("ways"), fallback_to=bindparam("leads_to"))
)
_RECOVER: Final = (
    update(outbox)
    .where(UNFINISHED, outbox.c.state == OutboxState.SENDING, outbox.c.platform == bindparam("at"))
    .values(state=OutboxState.UNKNOWN, due_at=bindparam("now"))
)
_STRAY: Final = _RECOVER.where(
    outbox.c.due_at < bindparam("long_ago"), outbox.c.id.not_in(bindparam("held", expanding=True))
)
_TOO_FAR: Final = (
    update(outbox)
    .where(
        CLAIMABLE,
        outbox.c.platform == bindparam("at"),
        outbox.c.due_at > bindparam("now"),
        # What was never tried was due when it was put in.
        or_(outbox.c.state == OutboxState.WAITING, outbox.c.due_at > bindparam("horizon")),
    )
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
    select(outbox.c.state, func.count()).where(UNFINISHED).group_by(outbox.c.state),
    select(outbox.c.state, func.count()).where(_FAILED).group_by(outbox.c.state),
)
_OLDEST_DUE: Final = select(func.min(outbox.c.due_at)).where(CLAIMABLE)
_ANY_CLAIMABLE: Final = select(outbox.c.id).where(CLAIMABLE, outbox.c.platform == bindparam("at")).limit(1)
_WAITING: Final = (
    select(func.count()).select_from(outbox).where(UNFINISHED, outbox.c.platform == bindparam("platform"))
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
            Settling(self._tx, self.add).fall_back([row_id])
        elif state is OutboxState.SENDING:
            self.handed = self._handed(row_id, message)
        else:
            self._tx.signals.add(f"outbox:{message.platform}")
        return row_id

    def _first_state(self, message: Outgoing) -> OutboxState:
        if self._tx.hushed:
            return OutboxState.HELD
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

    def claim(
        self, platform: str, limit: int, busy: Collection[int], served: Collection[int] = ()
    ) -> tuple[Claimed, ...]:
        """Take the messages to send now, at most one of each chat.

        The head of a chat is its first unfinished message by (lane, id); where it is not due, or being
        sent, those behind it wait. Heads come by (lane, id) and are marked as being sent.

        Args:
            platform: whose messages.
            limit: at most so many.
            busy: chats to leave alone.
            served: chats that have had their turn: as long as there are replies to others, only those come.
        """
        values = {"platform": platform, "now": self._tx.now, "most": limit}
        heads: Sequence[Row[Any]] = ()
        if served:
            heads = self._tx.connection.execute(_REPLIES, values | {"busy": [*busy, *served]}).all()
        if not heads:
            heads = self._tx.connection.execute(_HEADS, values | {"busy": list(busy)}).all()
        if heads:
            self._tx.connection.execute(_SENDING, {"rows": [head.id for head in heads]})
        return tuple(self._claimed(head) for head in heads)

    def settle(self, results: Sequence[Settled]) -> tuple[int, ...]:
        """Record what became of claimed messages; see `Settling.settle`."""
        return Settling(self._tx, self.add).settle(results)

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
        """What was put in later than now, or put off longer than ever, falls due: the clock was set back.

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

    def cut_off(self, platform: str, chat_id: int) -> None:
        """What is on its way to somebody goes to this chat no more, neither directly nor as a fallback."""
        self._block_fallback(platform, chat_id)
        Settling(self._tx, self.add).cut_off(platform, chat_id)

    def _block_fallback(self, platform: str, chat_id: int) -> None:
        there = f"% {platform}:{chat_id} %"
        for row in self._tx.connection.execute(_WAYS, {"there": there}).all():
            ways = opened_ways(self._tx.vault, row)
            kept = tuple(way for way in ways if (way.platform, way.chat_id) != (platform, chat_id))
            sealed = sealed_ways(self._tx.vault, kept, place(row, row.created_at))
            values = {"row": row.id, "ways": sealed, "leads_to": leads_to(kept)}
            self._tx.connection.execute(_SET_WAYS, values)

    def any_to_claim(self, platform: str) -> bool:
        """Whether any message of this platform is unfinished and not being sent, now due or later."""
        return self._tx.connection.execute(_ANY_CLAIMABLE, {"at": platform}).first() is not None

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

    def take_slot(self, platform: str, chat_id: int, slot: str, message_id: int) -> None:
        """This message stands in this slot from now on."""
        values = {"platform": platform, "chat_id": chat_id, "slot": slot, "message_id": message_id}
        self._tx.connection.execute(PUT_SLOT, values)

    def clear_slot(self, platform: str, chat_id: int, slot: str) -> None:
        """Nothing stands in this slot any more."""
        self._tx.connection.execute(_CLEAR_SLOT, {"at": platform, "to": chat_id, "place": slot})

    def _is_unreachable(self, platform: str, chat_id: int) -> bool:
        values = {"at": platform, "to": chat_id}
        return self._tx.connection.execute(_IS_UNREACHABLE, values).first() is not None

    def _new(self, message: Outgoing, state: OutboxState) -> dict[str, object]:
        lost, row = state is OutboxState.UNREACHABLE, place(message, self._tx.now)
        still = lost or state is OutboxState.HELD
        return {
            "platform": message.platform,
            "chat_id": message.chat_id,
            "lane": int(message.lane),
            "method": message.method,
            "params": None if lost else self._tx.vault.seal(_PARAMS, message.params, row),
            "slot": message.slot,
            "purpose": message.purpose,
            "reference": message.reference,
            "state": state,
            "due_at": None if still else self._tx.now,
            "attempts": 1 if state is OutboxState.SENDING else 0,
            "created_at": self._tx.now,
            "settled_at": self._tx.now if lost else None,
            "fallback": sealed_ways(self._tx.vault, message.fallback, row),
            "fallback_to": leads_to(message.fallback),
        }

    def _claimed(self, head: Row[Any]) -> Claimed:
        return Claimed(
            id=head.id,
            platform=head.platform,
            chat_id=head.chat_id,
            lane=head.lane,
            method=head.method,
            params=self._opened(head),
            slot=head.slot,
            purpose=head.purpose,
            attempts=head.attempts + 1,
            claimed_at=self._tx.now,
            first_failed_at=head.first_failed_at,
            was_unknown=head.state == OutboxState.UNKNOWN,
            slot_message_id=head.slot_message_id,
        )

    def _opened(self, head: Row[Any]) -> JsonObject:
        """What cannot be opened is given as empty, so that its row alone fails and the lane goes on."""
        try:
            row = place(head, head.created_at)
            opened: JsonObject = self._tx.vault.open(_PARAMS, head.params, row)
        except KeyUnusable:
            return {}
        return opened
