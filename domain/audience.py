"""Who a notice is for: rules that add up, so that a person whom several of them name is told once."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Final, Self

from domain.lifecycle import State
from domain.roles import Role

OPEN_STATES: Final = frozenset(
    {
        State.SUBMITTED,
        State.IN_REVIEW,
        State.RETURNED,
        State.AWAITING_SIGNATURE,
    }
)
"""States of a case that is not decided yet."""


@dataclass(frozen=True, slots=True)
class Audience:
    """A notice's audience: everybody whom one of the rules names.

    Attributes:
        everyone: all who ever wrote to the bot, whoever only looked up a code among them.
        roles: holders of these roles.
        agencies: officers of these agencies, by number.
        open_cases: who filed a case that is not decided yet.
        open_drafts: who has a proposal among the drafts.
    """

    everyone: bool = False
    roles: frozenset[Role] = frozenset()
    agencies: frozenset[int] = frozenset()
    open_cases: bool = False
    open_drafts: bool = False

    def __bool__(self) -> bool:
        """Whether any rule is set at all."""
        return any(getattr(self, rule.name) for rule in fields(self))

    def __or__(self, other: "Audience") -> "Audience":
        """Everybody whom either of them names."""
        return Audience(
            everyone=self.everyone or other.everyone,
            roles=self.roles | other.roles,
            agencies=self.agencies | other.agencies,
            open_cases=self.open_cases or other.open_cases,
            open_drafts=self.open_drafts or other.open_drafts,
        )

    @classmethod
    def of_roles(cls, *roles: Role) -> Self:
        """The holders of these roles."""
        return cls(roles=frozenset(roles))

    def parts(self) -> tuple["Audience", ...]:
        """Each rule as an audience of its own, in the order in which they are shown."""
        found: list[Audience] = [Audience(everyone=True)] if self.everyone else []
        found += [Audience(roles=frozenset({role})) for role in Role if role in self.roles]
        found += [Audience(agencies=frozenset({agency})) for agency in sorted(self.agencies)]
        found += [Audience(open_cases=True)] if self.open_cases else []
        found += [Audience(open_drafts=True)] if self.open_drafts else []
        return tuple(found)

    def to_json(self) -> dict[str, Any]:
        """The stored shape."""
        return {
            "everyone": self.everyone,
            "roles": sorted(self.roles),
            "agencies": sorted(self.agencies),
            "open_cases": self.open_cases,
            "open_drafts": self.open_drafts,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Read what `to_json` made."""
        return cls(
            everyone=stored["everyone"],
            roles=frozenset(map(Role, stored["roles"])),
            agencies=_numbers(stored["agencies"]),
            open_cases=stored["open_cases"],
            open_drafts=stored["open_drafts"],
        )


def _numbers(stored: Iterable[int]) -> frozenset[int]:
    return frozenset(map(int, stored))
