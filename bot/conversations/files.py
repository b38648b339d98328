"""Files as answers: what may be sent, and the two kinds that take it."""

import re
from dataclasses import dataclass

from bot.conversations.given import JSON, FileAnswer, Given, Plain, Reading, Scope
from messages_fa import form
from messages_fa.markup import Text
from persian.errors import Unreadable

SIZE_LIMIT_MB = 10
"""Megabytes of one file."""
MOST_FILES = 10
TOTAL_LIMIT_MB = 40
"""Megabytes of all files of one form."""
_MB = 1024 * 1024

_MAGIC = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
# What offices often send instead, so that the answer can say how to turn it into a PDF or a photo.
_OTHERS = {".doc": "word", ".docx": "word", ".xls": "excel", ".xlsx": "excel", ".heic": "heic", ".zip": "zip"}
_TAKEN = (".pdf", ".jpg", ".jpeg", ".png")
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
"""What the trailer of a PDF that asks for a password says; it is never itself encrypted."""


def check_file(name: str, mime: str, content: bytes) -> str:
    """Check a sent file before it is kept; what it is, is recognised by its first bytes only.

    Args:
        name: as sent; it only helps the answer to say what to do instead.
        mime: as declared by the sender; it only helps as well.
        content: the bytes; none when they could not be fetched.

    Returns:
        The media type found: `application/pdf`, `image/jpeg` or `image/png`.

    Raises:
        Unreadable: `file_not_received`, `file_too_large` (limit, megabytes), `file_locked`, or `file_kind`
            (given: word, excel, heic, zip, renamed, or empty).
    """
    if not content:
        raise Unreadable("file_not_received")
    if len(content) > SIZE_LIMIT_MB * _MB:
        raise Unreadable("file_too_large", limit=SIZE_LIMIT_MB)
    found = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
    if found is None:
        raise Unreadable("file_kind", given=_guess(name.lower(), mime))
    if found == "application/pdf" and _ENCRYPTED.search(content):
        raise Unreadable("file_locked")
    return found


def _guess(name: str, mime: str) -> str:
    by_name = next((kind for ending, kind in _OTHERS.items() if name.endswith(ending)), "")
    by_mime = "heic" if mime in {"image/heic", "image/heif"} else ""
    return by_name or by_mime or ("renamed" if name.endswith(_TAKEN) else "")


def _offered(given: Given) -> FileAnswer:
    if given.file is None:
        raise Unreadable("file_wanted")
    return given.file


def _is_file(value: JSON) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _name_of(number: JSON, scope: Scope) -> str:
    names = {option.code: option.label for option in scope.facts.get("files", ())}
    return names.get(str(number), "")


@dataclass(frozen=True)
class Scan(Plain):
    """Exactly one file; a new one takes the old one's place. The value is the file's number."""

    takes_file = True

    def read(self, given: Given, _scope: Scope, /) -> Reading:
        """Take the file."""
        return Reading(_offered(given).id)

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """A file's number."""
        return _is_file(value)

    def show(self, value: JSON, scope: Scope, /) -> Text:
        """The file's name."""
        return form.file_named(_name_of(value, scope))


@dataclass(frozen=True)
class Files(Plain):
    """Any number of files up to `most`, sent one by one or together. The value is a list of numbers."""

    most: int = MOST_FILES
    takes_file = True
    several = True

    def read(self, given: Given, _scope: Scope, /) -> Reading:
        """Take one file; the engine adds it to the list, after `room`."""
        return Reading(_offered(given).id)

    def room(self, numbers: list[JSON], number: JSON) -> None:
        """Insist that one more file may join the list.

        Raises:
            Unreadable: `file_repeated` or `files_too_many` (limit).
        """
        if number in numbers:
            raise Unreadable("file_repeated")
        if len(numbers) >= self.most:
            raise Unreadable("files_too_many", limit=self.most)

    def fits(self, value: JSON, _scope: Scope, /) -> bool:
        """A list of files' numbers."""
        return isinstance(value, list) and len(value) <= self.most and all(map(_is_file, value))

    def show(self, value: JSON, scope: Scope, /) -> Text:
        """How many, and the first names."""
        return form.files_named(self.names(value, scope))

    def names(self, value: JSON, scope: Scope, /) -> tuple[Text, ...]:
        """The name of each file of the list."""
        numbers = value if isinstance(value, list) else []
        return tuple(form.file_named(_name_of(number, scope)) for number in numbers)
