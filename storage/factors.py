"""Second factors, and who has signed where; the resets stand in `storage.resets`."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.records.factors import Factor, FactorKind, FactorSetup, Signing
from storage.resets import Resets
from storage.tables.factors import factor_setups, factors, signings, unsigned_forms
from storage.tables.types import milliseconds

_OF_FACTOR: Final = "factors"
_OF_SETUP: Final = "factor_setups"

_GET: Final = select(factors).where(factors.c.person_id == bindparam("person"))
_PUT = insert(factors)
_PUT_ROW: Final = _PUT.on_conflict_do_update(
    index_elements=[factors.c.person_id],
    set_={name: _PUT.excluded[name] for name in ("kind", "secret", "pin", "last_step", "since", "dead_at")},
)
_DROP: Final = delete(factors).where(factors.c.person_id == bindparam("person"))
_TAKE: Final = (
    update(factors)
    .where(factors.c.person_id == bindparam("person"), factors.c.last_step < bindparam("step"))
    .values(last_step=bindparam("step"))
)
_KILL: Final = (
    update(factors).where(factors.c.person_id == bindparam("person")).values(dead_at=bindparam("now"))
)

_SETUP: Final = select(factor_setups).where(factor_setups.c.person_id == bindparam("person"))
_BEGIN = insert(factor_setups)
_BEGIN_ROW: Final = _BEGIN.on_conflict_do_update(
    index_elements=[factor_setups.c.person_id],
    set_={
        name: _BEGIN.excluded[name]
        for name in ("platform", "chat_id", "kind", "secret", "pin", "reset_id", "begun_at")
    },
)
_END: Final = delete(factor_setups).where(factor_setups.c.person_id == bindparam("person"))
_OVER: Final = (
    select(factor_setups)
    .where(factor_setups.c.begun_at <= bindparam("before"))
    .order_by(factor_setups.c.begun_at)
    .limit(bindparam("most"))
)

_HERE: Final = (signings.c.platform == bindparam("at"), signings.c.chat_id == bindparam("to"))
_SIGNING: Final = select(signings).where(*_HERE)
_SIGN = insert(signings)
_SIGN_ROW: Final = _SIGN.on_conflict_do_update(
    index_elements=[signings.c.platform, signings.c.chat_id],
    set_={name: _SIGN.excluded[name] for name in ("person_id", "signed_at", "action", "asked_at")},
)
_UNSIGN: Final = update(signings).where(signings.c.person_id == bindparam("person")).values(signed_at=None)

_KEEP_FORM: Final = insert(unsigned_forms).on_conflict_do_nothing()
_SIGNED_FORM: Final = delete(unsigned_forms).where(unsigned_forms.c.form_id == bindparam("form"))
_OLD_FORMS: Final = (
    select(unsigned_forms.c.form_id)
    .where(unsigned_forms.c.since <= bindparam("before"))
    .order_by(unsigned_forms.c.since)
    .limit(bindparam("most"))
)


class Factors(Resets):
    """A person has one second factor, and makes one at a time; secrets are sealed, bound to their moment."""

    def get(self, person_id: int) -> Factor | None:
        """The person's second factor, dead or alive, or None."""
        found = self._tx.connection.execute(_GET, {"person": person_id}).first()
        return None if found is None else self._factor(found)

    def put(
        self, person_id: int, kind: FactorKind, *, secret: str = "", digest: str = "", last_step: int = 0
    ) -> None:
        """Make this the person's second factor, in place of the one before."""
        values = {
            "person_id": person_id,
            "kind": kind,
            "secret": self._sealed(_OF_FACTOR, "secret", secret, person_id),
            "pin": self._sealed(_OF_FACTOR, "pin", digest, person_id),
            "last_step": last_step,
            "since": self._tx.now,
            "dead_at": None,
        }
        self._tx.connection.execute(_PUT_ROW, values)

    def take_step(self, person_id: int, step: int) -> bool:
        """Use the code of this step up; False if it, or a later one, was used before."""
        return self._tx.connection.execute(_TAKE, {"person": person_id, "step": step}).rowcount == 1

    def kill(self, person_id: int) -> None:
        """The person's second factor opens nothing from now on."""
        self._tx.connection.execute(_KILL, {"person": person_id, "now": self._tx.now})

    def drop(self, person_id: int) -> None:
        """The person has no second factor any more."""
        self._tx.connection.execute(_DROP, {"person": person_id})

    # One that is being made

    def setup(self, person_id: int) -> FactorSetup | None:
        """What this person is making, or None."""
        found = self._tx.connection.execute(_SETUP, {"person": person_id}).first()
        return None if found is None else self._setup(found)

    def begin(
        self,
        person_id: int,
        place: tuple[str, int],
        kind: FactorKind | None = None,
        *,
        secret: str = "",
        digest: str = "",
        reset_id: int | None = None,
    ) -> None:
        """Make this what the person is making, from now on."""
        values = {
            "person_id": person_id,
            "platform": place[0],
            "chat_id": place[1],
            "kind": kind,
            "secret": self._sealed(_OF_SETUP, "secret", secret, person_id),
            "pin": self._sealed(_OF_SETUP, "pin", digest, person_id),
            "reset_id": reset_id,
            "begun_at": self._tx.now,
        }
        self._tx.connection.execute(_BEGIN_ROW, values)

    def end_setup(self, person_id: int) -> None:
        """The person makes none any more."""
        self._tx.connection.execute(_END, {"person": person_id})

    def setups_before(self, moment: datetime, *, limit: int) -> tuple[FactorSetup, ...]:
        """Those begun at this moment or earlier, the oldest first."""
        found = self._tx.connection.execute(_OVER, {"before": moment, "most": limit})
        return tuple(map(self._setup, found))

    # Who has signed where

    def signing(self, platform: str, chat_id: int) -> Signing | None:
        """The last signature in this chat, and what waits for one."""
        found = self._tx.connection.execute(_SIGNING, {"at": platform, "to": chat_id}).first()
        return (
            None if found is None else Signing(found.person_id, found.signed_at, found.action, found.asked_at)
        )

    def note_signing(self, platform: str, chat_id: int, signing: Signing) -> None:
        """Keep this in place of what was kept of the chat."""
        values = {
            "platform": platform,
            "chat_id": chat_id,
            "person_id": signing.person_id,
            "signed_at": signing.signed_at,
            "action": signing.action,
            "asked_at": signing.asked_at,
        }
        self._tx.connection.execute(_SIGN_ROW, values)

    def unsign(self, person_id: int) -> None:
        """Whatever this person does next has to be signed, in every chat."""
        self._tx.connection.execute(_UNSIGN, {"person": person_id})

    def keep_unsigned(self, form_id: int) -> None:
        """This form is filled in and waits to be signed."""
        self._tx.connection.execute(_KEEP_FORM, {"form_id": form_id, "since": self._tx.now})

    def end_unsigned(self, form_id: int) -> bool:
        """This form does not wait any more; whether it did."""
        return self._tx.connection.execute(_SIGNED_FORM, {"form": form_id}).rowcount == 1

    def unsigned_before(self, moment: datetime, *, limit: int) -> tuple[int, ...]:
        """The numbers of the forms that have waited since this moment or longer."""
        found = self._tx.connection.execute(_OLD_FORMS, {"before": moment, "most": limit})
        return tuple(found.scalars())

    def _sealed(self, table: str, column: str, secret: str, person_id: int) -> bytes | None:
        place = (person_id, milliseconds(self._tx.now))
        return self._tx.vault.seal(f"{table}.{column}", secret, place) if secret else None

    def _opened(self, table: str, column: str, found: Row[Any], since: datetime) -> str:
        sealed, place = getattr(found, column), (found.person_id, milliseconds(since))
        return str(self._tx.vault.open(f"{table}.{column}", sealed, place)) if sealed else ""

    def _factor(self, found: Row[Any]) -> Factor:
        return Factor(
            person_id=found.person_id,
            kind=found.kind,
            secret=self._opened(_OF_FACTOR, "secret", found, found.since),
            digest=self._opened(_OF_FACTOR, "pin", found, found.since),
            last_step=found.last_step,
            since=found.since,
            dead_at=found.dead_at,
        )

    def _setup(self, found: Row[Any]) -> FactorSetup:
        return FactorSetup(
            person_id=found.person_id,
            platform=found.platform,
            chat_id=found.chat_id,
            kind=found.kind,
            secret=self._opened(_OF_SETUP, "secret", found, found.begun_at),
            digest=self._opened(_OF_SETUP, "pin", found, found.begun_at),
            reset_id=found.reset_id,
            begun_at=found.begun_at,
        )
