"""The private chats: who is at the other end, and what stands on the screen."""

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.records import Chat
from storage.tables.messages import chats
from storage.tables.people import accounts
from storage.transaction import Transaction

_NAME: Final = "chats.name"
_SHOWN: Final = "chats.shown"
_THIS: Final = (chats.c.platform == bindparam("at"), chats.c.chat_id == bindparam("to"))

_LOCK = insert(chats).values(
    platform=bindparam("at"),
    chat_id=bindparam("to"),
    user_id=bindparam("user"),
    name=bindparam("called"),
    person_id=select(accounts.c.person_id)
    .where(accounts.c.platform == bindparam("at"), accounts.c.user_id == bindparam("user"))
    .scalar_subquery(),
    screen=0,
    last_seen=bindparam("now"),
)
# The update locks the row until the unit ends, as SELECT … FOR UPDATE would, and creates it as well.
_LOCK_ROW: Final = _LOCK.on_conflict_do_update(
    index_elements=[chats.c.platform, chats.c.chat_id],
    set_={
        "user_id": _LOCK.excluded.user_id,
        "name": _LOCK.excluded.name,
        "person_id": _LOCK.excluded.person_id,
        "last_seen": _LOCK.excluded.last_seen,
    },
).returning(chats)
_REACHED: Final = update(chats).where(*_THIS).values(unreachable_at=None)
_SAVE: Final = (
    update(chats)
    .where(*_THIS)
    .values(
        form_id=bindparam("form"),
        screen=bindparam("serial"),
        shown=bindparam("buttons"),
        reshown_at=bindparam("again_at"),
        unreachable_at=bindparam("lost_at"),
    )
)
_GET: Final = select(chats).where(*_THIS)
_OF_PERSON: Final = (
    select(chats)
    .where(chats.c.person_id == bindparam("person"))
    .order_by(chats.c.last_seen.desc(), chats.c.platform)
)
_HOLD: Final = select(chats).where(*_THIS).with_for_update()
_WITH_OPEN_FORM: Final = (
    select(chats.c.platform, chats.c.chat_id)
    .where(chats.c.form_id.is_not(None))
    .order_by(chats.c.last_seen.desc(), chats.c.chat_id)
)


class Chats:
    """The chats of all platforms; one id on two platforms is two chats."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._as_stored: Chat | None = None

    def lock(self, platform: str, chat_id: int, *, user_id: int, name: str) -> Chat:
        """The chat, made if new, held by this unit until it ends.

        Being heard from, the chat is no longer unreachable, and `came_back` tells that it was; `person_id`
        follows the account's binding.
        """
        values = {
            "at": platform,
            "to": chat_id,
            "user": user_id,
            "called": self._tx.vault.seal(_NAME, name, (platform, chat_id)),
            "now": self._tx.now,
        }
        chat = self._as_stored = self._chat(self._tx.connection.execute(_LOCK_ROW, values).one())
        if chat.unreachable_at is None:
            return chat
        self._tx.connection.execute(_REACHED, {"at": platform, "to": chat_id})
        return replace(chat, unreachable_at=None, came_back=True)

    def save(self, chat: Chat) -> None:
        """Write the form, the screen, and the moments of this chat; the rest is written by `lock`."""
        if chat == self._as_stored:
            return
        self._as_stored = chat
        row = (chat.platform, chat.chat_id)
        values = {
            "at": chat.platform,
            "to": chat.chat_id,
            "form": chat.form_id,
            "serial": chat.screen,
            "buttons": None if chat.shown is None else self._tx.vault.seal(_SHOWN, chat.shown, row),
            "again_at": chat.reshown_at,
            "lost_at": chat.unreachable_at,
        }
        self._tx.connection.execute(_SAVE, values)

    def hold(self, platform: str, chat_id: int) -> Chat | None:
        """The chat, held by this unit until it ends though nothing was heard from it, or None."""
        found = self._tx.connection.execute(_HOLD, {"at": platform, "to": chat_id}).first()
        return None if found is None else self._chat(found)

    def get(self, platform: str, chat_id: int) -> Chat | None:
        """The chat as it stands, not held, or None."""
        found = self._tx.connection.execute(_GET, {"at": platform, "to": chat_id}).first()
        return None if found is None else self._chat(found)

    def of_person(self, person_id: int) -> tuple[Chat, ...]:
        """The chats of all accounts bound to this person, the last seen first."""
        return tuple(map(self._chat, self._tx.connection.execute(_OF_PERSON, {"person": person_id})))

    def with_open_form(self) -> tuple[tuple[str, int], ...]:
        """Every (platform, chat id) in which a form is being answered, the last seen first."""
        return tuple((platform, chat) for platform, chat in self._tx.connection.execute(_WITH_OPEN_FORM))

    def _chat(self, found: Row[Any]) -> Chat:
        vault, row = self._tx.vault, (found.platform, found.chat_id)
        return Chat(
            platform=found.platform,
            chat_id=found.chat_id,
            user_id=found.user_id,
            name=vault.open(_NAME, found.name, row),
            person_id=found.person_id,
            form_id=found.form_id,
            screen=found.screen,
            shown=None if found.shown is None else vault.open(_SHOWN, found.shown, row),
            last_seen=found.last_seen,
            reshown_at=found.reshown_at,
            unreachable_at=found.unreachable_at,
        )
