"""National and legal identifiers, mobile numbers and letter numbers, as people type them."""

import re

from persian.errors import Unreadable
from persian.text import (
    ZWNJ,
    clean,
    fold,
    plain_dashes,
    to_latin_digits,
    to_persian_digits,
    without_marks,
)

NATIONAL_ID_DIGITS = 10
LEGAL_ID_DIGITS = 11
LETTER_NUMBER_LIMIT = 40

_LEGAL_WEIGHTS = (29, 27, 23, 19, 17, 29, 27, 23, 19, 17)
_SEPARATORS = re.compile(r"[\s-]")
_PHONE_SEPARATORS = re.compile(r"[\s().-]")
_MOBILE = re.compile(r"(?:\+98|0098|98|0)?(9[0-9]{9})")
_DIGIT = re.compile("[0-9]")
_LETTER_NUMBER_SIGNS = frozenset(f"/-._ (){ZWNJ}0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")
_LRM = "\u200e"
_SHOWN_BEFORE, _SHOWN_AFTER = 3, 4


def _digits(text: str) -> str:
    digits = _SEPARATORS.sub("", plain_dashes(without_marks(fold(text))))
    if not re.fullmatch("[0-9]*", digits):
        raise Unreadable("not_digits")
    return digits


def parse_national_id(text: str) -> str:
    """Read a natural person's national code (کد ملی).

    The check digit proves the form, not the identity. Lost leading zeros are not guessed back.

    Returns:
        10 Latin digits.

    Raises:
        Unreadable: ``not_digits``, ``national_id_length`` (digits), ``national_id_all_equal`` or
            ``national_id_check``.
    """
    digits = _digits(text)
    if len(digits) != NATIONAL_ID_DIGITS:
        raise Unreadable("national_id_length", digits=len(digits))
    if len(set(digits)) == 1:
        raise Unreadable("national_id_all_equal")
    # The middle six are a serial number within the place of issue; none is zero.
    if digits[3:9] == "000000" or digits[9] != _national_check(digits[:9]):
        raise Unreadable("national_id_check")
    return digits


def _national_check(nine: str) -> str:
    remainder = sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
    return str(remainder if remainder < 2 else 11 - remainder)  # noqa: PLR2004 - the published rule


def parse_legal_id(text: str) -> str:
    """Read a legal person's national identifier (شناسه ملی).

    Returns:
        11 Latin digits.

    Raises:
        Unreadable: ``not_digits``, ``legal_id_length`` (digits) or ``legal_id_check``.
    """
    digits = _digits(text)
    if len(digits) != LEGAL_ID_DIGITS:
        raise Unreadable("legal_id_length", digits=len(digits))
    # 33333333333 passes the checksum, but no body has eleven equal digits.
    if len(set(digits)) == 1 or digits[10] != _legal_check(digits[:10]):
        raise Unreadable("legal_id_check")
    return digits


def _legal_check(ten: str) -> str:
    added = int(ten[9]) + 2
    total = sum((int(digit) + added) * weight for digit, weight in zip(ten, _LEGAL_WEIGHTS, strict=True))
    return str(total % 11 % 10)


def parse_mobile(text: str) -> str:
    """Read an Iranian mobile number with +98, 0098, 98, 0 or nothing before the 9.

    Returns:
        ``09`` and nine more Latin digits.

    Raises:
        Unreadable: ``mobile_shape``.
    """
    number = _MOBILE.fullmatch(_PHONE_SEPARATORS.sub("", plain_dashes(without_marks(fold(text)))))
    if number is None:
        raise Unreadable("mobile_shape")
    return f"0{number[1]}"


def parse_letter_number(text: str) -> str:
    """Read the number of an official letter, such as «۱۲۳/۴۵/ص»: free text with a digit in it.

    Returns:
        One line of 1–40 characters, its digits in Persian whichever were typed: one form for all.

    Raises:
        Unreadable: ``letter_number_length`` (characters, limit) or ``letter_number_shape``.
    """
    number = " ".join(plain_dashes(clean(text, limit=len(text))).split())
    if not 1 <= len(number) <= LETTER_NUMBER_LIMIT:
        raise Unreadable("letter_number_length", characters=len(number), limit=LETTER_NUMBER_LIMIT)
    known = all(sign.isalpha() or sign in _LETTER_NUMBER_SIGNS for sign in number)
    if not known or not _DIGIT.search(to_latin_digits(number)):
        raise Unreadable("letter_number_shape")
    return to_persian_digits(number)


def mask_id(identifier: str) -> str:
    """Show an identifier without its middle: «۱۳۶•••۱۲۳۹»; what is too short is hidden whole.

    Left-to-right marks beside the dots keep the two ends in order in Persian text.
    """
    hidden = len(identifier) - _SHOWN_BEFORE - _SHOWN_AFTER
    if hidden <= 0:
        return "•" * len(identifier)
    masked = f"{identifier[:_SHOWN_BEFORE]}{_LRM}{'•' * hidden}{_LRM}{identifier[-_SHOWN_AFTER:]}"
    return to_persian_digits(masked)
