"""The agreement by version."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.agreement import Section, mark_of


@dataclass(frozen=True, slots=True)
class TermsVersion:
    """A version of the agreement; one without `published_at` is being written.

    Attributes:
        version: counted from 1, the customer's own text, which nobody of the office wrote or published.
        revision: counts the changes while it is written.
        edited_by: the admin who changed it last.
        effective_from: the day in Tehran from which it is in force; None for the first version, and while it
            is not published.
    """

    version: int
    sections: tuple[Section, ...]
    revision: int = 0
    edited_by: int | None = None
    edited_at: datetime | None = None
    effective_from: date | None = None
    published_by: int | None = None
    published_at: datetime | None = None

    @property
    def mark(self) -> str:
        """Stands for this number with exactly this text; unlike `revision` it is never another draft's."""
        return mark_of(self.version, self.sections)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That a person accepted a version of the agreement, and when."""

    person_id: int
    version: int
    at: datetime
