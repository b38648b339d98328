"""A small office to test with: an agency, an officer, and forms that become cases."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import text

from domain.kinds import Kind
from domain.lifecycle import State
from domain.roles import Role
from storage.records import Case, NewCase
from storage.work import Work


@dataclass(frozen=True)
class Office:
    """Who files for whom, and who reviews."""

    agency_id: int
    officer: int
    reviewer: int


def found_office(work: Work) -> Office:
    """An agency with an officer, and a reviewer."""
    agency = work.people.add_agency("دانشگاه تبریز")
    officer, reviewer = work.people.add("زهرا احمدی"), work.people.add("رضا کریمی")
    work.people.grant(officer.id, Role.OFFICER, agency.id, None)
    work.people.grant(reviewer.id, Role.REVIEWER, None, officer.id)
    return Office(agency.id, officer.id, reviewer.id)


def new_form(work: Work, office: Office) -> int:
    """An open form of the officer's."""
    return work.forms.start("proposal", 1, "bale", 5, office.officer, None, {"answers": {}}).id


def filed(work: Work, office: Office, code: str, state: State = State.SUBMITTED) -> Case:
    """A case with this code."""
    return work.cases.add(new_case(office, new_form(work, office), code, state))


def new_case(office: Office, form_id: int, code: str, state: State = State.SUBMITTED) -> NewCase:
    """A case to be filed."""
    return NewCase(
        code=code,
        form_id=form_id,
        agency_id=office.agency_id,
        filed_by=office.officer,
        kind=Kind.INSTALMENTS,
        state=state,
        passcode_hash="argon2id",
        proposal={"amount": 1_000_000, "debtor": "علی"},
        platform="bale",
        chat_id=5,
    )


def damage(table: str, column: str) -> Callable[[Work], None]:
    """A unit that spoils what is sealed in this column, as a failing disk would."""
    spoil = text(f"UPDATE {table} SET {column} = :spoilt")  # noqa: S608 - the names are the tests' own

    def unit(work: Work) -> None:
        work._transaction.connection.execute(spoil, {"spoilt": b"spoilt" * 8})  # noqa: SLF001 - no part does this

    return unit
