"""Answers that are chosen: one of a list, or yes and no."""

from dataclasses import dataclass

from bot.conversations.given import JSON, Given, Kind, Option, Plain, Reading, Scope, typed
from messages_fa import buttons
from messages_fa.markup import Text, say, series
from persian import numbers
from persian.errors import Unreadable
from persian.text import key

MOST_OPTIONS = 40
"""Options of one list that are buttons; the others are typed by their names."""
_NUMBERED_FROM = 8
"""Options of a list from which each is shown with its number: eight are too many to be told by heart."""


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

    def examples(self, scope: Scope, /) -> tuple[str, ...]:
        """The name of the first option and its number, which comes first where the numbers are shown."""
        shown = self.options(scope)
        said = tuple(text for option in shown[:1] for text in (option.label, "۱"))
        return said[::-1] if is_numbered(shown) else said

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Find the option.

        Raises:
            Unreadable: `choice_wanted` where the options are shown with numbers, `name_wanted` (names) where
                they are not, or what a file or nothing typed raises.
        """
        shown = self.options(scope)
        if given.option is not None:
            found = [option for option in shown if option.code == given.option]
        else:
            wanted = key(typed(given))
            found = [option for option in shown if key(option.label) == wanted] or _with_number(shown, wanted)
        if len(found) != 1:
            raise _unknown(shown)
        return Reading(found[0].code)

    def fits(self, value: JSON, scope: Scope, /) -> bool:
        """One of the codes."""
        return any(option.code == value for option in self.options(scope))

    def show(self, value: JSON, scope: Scope, /) -> Text:
        """The label."""
        label = next((option.label for option in self.options(scope) if option.code == value), str(value))
        return say("{label}", label=label)


def sure(label: str) -> Choice:
    """The one button by which something is meant, such as «بله، بازگردد»."""
    return Choice((Option("yes", label),))


def is_numbered(options: tuple[Option, ...]) -> bool:
    """Whether a list of options is so long that each is shown with its number."""
    return len(options) >= _NUMBERED_FROM


def _unknown(shown: tuple[Option, ...]) -> Unreadable:
    if is_numbered(shown):
        return Unreadable("choice_wanted", count=len(shown))
    return Unreadable("name_wanted", names=series(f"«{option.label}»" for option in shown))


def _with_number(shown: tuple[Option, ...], wanted: str) -> list[Option]:
    """The option that is shown at this place; one without a button has no number that anybody could see."""
    try:
        number = numbers.parse_whole(wanted.rstrip("."))
    except Unreadable:
        return []
    return [shown[number - 1]] if 1 <= number <= min(len(shown), MOST_OPTIONS) else []


def labels(kind: Kind, scope: Scope) -> tuple[tuple[Option, str], ...]:
    """The options that are buttons, each with its label: «۳. کسری ابواب جمعی» in a long list of choices."""
    shown = kind.options(scope)[:MOST_OPTIONS]
    if not isinstance(kind, Choice) or not is_numbered(shown):
        return tuple((option, option.label) for option in shown)
    return tuple((option, buttons.row(place, option.label)) for place, option in enumerate(shown, start=1))


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

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """No, then yes: at some questions a yes ends the form."""
        return (buttons.NO, buttons.YES)

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Read yes or no, in the words people use for them.

        Raises:
            Unreadable: `yes_or_no`, or what a file or nothing typed raises.
        """
        said = _SAID.get(key(given.text)) if given.option is None else given.option
        try:
            code = Choice(_YES_NO).read(Given(given.text, said, given.file), scope).value
        except Unreadable as unreadable:
            if unreadable.code == "name_wanted":
                raise Unreadable("yes_or_no") from None
            raise
        return Reading(code == "yes")

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """A boolean."""
        return isinstance(value, bool)

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """Yes or no."""
        return say(buttons.YES if value else buttons.NO)
