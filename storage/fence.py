"""A restored store stands behind a fence: what waited in it may have been sent since, and is not sent again.

Rows that waited are put aside and keep what they need; new ones go their way. The mark is one of the changes
of the office's settings, so that when the fence was shut and opened stays in the history.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy import and_, bindparam, exists, func, or_, select, update

from storage.records import InboxState, OutboxState
from storage.records.notices import Change, CopyState, NoticeState
from storage.settings import Settings
from storage.settling import REVIVABLE, UNFINISHED, UNKNOWN
from storage.tables.messages import inbox, outbox
from storage.tables.notices import notice_copies, notices
from storage.transaction import Transaction

T = TypeVar("T")

MARK: Final = "restored"
"""The name under which the mark stands, and the reason that the put-aside updates carry."""

_HELD: Final = outbox.c.state == OutboxState.HELD
_KEPT_BACK: Final = and_(inbox.c.state == InboxState.SET_ASIDE, inbox.c.problem == MARK)
_HOLD: Final = (
    update(outbox)
    .where(or_(UNFINISHED, and_(outbox.c.state == OutboxState.FAILED, outbox.c.problem == REVIVABLE)))
    .values(state=OutboxState.HELD, due_at=None, settled_at=None)
)
_KEEP_BACK: Final = (
    update(inbox)
    .where(inbox.c.state == InboxState.WAITING)
    .values(state=InboxState.SET_ASIDE, problem=MARK, retry_at=None)
)
_COUNT: Final = select(
    select(func.count()).select_from(outbox).where(_HELD).scalar_subquery(),
    select(func.count()).select_from(inbox).where(_KEPT_BACK).scalar_subquery(),
)
# As after a crash: perhaps they arrived, and a line says so.
_SEND: Final = update(outbox).where(_HELD).values(state=OutboxState.UNKNOWN, due_at=bindparam("now"))
# Perhaps they arrived before: nobody knows.
_DROP: Final = (
    update(outbox)
    .where(_HELD)
    .values(
        state=OutboxState.FAILED,
        problem=UNKNOWN,
        params=None,
        fallback=None,
        fallback_to=None,
        settled_at=bindparam("now"),
    )
)
_HANDLE: Final = update(inbox).where(_KEPT_BACK).values(state=InboxState.WAITING, problem=None)
_FORGET: Final = (
    update(inbox).where(_KEPT_BACK).values(state=InboxState.DONE, body=None, done_at=bindparam("now"))
)
_UNDER_WAY: Final = and_(
    notices.c.id == notice_copies.c.notice_id, notices.c.state.in_((NoticeState.SENDING, NoticeState.PAUSED))
)
_END_COPIES: Final = (
    update(notice_copies)
    .where(notice_copies.c.state == CopyState.WAITING, exists().where(_UNDER_WAY))
    .values(state=CopyState.UNSENT, settled_at=bindparam("now"))
)
_VERSION: Final = (
    select(notices.c.on_version).where(notices.c.id == notice_copies.c.notice_id).scalar_subquery()
)
_END_CHANGES: Final = (
    update(notice_copies)
    .where(
        notice_copies.c.state == CopyState.SENT,
        notice_copies.c.on_version < _VERSION,
        exists().where(_UNDER_WAY),
    )
    .values(on_version=_VERSION, change=Change.FAILED)
)
# What somebody had missed may have been told on the return.
_MISSED: Final = (
    update(outbox)
    .where(
        outbox.c.state == OutboxState.UNREACHABLE, outbox.c.told_at.is_(None), outbox.c.purpose.is_not(None)
    )
    .values(told_at=bindparam("now"), params=None)
)


class Fence:
    """Between what a restored store holds and the people."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._settings = Settings(transaction)

    def shut(self) -> None:
        """Hold back every message that waits and every update that was not handled, until `open`."""
        self._tx.connection.execute(_HOLD, {})
        self._tx.connection.execute(_KEEP_BACK, {})
        self._settings.put(MARK, value=True, set_by=None)

    def stands(self) -> bool:
        """Whether this store was restored and is not opened yet."""
        return self._settings.value(MARK) is True

    def held(self) -> tuple[int, int]:
        """How many messages and how many updates are held back."""
        messages, updates = self._tx.connection.execute(_COUNT).one()
        return messages, updates

    @property
    def hushed(self) -> bool:
        """Whether this unit says nothing: see `unsaid`."""
        return self._tx.hushed

    def unsaid(self, do: Callable[[], T]) -> T:
        """Do this; what it says counts as said, and is never sent."""
        self._tx.hushed = True
        try:
            given = do()
        finally:
            self._tx.hushed = False
        self._tx.connection.execute(_DROP, {"now": self._tx.now})
        return given

    def drop(self) -> None:
        """Empty what is held, and end what waits elsewhere: copies of notices, and what was missed."""
        for statement in (_DROP, _FORGET, _END_COPIES, _END_CHANGES, _MISSED):
            self._tx.connection.execute(statement, {"now": self._tx.now})

    def open(self, *, send: bool) -> None:
        """Take the fence away.

        Args:
            send: whether the held messages are sent and the updates handled after all; else both are emptied.
        """
        if send:
            self._tx.connection.execute(_SEND, {"now": self._tx.now})
            self._tx.connection.execute(_HANDLE, {})
        else:
            self.drop()
        self._settings.put(MARK, value=False, set_by=None)
