"""Targets in words: a span, when it is up, and what moved it."""

from domain.targets import Span
from messages_fa.markup import show

_UNITS = {"days": "روز کاری", "hours": "ساعت اداری"}


def span(of: Span) -> str:
    """«۳ روز کاری» or «۸ ساعت اداری»."""
    return f"{show(of.amount)} {_UNITS[of.unit]}"
