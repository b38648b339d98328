"""Notices of every area: announced, corrected and recalled; a sweep carries out what stands here."""

from typing import Final

from domain.audience import Audience
from domain.roles import Actor
from services.errors import AudienceEmpty, NoticeChanged
from storage.records import JsonObject
from storage.records.notices import Notice, NoticeState
from storage.work import Work

WRITTEN: Final = "notice"
"""What a notice is about whose words an admin wrote: its content has `text`."""

_S: Final = NoticeState
OUT: Final = frozenset({_S.SENDING, _S.PAUSED, _S.DONE})
"""States of what went out, if only in part."""


def announce(
    work: Work,
    *,
    about: str,
    content: JsonObject,
    audience: Audience,
    by: Actor | None,
    service: bool,
    urgent: bool = False,
) -> int:
    """Have this told to everybody who is in the audience at this moment; a sweep sends it.

    Args:
        work: this unit.
        about: whose words they are: a key of `bot.notice_texts.TEXTS`.
        content: what the words are made of when it is sent.
        audience: whom; whoever joins later is not told.
        by: who announces it; None: the office itself.
        service: whether those who switched news off are told too.
        urgent: whether it is sent at night as well.

    Returns:
        The notice's number.
    """
    notice = work.notices.add(
        about=about, content=content, audience=audience, by=_id(by), service=service, urgent=urgent
    )
    begin(work, notice, by)
    return notice.id


def revise(
    work: Work, notice_id: int, content: JsonObject, *, push: JsonObject | None, by: Actor | None = None
) -> None:
    """Correct a notice that went out: every copy that was sent is edited, what waits goes out corrected.

    Args:
        work: this unit.
        notice_id: which.
        content: what it says from now on.
        push: what is told in one short new message, in answer to the copy; None for none.
        by: who corrects it; None: the office itself.

    Raises:
        NotFound: there is no such notice.
    """
    notice = work.notices.hold(notice_id)
    version = work.notices.propose(notice, "revise", content, by=_id(by), push=push)
    adopt(work, notice, version, by)


def recall(work: Work, notice_id: int, *, by: Actor | None = None) -> None:
    """Take a notice back: what waits is not sent, what was sent is deleted or says that it was taken back.

    Raises:
        NotFound: there is no such notice.
        NoticeChanged: it was taken back before, or never went out.
    """
    notice = work.notices.hold(notice_id)
    if notice.state not in OUT or notice.recalled_at is not None:
        raise NoticeChanged
    content = work.notices.version(notice_id, notice.version).content
    version = work.notices.propose(notice, "recall", content, by=_id(by))
    work.notices.set(notice_id, recalled_at=work.now, state=_S.SENDING)
    adopt(work, notice, version, by)
    work.notices.give_up(notice_id)


def begin(work: Work, notice: Notice, by: Actor | None) -> None:
    """Fix the recipients and let the sweep begin.

    Raises:
        AudienceEmpty: what an admin wrote would go to nobody.
    """
    if not work.notices.freeze(notice) and by is not None and notice.about == WRITTEN:
        raise AudienceEmpty
    work.notices.set(notice.id, state=_S.SENDING, frozen_at=work.now)
    work.notices.log(notice.id, "send", notice.version, _id(by))


def adopt(work: Work, notice: Notice, version: int, by: Actor | None) -> None:
    """What waits in the outbox goes out in the new words; what was sent is seen to by the sweep."""
    work.notices.withdraw(notice.id)
    work.notices.adopt(notice.id, version)
    work.notices.log(notice.id, work.notices.version(notice.id, version).act, version, _id(by))
    if notice.state is _S.DONE:
        work.notices.set(notice.id, state=_S.SENDING)


def _id(by: Actor | None) -> int | None:
    return by.person_id if by else None
