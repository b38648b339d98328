"""Files as answers: what may be sent, and the two kinds that take it."""

from dataclasses import dataclass

from bot.conversations.given import JSON, FileAnswer, Given, Plain, Reading, Scope
from messages_fa import form
from messages_fa.markup import Text
from persian.errors import Unreadable
from scans import Clean, Verdict
from scans.verdict import FILE_MB

SIZE_LIMIT_MB = FILE_MB
"""Megabytes of one file."""
MOST_FILES = 10
TOTAL_LIMIT_MB = 40
"""Megabytes of all files of one form."""
# What offices often send instead, so that the answer can say how to turn it into a PDF or a photo.
_OTHERS = {".doc": "word", ".docx": "word", ".xls": "excel", ".xlsx": "excel", ".heic": "heic", ".zip": "zip"}
_TAKEN = (".pdf", ".jpg", ".jpeg", ".png")


def check_file(name: str, mime: str, verdict: Verdict | None) -> Clean:
    """Check a sent file before it is kept; what it is, its parser has said.

    Args:
        name: as sent; it only helps the answer to say what to do instead.
        mime: as declared by the sender; it only helps as well.
        verdict: what became of it when it was looked at; None when it could not be fetched.

    Returns:
        Its clean copy.

    Raises:
        Unreadable: `file_not_received`, `file_kind` (given: word, excel, heic, zip, renamed, or empty), or
            with the code of the refusal.
    """
    if verdict is None:
        raise Unreadable("file_not_received")
    if isinstance(verdict, Clean):
        return verdict
    if verdict.code == "file_kind":
        raise Unreadable("file_kind", given=_guess(name.lower(), mime))
    raise Unreadable(verdict.code, **verdict.values)


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
