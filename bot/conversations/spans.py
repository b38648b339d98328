"""The kind of answer that is so many working days or office hours."""

from dataclasses import dataclass

from bot.conversations.given import JSON, Given, Option, Plain, Reading, Scope, typed
from domain.targets import Span
from messages_fa import examples, targets
from messages_fa.markup import Text, say
from persian.errors import Unreadable
from persian.spans import parse_span

UNSET = "0"


@dataclass(frozen=True)
class SpanOfTime(Plain):
    """Working days or office hours, kept as `3d` or `8h`.

    Attributes:
        limit: the largest number of either.
        unset: the label of the option that leaves it unset.
    """

    limit: int
    unset: str
    hinted = True

    def options(self, _scope: Scope, /) -> tuple[Option, ...]:
        """To leave it unset."""
        return (Option(UNSET, self.unset),)

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """One of each."""
        return examples.SPAN

    def read(self, given: Given, _scope: Scope, /) -> Reading:
        """Read it; what names its unit by halves is read back.

        Raises:
            Unreadable: `span_too_long` (limit), a code of `persian.spans`, and what a file or nothing typed
                raises.
        """
        text = typed(given)
        if UNSET in {given.option, text} or text == self.unset:
            return Reading(UNSET)
        amount, unit, plain = parse_span(text)
        if amount > self.limit:
            raise Unreadable("span_too_long", limit=self.limit)
        return Reading(str(Span(amount, unit)), plain)

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """A span within the limit, or none."""
        try:
            return value == UNSET or Span.of(str(value)).amount <= self.limit
        except ValueError:
            return False

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """In words."""
        return say("{span}", span=self.unset if value == UNSET else targets.span(Span.of(str(value))))
