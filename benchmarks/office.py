"""An office with as many cases as wanted, on either engine.

One case is filed as the bot would; the others are copies of its rows, made by the engine itself.
"""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from domain.kinds import Kind
from domain.lifecycle import State
from domain.roles import Actor, Grant, Role
from storage.records import NewCase
from storage.tables.cases import case_codes, cases
from storage.tables.forms import forms
from storage.tables.types import Instant
from storage.work import Work

FIRST_CODE: Final = 100_000_000_000
OWN: Final = 500
"""Cases of the officer who asks for the own list, however many there are in all."""
WAITING: Final = 200
"""Cases that wait for a reviewer, however many were decided."""
SECOND: Final = 1_000
PROPOSAL: Final[dict[str, object]] = {
    "kind": "instalments",
    "special_rule": False,
    "creditor_kind": "ministry",
    "offence": False,
    "official_name": "زهرا احمدی",
    "official_post": "مدیرکل امور مالی",
    "letter_number": "۱۲۳/۴۵/ص",
    "letter_date": "2026-09-28",
    "letter_scan": 1,
    "debtor_kind": "natural",
    "debtor_name": "حسن یوسفی",
    "national_id": "0499370899",
    "debt_type": "overpaid_salary",
    "amount": 120_000_000,
    "instalments": 12,
    "interval_months": 1,
    "first_due": "2026-11-01",
}


@dataclass(frozen=True, slots=True)
class Office:
    """Who asks."""

    officer: Actor
    reviewer: Actor


def found(work: Work) -> Office:
    """An office with one case, the model of all others, filed by somebody else than the officer."""
    agency = work.people.add_agency("سازمان نمونه")
    officer, other, reviewer = (work.people.add(name) for name in ("سارا محمدی", "علی رضایی", "رضا کریمی"))
    form = work.forms.start("proposal", 1, "bale", 5, other.id, None, {"answers": {}})
    work.cases.add(
        NewCase(
            code=code_of(1),
            form_id=form.id,
            agency_id=agency.id,
            filed_by=other.id,
            kind=Kind.INSTALMENTS,
            state=State.AGREED,
            passcode_hash="argon2id",
            proposal=PROPOSAL,
            platform="bale",
            chat_id=5,
        )
    )
    return Office(
        Actor(officer.id, officer.name, frozenset({Grant(Role.OFFICER, agency.id)})),
        Actor(reviewer.id, reviewer.name, frozenset({Grant(Role.REVIEWER)})),
    )


def code_of(number: int) -> str:
    """The code of the case with this number: 12 digits."""
    return str(FIRST_CODE + number)


def multiply(url: str, office: Office, size: int) -> None:
    """Copy the model until there are `size` cases, with their codes and forms."""
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    number = sa.literal(2, sa.BigInteger).label("number")
    numbers = sa.select(number).cte("numbers", recursive=True)
    numbers = numbers.union_all(sa.select(numbers.c.number + 1).where(numbers.c.number < size))
    n = numbers.c.number
    code = sa.cast(n + FIRST_CODE, sa.Text)
    own = sa.case((n % max(1, size // OWN) == 0, office.officer.person_id), else_=cases.c.filed_by)
    state = sa.case((n % max(1, size // WAITING) == 0, State.SUBMITTED.value), else_=cases.c.state)
    later = {
        column.name: sa.type_coerce(column, sa.BigInteger) + n * SECOND
        for column in cases.c
        if isinstance(column.type, Instant) and not column.nullable
    }
    mine = {"id": n, "code": code, "form_id": n, "filed_by": own, "state": state}
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.execute(_copies(forms, numbers, {"id": n}))
        connection.execute(_copies(case_codes, numbers, {"code": code}))
        connection.execute(_copies(cases, numbers, {**later, **mine}))
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")  # as the server does by itself, sooner or later
    engine.dispose()


def _copies(table: sa.Table, numbers: sa.CTE, changed: dict[str, Any]) -> sa.Insert:
    columns = [sa.type_coerce(changed.get(column.name, column), sa.types.NullType()) for column in table.c]
    rows = sa.select(*columns).select_from(table.join(numbers, sa.true()))
    return sa.insert(table).from_select([column.name for column in table.c], rows)
