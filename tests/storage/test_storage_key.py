"""A store knows the key it was begun with."""

import pytest

from storage.engine import Store
from storage.errors import KeyUnusable
from storage.vault import Vault

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
