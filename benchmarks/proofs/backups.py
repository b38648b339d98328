"""R16: backups made while people are at work, each restored: sound, whole, and silent about what is old.

And R2's kills in a backup: whenever it dies, nothing readable is left.
"""

import asyncio
import shutil
import sqlite3
import sys
from itertools import count
from pathlib import Path
from typing import Final

from processes_world import PATIENCE, TOKENS, BotProcess, World, shown, until

from benchmarks.proofs.crashes import SENDING, UNKNOWN_CODE, Rush, new_world
from benchmarks.proofs.fatal import IN_BACKUPS
from benchmarks.proofs.tally import Place, Tally
from bot.backups import made_in
from storage.envelope import new_identity

SLOW: Final = 0.1
"""Seconds that the platform takes for a message, so that every backup finds some that wait."""
PLAIN: Final = b"SQLite format 3"
"""How every readable copy begins."""


async def restored(place: Place) -> Tally:
    """`size` backups under load; then each is restored, looked at, and brought to life."""
    tally, (secret, recipient) = Tally(), new_identity()
    identity = place.folder / "identity"
    identity.write_text(secret)
    async with new_world(place) as world:
        folder = place.folder / "backups"
        rush = Rush(world, tally)
        await rush.gather(officers=4, askers=8)
        bot = world.bot(**SENDING)
        await bot.start()
        await bot.ready(PATIENCE)
        for platform in TOKENS:
            world.sandbox.faults.add(platform, "sendMessage", "latency", delay=SLOW)
        await rush.during(asyncio.ensure_future(_back_up_often(place, world, folder, recipient, tally)))
        await bot.stop()
        made = [file for _, file in made_in(folder)]
        tally.must("backups", len(made), place.size)
        found = [await _judged(place, world, file, identity, tally) for file in made]
        tally.count("messages that waited in them, and were held back", sum(found))
        tally.must("backups in which a message waited", sum(map(bool, found)), len(made))
        for point in IN_BACKUPS:
            await _killed(world, folder, recipient, point, tally)
    return tally


async def _back_up_often(place: Place, world: World, folder: Path, recipient: str, tally: Tally) -> None:
    """Each begins in the midst of things, in a second of its own: that is its name."""
    for number in range(1, place.size + 1):
        sent = _sends(world)
        await until(lambda sent=sent: _sends(world) > sent)  # type: ignore[misc]
        options = ("--to", str(folder), "--recipient", recipient)
        code, _, complaint = await world.command("backup", *options, BACKUP_KEEP=place.size + 1)
        if code:
            tally.wrong.append(f"backup {number} ended with {code}: {complaint}")
        await asyncio.sleep(1.0)
        place.progress(number, place.size, "backups")
    world.sandbox.faults.clear("*")


_homes = count(1)


async def _judged(place: Place, world: World, file: Path, identity: Path, tally: Tally) -> int:
    """Restore one, ask the engine about it, and see what it says to whom; how many messages it held back."""
    home = place.folder / f"restored-{next(_homes)}"
    options = ("--identity", str(identity), "--to", str(home))
    code, told, complaint = await world.command("restore", str(file), *options)
    if code:
        tally.wrong.append(f"{file.name}: not restored ({code}): {complaint}")
        return 0
    place.say(told.splitlines()[0])
    with sqlite3.connect(home / "mohlat.sqlite") as rows:
        held = _held(rows)
        _insist(tally, file, "integrity", rows.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        _insist(tally, file, "foreign keys", rows.execute("PRAGMA foreign_key_check").fetchall(), [])
    await _live(world, home, file, tally)
    with sqlite3.connect(home / "mohlat.sqlite") as rows:
        _insist(tally, file, "held back to the end", _held(rows), held)
    shutil.rmtree(home)
    return held


def _insist(tally: Tally, file: Path, what: str, found: object, wanted: object) -> None:
    if found != wanted:
        tally.wrong.append(f"{file.name}: {what}: {found}, not {wanted}")


def _held(rows: sqlite3.Connection) -> int:
    return int(rows.execute("SELECT count(*) FROM outbox WHERE state = 'held'").fetchone()[0])


async def _live(world: World, home: Path, file: Path, tally: Tally) -> None:
    """Start it: somebody new is answered, and nobody else hears anything."""
    bot: BotProcess = world.bot(
        DATA_DIR=home, DATABASE_URL=f"sqlite:///{home / 'mohlat.sqlite'}", KEY_FILE=world.home / "secret.key"
    )
    newcomer = world.phone("bale", f"newcomer-{home.name}")
    before = _sends(world)
    await bot.start()
    await bot.ready(PATIENCE)
    await newcomer.send(UNKNOWN_CODE)
    await newcomer.sees(within=PATIENCE)
    await bot.stop()  # drained: what it would still have sent is sent now
    _insist(tally, file, "messages sent", _sends(world) - before, len(shown(newcomer)))


def _sends(world: World) -> int:
    return sum(
        number
        for (_, method, code), number in world.sandbox.counts.items()
        if method.startswith("send") and code == 200  # noqa: PLR2004 - as HTTP has it
    )


async def _killed(world: World, folder: Path, recipient: str, point: str, tally: Tally) -> None:
    """Let a backup die at this point, and look for what it left; the next one clears the rest away."""
    before = {file for _, file in made_in(folder)}
    command = ("backup", "--to", str(folder), "--recipient", recipient)
    bot = world.bot()
    await bot.start(sys.executable, "-m", "benchmarks.proofs.fatal", point, "1", *command)
    assert bot.process is not None  # noqa: S101 - for the type checker: it has just been started
    tally.must(f"killed {point}", await bot.process.wait(), -9)
    known = world.store_url.removeprefix("sqlite:///")
    left = [file for home in (world.home, folder, Path(known).parent) for file in _in(home)]
    readable = [file.name for file in left if not str(file).startswith(known) and _plain(file)]
    tally.must(f"killed {point}: readable files left", readable, [])
    tally.must(f"killed {point}: backups half made", {file for _, file in made_in(folder)} - before, set())
    await asyncio.sleep(1.0)  # a backup is named by its second
    tally.must(f"killed {point}: the next one", (await world.command(*command, BACKUP_KEEP=1000))[0], 0)
    tally.must(
        f"killed {point}: drafts left then", [file.name for file in _in(folder) if file.suffix == ".part"], []
    )


def _in(folder: Path) -> list[Path]:
    """Every file in a folder and below."""
    return [file for file in folder.rglob("*") if file.is_file()]


def _plain(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(PLAIN)) == PLAIN
