"""Folding of typed Persian: digits, letters, invisible marks and spaces."""

import re
import unicodedata

ZWNJ = "\u200c"

_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC = "٠١٢٣٤٥٦٧٨٩"
_LATIN = "0123456789"
_TO_LATIN = str.maketrans(_PERSIAN + _ARABIC, _LATIN * 2)
_TO_PERSIAN = str.maketrans(_LATIN + _ARABIC, _PERSIAN * 2)
_LETTERS = str.maketrans("يىك", "ییک")
# Arabic spellings and seats of hamza that one writer puts and the next leaves out: «مؤسسه» and «موسسه».
_SPELLINGS = str.maketrans("آأإٱؤئةۀ", "ااااویهه")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))

# Control, format and surrogate characters: bidi marks and isolates, ZWJ, soft hyphen, BOM, NUL …
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
# Letters and marks that show nothing, which no category tells: fillers, grapheme joiner, variation selectors.
_BLANKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
_MAYBE_UNSEEN = re.compile(f"[^\\w\\s!-~«»؟،؛٬٫{ZWNJ}]")  # letters, digits and common signs need no look-up
_MARKS = re.compile("[\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0640]")
_LETTER = "(?:[^\\W\\d_]|[\u064b-\u065f\u0670])"
# Shapes of single letters, as they are copied out of old PDFs («ﻣﯿﻠﯿﻮﻥ»); not the ligatures of whole words.
_SHAPES = re.compile("[\ufb50-\ufbb1\ufbd3-\ufbff\ufe80-\ufefc]")
_JOINERS = re.compile(f"{ZWNJ}+")
_STRAY_JOINER = re.compile(f"(?<!{_LETTER}){ZWNJ}|{ZWNJ}(?!{_LETTER})")
_LINE_BREAK = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_MANY_BREAKS = re.compile("\n{3,}")


def to_latin_digits(text: str) -> str:
    """Turn Persian and Arabic digits into 0–9; change nothing else («²» stays «²»)."""
    return text.translate(_TO_LATIN)


def to_persian_digits(text: str) -> str:
    """Turn Latin and Arabic digits into ۰–۹; change nothing else."""
    return text.translate(_TO_PERSIAN)


def plain_dashes(text: str) -> str:
    """Turn every dash and the minus sign into «-», as typed text is pasted from word processors."""
    return text.translate(_DASHES)


def without_marks(text: str) -> str:
    """Drop vowel marks and tatweel, which change how a word looks but not which word it is."""
    return _MARKS.sub("", text)


def visible(text: str) -> str:
    """Drop what cannot be seen, but spaces and the ZWNJ inside a word; fold ي ى ك and shapes of letters."""
    text = _SHAPES.sub(lambda shape: unicodedata.normalize("NFKC", shape[0]), text)
    text = _BLANKS.sub("", text)
    seen = _MAYBE_UNSEEN.sub(lambda sign: "" if unicodedata.category(sign[0]) in _UNSEEN else sign[0], text)
    joined = _STRAY_JOINER.sub("", _JOINERS.sub(ZWNJ, seen))
    return unicodedata.normalize("NFC", joined).translate(_LETTERS)


def fold(text: str) -> str:
    """Fold one typed answer before it is read.

    Returns:
        One line: NFC, Persian ی and ک, Latin digits, no invisible marks (the ZWNJ stays between
        two letters), single spaces, none at the ends.
    """
    return " ".join(to_latin_digits(visible(text)).split())


def clean(text: str, *, limit: int) -> str:
    """Clean a person's prose to be stored: folded letters, digits as typed, lines kept.

    Args:
        text: what was typed.
        limit: the most characters kept.

    Returns:
        Text with at most one empty line in a row, cut to ``limit`` characters.
    """
    lines = visible(_LINE_BREAK.sub("\n", text)).split("\n")
    tidy = "\n".join(" ".join(line.split()) for line in lines).strip()
    return _MANY_BREAKS.sub("\n\n", tidy)[:limit].rstrip(f" \n{ZWNJ}")


def in_order(text: str) -> tuple[int, ...]:
    """Make the key by which names are sorted: Persian letters in their order, «ک» before «ن»."""
    return tuple(_PLACES.get(letter, ord(letter)) for letter in key(text))


_ALPHABET = "ءاآأإؤئبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_PLACES = {letter: 0x600 + place for place, letter in enumerate(_ALPHABET)}


def key(text: str) -> str:
    """Make the key by which texts are compared: «می‌روم» and «میروم», «مؤسسه» and «موسسه» share one."""
    bare = without_marks(fold(text).replace(ZWNJ, "")).casefold().translate(_SPELLINGS)
    return " ".join(unicodedata.normalize("NFC", bare).split())
