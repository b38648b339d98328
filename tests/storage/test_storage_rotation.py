"""The master key is changed beside the running bot; nothing is lost, whenever it is killed."""

import os
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete, select, update
from storage_sealed import READ, fill

from storage.engine import Store
from storage.errors import KeyUnusable
from storage.keyfile import KeySource, load_key
from storage.records import RawUpdate
from storage.resealing import SEALED, Progress, Sealed, _with_form
from storage.tables.keys import form_keys, key_check
from storage.vault import FORM_MARK, Row, Vault
from storage.work import Work

NEW = bytes(reversed(range(32)))


@pytest.fixture
def source(tmp_path: Path) -> KeySource:
    """A file with one key."""
    load_key(tmp_path / "keys" / "secret.key")
    return KeySource(tmp_path / "keys" / "secret.key")


@pytest.fixture
async def bot(database_url: str, source: KeySource) -> AsyncIterator[Store]:
    """The running bot, with something in every sealed column."""
    store = await Store.open(database_url, vault=Vault.of(source))
    await store.run(fill)
    yield store
    await store.close()


def everything(work: Work) -> str:
    """What the bot reads in all columns but those of which nothing is given out."""
    return str([READ[one.name](work) for one in SEALED if not one.name.startswith(("outbox", "key_check"))])


async def visitor(url: str, source: KeySource) -> Store:
    return await Store.open(url, vault=Vault.of(source), exclusive=False)


def _step(one: Sealed, after: tuple[object, ...] | None, work: Work) -> Progress:
    return work.keys.reseal(one, after)


async def reseal(store: Store, units: int = 10_000) -> bool:
    """Seal anew as the command does, killed after so many units; whether it came to its end."""
    for one in SEALED:
        after: tuple[object, ...] | None = None
        while True:
            if units == 0:
                return False
            units -= 1
            after = (await store.run(partial(_step, one, after))).after
            if after is None:
                break
    return True


@pytest.mark.parametrize("killed_after", [0, 1, 7, 20, 31, 45, 60])
async def test_a_rotation_killed_anywhere_goes_on_and_then_the_old_key_may_go(
    database_url: str, source: KeySource, bot: Store, killed_after: int
) -> None:
    before, pepper = await bot.run(everything), await bot.run(lambda work: work.vault.pepper)
    (old,) = source.read()
    source.put([NEW, old])
    first = await visitor(database_url, source)
    await reseal(first, killed_after)
    await first.close()
    # The bot goes on with what is sealed by then, and seals what comes with the new key.
    assert await bot.run(everything) == before
    await bot.run(lambda work: work.inbox.receive("bale", [RawUpdate(77, 7, "تازه")]))
    second = await visitor(database_url, source)
    assert await reseal(second) is True
    newest = newest_id(source)
    assert set(await second.run(lambda work: work.keys.standing())) == {newest, "form"}
    await second.close()
    source.put([NEW])
    assert await bot.run(everything) == before
    await bot.close()
    again = await Store.open(database_url, vault=Vault.of(source))
    assert await again.run(everything) == before
    assert await again.run(lambda work: [work.vault.pepper, work.inbox.get(3) is not None]) == [pepper, True]
    await again.close()


def newest_id(source: KeySource) -> str:
    return Vault.of(source).ring[0].id.hex()


async def test_the_running_bot_seals_with_the_new_key_from_its_next_unit_on(
    source: KeySource, bot: Store
) -> None:
    (old,) = source.read()
    source.put([NEW, old])
    await bot.run(lambda work: work.inbox.receive("bale", [RawUpdate(78, 7, "تازه")]))
    standing = await bot.run(lambda work: work.keys.standing())
    assert standing[newest_id(source)] == 1


async def test_a_key_that_is_no_rotation_is_not_taken_over(source: KeySource, bot: Store) -> None:
    before = await bot.run(everything)
    source.put([NEW])
    assert await bot.run(everything) == before


async def test_half_a_rotation_does_not_start_without_the_old_key(
    database_url: str, source: KeySource, bot: Store
) -> None:
    (old,) = source.read()
    source.put([NEW, old])
    first = await visitor(database_url, source)
    await reseal(first, 20)
    await first.close()
    await bot.close()
    with pytest.raises(KeyUnusable):
        await Store.open(database_url, vault=Vault(NEW))


def older(key: bytes, context: str, plain: bytes) -> bytes:
    """As values were sealed before rows were bound and forms had keys."""

    def derived(purpose: str) -> bytes:
        return HKDF(hashes.SHA256(), 32, b"mohlat", purpose.encode()).derive(key)

    nonce = os.urandom(12)
    return derived("key id")[:4] + nonce + AESGCM(derived("seal")).encrypt(nonce, plain, context.encode())


FORMER = {
    "proposal_versions.proposal": "cases.proposal",
    "factor_setups.secret": "factors.secret",
    "notice_versions.content": "notices.content",
    "notice_versions.push": "notices.push",
}


def as_before(work: Work, key: bytes) -> None:
    """Put every value back into the form that it had before."""
    run = work._transaction.connection  # noqa: SLF001 - behind the store's back
    wrapped = {row.form_id: row.sealed for row in run.execute(select(form_keys))}
    for one in SEALED:
        column = one.column
        keys = list(column.table.primary_key)
        if one.name == "form_keys.sealed":
            continue
        for row in _rows(work, one.name):
            form_key = work.keys.of_form(row[-1]) if row[0].startswith(FORM_MARK) else None
            plain = work.vault.open_bytes(one.name, row[0], row[1], form_key)
            this = [each == value for each, value in zip(keys, row[2], strict=True)]
            blob = older(key, FORMER.get(one.name, one.name), plain)
            run.execute(update(column.table).where(*this).values({column.name: blob}))
    assert wrapped
    run.execute(delete(form_keys))
    run.execute(delete(key_check).where(key_check.c.id == 2))


def _rows(work: Work, name: str) -> list[tuple[bytes, Row, tuple[object, ...], int]]:
    one = next(each for each in SEALED if each.name == name)
    found = work._transaction.connection.execute(_with_form(one).where(one.column.is_not(None))).all()  # noqa: SLF001
    keys = [key.name for key in one.column.table.primary_key]
    return [
        (
            getattr(row, one.column.name),
            one.known(row),
            tuple(getattr(row, key) for key in keys),
            row.id if one.form == "id" else getattr(row, "form_id", 0),
        )
        for row in found
    ]


async def test_what_was_sealed_before_rows_were_bound_opens_and_is_bound_by_a_rotation(
    source: KeySource, bot: Store
) -> None:
    before = await bot.run(everything)
    (old,) = source.read()
    await bot.run(lambda work: as_before(work, old))
    assert await bot.run(everything) == before
    standing = await bot.run(lambda work: work.keys.standing())
    assert set(standing) == {f"{newest_id(source)}-unbound"}
    assert await reseal(bot) is True
    assert set(await bot.run(lambda work: work.keys.standing())) == {newest_id(source), "form"}
    assert await bot.run(everything) == before


async def test_a_store_from_before_goes_on_with_its_digests(
    database_url: str, source: KeySource, bot: Store
) -> None:
    (old,) = source.read()
    await bot.run(lambda work: as_before(work, old))
    await bot.close()
    older_pepper = HKDF(hashes.SHA256(), 32, b"mohlat", b"pepper").derive(old)
    for _ in range(2):
        again = await Store.open(database_url, vault=Vault.of(source))
        assert await again.run(lambda work: work.vault.pepper) == older_pepper
        await again.close()
