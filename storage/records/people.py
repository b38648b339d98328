"""Who the office knows, and by what."""

from dataclasses import dataclass
from datetime import datetime

from domain.roles import Actor, Grant, Role


@dataclass(frozen=True, slots=True)
class Account:
    """An account by which a person is known; `name` is the chat's, empty where there is none yet.

    Attributes:
        last_seen: when its chat was last heard from, or None.
    """

    platform: str
    user_id: int
    name: str
    since: datetime
    last_seen: datetime | None


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A one-time code by which a person brings another account under the same name."""

    person_id: int
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the office knows, with the roles held now."""

    id: int
    name: str
    active: bool
    grants: frozenset[Grant] = frozenset()

    @property
    def actor(self) -> Actor:
        """The person as the rules see them: without any role once no longer active."""
        return Actor(self.id, self.name, self.grants if self.active else frozenset())


@dataclass(frozen=True, slots=True)
class Agency:
    """An executive agency «دستگاه اجرایی».

    Attributes:
        cosign: whether its authorised official confirms every proposal before it is filed.
    """

    id: int
    name: str
    active: bool
    cosign: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """An offer of a role, known by the digest of its token; good for one use until `expires_at`."""

    token_hash: str
    role: Role
    agency_id: int | None
    name: str
    made_by: int | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    used_by: int | None
