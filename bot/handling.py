"""One update's transaction: parse, handle, mark done; again with what the handler asks for.

That the update is the first of its chat, and not handled yet, is asked of the store in the statement that
marks it done. The first reply goes on to the sender as it is, where the sender can post it at once.
"""

import asyncio
import contextlib
import dataclasses
import json
import secrets
from collections.abc import Callable, Coroutine, Mapping
from typing import Final, Protocol, TypeAlias

from bot.clock import Clock
from bot.downloads import SCANNER_UNREACHABLE, Downloads
from bot.flood import Flood, Heard
from bot.incoming import Aftermath, FileWanted, Incoming, SlowWanted
from bot.intake import Alarm
from bot.lanes import Lane
from bot.logs import logger
from bot.metrics import HANDLED, HANDLING, RECEIVED
from bot.platforms.platform import Platform, Unparsable
from bot.presses import Presses
from bot.unhurried import Unhurried
from scans import Verdict
from storage.records import Claimed, InboxRow, RawUpdate
from storage.work import Work

log = logger("dispatch")

Handle: TypeAlias = Callable[[Work, Incoming], Aftermath]
PassOver: TypeAlias = Callable[[Work, Incoming, bool], Aftermath | None]
"""What is done with an update that is not heard; `True`: its chat is told to be slower."""
Run: TypeAlias = Callable[[Callable[[Work], None]], Coroutine[None, None, None]]
"""Runs a unit."""
Away: TypeAlias = Callable[[], contextlib.AbstractContextManager[None]]
"""Entered while a turn waits for something outside: it keeps nobody from a turn meanwhile."""


class Outlet(Protocol):
    """Where replies leave."""

    def leave(self, chat_id: int) -> bool:
        """Whether a reply to this chat could be posted at this moment; if so, the moment is kept for it."""

    def take(self, row: Claimed) -> None:
        """Post a reply that leave was given for."""


FILES_AT_ONCE: Final = 12
"""Files of people with a role that are fetched and looked at side by side."""
STRANGERS_FILES_AT_ONCE: Final = 8
"""Likewise of people without one, who take no place of the others."""
WISHES: Final = 4
"""Runs of one unit: a handler may ask for a file, then for something slow, and once more."""


@dataclasses.dataclass(slots=True)
class Turn:
    """What is known of the update in hand, from one run of its unit to the next.

    Attributes:
        lane: its chat.
        at_hand: the update, if it need not be read from the store.
        row: the update that the last run was about.
        incoming: what it says.
        content, verdict, computed: what the handler has asked for.
        aftermath, handed: what is to be done after the commit.
        result: what has come of it, for the count.
        unreadable: why it was quarantined, and under which reference.
        heard: whether the chat is heard with it; None until it was counted.
    """

    lane: Lane
    at_hand: InboxRow | None = None
    row: InboxRow | None = None
    incoming: Incoming | None = None
    content: bytes | None = None
    verdict: Verdict | None = None
    computed: object = None
    aftermath: Aftermath | None = None
    handed: Claimed | None = None
    result: str = "none"
    unreadable: tuple[str, str] | None = None
    heard: Heard | None = None


class Overtaken(Exception):  # noqa: N818 - named for what happened
    """Another process has handled the update meanwhile: what was done here is undone."""


class StillAsking(Exception):  # noqa: N818 - named for what happened
    """A handler asks again and again for what it has been given."""


class Handling:
    """Carries turns out.

    Args:
        handle: one update's whole effect, within the unit of work.
        downloads: where files that a handler wants come from.
        presses: answers presses after the commit.
        alarm: tells the admins, by a code and a reference.
        outlets: where the first reply of a turn leaves at once, by platform; without one it is claimed later.
        flood: who is heard.
        pass_over: what is done instead of handling with what is not heard.
    """

    def __init__(
        self,
        platforms: Mapping[str, Platform],
        handle: Handle,
        downloads: Downloads,
        presses: Presses,
        *,
        alarm: Alarm,
        outlets: Mapping[str, Outlet],
        clock: Clock,
        flood: Flood,
        pass_over: PassOver,
    ) -> None:
        self._platforms = platforms
        self._handle = handle
        self._downloads = downloads
        self._presses = presses
        self._alarm = alarm
        self._outlets = outlets
        self._clock = clock
        self._flood = flood
        self._pass_over = pass_over
        self._files = {
            False: asyncio.Semaphore(FILES_AT_ONCE),
            True: asyncio.Semaphore(STRANGERS_FILES_AT_ONCE),
        }
        self._slow = Unhurried()

    async def carry_out(self, turn: Turn, run: Run, away: Away) -> None:
        """Run the unit, again with what the handler asks for, until it is committed.

        What is asked for is waited for in the order of asking, with `away` around the wait.
        """
        started, leave = self._clock.monotonic(), self._leave(turn.lane)
        for _ in range(WISHES):
            try:
                await run(lambda work: self._unit(work, turn, leave=leave))
            except FileWanted as wanted:
                with away():
                    async with self._files[wanted.stranger]:
                        turn.content = await self._downloads.fetch(turn.lane[0], wanted.file)
                        turn.verdict = await self._downloads.look_at(turn.content, stranger=wanted.stranger)
                if self._downloads.to_tell(turn.verdict):
                    await run(lambda work: self._alarm(work, SCANNER_UNREACHABLE, new_reference()))
            except SlowWanted as wanted:
                with away():
                    turn.computed = await self._slow.run(wanted.compute)
            else:
                return self._finish(turn, started)
        raise StillAsking

    async def carry_in(self, turn: Turn, raw: RawUpdate, run: Run) -> None:
        """Put an update on disk and handle it, in one transaction; whatever is raised, it was not kept."""
        started, leave = self._clock.monotonic(), self._leave(turn.lane)
        platform, _ = turn.lane

        def unit(work: Work) -> None:
            turn.row = None
            for turn.at_hand in work.inbox.receive(platform, [raw]):
                self._unit(work, turn, leave=leave)

        try:
            await run(unit)
        except BaseException:
            if turn.heard is Heard.YES and turn.incoming is not None:
                self._flood.take_back(turn.lane, turn.incoming)  # its own turn counts it
            raise
        RECEIVED.labels(platform).inc(0 if turn.row is None else 1)
        self._finish(turn, started)

    def close(self) -> None:
        """Begin nothing slow any more."""
        self._slow.close()

    def _leave(self, lane: Lane) -> bool:
        platform, chat_id = lane
        outlet = self._outlets.get(platform)
        return outlet is not None and outlet.leave(chat_id)

    def _unit(self, work: Work, turn: Turn, *, leave: bool) -> None:
        """One update's transaction; it may run more than once."""
        platform, chat_id = turn.lane
        row = turn.at_hand or work.inbox.next_of(platform, chat_id)
        if row is None or (turn.row is not None and turn.row.id != row.id):
            turn.content = turn.verdict = turn.computed = turn.heard = None
        turn.row, turn.incoming, turn.aftermath, turn.handed = row, None, None, None
        turn.unreadable = None
        if row is None:
            return
        work.audit.caused_by(f"{row.platform}:{row.update_id}")
        if row.body is None:
            self._quarantine(work, turn, row, "unreadable")
            return
        try:
            incoming = self._platforms[platform].parse(json.loads(row.body))
        except (Unparsable, ValueError, TypeError) as error:
            self._quarantine(work, turn, row, getattr(error, "reason", type(error).__name__))
            return
        turn.result = "ignored" if incoming is None else "handled"
        if incoming is not None:
            turn.incoming = dataclasses.replace(
                incoming, content=turn.content, verdict=turn.verdict, computed=turn.computed
            )
            if leave:
                work.outbox.hand_over(platform, chat_id)
            turn.aftermath = self._hear(work, turn, turn.incoming)
            turn.handed = work.outbox.handed
        if not work.inbox.done(row.id):
            raise Overtaken

    def _hear(self, work: Work, turn: Turn, incoming: Incoming) -> Aftermath | None:
        """Handle what was said, unless the chat says more than can be heard."""
        turn.heard = turn.heard or self._flood.heard(turn.lane, incoming)
        if turn.heard is Heard.YES:
            return self._handle(work, incoming)
        turn.result = "passed_over"
        return self._pass_over(work, incoming, turn.heard is Heard.SLOWER)

    def _quarantine(self, work: Work, turn: Turn, row: InboxRow, reason: str) -> None:
        reference = new_reference()
        turn.result, turn.unreadable = "quarantined", (reason, reference)
        if not work.inbox.quarantine(row.id, reason, reference):
            raise Overtaken
        self._alarm(work, "update_quarantined", reference)

    def _finish(self, turn: Turn, started: float) -> None:
        """What is done once the unit is committed."""
        if turn.row is None:
            return
        platform, _ = turn.lane
        if turn.handed is not None:
            self._outlets[platform].take(turn.handed)
        self._downloads.over(turn.lane)
        HANDLING.labels(platform).observe(self._clock.monotonic() - started)
        HANDLED.labels(platform, turn.result).inc()
        if turn.unreadable is not None:
            reason, reference = turn.unreadable
            log.error("quarantined", platform=platform, row=turn.row.id, reason=reason, reference=reference)
        if turn.incoming is not None and turn.aftermath is not None:
            self._presses.answer(turn.incoming, turn.aftermath)


def new_reference() -> str:
    """A number that a person can read out."""
    return str(secrets.randbelow(900_000) + 100_000)
