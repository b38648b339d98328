"""Samples of what is said about the office's record of itself, for the golden page."""

from collections.abc import Iterator

from messages_fa import audit
from messages_fa.markup import Text

MAC = "3f2a91c400112233445566778899aabb"


def texts() -> Iterator[tuple[str, Text]]:
    """Every text with its title."""
    yield "audit anchor", audit.anchor(1284, MAC)
