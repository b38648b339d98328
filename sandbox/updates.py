"""The queue of a bot's unconfirmed updates, with the true semantics of offsets."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from sandbox.dialects import DAY

PRESS_SECONDS = 150
# An offset further ahead than this is of another time (ids may jump down) and confirms nothing.
FURTHEST_OFFSET = 10
# Repeated updates come twice in one batch, and the other times alone in the batches after it.
AT_ONCE = 2


@dataclass(slots=True)
class Update:
    """One update, kept as the JSON text that every delivery repeats."""

    kind: ClassVar[str] = "update"
    platform: str
    id: int
    chat_id: int
    expires: float
    body: str

    @property
    def key(self) -> str:
        """Platform and id."""
        return f"{self.platform}/{self.id}"

    def record(self) -> dict[str, Any]:
        """For the journal."""
        return {
            "platform": self.platform,
            "id": self.id,
            "chat_id": self.chat_id,
            "expires": self.expires,
            "body": self.body,
        }


class Updates:
    """First in, first out; kept until confirmed or expired."""

    def __init__(self, kept: int | None, forget: Callable[[Update], None]) -> None:
        self.queue: deque[Update] = deque()
        self.last_id = 0
        self._first_expiry = float("inf")
        self.repeat = 1
        self._late: list[str] = []
        self._kept = kept
        self._forget = forget
        self._poll: asyncio.Future[bool] | None = None
        self.on_put: Callable[[], None] | None = None

    def __len__(self) -> int:
        return len(self.queue)

    def put(self, update: Update) -> None:
        """Append; wake whoever polls."""
        self.queue.append(update)
        self.last_id = update.id
        self._first_expiry = min(self._first_expiry, update.expires)
        if self._kept is not None and len(self.queue) > self._kept:
            self._forget(self.queue.popleft())
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(True)
        if self.on_put is not None:
            self.on_put()

    def expire(self, now: float) -> None:
        """Drop what is too old: messages after 24 hours, presses after 150 seconds."""
        if now < self._first_expiry:
            return
        for update in [u for u in self.queue if u.expires <= now]:
            self.remove(update)
        self._first_expiry = min((u.expires for u in self.queue), default=float("inf"))

    def remove(self, update: Update) -> None:
        """Forget one update (delivered by webhook, or expired)."""
        self.queue.remove(update)
        self._forget(update)

    def confirm(self, offset: int) -> None:
        """Forget all before `offset`; a negative one keeps that many from the end."""
        queue = self.queue
        if offset < 0:
            while len(queue) > -offset:
                self._forget(queue.popleft())
        elif offset <= self.last_id + FURTHEST_OFFSET:
            while queue and queue[0].id < offset:
                self._forget(queue.popleft())

    def clear(self) -> None:
        """Forget all (drop_pending_updates)."""
        while self.queue:
            self._forget(self.queue.popleft())

    def batch(self, limit: int) -> list[str]:
        """The next updates as JSON texts, oldest first; they stay until confirmed."""
        if self.repeat == 1 and not self._late:
            if limit >= len(self.queue):
                return [update.body for update in self.queue]
            return [self.queue[i].body for i in range(limit)]
        bodies, self._late = self._late, []
        for update in list(self.queue)[:limit]:
            bodies += [update.body] * min(self.repeat, AT_ONCE)
            self._late += [update.body] * max(0, self.repeat - AT_ONCE)
        return bodies

    def disturb(self) -> None:
        """End a poll that is waiting: another one has come."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(False)

    async def wait(self, seconds: float) -> bool:
        """Wait for an update or the time; False when another poll took over."""
        if self.queue or self._late or seconds <= 0:
            return True
        loop = asyncio.get_running_loop()
        poll: asyncio.Future[bool] = loop.create_future()
        self._poll = poll
        timer = loop.call_later(seconds, _end, poll)
        try:
            return await poll
        finally:
            timer.cancel()
            if self._poll is poll:
                self._poll = None


def _end(poll: asyncio.Future[bool]) -> None:
    if not poll.done():
        poll.set_result(True)


def lifetime(kind: str) -> int:
    """Seconds for which an update of this kind waits for the bot."""
    return PRESS_SECONDS if kind == "callback_query" else DAY


def body(update_id: int, kind: str, content: dict[str, Any]) -> str:
    """The JSON text of an update."""
    return json.dumps({"update_id": update_id, kind: content}, ensure_ascii=False, separators=(",", ":"))
