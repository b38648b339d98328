"""A restored store stands behind a fence: what waited in it may have been sent since, and is not sent again.

Rows that waited are put aside and keep what they need; new ones go their way. The mark is one of the changes
of the office's settings, so that when the fence was shut and opened stays in the history.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import and_, bindparam, exists, func, or_, select, update

from storage.records import InboxState, OutboxState
from storage.records.notices import Change, CopyState, NoticeState
from storage.settings import Settings
from storage.settling import REVIVABLE, UNFINISHED, UNKNOWN
from storage.tables.messages import inbox, outbox
from storage.tables.notices import notice_copies, notice_versions, notices
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
    select(func.count()).select_from(outbox).where(_HELD).scalar_subquery().label("messages"),
    select(func.count()).select_from(inbox).where(_KEPT_BACK).scalar_subquery().label("updates"),
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
_BEFORE: Final = bindparam("shut", type_=notices.c.made_at.type)
"""When the fence was shut: what was written behind it since is new, and is nobody's to drop."""
_UNDER_WAY: Final = and_(
    notices.c.id == notice_copies.c.notice_id, notices.c.state.in_((NoticeState.SENDING, NoticeState.PAUSED))
)
_END_COPIES: Final = (
    update(notice_copies)
    .where(
        notice_copies.c.state == CopyState.WAITING, exists().where(_UNDER_WAY, notices.c.frozen_at <= _BEFORE)
    )
    .values(state=CopyState.UNSENT, settled_at=bindparam("now"))
)
_VERSION: Final = (
    select(func.max(notice_versions.c.on_version))
    .where(notice_versions.c.notice_id == notice_copies.c.notice_id, notice_versions.c.at <= _BEFORE)
    .scalar_subquery()
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
        outbox.c.state == OutboxState.UNREACHABLE,
        outbox.c.told_at.is_(None),
        outbox.c.purpose.is_not(None),
        outbox.c.created_at <= _BEFORE,
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

    def shut_at(self) -> datetime:
        """When it was shut last."""
        return next(change.set_at for change in self._settings.history(MARK, limit=2) if change.value is True)

    def unsaid(self, do: Callable[[], T]) -> T:
        """Do this as when the fence was shut; what it says counts as said, and is never sent."""
        with self._as(hushed=True, now=self.shut_at()):
            given = do()
        self._tx.connection.execute(_DROP, {"now": self._tx.now})
        return given

    def aloud(self, do: Callable[[], object]) -> None:
        """Say this all the same: it is about this moment."""
        with self._as(hushed=False, now=self._tx.now):
            do()

    @contextmanager
    def _as(self, *, hushed: bool, now: datetime) -> Iterator[None]:
        before = self._tx.hushed, self._tx.now
        self._tx.hushed, self._tx.now = hushed, now
        try:
            yield
        finally:
            self._tx.hushed, self._tx.now = before

    def drop(self) -> None:
        """Empty what is held, and end what waited elsewhere: copies of notices, and what was missed."""
        for statement in (_DROP, _FORGET):
            self._tx.connection.execute(statement, {"now": self._tx.now})
        for statement in (_END_COPIES, _END_CHANGES, _MISSED):
            self._tx.connection.execute(statement, {"now": self._tx.now, "shut": self.shut_at()})

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
