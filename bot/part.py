"""A part of the office as the bot has it: its buttons, commands, forms' ends, words and sweeps, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.handlers.forms import Ready
from bot.office import Office
from bot.turn import Turn
from storage.work import Work

Act = Callable[[Turn], None]
Press = Callable[[Turn, list[str]], None]
"""What a button does with the parts of its callback data behind the first."""
Finish = Callable[[Turn, Ready], None]
Sweep = Callable[[Work, Office], bool | None]
"""A unit of work of a timer; one that says so is done again, since there may be more."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one area adds.

    Attributes:
        buttons: by the first part of their callback data (not beginning with «f»), each with the number of
            the parts that follow it.
        finish: what a form is filled in for, by its name.
        commands: by their names without the slash.
        asides: those of the commands that only look something up: a form that is open goes on below.
        words: labels of buttons of messages that come by themselves, which may be typed though the screen
            drawn last has none of them; written as they are shown.
        sweeps: name, sweep and seconds between two runs.
        instead: what is done in place of a sweep that failed, by its name, so that one row never stops
            those behind it.
    """

    buttons: Mapping[str, tuple[Press, int]] = field(default_factory=dict)
    finish: Mapping[str, Finish] = field(default_factory=dict)
    commands: Mapping[str, Act] = field(default_factory=dict)
    asides: frozenset[str] = frozenset()
    words: Mapping[str, Act] = field(default_factory=dict)
    sweeps: tuple[tuple[str, Sweep, int], ...] = ()
    instead: Mapping[str, Sweep] = field(default_factory=dict)
