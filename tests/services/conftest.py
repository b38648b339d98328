"""The office of these stories, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator

import pytest
from services_office import Clock, Office

from storage.engine import Store
from storage.vault import Vault


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def office(database_url: str, vault: Vault, clock: Clock) -> AsyncIterator[Office]:
    store = await Store.open(database_url, vault=vault, clock=clock)
    yield Office(store, clock)
    await store.close()
