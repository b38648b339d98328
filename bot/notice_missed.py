"""Notices about the service that were missed while out of reach: shown once, as they stand now."""

import re
from typing import Final

from bot.notice_texts import text_of
from bot.screen import Screen
from bot.turn import Turn
from storage.errors import NotFound
from storage.records.notices import Notice

SHOWN: Final = 5
"""The newest ones; what is older than these has been overtaken: a technical bound."""

_COPY: Final = re.compile(r"notice:(\d+):\d+(?::\d+)?(?::push)?")


def tell(turn: Turn) -> None:
    """The missed notices in full, the oldest first; missed news, and what was recalled, lapses."""
    chats = {turn.place}
    if turn.actor.person_id is not None:
        held = turn.work.people.chats_of(turn.actor.person_id)
        chats |= {(chat.platform, chat.chat_id) for chat in held}
    found = [
        (row, int(copy[1]))
        for row in turn.work.ledger.missed(sorted(chats))
        if (copy := _COPY.fullmatch(row.purpose))
    ]
    if not found:
        return
    turn.work.ledger.told([row.id for row, _ in found])
    purposes = {number: row.purpose for row, number in found}
    notices = [notice for number in sorted(purposes) if (notice := _standing(turn, number))]
    for notice in notices[-SHOWN:]:
        version = turn.work.notices.version(notice.id, notice.version)
        screen = Screen(text_of(notice.about, version.content))
        turn.post(*turn.place, screen, purpose=purposes[notice.id])


def _standing(turn: Turn, number: int) -> Notice | None:
    """The notice, if it is about the service and stands."""
    try:
        notice = turn.work.notices.get(number)
    except NotFound:
        return None
    return notice if notice.service and notice.recalled_at is None else None
