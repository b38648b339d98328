"""A sandbox, a store and the pipeline between them, with a clock that runs as fast as a test wants."""

import asyncio
import contextlib
import datetime as dt
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from sqlalchemy import text

from bot.clock import Clock
from bot.delivery import Sender
from bot.dispatch import Dispatcher
from bot.handling import Handle, Outlet
from bot.incoming import Aftermath, Incoming
from bot.intake import Polling, Refusals, never_at_once
from bot.platforms import PLATFORMS, Platform
from bot.platforms.api import BotApi
from bot.platforms.request import AiohttpRequest
from messages_fa.markup import say
from sandbox import Phone, Sandbox
from storage.engine import Store
from storage.records import LedgerRow, Outgoing
from storage.work import Work

TOKENS = {
    "telegram": "123456:telegram-token-0123456789abcdefghijk",
    "bale": "654321:bale-token-0123456789abcdefghijklmn",
}
PATIENCE = 10.0


class FastClock(Clock):
    """A clock on which `speed` seconds pass in a real one."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._began = time.monotonic()
        self._epoch = time.time()

    def monotonic(self) -> float:
        return self._began + (time.monotonic() - self._began) * self.speed

    def now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self._epoch + self.monotonic() - self._began, dt.UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        return await super().wait(event, seconds / self.speed)


def fast(platform: Platform) -> Platform:
    """The platform without its rates, for tests that are not about them."""
    return replace(platform, rate=2000.0, chat_interval=0.0)


def alarm(work: Work, code: str, reference: str) -> None:
    """An alarm as the composition makes it: a row of the outbox, here for a platform that nobody serves."""
    work.outbox.add(
        Outgoing(
            "nobody",
            0,
            0,
            "sendMessage",
            {"chat_id": 0, "text": reference},
            purpose=f"alarm:{code}",
            reference=reference,
        )
    )


def apology(work: Work, platform: Platform, chat_id: int, reference: str) -> None:
    """What a chat is told when its update was set aside."""
    params = {"chat_id": chat_id, "text": f"set aside {reference}"}
    work.outbox.add(Outgoing(platform.name, chat_id, 0, "sendMessage", params))


def echo(work: Work, incoming: Incoming) -> Aftermath:
    """Answer each text with itself."""
    if incoming.kind == "text":
        params = {"chat_id": incoming.chat_id, "text": incoming.text}
        work.outbox.add(
            Outgoing(incoming.platform, incoming.chat_id, 0, "sendMessage", params, purpose="echo:")
        )
    return Aftermath()


class Part(Protocol):
    """A part of the pipeline that runs until it is cancelled."""

    async def run(self) -> None: ...


@dataclass
class World:
    """The sandbox and the store, and ways to build the parts of the pipeline between them."""

    sandbox: Sandbox
    store: Store
    clock: FastClock
    platforms: dict[str, Platform] = field(default_factory=lambda: {n: fast(p) for n, p in PLATFORMS.items()})
    _apis: list[BotApi] = field(default_factory=list)

    def api(self, platform: str, *, token: str = "", base: str = "", read_seconds: float = 0.5) -> BotApi:
        request = AiohttpRequest(read_seconds=read_seconds)
        api = BotApi(self.platforms[platform], token or TOKENS[platform], base or self.sandbox.url, request)
        self._apis.append(api)
        return api

    def sender(self, platform: str, api: BotApi | None = None, refusals: Refusals | None = None) -> Sender:
        sender = Sender(
            self.store,
            self.platforms[platform],
            api or self.api(platform),
            alarm=alarm,
            refusals=refusals,
            clock=self.clock,
        )
        self.store.listen(lambda signals: sender.wake() if f"outbox:{platform}" in signals else None)
        return sender

    def dispatcher(
        self, handle: Handle = echo, turns: int = 64, outlets: Mapping[str, Outlet] | None = None
    ) -> Dispatcher:
        apis = {name: self.api(name) for name in self.platforms}
        return Dispatcher(
            self.store,
            self.platforms,
            handle,
            apis,
            apology=apology,
            alarm=alarm,
            outlets=outlets,
            clock=self.clock,
            turns=turns,
        )

    def polling(
        self,
        platform: str,
        dispatcher: Dispatcher,
        store: Store | None = None,
        *,
        api: BotApi | None = None,
        refusals: Refusals | None = None,
        at_once: bool = False,
    ) -> Polling:
        return Polling(
            api or self.api(platform),
            self.platforms[platform],
            store or self.store,
            dispatcher.accept,
            alarm=alarm,
            at_once=dispatcher.take_at_once if at_once else never_at_once,
            refusals=refusals,
            clock=self.clock,
            poll_seconds=1,
        )

    async def phone(self, platform: str, key: str = "officer") -> Phone:
        """A person who has started the bot; the start itself is no update any more."""
        self.sandbox.add_person(key, "آزاده", platform=platform)
        phone = self.sandbox.person(platform, key)
        await phone.start()
        self.sandbox.world.bots[platform].updates.clear()
        return phone

    async def send(self, phone: Phone, words: str, *, lane: int = 0) -> int:
        """Put a message for a phone into the outbox."""
        platform, chat_id = phone.person.platform, phone.chat.id
        params = {"chat_id": chat_id, "text": words}
        message = Outgoing(platform, chat_id, lane, "sendMessage", params, purpose=f"t:{words}")
        return await self.store.run(lambda work: work.outbox.add(message))

    async def put(self, phone: Phone, made: tuple[str, dict[str, Any]], *, slot: str | None = None) -> int:
        """Put a call that a platform has made into the outbox."""
        message = Outgoing(phone.person.platform, phone.chat.id, 0, *made, purpose="t:", slot=slot)
        return await self.store.run(lambda work: work.outbox.add(message))

    async def ledger(self, prefix: str = "t:") -> tuple[LedgerRow, ...]:
        return await self.store.run(lambda work: work.ledger.of(prefix))

    async def states(self, prefix: str = "t:") -> list[str]:
        return [str(row.state) for row in await self.ledger(prefix)]

    async def alarms(self) -> list[str]:
        return [row.purpose for row in await self.ledger("alarm:")]

    async def settled(self, state: str = "sent", prefix: str = "t:") -> None:
        """Wait until every row of the ledger stands so."""
        await until(lambda: self._all(state, prefix))

    async def _all(self, state: str, prefix: str) -> bool:
        return set(await self.states(prefix)) == {state}

    async def close(self) -> None:
        for api in self._apis:
            await api.close()


def damage(table: str, column: str, row_id: int) -> Callable[[Work], None]:
    """A unit that spoils what is sealed in this row, as a failing disk would."""
    spoil = text(f"UPDATE {table} SET {column} = :spoilt WHERE id = :row")  # noqa: S608 - our own names

    def unit(work: Work) -> None:
        connection = work._transaction.connection  # noqa: SLF001 - no part of the store does this
        connection.execute(spoil, {"spoilt": b"spoilt" * 8, "row": row_id})

    return unit


async def until(holds: Callable[[], Coroutine[None, None, bool]], seconds: float = PATIENCE) -> None:
    """Wait until something holds, as a person would: by looking."""
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110 - what is looked at is in the store: it has no event
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def running(*parts: Part) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Run parts of the pipeline for as long as the block lasts; a part that breaks, breaks the test."""
    tasks = [asyncio.create_task(part.run()) for part in parts]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    broken = [one for one in outcomes if isinstance(one, Exception)]
    if broken:
        raise broken[0]


def said(phone: Phone) -> list[str]:
    """What the bot has written to a phone, oldest first."""
    return [shown["text"] for shown in phone.messages() if shown["from"] == "bot"]


def note(number: int) -> str:
    """The words of the line that marks a repeat."""
    del number
    return say("شاید این پیام را پیش‌تر هم دریافت کرده باشید").plain
