"""Some of a list: every press marks an option or takes the mark back, until the person goes on."""

from dataclasses import dataclass

from bot.conversations.choices import Choice
from bot.conversations.given import JSON, Given, Option, Plain, Reading, Scope
from messages_fa import buttons
from messages_fa.markup import Text, say, series


@dataclass(frozen=True)
class Several(Plain):
    """Codes of a list, in its order. The value is the list of those marked.

    Attributes:
        step: the name of the step, under which the marks so far stand among the answers.
        choices: the options themselves, or the name of a list in `Scope.facts`.
        more: options added after those.
    """

    step: str
    choices: tuple[Option, ...] | str
    more: tuple[Option, ...] = ()

    several = True

    def options(self, scope: Scope, /) -> tuple[Option, ...]:
        """All choices, each with its mark."""
        marked = self._marked(scope)
        return tuple(
            Option(option.code, buttons.marked(option.label, on=option.code in marked))
            for option in self._plain().options(scope)
        )

    def examples(self, scope: Scope, /) -> tuple[str, ...]:
        """The name of the first option."""
        return tuple(option.label for option in self._plain().options(scope)[:1])

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Mark the option, or take its mark back; its name or its number, typed, also counts.

        Raises:
            Unreadable: what a `Choice` of them raises.
        """
        chosen, marked = self._plain().read(given, scope).value, self._marked(scope)
        after = marked ^ {str(chosen)}
        return Reading([option.code for option in self._plain().options(scope) if option.code in after])

    def fits(self, value: JSON, scope: Scope, /) -> bool:
        """A list of the codes."""
        known = {option.code for option in self._plain().options(scope)}
        return isinstance(value, list) and all(code in known for code in value)

    def show(self, value: JSON, scope: Scope, /) -> Text:
        """Their labels, in order."""
        marked = value if isinstance(value, list) else []
        named = [option.label for option in self._plain().options(scope) if option.code in marked]
        return say("{named}", named=series(named))

    def _plain(self) -> Choice:
        return Choice(self.choices, self.more)

    def _marked(self, scope: Scope) -> frozenset[str]:
        marked = scope.answers.get(self.step)
        return frozenset(map(str, marked)) if isinstance(marked, list) else frozenset()
