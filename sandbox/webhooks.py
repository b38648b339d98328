"""Delivery of updates to webhooks: in order per chat, side by side across chats, again until taken."""

import asyncio
import json
from itertools import count
from typing import Any

import aiohttp

from sandbox.botapi import BotApi
from sandbox.state import Bot, Webhook
from sandbox.updates import AT_ONCE, Update
from sandbox.validate import Params
from sandbox.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
FIRST_RETRY = 0.2
LONGEST_RETRY = 3.0
ANSWER_WITHIN = aiohttp.ClientTimeout(total=10)


class NotTaken(Exception):  # noqa: N818 - named for what happened
    """The webhook did not answer with a 2xx; the text is for getWebhookInfo."""


class Webhooks:
    """Delivers the updates of one bot while it has a webhook."""

    def __init__(self, world: World, bot: Bot, api: BotApi) -> None:
        self._world = world
        self._bot = bot
        self._api = api
        self._client: aiohttp.ClientSession | None = None
        self._under_way: dict[int, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Begin with what is pending, and go on with what comes."""
        self._bot.updates.on_put = self._dispatch
        self._dispatch()

    async def stop(self) -> None:
        """Break off; what was not taken stays pending."""
        self._bot.updates.on_put = None
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.close()

    def _dispatch(self) -> None:
        hook = self._bot.webhook
        if hook is None:
            return
        self._bot.updates.expire(self._world.clock.timestamp())
        for update in self._bot.updates.queue:
            if len(self._under_way) >= hook.connections:
                return
            if update.chat_id not in self._under_way:
                task = asyncio.create_task(self._deliver(update, hook))
                self._under_way[update.chat_id] = task

    async def _deliver(self, update: Update, hook: Webhook) -> None:
        try:
            if await self._persist(update, hook) and update in self._bot.updates.queue:
                self._bot.updates.remove(update)
        finally:
            del self._under_way[update.chat_id]
        self._dispatch()

    async def _persist(self, update: Update, hook: Webhook) -> bool:
        for attempt in count():
            if self._bot.webhook is not hook or update.expires <= self._world.clock.timestamp():
                return False
            try:
                await self._post_copies(update, hook)
            except NotTaken as why:
                hook.last_error = str(why)
                hook.last_error_at = int(self._world.clock.timestamp())
                await asyncio.sleep(min(FIRST_RETRY * 2**attempt, LONGEST_RETRY))
            else:
                return True
        return False

    async def _post_copies(self, update: Update, hook: Webhook) -> None:
        copies = self._api.faults.repeat(self._bot.platform)
        await asyncio.gather(*(self._post(update, hook) for _ in range(min(copies, AT_ONCE))))
        for _ in range(copies - AT_ONCE):
            await self._post(update, hook)

    async def _post(self, update: Update, hook: Webhook) -> None:
        if self._client is None:
            self._client = aiohttp.ClientSession(timeout=ANSWER_WITHIN)
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers[SECRET_HEADER] = hook.secret
        try:
            async with self._client.post(hook.url, data=update.body.encode(), headers=headers) as answer:
                if not answer.ok:
                    raise NotTaken(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                if answer.content_type == "application/json":
                    await self._carry_out(await answer.read())
        except TimeoutError:
            raise NotTaken("Read timeout expired") from None
        except aiohttp.ClientConnectorError:
            raise NotTaken("Connection refused") from None
        except aiohttp.ClientError as why:
            raise NotTaken(f"Connection broken: {type(why).__name__}") from None

    async def _carry_out(self, reply: bytes) -> None:
        try:
            wish: Any = json.loads(reply or b"{}")
        except ValueError:
            return
        if isinstance(wish, dict) and isinstance(wish.get("method"), str):
            method = wish.pop("method")
            params = Params(wish)
            status, _ = await self._api.call(self._bot, method, params)
            self._api.note(self._bot, method, params, status)
