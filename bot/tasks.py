"""The tasks of a process: started together, watched, and ended together; and the order to end them."""

import asyncio
import signal
from collections.abc import Coroutine, Iterable
from typing import Any

from bot.health import Health
from bot.logs import logger, place

log = logger("app")


class TaskEnded(Exception):  # noqa: N818 - named for what happened
    """A task that lasts as long as the process has failed; the process should be started again.

    Attributes:
        name: such as `send-bale`.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Tasks:
    """The tasks that should last as long as the process: if one ends, the process says so and stops."""

    def __init__(self, health: Health) -> None:
        self.health = health
        self._running: dict[str, asyncio.Task[None]] = {}
        self._failed = asyncio.Event()
        self._first_failed = ""

    def start(self, name: str, coroutine: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Start one; health watches it."""
        task = asyncio.create_task(coroutine)
        self._running[name] = self.health.tasks[name] = task
        task.add_done_callback(lambda ended: self._ended(name, ended))
        return task

    async def until(self, stop: asyncio.Event) -> None:
        """Wait for the order to stop, or for the failure of a task."""
        waits = [asyncio.create_task(stop.wait()), asyncio.create_task(self._failed.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        await cancel(waits)

    def check(self) -> None:
        """Whether all went well.

        Raises:
            TaskEnded: one failed.
        """
        if self._first_failed:
            raise TaskEnded(self._first_failed)

    async def end(self) -> None:
        """Cancel what still runs."""
        await cancel(self._running.values())

    def _ended(self, name: str, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("task_ended", name=name, error=type(error).__name__, where=place(error))
            self._first_failed = self._first_failed or name
            self._failed.set()


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def after(event: asyncio.Event, work: Coroutine[None, None, None]) -> None:
    """Begin the work once the event has come."""
    await event.wait()
    await work


async def cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel them, and wait until each has ended."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
