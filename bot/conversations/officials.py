"""The authorised official «مقام مجاز» of the proposal: typed, or one of those that the office was told of."""

from dataclasses import dataclass
from typing import Final

from bot.conversations.given import Given, Option, Reading, Scope
from bot.conversations.written import Name, ShortText

OFFICIALS: Final = "officials"
"""The list of `Scope.facts` that holds the names, by the numbers of the officials."""
POSTS: Final = "official_posts"
"""The same for their posts."""


@dataclass(frozen=True)
class OfficialName(Name):
    """The name of an authorised official of the agency."""

    def options(self, scope: Scope, /) -> tuple[Option, ...]:
        """Those of the agency."""
        return scope.facts.get(OFFICIALS, ())

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """One of them, or a name as any other; errors are those of `Name`."""
        return _chosen(self.options(scope), given) or super().read(given, scope)


@dataclass(frozen=True)
class OfficialPost(ShortText):
    """The post of the official named before."""

    def options(self, scope: Scope, /) -> tuple[Option, ...]:
        """The posts in which the agency's official of this name serves."""
        name = scope.answers.get("official_name")
        of_that_name = {one.code for one in scope.facts.get(OFFICIALS, ()) if one.label == name}
        return tuple(post for post in scope.facts.get(POSTS, ()) if post.code in of_that_name)

    def read(self, given: Given, scope: Scope, /) -> Reading:
        """One of them, or a few words; errors are those of `ShortText`."""
        return _chosen(self.options(scope), given) or super().read(given, scope)


def _chosen(offered: tuple[Option, ...], given: Given) -> Reading | None:
    return next((Reading(one.label) for one in offered if given.option == one.code), None)
