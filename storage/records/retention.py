"""What is kept, held back and erased, as units of work read it."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """A case or a complaint whose period is over.

    Attributes:
        kind: `case` or `complaint`.
        since: its last change, from which the period counts.
    """

    kind: str
    number: int
    code: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that is held back from erasure.

    Attributes:
        kind: `case` or `complaint`.
        why: as it was written.
        placed_by: the person; None for the keeper of the machine.
    """

    kind: str
    number: int
    why: str = field(repr=False)
    placed_by: int | None
    placed_at: datetime
