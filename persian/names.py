"""Names of persons and of bodies, as people type them: little is asked of a name, for little can be known."""

from persian.errors import Unreadable
from persian.text import fold, without_marks

_FEWEST_SIGNS = 2
_WORDS_OF_A_PERSON = 2


def read_name(line: str) -> str:
    """Check what names somebody or something: a company, an agency, a post.

    Returns:
        The line as it is: digits, brackets and letters of any script are left alone.

    Raises:
        Unreadable: ``text_without_letters`` or ``text_too_short`` (for one letter alone).
    """
    if not _letters(line):
        raise Unreadable("text_without_letters")
    if sum(sign.isalnum() for sign in without_marks(line)) < _FEWEST_SIGNS:
        raise Unreadable("text_too_short")
    return line


def read_person_name(line: str) -> str:
    """Check the full name of a natural person.

    Returns:
        The line as it is.

    Raises:
        Unreadable: ``name_with_digits``, ``name_one_word`` (the family name is missing), or what
            `read_name` raises.
    """
    read_name(line)
    if any(sign.isdigit() for sign in fold(line)):
        raise Unreadable("name_with_digits")
    if sum(_letters(word) > 0 for word in line.split()) < _WORDS_OF_A_PERSON:
        raise Unreadable("name_one_word")
    return line


def _letters(text: str) -> int:
    return sum(sign.isalpha() for sign in without_marks(text))
