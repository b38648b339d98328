"""A copy beside a writer, the age file around it, and the fence behind which a restored store stands."""

import io
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import IO, Protocol

import pyrage
import pytest

from storage.backup import Unsound, copied, judge
from storage.engine import Store
from storage.envelope import NotAnAgeKey, NotOpened, identities_of, new_identity, recipients_of, seal, unseal
from storage.records import OutboxState, Outgoing, RawUpdate, Settled
from storage.vault import Vault
from storage.work import Work

SECRET, RECIPIENT = new_identity()
CONTENT = os.urandom(300_000)


class _Source(Protocol):
    def read(self, size: int) -> bytes:
        """As the envelope's own."""


def _database(path: Path, rows: int = 4000) -> sqlite3.Connection:
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, body BLOB)")
    writer.execute("BEGIN")
    writer.executemany("INSERT INTO things (body) VALUES (?)", [(os.urandom(1000),) for _ in range(rows)])
    writer.execute("COMMIT")
    return writer


def test_a_copy_is_of_one_moment_though_others_write_between_its_pages(tmp_path: Path) -> None:
    looks = []
    with closing(_database(tmp_path / "store.db")) as writer:

        def write(left: int, of: int) -> None:
            looks.append((left, of))
            writer.execute("INSERT INTO things (body) VALUES ('later')")

        with copied(tmp_path / "store.db", tmp_path, write) as copy:
            judge(copy.connection)
            found = copy.connection.execute("SELECT count(*) FROM things").fetchone()
    of = looks[0][1]
    assert found == (4000,)
    assert [left for left, _ in looks] == [max(0, of - 512 * step) for step in range(1, len(looks) + 1)], (
        "it never began again"
    )


def test_a_copy_has_no_name_while_anything_is_in_it(tmp_path: Path) -> None:
    seen = []
    with (
        closing(_database(tmp_path / "store.db")),
        copied(tmp_path / "store.db", tmp_path, lambda *_: seen.append(_others(tmp_path))),
    ):
        seen.append(_others(tmp_path))
    assert set(map(tuple, seen)) == {()}
    assert _others(tmp_path) == []


def _others(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if not file.name.startswith("store.db")]


def test_a_damaged_database_is_found_out(tmp_path: Path) -> None:
    with closing(_database(tmp_path / "store.db")) as writer:
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (tmp_path / "store.db").open("r+b") as file:
        file.seek(50 * 4096)
        file.write(b"\xff" * 4096)
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection, pytest.raises(Unsound):
        judge(connection)


def test_a_row_that_refers_to_nothing_is_found_out() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "CREATE TABLE a (id INTEGER PRIMARY KEY);"
            "CREATE TABLE b (a_id INTEGER REFERENCES a (id)); INSERT INTO b VALUES (7);"
        )
        with pytest.raises(Unsound) as found:
            judge(connection)
    assert found.value.objections == ("foreign key: b",)


def test_what_is_sealed_comes_back_to_its_recipient_alone(tmp_path: Path) -> None:
    target, into = tmp_path / "made.age", io.BytesIO()
    seal(io.BytesIO(CONTENT), target, recipients_of(f"# whose it is\n{RECIPIENT}"))
    unseal(target, into, identities_of(f"# a comment\n{SECRET}\n"))
    assert into.getvalue() == CONTENT
    assert (target.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (0o600, [target])
    with pytest.raises(NotOpened):
        unseal(target, io.BytesIO(), identities_of(new_identity()[0]))


@pytest.mark.parametrize("place", [40, -1], ids=["header", "end"])
def test_a_changed_or_shortened_file_is_not_opened(tmp_path: Path, place: int) -> None:
    target = tmp_path / "made.age"
    seal(io.BytesIO(CONTENT), target, recipients_of(RECIPIENT))
    whole = bytearray(target.read_bytes())
    whole[place] ^= 1
    target.write_bytes(whole)
    with pytest.raises(NotOpened):
        unseal(target, io.BytesIO(), identities_of(SECRET))
    target.write_bytes(whole[:-1000])
    with pytest.raises(NotOpened):
        unseal(target, io.BytesIO(), identities_of(SECRET))


def test_what_does_not_come_back_as_it_was_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pyrage.encrypt_io

    def forgetful(source: _Source, into: IO[bytes], to_whom: object) -> None:
        whole(io.BytesIO(source.read(-1)[:-1]), into, to_whom)

    monkeypatch.setattr(pyrage, "encrypt_io", forgetful)
    with pytest.raises(NotOpened):
        seal(io.BytesIO(CONTENT), tmp_path / "made.age", recipients_of(RECIPIENT))
    assert list(tmp_path.iterdir()) == []


def test_a_word_that_is_no_age_key_is_refused() -> None:
    with pytest.raises(NotAnAgeKey):
        recipients_of("age1nonsense")
    with pytest.raises(NotAnAgeKey):
        identities_of("# nothing but a comment")


# --- the fence ----------------------------------------------------------------------------------------


def _message(text: str) -> Outgoing:
    return Outgoing("bale", 7, 1, "sendMessage", {"text": text}, purpose="news:1")


def _wait(work: Work) -> None:
    """One message waits, one was being sent, one is done with; one update is not handled."""
    work.outbox.add(_message("being sent"))
    (claimed,) = work.outbox.claim("bale", 1, ())
    del claimed
    work.outbox.add(_message("waits"))
    work.inbox.receive("bale", [RawUpdate(1, 7, "{}")])


async def _fenced(url: str, vault: Vault) -> Store:
    store = await Store.open(url, vault=vault)
    await store.run(_wait)
    await store.run(lambda work: work.fence.shut())
    return store


def _states(work: Work) -> list[tuple[str, str | None]]:
    rows = work.ledger.of("news:1")
    return [(row.state, row.problem) for row in rows]


def _claimed(work: Work) -> list[object]:
    return [claimed.params["text"] for claimed in work.outbox.claim("bale", 10, ())]


async def test_behind_the_fence_the_old_waits_and_the_new_goes_out(database_url: str, vault: Vault) -> None:
    store = await _fenced(database_url, vault)
    await store.run(lambda work: work.outbox.recover("bale") + work.outbox.revive("bale"))
    assert await store.run(lambda work: (work.fence.stands(), work.fence.held())) == (True, (2, 1))
    assert await store.run(lambda work: (work.inbox.depth(), work.outbox.counts())) == (0, {})
    await store.run(lambda work: work.outbox.add(_message("new")))
    assert await store.run(_claimed) == ["new"]
    await store.close()


async def test_an_opened_fence_lets_the_old_go_out_once_marked_as_perhaps_sent(
    database_url: str, vault: Vault
) -> None:
    store = await _fenced(database_url, vault)
    await store.run(lambda work: work.fence.open(send=True))
    assert await store.run(lambda work: (work.fence.stands(), work.inbox.depth())) == (False, 1)

    def take(work: Work) -> list[tuple[object, bool]]:
        (claimed,) = work.outbox.claim("bale", 10, ())
        work.outbox.settle([Settled(claimed.id, OutboxState.SENT, message_id=claimed.id)])
        return [(claimed.params["text"], claimed.was_unknown)]

    assert await store.run(take) + await store.run(take) == [("being sent", True), ("waits", True)]
    await store.close()


async def test_what_is_dropped_is_emptied_and_never_revived(database_url: str, vault: Vault) -> None:
    store = await _fenced(database_url, vault)
    await store.run(lambda work: work.fence.open(send=False))
    await store.run(lambda work: work.outbox.recover("bale") + work.outbox.revive("bale"))
    assert await store.run(lambda work: (work.fence.held(), work.inbox.depth())) == ((0, 0), 0)
    assert await store.run(_claimed) == []
    await store.close()
