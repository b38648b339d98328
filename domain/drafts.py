"""When a draft that nobody goes on with expires: the office's own period, of which nothing is set by rule."""

from datetime import datetime, timedelta
from typing import Final

NUDGED_BEFORE: Final = 4
"""The owner is told when a quarter of the period is left: a technical share, no rule of the office."""


def warning(days: int) -> timedelta:
    """How long before it expires the owner of a draft is told, at the latest."""
    return timedelta(days=days) / NUDGED_BEFORE


def expires(saved_at: datetime, nudged_at: datetime | None, days: int, now: datetime) -> datetime:
    """When a draft expires; never before its owner has been told and had a quarter of the period since.

    Args:
        saved_at: when it was last changed.
        nudged_at: when its owner was told, or None; what was told before the last change does not count.
        days: the office's period.
        now: this moment: whoever has not been told yet is told from now on at the earliest.
    """
    told = nudged_at if nudged_at is not None and nudged_at >= saved_at else now
    return max(saved_at + timedelta(days=days), told + warning(days))
