"""Where passcodes are hashed: threads that leave the processor to everybody else.

Somebody who tries passcodes by the dozen may wait for them; whoever else writes meanwhile may not.
"""

import asyncio
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")

# Hashing a passcode takes 19 MiB and a core each: one core is left to everybody else.
AT_ONCE: Final = max(1, min(2, (os.cpu_count() or 1) - 1))
NICENESS: Final = 10
REST: Final = 3
"""How many times a call's time on the processor a thread rests afterwards: a quarter is the most it has."""


class Unhurried:
    """A few threads that stand back, and rest after each call: see `REST`."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="slow", initializer=_step_back)
        self._own = threading.local()

    async def run(self, compute: Callable[[], T]) -> T:
        """What this gives, or raises; calls are begun in the order they came in."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._rested, compute)

    def close(self) -> None:
        """Begin nothing any more: what waits is given up, or the process would not end before it is done."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _rested(self, compute: Callable[[], T]) -> T:
        # Before the next call, and not after this one: a single person waits for no rest.
        time.sleep(max(0.0, getattr(self._own, "rests_until", 0.0) - time.monotonic()))
        began = time.thread_time()
        try:
            return compute()
        finally:
            self._own.rests_until = time.monotonic() + REST * (time.thread_time() - began)


def _step_back() -> None:
    """Let this thread have what the others leave."""
    thread = threading.get_native_id()
    # Nobody but root may step forward again: a process that stands further back stays there.
    os.setpriority(os.PRIO_PROCESS, thread, max(NICENESS, os.getpriority(os.PRIO_PROCESS, thread)))
