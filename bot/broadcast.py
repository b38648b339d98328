"""Sending notices: a sweep that keeps the outbox supplied, and draws the admins' cards as it goes.

A copy is put into the outbox in the transaction in which it is marked as queued, and what became of it is
taken over from the ledger: so a kill anywhere neither loses nor doubles a copy.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bot import notice_view as view
from bot.notice_texts import push_of, text_of
from bot.office import Office
from bot.one_by_one import put_aside, waits
from bot.post import Place, post, post_to_first
from bot.screen import Button, Rows, Screen, column
from messages_fa import notices as texts
from messages_fa.markup import Text
from services import sending
from services.notices import WRITTEN
from storage.copies import purpose
from storage.records import Lane, Outgoing
from storage.records.notices import Change, CopyState, Notice, NoticeCopy, NoticeState, NoticeVersion
from storage.work import Work

REDRAWN_AFTER: Final = dt.timedelta(seconds=3)
"""The least time between two edits of a card while a notice is being sent."""

DELETABLE_FOR: Final = dt.timedelta(hours=47)
"""The messengers delete nothing that is older than 48 hours; an hour is kept for the way."""


def broadcast(work: Work, office: Office) -> bool:
    """Supply the outbox with copies of every notice on its way; whether there may be room for more."""
    found = sorted(work.notices.in_states(*sending.ACTIVE), key=_rank)
    active = [notice for notice in found if not waits(work, _name(notice))]
    on_the_way: Counter[str] = Counter()
    for notice in active:
        on_the_way += sending.reconcile(work, notice)
    room = sending.BATCH
    for notice in active:
        room -= _attempt(work, office, notice, partial(_supply, work, office, notice, on_the_way, room))
    for notice in active:
        _attempt(work, office, notice, partial(_tell, work, office, notice))
    return bool(active) and room <= 0


def _attempt(work: Work, office: Office, notice: Notice, do: Callable[[], int | None]) -> int:
    """What this gives; 0 where it fails: then the notice is tried again in an hour, and the others go on."""
    given = [0]

    def keep() -> None:
        given[0] = do() or 0

    error = work.attempt(keep)
    if error is None:
        return given[0]
    put_aside(work, office, _name(notice), error)
    return 0


def _name(notice: Notice) -> str:
    return f"notice:{notice.id}"


def _rank(notice: Notice) -> tuple[bool, bool, int]:
    """What is urgent first, then what is about the service, then as they were made."""
    return not notice.urgent, not notice.service, notice.id


def _supply(work: Work, office: Office, notice: Notice, on_the_way: Counter[str], room: int) -> int:
    """Put corrections, then copies into the outbox; how many."""
    version = work.notices.version(notice.id, notice.version)
    full, done = sending.full(on_the_way), 0
    if room > 0 and (version.push is None or sending.may_begin(work, notice)):
        for copy in work.notices.behind(notice, but=full, limit=room):
            _change(work, office, notice, version, copy)
            done += 1
    if done < room and notice.state is NoticeState.SENDING and sending.may_begin(work, notice):
        copies = work.notices.waiting(notice.id, but=full, limit=room - done)
        done += len(copies)
        on_the_way.update(_send(work, office, notice, version, copies))
    return done


def _send(
    work: Work, office: Office, notice: Notice, version: NoticeVersion, copies: Collection[NoticeCopy]
) -> list[str]:
    """Put copies into the outbox; the platform of each that went there."""
    places = sending.places_for(work, copies, office.platforms)
    declined = (
        frozenset() if notice.service else work.notices.off([p for own in places.values() for p in own])
    )
    screen, went = Screen(text_of(notice.about, version.content), _rows(notice)), []
    nowhere, unwanted = [], []
    for copy in copies:
        own = places[copy.id]
        if not own:
            nowhere.append(copy)
        elif declined.intersection(own):
            unwanted.append(copy)
        else:
            post_to_first(work, office, own, screen, lane=Lane.BROADCASTS, purpose=purpose(copy))
            work.notices.queue(copy, own[0], version.version)
            went.append(own[0][0])
    work.notices.finish(nowhere, CopyState.UNREACHABLE)
    work.notices.finish(unwanted, CopyState.UNSENT)
    return went


def _rows(notice: Notice) -> Rows:
    """Under news there is a way to get no more of it."""
    return () if notice.service else column(Button(texts.NO_NEWS, "ntc:0:0:quiet"))


@dataclass(frozen=True, slots=True)
class _Standing:
    """A copy that was sent: its message, and the ledger's key of what is done to it."""

    place: Place
    message_id: int
    key: str


def _change(work: Work, office: Office, notice: Notice, version: NoticeVersion, copy: NoticeCopy) -> None:
    """Put the correction of a copy into the outbox, or its recall; log it where that cannot be."""
    place, message_id = copy.place, copy.message_id
    if place is None or place[0] not in office.platforms or message_id is None:
        work.notices.change(copy, Change.FAILED, version.version, message_id)
        return
    standing = _Standing(place, message_id, purpose(copy, version.version))
    if notice.recalled_at is None:
        _edit(work, office, standing, Screen(text_of(notice.about, version.content), _rows(notice)))
        if version.push is not None:
            _push(work, office, standing, push_of(notice.about, version.push))
    else:
        # First the words, then the message: where it cannot be deleted, that it was taken back stays.
        _edit(work, office, standing, Screen(texts.recalled()))
        if copy.settled_at is not None and work.now - copy.settled_at < DELETABLE_FOR:
            params = {"chat_id": place[1], "message_id": message_id}
            work.outbox.add(Outgoing(*place, Lane.BROADCASTS, "deleteMessage", params))
    work.notices.change(copy, Change.QUEUED, version.version, message_id)


def _edit(work: Work, office: Office, of: _Standing, screen: Screen) -> None:
    post(
        work,
        office,
        *of.place,
        screen,
        lane=Lane.BROADCASTS,
        purpose=of.key,
        edit=True,
        message_id=of.message_id,
    )


def _push(work: Work, office: Office, of: _Standing, text: Text) -> None:
    """One short new message in answer to the copy."""
    platform, chat_id = of.place
    method, params = office.platforms[platform].params(Screen(text), chat_id, reply_to=of.message_id)
    work.outbox.add(Outgoing(platform, chat_id, Lane.BROADCASTS, method, params, purpose=f"{of.key}:push"))


# What the admins see of it


def _tell(work: Work, office: Office, notice: Notice) -> None:
    """Close the notice once nothing is left to do, and bring the admins' cards up to date now and then."""
    over = sending.is_over(work, notice)
    if over:
        work.notices.set(notice.id, state=NoticeState.DONE, ended_at=work.now)
        work.notices.log(notice.id, "end", notice.version, None)
        notice = replace(notice, state=NoticeState.DONE, ended_at=work.now)
    if notice.about != WRITTEN:
        return
    counts = _counts(work, notice)
    # A card drawn in the future was drawn before the clock was set back.
    lately = notice.card_at is not None and dt.timedelta() <= work.now - notice.card_at < REDRAWN_AFTER
    if over or (counts != notice.card and not lately):
        work.notices.set(notice.id, card=counts, card_at=work.now)
        redraw(work, office, notice)
    if over:
        _report(work, office, notice)


def _counts(work: Work, notice: Notice) -> str:
    return f"{sending.tally(work, notice.id)} {sorted(work.notices.changes(notice).items())}"


def redraw(work: Work, office: Office, notice: Notice, *, but: Place | None = None) -> None:
    """Draw the card anew in every chat of an admin where one stands, but this one."""
    slot = view.slot(notice.id)
    for person_id, place in view.admins(work, office):
        if place != but and work.outbox.slot_message(*place, slot) is not None:
            screen = view.card(work, office, notice, person_id)
            post(work, office, *place, screen, lane=Lane.NOTICES, slot=slot, edit=True)


def _report(work: Work, office: Office, notice: Notice) -> None:
    """Tell its author what became of it."""
    chats = work.people.chats_of(notice.made_by) if notice.made_by is not None else ()
    places = [(chat.platform, chat.chat_id) for chat in chats if chat.platform in office.platforms]
    if places:
        screen = Screen(view.report(work, notice), column(Button(texts.OPEN, view.action(notice, "open"))))
        key = f"notice_report:{notice.id}:{notice.version}"
        post_to_first(work, office, places, screen, lane=Lane.NOTICES, purpose=key)
