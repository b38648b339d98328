"""The sandbox: one listener with the Bot API, the people API and the chat page."""

from collections import Counter, deque
from datetime import datetime
from pathlib import Path

from aiohttp import web

from sandbox import page
from sandbox.botapi import BotApi, Call
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.files import UPLOAD_LIMIT
from sandbox.people_api import PeopleApi
from sandbox.phones import Phone
from sandbox.state import Bot, Person
from sandbox.webhooks import Webhooks
from sandbox.world import World

# Room for the other fields of a multipart request beside the largest file.
BODY_LIMIT = UPLOAD_LIMIT + 2**20
SHUTDOWN_SECONDS = 0.2


class Sandbox:
    """A local Bot API server for Telegram's and Bale's dialects.

    Args:
        journal: a SQLite file; with it a kill and a new start lose nothing. None: memory only.
        clock: real time by default.
    """

    def __init__(self, journal: Path | None = None, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.world = World(self.clock, journal)
        self.faults = Faults()
        self.url = ""
        self._api = BotApi(self.world, self.faults)
        self._people = PeopleApi(self.world, self._api)
        self._runner: web.AppRunner | None = None
        self._webhooks: dict[str, Webhooks] = {}

    @property
    def calls(self) -> deque[Call]:
        """The last 100,000 calls of all bots, oldest first."""
        return self._api.calls

    @property
    def counts(self) -> Counter[tuple[str, str, int]]:
        """How many calls there were by (platform, method, HTTP status; 0: broken off)."""
        return self._api.counts

    def add_bot(self, platform: str, token: str, username: str, name: str) -> Bot:
        """The bot of `platform` ("telegram" or "bale"); called again, the same one renamed."""
        bot = self.world.add_bot(platform, token, username, name)
        if self._runner is not None:
            self._serve_webhooks(bot)
        return bot

    def add_person(
        self, key: str, name: str, *, platform: str, user_id: int | None = None, role_hint: str = ""
    ) -> Person:
        """A person with a phone at `key`; the same one when called again."""
        return self.world.add_person(key, name, platform=platform, user_id=user_id, role_hint=role_hint)

    def person(self, platform: str, key: str) -> Phone:
        """The phone at `key`.

        Raises:
            KeyError: there is none.
        """
        return self._people.phone(platform, key)

    def set_clock(self, moment: datetime) -> None:
        """Make it `moment` (aware) now, also after a restart."""
        self.clock.set(moment)
        self.world.keep(self.clock)

    def jump(self, platform: str, by: int) -> None:
        """Let the update ids jump, as they do after a quiet week (negative: down)."""
        self.world.bots[platform].next_update += by

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one, `url` tells which. After `stop` it may start again."""
        self.world.open()
        runner = web.AppRunner(
            self._application(), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS, handle_signals=False
        )
        await runner.setup()
        site = web.TCPSite(runner, host, port, backlog=1024)
        await site.start()
        self._runner = runner
        self.url = f"http://{host}:{runner.addresses[0][1]}"
        for bot in self.world.bots.values():
            self._serve_webhooks(bot)

    def _application(self) -> web.Application:
        app = web.Application(client_max_size=BODY_LIMIT)
        # First, because the router tries them in order and this one is hot.
        app.router.add_route("*", "/bot{token}/{method}", self._api.handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._api.download)
        app.router.add_routes(self._people.routes())
        app.router.add_routes(page.routes())
        return app

    def _serve_webhooks(self, bot: Bot) -> None:
        if bot.platform not in self._webhooks:
            self._webhooks[bot.platform] = Webhooks(self.world, bot, self._api)
            self._webhooks[bot.platform].start()

    async def stop(self) -> None:
        """Close the listener, with everything so far in the journal."""
        for webhooks in self._webhooks.values():
            await webhooks.stop()
        self._webhooks.clear()
        for bot in self.world.bots.values():
            bot.updates.disturb()
        for listener in self.world.listeners:
            listener.put_nowait({"type": "closing"})
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self.world.close()
