"""Amounts of money: whole rials, read from what people type and written out in words."""

import re
from dataclasses import dataclass

from persiantools import digits as persian_digits

from persian.errors import Unreadable
from persian.numbers import LIMIT, is_decimal, read_figures, read_quantity
from persian.text import ZWNJ, fold, plain_dashes, to_persian_digits, without_marks

RIALS_IN_TOMAN = 10

_UNITS = {"ریال": 1, "﷼": 1, "تومان": RIALS_IN_TOMAN, "تومن": RIALS_IN_TOMAN}
_NEGATIVE = re.compile("-.*[0-9].*|منفی .*")
# The full stop of a sentence; after a figure it may be a point with its decimals lost.
_FULL_STOP = re.compile(r"(?<=[^\W\d_])\s?\.$")
# «12.500.000»: two groups or more cannot be a decimal, but the sign is not the usual one.
_DOTTED = re.compile(r"[1-9][0-9]{0,2}(?:([./٫])[0-9]{3})(?:\1[0-9]{3})+")


class Rials(int):
    """Whole rials. Its type tells the texts to write «۱۲٬۳۴۵ ریال»; arithmetic gives plain ``int``."""

    __slots__ = ()


@dataclass(frozen=True)
class Amount:
    """An amount as typed.

    Attributes:
        rials: the amount in whole rials, 0 ≤ rials < 10¹⁵.
        plain: whether it was typed in figures of rials; otherwise (words, magnitudes, tomans,
            grouping by dots) it must be read back and confirmed.
    """

    rials: Rials
    plain: bool


def parse_amount(text: str) -> Amount:
    """Read an amount: «۱۲٬۵۰۰٬۰۰۰», «85 میلیون تومان», «یک میلیارد و دویست میلیون ریال».

    Without a unit it is rials; a toman is ten.

    Raises:
        Unreadable: ``amount_empty``, ``amount_negative``, ``amount_fraction`` (of a rial),
            ``amount_too_large`` (limit, in rials), or ``amount_not_understood``, which is also the
            answer to whatever could be read in two ways.
    """
    folded = _FULL_STOP.sub("", plain_dashes(without_marks(fold(text))))
    if not folded:
        raise Unreadable("amount_empty")
    if _NEGATIVE.fullmatch(folded):
        raise Unreadable("amount_negative")
    number, unit = _unit_apart(folded)
    figures = read_figures(number)
    rials = _whole_rials(number, unit) if figures is None else figures * unit
    if rials >= LIMIT:
        raise Unreadable("amount_too_large", limit=LIMIT)
    return Amount(rials=Rials(rials), plain=figures is not None and unit == 1)


def _unit_apart(folded: str) -> tuple[str, int]:
    unit = next((name for name in _UNITS if folded.endswith(name)), "")
    return folded.removesuffix(unit).rstrip(f" {ZWNJ}"), _UNITS.get(unit, 1)


def _whole_rials(number: str, unit: int) -> int:
    if _DOTTED.fullmatch(number):
        return int(re.sub("[^0-9]", "", number)) * unit
    if is_decimal(number) and unit == 1:
        raise Unreadable("amount_fraction")
    try:
        rials = read_quantity(number) * unit
    except Unreadable:
        raise Unreadable("amount_not_understood") from None
    if rials.denominator != 1:
        raise Unreadable("amount_fraction")
    return int(rials)


def grouped(n: int) -> str:
    """Write a whole number in Persian digits by threes: «۱۲٬۳۴۵٬۶۷۸»; below zero «منفی ۵»."""
    figures = to_persian_digits(f"{abs(n):,}").replace(",", "٬")
    return f"منفی {figures}" if n < 0 else figures


def words(n: int) -> str:
    """Write a whole number in formal words: «یکصد و پنجاه میلیون»; 0 is «صفر».

    Raises:
        ValueError: for n < 0 or n ≥ 10¹⁵, beyond which the words are not reliable.
    """
    if not 0 <= n < LIMIT:
        raise ValueError(n)
    return str(persian_digits.to_word(int(n)))


def toman_words(n: Rials) -> str:
    """Write rials in words of tomans: «پانزده میلیون تومان», with «و پنج ریال» for what remains."""
    tomans, remainder = divmod(int(n), RIALS_IN_TOMAN)
    if not remainder:
        return f"{words(tomans)} تومان"
    rest = f"{words(remainder)} ریال"
    return f"{words(tomans)} تومان و {rest}" if tomans else rest
