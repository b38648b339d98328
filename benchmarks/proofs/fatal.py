"""`python -m benchmarks.proofs.fatal POINT HIT …`: the bot, killed at the HITth pass of a named point.

The points are hung into the process from outside; the product knows nothing of them.
"""

import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

import psycopg

import storage.backup
import storage.envelope
from bot.platforms.api import BotApi
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.vault import Vault

Fatal = Callable[[], None]
"""Counts a pass of the point; does not come back from the last one."""

FILE_BODY: Final = "file_contents.body"
MAKING: Final = ("CREATE ", "ALTER ", "DROP ", "INSERT ", "UPDATE ")


class Countdown:
    """Kills the process at the pass that was asked for."""

    def __init__(self, passes: int) -> None:
        self._left = passes
        self._lock = threading.Lock()

    def __call__(self) -> None:
        """One pass."""
        with self._lock:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def _entering(owner: Any, name: str, die: Fatal) -> None:  # noqa: ANN401 - any class
    real = getattr(owner, name)

    def called(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
        die()
        return real(*given, **named)

    setattr(owner, name, called)


def _committing(owner: Any, name: str, die: Fatal, *, after: bool) -> None:  # noqa: ANN401 - any class
    """Before or after the commit of a transaction in which the method was called and had something to do."""
    marked = threading.local()
    real = getattr(owner, name)

    def called(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
        result = real(*given, **named)
        marked.now = getattr(marked, "now", False) or bool(result) or name == "settle"
        return result

    def commits(commit: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it gives
        due = getattr(marked, "now", False)
        marked.now = False
        if due and not after:
            die()
        result = commit()
        if due and after:
            die()
        return result

    setattr(owner, name, called)
    _at_commits(commits)


def _at_commits(commits: Callable[[Callable[[], Any]], Any]) -> None:
    """Have every commit of either engine go through this."""

    class Watched(sqlite3.Connection):
        """A connection whose commits are watched."""

        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:  # noqa: ANN401 - as there
            run = partial(super().execute, statement, *values)
            cursor: sqlite3.Cursor = commits(run) if statement == "COMMIT" else run()
            return cursor

    connect = sqlite3.connect
    sqlite3.connect = partial(connect, factory=Watched)  # type: ignore[assignment]
    real = psycopg.Connection.commit
    psycopg.Connection.commit = lambda self: commits(partial(real, self))  # type: ignore[method-assign]


def _after_sending(die: Fatal) -> None:
    real = BotApi.call

    async def called(self: BotApi, method: str, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - as there
        result = await real(self, method, *given, **named)
        if method.startswith(("send", "edit")):
            die()
        return result

    BotApi.call = called  # type: ignore[method-assign]


def _in_a_file(die: Fatal) -> None:
    real = Vault.seal_bytes

    def called(self: Vault, context: str, content: bytes) -> bytes:
        if context == FILE_BODY:
            die()  # its row is written, its contents are not
        return real(self, context, content)

    Vault.seal_bytes = called  # type: ignore[method-assign,assignment]


def _in_a_migration(die: Fatal) -> None:
    """At a statement that makes something; a start has no others before the tables stand."""
    _entering(psycopg.Cursor, "execute", die)

    class Watched(sqlite3.Connection):
        """A connection whose cursors are watched."""

        def cursor(self, *given: Any) -> Any:  # noqa: ANN401 - as there
            del given
            return super().cursor(_WatchedCursor)

    class _WatchedCursor(sqlite3.Cursor):
        def execute(self, statement: str, *values: Any) -> Self:  # noqa: ANN401 - as there
            die()
            return super().execute(statement, *values)

    connect = sqlite3.connect
    sqlite3.connect = partial(connect, factory=Watched)  # type: ignore[assignment]


POINTS: Final[dict[str, Callable[[Fatal], None]]] = {
    "after receive": lambda die: _entering(Inbox, "receive", die),
    "received, before commit": lambda die: _committing(Inbox, "receive", die, after=False),
    "received, after commit": lambda die: _committing(Inbox, "receive", die, after=True),
    "handled, before commit": lambda die: _committing(Inbox, "done", die, after=False),
    "handled, after commit": lambda die: _committing(Inbox, "done", die, after=True),
    "claimed, after commit": lambda die: _committing(Outbox, "claim", die, after=True),
    "after send, before mark": _after_sending,
    "marked, before commit": lambda die: _committing(Outbox, "settle", die, after=False),
    "in a file write": _in_a_file,
    "key written, not yet in place": lambda die: _entering(os, "link", die),
    "key in place, draft not yet gone": lambda die: _entering(Path, "unlink", die),
    "in a migration": _in_a_migration,
    "in a copy for a backup": lambda die: _entering(storage.backup, "judge", die),
    "in a backup": lambda die: _entering(storage.envelope, "read_on", die),
    "backup written, not yet in place": lambda die: _entering(Path, "replace", die),
}
FIRST_START: Final = tuple(name for name in POINTS if name.startswith(("key", "in a migration")))
IN_BACKUPS: Final = tuple(name for name in POINTS if "backup" in name)
"""The points of another command than `run`; see `backups.py`."""


if __name__ == "__main__":
    point, passes, *rest = sys.argv[1:]
    POINTS[point](Countdown(int(passes)))
    sys.argv[1:] = rest
    from bot.__main__ import cli

    cli()
