"""The kinds of answer: each reads what a person gives, offers options, and shows a stored value."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bot.conversations.choices import Choice, YesNo
from bot.conversations.files import Files, Scan, check_file
from bot.conversations.given import JSON, FileAnswer, Given, Kind, Option, Plain, Reading, Scope, typed
from bot.conversations.written import LongText, Name, ShortText, Written
from domain.answers import as_day
from messages_fa import buttons, examples, form
from messages_fa.markup import Code, Text, say
from persian import codes, identifiers, money, numbers
from persian.errors import Unreadable
from persian.money import Rials
from persian.text import fold, to_persian_digits
from persian.typed_dates import parse_date

__all__ = [
    "Choice",
    "Day",
    "FileAnswer",
    "Files",
    "Given",
    "Kind",
    "LegalId",
    "LetterNumber",
    "LongText",
    "Mobile",
    "Name",
    "NationalId",
    "Option",
    "Passcode",
    "Pin",
    "Reading",
    "Rial",
    "Scan",
    "Scope",
    "ShortText",
    "TrackingCode",
    "Whole",
    "YesNo",
    "check_file",
]


FORGOTTEN = Option("forgotten", buttons.FORGOTTEN)
"""What is answered instead of a secret by who has forgotten it."""


class _Parsed(Written):
    """A text in a form of its own, read by one of the parsers of `persian`."""

    parse: Callable[[str], str]
    typed_like: tuple[str, ...]
    hinted = True

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """One that passes its check."""
        return type(self).typed_like

    def read(self, given: Given, _scope: Scope, /) -> Reading:
        """Read it; what it raises is the parser's."""
        return Reading(type(self).parse(typed(given)))


@dataclass(frozen=True)
class LetterNumber(_Parsed):
    """The number of an official letter, as written on it."""

    parse = staticmethod(identifiers.parse_letter_number)
    typed_like = examples.LETTER_NUMBER


@dataclass(frozen=True)
class Pin(_Parsed):
    """A PIN, or a code of an authenticator: 6 digits, never shown again.

    Attributes:
        known: whether it is one that the person should know, and may have forgotten.
    """

    known: bool = False

    parse = staticmethod(codes.parse_pin)
    typed_like = examples.PIN
    hinted = False

    def options(self, _scope: Scope, /) -> tuple[Option, ...]:
        """A way out for who has forgotten it."""
        return (FORGOTTEN,) if self.known else ()

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Read it, or that it is forgotten; what it raises is the parser's."""
        return Reading(FORGOTTEN.code) if given.option == FORGOTTEN.code else super().read(given, scope)

    def show(self, _value: JSON, _scope: Scope, /) -> Text:
        """That it was received, no more."""
        return form.secret_received()


class _Digits(_Parsed):
    """Digits kept in Latin, shown in Persian."""

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """The digits in Persian."""
        return form.digits(str(value))


@dataclass(frozen=True)
class NationalId(_Digits):
    """The national code «کد ملی» of a natural person: 10 digits with a check digit."""

    parse = staticmethod(identifiers.parse_national_id)
    typed_like = examples.NATIONAL_ID


@dataclass(frozen=True)
class LegalId(_Digits):
    """The national identifier «شناسه ملی» of a legal person: 11 digits with a check digit."""

    parse = staticmethod(identifiers.parse_legal_id)
    typed_like = examples.LEGAL_ID


@dataclass(frozen=True)
class Mobile(_Digits):
    """An Iranian mobile number."""

    parse = staticmethod(identifiers.parse_mobile)
    typed_like = examples.MOBILE


@dataclass(frozen=True)
class TrackingCode(_Parsed):
    """A tracking code «کد رهگیری»: 12 Latin digits."""

    parse = staticmethod(codes.parse_tracking_code)
    typed_like = examples.TRACKING_CODE
    hinted = False

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """To be copied by a tap."""
        return say("{code}", code=Code(str(value)))


@dataclass(frozen=True)
class Passcode(_Parsed):
    """The passcode «رمز» of a form; it is never shown again."""

    parse = staticmethod(codes.parse_passcode)
    typed_like = examples.PASSCODE

    def options(self, _scope: Scope, /) -> tuple[Option, ...]:
        """A way out for who has forgotten it."""
        return (FORGOTTEN,)

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Read it, or that it is forgotten; what it raises is the parser's."""
        return Reading(FORGOTTEN.code) if given.option == FORGOTTEN.code else super().read(given, scope)

    def show(self, _value: JSON, _scope: Scope, /) -> Text:
        """That it was received, no more."""
        return form.secret_received()


@dataclass(frozen=True)
class Rial(Plain):
    """An amount of money in whole rials, at least `at_least`."""

    at_least: int = 1
    hinted = True

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """In figures, in words, and in tomans."""
        return examples.AMOUNT

    def read(self, given: Given, _scope: Scope, /) -> Reading:
        """Read figures, words or tomans; whatever is not plain figures of rials is read back.

        Raises:
            Unreadable: `amount_too_small` (at_least, rials), or a code of `persian.money`.
        """
        amount = money.parse_amount(typed(given))
        if amount.rials < self.at_least:
            raise Unreadable("amount_too_small", at_least=Rials(self.at_least))
        return Reading(int(amount.rials), amount.plain)

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """A whole number of rials."""
        return isinstance(value, int) and not isinstance(value, bool) and value >= self.at_least

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """In figures."""
        return say("{amount}", amount=Rials(_int(value)))

    def read_back(self, value: JSON, _scope: Scope, /) -> Text:
        """In figures and words, with tomans."""
        return form.amount_read_back(Rials(_int(value)))


def _int(value: JSON) -> int:
    return value if isinstance(value, int) else 0


@dataclass(frozen=True)
class Whole(Plain):
    """A whole number from `low` to `high`.

    Attributes:
        unit: what is counted, shown after the number.
        suggested: values offered as buttons; their codes are the numbers themselves.
    """

    low: int
    high: int
    unit: str = ""
    suggested: tuple[Option, ...] = ()

    def options(self, _scope: Scope, /) -> tuple[Option, ...]:
        """The suggestions."""
        return self.suggested

    def examples(self, _scope: Scope, /) -> tuple[str, ...]:
        """The lowest and the highest."""
        return (to_persian_digits(str(self.low)), to_persian_digits(str(self.high)))

    def read(self, given: Given, _scope: Scope, /) -> Reading:
        """Read figures or words, with or without the unit; what is not plain figures is read back.

        Raises:
            Unreadable: `number_out_of_bounds` (low, high), `number_not_understood`, and what a file or
                nothing typed raises.
        """
        text = fold(typed(given)).removesuffix(self.unit).strip()
        number = numbers.parse_whole(text)
        if not self.low <= number <= self.high:
            raise Unreadable("number_out_of_bounds", low=self.low, high=self.high)
        return Reading(number, numbers.in_figures(text))

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """A number within the bounds."""
        return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """As the suggestion says it, else in Persian digits with the unit."""
        label = next((option.label for option in self.suggested if option.code == str(value)), "")
        return say("{label}", label=label) if label else form.counted(_int(value), self.unit)

    def read_back(self, value: JSON, _scope: Scope, /) -> Text:
        """In figures and words."""
        return form.number_read_back(_int(value), self.unit)


@dataclass(frozen=True)
class Day(Plain):
    """A date, kept as ISO text.

    Attributes:
        near: days from today that are offered as buttons: 0 today, -1 yesterday.
    """

    near: tuple[int, ...] = ()
    hinted = True

    def examples(self, scope: Scope, /) -> tuple[str, ...]:
        """Today."""
        return examples.day(scope.today)

    def options(self, scope: Scope, /) -> tuple[Option, ...]:
        """The near days, each with its date."""
        days = ((away, scope.today + dt.timedelta(days=away)) for away in self.near)
        return tuple(Option(day.isoformat(), form.near_day(away, day)) for away, day in days)

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """Read a Jalali date; one that is relative, day first or without a year is read back.

        Raises:
            Unreadable: a code of `persian.typed_dates`, and what a file or nothing typed raises.
        """
        if given.option is not None and any(given.option == option.code for option in self.options(scope)):
            return Reading(given.option)
        day = parse_date(typed(given), today=scope.today)
        return Reading(day.date.isoformat(), day.plain)

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """An ISO date of the calendar's years."""
        return as_day(value) is not None

    def show(self, value: JSON, _scope: Scope, /) -> Text:
        """With slashes."""
        day = as_day(value)
        return say("{day}", day=day) if day else Text()

    def read_back(self, value: JSON, _scope: Scope, /) -> Text:
        """With the names of the day and the month."""
        day = as_day(value)
        return form.day_read_back(day) if day else Text()
