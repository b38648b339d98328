"""One connection of the listener, guarded: a slow, silent or endless sender costs others nothing.

uvicorn ends a connection that rests between two requests, but waits for ever for the first one, for the rest
of a header and for the rest of a body, and reads a refused body to its end.
"""

import asyncio
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS: Final = 10.0
"""Within them a request has to be there, header and body, however it trickles."""
LINGER_SECONDS: Final = 1.0
"""How long somebody may read a refusal whose body was not wanted."""
MOST_CONNECTIONS: Final = 256
HEADER_BYTES: Final = 16 * 1024
_OURS_TO_WAIT: Final = (h11.IDLE, h11.SEND_BODY)


class Guarded(H11Protocol):
    """A connection with a deadline for every request, and a cap on connections.

    Beyond `MOST_CONNECTIONS` the one that has kept us waiting longest makes room for the new one: those who
    hold connections without a word lose them first.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's affair
        super().__init__(*args, **kwargs)
        self._deadline: asyncio.TimerHandle | None = None
        self._since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait, and let the longest waiter go where there are too many."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._watch()
        if len(self.connections) > MOST_CONNECTIONS:
            waiting = [one for one in self.connections if isinstance(one, Guarded) and one.keeps_waiting]
            min(waiting, key=lambda one: one._since).give_up()  # noqa: SLF001 - one of our own

    def data_received(self, data: bytes) -> None:
        """Take what came; the deadline of a request that is not whole stays as it was."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """A request that was answered before its body had come is read no further."""
        super().on_response_complete()
        self._since = self.loop.time()
        if self.conn.their_state is h11.SEND_BODY and not self.transport.is_closing():
            self.flow.pause_reading()
            self._rest()
            self._deadline = self.loop.call_later(LINGER_SECONDS, self.give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._rest()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    @property
    def keeps_waiting(self) -> bool:
        """Whether it is the sender's turn: no request, or a part of one, has come."""
        return self.conn.their_state in _OURS_TO_WAIT

    def give_up(self) -> None:
        """End the connection; it does not count any more."""
        self.connections.discard(self)
        self.transport.abort()

    def _watch(self) -> None:
        if not self.keeps_waiting:
            self._rest()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_SECONDS, self.give_up)

    def _rest(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
