"""The first words with a messenger: how updates are to come, what the bot is called, its menu of commands."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.backoff import backoff
from bot.handlers import start
from bot.intake import ALLOWED_UPDATES
from bot.logs import logger
from bot.office import Office
from bot.platforms.api import BotApi, NoAnswer, NotConnected, Refused
from bot.webhook import Hook
from domain.roles import Actor

log = logger("app")

WAIT: Final = (1.0, 60.0)
"""Seconds before the second try, and at most between two."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """The introduction of this process to its platforms.

    Attributes:
        office: where the bot's names are kept as they are learnt.
        apis: one per platform.
        hooks: of those that are served by webhook; the others are polled.
        webhook_url: the public address of the webhooks.
    """

    office: Office
    apis: Mapping[str, BotApi]
    hooks: Sequence[Hook]
    webhook_url: str

    async def run(self, name: str, introduced: asyncio.Event) -> None:
        """Tell the platform how updates are to come, and learn the bot's own name, as soon as it answers.

        Polling waits for the first try, whatever comes of it: a change of the webhook ends a poll under way.
        The menu of commands can wait.
        """
        failures = 0
        while True:
            try:
                await self._introduce(name, introduced)
            except (NotConnected, NoAnswer, Refused) as error:
                failures += 1
                log.warning("prepare_failed", platform=name, error=type(error).__name__, attempt=failures)
                await asyncio.sleep(backoff(failures, first=WAIT[0], most=WAIT[1]))
            else:
                return
            finally:
                introduced.set()

    async def _introduce(self, name: str, introduced: asyncio.Event) -> None:
        api, platform = self.apis[name], self.office.platforms[name]
        me, _ = await asyncio.gather(api.call("getMe", {}), self._say_where(name))
        self.office.bots[name] = str(me.get("username", ""))
        introduced.set()
        if platform.has_commands_menu:
            await api.call("setMyCommands", {"commands": start.bot_commands(Actor(None, ""))})
        log.info("platform_ready", platform=name)

    async def _say_where(self, name: str) -> None:
        """By webhook or by polling: how the platform is to hand updates over."""
        hook = next((hook for hook in self.hooks if hook.platform.name == name), None)
        if hook is None:
            await self.apis[name].call("deleteWebhook", {})
        else:
            await self.apis[name].call("setWebhook", _webhook_params(self.webhook_url, hook))


def _webhook_params(url: str, hook: Hook) -> dict[str, object]:
    params: dict[str, object] = {"url": f"{url}/hook/{hook.path}"}
    if hook.platform.has_secret_header:
        params["secret_token"] = hook.secret
    if hook.platform.sends_allowed_updates:
        params["allowed_updates"] = list(ALLOWED_UPDATES)
    return params
