"""The ports that the process listens on, bound before anything runs."""

import socket

from bot.health import LOOPBACK, Listener


class PortTaken(Exception):  # noqa: N818 - named for what happened
    """A port cannot be listened on.

    Attributes:
        setting: the environment variable that names it.
        port: its number.
        reason: the system's word for why.
    """

    def __init__(self, setting: str, port: int, reason: str) -> None:
        super().__init__(setting, port, reason)
        self.setting = setting
        self.port = port
        self.reason = reason


def bound(setting: str, port: int) -> socket.socket:
    """A socket on localhost; bound here, so that a port already taken is told before anything runs."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((LOOPBACK, port))
    except OSError as error:
        made.close()
        raise PortTaken(setting, port, error.strerror or str(error)) from None
    return made


async def listen(port: Listener, at: socket.socket) -> None:
    """Serve on a bound socket until the listener's `should_exit` is set."""
    await port.serve(sockets=[at])
