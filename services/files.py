"""Scans and attachments: kept once, shown only to who may see their case, erased with a form given up."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from domain import audit
from domain.authority import Deed, filed, require
from domain.roles import Actor
from persian.text import clean
from services.cases import known_case
from storage.errors import Erased, NotFound
from storage.records import FileCopy, JsonObject, StoredFile
from storage.work import Work

NAME_LIMIT = 100
"""Characters kept of a file's name: a technical bound."""
_DEVICE: Final = re.compile("con|prn|aux|nul|(?:com|lpt)[0-9]", re.IGNORECASE)


def keep(
    work: Work, name: str, mime: str, content: bytes, copy: bytes = b"", *, form_id: int | None = None
) -> StoredFile:
    """Keep a file whose kind and size have been checked, and beside it what alone is shown of it.

    Args:
        work: this unit.
        name: as the person's device calls it; shown to people, never used as a path.
        mime: what its contents were recognised as.
        content: the plain bytes as they came.
        copy: its clean copy; none: it is made when the file is first shown.
        form_id: the form that it belongs to, and whose key seals it.
    """
    stored = work.files.add(tidy_name(name), mime, content, form_id)
    if copy:
        work.files.add_copy(stored.id, FileCopy(mime, copy))
    return stored


def tidy_name(name: str) -> str:
    """A file's name without its path and what cannot be seen, of at most `NAME_LIMIT` characters.

    Dots at its ends go too; a name that a system keeps for a device is none.
    """
    last_part = name.replace("\\", "/").rsplit("/", 1)[-1]
    tidy = " ".join(clean(last_part, limit=NAME_LIMIT).split()).strip(". ")
    return "" if _DEVICE.fullmatch(tidy.partition(".")[0].strip()) else tidy


def is_among(work: Work, numbers: Collection[int], content: bytes) -> bool:
    """Whether one of these files holds the very same bytes."""
    return work.files.same(numbers, content)


def content_for(work: Work, actor: Actor, case_id: int, file_id: int) -> StoredFile:
    """A file of a case that this person may see; its bytes are read by its number when it is sent.

    Raises:
        NotYours: neither reviewer nor director nor the officer who filed the case.
        NotFound: there is no such case, or no such file in it.
        Erased: the key of the case was destroyed.
    """
    case = known_case(work, case_id)
    require(actor, Deed.CASE_FILES, filed(case))
    if case.erased:
        raise Erased(case.form_id)
    if file_id not in _files_in(case.proposal):
        raise NotFound("file", file_id)
    work.audit.look(audit.Deed.FILE_SEEN, actor, f"file:{file_id}", case=case_id)
    return work.files.get(file_id)


def discard(work: Work, numbers: Iterable[int], *, case_id: int | None) -> None:
    """Erase files that a form holds no more.

    Args:
        work: this unit.
        numbers: the files; only this form, and the case it corrects, ever held them.
        case_id: the case that the form corrects, whose files stay, those of earlier versions too; None for
            a form of its own.
    """
    versions = () if case_id is None else work.reviews.versions(case_id)
    held = frozenset[int]().union(*(_files_in(version.proposal) for version in versions))
    for number in sorted(frozenset(numbers) - held):
        work.files.delete(number)


def _files_in(proposal: JsonObject) -> frozenset[int]:
    """The numbers of the files that a proposal names."""
    return frozenset([proposal["letter_scan"], *proposal.get("attachments", ())])
