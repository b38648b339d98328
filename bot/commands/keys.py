"""`python -m bot keys …`: the master keys, and how what is stored is sealed anew with another one."""

import asyncio
import base64
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import Progress

from bot.settings import Settings
from bot.terminal import fail, go, read_settings, visit
from bot.vaults import announce, open_vault
from domain.audit import Deed
from storage.engine import Store, file_of
from storage.keyfile import KEY_BYTES, make_key
from storage.resealing import SEALED, Sealed
from storage.resealing import Progress as Step
from storage.work import Work

PATIENCE: Final = 100
"""How often, a tenth of a second apart, is asked whether older work is over: the project's own number."""

Standing = tuple[list[str], dict[str, int]]
"""The ids of the keys, the newest first, and how many values bear which."""

app = typer.Typer(
    name="keys",
    help="The master keys that seal what is stored. The bot may be running meanwhile.",
    no_args_is_help=True,
)


@app.command()
def new() -> None:
    """Make the first key of a database on a server; for a file the bot makes it by itself."""
    settings = read_settings()
    source = settings.keys
    if source.path is None or not source.ours or source.exists():
        fail(f"There are keys already: {source.name}.", "For another one: python -m bot keys rotate")
    source.tidy()
    go(settings, lambda: _made(settings))


async def _made(settings: Settings) -> None:
    make_key(settings.key_path)
    announce(settings.key_path)


@app.command()
def status() -> None:
    """Show the keys that are there, and how many values are sealed with which."""
    _tell_standing(read_settings())


@app.command()
def rotate(
    *,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Make a new key though some values can be read by no key.")
    ] = False,
) -> None:
    """Make a new key and seal everything stored with it, beside the running bot; after a kill, go on.

    The old key opens what it sealed until this is done; then it may be removed. While an older key is still
    there, no further one is made, unless damaged values are in the way (--anyway): a key that was seen is
    replaced in any case.
    """
    settings = read_settings()
    settings.keys.tidy()
    ring, standing = go(settings, lambda: visit(settings, _standing))
    if anyway or not _left(ring, standing):
        if len(ring) > 1 and not anyway:
            _tell_standing(settings)
            return
        _add_key(settings)
    unreadable = go(settings, lambda: _rotate(settings))
    _tell_standing(settings)
    if unreadable:
        fail(
            f"{unreadable} values open with no key that is there, or are damaged; they stay so.",
            "Add the key that they were sealed with, or restore them from a backup. "
            "Until then a further key is made by: python -m bot keys rotate --anyway",
            code=1,
        )


def _standing(work: Work) -> Standing:
    return [master.id.hex() for master in work.vault.ring], work.keys.standing()


def _left(ring: list[str], standing: dict[str, int]) -> int:
    """How many values are not sealed as they would be today."""
    return sum(count for name, count in standing.items() if name not in (ring[0], "form"))


def _add_key(settings: Settings) -> None:
    """Put a new key before the others, on disk before anything is sealed with it."""
    source = settings.keys
    old, made = source.read(), os.urandom(KEY_BYTES)
    if source.path is not None and source.ours:
        source.put([made, *old])
        return
    typer.echo(f"Put this key first in {source.name}, and keep those that are there behind it:")
    typer.echo(base64.b64encode(made).decode())
    typer.echo("Restart the bot with both, and only then run this again: python -m bot keys rotate")
    raise typer.Exit


def _note_rotation(work: Work) -> None:
    work.audit.caused_by("command:keys")
    work.audit.note(Deed.KEYS, by=None, step="rotate", keys=len(work.vault.ring))


async def _rotate(settings: Settings) -> int:
    """Seal anew what is not sealed with the newest key, until nothing is left; how many values cannot be."""
    vault = await open_vault(settings)
    store = await Store.open(settings.store_url, vault=vault, exclusive=False)
    try:
        _, standing = await store.run(_standing)
        await store.run(_note_rotation)
        with _progress(_left([vault.ring[0].id.hex()], standing)) as advance:
            while True:
                done, unreadable = await _pass(store, advance)
                # What a unit sealed that had begun before the new key was there is found by the next pass.
                if not done:
                    return unreadable
    finally:
        await store.close()


async def _pass(store: Store, advance: Callable[[int], None]) -> tuple[int, int]:
    """Go through every sealed column once; how many values were sealed anew, and how many cannot be."""
    done = unreadable = 0
    for one in SEALED:
        after: tuple[object, ...] | None = None
        while True:
            step = await store.run(_reseals(one, after))
            done, unreadable, after = done + step.done, unreadable + step.unreadable, step.after
            advance(step.done)
            if after is None:
                break
    return done, unreadable


def _reseals(one: Sealed, after: tuple[object, ...] | None) -> Callable[[Work], Step]:
    return lambda work: work.keys.reseal(one, after)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("sealing anew", total=total)
        yield lambda count: bar.advance(task, count)


def _tell_standing(settings: Settings) -> None:
    settled = go(settings, lambda: _settled(settings))
    _tell(*go(settings, lambda: visit(settings, _standing)), settled=settled)


async def _settled(settings: Settings) -> bool:
    """Wait until whatever had begun with an older ring is over; False if it goes on for too long.

    A unit on PostgreSQL may have begun before the new ring was there, and seal with the older key yet. SQLite
    has one writer, who reads the ring while it holds the file.
    """
    if file_of(settings.store_url) is not None:
        return True
    moment = await visit(settings, lambda work: work.keys.moment())
    for _ in range(PATIENCE):
        if not await visit(settings, lambda work: work.keys.begun_before(moment)):
            return True
        await asyncio.sleep(0.1)
    return False


def _tell(ring: list[str], standing: dict[str, int], *, settled: bool = True) -> None:
    """Say what stands under which key, and whether an older one may be removed."""
    newest, *older = ring
    for name, count in sorted(standing.items()):
        typer.echo(f"{name}: {count} values{_role(name, newest)}")
    if left := _left(ring, standing):
        typer.echo(f"{left} values are not sealed as they would be today: python -m bot keys rotate")
    elif older and not settled:
        typer.echo("Work that began with an older key may still be going on: python -m bot keys status")
    elif older:
        typer.echo(
            f"Everything is sealed with {newest}. Back it up. Then these may be removed, each with its line, "
            f"once no backup made with them is needed any more: {', '.join(older)}."
        )
    else:
        typer.echo(f"Everything is sealed with {newest}, the only key.")


def _role(name: str, newest: str) -> str:
    if name == "form":
        return ", each with the key of its form, which a master key seals"
    return " (the key that seals)" if name == newest else ""
