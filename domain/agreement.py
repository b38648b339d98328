"""The service-level agreement as data: its sections, what is found in it, and how two versions differ.

The first version is the customer's own text; later ones are published by the office. Nothing here judges what
a sentence means: where the agreement says two things about its end, both are given.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Final

from persian.text import clean, key

LONGEST_SECTION: Final = 2500
"""Characters of a section: with its heading it fits into one message. A technical bound."""
LONGEST_TITLE: Final = 60
"""Characters of a section's title, which is also the name of a button."""
MOST_SECTIONS: Final = 20
"""Sections of one version: a technical bound."""

_MARK: Final = 16
"""Characters of a mark: short enough for a button."""

HEADING: Final = "✓"
"""What a heading inside a section begins with."""

_ENDINGS: Final = tuple(key(words) for words in ("اعتبار دارد", "پابرجا"))
_BULLET: Final = re.compile(r"^(?:[-•*–]\s*|[0-9۰-۹]{1,2}[.)]\s+)")


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its title and its sentences, in order; a sentence may be a heading (`HEADING`)."""

    title: str
    clauses: tuple[str, ...]

    @property
    def mark(self) -> str:
        """Stands for exactly these words, wherever the section moves: what is changed is what was seen."""
        return _digest(self.title, *self.clauses)


def mark_of(version: int, sections: Sequence[Section]) -> str:
    """Stands for exactly this text as that version: what is published is what was seen."""
    return _digest(str(version), *(section.mark for section in sections))


def _digest(*words: str) -> str:
    return sha256("\n".join(words).encode()).hexdigest()[:_MARK]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text: what stands above it, and its sections."""

    titles: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with its place: the section's title and its number from 1, and the sentence's own."""

    title: str
    section: int
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one section: sentences that went and sentences that came."""

    title: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def parse(text: str) -> Document:
    """Read a text in the customer's mark-up: `##` above it, `####` a section, `- ` a sentence.

    A section whose title begins with `HEADING` belongs to the one before it, as a heading in it.
    """
    titles: list[str] = []
    sections: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        mark, _, rest = line.partition(" ")
        if mark == "####" and not rest.startswith(HEADING):
            sections.append((rest, []))
        elif mark in {"##", "###"}:
            titles.append(rest)
        else:
            sections[-1][1].append(rest)
    return Document(tuple(titles), tuple(Section(title, tuple(clauses)) for title, clauses in sections))


def clauses_of(typed: str) -> tuple[str, ...]:
    """The sentences of a section as an admin types them: a line each, bullets and numbers taken off."""
    lines = (_BULLET.sub("", line).strip() for line in clean(typed, limit=LONGEST_SECTION).split("\n"))
    return tuple(line for line in lines if line)


def is_heading(clause: str) -> bool:
    """Whether this line of a section is a heading in it."""
    return clause.startswith(HEADING)


def sentences(sections: Sequence[Section]) -> Iterator[Clause]:
    """Every sentence of a version with its place; headings are none."""
    for place, section in enumerate(sections, 1):
        told = (clause for clause in section.clauses if not is_heading(clause))
        for number, clause in enumerate(told, 1):
            yield Clause(section.title, place, number, clause)


def endings(sections: Sequence[Section]) -> tuple[Clause, ...]:
    """Every sentence that says until when the agreement stands: all of them, none before another."""
    return tuple(one for one in sentences(sections) if any(word in key(one.text) for word in _ENDINGS))


def found(sections: Sequence[Section], words: str) -> tuple[Clause, ...]:
    """The sentences that have all of these words, or whose section's title has; however they are spelled."""
    wanted = key(words).split()
    return tuple(
        one
        for one in sentences(sections)
        if wanted and all(word in key(f"{one.title} {one.text}") for word in wanted)
    )


def changes(old: Sequence[Section], new: Sequence[Section]) -> tuple[Change, ...]:
    """What differs from one version to another, in the order of the new one; sections are known by title."""
    before = {section.title: section.clauses for section in old}
    after = {section.title: section.clauses for section in new}
    titles = [*after, *(title for title in before if title not in after)]
    compared = (_change(title, before.get(title, ()), after.get(title, ())) for title in titles)
    return tuple(change for change in compared if change.gone or change.come)


def _change(title: str, old: tuple[str, ...], new: tuple[str, ...]) -> Change:
    gone: list[str] = []
    come: list[str] = []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, old_from, old_to, new_from, new_to in steps:
        if kind != "equal":
            gone += old[old_from:old_to]
            come += new[new_from:new_to]
    return Change(title, tuple(gone), tuple(come))
