"""Records of what was measured."""

from dataclasses import dataclass
from datetime import datetime

from domain.lifecycle import State


@dataclass(frozen=True, slots=True)
class FirstStep:
    """The first step of a case that ends a clock, measured.

    Attributes:
        clock: the clock's name: `first_look` or `decision`.
        outcome: the state that it led to.
        working_days: how many it took.
        kept: whether the target of that moment was met; None without one.
    """

    clock: str
    at: datetime
    outcome: State
    working_days: int
    kept: bool | None
