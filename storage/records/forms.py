"""Forms being answered, and files."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.kept import JsonObject


class FormStatus(StrEnum):
    """Whether a form is still being answered."""

    OPEN = "open"
    SENT = "sent"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class FormRun:
    """A form being answered, or answered.

    Attributes:
        form: the name of the form.
        form_version: the version it was last saved with.
        revision: counts the saves; a save of an older revision is refused.
        subject: the case it is about, or None.
        data: the answers, the cursor and what else the form engine keeps.
        title: how a list of drafts names it, or None.
    """

    id: int
    form: str
    form_version: int
    revision: int
    platform: str
    chat_id: int
    person_id: int | None
    subject: int | None
    data: JsonObject
    status: FormStatus
    title: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file without its contents; `size` in bytes, `sha256` in hex, both of the plain contents."""

    id: int
    name: str
    mime: str
    size: int
    sha256: str
    added_at: datetime
