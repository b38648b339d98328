"""What a change of keys leaves behind, and what it waits for."""

import base64
from pathlib import Path

import psycopg
import pytest

from bot.commands.keys import _tell
from storage.engine import Store
from storage.keyfile import KeySource, load_key
from storage.vault import Vault

NEW = bytes(range(32, 64))


def test_what_a_killed_change_left_is_seen_and_removed_by_the_next(tmp_path: Path) -> None:
    source = KeySource(tmp_path / "secret.key")
    key = load_key(tmp_path / "secret.key")
    left = tmp_path / "secret.key.0a1b2c3d"
    left.write_bytes(base64.b64encode(key))
    others = [tmp_path / "secret.key.backup", tmp_path / "other.0a1b2c3d"]
    for each in others:
        each.touch()
    assert source.leftovers() == (left,)
    source.tidy()
    source.put([NEW, key])
    assert (source.leftovers(), source.read()) == ((), (NEW, key))
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / "secret.key", *others])


async def test_on_a_server_work_that_had_begun_before_is_waited_for(pg_url: str, vault: Vault) -> None:
    store = await Store.open(pg_url, vault=vault)
    try:
        async with await psycopg.AsyncConnection.connect(pg_url) as other:
            await other.execute("SELECT 1")
            moment = await store.run(lambda work: work.keys.moment())
            assert await store.run(lambda work: work.keys.begun_before(moment)) is True
            await other.commit()
            assert await store.run(lambda work: work.keys.begun_before(moment)) is False
            await other.execute("SELECT 1")
            assert await store.run(lambda work: work.keys.begun_before(moment)) is False
    finally:
        await store.close()


def test_an_older_key_may_go_only_once_that_work_is_over(capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for settled in (True, False):
        _tell(["new", "old"], {"new": 5, "form": 2}, settled=settled)
        told.append("may be removed" in capsys.readouterr().out)
    assert told == [True, False]
