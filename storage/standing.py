"""What stands in the store, read in the words of the audit, so that the two can be compared."""

from itertools import groupby
from typing import Any, Final

from sqlalchemy import Column, Row, Select, Table, bindparam, func, select

from storage.people import account_mark
from storage.records.standing import (
    Armed,
    Bound,
    Held,
    InForce,
    Kind,
    Proposed,
    StandIn,
    Standing,
    Step,
    as_proposed,
)
from storage.settings import mark
from storage.tables.cases import case_events, cases
from storage.tables.complaints import complaint_events, complaints
from storage.tables.factors import factors
from storage.tables.office import office_settings
from storage.tables.people import accounts, grants, invitations
from storage.tables.staffing import proposals, substitutions
from storage.tables.types import milliseconds
from storage.transaction import Transaction

CHUNK: Final = 500
"""Cases or complaints compared at a time."""

_GRANTS: Final = select(grants).order_by(grants.c.id)
_newest: Final = select(func.max(office_settings.c.id)).group_by(office_settings.c.name)
_SETTINGS: Final = (
    select(office_settings).where(office_settings.c.id.in_(_newest)).order_by(office_settings.c.name)
)
_ACCOUNTS: Final = select(accounts).order_by(accounts.c.since, accounts.c.person_id)
_STAND_INS: Final = select(substitutions).order_by(substitutions.c.id)
_FACTORS: Final = select(factors.c.person_id, factors.c.kind, factors.c.since, factors.c.dead_at).order_by(
    factors.c.person_id
)
_PROPOSALS: Final = select(proposals).order_by(proposals.c.id)
_INVITATIONS: Final = select(
    invitations.c.token_hash, invitations.c.role, invitations.c.agency_id, invitations.c.made_by
)
_TABLES: Final[tuple[tuple[Kind, Table], ...]] = (("case", cases), ("complaint", complaints))
_HISTORIES: Final[tuple[tuple[Kind, Table, Column[int]], ...]] = (
    ("case", case_events, case_events.c.case_id),
    ("complaint", complaint_events, complaint_events.c.complaint_id),
)
_THINGS: Final[dict[Kind, Select[Any]]] = {
    kind: select(table.c.id, table.c.state, table.c.version)
    .where(table.c.id > bindparam("after"))
    .order_by(table.c.id)
    .limit(CHUNK)
    for kind, table in _TABLES
}
_STEPS: Final[dict[Kind, Select[Any]]] = {
    kind: select(
        whose.label("thing"),
        table.c.on_version,
        table.c.action,
        table.c.from_state,
        table.c.to_state,
        table.c.person_id,
    )
    .where(whose > bindparam("after"), whose <= bindparam("upto"))
    .order_by(whose, table.c.id)
    for kind, table, whose in _HISTORIES
}


class Stands:
    """Grants, accounts, second factors, proposals, settings, cases and complaints as they stand."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def grants(self) -> tuple[Held, ...]:
        """Every role that is held."""
        found = self._tx.connection.execute(_GRANTS)
        return tuple(Held(row.person_id, row.role, row.agency_id) for row in found)

    def accounts(self) -> tuple[Bound, ...]:
        """Every account that is somebody's, the first bound first."""
        return tuple(
            Bound(
                row.person_id,
                row.platform,
                account_mark(self._tx.vault, row.platform, row.user_id),
                row.since,
            )
            for row in self._tx.connection.execute(_ACCOUNTS)
        )

    def stand_ins(self) -> tuple[StandIn, ...]:
        """Every substitution there was, by number."""
        return tuple(
            StandIn(
                row.id,
                row.person_id,
                row.substitute_id,
                milliseconds(row.begins_at),
                milliseconds(row.ends_at),
            )
            for row in self._tx.connection.execute(_STAND_INS)
        )

    def factors(self) -> tuple[Armed, ...]:
        """Every second factor, by person."""
        found = self._tx.connection.execute(_FACTORS)
        return tuple(Armed(row.person_id, row.kind, row.since, row.dead_at is not None) for row in found)

    def proposals(self) -> dict[int, Proposed]:
        """Every proposal about a role, by number."""
        return {row.id: as_proposed(row) for row in self._tx.connection.execute(_PROPOSALS)}

    def invitations(self) -> tuple[Row[Any], ...]:
        """Every invitation there was, used or not."""
        return tuple(self._tx.connection.execute(_INVITATIONS))

    def settings(self) -> tuple[InForce, ...]:
        """What is in force of everything that was ever set."""
        return tuple(
            InForce(row.name, row.value, mark(self._tx.vault, row.name, row.value))
            for row in self._tx.connection.execute(_SETTINGS)
        )

    def after(self, kind: Kind, number: int) -> tuple[Standing, ...]:
        """The next cases or complaints behind this number, at most `CHUNK`, by number."""
        found = self._tx.connection.execute(_THINGS[kind], {"after": number}).all()
        if not found:
            return ()
        values = {"after": number, "upto": found[-1].id}
        rows = self._tx.connection.execute(_STEPS[kind], values)
        steps = {whose: tuple(map(_step, group)) for whose, group in groupby(rows, lambda row: row.thing)}
        return tuple(Standing(row.id, row.state, row.version, steps.get(row.id, ())) for row in found)


def _step(found: Any) -> Step:  # noqa: ANN401 - a row
    return Step(found.on_version, found.action, found.from_state, found.to_state, found.person_id)
