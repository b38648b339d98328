"""Forms being answered, and files."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.kept import JsonObject


class FormStatus(StrEnum):
    """Whether a form is still being answered.

    `EXPIRED` is a draft that lay too long and can be restored; `WAITING` one that is with the authorised
    official and is not to be changed meanwhile.
    """

    OPEN = "open"
    SENT = "sent"
    DROPPED = "dropped"
    EXPIRED = "expired"
    WAITING = "waiting"


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
        nudged_at: when its owner was told last that it is about to expire, or None.
        expired_at: when it did, or None.
        restorable_until: until when its owner was then told that it can be restored, or None.
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
    nudged_at: datetime | None = None
    expired_at: datetime | None = None
    restorable_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file without its contents; `size` in bytes, `sha256` in hex, both of the plain contents."""

    id: int
    name: str
    mime: str
    size: int
    sha256: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class FileCopy:
    """What may be shown of a file: its clean copy, or the code of why there is none."""

    mime: str = ""
    content: bytes = b""
    refusal: str = ""
