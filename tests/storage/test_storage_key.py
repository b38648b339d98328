"""A store knows the key it was begun with."""

import asyncio
import base64
from pathlib import Path

import psycopg
import pytest

from storage.engine import Store, vault_of
from storage.errors import KeyUnusable, OldTables
from storage.keyfile import KeySource
from storage.vault import Vault, load_key

ANOTHER = Vault(bytes(reversed(range(32))))


async def test_a_store_opens_again_with_its_own_key_only(database_url: str, vault: Vault) -> None:
    first = await Store.open(database_url, vault=vault)
    await first.close()
    with pytest.raises(KeyUnusable):
        await Store.open(database_url, vault=ANOTHER)
    again = await Store.open(database_url, vault=vault)
    assert await again.healthy() is True
    await again.close()


async def test_a_store_without_anything_in_it_takes_the_first_key(database_url: str, vault: Vault) -> None:
    first = await Store.open(database_url, vault=ANOTHER)
    await first.close()
    with pytest.raises(KeyUnusable):
        await Store.open(database_url, vault=vault)


async def test_of_two_first_starts_with_different_keys_the_loser_is_refused(
    pg_url: str, vault: Vault
) -> None:
    async with await psycopg.AsyncConnection.connect(pg_url) as winner:
        sealed = ANOTHER.seal("key_check.sealed", "mohlat")
        await winner.execute("INSERT INTO key_check (id, sealed) VALUES (1, %s)", [sealed])
        loser = asyncio.create_task(Store.open(pg_url, vault=vault))
        await _blocked(pg_url)
        await winner.commit()
    with pytest.raises(KeyUnusable):
        await loser


async def _blocked(url: str) -> None:
    """Wait until somebody in this database waits for another's commit."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as other, asyncio.timeout(10):
        waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
        while await (await other.execute(waiting)).fetchone() is None:  # noqa: ASYNC110 - the engine's own table has no event
            await asyncio.sleep(0.01)


async def test_a_look_takes_no_key_and_makes_no_tables(database_url: str, vault: Vault) -> None:
    looked = await Store.open(database_url, vault=ANOTHER, look_only=True)
    await looked.close()
    first = await Store.open(database_url, vault=vault)
    with pytest.raises(KeyUnusable):
        await Store.open(database_url, vault=ANOTHER, look_only=True)
    beside = await Store.open(database_url, vault=vault, look_only=True)
    assert await beside.run(lambda work: work.inbox.depth()) == 0
    await beside.close()
    await first.close()


async def test_a_look_at_an_empty_file_leaves_it_empty(empty_file: Path, vault: Vault) -> None:
    with pytest.raises(OldTables) as old:
        await Store.open(f"sqlite:///{empty_file}", vault=vault, look_only=True)
    assert (old.value.begun, _held(empty_file.parent)) == (False, [("store.db", 0)])


@pytest.fixture
def empty_file(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    path.touch()
    return path


def _held(folder: Path) -> list[tuple[str, int]]:
    return [(path.name, path.stat().st_size) for path in folder.iterdir()]


async def test_a_lost_key_is_missed_before_a_new_one_is_made(
    database_url: str, vault: Vault, tmp_path: Path
) -> None:
    first = await Store.open(database_url, vault=vault)
    await first.close()
    with pytest.raises(KeyUnusable):
        await vault_of(database_url, tmp_path / "keys" / "secret.key")
    assert not (tmp_path / "keys").exists()


async def test_on_a_server_no_key_is_made(pg_url: str, tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable) as unusable:
        await vault_of(pg_url, tmp_path / "secret.key")
    assert unusable.value.reason == "missing"
    assert _held(tmp_path) == []


async def test_that_a_key_was_made_is_said_once(tmp_path: Path) -> None:
    url, told = f"sqlite:///{tmp_path / 'new.sqlite'}", list[Path]()
    await vault_of(url, tmp_path / "secret.key", told.append)
    await vault_of(url, tmp_path / "secret.key", told.append)
    assert told == [tmp_path / "secret.key"]


@pytest.mark.parametrize(("mode", "reason"), [(0o640, "readable"), (0o604, "readable"), (0o700, None)])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int, reason: str | None) -> None:
    path = tmp_path / "secret.key"
    load_key(path)
    path.chmod(mode)
    assert _refusal(KeySource(path)) == reason
    assert _refusal(KeySource(path, ours=False)) is None  # systemd guards what it hands over


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        ("{0}", 1),
        ("{0}\n{1}\n{0}", 2),
        ("# the newest\n{0}\n\n# before\n{1}\n", 2),
        ("{0}\nnonsense", None),
        ("# nothing", None),
        ("{0}AAAA", None),
    ],
)
def test_a_ring_is_several_lines_the_newest_first(tmp_path: Path, given: str, keys: int | None) -> None:
    texts = [base64.b64encode(bytes([n] * 32)).decode() for n in (1, 2)]
    path = tmp_path / "secret.key"
    path.touch(0o600)
    path.write_text(given.format(*texts))
    from_file, text = KeySource(path), KeySource(given=given.format(*texts))
    for source in (from_file, *([] if "#" in given else [text])):
        expected = None if keys is None else tuple(bytes([n] * 32) for n in (1, 2))[:keys]
        assert (source.read() if keys else _refusal(source)) == (expected or "damaged")


def _refusal(source: KeySource) -> str | None:
    try:
        source.read()
    except KeyUnusable as unusable:
        return unusable.reason
    return None


async def test_what_a_first_start_makes_is_its_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made = await vault_of(f"sqlite:///{home / 'new.sqlite'}", home / "secret.key")
    store = await Store.open(f"sqlite:///{home / 'new.sqlite'}", vault=made)
    assert home.stat().st_mode & 0o777 == 0o700
    assert {file.name: oct(file.stat().st_mode & 0o777) for file in home.iterdir()} == {
        "secret.key": "0o600",
        "new.sqlite": "0o600",
        "new.sqlite-wal": "0o600",
        "new.sqlite-shm": "0o600",
        "new.sqlite.lock": "0o600",
    }
    await store.close()
    again = await vault_of(f"sqlite:///{home / 'new.sqlite'}", home / "secret.key")
    assert again.pepper == made.pepper
