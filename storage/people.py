"""Who the office knows: persons, the roles they hold, their accounts, agencies and invitations."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Row,
    Select,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    literal_column,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from domain.audit import Deed
from domain.roles import NEVER_STANDS_IN, STOOD_IN_FOR, Grant, Role
from persian.text import in_order
from storage.audit import in_letters, note, told
from storage.chats import Chats
from storage.records import Account, Agency, Chat, Invitation, Person
from storage.records.standing import TOKEN_CHARACTERS
from storage.tables.messages import chats
from storage.tables.people import accounts, agencies, former_accounts, grants, invitations, people
from storage.tables.staffing import substitutions
from storage.transaction import Transaction
from storage.vault import Vault

_NAME: Final = "people.name"
_INVITED_NAME: Final = "invitations.name"


def _lends(which: FromClause, away: FromClause) -> ColumnElement[bool]:
    """Whether somebody stands in at the bound moment; what an admin may not do, no substitute may.

    Whoever stands in is asked of at every read as well: without an own role that acts nothing is lent.
    One that was ended before its time lends nothing, not even for a moment before that.
    """
    return and_(
        which.c.ended_by.is_(None),
        which.c.begins_at <= bindparam("moment"),
        which.c.ends_at > bindparam("moment"),
        away.c.id == which.c.person_id,
        away.c.active,
        ~_holds_one(away.c.id, {Role.ADMIN}),
        _holds_one(which.c.substitute_id, STOOD_IN_FOR),
        ~_holds_one(which.c.substitute_id, NEVER_STANDS_IN),
    )


def _holds_one(person: ColumnElement[int], roles: Collection[Role]) -> ColumnElement[bool]:
    own = grants.alias()
    return exists().where(own.c.person_id == person, _is_one(own, roles))


def _is_one(held: FromClause, roles: Collection[Role]) -> ColumnElement[bool]:
    # Not IN: its parameters would have to be worked out anew at every run.
    return or_(*(held.c.role == role for role in sorted(roles)))


def _stands_in_for_one_with(role: ColumnElement[Any]) -> ColumnElement[bool]:
    which, away, held = substitutions.alias(), people.alias(), grants.alias()
    lent = and_(held.c.person_id == away.c.id, _is_one(held, STOOD_IN_FOR), held.c.role == role)
    return people.c.id.in_(select(which.c.substitute_id).where(_lends(which, away), lent))


_held, _away, _lent = grants.alias("held"), people.alias("away"), grants.alias("lent")
_NAMED: Final = (people.c.id.label("id"), people.c.name, people.c.active)
_OWN: Final = select(
    *_NAMED, grants.c.role, grants.c.agency_id, cast(null(), BigInteger).label("for_person")
).outerjoin(grants, grants.c.person_id == people.c.id)
_STANDS_IN: Final = (
    select(*_NAMED, _lent.c.role, _lent.c.agency_id, substitutions.c.person_id.label("for_person"))
    .join(substitutions, substitutions.c.substitute_id == people.c.id)
    .join(_away, _lends(substitutions, _away))
    .join(_lent, and_(_lent.c.person_id == _away.c.id, _is_one(_lent, STOOD_IN_FOR)))
)


def _persons_where(*which: ColumnElement[bool], by_account: bool = False) -> CompoundSelect[Any]:
    """Persons with the roles of their own, and those of whom they stand in for at the bound moment."""
    own, others = _OWN, _STANDS_IN
    if by_account:
        own = own.join(accounts, accounts.c.person_id == people.c.id)
        others = others.join(accounts, accounts.c.person_id == people.c.id)
    return union_all(own.where(*which), others.where(*which)).order_by(literal_column("1"))


_BY_ACCOUNT: Final = _persons_where(
    accounts.c.platform == bindparam("at"), accounts.c.user_id == bindparam("user"), by_account=True
)
_BY_ID: Final = _persons_where(people.c.id == bindparam("person"))
_ALL: Final = _persons_where()
_WITH_ROLE: Final = _persons_where(
    people.c.active,
    or_(
        exists().where(_held.c.person_id == people.c.id, _held.c.role == bindparam("wanted")),
        _stands_in_for_one_with(bindparam("wanted")),
    ),
)

_ADD: Final = insert(people).returning(people.c.id)
_ACTIVATE: Final = (
    update(people).where(people.c.id == bindparam("person")).values(active=bindparam("is_active"))
)
_RENAME: Final = update(people).where(people.c.id == bindparam("person")).values(name=bindparam("called"))
_BIND = insert(accounts)
_BIND_ROW: Final = _BIND.on_conflict_do_update(
    index_elements=[accounts.c.platform, accounts.c.user_id],
    set_={"person_id": _BIND.excluded.person_id, "since": _BIND.excluded.since},
)
_TELL_CHATS: Final = (
    update(chats)
    .where(chats.c.platform == bindparam("at"), chats.c.user_id == bindparam("user"))
    .values(person_id=bindparam("person"))
)
_UNBIND: Final = delete(accounts).where(
    accounts.c.platform == bindparam("at"),
    accounts.c.user_id == bindparam("user"),
    accounts.c.person_id == bindparam("person"),
)
_LEFT_BEHIND: Final = insert(former_accounts)
_LEAVE_BEHIND: Final = _LEFT_BEHIND.on_conflict_do_update(
    index_elements=[former_accounts.c.platform, former_accounts.c.user_id, former_accounts.c.person_id],
    set_={"until": _LEFT_BEHIND.excluded.until},
)
_FORMER: Final = (
    select(former_accounts.c.person_id)
    .where(former_accounts.c.platform == bindparam("at"), former_accounts.c.user_id == bindparam("user"))
    .order_by(former_accounts.c.until.desc(), former_accounts.c.person_id)
)
# What was being answered there belongs to the person, not to the chat.
_EMPTY_CHATS: Final = (
    update(chats)
    .where(chats.c.platform == bindparam("at"), chats.c.user_id == bindparam("user"))
    .values(person_id=None, form_id=None, shown=None, screen=chats.c.screen + 1)
)
_ACCOUNTS: Final = (
    select(accounts.c.platform, accounts.c.user_id, accounts.c.since)
    .where(accounts.c.person_id == bindparam("person"))
    .order_by(accounts.c.since, accounts.c.platform, accounts.c.user_id)
)
_HOLD: Final = select(people.c.id).where(people.c.id == bindparam("person")).with_for_update()
# In one order for all, so that two who hold the same rows never wait for each other.
_HOLD_ROLE: Final = (
    select(grants.c.id).where(grants.c.role == bindparam("which")).order_by(grants.c.id).with_for_update()
)
_GRANT: Final = insert(grants).on_conflict_do_nothing()
_REVOKE: Final = delete(grants).where(
    grants.c.person_id == bindparam("person"),
    grants.c.role == bindparam("which"),
    grants.c.agency_id.is_not_distinct_from(bindparam("agency")),
)

_AGENCIES: Final = select(agencies).order_by(agencies.c.id)
_AGENCY: Final = select(agencies).where(agencies.c.id == bindparam("agency"))
_AGENCY_NAMED: Final = select(agencies).where(agencies.c.name == bindparam("called"))
_ADD_AGENCY: Final = (
    insert(agencies).on_conflict_do_nothing(index_elements=[agencies.c.name]).returning(agencies.c.id)
)

_INVITE: Final = insert(invitations)
_INVITATION: Final = select(invitations).where(invitations.c.token_hash == bindparam("token"))
_USE: Final = (
    update(invitations)
    .where(
        invitations.c.token_hash == bindparam("token"),
        invitations.c.used_at.is_(None),
        invitations.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"), used_by=bindparam("person"))
)


def account_mark(vault: Vault, platform: str, user_id: int) -> str:
    """What the audit keeps of an account: 64 bits of a keyed digest, in letters."""
    return in_letters(vault.digest("account", f"{platform}:{user_id}"))


class People:
    """Persons are never erased; a person without roles, or not active, may do what anyone may."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def by_account(self, platform: str, user_id: int) -> Person | None:
        """The person bound to this account, active or not, or None."""
        return self._one(_BY_ACCOUNT, {"at": platform, "user": user_id, "moment": self._tx.now})

    def get(self, person_id: int, *, at: datetime | None = None) -> Person | None:
        """The person with this number, or None; standing in for whom they did at that moment (now)."""
        return self._one(_BY_ID, {"person": person_id, "moment": at or self._tx.now})

    def all(self) -> tuple[Person, ...]:
        """Everybody, by number."""
        return _persons(self._tx.vault, self._tx.connection.execute(_ALL, {"moment": self._tx.now}))

    def with_role(self, role: Role) -> tuple[Person, ...]:
        """The active persons who hold this role or stand in for somebody who does, by number."""
        values = {"wanted": role, "moment": self._tx.now}
        return _persons(self._tx.vault, self._tx.connection.execute(_WITH_ROLE, values))

    def add(self, name: str) -> Person:
        """A new person, active and without roles."""
        row_id: int = self._tx.connection.execute(_ADD, {"name": b"", "active": True}).scalar_one()
        self._call(row_id, name)
        return Person(row_id, name, active=True)

    def set_active(self, person_id: int, *, active: bool) -> None:
        """Let this person act, or no longer."""
        self._tx.connection.execute(_ACTIVATE, {"person": person_id, "is_active": active})
        note(self._tx, Deed.PERSON, about=f"person:{person_id}", step="active", on=active)

    def rename(self, person_id: int, name: str) -> None:
        """The person is called so from now on."""
        self._call(person_id, name)
        note(self._tx, Deed.PERSON, about=f"person:{person_id}", step="rename")

    def bind(self, platform: str, user_id: int, person_id: int) -> None:
        """This account is this person's from now on, whosever it was."""
        values = {"platform": platform, "user_id": user_id, "person_id": person_id, "since": self._tx.now}
        self._tx.connection.execute(_BIND_ROW, values)
        self._tx.connection.execute(_TELL_CHATS, {"at": platform, "user": user_id, "person": person_id})
        whose = account_mark(self._tx.vault, platform, user_id)
        note(self._tx, Deed.LINKED, about=f"person:{person_id}", platform=platform, mark=whose)

    def unbind(self, platform: str, user_id: int, person_id: int) -> bool:
        """This account is this person's no more, and nothing of the person's stays open in its chat.

        Returns:
            Whether it was.
        """
        values = {"at": platform, "user": user_id, "person": person_id}
        if self._tx.connection.execute(_UNBIND, values).rowcount != 1:
            return False
        self._tx.connection.execute(_EMPTY_CHATS, {"at": platform, "user": user_id})
        was = {"platform": platform, "user_id": user_id, "person_id": person_id, "until": self._tx.now}
        self._tx.connection.execute(_LEAVE_BEHIND, was)
        whose = account_mark(self._tx.vault, platform, user_id)
        note(self._tx, Deed.UNLINKED, about=f"person:{person_id}", platform=platform, mark=whose)
        return True

    def formerly(self, platform: str, user_id: int) -> tuple[int, ...]:
        """Whose this account was until it was cut off, the last one first."""
        found = self._tx.connection.execute(_FORMER, {"at": platform, "user": user_id})
        return tuple(found.scalars())

    def accounts_of(self, person_id: int) -> tuple[Account, ...]:
        """The accounts of this person, the first bound first."""
        seen = {(chat.platform, chat.user_id): chat for chat in reversed(self.chats_of(person_id))}
        rows = self._tx.connection.execute(_ACCOUNTS, {"person": person_id})
        return tuple(_account(row, seen.get((row.platform, row.user_id))) for row in rows)

    def hold(self, person_id: int) -> None:
        """Hold this person's row until the unit ends: what others want to change of the person waits."""
        self._tx.connection.execute(_HOLD, {"person": person_id}).all()

    def hold_role(self, role: Role) -> None:
        """Hold everybody's grants of this role until the unit ends."""
        self._tx.connection.execute(_HOLD_ROLE, {"which": role}).all()

    def chats_of(self, person_id: int) -> tuple[Chat, ...]:
        """Where this person is reached: the chats of all accounts bound, the last seen first."""
        return Chats(self._tx).of_person(person_id)

    def grant(self, person_id: int, role: Role, agency_id: int | None, by: int | None) -> None:
        """Give this role; giving it again changes nothing.

        Args:
            person_id: to whom.
            role: which.
            agency_id: for which agency; officers only.
            by: who gives it, or None for the command line.
        """
        values = {
            "person_id": person_id,
            "role": role,
            "agency_id": agency_id,
            "granted_by": by,
            "granted_at": self._tx.now,
        }
        self._tx.connection.execute(_GRANT, values)
        note(self._tx, Deed.GRANTED, by=by, about=f"person:{person_id}", given=role, agency=agency_id)

    def revoke(self, person_id: int, role: Role, agency_id: int | None) -> bool:
        """Take this role away; returns whether it was held."""
        values = {"person": person_id, "which": role, "agency": agency_id}
        taken = self._tx.connection.execute(_REVOKE, values).rowcount > 0
        if taken:
            note(self._tx, Deed.REVOKED, about=f"person:{person_id}", taken=role, agency=agency_id)
        return taken

    def agency(self, agency_id: int) -> Agency | None:
        """The agency with this number, or None."""
        return self._agency(_AGENCY, {"agency": agency_id})

    def agency_named(self, name: str) -> Agency | None:
        """The agency with exactly this name, or None."""
        return self._agency(_AGENCY_NAMED, {"called": name})

    def add_agency(self, name: str) -> Agency:
        """The agency with this name, made if new."""
        values = {"name": name, "active": True}
        made = self._tx.connection.execute(_ADD_AGENCY, values).scalar_one_or_none()
        if made is not None:
            note(self._tx, Deed.AGENCY, about=f"agency:{made}", step="add")
            return Agency(made, name, active=True)
        return _agency(self._tx.connection.execute(_AGENCY_NAMED, {"called": name}).one())

    def agencies(self) -> tuple[Agency, ...]:
        """All agencies, by name in the order of the Persian alphabet, which neither engine keeps."""
        found = map(_agency, self._tx.connection.execute(_AGENCIES))
        return tuple(sorted(found, key=lambda agency: in_order(agency.name)))

    def invite(  # noqa: PLR0917 - in the order of the columns, which callers follow
        self,
        token_hash: str,
        role: Role,
        agency_id: int | None,
        name: str,
        by: int | None,
        expires_at: datetime,
    ) -> None:
        """Offer a role to whoever brings the token, under this name; `by` is None for the command line."""
        values = {
            "token_hash": token_hash,
            "role": role,
            "agency_id": agency_id,
            "name": self._tx.vault.seal(_INVITED_NAME, name, token_hash),
            "made_by": by,
            "made_at": self._tx.now,
            "expires_at": expires_at,
        }
        self._tx.connection.execute(_INVITE, values)
        note(self._tx, Deed.INVITED, by=by, about=_invited(token_hash), given=role, agency=agency_id)

    def invitation(self, token_hash: str) -> Invitation | None:
        """The invitation with this digest, used or expired or good, or None.

        One whose role, agency or maker is not what the audit says was offered is none.
        """
        found = self._tx.connection.execute(_INVITATION, {"token": token_hash}).first()
        if found is None or not self._was_offered(found):
            return None
        return _invitation(self._tx.vault, found)

    def _was_offered(self, found: Row[Any]) -> bool:
        offered = (found.role, found.agency_id, found.made_by)
        notes = told(self._tx, Deed.INVITED, _invited(found.token_hash))
        return [(one.codes["given"], one.codes.get("agency"), one.person) for one in notes] == [offered]

    def use_invitation(self, token_hash: str, person_id: int) -> bool:
        """Use the invitation up; False if it is unknown, used or expired."""
        values = {"token": token_hash, "person": person_id, "now": self._tx.now}
        used = self._tx.connection.execute(_USE, values).rowcount == 1
        if used:
            note(self._tx, Deed.INVITATION_USED, by=person_id, about=_invited(token_hash))
        return used

    def _call(self, person_id: int, name: str) -> None:
        sealed = self._tx.vault.seal(_NAME, name, person_id)
        self._tx.connection.execute(_RENAME, {"person": person_id, "called": sealed})

    def _one(self, query: CompoundSelect[Any], values: dict[str, object]) -> Person | None:
        return next(iter(_persons(self._tx.vault, self._tx.connection.execute(query, values))), None)

    def _agency(self, query: Select[Any], values: dict[str, object]) -> Agency | None:
        found = self._tx.connection.execute(query, values).first()
        return None if found is None else _agency(found)


def _persons(vault: Vault, rows: Iterable[Row[Any]]) -> tuple[Person, ...]:
    """One person from all the rows that carry the same number, a row for each grant."""
    by_person = (list(group) for _, group in groupby(rows, key=lambda row: row.id))
    return tuple(_person(vault, group) for group in by_person)


def _person(vault: Vault, rows: list[Row[Any]]) -> Person:
    held = frozenset(
        Grant(Role(row.role), row.agency_id, row.for_person) for row in rows if row.role is not None
    )
    first = rows[0]
    return Person(first.id, vault.open(_NAME, first.name, first.id), first.active, held)


def _account(found: Row[*tuple[Any, ...]], chat: Chat | None) -> Account:
    name, last_seen = (chat.name, chat.last_seen) if chat else ("", None)
    return Account(found.platform, found.user_id, name, found.since, last_seen)


def _agency(found: Row[Any]) -> Agency:
    return Agency(found.id, found.name, found.active, found.cosign)


def _invitation(vault: Vault, found: Row[Any]) -> Invitation:
    return Invitation(
        token_hash=found.token_hash,
        role=Role(found.role),
        agency_id=found.agency_id,
        name=vault.open(_INVITED_NAME, found.name, found.token_hash),
        made_by=found.made_by,
        made_at=found.made_at,
        expires_at=found.expires_at,
        used_at=found.used_at,
        used_by=found.used_by,
    )


def _invited(token_hash: str) -> str:
    """What the audit calls an invitation: a few characters of its digest lead nobody to the token."""
    return f"invitation:{token_hash[:TOKEN_CHARACTERS]}"
