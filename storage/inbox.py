"""What was received: kept before it is acknowledged, handled once, in order within each chat."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, exists, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.errors import KeyUnusable
from storage.records import InboxRow, InboxState, RawUpdate
from storage.tables.messages import inbox
from storage.transaction import Transaction

LONGEST_WAIT: Final = timedelta(minutes=10)
"""More than an update is ever put off by."""

_BODY: Final = "inbox.body"
# Written out, not bound: an engine uses a partial index only where it can see the condition.
_WAITING: Final = inbox.c.state == literal_column(f"'{InboxState.WAITING}'")

_RECEIVE: Final = (
    insert(inbox)
    .on_conflict_do_nothing(index_elements=[inbox.c.platform, inbox.c.update_id])
    .returning(inbox.c.id, inbox.c.update_id)
)
_NEXT: Final = (
    select(inbox)
    .where(_WAITING, inbox.c.platform == bindparam("platform"), inbox.c.chat_id == bindparam("chat"))
    .order_by(inbox.c.id)
    .limit(1)
)
_GET: Final = select(inbox).where(inbox.c.id == bindparam("row"))
_ahead = inbox.alias("ahead")
_DONE: Final = (
    update(inbox)
    .where(
        inbox.c.id == bindparam("row"),
        _WAITING,
        ~exists().where(
            _ahead.c.state == literal_column(f"'{InboxState.WAITING}'"),
            _ahead.c.platform == inbox.c.platform,
            _ahead.c.chat_id == inbox.c.chat_id,
            _ahead.c.id < inbox.c.id,
        ),
    )
    .values(state=InboxState.DONE, body=None, retry_at=None, done_at=bindparam("now"))
)
_RETRY: Final = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), _WAITING)
    .values(attempts=inbox.c.attempts + 1, retry_at=bindparam("at"), problem=bindparam("why"))
)
_POSTPONE: Final = (
    update(inbox).where(inbox.c.id == bindparam("row"), _WAITING).values(retry_at=bindparam("at"))
)
_PUT_ASIDE: Final = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), _WAITING)
    .values(
        state=bindparam("into"),
        problem=bindparam("why"),
        reference=bindparam("known_as"),
        done_at=bindparam("now"),
        retry_at=None,
    )
)
_WAITING_CHATS: Final = select(inbox.c.platform, inbox.c.chat_id).where(_WAITING).distinct()
_DEPTH: Final = select(func.count()).select_from(inbox).where(_WAITING)
_OLDEST: Final = select(func.min(inbox.c.received_at)).where(_WAITING)
_PRUNE: Final = delete(inbox).where(
    inbox.c.done_at < bindparam("before"), inbox.c.state == literal_column(f"'{InboxState.DONE}'")
)


class Inbox:
    """The updates of all platforms; `(platform, update_id)` is kept as a set, so none is handled twice."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def receive(self, platform: str, updates: Sequence[RawUpdate]) -> tuple[InboxRow, ...]:
        """Keep these updates; those kept before are dropped.

        Returns:
            The new ones, in the order given.
        """
        if not updates:
            return ()
        first: dict[int, RawUpdate] = {}
        for raw in updates:
            first.setdefault(raw.update_id, raw)
        rows = [self._new(platform, raw) for raw in first.values()]
        # One alone has a fixed statement, which is cheaper.
        found = self._tx.connection.execute(_RECEIVE, rows if len(rows) > 1 else rows[0]).all()
        numbers = {update_id: row_id for row_id, update_id in found}
        return tuple(
            self._received(numbers[number], platform, raw)
            for number, raw in first.items()
            if number in numbers
        )

    def get(self, row_id: int) -> InboxRow | None:
        """The update with this number, whatever became of it, or None."""
        found = self._tx.connection.execute(_GET, {"row": row_id}).first()
        return None if found is None else self._row(found)

    def next_of(self, platform: str, chat_id: int) -> InboxRow | None:
        """The update to handle next in this chat, or None.

        While the earliest waits for its retry, those behind it wait too: order is kept. Where several
        processes share the store two may be given the same one; only one of them is told by `done` that it
        was the one.
        """
        found = self._tx.connection.execute(_NEXT, {"platform": platform, "chat": chat_id}).first()
        if found is None or self._is_put_off(found.retry_at):
            return None
        return self._row(found)

    def _is_put_off(self, retry_at: datetime | None) -> bool:
        """Whether a try has to wait; a wait longer than any is the work of a clock that was set back."""
        return retry_at is not None and self._tx.now < retry_at <= self._tx.now + LONGEST_WAIT

    def done(self, row_id: int) -> bool:
        """The update was handled and its body is emptied.

        False means roll back: it was not waiting any more, for another process has handled it, or another one
        of its chat waits before it.
        """
        return self._tx.connection.execute(_DONE, {"row": row_id, "now": self._tx.now}).rowcount == 1

    def retry(self, row_id: int, seconds: float, problem: str) -> None:
        """A try failed; the next is due in so many seconds."""
        self._tx.connection.execute(_RETRY, {"row": row_id, "at": self._in(seconds), "why": problem})

    def postpone(self, row_id: int, seconds: float) -> None:
        """What it needs cannot be had for so many seconds; this counts as no try."""
        self._tx.connection.execute(_POSTPONE, {"row": row_id, "at": self._in(seconds)})

    def set_aside(self, row_id: int, problem: str, reference: str) -> bool:
        """The tries are used up: kept with its body, under a number the person may quote.

        False if it was not waiting any more: another process has dealt with it, and nothing was changed.
        """
        return self._put_aside(InboxState.SET_ASIDE, row_id, problem, reference)

    def quarantine(self, row_id: int, problem: str, reference: str) -> bool:
        """The update cannot be read at all: kept with its body, nobody else waits. False: as above."""
        return self._put_aside(InboxState.QUARANTINED, row_id, problem, reference)

    def waiting_chats(self) -> tuple[tuple[str, int], ...]:
        """Every (platform, chat id) that something waits for."""
        return tuple((platform, chat) for platform, chat in self._tx.connection.execute(_WAITING_CHATS))

    def depth(self) -> int:
        """How many updates wait."""
        depth: int = self._tx.connection.execute(_DEPTH).scalar_one()
        return depth

    def oldest(self) -> datetime | None:
        """When the longest-waiting update was received, or None."""
        oldest: datetime | None = self._tx.connection.execute(_OLDEST).scalar_one()
        return oldest

    def prune(self, before: datetime) -> int:
        """Forget what was done before this moment; returns how many rows."""
        return self._tx.connection.execute(_PRUNE, {"before": before}).rowcount

    def _put_aside(self, into: InboxState, row_id: int, problem: str, reference: str) -> bool:
        values = {"row": row_id, "into": into, "why": problem, "known_as": reference, "now": self._tx.now}
        return self._tx.connection.execute(_PUT_ASIDE, values).rowcount == 1

    def _in(self, seconds: float) -> datetime:
        return self._tx.now + timedelta(seconds=seconds)

    def _new(self, platform: str, raw: RawUpdate) -> dict[str, object]:
        return {
            "platform": platform,
            "update_id": raw.update_id,
            "chat_id": raw.chat_id,
            "body": self._tx.vault.seal_bytes(_BODY, raw.body.encode(), (platform, raw.update_id)),
            "state": InboxState.WAITING,
            "attempts": 0,
            "received_at": self._tx.now,
        }

    def _received(self, row_id: int, platform: str, raw: RawUpdate) -> InboxRow:
        return InboxRow(
            id=row_id,
            platform=platform,
            update_id=raw.update_id,
            chat_id=raw.chat_id,
            body=raw.body,
            state=InboxState.WAITING,
            attempts=0,
            retry_at=None,
            problem=None,
            reference=None,
            received_at=self._tx.now,
            done_at=None,
        )

    def _row(self, found: Row[Any]) -> InboxRow:
        return InboxRow(
            id=found.id,
            platform=found.platform,
            update_id=found.update_id,
            chat_id=found.chat_id,
            body=self._opened(found),
            state=InboxState(found.state),
            attempts=found.attempts,
            retry_at=found.retry_at,
            problem=found.problem,
            reference=found.reference,
            received_at=found.received_at,
            done_at=found.done_at,
        )

    def _opened(self, found: Row[Any]) -> str | None:
        """A damaged body is given as none, so that its row alone is put aside and its chat goes on."""
        body, row = found.body, (found.platform, found.update_id)
        try:
            return None if body is None else self._tx.vault.open_bytes(_BODY, body, row).decode()
        except KeyUnusable:
            return None
