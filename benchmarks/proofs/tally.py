"""What a proof counts, and what it found wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Tally:
    """The figures of one proof, in the order in which they came, and every objection."""

    counts: dict[str, object] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def count(self, what: str, found: object) -> None:
        """A figure to print."""
        self.counts[what] = found

    def must(self, what: str, found: object, wanted: object) -> None:
        """A figure that has to be this one."""
        self.count(what, found)
        if found != wanted:
            self.wrong.append(f"{what}: {found}, not {wanted}")

    def at_most(self, what: str, found: float, most: float) -> None:
        """A figure that has a bound."""
        self.count(what, round(found, 4))
        if found > most:
            self.wrong.append(f"{what}: {found:.4f} > {most}")

    def take(self, prefix: str, other: "Tally") -> None:
        """Another tally's figures and objections, under a name."""
        self.counts |= {f"{prefix} {what}": found for what, found in other.counts.items()}
        self.wrong += [f"{prefix} {objection}" for objection in other.wrong]


def _silent(_line: str) -> None:
    """Whoever runs a proof in a test wants no progress."""


@dataclass(frozen=True)
class Place:
    """Where a proof happens.

    Attributes:
        url: a database with today's tables and nothing in them.
        folder: an empty folder.
        seed: of everything that is drawn.
        size: how much of it, in the unit of the proof.
        say: takes a line of progress.
        judges_speed: whether figures that hang on the machine count; never in a test.
    """

    url: str
    folder: Path
    seed: int
    size: int
    say: Callable[[str], None] = _silent
    judges_speed: bool = True

    @property
    def sqlite(self) -> bool:
        """Whether the store is a file."""
        return self.url.startswith("sqlite")

    def measured(self, tally: Tally, what: str, found: float, most: float) -> None:
        """A figure that hangs on the speed of the machine, with its bound."""
        tally.at_most(what, found, most if self.judges_speed else float("inf"))

    def progress(self, done: int, of: int, what: str) -> None:
        """Say how far it is, ten times in all."""
        if of < 10 or done % max(1, of // 10) == 0:  # noqa: PLR2004 - ten lines are enough
            self.say(f"{done}/{of} {what}")
