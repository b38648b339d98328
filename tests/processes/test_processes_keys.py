"""An operator changes the master key while people go on; the command is killed, and goes on."""

import asyncio
import base64
import os
import signal
import sqlite3
import sys

from processes_world import PATIENCE, World

from storage.keyfile import KeySource


async def _greeted(world: World, name: str) -> bool:
    """Whether somebody new is answered."""
    phone = world.phone("bale", name)
    await phone.send("/start")
    return bool((await phone.sees(within=PATIENCE))["text"])


async def test_the_key_is_changed_beside_the_running_bot(any_world: World) -> None:
    world = any_world
    bot = world.bot()
    await bot.start()
    await bot.ready()
    assert await _greeted(world, "پیش از آن") is True
    keys = KeySource(world.home / "secret.key")
    (old,) = keys.read()
    killed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "keys", "rotate"),
        env=world.environment(),
        stderr=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
    )
    while len(keys.read()) == 1 and killed.returncode is None:
        await _greeted(world, os.urandom(4).hex())
    if killed.returncode is None:
        killed.send_signal(signal.SIGKILL)
    await killed.wait()
    new = keys.read()[0]
    code, printed, _ = await world.command("keys", "rotate")
    assert (code, "Then these may be removed" in printed) == (0, True)
    assert keys.read() == (new, old)
    assert await _greeted(world, "پس از آن") is True
    assert (await world.command("keys", "rotate"))[0] == 0
    assert keys.read() == (new, old)  # no third key while the old one is there
    assert (await bot.stop())[0] == 0
    keys.put([new])
    await bot.start()
    await bot.ready()
    assert await _greeted(world, "بی کلید پیشین") is True
    code, printed, _ = await world.command("keys", "status")
    assert (code, "the only key" in printed) == (0, True)
    assert (await bot.stop())[0] == 0


async def test_keys_from_elsewhere_are_used_and_changed_by_the_operator(world: World) -> None:
    folder = world.home.parent / "credentials"
    folder.mkdir()
    first, second = (base64.b64encode(bytes([n] * 32)).decode() for n in (1, 2))
    (folder / "mohlat.key").write_text(first)
    (folder / "mohlat.key").chmod(0o440)
    invite = ("invite", "--role", "admin", "--name", "x")
    handed = {"CREDENTIALS_DIRECTORY": folder}
    assert (await world.command(*invite, **handed))[0] == 0
    code, printed, _ = await world.command("keys", "rotate", **handed)
    assert (code, "Put this key first in" in printed) == (0, True)
    assert (await world.command(*invite, MOHLAT_KEYS=second))[0] == 2
    code, printed, _ = await world.command("keys", "rotate", MOHLAT_KEYS=f"{second},{first}")
    assert (code, "Then these may be removed" in printed) == (0, True)
    assert (await world.command(*invite, MOHLAT_KEYS=second))[0] == 0
    code, _, complaint = await world.command(*invite, **handed)
    assert (code, "does not hold the key of this database" in complaint) == (2, True)


async def test_a_first_start_says_on_the_terminal_that_the_key_is_to_be_kept(world: World) -> None:
    code, _, complaint = await world.command("invite", "--role", "admin", "--name", "x")
    assert (code, f"A new key was made: {world.home / 'secret.key'}" in complaint) == (0, True)
    (world.home / "secret.key").chmod(0o644)
    code, _, complaint = await world.command("invite", "--role", "admin", "--name", "x")
    assert (code, "chmod 600" in complaint) == (2, True)


async def test_a_damaged_value_is_in_the_way_of_a_further_key_until_it_is_told_to_be_made_anyway(
    world: World,
) -> None:
    assert (await world.command("invite", "--role", "admin", "--name", "x"))[0] == 0
    with sqlite3.connect(world.store_url.removeprefix("sqlite:///")) as raw:
        raw.execute("UPDATE invitations SET name = x'0102030405060708090a0b0c0d0e0f10'")
    keys = KeySource(world.home / "secret.key")
    (old,) = keys.read()
    code, _, complaint = await world.command("keys", "rotate")
    assert (code, "keys rotate --anyway" in complaint, keys.read()) == (1, True, (old,))
    code, printed, complaint = await world.command("keys", "rotate", "--anyway")
    new, *older = keys.read()
    assert (code, older, new == old) == (1, [old], False)
    assert ("1 values open with no key" in complaint, "may be removed" in printed) == (True, False)
    keys.put([new])
    assert (await world.command("invite", "--role", "admin", "--name", "y"))[0] == 0
