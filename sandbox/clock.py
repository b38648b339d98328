"""The sandbox's clock: the real time plus an offset, so that a day can pass in a moment."""

import time
from datetime import UTC, datetime
from typing import ClassVar


class Clock:
    """Real time moved by `offset` seconds; call it for an aware UTC datetime."""

    kind: ClassVar[str] = "clock"
    key = ""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset

    def __call__(self) -> datetime:
        """Now."""
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def timestamp(self) -> float:
        """Seconds since 1970 by this clock."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once (negative: turn the clock back)."""
        self.offset += seconds

    def set(self, moment: datetime) -> None:
        """Make it `moment` (aware) now; the clock goes on from there."""
        self.offset = moment.timestamp() - time.time()

    def record(self) -> dict[str, float]:
        """What is written down, so that a restart does not turn it back."""
        return {"offset": self.offset}

    def reset(self) -> None:
        """Back to real time."""
        self.offset = 0.0
