"""The copies of notices: one row a recipient, followed from the audience to the ledger of deliveries.

A copy stands as queued in the very transaction that puts its message into the outbox, so a kill in the
middle neither loses nor doubles one.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import Row, Select, and_, bindparam, case, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.audience import Audience
from storage.audience import members
from storage.records import OutboxState
from storage.records.notices import Change, CopyState, Delivery, Notice, NoticeCopy, Recipient
from storage.tables.messages import chats, outbox
from storage.tables.notices import news_off, notice_copies
from storage.transaction import Transaction

_copies = notice_copies
_OF: Final = _copies.c.notice_id == bindparam("notice")
_STATES: Final = (
    select(_copies.c.state, _copies.c.change, _copies.c.on_version, func.count())
    .where(_OF)
    .group_by(_copies.c.state, _copies.c.change, _copies.c.on_version)
)
_WAITING: Final = (
    select(_copies)
    .where(
        _OF,
        _copies.c.state == CopyState.WAITING,
        _copies.c.platform.not_in(bindparam("but", expanding=True)),
    )
    .order_by(_copies.c.id)
    .limit(bindparam("most"))
    # Whoever holds one sees to it; on SQLite there is nobody else.
    .with_for_update(skip_locked=True)
)
_BEHIND: Final = (
    select(_copies)
    .where(
        _OF,
        _copies.c.state == CopyState.SENT,
        _copies.c.on_version < bindparam("newest"),
        _copies.c.platform.not_in(bindparam("but", expanding=True)),
    )
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_QUEUED: Final = select(_copies).where(_OF, _copies.c.state == CopyState.QUEUED).order_by(_copies.c.id)
_CHANGING: Final = select(_copies).where(
    _OF,
    _copies.c.state == CopyState.SENT,
    _copies.c.on_version == bindparam("newest"),
    _copies.c.change == Change.QUEUED,
)
_QUEUE: Final = (
    update(_copies)
    .where(_copies.c.id == bindparam("row"))
    .values(
        state=CopyState.QUEUED,
        on_version=bindparam("version"),
        platform=bindparam("at"),
        chat_id=bindparam("to"),
    )
)
_SETTLE: Final = (
    update(_copies)
    .where(_copies.c.id == bindparam("row"))
    .values(
        state=bindparam("into"),
        platform=bindparam("at"),
        chat_id=bindparam("to"),
        message_id=bindparam("sent_as"),
        settled_at=bindparam("now"),
    )
)
_CHANGE: Final = (
    update(_copies)
    .where(_copies.c.id == bindparam("row"))
    .values(change=bindparam("into"), on_version=bindparam("version"), message_id=bindparam("stands_as"))
)
_FINISH: Final = (
    update(_copies)
    .where(_copies.c.id == bindparam("row"))
    .values(state=bindparam("into"), settled_at=bindparam("now"))
)
_GIVE_UP: Final = (
    update(_copies)
    .where(_OF, _copies.c.state == CopyState.WAITING)
    .values(state=CopyState.UNSENT, settled_at=bindparam("now"))
)
_LEDGER: Final = (
    select(
        outbox.c.id,
        outbox.c.platform,
        outbox.c.chat_id,
        outbox.c.purpose,
        outbox.c.state,
        outbox.c.due_at,
        outbox.c.problem,
        outbox.c.message_id,
    )
    .where(outbox.c.purpose.in_(bindparam("purposes", expanding=True)))
    .order_by(outbox.c.id)
)
_TAKE_BACK: Final = (
    delete(outbox)
    .where(
        outbox.c.purpose.in_(bindparam("purposes", expanding=True)),
        outbox.c.due_at.is_not(None),
        outbox.c.state == OutboxState.WAITING,
        outbox.c.attempts == 0,
    )
    .returning(outbox.c.purpose)
)
_FORGET: Final = delete(outbox).where(
    outbox.c.purpose.in_(bindparam("purposes", expanding=True)), outbox.c.state == OutboxState.FAILED
)
_BACK: Final = (
    update(_copies).where(_copies.c.id == bindparam("row")).values(state=CopyState.WAITING, on_version=0)
)
_CHATS: Final = (
    select(chats.c.person_id, chats.c.platform, chats.c.chat_id)
    .where(chats.c.person_id.in_(bindparam("people", expanding=True)))
    .order_by(chats.c.unreachable_at.is_not(None), chats.c.last_seen.desc(), chats.c.platform)
)
_OFF: Final = select(news_off.c.platform, news_off.c.chat_id).where(
    news_off.c.chat_id.in_(bindparam("there", expanding=True))
)
_SWITCH_OFF: Final = insert(news_off).on_conflict_do_nothing()
_SWITCH_ON: Final = delete(news_off).where(
    news_off.c.platform == bindparam("at"), news_off.c.chat_id == bindparam("to")
)

Place = tuple[str, int]


def purpose(copy: NoticeCopy, version: int | None = None) -> str:
    """The ledger's key of a copy, or of its correction to this version."""
    return f"notice:{copy.notice_id}:{copy.id}" + ("" if version is None else f":{version}")


class Copies:
    """The copies of all notices, and who wants no news."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def members(self, audience: Audience, *, service: bool) -> tuple[Recipient, ...]:
        """Everybody in this audience now, each once; of news, but those who switched it off."""
        found = self._tx.connection.execute(members(audience, service=service), {})
        return tuple(Recipient(row.person_id, _place(row), bool(row.reachable)) for row in found)

    def count_members(
        self, audience: Audience, *, service: bool, platforms: Collection[str]
    ) -> tuple[int, int]:
        """How many they are, and how many of them have a chat on these platforms that is in reach."""
        meant = members(audience, service=service).subquery()
        here = and_(meant.c.reachable, meant.c.platform.in_(list(platforms)))
        reached = func.count(case((here, 1)))
        query = select(func.count(), reached).select_from(meant)
        everybody, reachable = self._tx.connection.execute(query, {}).one()
        return everybody, reachable

    def freeze(self, notice: Notice) -> int:
        """Fix the recipients of the notice: everybody in its audience now; how many they are."""
        meant = members(notice.audience, service=notice.service).subquery()
        nowhere = meant.c.platform.is_(None)
        rows = select(
            literal(notice.id),
            meant.c.person_id,
            meant.c.platform,
            meant.c.chat_id,
            case((nowhere, CopyState.UNREACHABLE), else_=CopyState.WAITING),
            literal(0),
        )
        columns = ["notice_id", "person_id", "platform", "chat_id", "state", "on_version"]
        self._tx.connection.execute(insert(_copies).from_select(columns, rows), {})
        return sum(self.counts(notice.id).values())

    def counts(self, notice_id: int) -> dict[CopyState, int]:
        """How many copies are in each state; states with none are left out."""
        counts: Counter[CopyState] = Counter()
        for state, _, _, count in self._tx.connection.execute(_STATES, {"notice": notice_id}):
            counts[CopyState(state)] += count
        return dict(counts)

    def changes(self, notice: Notice) -> dict[Change, int]:
        """How many copies that were sent are brought to what the notice says now, are to be, or could not be.

        Those that were sent in these very words are in none of them.
        """
        counts: Counter[Change] = Counter()
        for state, change, version, count in self._tx.connection.execute(_STATES, {"notice": notice.id}):
            if state == CopyState.SENT and version < notice.version:
                counts[Change.QUEUED] += count
            elif state == CopyState.SENT and change:
                counts[Change(change)] += count
        return dict(counts)

    def waiting(self, notice_id: int, *, but: Collection[str], limit: int) -> tuple[NoticeCopy, ...]:
        """Copies that were not put into the outbox yet, but those for these platforms; held by this unit."""
        return self._copies(_WAITING, notice=notice_id, but=list(but), most=limit)

    def behind(self, notice: Notice, *, but: Collection[str], limit: int) -> tuple[NoticeCopy, ...]:
        """Copies that were sent and say what the notice no longer does; held by this unit."""
        return self._copies(_BEHIND, notice=notice.id, newest=notice.version, but=list(but), most=limit)

    def queued(self, notice_id: int) -> tuple[NoticeCopy, ...]:
        """Copies that are on their way."""
        return self._copies(_QUEUED, notice=notice_id)

    def changing(self, notice: Notice) -> tuple[NoticeCopy, ...]:
        """Copies whose newest correction is on its way."""
        return self._copies(_CHANGING, notice=notice.id, newest=notice.version)

    def queue(self, copy: NoticeCopy, place: Place, version: int) -> None:
        """The copy stands in the outbox, for this chat and at this version."""
        platform, chat_id = place
        values = {"row": copy.id, "version": version, "at": platform, "to": chat_id}
        self._tx.connection.execute(_QUEUE, values)

    def finish(self, copies: Iterable[NoticeCopy], state: CopyState) -> None:
        """These copies ended so without ever being put into the outbox."""
        rows = [{"row": copy.id, "into": state, "now": self._tx.now} for copy in copies]
        if rows:
            self._tx.connection.execute(_FINISH, rows)

    def settle(self, results: Iterable[tuple[NoticeCopy, CopyState, Delivery]]) -> None:
        """What became of copies that were on their way, and where each went at last."""
        rows = [
            {
                "row": copy.id,
                "into": state,
                "at": sent.place[0],
                "to": sent.place[1],
                "sent_as": sent.message_id,
                "now": self._tx.now,
            }
            for copy, state, sent in results
        ]
        if rows:
            self._tx.connection.execute(_SETTLE, rows)

    def change(self, copy: NoticeCopy, change: Change, version: int, message_id: int | None) -> None:
        """The correction of a copy to this version stands so; its message is this one from now on."""
        values = {"row": copy.id, "into": change, "version": version, "stands_as": message_id}
        self._tx.connection.execute(_CHANGE, values)

    def give_up(self, notice_id: int) -> None:
        """What waits is never sent."""
        self._tx.connection.execute(_GIVE_UP, {"notice": notice_id, "now": self._tx.now})

    def forget(self, purposes: Collection[str]) -> None:
        """Drop what failed for want of a connection, so that it is not sent once there is one again."""
        self._tx.connection.execute(_FORGET, {"purposes": list(purposes)})

    def withdraw(self, notice_id: int) -> None:
        """What stands in the outbox and was never tried waits again outside of it."""
        queued = {purpose(copy): copy for copy in self.queued(notice_id)}
        if not queued:
            return
        back = self._tx.connection.execute(_TAKE_BACK, {"purposes": list(queued)}).scalars()
        if back:
            self._tx.connection.execute(_BACK, [{"row": queued[key].id} for key in back])

    def deliveries(self, purposes: Collection[str]) -> dict[str, Delivery]:
        """The last message that the ledger has for each of these keys."""
        if not purposes:
            return {}
        found = self._tx.connection.execute(_LEDGER, {"purposes": list(purposes)})
        return {row.purpose: _delivery(row) for row in found}

    def chats_of(self, people: Collection[int]) -> dict[int, list[Place]]:
        """Where each of these persons is reached now, in the order in which it is tried."""
        places: dict[int, list[Place]] = {}
        for row in self._tx.connection.execute(_CHATS, {"people": list(people)}) if people else ():
            places.setdefault(row.person_id, []).append((row.platform, row.chat_id))
        return places

    def off(self, places: Collection[Place]) -> frozenset[Place]:
        """Which of these chats want no news."""
        if not places:
            return frozenset()
        found = self._tx.connection.execute(_OFF, {"there": [chat_id for _, chat_id in places]})
        return frozenset((row.platform, row.chat_id) for row in found) & frozenset(places)

    def switch_news(self, places: Iterable[Place], *, on: bool) -> None:
        """These chats want news from now on, or no longer."""
        for platform, chat_id in places:
            if on:
                self._tx.connection.execute(_SWITCH_ON, {"at": platform, "to": chat_id})
            else:
                values = {"platform": platform, "chat_id": chat_id, "since": self._tx.now}
                self._tx.connection.execute(_SWITCH_OFF, values)

    def _copies(self, query: Select[Any], **values: object) -> tuple[NoticeCopy, ...]:
        return tuple(map(_copy, self._tx.connection.execute(query, values)))


def _place(found: Row[Any]) -> Place | None:
    return None if found.platform is None else (found.platform, found.chat_id)


def _copy(found: Row[Any]) -> NoticeCopy:
    return NoticeCopy(
        id=found.id,
        notice_id=found.notice_id,
        person_id=found.person_id,
        place=_place(found),
        state=CopyState(found.state),
        message_id=found.message_id,
        version=found.on_version,
        change=None if found.change is None else Change(found.change),
        settled_at=found.settled_at,
    )


def _delivery(found: Row[Any]) -> Delivery:
    return Delivery(
        place=(found.platform, found.chat_id),
        state=OutboxState(found.state),
        under_way=found.due_at is not None or found.state == OutboxState.HELD,
        problem=found.problem,
        message_id=found.message_id,
    )
