"""From the inbox to the handlers: in order per chat, side by side across chats, each update once.

Only chat numbers are queued in memory; the updates stay in the store. A chat takes its turn for one update
and then stands at the end of the queue again, so that one who floods holds nobody up.
"""

import asyncio
import dataclasses
import json
import secrets
from collections.abc import Callable, Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeAlias

from bot.backoff import backoff
from bot.clock import Clock
from bot.incoming import Aftermath, FileWanted, Incoming, SlowWanted
from bot.intake import Alarm
from bot.logs import logger, place
from bot.metrics import HANDLED, HANDLING
from bot.platforms.api import BotApi, NoAnswer, NotConnected, Refused
from bot.platforms.platform import Platform, Unparsable
from bot.presses import Presses
from storage.engine import Store
from storage.errors import StoreDown
from storage.records import InboxRow
from storage.work import Work

log = logger("dispatch")

Handle: TypeAlias = Callable[[Work, Incoming], Aftermath]
Apology: TypeAlias = Callable[[Work, Platform, int, str], None]
"""Tells a chat (its id) that its message could not be handled, with a reference number."""

Lane = tuple[str, int]
"""A platform's name and a chat's id: what is handled in order."""

RETRY_AFTER: Final = (0.5, 2.0)
"""Seconds before the second and third try; after that an update is set aside."""

ALL: Final = 10**9
"""As many updates as a chat may have waiting in the store."""

STORE_WAIT: Final = (0.2, 5.0)
DOWNLOAD_WAIT: Final = (1.0, 30.0)
DOWNLOAD_PATIENCE: Final = 300.0
"""Seconds of a platform that gives no file, before the update that brought it is set aside."""
SWEEP_SECONDS: Final = 15.0
# Hashing a passcode takes 19 MiB and a core each.
SLOW_AT_ONCE: Final = 2
WISHES: Final = 4
"""Runs of one unit: a handler may ask for a file, then for something slow, and once more."""


@dataclasses.dataclass(slots=True)
class Turn:
    """What is known of the update in hand, from one run of its unit to the next."""

    lane: Lane
    row: InboxRow | None = None
    incoming: Incoming | None = None
    content: bytes | None = None
    computed: object = None
    aftermath: Aftermath | None = None
    result: str = "none"


@dataclasses.dataclass(slots=True)
class Outage:
    """A file that the platform does not give now: for which update, since when, how many times asked."""

    row_id: int
    since: float
    failures: int = 0


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
        turns: int = 64,
        clock: Clock | None = None,
    ) -> None:
        self._store = store
        self._platforms = platforms
        self._handle = handle
        self._apis = apis
        self._apology = apology
        self._alarm = alarm
        self._turns = turns
        self._clock = clock or Clock()
        self._queue: asyncio.Queue[Lane] = asyncio.Queue()
        self._due: dict[Lane, int] = {}
        self._outages: dict[Lane, Outage] = {}
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
            self._enqueue((row.platform, row.chat_id), 1)

    async def recover(self) -> None:
        """Queue every chat that has updates waiting in the store."""
        for lane in await self._store.run(lambda work: work.inbox.waiting_chats()):
            if lane[0] in self._platforms:
                self._enqueue(lane, ALL)

    def _enqueue(self, lane: Lane, updates: int) -> None:
        if lane not in self._due:
            self._due[lane] = 0
            self._queue.put_nowait(lane)
        self._due[lane] += updates

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
            lane = await self._queue.get()
            if self._stopping:
                continue
            self._begin()
            try:
                due = self._due[lane]
                left = await self._take(lane)
            finally:
                self._end()
            # Only what was due before the turn is crossed off: more may have come during it.
            self._due[lane] -= 1 if left else due
            if self._due[lane] > 0:
                self._queue.put_nowait(lane)
            else:
                del self._due[lane]

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
        turn = Turn(lane)
        started = self._clock.monotonic()
        try:
            await self._carry_out(turn)
        except Overtaken:
            self._enqueue(lane, 1)  # this turn handled none: the chat keeps its claim to another
            return True
        except Exception as error:  # noqa: BLE001 - the outermost loop: one chat's fault is not the others'
            return await self._failed(turn, error)
        if turn.row is None:
            return False
        self._outages.pop(lane, None)
        HANDLING.labels(lane[0]).observe(self._clock.monotonic() - started)
        HANDLED.labels(lane[0], turn.result).inc()
        if turn.incoming is not None and turn.aftermath is not None:
            self._presses.answer(turn.incoming, turn.aftermath)
        return True

    async def _carry_out(self, turn: Turn) -> None:
        """Run the unit, again with what the handler asks for, until it is committed."""
        for _ in range(WISHES):
            try:
                return await self._run(lambda work: self._unit(work, turn))
            except FileWanted as wanted:
                turn.content = await self._fetch(turn.lane[0], wanted)
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

    def _unit(self, work: Work, turn: Turn) -> None:
        """One update's transaction; it may run more than once."""
        platform, chat_id = turn.lane
        row = work.inbox.next_of(platform, chat_id)
        if row is None or (turn.row is not None and turn.row.id != row.id):
            turn.content = turn.computed = None
        turn.row, turn.incoming, turn.aftermath = row, None, None
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
            turn.aftermath = self._handle(work, turn.incoming)
        if not work.inbox.done(row.id):
            raise Overtaken

    def _quarantine(self, work: Work, turn: Turn, row: InboxRow, reason: str) -> None:
        reference = _reference()
        turn.result = "quarantined"
        if not work.inbox.quarantine(row.id, reason, reference):
            raise Overtaken
        self._alarm(work, "update_quarantined", reference)
        log.error("quarantined", platform=row.platform, row=row.id, reason=reason, reference=reference)

    async def _fetch(self, platform: str, wanted: FileWanted) -> bytes:
        """The offered file's bytes; none when the platform will not give them, or they are too many."""
        limit = self._platforms[platform].limits.download
        if wanted.file.size > limit:
            return b""
        try:
            return await self._apis[platform].download(wanted.file.file_id, limit)
        except Refused as no:
            log.warning("download_refused", platform=platform, code=no.code)
            return b""

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
        self._outages.pop(turn.lane, None)
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
        now, outage = self._clock.monotonic(), self._outages.get(lane)
        if outage is None or outage.row_id != row.id:
            outage = self._outages[lane] = Outage(row.id, now)
        if now - outage.since >= DOWNLOAD_PATIENCE:
            return False
        outage.failures += 1
        HANDLED.labels(row.platform, "postponed").inc()
        log.warning(
            "download_failed", platform=row.platform, row=row.id, reason=reason, attempt=outage.failures
        )
        seconds = backoff(outage.failures, first=DOWNLOAD_WAIT[0], most=DOWNLOAD_WAIT[1])
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
            self._enqueue(lane, ALL)

        self._beside(wait())

    def _beside(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._side_tasks.add(task)
        task.add_done_callback(self._side_tasks.discard)


def _reference() -> str:
    """A number that a person can read out."""
    return str(secrets.randbelow(900_000) + 100_000)
