"""Which chats follow which case by its tracking code."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables.cases import followers
from storage.transaction import Transaction

_OF_CASE: Final = followers.c.case_id == bindparam("case")
_OF_CHAT: Final = (followers.c.platform == bindparam("at"), followers.c.chat_id == bindparam("to"))

_ADD: Final = insert(followers).on_conflict_do_nothing()
_DROP: Final = delete(followers).where(_OF_CASE, *_OF_CHAT)
_DROP_ALL: Final = delete(followers).where(_OF_CASE)
_HOLDS: Final = select(followers.c.case_id).where(_OF_CASE, *_OF_CHAT)
_CHATS: Final = (
    select(followers.c.platform, followers.c.chat_id)
    .where(_OF_CASE)
    .order_by(followers.c.since, followers.c.platform, followers.c.chat_id)
)
_COUNT: Final = select(func.count()).select_from(followers).where(_OF_CASE)
_CASES: Final = (
    select(followers.c.case_id)
    .where(*_OF_CHAT)
    .order_by(followers.c.since.desc(), followers.c.case_id.desc())
)


class Followers:
    """One row for each case and chat."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def add(self, case_id: int, platform: str, chat_id: int, since: datetime) -> None:
        """Let this chat follow the case; doing so again changes nothing."""
        values = {"case_id": case_id, "platform": platform, "chat_id": chat_id, "since": since}
        self._tx.connection.execute(_ADD, values)

    def drop(self, case_id: int, platform: str, chat_id: int) -> bool:
        """End it; whether this chat followed the case."""
        values = {"case": case_id, "at": platform, "to": chat_id}
        return self._tx.connection.execute(_DROP, values).rowcount > 0

    def drop_all(self, case_id: int) -> int:
        """End it for everybody; how many followed the case."""
        return self._tx.connection.execute(_DROP_ALL, {"case": case_id}).rowcount

    def follows(self, case_id: int, platform: str, chat_id: int) -> bool:
        """Whether this chat follows the case."""
        values = {"case": case_id, "at": platform, "to": chat_id}
        return self._tx.connection.execute(_HOLDS, values).first() is not None

    def of_case(self, case_id: int) -> tuple[tuple[str, int], ...]:
        """The (platform, chat id) that follow this case, the first to do so first."""
        found = self._tx.connection.execute(_CHATS, {"case": case_id})
        return tuple((row.platform, row.chat_id) for row in found)

    def count(self, case_id: int) -> int:
        """How many chats follow this case."""
        count: int = self._tx.connection.execute(_COUNT, {"case": case_id}).scalar_one()
        return count

    def of_chat(self, platform: str, chat_id: int) -> tuple[int, ...]:
        """The numbers of the cases that this chat follows, the last begun first."""
        return tuple(self._tx.connection.scalars(_CASES, {"at": platform, "to": chat_id}))
