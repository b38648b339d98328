"""What every command of the command line needs: settings, a loop, the store, and a clear end."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NoReturn, TypeVar

from pydantic import ValidationError
from rich.console import Console

from bot import logs, starting
from bot.ports import PortTaken
from bot.settings import Settings
from bot.tasks import TaskEnded
from bot.vaults import REMEDIES, open_vault
from storage.engine import Store
from storage.errors import KeyUnusable, StorageError, StoreDown, StoreInUse
from storage.work import Work

T = TypeVar("T")

complain = Console(stderr=True, highlight=False)


def read_settings() -> Settings:
    """The settings of the environment; wrong ones are named without their values, and end the process."""
    try:
        return Settings(_secrets_dir=_credentials())
    except ValidationError as wrong:
        # Only pydantic's words: the value itself may be a secret.
        told = "\n".join(
            f"  {'.'.join(map(str, error['loc'])).upper()}: {error['msg'].removeprefix('Value error, ')}"
            for error in wrong.errors(include_input=False, include_url=False)
        )
        fail(f"These settings cannot be used:\n{told}", "Correct them in the environment or in .env.")


def _credentials() -> str | None:
    """Where a supervisor has put secrets as files named like their settings, such as `bale_token`."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    return folder if os.path.isdir(folder) else None  # noqa: PTH112 - an empty name is no folder


def configure_logs(settings: Settings, *, quiet: bool = False) -> None:
    """Begin to log; a command that talks to a person by itself logs quietly."""
    level = "WARNING" if quiet and "log_level" not in settings.model_fields_set else settings.log_level
    logs.configure(level, settings.secrets)


def go(settings: Settings, work: Callable[[], Awaitable[T]]) -> T:
    """Run it on the fastest loop there is; what an operator can mend is said without a traceback."""
    starting.settle()
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            return runner.run(_awaited(work))
    except StoreInUse as busy:
        fail(
            f"The database is in use by another process: {busy.path}.",
            "Stop that process first, or set DATA_DIR to another folder.",
        )
    except KeyUnusable as unusable:
        wrong, remedy = REMEDIES[unusable.reason]
        fail(f"The key cannot be used: {wrong.format(settings.keys.name)}.", remedy)
    except StoreDown as down:
        fail(f"The database cannot be reached ({down.reason}).", "Check DATABASE_URL, DATA_DIR and the disk.")
    except PortTaken as taken:
        fail(
            f"Port {taken.port} cannot be listened on: {taken.reason}.",
            f"Stop what listens there, or set {taken.setting} to a free port.",
        )
    except TaskEnded as ended:
        fail(
            f"A part of the bot has failed and it was stopped: {ended.name}.",
            "Start it again (a supervisor does so by itself); the log says where it failed.",
            code=1,
        )
    except StorageError as error:
        fail(f"The store cannot be used: {error}.", "Run: python -m bot doctor")
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        fail(f"{error.strerror or error}{where}.", "Check DATA_DIR, DATABASE_URL, KEY_FILE and the rights.")


async def visit(settings: Settings, unit: Callable[[Work], T]) -> T:
    """Run one unit beside a bot that may be running."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    vault = await open_vault(settings)
    store = await Store.open(settings.store_url, vault=vault, exclusive=False)
    try:
        return await store.run(lambda work: unit(_caused(work)))
    finally:
        await store.close()


def _caused(work: Work) -> Work:
    """The unit, as the audit names what it is done for: the command of the command line."""
    # The command alone: what stands behind it may be somebody's name.
    named = Path(sys.argv[0]).name == "__main__.py" and sys.argv[1:2]
    work.audit.caused_by(f"command:{named[0] if named else 'python'}")
    return work


def fail(what: str, remedy: str, *, code: int = 2) -> NoReturn:
    """Say what went wrong and what to do about it, and end the process."""
    complain.print(f"{what}\n{remedy}", soft_wrap=True, markup=False)
    sys.exit(code)


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - not on every system; asyncio's own loop serves as well
    except ImportError:
        return None
    return uvloop.new_event_loop
