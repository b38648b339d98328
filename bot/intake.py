"""Receive updates and put them on disk, before anything is acknowledged."""

import json
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Any, Final

from bot.backoff import backoff
from bot.clock import Clock
from bot.logs import logger
from bot.metrics import POLLED, RECEIVED
from bot.platforms.api import BotApi, NoAnswer, NotConnected, Refused
from bot.platforms.parsing import chat_of, is_id
from bot.platforms.platform import Platform
from storage.engine import Store
from storage.errors import StoreDown
from storage.records import InboxRow, RawUpdate
from storage.work import Work

log = logger("intake")

DeliverTo = Callable[[tuple[InboxRow, ...]], None]
TakeAtOnce = Callable[[str, RawUpdate], Awaitable[bool]]
"""Puts one update of a platform on disk and handles it at once; False: it was not kept."""
Alarm = Callable[[Work, str, str], None]

FEW: Final = 4
"""So many updates are stored and handled one after another, each in a commit of its own: more share one."""
POLL_SECONDS: Final = 25
POLL_LIMIT: Final = 100
# An answer that is later than this will not come.
POLL_GRACE: Final = 10.0
FIRST_WAIT: Final = 0.5
# With the 5 s that a connection may take, polling is back 10 s after the path.
LONGEST_WAIT: Final = 4.0
STANDBY_SECONDS: Final = 5.0
# A refused token is tried again now and then: platforms have been seen to refuse good ones for a while.
REFUSED_SECONDS: Final = 60.0
ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query")
TOKEN_REFUSALS: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


def raw_update(raw: object) -> RawUpdate | None:
    """An update as the inbox takes it; None for what has no update_id of 64 bits."""
    if not isinstance(raw, dict) or not is_id(raw.get("update_id")):
        return None
    return RawUpdate(raw["update_id"], chat_of(raw), json.dumps(raw))


async def receive(store: Store, platform: str, updates: Sequence[RawUpdate]) -> tuple[InboxRow, ...]:
    """Put updates on disk; gives those that are new.

    Raises:
        StoreDown: nothing was kept, so nothing may be acknowledged.
    """

    def unit(work: Work) -> tuple[InboxRow, ...]:
        return work.inbox.receive(platform, updates)

    rows = await store.run(unit)
    RECEIVED.labels(platform).inc(len(rows))
    return rows


async def never_at_once(_platform: str, _raw: RawUpdate) -> bool:
    """Every update is received first, and handled afterwards."""
    return False


async def take_at_once(take: TakeAtOnce, platform: str, updates: Sequence[RawUpdate]) -> int:
    """Have a few updates stored and handled at once, in order; how many, from the first on, are done with.

    Raises:
        StoreDown: one was not kept, so none may be acknowledged; those before it are known when they return.
    """
    taken = 0
    while taken < len(updates) <= FEW and await take(platform, updates[taken]):
        taken += 1
    return taken


class Refusals:
    """The bots whose tokens are refused now, so that the admins are told once, whoever finds it out."""

    def __init__(self) -> None:
        self._refused: set[str] = set()

    def begin(self, platform: str) -> bool:
        """The token is refused; whether that is news."""
        news = platform not in self._refused
        self._refused.add(platform)
        return news

    def end(self, platform: str) -> None:
        """The token is taken, or nobody could be told that it is not."""
        self._refused.discard(platform)


class Polling:
    """Long polling for one bot.

    Args:
        deliver_to: is told of rows once they are on disk.
        at_once: is offered each of a few updates, before it is on disk.
        alarm: puts an alarm for the admins into the outbox.
        refusals: shared with the platform's sender.
        poll_seconds: how long the messenger may hold a poll.

    Attributes:
        last_poll_at: when the last poll ended, well or not, in the clock's monotonic seconds: the heartbeat.
        next_poll_at: when the next one is due: a pause that the platform asks for may be long.
        last_success_at: when the last poll ended well.
        state: "polling", "standby" (another process polls) or "refused" (the token is not taken).
    """

    def __init__(
        self,
        api: BotApi,
        platform: Platform,
        store: Store,
        deliver_to: DeliverTo,
        *,
        alarm: Alarm,
        at_once: TakeAtOnce = never_at_once,
        refusals: Refusals | None = None,
        clock: Clock | None = None,
        poll_seconds: int = POLL_SECONDS,
    ) -> None:
        self.platform = platform
        self.state = "polling"
        self._api = api
        self._store = store
        self._deliver_to = deliver_to
        self._at_once = at_once
        self._alarm = alarm
        self._refusals = refusals or Refusals()
        self._clock = clock or Clock()
        self._poll_seconds = poll_seconds
        self._offset: int | None = None
        self._failures = 0
        self.last_poll_at = self.next_poll_at = self.last_success_at = self._clock.monotonic()

    async def run(self) -> None:
        """Poll until cancelled; a cancelled poll loses nothing, for nothing of it was acknowledged."""
        while True:
            wait = await self._round()
            self.next_poll_at = self.last_poll_at + wait
            if wait > 0:
                await self._clock.sleep(wait)

    async def _round(self) -> float:
        """One poll; gives the seconds to wait before the next."""
        try:
            return await self._poll()
        finally:
            self.last_poll_at = self.next_poll_at = self._clock.monotonic()

    async def _poll(self) -> float:
        try:
            answer = await self._api.call(
                "getUpdates", self._params(), timeout=self._poll_seconds + POLL_GRACE
            )
            await self._keep(answer if isinstance(answer, list) else [])
        except Refused as no:
            return await self._refused(no)
        except (NotConnected, NoAnswer, StoreDown) as error:
            return self._failed(type(error).__name__, error.reason)
        self._failures = 0
        self.last_success_at = self._clock.monotonic()
        self._refusals.end(self.platform.name)
        self._turn("polling")
        POLLED.labels(self.platform.name, "ok").inc()
        return 0.0

    def _params(self) -> dict[str, Any]:
        params: dict[str, Any] = {"timeout": self._poll_seconds, "limit": POLL_LIMIT}
        if self._offset is not None:
            params["offset"] = self._offset
        if self.platform.sends_allowed_updates:
            params["allowed_updates"] = list(ALLOWED_UPDATES)
        return params

    async def _keep(self, answer: list[Any]) -> None:
        """Put a batch on disk; only then the next poll may acknowledge it.

        After an empty batch all is acknowledged, and the offset is dropped: after a quiet week the platform's
        ids may go on anywhere, even below it.
        """
        updates = [update for raw in answer if (update := raw_update(raw))]
        if len(updates) < len(answer):
            log.error("updates_without_id", platform=self.platform.name, count=len(answer) - len(updates))
        left = updates[await take_at_once(self._at_once, self.platform.name, updates) :]
        rows = await receive(self._store, self.platform.name, left) if left else ()
        self._offset = updates[-1].update_id + 1 if updates else None
        if rows:
            self._deliver_to(rows)

    async def _refused(self, no: Refused) -> float:
        POLLED.labels(self.platform.name, str(no.code)).inc()
        if no.code == HTTPStatus.CONFLICT:
            self._turn("standby")
            return STANDBY_SECONDS
        if no.code == HTTPStatus.TOO_MANY_REQUESTS:
            return no.retry_after
        if no.code in TOKEN_REFUSALS:
            if self._turn("refused") and self._refusals.begin(self.platform.name):
                await self._raise_alarm(no.code)
            return REFUSED_SECONDS
        return self._failed("Refused", str(no.code))

    def _failed(self, error: str, reason: str) -> float:
        self._failures += 1
        POLLED.labels(self.platform.name, error).inc()
        log.warning(
            "poll_failed", platform=self.platform.name, error=error, reason=reason, attempt=self._failures
        )
        return backoff(self._failures, first=FIRST_WAIT, most=LONGEST_WAIT)

    def _turn(self, state: str) -> bool:
        changed, self.state = state != self.state, state
        if changed:
            tell = log.info if state == "polling" else log.warning
            tell("polling_state", platform=self.platform.name, state=state)
        return changed

    async def _raise_alarm(self, code: int) -> None:
        def unit(work: Work) -> None:
            self._alarm(work, f"token_refused_{self.platform.name}", str(code))

        try:
            await self._store.run(unit)
        except StoreDown as down:
            self._refusals.end(self.platform.name)
            log.warning("alarm_lost", platform=self.platform.name, reason=down.reason)
