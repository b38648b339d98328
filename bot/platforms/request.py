"""HTTP to a messenger: aiohttp behind python-telegram-bot's request interface.

PTB's own client costs 2.6 to 18 times the CPU of this one a request. The URL holds the token, so nothing
here logs it, and errors carry only the name of what went wrong.
"""

import asyncio
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import yarl
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.here import is_here

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 15.0
CONNECTIONS: Final = 256
# Shorter than the servers' own, so that a call rarely meets a connection that is just being closed.
KEEP_ALIVE_SECONDS: Final = 30.0
PROXY_SCHEMES: Final = ("http://", "socks4://", "socks5://")
# Raised before a byte of the request went out.
BEFORE_SENDING: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    ProxyConnectionError,
    ProxyTimeoutError,
    ProxyError,
)


class NotConnected(Exception):  # noqa: N818 - named for what happened
    """No connection: the request certainly did not go out. `reason` names the error's type."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoAnswer(Exception):  # noqa: N818 - named for what happened
    """The request went out and no usable answer came: nobody knows whether it was carried out."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Elsewhere(NotConnected):
    """The address is not of the server that this client is for, or would go out without TLS."""

    def __init__(self) -> None:
        super().__init__("elsewhere")


class TooLarge(Exception):  # noqa: N818 - named for what happened
    """An answer is larger than wanted. `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class AiohttpRequest(BaseRequest):
    """One keep-alive session with one server, and with no other.

    Certificates are checked by aiohttp's own context, which nothing here replaces: a private authority is
    added by the system's means (SSL_CERT_FILE), and no setting turns the check off.

    Args:
        proxy: "http://…" or "socks5://…" with user and password, empty for none.
        trust_env: whether a proxy of the environment is used (never for Bale).
        read_seconds: how long an answer may take.
    """

    __slots__ = ("_origin", "_proxy", "_read_seconds", "_session", "_trust_env")

    def __init__(
        self, *, proxy: str = "", trust_env: bool = False, read_seconds: float = READ_SECONDS
    ) -> None:
        self._proxy = proxy
        self._trust_env = trust_env
        self._read_seconds = read_seconds
        self._origin: yarl.URL | None = None
        self._session: aiohttp.ClientSession | None = None

    def keep_to(self, root: str) -> None:
        """Go to the server of this address only; without it to that of the first request."""
        self._origin = yarl.URL(root).origin()

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Nothing: the first call opens the session."""

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self, url: str) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            options: dict[str, Any] = {"limit": CONNECTIONS, "keepalive_timeout": KEEP_ALIVE_SECONDS}
            # One bot's calls all go to one host, so the environment is asked once, not by every call.
            proxy = self._proxy or (_environment_proxy(url) if self._trust_env else "")
            self._session = aiohttp.ClientSession(
                connector=ProxyConnector.from_url(proxy, **options)
                if proxy
                else aiohttp.TCPConnector(**options, ttl_dns_cache=60),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("User-Agent",),
            )
        return self._session

    async def exchange(
        self,
        method: str,
        url: str,
        *,
        json: object = None,
        form: aiohttp.FormData | None = None,
        read_seconds: float | None = None,
        connect_seconds: float = CONNECT_SECONDS,
        limit: int | None = None,
    ) -> tuple[int, bytes]:
        """One request and its answer: HTTP status and body.

        Raises:
            NotConnected: it did not go out.
            NoAnswer: it went out and no answer came.
            TooLarge: the body is longer than `limit` bytes.
            Elsewhere: the address is another server's.
        """
        there = self._on_our_server(url)
        timeout = _timeout(connect_seconds, self._read_seconds if read_seconds is None else read_seconds)
        # What is raised outside the except clauses carries no context: aiohttp's errors hold the URL.
        failure: NotConnected | NoAnswer
        try:
            async with self._opened(url).request(
                method, there, json=json, data=form, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await _body(answer, limit)
        except BEFORE_SENDING as error:
            failure = NotConnected(type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError, asyncio.IncompleteReadError) as error:
            failure = NoAnswer(type(error).__name__)
        raise failure

    def _on_our_server(self, url: str) -> yarl.URL:
        """The one place through which every outgoing request goes."""
        there = yarl.URL(url)
        if self._origin is None:
            self._origin = there.origin()
        # Without TLS the token could be read on the way, so it leaves this machine with TLS only.
        if there.origin() != self._origin or not (there.scheme == "https" or is_here(there.host or "")):
            raise Elsewhere
        return there

    async def do_request(  # noqa: PLR0917 - PTB's interface
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB's interface
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB's interface
    ) -> tuple[int, bytes]:
        """One request of a `telegram.Bot`.

        Raises:
            NetworkError: there was no connection.
            TimedOut: there was no answer.
        """
        form = _form(request_data) if request_data is not None and method == "POST" else None
        failure: NetworkError
        try:
            return await self.exchange(
                method,
                url,
                form=form,
                read_seconds=_seconds(read_timeout, self._read_seconds),
                connect_seconds=_seconds(connect_timeout, CONNECT_SECONDS),
            )
        except NotConnected as error:
            failure = NetworkError(error.reason)
        except NoAnswer as error:
            failure = TimedOut(error.reason)
        raise failure


async def _body(answer: aiohttp.ClientResponse, limit: int | None) -> bytes:
    if limit is None:
        return await answer.read()
    body = bytearray()
    async for chunk in answer.content.iter_chunked(2**16):
        body += chunk
        if len(body) > limit:
            raise TooLarge(limit)
    return bytes(body)


@lru_cache(maxsize=64)
def _timeout(connect: float, read: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, connect=connect, sock_connect=connect, sock_read=read)


def _environment_proxy(url: str) -> str:
    """The proxy that the environment (https_proxy, no_proxy, …) has for this address; empty for none."""
    parts = urlsplit(url)
    proxy = "" if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme, "")
    return proxy if proxy.startswith(PROXY_SCHEMES) else ""


def _seconds(given: object, otherwise: float) -> float:
    return float(given) if isinstance(given, int | float) else otherwise


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
