"""Numbers as people type them: figures of three scripts, words, and both mixed."""

import re
from fractions import Fraction
from itertools import pairwise

from persian.errors import Unreadable
from persian.text import ZWNJ, fold, without_marks

LIMIT = 10**15
"""Numbers from here on are not read, and have no words."""

_GROUP = 1000
_LONGEST = 200  # characters; no number below LIMIT needs more

_AND, _HALF, _THOUSAND, _ZERO = "و", "نیم", "هزار", "صفر"
_BIG = {"میلیون": 10**6, "ملیون": 10**6, "میلیارد": 10**9, "ملیارد": 10**9, "تریلیون": 10**12}
_ONES = ("یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه")
_TEENS = ("ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده")
_TENS = ("بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود")
_HUNDREDS = ("یکصد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد")
_HUNDRED = "صد"
_BEFORE_HUNDRED = {"دو": "دویست", "سه": "سیصد", "پنج": "پانصد"} | {
    word.removesuffix(_HUNDRED): word for word in _HUNDREDS if word not in {"دویست", "پانصد"}
}
_SMALL = (
    {word: value for value, word in enumerate(_ONES + _TEENS, start=1)}
    | {word: 10 * tens for tens, word in enumerate(_TENS, start=2)}
    | {word: 100 * hundreds for hundreds, word in enumerate(_HUNDREDS, start=1)}
    | {"صد": 100, "شیصد": 600, "هیجده": 18, "هژده": 18}
    # as they are spoken
    | {"یه": 1, "شیش": 6, "پونزده": 15, "شونزده": 16, "هیفده": 17, "هیژده": 18, "پونصد": 500}
)
_WORDS = {_AND, _HALF, _THOUSAND, _ZERO, *_BIG, *_SMALL}
_LONGEST_WORD = max(map(len, _WORDS))

_TOKEN = re.compile(rf"\s*(?:([0-9]+(?:[.,/٬،٫_][0-9]+)*)|([^\W\d_]+(?:{ZWNJ}[^\W\d_]+)*))\s*")
_FIGURES = re.compile(r"0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:([,٬،_ ])[0-9]{3})(?:\1[0-9]{3})*")
_DECIMAL = re.compile(r"(0|[1-9][0-9]*)[.٫/]([0-9]{1,2}|[0-9]{4,})")
# «۱/۲ میلیون» is one point two to one writer and a half to another.
_FRACTIONS = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4"})


def _refused() -> Unreadable:
    return Unreadable("number_not_understood")


def parse_whole(text: str) -> int:
    """Read a whole number that is not negative, in figures or words: «۲۴», «بیست و چهار».

    Separators count only between groups of three («1_000»); leading zeros are allowed.

    Raises:
        Unreadable: ``number_not_understood`` for anything else, such as «24 قسط», «+5», «۲٫۵», «²».
    """
    folded = fold(text)
    bare = folded.lstrip("0") if re.fullmatch("0+[0-9]+", folded) else folded
    number = read_quantity(bare or "0")
    if not folded or number.denominator != 1 or number >= LIMIT:
        raise _refused()
    return int(number)


def in_figures(text: str) -> bool:
    """Tell whether typed text is nothing but figures, grouped or not: what needs no reading back."""
    return bool(_FIGURES.fullmatch(fold(text).lstrip("0") or "0"))


def read_figures(folded: str) -> int | None:
    """Read folded Latin figures, ungrouped or grouped by threes with one kind of separator."""
    if len(folded) > _LONGEST or not _FIGURES.fullmatch(folded):
        return None
    return int(re.sub("[^0-9]", "", folded))


def is_decimal(folded: str) -> bool:
    """Tell whether folded text is one decimal number that cannot be a grouped whole one («12.500»)."""
    return bool(_DECIMAL.fullmatch(folded))


def read_quantity(folded: str) -> Fraction:
    """Read folded figures, words, or both mixed: «۲ میلیارد و ۳۰۰ میلیون», «۱۲٫۵ میلیون».

    A decimal or «و نیم» is read before a magnitude only. Magnitudes must fall: «هزار میلیارد» is
    one magnitude, «دو میلیون و سه میلیارد» is refused.

    Raises:
        Unreadable: ``number_not_understood``, whenever two readings are possible.
    """
    figures = read_figures(folded)
    if figures is not None:
        return Fraction(figures)
    tokens = _tokens(folded)
    return Fraction(0) if tokens == [_ZERO] else _sum(_parts(tokens))


def _tokens(folded: str) -> list[str]:
    text, tokens, start = without_marks(folded), list[str](), 0
    if not text or len(text) > _LONGEST:
        raise _refused()
    while start < len(text):
        found = _TOKEN.match(text, start)
        if found is None:
            raise _refused()
        tokens += [found[1]] if found[1] else _split_word(found[2])
        start = found.end()
    return _hundreds_joined(tokens)


def _split_word(word: str) -> list[str]:
    """Read «هفت‌صد» as one word, «بیست‌و‌چهار» and «بیستوچهار» as three."""
    whole = word.replace(ZWNJ, "")
    return [whole] if whole in _WORDS else [part for piece in word.split(ZWNJ) for part in _unglued(piece)]


def _unglued(piece: str) -> list[str]:
    """Cut letters into words of numbers, the longest first; what is not made of them stays whole."""
    cuts: list[list[str] | None] = [*[None] * len(piece), []]
    for start in reversed(range(len(piece))):
        for end in range(min(start + _LONGEST_WORD, len(piece)), start, -1):
            rest = cuts[end]
            if rest is not None and piece[start:end] in _WORDS:
                cuts[start] = [piece[start:end], *rest]
                break
    return cuts[0] or [piece]


def _hundreds_joined(tokens: list[str]) -> list[str]:
    """Read «هفت صد», with a space, as «هفتصد»."""
    joined = list[str]()
    for token in tokens:
        if token == _HUNDRED and joined and joined[-1] in _BEFORE_HUNDRED:
            joined.append(_BEFORE_HUNDRED[joined.pop()])
        else:
            joined.append(token)
    return joined


def _parts(tokens: list[str]) -> list[tuple[list[str], int]]:
    """Cut at the big magnitudes: the words before each one with its scale; the rest has scale 1."""
    parts, chunk = list[tuple[list[str], int]](), list[str]()
    for token in tokens:
        if token in _BIG:
            parts.append((chunk, _BIG[token]))
            chunk = []
        else:
            chunk.append(token)
    return [*parts, (chunk, 1)] if chunk else parts


def _sum(parts: list[tuple[list[str], int]]) -> Fraction:
    total, ceiling = Fraction(0), 1
    for place, (chunk, scale) in enumerate(parts):
        value = _coefficient(_after_and(chunk) if place else chunk, decimal=scale > 1) * scale
        # «۱٫۵ میلیارد و ۲۰۰ میلیون»: what follows a broken number fills a place already taken.
        is_next = not place or (value < ceiling and total % ceiling == 0)
        if not value or not is_next or (place and scale == 1 and not _is_safe_rest(chunk, value)):
            raise _refused()
        total, ceiling = total + value, scale
    return total


def _is_safe_rest(chunk: list[str], value: Fraction) -> bool:
    """Tell whether what follows millions, without a magnitude of its own, has one reading.

    «دو میلیون و پانصد» is how 2,000,500 is written, but by «۲ میلیون ۵۰۰» people mean 2,500,000.
    """
    return value >= _GROUP or (chunk[0] == _AND and not chunk[1][0].isdigit())


def _after_and(chunk: list[str]) -> list[str]:
    return chunk[1:] if chunk[:1] == [_AND] else chunk


def _coefficient(chunk: list[str], *, decimal: bool) -> Fraction:
    """Read what stands before a magnitude, or last: below a million in words, any figures."""
    if decimal and chunk == [_HALF]:
        return Fraction(1, 2)
    if decimal and chunk[-2:] == [_AND, _HALF]:
        return _simple(chunk[:-2], decimal=False) + Fraction(1, 2)
    if _THOUSAND not in chunk:
        return _simple(chunk, decimal=decimal)
    place = chunk.index(_THOUSAND)
    thousands = _simple(chunk[:place], decimal=True) if place else Fraction(1)
    rest = chunk[place + 1 :]
    ones = _simple(_after_and(rest), decimal=False) if rest else Fraction(0)
    if not thousands or ones >= _GROUP or (rest and thousands.denominator != 1):
        raise _refused()
    return thousands * _GROUP + ones


def _simple(chunk: list[str], *, decimal: bool) -> Fraction:
    """Read one number in figures, or words below a thousand."""
    if len(chunk) == 1 and chunk[0][0].isdigit():
        return _figure(chunk[0], decimal=decimal)
    values = [_SMALL.get(word, 0) for word in chunk[::2]]
    falling = all(lower < _room(upper) for upper, lower in pairwise(values))
    joined = len(chunk) % 2 == 1 and all(word == _AND for word in chunk[1::2])
    if not (joined and falling and all(values)):
        raise _refused()
    return Fraction(sum(values))


def _room(value: int) -> int:
    """Return below what a word may follow this one: «صد و …» 100, «بیست و …» 10, «ده و …» nothing."""
    return next(room for least, room in ((100, 100), (20, 10), (1, 1), (0, 0)) if value >= least)


def _figure(token: str, *, decimal: bool) -> Fraction:
    whole = read_figures(token)
    if whole is not None:
        return Fraction(whole)
    if not decimal or not is_decimal(token) or token in _FRACTIONS:
        raise _refused()
    return Fraction(re.sub("[٫/]", ".", token))
