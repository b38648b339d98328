"""A process that is killed in the middle of its units: run by a test, with the store's URL."""

import asyncio
import os
import signal
import sys

from storage.engine import Store
from storage.records import Outgoing, RawUpdate
from storage.vault import Vault
from storage.work import Work

KILLED_IN = 40
"""The unit in the middle of which the process dies."""


def in_two_places(work: Work, number: int) -> None:
    """Write two rows that belong together; the unit KILLED_IN dies between them."""
    work.inbox.receive("bale", [RawUpdate(number, number, "{}")])
    if number == KILLED_IN:
        os.kill(os.getpid(), signal.SIGKILL)
    work.outbox.add(Outgoing("bale", number, 0, "sendMessage", {}, purpose=f"unit:{number}"))


async def main(url: str) -> None:
    """Ten units, told when they are kept, and then many at once."""
    store = await Store.open(url, vault=Vault(bytes(range(32))))
    await asyncio.gather(*(store.run(lambda work, n=n: in_two_places(work, n)) for n in range(10)))  # type: ignore[misc]
    sys.stdout.write("kept\n")
    sys.stdout.flush()
    await asyncio.gather(*(store.run(lambda work, n=n: in_two_places(work, n)) for n in range(10, 64)))  # type: ignore[misc]


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
