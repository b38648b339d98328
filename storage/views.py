"""Who may see a case's details for a while, having given the form's passcode."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from domain.audit import Deed
from storage.audit import note
from storage.records import View
from storage.tables.cases import views
from storage.transaction import Transaction

_THIS: Final = (
    views.c.case_id == bindparam("case"),
    views.c.platform == bindparam("at"),
    views.c.chat_id == bindparam("to"),
)
_GRANT = insert(views)
_GRANT_ROW: Final = _GRANT.on_conflict_do_update(
    index_elements=[views.c.case_id, views.c.platform, views.c.chat_id],
    set_={"until": _GRANT.excluded.until},
)
_ACTIVE: Final = select(views.c.case_id).where(*_THIS, views.c.until > bindparam("now"))
_EXPIRED: Final = select(views).where(views.c.until <= bindparam("now")).order_by(views.c.until)
_DROP: Final = delete(views).where(*_THIS)


class Views:
    """One view for each case and chat."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def grant(self, case_id: int, platform: str, chat_id: int, until: datetime) -> None:
        """Let this chat see the case until this moment, in place of what it was let before."""
        values = {"case_id": case_id, "platform": platform, "chat_id": chat_id, "until": until}
        self._tx.connection.execute(_GRANT_ROW, values)
        note(self._tx, Deed.CASE_UNLOCKED, about=f"case:{case_id}", platform=platform)

    def active(self, case_id: int, platform: str, chat_id: int) -> bool:
        """Whether this chat may see the case now."""
        values = {"case": case_id, "at": platform, "to": chat_id, "now": self._tx.now}
        return self._tx.connection.execute(_ACTIVE, values).first() is not None

    def expired(self, now: datetime) -> tuple[View, ...]:
        """The views that are over at this moment, the longest over first."""
        found = self._tx.connection.execute(_EXPIRED, {"now": now})
        return tuple(View(row.case_id, row.platform, row.chat_id, row.until) for row in found)

    def drop(self, case_id: int, platform: str, chat_id: int) -> None:
        """End this view."""
        self._tx.connection.execute(_DROP, {"case": case_id, "at": platform, "to": chat_id})
