"""Answers to presses of buttons: the calls that die by themselves, made after the commit and not kept."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from bot.incoming import Aftermath, Incoming
from bot.logs import logger
from bot.platforms.api import BotApi, NoAnswer, NotConnected, Refused
from bot.platforms.platform import Platform

log = logger("presses")

ANSWER_SECONDS: Final = 10.0
ANSWERS_AT_ONCE: Final = 256
LAST_ANSWERS_SECONDS: Final = 1.0


class Presses:
    """Answers presses beside everything else; when too many answers wait, more are dropped."""

    def __init__(self, platforms: Mapping[str, Platform], apis: Mapping[str, BotApi]) -> None:
        self._platforms = platforms
        self._apis = apis
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, incoming: Incoming, aftermath: Aftermath) -> None:
        """Answer an update, if it is a press: even with nothing, so that the button comes to rest."""
        if incoming.kind == "press" and len(self._tasks) < ANSWERS_AT_ONCE:
            task = asyncio.create_task(self._post(incoming, aftermath))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def drain(self) -> None:
        """Give the answers on their way a moment."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LAST_ANSWERS_SECONDS)

    async def _post(self, incoming: Incoming, aftermath: Aftermath) -> None:
        platform, api = self._platforms[incoming.platform], self._apis[incoming.platform]
        text = aftermath.answer[: platform.limits.answer]
        params: dict[str, Any] = {"callback_query_id": incoming.query_id}
        if text:
            params |= {"text": text, "show_alert": aftermath.alert}
        old = platform.old_query_prefix and incoming.query_id.startswith(platform.old_query_prefix)
        try:
            await api.call("answerCallbackQuery", params, timeout=ANSWER_SECONDS)
            if text and old:
                await api.call("sendMessage", {"chat_id": incoming.chat_id, "text": text})
        except (Refused, NotConnected, NoAnswer) as error:
            log.info("answer_lost", platform=incoming.platform, error=type(error).__name__)
