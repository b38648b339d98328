"""One-time codes by which a person brings a second messenger under the same name."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update

from storage.records import LinkCode
from storage.tables.people import link_codes
from storage.transaction import Transaction

_ADD: Final = insert(link_codes)
_GET: Final = select(link_codes).where(link_codes.c.token_hash == bindparam("token"))
_USE: Final = (
    update(link_codes)
    .where(
        link_codes.c.token_hash == bindparam("token"),
        link_codes.c.used_at.is_(None),
        link_codes.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"))
)
_DROP_CODE: Final = delete(link_codes).where(link_codes.c.token_hash == bindparam("token"))
_DROP: Final = delete(link_codes).where(link_codes.c.person_id == bindparam("person"))


class Links:
    """A person has one code at a time, known by its digest alone."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def offer(self, token_hash: str, person_id: int, expires_at: datetime) -> None:
        """Make this the person's code; an earlier one opens nothing any more."""
        self.withdraw(person_id)
        values = {
            "token_hash": token_hash,
            "person_id": person_id,
            "made_at": self._tx.now,
            "expires_at": expires_at,
        }
        self._tx.connection.execute(_ADD, values)

    def get(self, token_hash: str) -> LinkCode | None:
        """The code with this digest, used or expired or good, or None."""
        found = self._tx.connection.execute(_GET, {"token": token_hash}).first()
        return None if found is None else LinkCode(found.person_id, found.expires_at, found.used_at)

    def use(self, token_hash: str) -> bool:
        """Use the code up; False if it is unknown, used or expired."""
        return self._tx.connection.execute(_USE, {"token": token_hash, "now": self._tx.now}).rowcount == 1

    def withdraw_code(self, token_hash: str) -> None:
        """This very code opens nothing any more; another of the same person does."""
        self._tx.connection.execute(_DROP_CODE, {"token": token_hash})

    def withdraw(self, person_id: int) -> None:
        """This person's code opens nothing any more."""
        self._tx.connection.execute(_DROP, {"person": person_id})
