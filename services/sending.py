"""How the copies of notices fare: what the ledger says of each, and where the next ones are to go."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from services import targets
from storage.copies import Place, purpose
from storage.records import OutboxState
from storage.records.notices import Change, CopyState, Delivery, Notice, NoticeCopy, NoticeState
from storage.settling import REVIVABLE, UNKNOWN
from storage.work import Work

AHEAD: Final = 200
"""Copies of one platform that may stand in the outbox at once: some seconds' worth at its rate, so that a
pause is felt at once and a sweep that comes late does not let the line run dry."""

BATCH: Final = 100
"""Copies put into the outbox by one unit of work."""

ACTIVE: Final = (NoticeState.SENDING, NoticeState.PAUSED)
_FINAL_WORD: Final = {OutboxState.SENT: CopyState.SENT, OutboxState.UNREACHABLE: CopyState.UNREACHABLE}


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the copies so far; all of them together are the audience."""

    sent: int
    unreachable: int
    unknown: int
    unsent: int
    waiting: int

    @property
    def audience(self) -> int:
        """How many recipients there are."""
        return self.sent + self.unreachable + self.unknown + self.unsent + self.waiting


def tally(work: Work, notice_id: int) -> Tally:
    """What became of the copies of a notice so far."""
    counts = Counter(work.notices.counts(notice_id))
    return Tally(
        sent=counts[CopyState.SENT],
        unreachable=counts[CopyState.UNREACHABLE],
        unknown=counts[CopyState.UNKNOWN],
        unsent=counts[CopyState.UNSENT],
        waiting=counts[CopyState.WAITING] + counts[CopyState.QUEUED],
    )


def reconcile(work: Work, notice: Notice) -> Counter[str]:
    """Take over from the ledger what became of copies and corrections; how many are open, by platform."""
    queued, changing = work.notices.queued(notice.id), work.notices.changing(notice)
    keys = {copy.id: purpose(copy) for copy in queued}
    keys |= {copy.id: purpose(copy, copy.version) for copy in changing}
    found = work.notices.deliveries(list(keys.values()))
    ended = notice.stopped_at is not None or notice.recalled_at is not None
    results = [(copy, found.get(keys[copy.id])) for copy in queued]
    on_the_way = Counter(_settle(work, results, ended=ended))
    for copy in changing:
        on_the_way.update(_changed(work, copy, found.get(keys[copy.id])))
    return on_the_way


def outcome(sent: Delivery | None, *, ended: bool) -> CopyState | None:
    """What became of a copy; None while that is open.

    What was given up for want of a connection is sent once there is one, unless the sending was `ended`: then
    it counts as unknown, since it may have been on its way when the connection went.
    """
    if sent is None:
        return CopyState.UNKNOWN
    if sent.under_way:
        return None
    if sent.problem == REVIVABLE:
        return CopyState.UNKNOWN if ended else None
    if sent.problem == UNKNOWN:
        return CopyState.UNKNOWN
    return _FINAL_WORD.get(sent.state, CopyState.UNREACHABLE)


def _settle(
    work: Work, results: Iterable[tuple[NoticeCopy, Delivery | None]], *, ended: bool
) -> Collection[str]:
    """Take over what became of copies; the platforms of those that are open."""
    judged = [(copy, outcome(sent, ended=ended), sent) for copy, sent in results]
    work.notices.settle((copy, state, sent) for copy, state, sent in judged if state is not None and sent)
    work.notices.finish((copy for copy, _, sent in judged if sent is None), CopyState.UNKNOWN)
    given_up = [purpose(copy) for copy, _, sent in judged if ended and sent and sent.problem == REVIVABLE]
    if given_up:
        work.notices.forget(given_up)
    return [_platform(copy) for copy, state, _ in judged if state is None]


def _changed(work: Work, copy: NoticeCopy, sent: Delivery | None) -> Collection[str]:
    """Take over what became of a correction; its platform while that is open."""
    if sent is not None and (sent.under_way or sent.problem == REVIVABLE):
        return (_platform(copy),)
    well = sent is not None and sent.state is OutboxState.SENT
    message_id = sent.message_id if sent is not None and well else None
    change = Change.DONE if well else Change.FAILED
    work.notices.change(copy, change, copy.version, message_id or copy.message_id)
    return ()


def _platform(copy: NoticeCopy) -> str:
    return copy.place[0] if copy.place else ""


def full(on_the_way: Mapping[str, int]) -> tuple[str, ...]:
    """The platforms that get no further copies for now."""
    return tuple(sorted(platform for platform, count in on_the_way.items() if count >= AHEAD))


def may_begin(work: Work, notice: Notice) -> bool:
    """Whether copies may go out at this hour: at night only what is urgent."""
    return notice.urgent or targets.may_disturb(work)


def places_for(
    work: Work, copies: Collection[NoticeCopy], platforms: Collection[str]
) -> dict[int, tuple[Place, ...]]:
    """Where each of these copies is to go, in the order in which it is tried, by the copy's number.

    A person is reached where the person is now, not where the person was when the recipients were fixed.
    """
    known = work.notices.chats_of([copy.person_id for copy in copies if copy.person_id is not None])
    places: dict[int, tuple[Place, ...]] = {}
    for copy in copies:
        own = known.get(copy.person_id, []) if copy.person_id is not None else [copy.place]
        places[copy.id] = tuple(place for place in own if place is not None and place[0] in platforms)
    return places


def is_over(work: Work, notice: Notice) -> bool:
    """Whether nothing is left to do for it: no copy is open, and no correction."""
    if notice.state is not NoticeState.SENDING:
        return False
    return not (tally(work, notice.id).waiting or work.notices.changes(notice).get(Change.QUEUED, 0))
