"""`python -m bot audit …`: what the keeper of the machine is told, and what the auditor is given."""

import asyncio
import csv
import json
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from domain.audit import Deed
from domain.roles import Role
from storage.engine import Store, vault_of
from storage.records.audit import AuditRow
from storage.work import Work


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store and a key, three rows in its audit."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    asyncio.run(_three(tmp_path))
    return tmp_path


async def _three(home: Path) -> None:
    url = f"sqlite:///{home / 'store.db'}"
    store = await Store.open(url, vault=await vault_of(url, home / "secret.key"))
    for number in range(1, 4):
        await store.run(partial(_note, about=f"case:{number}"))
    await store.close()


def _note(work: Work, about: str) -> None:
    work.audit.note(Deed.CASE, about=about, step="claim")


async def _rows(home: Path) -> tuple[AuditRow, ...]:
    url = f"sqlite:///{home / 'store.db'}"
    store = await Store.open(url, vault=await vault_of(url, home / "secret.key"), exclusive=False)
    rows = await store.run(lambda work: work.audit.after(0))
    await store.close()
    return rows


def audit(*words: str) -> Result:
    return CliRunner().invoke(cli, ["audit", *words])


def export(*words: str) -> Result:
    return CliRunner().invoke(cli, ["export", "audit", *words])


def tamper(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "store.db")) as connection, connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("DROP TRIGGER audit_no_delete")
        connection.execute(statement)


@pytest.mark.usefixtures("home")
def test_a_whole_audit_is_said_to_be_whole_and_its_anchor_is_taken() -> None:
    told = audit("verify")
    assert told.exit_code == 0
    assert "The audit is whole: 3 rows" in told.output
    assert "No anchor was given" in told.output
    anchor = next(word for word in told.output.split() if word.startswith("N3:")).rstrip(".")
    again = audit("verify", "--anchor", anchor)
    assert (again.exit_code, "No anchor" in again.output) == (0, False)


def test_a_changed_row_is_named_with_what_to_do_and_an_exit_of_1(home: Path) -> None:
    tamper(home, "UPDATE audit SET person = 1 WHERE number = 2")
    told = audit("verify")
    assert told.exit_code == 1
    assert "Row 2 was altered." in told.output
    assert "Rows 1 to 1 are as they were written." in told.output
    assert "Stop the bot and keep the database" in told.stderr


def test_a_cut_end_is_found_by_the_anchor_alone(home: Path) -> None:
    last, before = (asyncio.run(_rows(home))[at] for at in (2, 1))
    tamper(home, "DELETE FROM audit WHERE number = 3")
    with closing(sqlite3.connect(home / "store.db")) as connection, connection:
        connection.execute("UPDATE audit_head SET number = 2, mac = ?", [before.mac])
    assert audit("verify").exit_code == 0
    told = audit("verify", "--anchor", f"3:{last.mac[:32]}")
    assert (told.exit_code, "row 3 and all behind it" in told.output) == (1, True)


@pytest.mark.usefixtures("home")
def test_what_is_no_anchor_is_refused_before_anything_is_read() -> None:
    told = audit("verify", "--anchor", "3")
    assert (told.exit_code, "NUMBER:MAC" in told.stderr) == (2, True)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_an_export_holds_every_row_for_its_owner_alone_and_is_itself_written_down(
    home: Path, kind: str
) -> None:
    path = home / f"audit.{kind}"
    told = export(str(path))
    assert (told.exit_code, path.stat().st_mode & 0o777) == (0, 0o600)
    with path.open(newline="") as file:
        found = list(csv.DictReader(file)) if kind == "csv" else [json.loads(line) for line in file]
    assert [(str(row["number"]), row["about"]) for row in found] == [(str(n), f"case:{n}") for n in (1, 2, 3)]
    last = asyncio.run(_rows(home))[-1]
    assert (last.deed, last.role, last.cause) == ("audit_exported", "keeper", "command:audit")
    assert json.loads(last.codes) == {"found": "whole", "rows": 3, "upto": 3}
    again = export(str(path))
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)


def test_an_export_of_days_holds_their_rows_alone(home: Path) -> None:
    path = home / "audit.csv"
    assert export("--to", "2020-01-01", str(path)).exit_code == 0
    assert path.read_text().splitlines() == ["number,at,deed,person,role,about,version,codes,cause,mac"]


def test_what_was_written_past_the_audit_is_named_with_an_exit_of_1(home: Path) -> None:
    person = asyncio.run(_hired(home))
    assert audit("verify").exit_code == 0
    with closing(sqlite3.connect(home / "store.db")) as connection, connection:
        connection.execute(
            "INSERT INTO grants (person_id, role, granted_at) VALUES (?, 'director', 0)", [person]
        )
    told = audit("verify")
    assert told.exit_code == 1
    assert f"Grant of role director to person {person} was never written down." in told.output
    assert "The store is not as the audit says." in told.stderr


async def _hired(home: Path) -> int:
    url = f"sqlite:///{home / 'store.db'}"
    store = await Store.open(url, vault=await vault_of(url, home / "secret.key"))
    person = await store.run(_hire)
    await store.close()
    return person


def _hire(work: Work) -> int:
    person = work.people.add("رضا کریمی").id
    work.people.grant(person, Role.REVIEWER, None, None)
    return person
