"""The sandbox's clock: the real time plus an offset, so that a day can pass in a moment."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar


class Clock:
    """Real time moved by `offset` seconds; call it for an aware UTC datetime."""

    kind: ClassVar[str] = "clock"
    key = ""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        self._listeners: list[Callable[[], None]] = []

    def listen(self, callback: Callable[[], None]) -> None:
        """Have `callback` called whenever somebody moves the clock."""
        self._listeners.append(callback)

    def __call__(self) -> datetime:
        """Now."""
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def timestamp(self) -> float:
        """Seconds since 1970 by this clock."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once (negative: turn the clock back)."""
        self._move(self.offset + seconds)

    def set(self, moment: datetime) -> None:
        """Make it `moment` (aware) now; the clock goes on from there."""
        self._move(moment.timestamp() - time.time())

    def record(self) -> dict[str, float]:
        """What is written down, so that a restart does not turn it back."""
        return {"offset": self.offset}

    def reset(self) -> None:
        """Back to real time."""
        self._move(0.0)

    def _move(self, offset: float) -> None:
        self.offset = offset
        for callback in self._listeners:
            callback()
