"""A kill between sending and marking: nothing is lost, and what is repeated says so."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from pipeline_world import FastClock, World, note, running, said

from sandbox import Sandbox
from storage.engine import Store
from storage.vault import Vault

VICTIM = Path(__file__).parent / "pipeline_victim.py"
ROOT = Path(__file__).parents[2]


async def test_a_kill_between_send_and_mark_loses_nothing_and_repeats_with_a_note(
    sandbox: Sandbox, database_url: str, platform: str
) -> None:
    vault = Vault(b"k" * 32)
    clock = FastClock()

    async def opened() -> World:
        return World(sandbox, await Store.open(database_url, vault=vault, clock=clock.now), clock)

    world = await opened()
    phone = await world.phone(platform)
    for text in ("یک", "دو", "سه"):
        await world.send(phone, text)
    await world.store.close()
    # The call is carried out, but its answer does not come: there the process is killed.
    sandbox.faults.add(platform, "sendMessage", "timeout_after", times=1, delay=30)

    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{VICTIM.parent}"}
    victim = await asyncio.create_subprocess_exec(
        sys.executable, str(VICTIM), sandbox.url, database_url, platform, env=environment
    )
    await phone.sees("یک", within=15)
    victim.send_signal(signal.SIGKILL)
    await victim.wait()

    world = await opened()
    async with running(world.sender(platform)):
        await world.settled()
    received = said(phone)
    await world.close()
    await world.store.close()
    assert received[0] == "یک"
    assert received[1].startswith("یک\n")
    assert note(1) in received[1]
    assert received[2:] == ["دو", "سه"]
