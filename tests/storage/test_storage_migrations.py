"""The numbered steps lead from nothing to today's tables, and back, on both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from engines import PgServer
from sqlalchemy import Connection, create_engine, inspect, make_url

from storage import migrations
from storage.migrations import HEAD, is_current, migrate, step_back
from storage.tables import metadata


def steps() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return ScriptDirectory.from_config(config)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """A transaction on a database without any table, on each engine in turn."""
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    else:
        server: PgServer = request.getfixturevalue("pg_server")
        server.drop("empty")
        url = make_url(server.create("empty"))
        engine = create_engine(url.set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_the_last_step_is_the_one_the_start_asks_for() -> None:
    assert steps().get_heads() == [HEAD]


def test_the_steps_stand_in_one_line() -> None:
    revisions = [step.revision for step in steps().walk_revisions()]
    assert revisions == [f"{number:04}" for number in range(len(revisions), 0, -1)]


def test_all_steps_make_todays_tables(empty: Connection) -> None:
    assert not is_current(empty)
    migrate(empty)
    assert is_current(empty)
    context = MigrationContext.configure(empty, opts={"compare_type": True})
    assert compare_metadata(context, metadata) == []
    assert tables(empty) == set(metadata.tables)


def test_each_step_can_be_undone_and_taken_again(empty: Connection) -> None:
    revisions = [step.revision for step in reversed(list(steps().walk_revisions()))]
    seen = []
    for revision in revisions:
        seen.append(tables(empty))
        migrate(empty, revision)
    for revision, before in zip(["base", *revisions][-2::-1], reversed(seen), strict=True):
        step_back(empty, revision)
        assert tables(empty) == before
    migrate(empty)
    assert tables(empty) == set(metadata.tables)


def test_no_step_imports_the_code_of_today() -> None:
    texts = [Path(step.path).read_text() for step in steps().walk_revisions()]
    assert [text for text in texts if "storage" in text] == []
