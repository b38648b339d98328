"""The step that makes digests bytes keeps them, and what was sealed, behind a mark, and can be undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import PgServer
from sqlalchemy import Connection, create_engine, make_url, text

from storage.migrations import migrate, step_back
from storage.vault import CLEAR_MARK

SEALED = bytes(range(1, 60)) + b"\0\xff\xfe"
"""No text in any encoding."""
DIGEST = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"

OLDER = """
INSERT INTO people (id, name, active) VALUES (1, :sealed, true);
INSERT INTO agencies (id, name, active) VALUES (1, 'دانشگاه تبریز', true);
INSERT INTO forms (id, form, form_version, revision, platform, chat_id, person_id, status, data, created_at,
    updated_at) VALUES (:n, 'proposal', 1, 1, 'bale', 5, 1, 'sent', :sealed, 0, 0);
INSERT INTO case_codes (code, kind) VALUES (:code, 'case');
INSERT INTO cases (id, code, form_id, agency_id, filed_by, kind, state, version, passcode_hash, proposal,
    platform, chat_id, filed_at, changed_at)
    VALUES (:n, :code, :n, 1, 1, 'instalments', 'submitted', 1, :digest, :sealed, 'bale', 5, 0, 0);
INSERT INTO form_keys (form_id, sealed) VALUES (:n, :key);
INSERT INTO factors (person_id, kind, secret, digest, last_step, since)
    VALUES (1, 'pin', :sealed, :digest, 0, 0)
"""
ONCE = ("people", "agencies", "factors")


@pytest.fixture(params=["sqlite", "postgresql"])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """A database from before: a case, one whose passcode was reset, and one that was erased; and a factor."""
    url = f"sqlite:///{tmp_path / 'older.db'}"
    if request.param == "postgresql":
        server: PgServer = request.getfixturevalue("pg_server")
        server.drop("older_digests")
        url = server.create("older_digests")
    made = make_url(url)
    driver = "sqlite" if request.param == "sqlite" else "postgresql+psycopg"
    engine = create_engine(made.set(drivername=driver))
    with engine.connect() as connection:
        migrate(connection, "0023")
        for n, (digest, key) in enumerate(((DIGEST, SEALED), ("", SEALED), ("", b"")), 1):
            for statement in OLDER.split(";"):
                if n == 1 or not any(f"INTO {table} " in statement for table in ONCE):
                    values = {"n": n, "code": f"code {n}", "digest": digest, "sealed": SEALED, "key": key}
                    connection.execute(text(statement), values)
        connection.commit()
        yield connection
    engine.dispose()
    if request.param == "postgresql":
        server.drop("older_digests")


def test_digests_and_what_was_sealed_stand_behind_a_mark(older: Connection) -> None:
    before = _rows(older, "passcode_hash", "digest")
    migrate(older, "0024")
    marked, digest = CLEAR_MARK + SEALED, CLEAR_MARK + DIGEST.encode()
    assert _rows(older, "passcode", "pin") == [
        ("code 1", digest, marked),
        ("code 2", None, marked),
        ("code 3", None, SEALED),
        (1, digest, marked),
    ]
    step_back(older, "0023")
    assert _rows(older, "passcode_hash", "digest") == before


def _rows(connection: Connection, passcode: str, pin: str) -> list[tuple[object, ...]]:
    cases = connection.execute(text(f"SELECT code, {passcode}, proposal FROM cases ORDER BY id")).all()  # noqa: S608
    factors = connection.execute(text(f"SELECT person_id, {pin}, secret FROM factors")).all()  # noqa: S608
    return [tuple(row) for row in (*cases, *factors)]
