"""`python -m bot restore`: a backup brought to life again, behind a fence until somebody has decided."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.commands.looked import looked_through, whole
from bot.drills import drop_left, for_drill
from bot.settings import Settings
from bot.terminal import fail, go, read_settings, visit
from bot.unsaid import drop_waiting
from bot.vaults import open_vault
from domain.audit import Deed
from storage.backup import Unsound
from storage.engine import Store, file_of
from storage.envelope import Identity, NotAnAgeKey, NotOpened, identities_of, sync_folder, unseal
from storage.errors import KeyUnusable
from storage.work import Work

DATABASE: Final = "mohlat.sqlite"
BEGUN: Final = ".restoring"
"""What the database's name ends with until it is whole, looked through and fenced."""
BESIDE: Final = ("", "-wal", "-shm", "-journal", ".lock")
"""What may lie beside a database under its name."""


def restore(
    file: Annotated[Path | None, typer.Argument(help="The backup.")] = None,
    identity: Annotated[Path | None, typer.Option(help="The file of the age identity that opens it.")] = None,
    to: Annotated[
        Path | None, typer.Option(help="The folder for the database; without it, where the bot keeps it.")
    ] = None,
    *,
    key: Annotated[
        bool, typer.Option("--key", help="The file is a backup of the secret key; it goes to KEY_FILE.")
    ] = False,
    drill: Annotated[
        bool, typer.Option("--drill", help="Only try: restore into a folder that is gone afterwards.")
    ] = False,
    shut: Annotated[
        bool, typer.Option("--shut", help="Only put the fence around a store restored by other tools.")
    ] = False,
    open_: Annotated[
        bool,
        typer.Option("--open", help="Take the fence of a restored store away, with one of the next two."),
    ] = False,
    send_waiting: Annotated[
        bool, typer.Option("--send-waiting", help="With --open: send what waited in the backup after all.")
    ] = False,
    drop: Annotated[
        bool,
        typer.Option(
            "--drop-waiting",
            help="With --open: never send what waited in the backup, or was due before the restoring.",
        ),
    ] = False,
) -> None:
    """Restore a backup; nothing that is there is ever overwritten.

    The restored bot answers new messages, but what waited in the backup is held back, and nothing is sent by
    itself, until: restore --open --send-waiting, or --drop-waiting. Exit code 0: done; 2: nothing changed.
    """
    settings = read_settings()
    drop_left(settings.data_dir)
    if shut:
        held = go(settings, lambda: visit(settings, _shut))
        typer.echo(f"Held back: {held[0]} messages, {held[1]} updates.")
        return
    if open_:
        _open(settings, send=_choice(send=send_waiting, drop=drop))
        return
    if file is None or identity is None:
        fail("A backup and the identity that opens it are needed.", "Add: FILE --identity FILE")
    go(settings, lambda: _restored(settings, file, identity, to, key=key, drill=drill))


@contextmanager
def _explained(file: Path, identity: Path) -> Iterator[None]:
    """What can go wrong with a backup, in words."""
    try:
        yield
    except NotAnAgeKey:
        fail(f"{identity} holds no age identity.", "It has a line that begins with AGE-SECRET-KEY-1.")
    except NotOpened:
        fail(
            f"{file} cannot be opened with this identity.",
            "It is damaged, or was made for somebody else: try another identity, or an older backup.",
        )
    except Unsound as found:
        fail(f"The backup is damaged: {'; '.join(found.objections)}.", "Restore an older one.")


async def _restored(
    settings: Settings, file: Path, identity: Path, to: Path | None, *, key: bool, drill: bool
) -> None:
    with _explained(file, identity):
        identities = identities_of(identity.read_text("utf-8"))  # noqa: ASYNC240 - nothing else runs here
        if key:
            _put_key(settings, file, identities)
        elif drill:
            await _drilled(settings, file, identities)
        else:
            target = _target(settings, to)
            held = await _put(settings, file, identities, target)
            typer.echo(f"Restored: {target}. Held back: {held[0]} messages, {held[1]} updates.")
            typer.echo(
                "Start the bot; then decide: python -m bot restore --open --send-waiting, or --drop-waiting"
            )


async def _drilled(settings: Settings, file: Path, identities: list[Identity]) -> None:
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with for_drill(settings.data_dir) as folder:
            held = await _put(settings, file, identities, folder / DATABASE)
    except BlockingIOError:
        fail("Another drill is under way.", "Wait for it to end.")
    typer.echo(f"The backup can be restored; it would hold back {held[0]} messages and {held[1]} updates.")


def _target(settings: Settings, to: Path | None) -> Path:
    """Where the database is to lie."""
    target = to / DATABASE if to else file_of(settings.store_url)
    if target is None:
        fail(
            "This store is on a PostgreSQL server, which has tools of its own for this.",
            "Use psql or pg_restore: docs/backup.md. Or add: --to FOLDER",
        )
    taken = [str(there) for end in BESIDE[:3] if (there := target.with_name(target.name + end)).exists()]
    if taken:
        fail(f"There are data already: {', '.join(taken)}.", "Move them away, or restore with: --to FOLDER")
    return target


async def _put(settings: Settings, file: Path, identities: list[Identity], target: Path) -> tuple[int, int]:
    """Bring it to its place, whole and fenced, or not at all; what it holds back."""
    if not settings.keys.exists():
        raise KeyUnusable("missing")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _draft_of(target) as draft:
        _unsealed(file, draft, identities)
        with closing(sqlite3.connect(draft)) as connection:
            await looked_through(settings, connection)
        held = await _fenced(settings, draft)
        os.link(draft, target)  # unlike a rename this never replaces what came there meanwhile
    sync_folder(target.parent)
    return held


@contextmanager
def _draft_of(target: Path) -> Iterator[Path]:
    """A place beside the database; what a killed restore left there goes, and nothing is left by this."""
    draft = target.with_name(target.name + BEGUN)
    _remove(draft)
    try:
        yield draft
    finally:
        _remove(draft)


def _remove(draft: Path) -> None:
    for end in BESIDE:
        draft.with_name(draft.name + end).unlink(missing_ok=True)


def _unsealed(file: Path, into: Path, identities: list[Identity]) -> None:
    descriptor = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        unseal(file, opened, identities)
        os.fsync(opened.fileno())


async def _fenced(settings: Settings, draft: Path) -> tuple[int, int]:
    """Bring its tables up to date, look at it with today's eyes, and shut the fence; what is held back."""
    vault = await open_vault(settings)
    store = await Store.open(f"sqlite:///{draft}", vault=vault)
    try:
        await store.run(whole)
        return await store.run(_shut)
    finally:
        await store.close()


def _shut(work: Work) -> tuple[int, int]:
    work.fence.shut()
    work.audit.note(Deed.RESTORE, by=None)
    return work.fence.held()


def _put_key(settings: Settings, file: Path, identities: list[Identity]) -> None:
    """The key to its place, where there is none."""
    target = settings.key_path
    if target.exists():
        fail(f"There is a key already: {target}.", "Move it away, or set KEY_FILE to another place.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _draft_of(target) as draft:
        _unsealed(file, draft, identities)
        os.link(draft, target)
    sync_folder(target.parent)
    typer.echo(f"The key lies in {target}.")


def _choice(*, send: bool, drop: bool) -> bool:
    """Whether what waited is sent; one of the two has to be said."""
    if send == drop:
        fail("What is to become of what waited?", "Add one of: --send-waiting --drop-waiting")
    return send


def _open(settings: Settings, *, send: bool) -> None:
    held = go(settings, lambda: _opened(settings, send=send))
    if held is None:
        fail("This store is behind no fence.", "Nothing has to be opened.")
    what = "is sent and handled" if send else "was dropped"
    typer.echo(f"Open; what waited {what}: {held[0]} messages, {held[1]} updates.")


async def _opened(settings: Settings, *, send: bool) -> tuple[int, int] | None:
    """What was held back; None where there is no fence. One that was killed here is done again."""
    held = await visit(settings, lambda work: work.fence.held() if work.fence.stands() else None)
    if held is None:
        return None
    if not send:
        await _dropped(settings)
    await visit(settings, lambda work: _taken_away(work, send=send))
    return held


async def _dropped(settings: Settings) -> None:
    """Empty what waited, and count as said what was due before, while the fence still stands."""
    vault = await open_vault(settings)
    store = await Store.open(settings.store_url, vault=vault, exclusive=False)
    try:
        await drop_waiting(store)
    finally:
        await store.close()


def _taken_away(work: Work, *, send: bool) -> None:
    work.fence.open(send=send)
    work.audit.note(Deed.RESTORE, by=None, opened="sent" if send else "dropped")
