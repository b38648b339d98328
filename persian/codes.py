"""Tracking codes with a Verhoeff check digit, and passcodes in Crockford's base 32."""

import re
import secrets
from collections.abc import Callable

from persian.errors import Unreadable
from persian.text import fold, plain_dashes, without_marks

TRACKING_DIGITS = 12
NO_BREAK_SPACE = "\u00a0"
PASSCODE_LENGTH = 8
PIN_DIGITS = 6
PASSCODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

# J. Verhoeff, «Error Detecting Decimal Codes» (1969): the dihedral group D5 and a permutation of
# its digits. It finds every single wrong digit and every swap of two neighbours.
_PRODUCT = (
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
)
_PERMUTED = (
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
)
_INVERSE = "0432156789"

_SEPARATORS = re.compile(r"[\s-]")
_LOOKALIKES = str.maketrans("ILO", "110")


def _checksum(digits: str) -> int:
    state = 0
    for place, digit in enumerate(reversed(digits)):
        state = int(_PRODUCT[state][int(_PERMUTED[place % 8][int(digit)])])
    return state


def verhoeff_digit(digits: str) -> str:
    """Return the check digit to be written after Latin ``digits``."""
    return _INVERSE[_checksum(digits + "0")]


def verhoeff_ok(digits: str) -> bool:
    """Tell whether Latin ``digits`` end in their right check digit."""
    return _checksum(digits) == 0


def new_tracking_code(randbelow: Callable[[int], int] = secrets.randbelow) -> str:
    """Make a tracking code (کد رهگیری): 11 unguessable digits and their check digit, in Latin digits.

    Uniqueness is the business of whoever stores it.
    """
    digits = f"{randbelow(10 ** (TRACKING_DIGITS - 1)):0{TRACKING_DIGITS - 1}d}"
    return digits + verhoeff_digit(digits)


def parse_tracking_code(text: str) -> str:
    """Read a typed tracking code: digits of any script, with spaces or dashes anywhere.

    Returns:
        12 Latin digits.

    Raises:
        Unreadable: ``code_shape`` for anything else, a wrong check digit included.
    """
    digits = _SEPARATORS.sub("", plain_dashes(without_marks(fold(text))))
    if not re.fullmatch(f"[0-9]{{{TRACKING_DIGITS}}}", digits) or not verhoeff_ok(digits):
        raise Unreadable("code_shape", digits=TRACKING_DIGITS)
    return digits


def group_code(code: str) -> str:
    """Write a tracking code in Latin digits by fours: «1234 5678 9012».

    The spaces do not break: between them the groups keep their order beside Persian text (UAX 9, W4), where
    common spaces would turn them round.
    """
    return NO_BREAK_SPACE.join(code[start : start + 4] for start in range(0, len(code), 4))


def new_passcode() -> str:
    """Make the passcode (رمز) of a form: 8 unguessable characters of Crockford's base 32."""
    return "".join(secrets.choice(PASSCODE_ALPHABET) for _ in range(PASSCODE_LENGTH))


def parse_passcode(text: str) -> str:
    """Read a typed passcode: either case, spaces and dashes dropped, I and L as 1, O as 0.

    Returns:
        8 capitals and Latin digits.

    Raises:
        Unreadable: ``passcode_shape`` for anything else.
    """
    typed = _SEPARATORS.sub("", plain_dashes(fold(text)))
    # Only ASCII is put in capitals: «ſ» and «ı» would turn into S and I.
    code = typed.upper().translate(_LOOKALIKES) if typed.isascii() else ""
    if not re.fullmatch(f"[{PASSCODE_ALPHABET}]{{{PASSCODE_LENGTH}}}", code):
        raise Unreadable("passcode_shape", characters=PASSCODE_LENGTH)
    return code


def parse_pin(text: str) -> str:
    """Read a typed PIN, or a code of an authenticator: digits of any script, spaces and dashes dropped.

    Returns:
        6 Latin digits.

    Raises:
        Unreadable: ``pin_shape`` for anything else.
    """
    digits = _SEPARATORS.sub("", plain_dashes(without_marks(fold(text))))
    if not re.fullmatch(f"[0-9]{{{PIN_DIGITS}}}", digits):
        raise Unreadable("pin_shape", digits=PIN_DIGITS)
    return digits
