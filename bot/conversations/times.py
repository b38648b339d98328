"""Times of the day and lengths of time as answers."""

import re
from dataclasses import dataclass

from bot.conversations.given import JSON, Given, Option, Plain, Reading, Scope, typed
from messages_fa import window_ask
from messages_fa.markup import Text, say
from messages_fa.windows import length
from persian.errors import Unreadable
from persian.text import fold, key, to_persian_digits
from persian.typed_times import parse_length, parse_time

_PLAIN = re.compile("[0-9]{1,2}:[0-9]{2}")

NOW = "now"
"""The answer «هم‌اکنون»."""


@dataclass(frozen=True)
class TimeOfDay(Plain):
    """A time of the day in Tehran, kept as `HH:MM`; with `now`, `NOW` is offered too."""

    now: bool = False
    hinted = True

    def options(self, _scope: Scope, /) -> tuple[Option, ...]:
        """This very moment, where it is offered."""
        return (Option(NOW, window_ask.NOW),) if self.now else ()

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """In figures, and as it is spoken."""
        return window_ask.TIMES

    def read(self, given: Given, _scope: Scope, /) -> Reading:
        """Read it; what is not in figures with a colon is read back.

        Raises:
            Unreadable: `time_not_understood`, and what a file or nothing typed raises.
        """
        text = typed(given)
        if self.now and key(text) in {NOW, key(window_ask.NOW)}:
            return Reading(NOW)
        time = parse_time(text)
        return Reading(f"{time:%H:%M}", bool(_PLAIN.fullmatch(fold(text))))

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """A time of the day."""
        return isinstance(value, str) and (value == NOW or bool(_PLAIN.fullmatch(value)))

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """«۲۲:۰۰»."""
        return say("{time}", time=window_ask.NOW if value == NOW else to_persian_digits(str(value)))

    def read_back(self, value: JSON, scope: Scope, /) -> Text:
        """With the word for the hour."""
        return window_ask.at_time(self.show(value, scope))


@dataclass(frozen=True)
class Length(Plain):
    """A length of time in whole minutes, from `least` to `most`.

    Attributes:
        suggested: those offered as buttons, in minutes.
    """

    least: int
    most: int
    suggested: tuple[int, ...] = ()
    hinted = True

    def options(self, _scope: Scope, /) -> tuple[Option, ...]:
        """The suggestions."""
        return tuple(Option(str(minutes), length(minutes)) for minutes in self.suggested)

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """As people write it."""
        return window_ask.LENGTHS

    def read(self, given: Given, _scope: Scope, /) -> Reading:
        """Read it; what is typed is read back.

        Raises:
            Unreadable: `length_not_understood`, `length_out_of_bounds` (least, most, both in minutes), and
                what a file or nothing typed raises.
        """
        if given.option is not None and given.option in map(str, self.suggested):
            return Reading(int(given.option))
        minutes = parse_length(typed(given))
        if not self.least <= minutes <= self.most:
            raise Unreadable("length_out_of_bounds", least=self.least, most=self.most)
        return Reading(minutes, plain=minutes in self.suggested)

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """Minutes within the bounds."""
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """In words."""
        return say("{length}", length=length(value if isinstance(value, int) else 0))
