"""Names of persons are sealed, and those that older releases kept in clear are sealed at the start."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from engines import PgServer
from sqlalchemy import Connection, Row, create_engine, inspect, make_url, select, text, update
from sqlalchemy.engine.interfaces import ReflectedIndex

from domain.audit import Deed
from domain.roles import Role
from storage.engine import Store
from storage.errors import KeyUnusable
from storage.migrations import migrate, step_back
from storage.resealing import SEALED
from storage.tables.people import people
from storage.vault import CLEAR_MARK, FORM_MARK, Master, Vault
from storage.work import Work

KEPT = ("people", "invitations", "grant_proposals", "agency_officials")
NAMES = ("زهرا احمدی", "form رضا", "O'Brien", "")
"""Of a person each; one begins as what is sealed with a form's key does, and one is empty."""

OLDER = """
INSERT INTO agencies (id, name, active) VALUES (1, 'دانشگاه تبریز', true);
INSERT INTO people (id, name, active) VALUES (:n, :name, true);
INSERT INTO invitations (token_hash, role, name, made_by, made_at, expires_at)
    VALUES (:token, 'reviewer', :name, :n, 0, 1);
INSERT INTO grant_proposals (id, kind, name, proposed_by, proposed_at, expires_at)
    VALUES (:n, 'grant', :name, :n, 0, 1);
INSERT INTO agency_officials (id, agency_id, name, post, set_at) VALUES (:n, 1, :name, 'رئیس', 0)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def older_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database from before names were sealed, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'older.db'}"
        return
    server: PgServer = request.getfixturevalue("pg_server")
    server.drop("older")
    yield server.create("older")
    server.drop("older")


@pytest.fixture
def older(older_url: str) -> Iterator[Connection]:
    """A connection to it, with each name in every place."""
    url = make_url(older_url)
    driver = "sqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg"
    engine = create_engine(url.set(drivername=driver))
    with engine.connect() as connection:
        migrate(connection, "0021")
        agency, *each = OLDER.split(";")
        connection.execute(text(agency))
        for n, name in enumerate(NAMES, 1):
            for statement in each:
                connection.execute(text(statement), {"n": n, "name": name, "token": f"token-{n}"})
        connection.commit()
        yield connection
    engine.dispose()


@asynccontextmanager
async def closing_store(url: str, vault: Vault) -> AsyncIterator[Store]:
    """The store, opened as by a start."""
    store = await Store.open(url, vault=vault)
    try:
        yield store
    finally:
        await store.close()


def read(work: Work) -> list[list[str]]:
    """Every name, place by place."""
    numbers = range(1, len(NAMES) + 1)
    invited = [work.people.invitation(f"token-{n}") for n in numbers]
    proposed = [work.staffing.proposal(n) for n in numbers]
    return [
        [person.name for person in work.people.all()],
        [one.name for one in invited if one],
        [one.name for one in proposed if one],
        [one.name for one in work.catalogue.officials(1)],
    ]


def shape(connection: Connection) -> list[str]:
    """What holds the tables together: keys, and indexes with what they leave out."""
    looked = inspect(connection)
    found: list[str] = []
    for table in KEPT:
        found += sorted(str(key) for key in looked.get_foreign_keys(table))
        found += sorted(_index(one) for one in looked.get_indexes(table))
        found.append(str(looked.get_pk_constraint(table)))
    return found


def _index(one: ReflectedIndex) -> str:
    left_out = {name: str(value) for name, value in one.get("dialect_options", {}).items()}
    return str([one["name"], one["column_names"], one["unique"], left_out])


def test_a_step_keeps_the_names_in_clear_and_can_be_undone(older: Connection) -> None:
    before, shaped = _rows(older), shape(older)
    migrate(older, "0022")
    assert shape(older) == shaped
    assert [bytes(row.name) for row in older.execute(text("SELECT name FROM people ORDER BY id"))] == [
        CLEAR_MARK + name.encode() for name in NAMES
    ]
    step_back(older, "0021")
    assert (_rows(older), shape(older)) == (before, shaped)


def _rows(connection: Connection) -> list[list[dict[str, object]]]:
    found = [connection.execute(text(f"SELECT * FROM {table} ORDER BY 1")) for table in KEPT]  # noqa: S608
    return [[dict(row._mapping) for row in rows] for rows in found]  # noqa: SLF001 - its public name


async def test_names_from_before_are_sealed_when_the_store_is_opened(
    older: Connection, older_url: str, vault: Vault
) -> None:
    older.close()
    for _ in range(2):
        async with closing_store(older_url, vault) as store:
            assert await store.run(read) == [list(NAMES)] * len(KEPT)
            assert set(await store.run(lambda work: work.keys.standing())) == {vault.ring[0].id.hex()}
            # Once, however often the store is opened.
            rows = await store.run(lambda work: work.audit.after(0))
            assert [row.codes for row in rows if row.deed == Deed.KEYS] == ['{"sealed":16,"step":"seal"}']
            await asyncio.to_thread(_nothing_stands_in, older_url)


async def test_what_is_sealed_does_not_become_text_again(
    older: Connection, older_url: str, vault: Vault
) -> None:
    older.rollback()
    older.close()
    async with closing_store(older_url, vault):
        pass
    with older.engine.connect() as again, pytest.raises(RuntimeError, match=r"people\.name is sealed"):
        step_back(again, "0021")


async def test_nothing_of_a_name_stands_in_the_rows(store: Store, database_url: str) -> None:
    def unit(work: Work) -> None:
        person = work.people.add("کسی دیگر").id
        work.people.rename(person, NAMES[0])
        agency = work.people.add_agency("دانشگاه تبریز").id
        work.people.invite("token-1", Role.REVIEWER, None, NAMES[0], person, work.now)
        work.staffing.propose("grant", name=NAMES[0], by=person, expires_at=work.now)
        work.catalogue.add_official(agency, NAMES[0], "رئیس", person)

    await store.run(unit)
    assert await store.run(read) == [[NAMES[0]]] * len(KEPT)
    await asyncio.to_thread(_nothing_stands_in, database_url)


def _nothing_stands_in(url: str) -> None:
    """Look behind the store's back: into the file and its log, or into the rows of the server."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(parsed.database or "")
        held = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    else:
        engine = create_engine(parsed.set(drivername="postgresql+psycopg"))
        with engine.connect() as connection:
            found = [connection.execute(text(f"SELECT * FROM {table}")).all() for table in KEPT]  # noqa: S608
        engine.dispose()
        held = b"\0".join(_bytes(row) for rows in found for row in rows)
    assert [name for name in (*NAMES, "کسی دیگر") if name and name.encode() in held] == []


def _bytes(row: Row[tuple[object, ...]]) -> bytes:
    return b"\0".join(
        bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in row
    )


async def test_a_clear_name_put_in_behind_the_store_is_not_read(store: Store) -> None:
    def forge(work: Work) -> None:
        person = work.people.add(NAMES[0]).id
        row = update(people).where(people.c.id == person)
        forged = row.values(name=CLEAR_MARK + NAMES[1].encode())
        work._transaction.connection.execute(forged)  # noqa: SLF001 - behind the store's back
        assert work.keys.standing()["clear"] == 1

    await store.run(forge)
    with pytest.raises(KeyUnusable):
        await store.run(lambda work: work.people.all())


async def test_a_rotation_seals_nothing_that_stands_in_clear(store: Store) -> None:
    def unit(work: Work) -> bytes:
        run = work._transaction.connection  # noqa: SLF001 - as above
        work.people.add(NAMES[0])
        run.execute(update(people).values(name=CLEAR_MARK + NAMES[1].encode()))
        for one in SEALED:
            work.keys.reseal(one, None)
        return bytes(run.execute(select(people.c.name)).scalar_one())

    assert await store.run(unit) == CLEAR_MARK + NAMES[1].encode()


@pytest.mark.parametrize("mark", [CLEAR_MARK, FORM_MARK])
def test_no_key_bears_a_mark(monkeypatch: pytest.MonkeyPatch, mark: bytes) -> None:
    monkeypatch.setattr("storage.vault._derive", lambda _key, _purpose: mark + bytes(28))
    with pytest.raises(KeyUnusable):
        Master(bytes(32))
