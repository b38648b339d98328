"""How the process is: /healthz (alive), /readyz (of use), /metrics; and the listener that carries them."""

import contextlib
from collections.abc import Generator, Sequence
from http import HTTPStatus
from typing import Final, Protocol

import uvicorn
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.clock import Clock
from bot.delivery import Sender
from bot.guard import HEADER_BYTES, Guarded
from bot.intake import Polling
from bot.metrics import BACKLOG, OLDEST, POLL_AGE, REGISTRY
from storage.engine import Store
from storage.errors import StoreDown
from storage.work import Work

STALLED_SECONDS: Final = 90.0
LOOPBACK: Final = "127.0.0.1"


class Running(Protocol):
    """A task of the process, as far as its health goes."""

    def done(self) -> bool:
        """Whether it has ended, which none of them should."""


class Health:
    """What the process says of itself.

    Args:
        pollings: one per platform that is polled.
        senders: one per platform.
        tasks: what must keep running, by name; filled by the composition as it starts them.
    """

    def __init__(
        self,
        store: Store,
        pollings: Sequence[Polling] = (),
        senders: Sequence[Sender] = (),
        *,
        clock: Clock | None = None,
    ) -> None:
        self.tasks: dict[str, Running] = {}
        self._store = store
        self._pollings = pollings
        self._senders = senders
        self._clock = clock or Clock()

    def faults(self) -> list[str]:
        """Why a restart would help; none while the process is alive."""
        ended = [f"task_ended:{name}" for name, task in self.tasks.items() if task.done()]
        return ended + [
            f"polling_stalled:{polling.platform.name}"
            for polling in self._pollings
            if self._clock.monotonic() - polling.next_poll_at > STALLED_SECONDS
        ]

    async def obstacles(self) -> list[str]:
        """Why the process is of no use now; a restart would not help."""
        lanes: list[Polling | Sender] = [*self._pollings, *self._senders]
        refused = {f"token_refused:{lane.platform.name}": None for lane in lanes if lane.state == "refused"}
        unheard = [
            f"no_successful_poll:{polling.platform.name}"
            for polling in self._pollings
            if polling.state == "polling" and self._since_success(polling) > STALLED_SECONDS
        ]
        cut_off = [f"no_path:{sender.platform.name}" for sender in self._senders if sender.state == "no_path"]
        down = [] if await self._store.healthy() else ["store_down"]
        return [*down, *refused, *unheard, *cut_off]

    async def measure(self) -> None:
        """Bring the gauges up to date.

        Raises:
            StoreDown: those of the store could not be read.
        """
        for polling in self._pollings:
            POLL_AGE.labels(polling.platform.name).set(self._age(polling))
        await self._store.run(_measure)

    def routes(self) -> list[Route]:
        """/healthz, /readyz and /metrics."""
        return [
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
            Route("/metrics", self._metrics),
        ]

    async def _healthz(self, _: Request) -> Response:
        return _told(self.faults())

    async def _readyz(self, _: Request) -> Response:
        return _told(self.faults() + await self.obstacles())

    async def _metrics(self, _: Request) -> Response:
        with contextlib.suppress(StoreDown):
            await self.measure()
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)

    def _since_success(self, polling: Polling) -> float:
        return self._clock.monotonic() - polling.last_success_at

    def _age(self, polling: Polling) -> float:
        return self._clock.monotonic() - polling.last_poll_at


def _told(problems: list[str]) -> Response:
    status = HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK
    return JSONResponse({"ok": not problems, "problems": problems}, status_code=status)


def _measure(work: Work) -> None:
    """Read depth and age of both boxes into the gauges."""
    BACKLOG.clear()
    BACKLOG.labels("inbox", "waiting").set(work.inbox.depth())
    for state, count in work.outbox.counts().items():
        BACKLOG.labels("outbox", state).set(count)
    for box, oldest in (("inbox", work.inbox.oldest()), ("outbox", work.outbox.oldest_due())):
        age = 0.0 if oldest is None else max(0.0, (work.now - oldest).total_seconds())
        OLDEST.labels(box).set(age)


class Listener(uvicorn.Server):
    """uvicorn inside this process: signals are the composition's business, not its."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave them alone."""
        yield


def listener(routes: Sequence[BaseRoute], port: int, host: str = LOOPBACK) -> Listener:
    """A listener for these routes: `await it.serve()`; it ends soon after `should_exit` is set.

    It writes no access log and trusts no forwarding headers; a TLS proxy stands before it.
    """
    config = uvicorn.Config(
        Starlette(routes=list(routes)),
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
        http=Guarded,
        ws="none",
        h11_max_incomplete_event_size=HEADER_BYTES,
        # Strangers' garbage is answered; a line for each would let them write into the log.
        log_level="error",
    )
    return Listener(config)
