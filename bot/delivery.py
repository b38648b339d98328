"""From the outbox to the messenger: one elected sender per bot, replies before broadcasts.

Rows are claimed a few at a time, so that a reply that comes during a broadcast waits for no more than those
few; they are posted side by side, and what became of them is written by one task in batches.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

from bot.backoff import backoff
from bot.clock import Clock
from bot.intake import REFUSED_SECONDS, Alarm, Refusals
from bot.judge import NO_CONNECTION, Judge, again
from bot.logs import logger, place
from bot.metrics import SENT
from bot.pace import Pace, Rounds
from bot.platforms.api import BotApi
from bot.platforms.platform import Platform
from bot.posting import Posting
from bot.verdict import Answer, Verdict
from scans import Cleaner
from storage.engine import Store
from storage.errors import StoreDown
from storage.records import Claimed, OutboxState, Settled
from storage.work import Work

log = logger("delivery")

POSTS: Final = 128
"""Posts on their way at the same time; they hide the platform's latency."""

BATCH_SECONDS: Final = 0.1
LARGEST_BATCH: Final = 100
IDLE_SECONDS: Final = 0.25
ELECTION_SECONDS: Final = 2.0
PATH_WAIT: Final = (1.0, 60.0)
SILENCE: Final = 5
"""So many posts in a row without an answer: the platform is ill, not the message."""
STORE_WAIT: Final = (0.2, 5.0)
UNREADABLE: Final = "unreadable"


class Sender:
    """Sends one platform's outbox.

    Args:
        posts: how many posts may be on their way.
        cleaner: makes files harmless that were kept before files were looked at.
        alarm: puts an alarm for the admins into the outbox, by a code and a reference.
        refusals: shared with the platform's polling.

    Attributes:
        state: "standby" (another process sends), "sending", "no_path", or "refused" (the token is not taken).
    """

    def __init__(
        self,
        store: Store,
        platform: Platform,
        api: BotApi,
        *,
        alarm: Alarm,
        refusals: Refusals | None = None,
        clock: Clock | None = None,
        posts: int = POSTS,
        cleaner: Cleaner | None = None,
    ) -> None:
        self.platform = platform
        self.state = "standby"
        self._store = store
        self._alarm = alarm
        self._refusals = refusals or Refusals()
        self._clock = clock or Clock()
        self._pace = Pace(platform, self._clock)
        self._rounds = Rounds()
        self._posting = Posting(store, platform, api, self._pace, cleaner or Cleaner())
        self._posts = posts
        self._batch = max(1, min(LARGEST_BATCH, int(platform.rate * BATCH_SECONDS)))
        self._woken = asyncio.Event()
        self._to_settle = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._busy: set[int] = set()
        self._results: list[tuple[Claimed, Settled]] = []
        self._held: set[int] = set()
        self._under_way: set[asyncio.Task[None]] = set()
        self._path_failures = 0
        self._silent = 0
        self._judge = Judge()
        self._revived = False
        self._elected_at = float("-inf")

    def wake(self) -> None:
        """Something has been put into the outbox."""
        self._woken.set()

    def leave(self, chat_id: int) -> bool:
        """Whether a reply to this chat could be posted at this moment; if so, the moment is kept for it."""
        well = self.state == "sending" and self._revived and not self._path_failures
        return well and len(self._under_way) < self._posts and self._pace.take_now(chat_id)

    def take(self, row: Claimed) -> None:
        """Post a reply that leave was given for; the store has it as being sent."""
        self._keep([row])
        self._start(row)

    async def run(self) -> None:
        """Send until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._settle_all())
            group.create_task(self._send_all())

    async def drain(self, seconds: float) -> bool:
        """Claim nothing more; wait until what is on its way is answered and written. False: not in time."""
        self._pace.halted.set()
        self.wake()
        return await self._clock.wait(self._quiet, seconds)

    # --- claiming -------------------------------------------------------------------------------

    async def _send_all(self) -> None:
        failures = 0
        while True:
            try:
                await self._round()
            except StoreDown as down:
                failures += 1
                log.warning("store_down", platform=self.platform.name, reason=down.reason, attempt=failures)
                await self._clock.sleep(backoff(failures, first=STORE_WAIT[0], most=STORE_WAIT[1]))
            else:
                failures = 0

    async def _round(self) -> None:
        """Claim and post a few rows, or wait for something to do."""
        self._woken.clear()
        if self._pace.halted.is_set() or not await self._elected():
            await self._clock.wait(self._woken, ELECTION_SECONDS)
            return
        if self.state == "refused":
            await self._wait_for_token()
            return
        crowded, ease = self._pace.crowded()
        rows = () if self._pace.paused else await self._claim(self._busy | crowded)
        for row in rows:
            await self._pace.slot()
            self._start(row)
        if self._path_failures and self._under_way:
            # One row probes the path; the others wait for what it finds.
            await asyncio.wait(self._under_way)
        elif not rows and not self._revived and not self._pace.paused:
            # No row is at hand to find out whether the platform is there.
            await self._heed(await self._posting.ask())
        elif not rows:
            await self._clock.wait(self._woken, self._pace.paused or min(ease or IDLE_SECONDS, IDLE_SECONDS))

    async def _claim(self, busy: set[int]) -> tuple[Claimed, ...]:
        limit = 1 if self._path_failures else min(self._posts - len(self._under_way), self._batch)
        if limit <= 0:
            return ()
        name, served = self.platform.name, self._rounds.served
        # Before the claim, so that whoever drains meanwhile waits for what it brings.
        self._quiet.clear()
        rows: tuple[Claimed, ...] = ()
        try:
            rows = await self._store.run(lambda work: work.outbox.claim(name, limit, busy, served))
            # With fewer asked for, what holds the rest up is the platform's answers, not its rate.
            self._rounds.note(rows, crowd=len(rows) == limit == self._batch)
        finally:
            self._keep(rows)
            self._calm()
        return rows

    def _keep(self, rows: Sequence[Claimed]) -> None:
        """These are this sender's to settle."""
        if rows:
            self._quiet.clear()
        self._held.update(row.id for row in rows)
        self._busy.update(row.chat_id for row in rows)

    def _calm(self) -> None:
        if not self._held:
            self._quiet.set()

    async def _elected(self) -> bool:
        """Whether this process is the one that sends; asked again now and then."""
        now, name = self._clock.monotonic(), self.platform.name
        if self.state != "standby" and now - self._elected_at < ELECTION_SECONDS:
            return True
        elected = await self._store.elect(f"sender:{name}")
        self._elected_at = now
        if not elected:
            self._turn("standby")
        elif self.state == "standby":
            await self._store.run(lambda work: work.outbox.recover(name))
            self._turn("sending")
        else:
            held = frozenset(self._held)

            def tidy(work: Work) -> None:
                work.outbox.recover_strays(name, held)
                work.outbox.pull_in(name)

            await self._store.run(tidy)
        return elected

    # --- posting --------------------------------------------------------------------------------

    def _start(self, row: Claimed) -> None:
        if self._pace.halted.is_set() or self.state == "refused":
            self._finish(row, again(row, 0.0, "not_posted"))
            return
        if not row.params:
            log.error("row_unreadable", platform=row.platform, row=row.id)
            self._finish(row, Settled(row.id, OutboxState.FAILED, problem=UNREADABLE))
            return
        self._pace.spend(row.chat_id)
        task = asyncio.create_task(self._deliver(row))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _deliver(self, row: Claimed) -> None:
        try:
            answer = await self._posting.post(row)
        except StoreDown as down:
            log.warning("store_down", platform=self.platform.name, reason=down.reason)
            self._finish(row, again(row, STORE_WAIT[1], "store_down"))
        except Exception as error:  # noqa: BLE001 - the outermost loop: a row's fault must not stop the lane
            kind, where = type(error).__name__, place(error)
            log.error("post_failed", platform=row.platform, row=row.id, error=kind, where=where)  # noqa: TRY400 - a traceback shows values
            self._finish(row, Settled(row.id, OutboxState.FAILED, problem=kind))
        else:
            SENT.labels(self.platform.name, answer.verdict.value).inc()
            self._finish(row, self._judge.judge(row, answer, ill=self._silent >= SILENCE))
            await self._heed(answer)

    # --- heeding ---------------------------------------------------------------------------------

    async def _heed(self, answer: Answer) -> None:
        """What the answer means for the lane."""
        verdict = answer.verdict
        if verdict is Verdict.NO_PATH:
            self._lose_path()
        elif verdict is Verdict.UNKNOWN:
            self._silent += 1
            if self._silent >= SILENCE:
                self._lose_path()
        elif verdict is Verdict.TOKEN:
            if self._turn("refused") and self._refusals.begin(self.platform.name):
                await self._raise_alarm(answer.problem)
        else:
            if verdict is Verdict.PAUSE:
                self._pace.pause(answer.wait)
            await self._answered()

    def _lose_path(self) -> None:
        self._revived = False
        # Those who were on their way at the same moment tell nothing new.
        if not self._pace.paused:
            self._path_failures += 1
            self._pace.pause(backoff(self._path_failures, first=PATH_WAIT[0], most=PATH_WAIT[1]))
            self._turn("no_path")

    async def _answered(self) -> None:
        """The platform is there; what was given up for want of a connection is sent after all."""
        self._path_failures = self._silent = 0
        if self.state == "no_path":
            self._turn("sending")
        if self._revived:
            return
        self._revived = True
        name = self.platform.name
        try:
            await self._store.run(lambda work: work.outbox.revive(name, NO_CONNECTION))
        except StoreDown as down:
            self._revived = False
            log.warning("store_down", platform=name, reason=down.reason)

    async def _wait_for_token(self) -> None:
        """Keep the rows; ask now and then whether the token is taken again."""
        if not await self._clock.wait(self._pace.halted, REFUSED_SECONDS):
            answer = await self._posting.ask()
            if answer.verdict is Verdict.SENT:
                self._refusals.end(self.platform.name)
                self._turn("sending")

    async def _raise_alarm(self, problem: str) -> None:
        name = self.platform.name
        try:
            await self._store.run(lambda work: self._alarm(work, f"token_refused_{name}", problem))
        except StoreDown as down:
            self._refusals.end(name)
            log.warning("alarm_lost", platform=name, reason=down.reason)

    def _turn(self, state: str) -> bool:
        changed, self.state = state != self.state, state
        if changed:
            tell = log.info if state == "sending" else log.warning
            tell("sender_state", platform=self.platform.name, state=state)
        return changed

    # --- settling -------------------------------------------------------------------------------

    def _finish(self, row: Claimed, settled: Settled) -> None:
        self._results.append((row, settled))
        self._to_settle.set()

    async def _settle_all(self) -> None:
        """Write what became of the rows, as many as there are at once."""
        while True:
            await self._to_settle.wait()
            self._to_settle.clear()
            results, self._results = self._results, []
            more = await self._settle([settled for _, settled in results])
            self._busy.difference_update(row.chat_id for row, _ in results)
            self._held.difference_update(row.id for row, _ in results)
            self._calm()
            if more:
                self.wake()

    async def _settle(self, results: Sequence[Settled]) -> bool:
        """Write the results, however often it takes; whether there is more to claim."""
        failures = 0
        while True:
            try:
                return await self._write(results)
            except StoreDown as down:
                failures += 1
                log.warning("store_down", platform=self.platform.name, reason=down.reason, attempt=failures)
                await self._clock.sleep(backoff(failures, first=STORE_WAIT[0], most=STORE_WAIT[1]))

    async def _write(self, results: Sequence[Settled]) -> bool:
        """In one unit: what became of the rows, and an alarm for each that somebody will miss."""
        to_claim = self._woken.is_set()

        def unit(work: Work) -> bool:
            for number in work.outbox.settle(results):
                self._alarm(work, "undelivered", str(number))
            return to_claim or work.outbox.any_to_claim(self.platform.name)

        try:
            return await self._store.run(unit, urgent=True)
        except StoreDown:
            raise
        except Exception as error:  # noqa: BLE001 - an alarm that fails must not stop the lane
            log.error("alarm_failed", error=type(error).__name__, where=place(error))  # noqa: TRY400 - as above
            await self._store.run(lambda work: work.outbox.settle(results), urgent=True)
            return True
