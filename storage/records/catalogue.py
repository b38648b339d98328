"""What the office has put into its catalogues."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of an entry of a catalogue.

    Attributes:
        catalogue: `debt_types`, or the act that a reason is given for: `refuse`, `supersede`, `withdraw`.
        code: what it is, whatever its words: of the first list, or `own` with a number.
        ground: the rule that a reason rests on; empty for none.
        offered: whether it may be chosen from now on.
        set_by: whose words they are; None for those of the first list.
    """

    id: int
    catalogue: str
    code: str
    version: int
    title: str
    ground: str
    offered: bool
    set_by: int | None
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Official:
    """An authorised official «مقام مجاز» of an agency, as the office was told."""

    id: int
    agency_id: int
    name: str
    post: str
    set_by: int | None
    set_at: datetime


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A name that an agency was given by somebody (None: by the command line) at a moment."""

    name: str
    set_by: int | None
    set_at: datetime


Switched = Literal["offered", "cosign"]
"""Whether an agency is offered in new invitations; whether its official confirms what its officers file."""


@dataclass(frozen=True, slots=True)
class AgencySwitch:
    """What somebody (None: the command line) switched of an agency at a moment."""

    what: Switched
    is_on: bool
    set_by: int | None
    set_at: datetime
