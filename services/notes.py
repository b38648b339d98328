"""Internal notes «یادداشت داخلی» of a case or a complaint, as its desk shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.cases import name_of
from storage.records.cases import CaseNote
from storage.records.complaints import ComplaintNote
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Note:
    """An internal note with its author's name."""

    at: datetime
    author: str
    text: str


def named(work: Work, kept: Iterable[CaseNote | ComplaintNote]) -> tuple[Note, ...]:
    """The notes with their authors' names, in the order given."""
    return tuple(Note(note.at, name_of(work, note.person_id), note.note) for note in kept)
