"""Catalogues of the office: what may be chosen, in words that are kept as they were when they were told.

The office rewords, adds and retires entries; every version ever issued stays readable.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.lifecycle import OTHER

_BETWEEN: Final = "|"
_WAYS_BACK: Final = 3


class Listed(StrEnum):
    """The catalogues that the office may edit: types of debt, and the reasons for an act."""

    DEBT_TYPES = "debt_types"
    REFUSAL = "refuse"
    SUPERSESSION = "supersede"
    WITHDRAWAL = "withdraw"


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of an entry.

    Attributes:
        code: what it is, whatever its words.
        ground: the rule that a reason rests on; empty for none.
        offered: whether it may still be chosen.
    """

    code: str
    version: int
    title: str
    ground: str = ""
    offered: bool = True

    @property
    def reference(self) -> str:
        """Its code and version, such as `special_rule.1`."""
        return f"{self.code}.{self.version}"

    @property
    def worded_reference(self) -> str:
        """The same with its words: of an entry of the office's own, which no list of ours could explain."""
        return _BETWEEN.join((self.reference, self.title, self.ground))


def read_worded(reference: str) -> Entry | None:
    """The entry that a reference with words carries; None for one without."""
    if _BETWEEN not in reference:
        return None
    short, title, ground = (*reference.split(_BETWEEN), "")[:3]
    code, _, version = short.partition(".")
    return Entry(code, int(version), title, ground)


def newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The newest version of each code, in the order in which the codes first come; `other` is last."""
    by_code: dict[str, Entry] = {}
    for entry in entries:
        if entry.code not in by_code or entry.version > by_code[entry.code].version:
            by_code[entry.code] = entry
    return tuple(sorted(by_code.values(), key=lambda entry: entry.code == OTHER))


def offered(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The newest version of each entry that may still be chosen."""
    return tuple(entry for entry in newest(entries) if entry.offered)


def ways_back(earlier: Iterable[tuple[int, Hashable]], now: Hashable) -> tuple[int, ...]:
    """The versions that an entry can be made like again: the newest few of those worded otherwise.

    Args:
        earlier: number and words of each version, in their order; of two in the same words the later counts.
        now: the words in force.
    """
    differing = {words: version for version, words in earlier if words != now}
    return tuple(sorted(differing.values())[-_WAYS_BACK:])


def without_mark(text: str) -> str:
    """A text as an entry may bear it: without the mark that stands between the parts of a reference."""
    return text.replace(_BETWEEN, "،")
