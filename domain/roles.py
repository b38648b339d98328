"""Who a person is to the office: roles, and the agency an officer files for."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may be granted («نقش»); a stranger has none.

    Officer «کارشناس دستگاه», reviewer «کارشناس بررسی», director «مدیر», complaints «مسئول شکایات»,
    admin «مدیر سامانه», auditor «ناظر».
    """

    OFFICER = "officer"
    REVIEWER = "reviewer"
    DIRECTOR = "director"
    COMPLAINTS = "complaints"
    ADMIN = "admin"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class Grant:
    """One role given to a person; `agency_id` is set for officers only."""

    role: Role
    agency_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """The person at the other end of the chat, with every role held at this moment.

    Attributes:
        person_id: None for a stranger, who can never act on a case.
        name: as the office knows the person; empty for a stranger.
        grants: the roles in force now (revoked ones are not among them).
    """

    person_id: int | None
    name: str
    grants: frozenset[Grant] = frozenset()

    def has(self, role: Role) -> bool:
        """Whether a known person holds this role, for whichever agency."""
        return self.person_id is not None and any(grant.role is role for grant in self.grants)

    @property
    def agency_id(self) -> int | None:
        """The agency this person files for, or None: an officer files for one agency only."""
        agencies = [g.agency_id for g in self.grants if g.role is Role.OFFICER and g.agency_id is not None]
        return min(agencies, default=None)
