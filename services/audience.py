"""Who a notice would reach, counted before anything is sent."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.audience import Audience
from storage.records.notices import Recipient
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Count:
    """How many an audience has.

    Attributes:
        recipients: distinct persons, and chats of nobody the office knows.
        reachable: those of them with a chat in use that is not known to be out of reach.
        declined: who else would be meant but has switched news off.
    """

    recipients: int
    reachable: int
    declined: int


def recipients(work: Work, audience: Audience, *, service: bool = True) -> tuple[Recipient, ...]:
    """Everybody in this audience at this moment, each once.

    Args:
        work: this unit.
        audience: by its rules.
        service: whether those who switched news off are among them.
    """
    return work.notices.members(audience, service=service)


def count(work: Work, audience: Audience, *, service: bool, platforms: Collection[str]) -> Count:
    """How many this audience has; `platforms` are the messengers in use."""
    everybody, reachable = work.notices.count_members(audience, service=True, platforms=platforms)
    if service:
        return Count(everybody, reachable, 0)
    told, reachable = work.notices.count_members(audience, service=False, platforms=platforms)
    return Count(told, reachable, everybody - told)
