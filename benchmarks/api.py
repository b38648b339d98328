"""The sandbox as the platform of a benchmark: a process of its own, with a clock beside every call.

`python -m benchmarks.api` prints its address; POST /bench {"do": …} makes people write and tells what came
of it. All moments are seconds of the machine's monotonic clock, which every process on it shares.
"""

import asyncio
import random
import signal
import sys
import time
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import Sandbox
from sandbox.updates import body
from sandbox.webhooks import SECRET_HEADER

TOKEN = "3000000001:benchmark-no-secret-0000000000000000001"
PLATFORM = "telegram"
TEXT = "سلام"
"""What everybody writes: an unknown text of a stranger, which gets exactly one reply (and an echo bot's)."""
SEED = 47
HOOK_CONNECTIONS = 64
GRACE = 0.3
"""Seconds in which a reply too many would show itself."""

Json = dict[str, Any]


@dataclass(slots=True)
class Sample:
    """One update's way: when it was put, and when the bot could have it, has it, and answers.

    Attributes:
        put: the person wrote.
        asked: the poll that brought it reached the platform.
        served: that poll was answered.
        called: the call that replies reached the platform.
    """

    put: float
    asked: float = 0.0
    served: float = 0.0
    called: float = 0.0

    @property
    def added(self) -> float:
        """Seconds that the bot added: while no poll of its own was there, and from its answer to the call.

        The platform's own latency is in neither.
        """
        return max(0.0, self.asked - self.put) + self.called - self.served


@dataclass
class Tally:
    """What has happened since the last `reset`."""

    unserved: deque[tuple[int, int, Sample]] = field(default_factory=deque)
    in_bot: defaultdict[int, deque[Sample]] = field(default_factory=lambda: defaultdict(deque))
    wanted: Counter[int] = field(default_factory=Counter)
    replies: Counter[int] = field(default_factory=Counter)
    sent: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    answered: list[tuple[int, float]] = field(default_factory=list)
    first_poll: float = 0.0

    def wrong(self) -> int:
        """Chats that have another number of replies than their people wrote messages."""
        return sum(self.wanted[chat] != self.replies[chat] for chat in self.wanted | self.replies)

    def missing(self) -> int:
        """Messages that did not come yet."""
        return (self.wanted - self.replies).total()


class Platform(Sandbox):
    """The sandbox with its clock and its orders."""

    def __init__(self) -> None:
        super().__init__()
        self.bot = self.add_bot(PLATFORM, TOKEN, "bench_bot", "Bench")
        self.tally = Tally()
        self._random = random.Random(SEED)
        self._orders: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "reset": self._do_reset,
            "people": self._do_people,
            "expect": self._do_expect,
            "faults": self._do_faults,
            "ask": self._do_ask,
            "write": self._do_write,
            "flow": self._do_flow,
            "wait": self._do_wait,
            "told": self._do_told,
            "hooks": self._do_hooks,
        }

    def _application(self) -> web.Application:
        app = super()._application()
        app.middlewares.append(self._watch)
        app.router.add_post("/bench", self._order)
        return app

    # --- watching -------------------------------------------------------------------------------

    @web.middleware
    async def _watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        arrived = time.monotonic()
        method = request.path.rpartition("/")[2]
        if method == "getUpdates" and not self.tally.first_poll:
            self.tally.first_poll = arrived
        answer = await handler(request)
        if method == "getUpdates" and isinstance(answer, web.Response):
            self._served(answer, arrived)
        elif method in {"sendMessage", "sendDocument", "editMessageText"}:
            # The call just recorded is this one: nothing was awaited since.
            self._called(self.calls[-1].params, self.calls[-1].status, arrived)
        return answer

    def _served(self, answer: web.Response, arrived: float) -> None:
        count = answer.body.count(b'"update_id":') if isinstance(answer.body, bytes) else 0
        if not count:
            return
        last, now, tally = self.bot.updates.queue[count - 1].id, time.monotonic(), self.tally
        while tally.unserved and tally.unserved[0][0] <= last:
            _, chat, sample = tally.unserved.popleft()
            sample.asked, sample.served = arrived, now
            tally.in_bot[chat].append(sample)

    def _called(self, params: Json, status: int, arrived: float) -> None:
        tally = self.tally
        tally.statuses[status] += 1
        if status != web.HTTPOk.status_code:
            return
        chat = int(params["chat_id"])
        tally.sent.append(arrived)
        tally.replies[chat] += 1
        if tally.in_bot[chat]:
            sample = tally.in_bot[chat].popleft()
            sample.called = arrived
            tally.answered.append((chat, sample.added))

    # --- orders ---------------------------------------------------------------------------------

    async def _order(self, request: web.Request) -> web.Response:
        given = await request.json()
        return web.json_response(await self._orders[given["do"]](given))

    async def _do_reset(self, _: Json) -> Json:
        self.tally = Tally()
        return {}

    async def _do_people(self, given: Json) -> Json:
        """Have people 0 … count-1, all of whom the bot may write to; gives their chats."""
        made = [self.add_person(f"p{i}", f"p{i}", platform=PLATFORM) for i in range(given["count"])]
        for person in made:
            person.started = True
        return {"chats": [person.user_id for person in made]}

    async def _do_expect(self, given: Json) -> Json:
        """One message without an update will come to each of the people 0 … count-1."""
        for number in range(given["count"]):
            self.tally.wanted[self.person(PLATFORM, f"p{number}").person.user_id] += 1
        return {}

    async def _do_faults(self, given: Json) -> Json:
        """Every call takes `latency` seconds longer; `strict` keeps the platform's limits."""
        self.faults.clear()
        if given.get("latency"):
            self.faults.add(PLATFORM, "*", "latency", delay=given["latency"])
        if given.get("strict"):
            self.faults.add(PLATFORM, "*", "rate_limit")
        return {}

    async def _do_ask(self, given: Json) -> Json:
        """Each of the people `first` … `first`+`chats`-1 sends one of the `codes`, and presses `button`."""
        for number in range(given["chats"]):
            phone = self.person(PLATFORM, f"p{given['first'] + number}")
            await phone.send(given["codes"][number % len(given["codes"])])
            await phone.sees()
            await phone.press(given["button"])
        return {}

    async def _do_write(self, given: Json) -> Json:
        """Put `updates` messages of the people `first` … `first`+`chats`-1 at once, by turns."""
        began = time.monotonic()
        for number in range(given["updates"]):
            await self._put(given.get("first", 0) + number % given["chats"])
            if number % 200 == 0:
                await asyncio.sleep(0)
        return {"began": began}

    async def _do_flow(self, given: Json) -> Json:
        """Put `updates` messages (`text`, if given), `rate` a second at moments drawn by the seed."""
        due = time.monotonic()
        for number in range(given["updates"]):
            due += self._random.expovariate(given["rate"])
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            await self._put(given.get("first", 0) + number % given["chats"], given.get("text", TEXT))
        return {}

    async def _put(self, number: int, text: str = TEXT) -> None:
        phone = self.person(PLATFORM, f"p{number}")
        chat, sample = phone.person.user_id, Sample(time.monotonic())
        self.tally.wanted[chat] += 1
        self.tally.unserved.append((self.bot.next_update, chat, sample))
        await phone.send(text)

    async def _do_wait(self, given: Json) -> Json:
        """Wait until there are `sends` messages of the bot, or `within` seconds are over."""
        until = time.monotonic() + given["within"]
        while len(self.tally.sent) < given["sends"] and time.monotonic() < until:
            await asyncio.sleep(0.002)
        await asyncio.sleep(given.get("grace", GRACE))
        return await self._do_told({})

    async def _do_told(self, _: Json) -> Json:
        tally = self.tally
        return {
            "now": time.monotonic(),
            "sent": tally.sent,
            "wrong": tally.wrong(),
            "missing": tally.missing(),
            "answered": tally.answered,
            "refused": sum(n for status, n in tally.statuses.items() if status != web.HTTPOk.status_code),
            "first_poll": tally.first_poll,
        }

    # --- webhooks of several processes ----------------------------------------------------------

    async def _do_hooks(self, given: Json) -> Json:
        """Post `updates` messages of `chats` people to several webhooks, a chat to each by turns."""
        began, urls = time.monotonic(), given["urls"]
        lanes: list[list[tuple[str, bytes]]] = [[] for _ in range(HOOK_CONNECTIONS)]
        for number in range(given["updates"]):
            turn = number % given["chats"]
            lanes[turn % HOOK_CONNECTIONS].append((urls[turn % len(urls)], self._message(turn)))
        headers = {"Content-Type": "application/json", SECRET_HEADER: given["secret"]}
        connector = aiohttp.TCPConnector(limit=HOOK_CONNECTIONS)
        async with aiohttp.ClientSession(connector=connector, headers=headers) as client:
            refused = await asyncio.gather(*(_post(client, lane) for lane in lanes))
        return {"began": began, "refused": sum(refused)}

    def _message(self, number: int) -> bytes:
        person = self.person(PLATFORM, f"p{number}").person
        self.tally.wanted[person.user_id] += 1
        update, self.bot.next_update = self.bot.next_update, self.bot.next_update + 1
        content = {
            "message_id": self.bot.serial(),
            "from": person.user,
            "chat": self.bot.chats[person.user_id].raw,
            "date": int(time.time()),
            "text": TEXT,
        }
        return body(update, "message", content).encode()


async def _post(client: aiohttp.ClientSession, lane: Iterable[tuple[str, bytes]]) -> int:
    """Post one after the other; how many were not taken."""
    refused = 0
    for url, update in lane:
        async with client.post(url, data=update) as answer:
            refused += not answer.ok
    return refused


async def main() -> None:
    """Serve until SIGTERM."""
    platform, ended = Platform(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await platform.start()
    sys.stdout.write(f"{platform.url}\n")
    sys.stdout.flush()
    await ended.wait()
    await platform.stop()


if __name__ == "__main__":
    asyncio.run(main())
