"""From the inbox to the handlers: in order per chat, side by side across chats, each update once.

A chat takes its turn for one update and then stands at the end of the queue again, so that one who floods
holds nobody up. An update that has just been stored is handled as it lies in memory; that it is the first of
its chat, and not handled yet, is asked of the store in the statement that marks it done. The first reply goes
on to the sender as it is, where the sender can post it at once.
"""

import asyncio
import dataclasses
import json
import secrets
from collections.abc import Callable, Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol, TypeAlias

from bot.backoff import backoff
from bot.clock import Clock
from bot.downloads import Downloads
from bot.incoming import Aftermath, FileWanted, Incoming, SlowWanted
from bot.intake import Alarm
from bot.lanes import ALL, Lane, Lanes
from bot.logs import logger, place
from bot.metrics import HANDLED, HANDLING
from bot.platforms.api import BotApi, NoAnswer, NotConnected
from bot.platforms.platform import Platform, Unparsable
from bot.presses import Presses
from storage.engine import Store
from storage.errors import StoreDown
from storage.records import Claimed, InboxRow
from storage.work import Work

log = logger("dispatch")

Handle: TypeAlias = Callable[[Work, Incoming], Aftermath]
Apology: TypeAlias = Callable[[Work, Platform, int, str], None]
"""Tells a chat (its id) that its message could not be handled, with a reference number."""


class Outlet(Protocol):
    """Where replies leave."""

    def leave(self, chat_id: int) -> bool:
        """Whether a reply to this chat could be posted at this moment; if so, the moment is kept for it."""

    def take(self, row: Claimed) -> None:
        """Post a reply that leave was given for."""


RETRY_AFTER: Final = (0.5, 2.0)
"""Seconds before the second and third try; after that an update is set aside."""

STORE_WAIT: Final = (0.2, 5.0)
SWEEP_SECONDS: Final = 15.0
# Hashing a passcode takes 19 MiB and a core each.
SLOW_AT_ONCE: Final = 2
WISHES: Final = 4
"""Runs of one unit: a handler may ask for a file, then for something slow, and once more."""


@dataclasses.dataclass(slots=True)
class Turn:
    """What is known of the update in hand, from one run of its unit to the next."""

    lane: Lane
    at_hand: InboxRow | None = None
    row: InboxRow | None = None
    incoming: Incoming | None = None
    content: bytes | None = None
    computed: object = None
    aftermath: Aftermath | None = None
    handed: Claimed | None = None
    result: str = "none"


class Overtaken(Exception):  # noqa: N818 - named for what happened
    """Another process has handled the update meanwhile: what was done here is undone."""


class StillAsking(Exception):  # noqa: N818 - named for what happened
    """A handler asks again and again for what it has been given."""


class Dispatcher:
    """Hands updates to the handlers.

    Args:
        handle: one update's whole effect, within the unit of work.
        apis: the bots, by platform, for downloads and for answers to presses.
        apology: tells a chat that its update was set aside.
        alarm: tells the admins, by a code and a reference.
        outlets: where the first reply of a turn leaves at once, by platform; without one it is claimed later.
        turns: how many chats are handled side by side.
    """

    def __init__(
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        handle: Handle,
        apis: Mapping[str, BotApi],
        *,
        apology: Apology,
        alarm: Alarm,
        outlets: Mapping[str, Outlet] | None = None,
        turns: int = 64,
        clock: Clock | None = None,
    ) -> None:
        self._store = store
        self._platforms = platforms
        self._handle = handle
        self._apology = apology
        self._alarm = alarm
        self._outlets = outlets or {}
        self._turns = turns
        self._clock = clock or Clock()
        self._lanes = Lanes()
        self._downloads = Downloads(platforms, apis, self._clock)
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False
        self._under_way = 0
        self._presses = Presses(platforms, apis)
        self._side_tasks: set[asyncio.Task[None]] = set()
        self._slow = ThreadPoolExecutor(SLOW_AT_ONCE, thread_name_prefix="slow")

    # --- the queue ------------------------------------------------------------------------------

    def accept(self, rows: Iterable[InboxRow]) -> None:
        """Queue the chats of updates that are now on disk."""
        for row in rows:
            self._lanes.add((row.platform, row.chat_id), row=row)

    async def recover(self) -> None:
        """Queue every chat that has updates waiting in the store."""
        for lane in await self._store.run(lambda work: work.inbox.waiting_chats()):
            if lane[0] in self._platforms:
                self._lanes.add(lane, ALL)

    async def run(self) -> None:
        """Handle updates until cancelled, beginning with those that wait in the store."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sweep())
            for _ in range(self._turns):
                group.create_task(self._work())

    async def drain(self, seconds: float) -> bool:
        """Begin no further turn; wait for those under way. Whether all ended in time."""
        self._stopping = True
        done = await self._clock.wait(self._idle, seconds)
        await self._presses.drain()
        for task in self._side_tasks:
            task.cancel()
        self._slow.shutdown(wait=False)
        return done

    async def _sweep(self) -> None:
        """Take up what another process left, and what a failure made this one forget."""
        while True:
            try:
                await self.recover()
            except StoreDown as down:
                log.warning("recover_failed", reason=down.reason)
            await self._clock.sleep(SWEEP_SECONDS)

    async def _work(self) -> None:
        while True:
            lane = await self._lanes.next()
            if self._stopping:
                continue
            self._begin()
            try:
                due = self._lanes.due(lane)
                left = await self._take(lane)
            finally:
                self._end()
            self._lanes.end(lane, 1 if left else due)

    def _begin(self) -> None:
        self._under_way += 1
        self._idle.clear()

    def _end(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._idle.set()

    # --- one turn -------------------------------------------------------------------------------

    async def _take(self, lane: Lane) -> bool:
        """One chat's turn; whether there was an update and the chat may go on."""
        turn = Turn(lane, self._lanes.at_hand(lane))
        started = self._clock.monotonic()
        try:
            await self._carry_out(turn)
        except Overtaken:
            self._lanes.add(lane)  # this turn handled none: the chat keeps its claim to another
            return True
        except Exception as error:  # noqa: BLE001 - the outermost loop: one chat's fault is not the others'
            return await self._failed(turn, error)
        if turn.row is None:
            return False
        if turn.handed is not None:
            self._outlets[lane[0]].take(turn.handed)
        self._downloads.over(lane)
        HANDLING.labels(lane[0]).observe(self._clock.monotonic() - started)
        HANDLED.labels(lane[0], turn.result).inc()
        if turn.incoming is not None and turn.aftermath is not None:
            self._presses.answer(turn.incoming, turn.aftermath)
        return True

    async def _carry_out(self, turn: Turn) -> None:
        """Run the unit, again with what the handler asks for, until it is committed."""
        platform, chat_id = turn.lane
        outlet = self._outlets.get(platform)
        leave = outlet is not None and outlet.leave(chat_id)
        for _ in range(WISHES):
            try:
                return await self._run(lambda work: self._unit(work, turn, leave=leave))
            except FileWanted as wanted:
                turn.content = await self._downloads.fetch(turn.lane[0], wanted.file)
            except SlowWanted as wanted:
                loop = asyncio.get_running_loop()
                turn.computed = await loop.run_in_executor(self._slow, wanted.compute)
        raise StillAsking

    async def _run(self, unit: Callable[[Work], None]) -> None:
        """Run a unit; as long as the store is down, again and again."""
        failures = 0
        while True:
            try:
                return await self._store.run(unit)
            except StoreDown as down:
                failures += 1
                log.warning("store_down", reason=down.reason, attempt=failures)
                first, most = STORE_WAIT
                await self._clock.sleep(backoff(failures, first=first, most=most))

    def _unit(self, work: Work, turn: Turn, *, leave: bool) -> None:
        """One update's transaction; it may run more than once."""
        platform, chat_id = turn.lane
        row = turn.at_hand or work.inbox.next_of(platform, chat_id)
        if row is None or (turn.row is not None and turn.row.id != row.id):
            turn.content = turn.computed = None
        turn.row, turn.incoming, turn.aftermath, turn.handed = row, None, None, None
        if row is None:
            return
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
            turn.incoming = dataclasses.replace(incoming, content=turn.content, computed=turn.computed)
            if leave:
                work.outbox.hand_over(platform, chat_id)
            turn.aftermath = self._handle(work, turn.incoming)
            turn.handed = work.outbox.handed
        if not work.inbox.done(row.id):
            raise Overtaken

    def _quarantine(self, work: Work, turn: Turn, row: InboxRow, reason: str) -> None:
        reference = _reference()
        turn.result = "quarantined"
        if not work.inbox.quarantine(row.id, reason, reference):
            raise Overtaken
        self._alarm(work, "update_quarantined", reference)
        log.error("quarantined", platform=row.platform, row=row.id, reason=reason, reference=reference)

    # --- failures -------------------------------------------------------------------------------

    async def _failed(self, turn: Turn, error: Exception) -> bool:
        """Set the update for another try, or aside; whether the chat's later ones may go on."""
        row = turn.row
        reason = error.reason if isinstance(error, NotConnected | NoAnswer) else type(error).__name__
        where = place(error)
        if row is None:
            log.error("turn_failed", platform=turn.lane[0], error=reason, where=where)
            self._later(turn.lane, RETRY_AFTER[-1])
            return False
        if isinstance(error, NotConnected | NoAnswer) and await self._wait_for_file(turn.lane, row, reason):
            return False
        self._downloads.over(turn.lane)
        attempt = row.attempts + 1
        log.error(
            "handler_failed", platform=row.platform, row=row.id, error=reason, where=where, attempt=attempt
        )
        if attempt <= len(RETRY_AFTER) and not isinstance(error, NotConnected | NoAnswer):
            HANDLED.labels(row.platform, "retried").inc()
            await self._retry(row, f"{reason} {where}", RETRY_AFTER[attempt - 1])
            return False
        HANDLED.labels(row.platform, "set_aside").inc()
        await self._set_aside(row, f"{reason} {where}")
        if turn.incoming is not None:
            self._presses.answer(turn.incoming, Aftermath())
        return True

    async def _wait_for_file(self, lane: Lane, row: InboxRow, reason: str) -> bool:
        """Ask for the file again later, which counts as no try; False once it has been long enough."""
        seconds = self._downloads.next_try(lane, row.id)
        if seconds is None:
            return False
        HANDLED.labels(row.platform, "postponed").inc()
        log.warning("download_failed", platform=row.platform, row=row.id, reason=reason, seconds=seconds)
        await self._run(lambda work: work.inbox.postpone(row.id, seconds))
        self._later(lane, seconds)
        return True

    async def _retry(self, row: InboxRow, problem: str, seconds: float) -> None:
        await self._run(lambda work: work.inbox.retry(row.id, seconds, problem))
        self._later((row.platform, row.chat_id), seconds)

    async def _set_aside(self, row: InboxRow, problem: str) -> None:
        reference = _reference()

        def unit(work: Work) -> None:
            if not work.inbox.set_aside(row.id, problem, reference):
                return  # another process has dealt with it, and told whom it had to
            self._apology(work, self._platforms[row.platform], row.chat_id, reference)
            self._alarm(work, "update_set_aside", reference)

        log.error("set_aside", platform=row.platform, row=row.id, reference=reference)
        try:
            await self._run(unit)
        except Exception as error:  # noqa: BLE001 - an apology that fails must not keep the update for ever
            log.error("apology_failed", error=type(error).__name__, where=place(error))  # noqa: TRY400

            def alone(work: Work) -> None:
                work.inbox.set_aside(row.id, problem, reference)

            await self._run(alone)

    def _later(self, lane: Lane, seconds: float) -> None:
        """Queue a chat again after a while."""

        async def wait() -> None:
            # A little longer, so that the moment written into the store has surely come.
            await self._clock.sleep(seconds + 0.01)
            self._lanes.add(lane, ALL)

        self._beside(wait())

    def _beside(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._side_tasks.add(task)
        task.add_done_callback(self._side_tasks.discard)


def _reference() -> str:
    """A number that a person can read out."""
    return str(secrets.randbelow(900_000) + 100_000)
