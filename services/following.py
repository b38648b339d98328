"""Following a case by its code: whoever has the code may be told of every stage, and of nothing else."""

from datetime import timedelta
from typing import Final

from domain.authority import Deed, filed, may, require
from domain.roles import Actor
from services.cases import known_case
from services.errors import TooManyFollowed
from services.tracking import Stage, stage_of
from storage.records import Case
from storage.work import Work

FOLLOWED: Final = 20
"""Codes that one chat may follow: a technical bound against abuse."""
FOLLOWERS: Final = 200
"""Chats that may follow one code: a technical bound, since a change tells all of them in one transaction."""
LOST_FOR: Final = timedelta(days=30)
"""A chat that has not been reachable for so long follows no longer: a technical period."""


def follow(work: Work, *, platform: str, chat_id: int, case_id: int) -> None:
    """Let this chat follow a case; a second time changes nothing.

    Raises:
        TooManyFollowed: the chat follows as many as it may, or the case is followed by as many as may.
    """
    if work.followers.follows(case_id, platform, chat_id):
        return
    if len(work.followers.of_chat(platform, chat_id)) >= FOLLOWED:
        raise TooManyFollowed("by_chat", FOLLOWED)
    if work.followers.count(case_id) >= FOLLOWERS:
        raise TooManyFollowed("of_case", FOLLOWERS)
    work.followers.add(case_id, platform, chat_id, work.now)


def unfollow(work: Work, *, platform: str, chat_id: int, case_id: int) -> bool:
    """End it; whether this chat followed the case."""
    return work.followers.drop(case_id, platform, chat_id)


def end_all(work: Work, *, by: Actor, case_id: int) -> int:
    """The filer ends the following of the own case; returns how many followed it.

    Raises:
        NotFound: there is no such case.
        NotYours: somebody else filed it.
    """
    require(by, Deed.END_FOLLOWING, filed(known_case(work, case_id)))
    return work.followers.drop_all(case_id)


def stop_own(work: Work, person_id: int) -> None:
    """A chat that has become this person's follows the person's own cases no longer: their news is whole."""
    for chat in work.people.chats_of(person_id):
        for case_id in work.followers.of_chat(chat.platform, chat.chat_id):
            if known_case(work, case_id).filed_by == person_id:
                work.followers.drop(case_id, chat.platform, chat.chat_id)


def is_owner(actor: Actor, case: Case) -> bool:
    """Whether this person filed the case, and so is told of it anyway."""
    return may(actor, Deed.END_FOLLOWING, filed(case))


def followed(work: Work, *, platform: str, chat_id: int) -> tuple[Stage, ...]:
    """What this chat follows, as anybody with the codes may see it, the last begun first."""
    ids = work.followers.of_chat(platform, chat_id)
    return tuple(stage_of(work, work.cases.get(case_id)) for case_id in ids)


def audience(work: Work, case: Case) -> tuple[tuple[str, int], ...]:
    """The (platform, chat id) to be told of a change; those out of reach for long are dropped.

    The filer's own chats are not among them: they get the whole news.
    """
    told = []
    for platform, chat_id in work.followers.of_case(case.id):
        chat = work.chats.get(platform, chat_id)
        lost_at = chat.unreachable_at if chat else None
        if chat is None or (lost_at is not None and work.now - lost_at >= LOST_FOR):
            work.followers.drop(case.id, platform, chat_id)
        elif chat.person_id != case.filed_by:
            told.append((platform, chat_id))
    return tuple(told)
