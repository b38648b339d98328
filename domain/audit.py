"""What the office writes down about itself «رویدادنگاری»: deeds, as codes."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Deed(StrEnum):
    """What was done or looked at; the code stands in the audit as it is here, so none is ever renamed."""

    # A case, a complaint and all that has a course of its own: each step is one note.
    CASE = "case"
    COMPLAINT = "complaint"
    NOTICE = "notice"
    WINDOW = "window"
    INCIDENT = "incident"
    RESET = "reset"
    DATA_REQUEST = "data_request"

    # Looks at personal data.
    CASE_SEEN = "case_seen"
    CASE_UNLOCKED = "case_unlocked"
    FILE_SEEN = "file_seen"
    COMPLAINT_SEEN = "complaint_seen"
    PEOPLE_SEEN = "people_seen"
    REQUEST_SEEN = "request_seen"
    LIST_SEEN = "list_seen"
    REPORT_SEEN = "report_seen"
    DATA_EXPORTED = "data_exported"

    # People, roles and accounts.
    INVITED = "invited"
    INVITATION_USED = "invitation_used"
    GRANT_PROPOSAL = "grant_proposal"
    GRANTED = "granted"
    REVOKED = "revoked"
    PERSON = "person"
    LINKED = "linked"
    UNLINKED = "unlinked"
    SUBSTITUTE = "substitute"
    FACTOR = "factor"

    # What the office has set.
    SETTING = "setting"
    CATALOGUE = "catalogue"
    AGENCY = "agency"
    CALENDAR = "calendar"
    AGREEMENT = "agreement"

    # The store itself.
    RETENTION = "retention"
    ERASED = "erased"
    HOLD = "hold"
    BACKUP = "backup"
    RESTORE = "restore"
    KEYS = "keys"
    AUDIT_SEEN = "audit_seen"
    AUDIT_EXPORTED = "audit_exported"
    ANCHOR = "anchor"


LOOKS: Final = frozenset(
    {
        Deed.CASE_SEEN,
        Deed.FILE_SEEN,
        Deed.COMPLAINT_SEEN,
        Deed.PEOPLE_SEEN,
        Deed.REQUEST_SEEN,
        Deed.LIST_SEEN,
        Deed.REPORT_SEEN,
        Deed.AUDIT_SEEN,
    }
)
"""Looks: the same person at the same thing within `LOOK_MINUTES` is one look."""
LOOK_MINUTES: Final = 10
"""As long as a view opened by a passcode lasts: what is drawn anew meanwhile is the same look."""

Code = str | int | bool

_WORD: Final = re.compile(r"[A-Za-z0-9_.:/+-]{0,64}\Z", re.ASCII)
_NUMBER: Final = re.compile(r"\d{9}")
_MOST: Final = 2**63
_THING: Final = re.compile(r"[a-z_]+(:[A-Za-z0-9_.-]{1,64})?\Z", re.ASCII)


class NotACode(ValueError):  # noqa: N818 - errors are named for what happened
    """Something that is no short machine word and no number was to be written down: perhaps personal data.

    Attributes:
        name: of the code, never its value.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def checked(codes: Mapping[str, Code | None]) -> dict[str, Code]:
    """The codes of a note, without those that are None.

    Raises:
        NotACode: a value is free text, or a word with nine digits in a row, as identifiers have.
    """
    kept = {name: value for name, value in codes.items() if value is not None}
    for name, value in kept.items():
        if not (_is_word(value) if isinstance(value, str) else -_MOST <= value < _MOST):
            raise NotACode(name)
    return {name: _plain(value) for name, value in kept.items()}


def thing(about: str) -> str:
    """What a note is about, as `case:12`.

    Raises:
        NotACode: it is free text.
    """
    if not _THING.match(about):
        raise NotACode("about")
    return about


def _is_word(value: str) -> bool:
    return _WORD.match(value) is not None and _NUMBER.search(value) is None


def _plain(value: Code) -> Code:
    """Members of an enumeration become the words that they are."""
    return str(value) if isinstance(value, str) else value
