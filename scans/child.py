"""The process that looks at files: for each one a child of its own, which may take so much memory and time.

It is started with an empty environment and is told no path, no key and no store: bytes come in, bytes go
out. This process itself never parses anything, and the child that does holds nothing but a pipe for its one
answer, so that it answers for no other file. Where the kernel lets it, it has given up every file but
Python's own, every connection, and every hold on other processes (`scans/confined.py`).
"""

import os
import resource
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from scans.cleaning import clean
from scans.confined import confine, undumpable
from scans.verdict import COPY_MB, MB, Refusal
from scans.wire import Bounds, is_block, packed, read_block

_CHUNK: Final = 65_536
_OPEN_FILES: Final = 16


def main() -> None:
    """Take files from the standard input, one after the other, until it ends."""
    with suppress(OSError):  # the first to go where memory runs out, and not the bot
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    undumpable()
    bounds = Bounds(*map(int, sys.argv[1:]))
    while (content := read_block(sys.stdin.buffer)) is not None:
        sys.stdout.buffer.write(_in_a_child(content, bounds))
        sys.stdout.buffer.flush()


def _in_a_child(content: bytes, bounds: Bounds) -> bytes:
    """The answer of a child that looks at these bytes; where it was stopped, they are too heavy."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _look(content, bounds, writing)
    os.close(writing)
    try:
        answer = _heard(reading, time.monotonic() + bounds.wall)
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return answer if is_block(answer) else packed(Refusal("file_heavy"))


def _look(content: bytes, bounds: Bounds, writing: int) -> NoReturn:
    """The child's whole life."""
    try:
        keep_only(writing)
        _bound(bounds)
        confine()
        with os.fdopen(writing, "wb") as target:
            target.write(packed(clean(content)))
    finally:
        os._exit(0)


def keep_only(writing: int) -> None:
    """Let go of whatever leads to the parent and to the files of others."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    os.closerange(3, writing)
    os.closerange(writing + 1, os.sysconf("SC_OPEN_MAX"))


def _bound(bounds: Bounds) -> None:
    """Give up what a parser has no use for; a limit that the system does not know is left to the clock."""
    signal.alarm(bounds.wall + 1)
    limits = {
        resource.RLIMIT_AS: bounds.memory * MB,
        resource.RLIMIT_CPU: bounds.cpu,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(which, (most, most))


def _heard(reading: int, until: float) -> bytes:
    """What a child writes until it ends, its time is up, or it is too much."""
    heard = bytearray()
    while (left := until - time.monotonic()) > 0 and len(heard) <= (COPY_MB + 1) * MB:
        if not select.select([reading], [], [], left)[0]:
            break
        chunk = os.read(reading, _CHUNK)
        if not chunk:
            break
        heard += chunk
    return bytes(heard)
