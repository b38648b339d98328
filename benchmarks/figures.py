"""Medians, percentiles and rows of the table, with what makes a row pass."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

PASS: Final = "PASS"
FAIL: Final = "FAIL"
SHORT: Final = "not reached"
"""A stretch goal, which fails nothing."""
SKIPPED: Final = "skipped"


class Unsound(Exception):  # noqa: N818 - named for what happened
    """A run that measured nothing: updates without their reply, a bot that did not start. Says which."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        what: what was measured, and how much of it.
        target: what is to be reached.
        figure: the median, with the least and the most.
        ratio: by which the target is judged, where there is a peer.
        verdict: PASS, FAIL, SHORT, SKIPPED, or empty for a line that is only told.
    """

    what: str
    target: str
    figure: str
    ratio: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """What several runs gave."""

    values: Sequence[float]
    unit: str = ""
    digits: int = 0

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    def __str__(self) -> str:
        """The median with the least and the most, such as «812 (790-830)/s»."""
        middle, least, most = (
            f"{value:,.{self.digits}f}" for value in (self.middle, min(self.values), max(self.values))
        )
        return f"{middle}{self.unit}" if least == most else f"{middle} ({least}-{most}){self.unit}"


@dataclass(frozen=True, slots=True)
class Target:
    """A bound, and how it is written."""

    limit: float
    words: str
    at_least: bool = True
    stretch: bool = False

    def verdict(self, value: float) -> str:
        """Whether this value is within the bound."""
        if value >= self.limit if self.at_least else value <= self.limit:
            return PASS
        return SHORT if self.stretch else FAIL

    def verdict_of(self, runs: Spread) -> str:
        """The median's verdict, and a word where rounds lie on both sides of the bound: chance decides."""
        verdict = self.verdict(runs.middle)
        within = {self.verdict(value) for value in runs.values}
        return verdict if len(within) == 1 else f"{verdict}: unsteady"


@dataclass(slots=True)
class Verdicts:
    """Several conditions of one row: all must hold."""

    missed: list[str] = field(default_factory=list)

    def need(self, holds: bool, otherwise: str) -> None:  # noqa: FBT001 - it reads as a sentence
        """Note what does not hold."""
        if not holds:
            self.missed.append(otherwise)

    @property
    def verdict(self) -> str:
        """PASS, or FAIL with what was missed."""
        return f"{FAIL}: {', '.join(self.missed)}" if self.missed else PASS


def ratios(upper: Sequence[float], lower: Sequence[float]) -> Spread:
    """Ratios of runs that stood side by side."""
    return Spread([a / b for a, b in zip(upper, lower, strict=True)], " ×", 2)


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]
