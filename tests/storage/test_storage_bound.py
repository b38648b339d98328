"""A sealed value opens in its own row alone, in every table."""

from collections.abc import Callable

import pytest
from sqlalchemy import LargeBinary, select, update
from storage_sealed import READ, WORDS, fill

from storage.engine import Store
from storage.errors import KeyUnusable
from storage.resealing import SEALED, Sealed
from storage.tables import metadata
from storage.work import Work

DIGESTS = {"case_debts.digest", "case_terms.term"}
DAMAGED = {"inbox.body": ["body=None", "body=None"], "outbox.params": ["params={}", "params={}"]}
"""Where a value that does not open is given as nothing, so that its row alone fails."""
KEPT_INSIDE = {"outbox.fallback", "key_check.sealed"}


def test_every_column_of_bytes_is_sealed_or_a_digest() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.c
        if isinstance(column.type, LargeBinary)
    }
    assert columns == {one.name for one in SEALED} | DIGESTS
    assert set(READ) == {one.name for one in SEALED}


@pytest.fixture
async def full(store: Store) -> Store:
    await store.run(fill)
    return store


async def test_every_part_reads_what_it_has_sealed(full: Store) -> None:
    def unit(work: Work) -> list[str]:
        read = {one.name: str(READ[one.name](work)) for one in SEALED}
        told = (WORDS, str(WORDS.encode()), "علی", "argon2id")
        return [name for name, found in read.items() if not any(word in found for word in told)]

    assert set(await full.run(unit)) == KEPT_INSIDE


@pytest.mark.parametrize("one", SEALED, ids=lambda one: str(one.name))
async def test_two_rows_that_changed_places_are_found_out(full: Store, one: Sealed) -> None:
    with pytest.raises(_Found) as found:
        await full.run(_swapped(one))
    assert found.value.args[0] == DAMAGED.get(one.name, "KeyUnusable")


class _Found(Exception):  # noqa: N818 - named for what happened
    """What was read, or what came instead; nothing of the unit is kept."""


def _swapped(one: Sealed) -> Callable[[Work], None]:
    def unit(work: Work) -> None:
        run, column = work._transaction.connection, one.column  # noqa: SLF001 - behind the store's back
        keys = list(column.table.primary_key)
        first, *_, last = run.execute(select(*keys, column).where(column.is_not(None)).order_by(*keys)).all()
        for here, there in ((first, last), (last, first)):
            this = [key == value for key, value in zip(keys, here[:-1], strict=True)]
            run.execute(update(column.table).where(*this).values({column.name: there[-1]}))
        try:
            read = READ[one.name](work)
        except KeyUnusable:
            raise _Found("KeyUnusable") from None
        name = one.name.partition(".")[2]
        rows = read if isinstance(read, list | tuple) else ()
        raise _Found([f"{name}={getattr(row, name)}" for row in rows])

    return unit
