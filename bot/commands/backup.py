"""`python -m bot backup`: an encrypted copy of the store, beside the bot that runs."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import Progress

from bot import backups
from bot.commands.looked import AuditBroken, looked_through
from bot.settings import Settings
from bot.terminal import fail, go, read_settings, visit
from domain.audit import Deed
from storage.backup import Progress as Watch
from storage.backup import Unsound, copied
from storage.engine import file_of
from storage.envelope import DRAFT, NotAnAgeKey, NotOpened, Recipient, new_identity, recipients_of, seal
from storage.work import Work

PRIVATE: Final = 0o700

To = Annotated[Path | None, typer.Option(help="The folder; without it BACKUP_TO.")]
Whom = Annotated[
    list[str] | None,
    typer.Option(
        help="Who may open it: age1…, or a file of such lines; may be repeated. Without it BACKUP_RECIPIENTS."
    ),
]


def backup(
    to: To = None,
    recipient: Whom = None,
    *,
    key: Annotated[
        bool, typer.Option("--key", help="The secret key instead of the database, into a file of its own.")
    ] = False,
    new_identity_file: Annotated[
        Path | None,
        typer.Option(
            "--new-identity", help="Only make a new age identity in this file; print its recipient."
        ),
    ] = None,
) -> None:
    """Make an encrypted backup while the bot runs, check it, and prove that it opens.

    The database and the key that unseals it never lie in one file: keep the backups of both apart, and the
    identity that opens them away from this machine. Exit code 0: it is on disk; 2: nothing was made; 3: it is
    on disk, but the audit in it is not whole, which its name says: see python -m bot audit verify.
    """
    if new_identity_file is not None:
        _make_identity(new_identity_file)
        return
    settings = read_settings()
    made, objection = go(settings, lambda: _made(settings, to, recipient or [], key=key))
    typer.echo(f"{made}  {made.stat().st_size} bytes")
    if objection:
        typer.echo(f"The audit is not whole: {objection}. See: python -m bot audit verify", err=True)
        raise typer.Exit(backups.MADE_DOUBTED)


async def _made(settings: Settings, to: Path | None, recipients: list[str], *, key: bool) -> tuple[Path, str]:
    """The file, and what is wrong with the audit in it: "" where nothing is."""
    folder = to or settings.backup_to
    if folder is None:
        fail("There is no folder for backups.", "Add: --to FOLDER, or set BACKUP_TO.")
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    try:
        to_whom = recipients_of(" ".join(map(_told, recipients or [settings.backup_recipients])))
    except NotAnAgeKey:
        fail("A recipient is no age recipient.", "They begin with age1; see: python -m bot backup --help")
    if not to_whom:
        fail(
            "Nobody could open it.",
            "Add: --recipient age1…, or set BACKUP_RECIPIENTS. "
            "A new one is made by: python -m bot backup --new-identity FILE",
        )
    with _explained(), _alone(folder):
        if key:
            return _key(settings, folder, to_whom), ""
        made, objection = await _database(settings, folder, to_whom)
        like_it = backups.doubted_in(folder) if objection else backups.made_in(folder)
        drop_older(like_it, settings.backup_keep, made)
        return made, objection


@contextmanager
def _explained() -> Iterator[None]:
    """What can go wrong with a backup, in words."""
    try:
        yield
    except Unsound as found:
        fail(f"The database is damaged: {'; '.join(found.objections)}.", "Restore it from an older backup.")
    except NotOpened:
        fail("What was written could not be opened again.", "Check the disk of the folder and try again.")


def _told(text: str) -> str:
    """What was given, or what the file holds that it names."""
    return text if text.startswith("age1") or not text else Path(text).read_text("utf-8")


async def _database(settings: Settings, folder: Path, to_whom: list[Recipient]) -> tuple[Path, str]:
    path = file_of(settings.store_url)
    if path is None:
        fail(
            "This store is on a PostgreSQL server, which has tools of its own for this.",
            "Use pg_dump or pg_basebackup, and encrypt what they give: docs/backup.md.",
        )
    if not path.exists():
        fail("There is no database yet.", "It is made at the first start.")
    objection = ""
    with _shown() as progress, copied(path, settings.data_dir, progress) as copy:
        try:
            current = await looked_through(settings, copy.connection)
        except AuditBroken as broken:
            # It cannot be mended, and whoever broke it shall not have ended the backups with it.
            current, objection = True, "; ".join(broken.objections)
        target = folder / backups.name_at(datetime.now(UTC), doubted=bool(objection))
        copy.file.seek(0)
        seal(copy.file, target, to_whom)
    if current:
        await visit(settings, _note)
    return target, objection


def _note(work: Work) -> None:
    work.audit.note(Deed.BACKUP, by=None)


def _key(settings: Settings, folder: Path, to_whom: list[Recipient]) -> Path:
    path = settings.keys.path
    if path is None or not path.exists():
        fail(f"There is no file of keys: {settings.keys.name}.", "Back the keys up where they are kept.")
    target = folder / f"mohlat-key-{datetime.now(UTC):{backups.STAMP}}.age"
    with path.open("rb") as file:
        seal(file, target, to_whom)
    return target


def drop_older(standing: list[tuple[datetime, Path]], keep: int, made: Path) -> None:
    """Of those beyond `keep` the oldest go, by number and never by age, so no clock empties the folder.

    Args:
        standing: backups that stand for each other, the oldest first: all whole ones, or all doubted ones.
        keep: how many stay, 1 or more.
        made: the one just made, which stays whatever its moment says: it is known to open.
    """
    older = [file for _, file in standing if file != made]
    for file in older[: max(0, len(standing) - keep)]:
        file.unlink()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder; what a killed one left there, encrypted and unfinished, goes."""
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for draft in folder.glob(f".mohlat-*{DRAFT}"):
            draft.unlink()
        yield
    except BlockingIOError:
        fail("Another backup is being made there.", "Wait for it to end.")
    finally:
        os.close(descriptor)


@contextmanager
def _shown() -> Iterator[Watch]:
    """A bar that tells how many pages are copied."""
    console = Console(stderr=True)
    with Progress(console=console) if console.is_terminal else nullcontext() as bar:
        task = bar.add_task("Copying") if bar else None

        def progress(left: int, of: int) -> None:
            if bar is not None and task is not None:
                bar.update(task, total=of, completed=of - left)

        yield progress


def _make_identity(path: Path) -> None:
    secret, recipient = new_identity()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        fail(f"{error.strerror}: {path}.", "Name a file that is not there yet.")
    with os.fdopen(descriptor, "w") as file:
        file.write(f"# {recipient}\n{secret}\n")
        file.flush()
        os.fsync(file.fileno())
    typer.echo(f"Keep {path} away from this machine: without it no backup can be opened.")
    typer.echo(recipient)
