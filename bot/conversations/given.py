"""What a person gives at a step, what is read from it, and what every kind of answer can do."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from messages_fa.markup import Text
from persian.errors import Unreadable
from persian.text import key

JSON: TypeAlias = "bool | int | str | list[JSON] | dict[str, JSON] | None"
"""A value that is stored as it stands: dates as ISO text, amounts as whole rials, files by number."""

Answers = Mapping[str, JSON]
"""Answers by the names of their steps; None is a skipped one."""


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A stored file offered as an answer. `size` is in bytes."""

    id: int
    name: str
    size: int
    mime: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave: a typed text, the code of a pressed option, or a file that has been stored."""

    text: str = ""
    option: str | None = None
    file: FileAnswer | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. A reading that is not plain is read back and needs a confirming tap."""

    value: JSON
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its code is stored, its label is shown."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What an answer is read in.

    Attributes:
        today: the day in Tehran.
        answers: the answers so far; the engine puts those of the position here.
        facts: lists from the store, such as `agencies`, and `files`: number and name of stored files.
        contact: whom to call for help, in the office's own words; empty while the office has set nothing.
        last: answers of the person's last filing that are offered again, by their names.
    """

    today: dt.date
    answers: Answers = field(default_factory=dict)
    facts: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    contact: str = ""
    last: Answers = field(default_factory=dict)


class Kind(Protocol):
    """A kind of answer."""

    @property
    def takes_file(self) -> bool:
        """Whether it is answered by sending a file."""

    @property
    def several(self) -> bool:
        """Whether each answer is added to a list until the person goes on."""

    @property
    def hinted(self) -> bool:
        """Whether the question shows an example of its answer: what is typed in a form of its own."""

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Read what was given.

        Raises:
            persian.errors.Unreadable: a code and values; `messages_fa.problems` has its words.
        """

    def options(self, scope: Scope, /) -> tuple[Option, ...]:
        """The choices to show as buttons, in order."""

    def examples(self, scope: Scope, /) -> tuple[str, ...]:
        """Answers as they would be typed, the best one first."""

    def fits(self, value: JSON, scope: Scope, /) -> bool:
        """Whether a stored value still is one of this kind: a form may have changed since."""

    def show(self, value: JSON, scope: Scope, /) -> Text:
        """Write a stored value for people, shortly."""

    def read_back(self, value: JSON, scope: Scope, /) -> Text:
        """Write a reading so that a slip is noticed, before it is confirmed."""


class Plain(ABC):
    """What most kinds share: no file, one value, no options, read back as it is shown."""

    takes_file = False
    several = False
    hinted = False

    def options(self, _scope: Scope, /) -> tuple[Option, ...]:
        """No choices."""
        return ()

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """None that could be typed."""
        return ()

    @abstractmethod
    def show(self, value: JSON, scope: Scope, /) -> Text:
        """Write a stored value for people, shortly."""

    def read_back(self, value: JSON, scope: Scope, /) -> Text:
        """Write the value as it is shown."""
        return self.show(value, scope)


def typed(given: Given) -> str:
    """The text typed, or pressed where an option stands for a text.

    Raises:
        Unreadable: `text_wanted` for a file, `text_empty` for nothing.
    """
    if given.file is not None:
        raise Unreadable("text_wanted")
    text = given.option if given.option is not None else given.text
    if not key(text):
        raise Unreadable("text_empty")
    return text
