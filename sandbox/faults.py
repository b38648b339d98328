"""Faults on order: what a bot meets when the platform, a proxy or the network is ill."""

import random
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any, Literal

Json = dict[str, Any]
Ending = Literal["answer", "abort", "stall"]
PROXY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
STALL_SECONDS = 60.0
OTHER_POLL = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of fault does: the status and description it answers with, or how it breaks off."""

    status: int = 0
    description: str = ""
    after: bool = False
    ending: Ending = "answer"
    http_status: int = 0


KINDS = {
    "400": Kind(400, "Bad Request: BAD_REQUEST"),
    "401": Kind(401, "Unauthorized"),
    "403": Kind(403, "Forbidden: bot was blocked by the user"),
    "404": Kind(404, "Not Found"),
    "409": Kind(409, OTHER_POLL),
    "429": Kind(429, "Too Many Requests: retry after {retry_after}"),
    "500": Kind(500, "Internal Server Error"),
    "502": Kind(502, "Bad Gateway"),
    "html_502": Kind(502),
    "ok_false_200": Kind(400, "Bad Request: BAD_REQUEST", http_status=200),
    "timeout_before": Kind(ending="stall"),
    "timeout_after": Kind(ending="stall", after=True),
    "reset_before": Kind(ending="abort"),
    "reset_after": Kind(ending="abort", after=True),
}
# Conditions are not drawn for a call but hold as long as they stand in the list.
CONDITIONS = ("latency", "repeat", "rate_limit")


@dataclass(slots=True)
class Fault:
    """One order.

    Attributes:
        kind: a key of KINDS, or "latency" (`delay` seconds before every call), "repeat" (each update
            comes `times` times), "rate_limit" (Telegram's limits are kept).
        bot: the platform, "*" for both.
        method: the method, "*" for all.
        times: how often (None: always).
        rate: the share of calls it hits, 0 to 1 (None: all).
        retry_after: seconds, in a 429.
        delay: seconds; how long a time-out stalls before the connection breaks.
        description: instead of the kind's own.
        executed: whether the call is carried out first (None: as the kind has it).
        hits: how often it struck.
        id: its number in the list, for ending it alone.
    """

    kind: str
    bot: str = "*"
    method: str = "*"
    times: int | None = None
    rate: float | None = None
    retry_after: int = 1
    delay: float | None = None
    description: str = ""
    executed: bool | None = None
    hits: int = 0
    id: int = 0

    @property
    def over(self) -> bool:
        """Whether it has struck as often as it was ordered to; a condition never is."""
        return self.kind not in CONDITIONS and self.times is not None and self.hits >= self.times

    @property
    def after(self) -> bool:
        """Whether the call is carried out before it fails."""
        return KINDS[self.kind].after if self.executed is None else self.executed

    def answer(self) -> tuple[int, bytes | Json]:
        """HTTP status and body (a proxy's page as bytes)."""
        kind = KINDS[self.kind]
        if self.kind == "html_502":
            return kind.status, PROXY_PAGE
        said = (self.description or kind.description).format(retry_after=self.retry_after)
        told: Json = {"ok": False, "error_code": kind.status, "description": said}
        if self.kind == "429":
            told["parameters"] = {"retry_after": self.retry_after}
        return kind.http_status or kind.status, told

    def stands(self, bot: str, method: str) -> bool:
        """Whether it is meant for this bot and method, and not used up."""
        return (
            self.bot in ("*", bot) and (self.method == "*" or self.method.lower() == method) and not self.over
        )


class UnknownFault(ValueError):  # noqa: N818 - named for what happened
    """No such kind of fault."""


class Faults:
    """The orders that stand; `draw` says which one, if any, a call meets."""

    def __init__(self, seed: int = 47) -> None:
        self.orders: list[Fault] = []
        self._numbers = count(1)
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def add(
        self,
        bot: str,
        method: str,
        kind: str,
        *,
        times: int | None = None,
        rate: float | None = None,
        retry_after: int = 1,
        delay: float | None = None,
        description: str = "",
        executed: bool | None = None,
    ) -> Fault:
        """Order a fault; the arguments are those of `Fault`.

        Raises:
            UnknownFault: no such kind.
        """
        if kind not in KINDS and kind not in CONDITIONS:
            raise UnknownFault(kind)
        number = next(self._numbers)
        order = Fault(kind, bot, method, times, rate, retry_after, delay, description, executed, id=number)
        self.orders.append(order)
        return order

    def clear(self, bot: str = "*") -> None:
        """Take back all orders, or those of one bot."""
        self.orders = [order for order in self.orders if bot not in ("*", order.bot)]

    def end(self, number: int) -> None:
        """Take back one order by its `id`; none that is gone is missed."""
        self.orders = [order for order in self.orders if order.id != number]

    def listed(self) -> list[Json]:
        """All orders with their hits, and whether they are `over`, for the page."""
        return [{**asdict(order), "over": order.over} for order in self.orders]

    def latency(self, bot: str, method: str) -> float:
        """Seconds that every call takes longer."""
        return sum(o.delay or 0.0 for o in self.orders if o.kind == "latency" and o.stands(bot, method))

    def repeat(self, bot: str) -> int:
        """How often each update is delivered."""
        return max(
            (o.times or 1 for o in self.orders if o.kind == "repeat" and o.bot in ("*", bot)), default=1
        )

    def limited(self, bot: str) -> bool:
        """Whether the platform's rate limits are kept."""
        return any(order.kind == "rate_limit" and order.bot in ("*", bot) for order in self.orders)

    def draw(self, bot: str, method: str) -> Fault | None:
        """The first order that this call meets."""
        for order in self.orders:
            if order.kind in CONDITIONS or not order.stands(bot, method):
                continue
            if order.rate is None or self._random.random() < order.rate:
                order.hits += 1
                return order
        return None
