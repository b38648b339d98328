"""A process killed in the middle of its units leaves nothing half done."""

import asyncio
import sys
from pathlib import Path

from storage_victim import KILLED_IN

from storage.engine import Store
from storage.vault import Vault
from storage.work import Work

VICTIM = Path(__file__).with_name("storage_victim.py")
ROOT = VICTIM.parent.parent.parent


async def test_a_killed_process_leaves_whole_units_only(database_url: str, vault: Vault) -> None:
    victim = await asyncio.create_subprocess_exec(
        sys.executable, VICTIM, database_url, env={"PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await victim.communicate()
    assert (told, victim.returncode) == (b"kept\n", -9)

    def found(work: Work) -> tuple[set[int], set[int]]:
        received = {chat for _platform, chat in work.inbox.waiting_chats()}
        return received, {row.chat_id for row in work.ledger.of("unit:")}

    store = await Store.open(database_url, vault=vault)
    received, added = await store.run(found)
    await store.close()
    assert received == added
    assert set(range(10)) - received == set()
    assert KILLED_IN not in received
    if database_url.startswith("sqlite"):  # the second batch shared one commit, which never came
        assert received == set(range(10))
