"""Kills, and orders to stop, while several people are at work: the short forms of R1, R2, R3, R5 and R17."""

from pathlib import Path

import psycopg
import pytest
from engines import PgServer

from benchmarks.proofs import crashes, fuzzing, migrating
from benchmarks.proofs.tally import Place

SEED = 47
WORST = ("received, after commit", "after send, before mark")


def at(url: str, folder: Path, size: int) -> Place:
    """A proof of this size; a test is never decided by how fast the machine is."""
    return Place(url, folder, SEED, size, judges_speed=False)


async def test_six_kills_at_random_moments_lose_and_double_nothing(sqlite_url: str, tmp_path: Path) -> None:
    assert (await crashes.kills(at(sqlite_url, tmp_path, 6))).wrong == []


async def test_nor_do_four_kills_on_postgresql(pg_url: str, tmp_path: Path) -> None:
    # As after a kill in the middle of filing: the numbers of cases have a gap.
    with psycopg.connect(pg_url) as server:
        server.execute("SELECT nextval(pg_get_serial_sequence('cases', 'id'))")
    assert (await crashes.kills(at(pg_url, tmp_path, 4))).wrong == []


async def test_nor_do_kills_while_updates_come_by_webhook(sqlite_url: str, tmp_path: Path) -> None:
    assert (await crashes.kills_by_webhook(at(sqlite_url, tmp_path, 2))).wrong == []


async def test_nor_do_kills_at_the_worst_points(tmp_path: Path) -> None:
    place = at(f"sqlite:///{tmp_path / 'new.db'}", tmp_path, 1)
    assert (await crashes.kills_at_points(place, WORST)).wrong == []


async def test_an_order_to_stop_under_load_loses_and_doubles_nothing(
    database_url: str, tmp_path: Path
) -> None:
    assert (await crashes.orders_to_stop(at(database_url, tmp_path, 1))).wrong == []


async def test_malformed_updates_hurt_nobody_and_leave_no_trace_in_the_log(
    sqlite_url: str, tmp_path: Path
) -> None:
    assert (await fuzzing.malformed(at(sqlite_url, tmp_path, 300))).wrong == []


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_a_killed_migration_leaves_the_old_tables_or_the_new(
    request: pytest.FixtureRequest, tmp_path: Path, engine: str
) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if engine == "postgresql":
        server: PgServer = request.getfixturevalue("pg_server")
        server.drop("killed")
        url = server.create("killed")
    assert (await migrating.kills(at(url, tmp_path, 2))).wrong == []
