"""Answers that are chosen: one of a list, or yes and no."""

from dataclasses import dataclass

from bot.conversations.given import JSON, Given, Option, Plain, Reading, Scope, typed
from messages_fa import buttons
from messages_fa.markup import Text, say
from persian import numbers
from persian.errors import Unreadable
from persian.text import key


@dataclass(frozen=True)
class Choice(Plain):
    """One of a list: the code of the option. Its label or its number, typed, also counts.

    Attributes:
        choices: the options themselves, or the name of a list in `Scope.facts`.
        more: options added after those.
    """

    choices: tuple[Option, ...] | str
    more: tuple[Option, ...] = ()

    def options(self, scope: Scope, /) -> tuple[Option, ...]:
        """All choices, in order."""
        listed = scope.facts.get(self.choices, ()) if isinstance(self.choices, str) else self.choices
        return listed + self.more

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Find the option.

        Raises:
            Unreadable: `choice_wanted` (count of options), or what a file or nothing typed raises.
        """
        shown = self.options(scope)
        if given.option is not None:
            found = [option for option in shown if option.code == given.option]
        else:
            wanted = key(typed(given))
            found = [option for option in shown if key(option.label) == wanted] or _numbered(shown, wanted)
        if len(found) != 1:
            raise Unreadable("choice_wanted", count=len(shown))
        return Reading(found[0].code)

    def fits(self, value: JSON, scope: Scope, /) -> bool:
        """One of the codes."""
        return any(option.code == value for option in self.options(scope))

    def show(self, value: JSON, scope: Scope, /) -> Text:
        """The label."""
        label = next((option.label for option in self.options(scope) if option.code == value), str(value))
        return say("{label}", label=label)


def _numbered(shown: tuple[Option, ...], wanted: str) -> list[Option]:
    try:
        number = numbers.parse_whole(wanted)
    except Unreadable:
        return []
    return [shown[number - 1]] if 1 <= number <= len(shown) else []


_YES_NO = (Option("yes", buttons.YES), Option("no", buttons.NO))
_SAID = {key(word): "yes" for word in ("بلی", "آره", "آری", "هست", "دارد")} | {
    key(word): "no" for word in ("نه", "نیست", "ندارد", "نخیر")
}


@dataclass(frozen=True)
class YesNo(Plain):
    """Yes or no, as a boolean."""

    def options(self, _scope: Scope, /) -> tuple[Option, ...]:
        """Yes, then no."""
        return _YES_NO

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Read yes or no, in the words people use for them.

        Raises:
            Unreadable: `yes_or_no`, or what a file or nothing typed raises.
        """
        said = _SAID.get(key(given.text)) if given.option is None else given.option
        try:
            code = Choice(_YES_NO).read(Given(given.text, said, given.file), scope).value
        except Unreadable as unreadable:
            if unreadable.code == "choice_wanted":
                raise Unreadable("yes_or_no") from None
            raise
        return Reading(code == "yes")

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """A boolean."""
        return isinstance(value, bool)

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """Yes or no."""
        return say(buttons.YES if value else buttons.NO)
