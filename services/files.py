"""Scans and attachments: kept once, shown only to who may see their case."""

from domain.errors import NotYours
from domain.roles import Actor, Role
from persian.text import clean
from services.cases import known_case
from storage.errors import NotFound
from storage.records import Case, StoredFile
from storage.work import Work

NAME_LIMIT = 100
"""Characters kept of a file's name: a technical bound."""


def keep(work: Work, name: str, mime: str, content: bytes) -> StoredFile:
    """Keep a file whose kind and size have been checked.

    Args:
        work: this unit.
        name: as the person's device calls it; shown to people, never used as a path.
        mime: what its contents were recognised as.
        content: the plain bytes.
    """
    last_part = name.replace("\\", "/").rsplit("/", 1)[-1]
    return work.files.add(" ".join(clean(last_part, limit=NAME_LIMIT).split()) or "file", mime, content)


def content_for(work: Work, actor: Actor, case_id: int, file_id: int) -> StoredFile:
    """A file of a case that this person may see; its bytes are read by its number when it is sent.

    Raises:
        NotYours: neither reviewer nor director nor the filer of the case.
        NotFound: there is no such case, or no such file in it.
    """
    case = known_case(work, case_id)
    desk = actor.has(Role.REVIEWER) or actor.has(Role.DIRECTOR)
    if not desk and (actor.person_id is None or actor.person_id != case.filed_by):
        raise NotYours("view")
    kept = work.files.get(file_id) if file_id in _files_of(case) else None
    if kept is None:
        raise NotFound("file", file_id)
    return kept


def _files_of(case: Case) -> frozenset[int]:
    """The numbers of the files that the proposal names now."""
    return frozenset([case.proposal["letter_scan"], *case.proposal.get("attachments", ())])
