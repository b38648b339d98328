"""The way to the child: a few of them at most, started when a file comes, replaced when one fails.

The calls block, so they are made in threads of their own: neither the loop nor the store's thread waits.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import BinaryIO, Final, cast

from scans import clamd
from scans.verdict import FILE_MB, MB, Refusal, Verdict
from scans.wire import Bounds, block, read_block, unpacked

AT_ONCE: Final = 2
GRACE: Final = 5.0
_ROOT: Final = str(Path(__file__).parents[1])
_START: Final = f"import sys; sys.path.insert(0, {_ROOT!r}); from scans.child import main; main()"
"""Isolated, Python looks neither at the environment nor at the folder that it is started in."""


class Cleaner:
    """Makes files harmless.

    Args:
        clamd: where a virus scanner listens, `host:port` or the path of its socket; empty: none is asked.
        bounds: what one file may take.
        command: what is run as the child; for trials of children that fail.
        grace: seconds that a child may be silent after its own clock has run out, before it is killed.
    """

    def __init__(
        self,
        *,
        clamd: str = "",
        bounds: Bounds | None = None,
        command: Sequence[str] | None = None,
        grace: float = GRACE,
    ) -> None:
        bounds = bounds or Bounds()
        own = (sys.executable, "-I", "-B", "-c", _START, *map(str, (bounds.memory, bounds.cpu, bounds.wall)))
        self._clamd = clamd
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="scans")
        self._idle = [_Child(command or own, bounds.wall + grace) for _ in range(AT_ONCE)]
        self._children = tuple(self._idle)

    async def clean(self, content: bytes) -> Verdict:
        """The clean copy of a file, or why there is none; a child that fails costs its file alone."""
        if len(content) > FILE_MB * MB:
            return Refusal("file_too_large", {"limit": FILE_MB})
        if self._clamd:
            try:
                if await clamd.is_infected(self._clamd, content):
                    return Refusal("file_infected")
            except clamd.Unreachable:
                return Refusal("scanner_unreachable")
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, content)

    def close(self) -> None:
        """Begin no file any more, and end the children."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.end()

    def _ask(self, content: bytes) -> Verdict:
        child = self._idle.pop()  # as many as there are threads; the one that was used last is warm
        try:
            return child.ask(content)
        finally:
            self._idle.append(child)


class _Child:
    """One process, or none yet."""

    def __init__(self, command: Sequence[str], seconds: float) -> None:
        self._command = command
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, content: bytes) -> Verdict:
        """What the child says of a file; `file_heavy` where it dies of it."""
        process = self._running()
        clock = Timer(self._seconds, end_group, [process])
        clock.start()
        try:
            return _asked(process, content)
        except (OSError, ValueError):
            _stop(clock)
            self.end()
            return Refusal("file_heavy")
        finally:
            _stop(clock)

    def end(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            end_group(process)
            process.communicate()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, with our own words
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={},
                start_new_session=True,
            )
        return self._process


def _stop(clock: Timer) -> None:
    """From here on it ends nothing any more."""
    clock.cancel()
    clock.join()


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """End a process with the child that it has at work, which may hold its pipes.

    The number of one that was waited for may be another's by now. None of its own is left then: it is waited
    for between two files, and before it answers for one it has seen the end of its child.
    """
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _asked(process: subprocess.Popen[bytes], content: bytes) -> Verdict:
    """Hand the bytes over and read the answer.

    Raises:
        OSError, ValueError: the child is gone, or talks nonsense.
    """
    if process.stdin is None or process.stdout is None:
        raise ValueError("no pipes")
    process.stdin.write(block(content))
    process.stdin.flush()
    answer = read_block(cast("BinaryIO", process.stdout))
    if answer is None:
        raise ValueError("gone")
    return unpacked(answer)
