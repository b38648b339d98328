"""What older releases bound to less is sealed anew when the store is opened, once, and then never again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import Executable, delete, select, update
from storage_sealed import READ, fill

from domain.audit import Deed
from storage.engine import Store
from storage.errors import KeyUnusable
from storage.resealing import SEALED, Sealed, _with_form
from storage.tables.audit import audit
from storage.tables.cases import cases
from storage.tables.keys import key_check
from storage.vault import CLEAR_MARK, FORM_MARK, Vault
from storage.work import Work

MARKED = tuple(one for one in SEALED if one.marked)
PROOF = "key_check.sealed"


@asynccontextmanager
async def opened(url: str, vault: Vault) -> AsyncIterator[Store]:
    """The store, opened as by a start."""
    store = await Store.open(url, vault=vault)
    try:
        yield store
    finally:
        await store.close()


def everything(work: Work) -> str:
    """What is read in all columns that a migration marks."""
    return str([READ[one.name](work) for one in MARKED])


def mark(work: Work) -> None:
    """As the migration leaves a store of an older release."""
    for one in MARKED:
        _mark(work, one)
    word = work.vault.seal(PROOF, "mohlat", 1)
    _run(work, update(key_check).where(key_check.c.id == 1).values(sealed=word))


def _run(work: Work, statement: Executable) -> None:
    work._transaction.connection.execute(statement)  # noqa: SLF001 - behind the store's back


def _read(work: Work, statement: Executable) -> list[Any]:
    return list(work._transaction.connection.execute(statement).all())  # noqa: SLF001


def _mark(work: Work, one: Sealed) -> None:
    keys = list(one.column.table.primary_key)
    rows = _read(work, _with_form(one).where(one.column.is_not(None)))
    for row in rows:
        sealed = getattr(row, one.column.name)
        key = work.keys.of_form(row.form_id) if sealed.startswith(FORM_MARK) else None
        value = work.vault.open(one.name, sealed, one.known(row), key)
        before = (
            value.encode() if one.before is None else work.vault.seal(one.name, value, one.before(row), key)
        )
        this = [each == getattr(row, each.name) for each in keys]
        _run(work, update(one.column.table).where(*this).values({one.column.name: CLEAR_MARK + before}))


def told(work: Work) -> list[tuple[str, str]]:
    """What the audit says of it."""
    return [(row.about, row.codes) for row in work.audit.after(0) if row.deed == Deed.KEYS]


async def test_what_an_older_release_kept_is_bound_at_the_next_start(database_url: str, vault: Vault) -> None:
    async with opened(database_url, vault) as store:
        await store.run(fill)
        before = await store.run(everything)
        await store.run(mark)
        marked = (await store.run(lambda work: work.keys.standing()))["clear"]
    for _ in range(2):
        async with opened(database_url, vault) as again:
            assert await again.run(everything) == before
            assert "clear" not in await again.run(lambda work: work.keys.standing())
            sealing = f'{{"sealed":{marked},"step":"seal"}}'
            assert await again.run(told) == [("keys:24", sealing)]


@pytest.mark.parametrize("one", MARKED, ids=lambda one: str(one.name))
async def test_a_mark_put_in_by_hand_is_never_sealed(database_url: str, vault: Vault, one: Sealed) -> None:
    async with opened(database_url, vault) as store:
        await store.run(fill)
        await store.run(lambda work: _mark(work, one))
    async with opened(database_url, vault) as again:
        assert await again.run(told) == []
        with pytest.raises(KeyUnusable):
            await again.run(READ[one.name])


async def test_neither_is_one_after_the_word_of_the_older_release_came_back(
    database_url: str, vault: Vault
) -> None:
    async with opened(database_url, vault) as store:
        await store.run(fill)
        await store.run(mark)
        word = await store.run(
            lambda work: _read(work, select(key_check.c.sealed).where(key_check.c.id == 1))
        )
    async with opened(database_url, vault) as upgraded:
        await upgraded.run(lambda work: _mark(work, _column("cases.passcode")))
        back = update(key_check).where(key_check.c.id == 1).values(sealed=word[0][0])
        await upgraded.run(lambda work: _run(work, back))
    async with opened(database_url, vault) as again:
        assert len(await again.run(told)) == 1
        with pytest.raises(KeyUnusable):
            await again.run(lambda work: work.cases.passcode("code 1"))


def _column(name: str) -> Sealed:
    return next(one for one in SEALED if one.name == name)


async def test_an_older_proposal_of_the_same_case_does_not_open_in_it(store: Store) -> None:
    def unit(work: Work) -> None:
        fill(work)
        (older,) = _read(work, select(cases.c.proposal).where(cases.c.id == 1))
        case = work.cases.get(1)
        work.cases.move(case, state=case.state, proposal={"amount": 5})
        _run(work, update(cases).where(cases.c.id == 1).values(proposal=older[0]))
        work.cases.get(1)

    with pytest.raises(KeyUnusable):
        await store.run(unit)


@pytest.mark.parametrize("rows", [(1,), (2,), (1, 2)])
async def test_a_store_that_lost_what_tells_its_key_is_not_opened(
    database_url: str, vault: Vault, rows: tuple[int, ...]
) -> None:
    async with opened(database_url, vault) as store:
        await store.run(fill)
        await store.run(lambda work: _run(work, delete(key_check).where(key_check.c.id.in_(rows))))
    for look_only in (False, True):
        with pytest.raises(KeyUnusable) as unusable:
            await Store.open(database_url, vault=vault, look_only=look_only)
        assert unusable.value.reason == "unproved"


async def test_a_store_that_holds_nothing_yet_is_begun_anew(database_url: str, vault: Vault) -> None:
    async with opened(database_url, vault) as store:
        await store.run(lambda work: _run(work, delete(key_check)))
        assert await store.run(lambda work: _read(work, select(audit.c.number))) == []
    async with opened(database_url, vault) as again:
        assert await again.healthy() is True


async def test_with_a_ring_that_lacks_a_key_nothing_marked_is_lost(database_url: str, vault: Vault) -> None:
    newer = Vault(bytes(range(32, 64)), vault.ring[0].key)
    async with opened(database_url, vault) as store:
        await store.run(fill)
        before = await store.run(everything)
    async with opened(database_url, newer) as rotating:
        await rotating.run(mark)  # in the middle of a rotation: the store's own word is sealed last
        word = vault.seal(PROOF, "mohlat", 1)
        await rotating.run(
            lambda work: _run(work, update(key_check).where(key_check.c.id == 1).values(sealed=word))
        )
    with pytest.raises(KeyUnusable):
        await Store.open(database_url, vault=vault)
    async with opened(database_url, newer) as again:
        assert await again.run(everything) == before
