"""Records of the audit."""

from dataclasses import dataclass
from datetime import datetime

from domain.audit import Code, Deed


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be written down when the unit ends.

    Attributes:
        person: who did it; None for the office's clock, the command line and whoever is not known.
        role: the roles held, joined by «+».
        about: the thing, as `case:12`.
        codes: short words and numbers.
    """

    deed: Deed
    person: int | None
    role: str
    about: str
    version: int | None
    codes: dict[str, Code]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row as it stands in the store, whoever wrote it: nothing in it is taken for granted.

    Attributes:
        codes: JSON.
        cause: `bale:1234`, `sweep:expire` or `command:set`.
        mac: hex.
    """

    number: int
    at: datetime
    deed: str
    person: int | None
    role: str
    about: str
    version: int | None
    codes: str
    cause: str
    mac: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain as the store has it.

    Attributes:
        number: of the last row; 0 before the first.
        mac: of the last row; empty before the first.
    """

    number: int
    mac: str
