"""From the inbox to the handlers: in order per chat, side by side across chats, each update once.

A chat takes its turn for one update and then stands at the end of the queue again, so that one who floods
holds nobody up. An update that has just been stored is handled as it lies in memory, and one of a few that
come together is stored and handled in one transaction.
"""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias, TypeVar

from bot.backoff import backoff
from bot.clock import Clock
from bot.downloads import Downloads
from bot.flood import Flood
from bot.handling import Handle, Handling, Outlet, Overtaken, PassOver, Turn, new_reference
from bot.incoming import Aftermath, Incoming
from bot.intake import Alarm
from bot.lanes import ALL, Lane, Lanes
from bot.logs import logger, place
from bot.metrics import HANDLED
from bot.platforms.api import BotApi, NoAnswer, NotConnected
from bot.platforms.platform import Platform
from bot.presses import Presses
from scans import Cleaner
from storage.engine import Store
from storage.errors import StoreDown
from storage.records import InboxRow, RawUpdate
from storage.work import Work

log = logger("dispatch")

T = TypeVar("T")

Apology: TypeAlias = Callable[[Work, Platform, int, str], None]
"""Tells a chat (its id) that its message could not be handled, with a reference number."""

RETRY_AFTER: Final = (0.5, 2.0)
"""Seconds before the second and third try; after that an update is set aside."""

STORE_WAIT: Final = (0.2, 5.0)
SWEEP_SECONDS: Final = 15.0


class Dispatcher:
    """Hands updates to the handlers.

    Args:
        handle: one update's whole effect, within the unit of work.
        apis: the bots, by platform, for downloads and for answers to presses.
        apology: tells a chat that its update was set aside.
        alarm: tells the admins, by a code and a reference.
        outlets: where the first reply of a turn leaves at once, by platform; without one it is claimed later.
        pass_over: what is done with what a chat says beyond its burst; without it all are heard.
        turns: how many chats are handled side by side, besides those that wait for a file or a hash.
        cleaner: makes the files that are sent harmless.
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
        pass_over: PassOver | None = None,
        turns: int = 64,
        clock: Clock | None = None,
        cleaner: Cleaner | None = None,
    ) -> None:
        self._store = store
        self._platforms = platforms
        self._apology = apology
        self._alarm = alarm
        self._turns = turns
        self._too_many = 0
        self._clock = clock or Clock()
        self._lanes = Lanes()
        self._downloads = Downloads(platforms, apis, self._clock, cleaner or Cleaner())
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False
        self._under_way = 0
        self._presses = Presses(platforms, apis)
        self._handling = Handling(
            platforms,
            handle,
            self._downloads,
            self._presses,
            alarm=alarm,
            outlets=outlets or {},
            clock=self._clock,
            flood=Flood({} if pass_over is None else platforms, self._clock),
            pass_over=pass_over or _unheard,
        )
        self._side_tasks: set[asyncio.Task[Any]] = set()

    # --- the queue ------------------------------------------------------------------------------

    def accept(self, rows: Iterable[InboxRow]) -> None:
        """Queue the chats of updates that are now on disk."""
        for row in rows:
            self._lanes.add((row.platform, row.chat_id), row=row)

    async def take_at_once(self, platform: str, raw: RawUpdate) -> bool:
        """Put an update on disk and handle it, in one transaction, if nothing of its chat waits.

        False: it was not kept. Its handler wants something first, say, or has failed: it is to be received,
        and takes its turn.

        Raises:
            StoreDown: it was not kept either, and cannot be now.
        """
        lane = (platform, raw.chat_id)
        if self._stopping or not self._lanes.begin(lane):
            return False
        # Once begun it goes on, whatever becomes of the caller: the reply has to be handed over.
        return await asyncio.shield(self._beside(self._take_in(lane, raw)))

    async def _take_in(self, lane: Lane, raw: RawUpdate) -> bool:
        self._begin()
        try:
            await self._handling.carry_in(Turn(lane), raw, self._store.run)
        except StoreDown:
            raise
        except Exception:  # noqa: BLE001 - its own turn meets it again, and tells
            return False
        else:
            return True
        finally:
            self._lanes.end(lane, 1)
            self._end()

    async def recover(self) -> None:
        """Queue every chat that has updates waiting in the store."""
        for lane in await self._store.run(lambda work: work.inbox.waiting_chats()):
            if lane[0] in self._platforms:
                self._lanes.add(lane, ALL)

    async def run(self) -> None:
        """Handle updates until cancelled, beginning with those that wait in the store."""
        async with asyncio.TaskGroup() as self._workers:
            self._workers.create_task(self._sweep())
            for _ in range(self._turns):
                self._workers.create_task(self._work())

    async def drain(self, seconds: float) -> bool:
        """Begin no further turn; wait for those under way. Whether all ended in time."""
        self._stopping = True
        done = await self._clock.wait(self._idle, seconds)
        await self._presses.drain()
        for task in self._side_tasks:
            task.cancel()
        self._handling.close()
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
            if self._too_many:
                self._too_many -= 1
                return

    @contextlib.contextmanager
    def _away(self) -> Iterator[None]:
        """While a turn waits for something outside another worker stands in; one of them goes afterwards."""
        self._workers.create_task(self._work())
        try:
            yield
        finally:
            self._too_many += 1

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
        try:
            await self._handling.carry_out(turn, self._run, self._away)
        except Overtaken:
            self._lanes.add(lane)  # this turn handled none: the chat keeps its claim to another
            return True
        except Exception as error:  # noqa: BLE001 - the outermost loop: one chat's fault is not the others'
            return await self._failed(turn, error)
        return turn.row is not None

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
        reference = new_reference()

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

    def _beside(self, coroutine: Coroutine[None, None, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(coroutine)
        self._side_tasks.add(task)
        task.add_done_callback(self._side_tasks.discard)
        return task


def _unheard(_work: Work, _incoming: Incoming, _tell: bool) -> Aftermath | None:  # noqa: FBT001 - a PassOver
    return None
