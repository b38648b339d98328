"""Telegram's limits on sending, kept strictly when asked for: 30 a second, 1 a second per chat."""

import math
from collections import defaultdict, deque

from sandbox.validate import Refused

OVERALL = 30
PER_SECOND = 1.0
BURST = 5.0
GROUP_A_MINUTE = 20


class Limits:
    """What one bot has sent lately; moments are seconds of the sandbox's clock."""

    def __init__(self) -> None:
        self._lately: deque[float] = deque()
        self._chats: dict[int, tuple[float, float]] = {}
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)

    def spend(self, now: float, chat_id: int, *, group: bool) -> None:
        """Count one message, or refuse it (a refused one does not count).

        Raises:
            Refused: 429 with `retry_after`.
        """
        wait = max(self._overall(now), self._in_group(now, chat_id) if group else self._in_chat(now, chat_id))
        if wait > 0:
            seconds = math.ceil(wait)
            raise Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        self._lately.append(now)
        if group:
            self._groups[chat_id].append(now)
        else:
            tokens, _ = self._tokens(now, chat_id)
            self._chats[chat_id] = (tokens - 1, now)

    def _overall(self, now: float) -> float:
        return _window(self._lately, now, OVERALL, 1.0)

    def _in_group(self, now: float, chat_id: int) -> float:
        return _window(self._groups[chat_id], now, GROUP_A_MINUTE, 60.0)

    def _in_chat(self, now: float, chat_id: int) -> float:
        tokens, _ = self._tokens(now, chat_id)
        return 0.0 if tokens >= 1 else (1 - tokens) / PER_SECOND

    def _tokens(self, now: float, chat_id: int) -> tuple[float, float]:
        tokens, at = self._chats.get(chat_id, (BURST, now))
        return min(BURST, tokens + (now - at) * PER_SECOND), now


def _window(sent: deque[float], now: float, most: int, seconds: float) -> float:
    while sent and sent[0] <= now - seconds:
        sent.popleft()
    return 0.0 if len(sent) < most else sent[0] + seconds - now
