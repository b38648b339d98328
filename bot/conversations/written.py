"""Answers that are written in words: names, a few words, prose."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversations.given import JSON, Answers, Given, Plain, Reading, Scope, typed
from messages_fa import examples, form
from messages_fa.markup import Text
from persian.errors import Unreadable
from persian.names import read_name, read_person_name
from persian.text import clean

_LONGEST_TYPED = 10_000


class Written(Plain):
    """A value kept as text."""

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """A text that is not empty."""
        return isinstance(value, str) and bool(value)

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """The text itself, on one line."""
        return form.one_line(str(value))


@dataclass(frozen=True)
class ShortText(Written):
    """A few words on one line: two letters to `limit` characters; `shown` are examples of it."""

    limit: int = 120
    shown: tuple[str, ...] = examples.WORDS
    hinted = True

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """A post, or what the question says."""
        return self.shown

    def read(self, given: Given, _scope: Scope, /) -> Reading:
        """Clean it and put it on one line.

        Raises:
            Unreadable: `text_too_long` (characters, limit), a code of `persian.names.read_name`, and what a
                file or nothing typed raises.
        """
        return Reading(read_name(_line(given, self.limit)))


def of_anybody(_answers: Answers) -> bool:
    """A name that is always a natural person's."""
    return True


def of_body(_answers: Answers) -> bool:
    """A name that is never a natural person's."""
    return False


@dataclass(frozen=True)
class Name(Written):
    """The name of a natural person, or of a company or agency.

    Attributes:
        limit: in characters.
        of_person: whether a natural person is named, as the answers stand: name and family name, no digits.
    """

    limit: int = 120
    of_person: Callable[[Answers], bool] = of_anybody
    hinted = True

    def examples(self, scope: Scope, /) -> tuple[str, ...]:
        """A person's name, or a company's."""
        return examples.PERSON if self.of_person(scope.answers) else examples.BODY

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Clean it and put it on one line.

        Raises:
            Unreadable: `text_too_long` (characters, limit), a code of `persian.names`, and what a file or
                nothing typed raises.
        """
        check = read_person_name if self.of_person(scope.answers) else read_name
        return Reading(check(_line(given, self.limit)))


@dataclass(frozen=True)
class LongText(Written):
    """Prose of at most `limit` characters; its lines are kept."""

    limit: int = 2000

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """A short sentence."""
        return examples.PROSE

    def read(self, given: Given, _scope: Scope, /) -> Reading:
        """Clean it.

        Raises:
            Unreadable: `text_too_long` (characters, limit), and what a file or nothing typed raises.
        """
        return Reading(_prose(given, self.limit))


@dataclass(frozen=True)
class Remark(LongText):
    """Prose by which somebody else acts, so that it has to say something: at least two letters or figures."""

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Clean it.

        Raises:
            Unreadable: what a `LongText` raises, or a code of `persian.names.read_name`.
        """
        reading = super().read(given, scope)
        read_name(str(reading.value))
        return reading


def _line(given: Given, limit: int) -> str:
    return " ".join(_prose(given, limit).split())


def _prose(given: Given, limit: int) -> str:
    """Cleaned prose; never cut silently."""
    text = clean(typed(given), limit=_LONGEST_TYPED)
    if len(text) > limit:
        raise Unreadable("text_too_long", characters=len(text), limit=limit)
    return text
