"""Who a person is to the office: roles, and the agency an officer files for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


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


SENSITIVE: Final = frozenset(Role) - {Role.OFFICER}
"""Roles of the office itself: given by one admin and confirmed by another, where there is another."""

STOOD_IN_FOR: Final = frozenset({Role.REVIEWER, Role.DIRECTOR, Role.COMPLAINTS})
"""Roles in which a colleague may stand in «جانشین»: never an admin, who lets people in, nor an officer.

An own role among these is needed to stand in: an auditor, who reads about what others decide, may not.
"""

NEVER_STANDS_IN: Final = frozenset({Role.ADMIN, Role.OFFICER})
"""Whoever holds one of these stands in for nobody."""


@dataclass(frozen=True)
class Grant:
    """One role given to a person; `agency_id` is set for officers only.

    Attributes:
        for_person: whose role it is, of somebody who stands in for a while; None for an own role.
    """

    role: Role
    agency_id: int | None = None
    for_person: int | None = None


@dataclass(frozen=True)
class Actor:
    """The person at the other end of the chat, with every role held at this moment.

    Attributes:
        person_id: None for a stranger, who can never act on a case.
        name: as the office knows the person; empty for a stranger.
        grants: the roles in force now (revoked ones are not among them), with those of whom this person
            stands in for.
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

    @property
    def own(self) -> frozenset[Role]:
        """The roles that this person holds without standing in for anybody."""
        return frozenset(grant.role for grant in self.grants if grant.for_person is None)

    def capacities(self, *roles: Role) -> tuple[int | None, ...]:
        """In whose name this person acts in one of these roles: None for the own one, which comes first."""
        names = {grant.for_person for grant in self.grants if grant.role in roles}
        return tuple(sorted(names, key=lambda name: (name is not None, name or 0)))

    def not_for(self, barred: Collection[int]) -> "Actor":
        """The same person, without the roles in which they stand in for one of these."""
        return replace(
            self, grants=frozenset(grant for grant in self.grants if grant.for_person not in barred)
        )
