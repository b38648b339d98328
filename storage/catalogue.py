"""The catalogues that the office edits: nothing is overwritten, the newest wording is in force."""

from typing import Any, Final

from sqlalchemy import Row, Update, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.audit import Deed
from storage.audit import note
from storage.errors import Stale
from storage.records.catalogue import AgencyName, AgencySwitch, Official, Switched, Wording
from storage.tables.catalogue import agency_names, agency_officials, agency_switches, catalogue_entries
from storage.tables.people import agencies
from storage.transaction import Transaction
from storage.vault import Vault

_OFFICIAL_NAME: Final = "agency_officials.name"

_entries = catalogue_entries
_PUT: Final = insert(_entries).on_conflict_do_nothing().returning(_entries.c.id)
_ALL: Final = select(_entries).where(_entries.c.catalogue == bindparam("which")).order_by(_entries.c.id)
_ONE: Final = select(_entries).where(_entries.c.id == bindparam("row"))
_RENAME: Final = update(agencies).where(agencies.c.id == bindparam("agency")).values(name=bindparam("called"))
_THIS_AGENCY: Final = agencies.c.id == bindparam("agency")
_SWITCH: Final[dict[Switched, Update]] = {
    "offered": update(agencies)
    .where(_THIS_AGENCY, agencies.c.active != bindparam("on"))
    .values(active=bindparam("on")),
    "cosign": update(agencies)
    .where(_THIS_AGENCY, agencies.c.cosign != bindparam("on"))
    .values(cosign=bindparam("on")),
}
_SWITCHED: Final = insert(agency_switches)
_SWITCHES: Final = (
    select(agency_switches)
    .where(agency_switches.c.agency_id == bindparam("agency"))
    .order_by(agency_switches.c.id.desc())
)
_NAME: Final = insert(agency_names)
_NAMES: Final = (
    select(agency_names)
    .where(agency_names.c.agency_id == bindparam("agency"))
    .order_by(agency_names.c.id.desc())
)
_ADD_OFFICIAL: Final = insert(agency_officials).returning(agency_officials.c.id)
# Sealed for its row, whose number the engine counts.
_NAME_OFFICIAL: Final = (
    update(agency_officials).where(agency_officials.c.id == bindparam("row")).values(name=bindparam("called"))
)
_OFFICIALS: Final = (
    select(agency_officials)
    .where(agency_officials.c.agency_id == bindparam("agency"), agency_officials.c.ended_at.is_(None))
    .order_by(agency_officials.c.id)
)
_END_OFFICIAL: Final = (
    update(agency_officials)
    .where(agency_officials.c.id == bindparam("row"), agency_officials.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"), ended_by=bindparam("by"))
)


class Catalogues:
    """Wordings of debt types and reasons; names and authorised officials of agencies."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(
        self,
        catalogue: str,
        code: str,
        version: int,
        *,
        title: str,
        ground: str,
        offered: bool,
        by: int | None,
    ) -> int:
        """Write a wording; returns its row.

        Raises:
            Stale: somebody wrote this version meanwhile.
        """
        values = {
            "catalogue": catalogue,
            "code": code,
            "version": version,
            "title": title,
            "ground": ground,
            "offered": offered,
            "set_by": by,
            "set_at": self._tx.now,
        }
        row: int | None = self._tx.connection.execute(_PUT, values).scalar_one_or_none()
        if row is None:
            raise Stale("wording", version)
        note(self._tx, Deed.CATALOGUE, by=by, about=f"wording:{row}", version=version, offered=offered)
        return row

    def wordings(self, catalogue: str) -> tuple[Wording, ...]:
        """Every wording of a catalogue, in the order in which they were written."""
        return tuple(map(_wording, self._tx.connection.execute(_ALL, {"which": catalogue})))

    def wording(self, row: int) -> Wording | None:
        """The wording in this row, or None."""
        found = self._tx.connection.execute(_ONE, {"row": row}).first()
        return None if found is None else _wording(found)

    def rename(self, agency_id: int, name: str, by: int | None) -> None:
        """Give an agency another name."""
        self._tx.connection.execute(_RENAME, {"agency": agency_id, "called": name})
        values = {"agency_id": agency_id, "name": name, "set_by": by, "set_at": self._tx.now}
        self._tx.connection.execute(_NAME, values)
        note(self._tx, Deed.AGENCY, by=by, about=f"agency:{agency_id}", step="rename")

    def names(self, agency_id: int) -> tuple[AgencyName, ...]:
        """The names that an agency was given, the newest first; its first name is not among them."""
        found = self._tx.connection.execute(_NAMES, {"agency": agency_id})
        return tuple(AgencyName(row.name, row.set_by, row.set_at) for row in found)

    def switch(self, agency_id: int, what: Switched, *, on: bool, by: int | None) -> None:
        """Switch something of an agency; what stands so already is not written down again.

        Args:
            agency_id: which.
            what: whether it is offered where one is chosen, or needs its official's confirmation.
            on: from now on.
            by: who, or None for the command line.
        """
        if self._tx.connection.execute(_SWITCH[what], {"agency": agency_id, "on": on}).rowcount == 1:
            values = {"agency_id": agency_id, "what": what, "is_on": on, "set_by": by, "set_at": self._tx.now}
            self._tx.connection.execute(_SWITCHED, values)
            note(self._tx, Deed.AGENCY, by=by, about=f"agency:{agency_id}", step=what, on=on)

    def switches(self, agency_id: int) -> tuple[AgencySwitch, ...]:
        """What was switched of an agency, the newest first."""
        found = self._tx.connection.execute(_SWITCHES, {"agency": agency_id})
        return tuple(AgencySwitch(row.what, row.is_on, row.set_by, row.set_at) for row in found)

    def add_official(self, agency_id: int, name: str, post: str, by: int | None) -> int:
        """Note an authorised official; returns the row."""
        values = {"agency_id": agency_id, "name": b"", "post": post, "set_by": by, "set_at": self._tx.now}
        row: int = self._tx.connection.execute(_ADD_OFFICIAL, values).scalar_one()
        sealed = self._tx.vault.seal(_OFFICIAL_NAME, name, row)
        self._tx.connection.execute(_NAME_OFFICIAL, {"row": row, "called": sealed})
        note(self._tx, Deed.AGENCY, by=by, about=f"agency:{agency_id}", step="official", official=row)
        return row

    def officials(self, agency_id: int) -> tuple[Official, ...]:
        """The authorised officials of an agency, in the order in which they were noted."""
        found = self._tx.connection.execute(_OFFICIALS, {"agency": agency_id})
        return tuple(_official(self._tx.vault, row) for row in found)

    def end_official(self, row: int, by: int | None) -> bool:
        """Somebody is an authorised official no longer; whether they were."""
        values = {"row": row, "now": self._tx.now, "by": by}
        ended = self._tx.connection.execute(_END_OFFICIAL, values).rowcount == 1
        if ended:
            note(self._tx, Deed.AGENCY, by=by, about=f"official:{row}", step="end")
        return ended


def _official(vault: Vault, found: Row[Any]) -> Official:
    name = vault.open(_OFFICIAL_NAME, found.name, found.id)
    return Official(found.id, found.agency_id, name, found.post, found.set_by, found.set_at)


def _wording(found: Row[Any]) -> Wording:
    return Wording(
        id=found.id,
        catalogue=found.catalogue,
        code=found.code,
        version=found.version,
        title=found.title,
        ground=found.ground,
        offered=found.offered,
        set_by=found.set_by,
        set_at=found.set_at,
    )
