"""Updates by HTTP POST: Telegram's and Bale's webhooks, received on localhost behind a TLS proxy."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.intake import DeliverTo, TakeAtOnce, never_at_once, raw_update, receive, take_at_once
from bot.logs import logger
from bot.platforms.platform import Platform
from storage.engine import Store
from storage.errors import StoreDown

log = logger("webhook")

BODY_LIMIT: Final = 256 * 1024
RETRY_SECONDS: Final = 5
SECRET_HEADER: Final = b"x-telegram-bot-api-secret-token"
PATH: Final = "/hook/{secret}"


@dataclass(frozen=True, slots=True)
class Hook:
    """One bot's webhook: an unguessable path, and where the platform has it a secret header as well."""

    platform: Platform
    path: str = field(repr=False)
    secret: str = field(default="", repr=False)


class TooLong(Exception):  # noqa: N818 - named for what happened
    """The body is longer than any update."""


def webhook(
    store: Store, hooks: Sequence[Hook], deliver_to: DeliverTo, at_once: TakeAtOnce = never_at_once
) -> Route:
    """The route `/hook/{secret}` of all bots; an update is answered 200 only after it is on disk."""

    async def take(request: Request) -> Response:
        hook = _hook(hooks, request)
        if hook is None:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        try:
            update = raw_update(json.loads(await _body(request)))
        except TooLong:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except (ValueError, RecursionError, ClientDisconnect):
            update = None
        if update is None:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        try:
            if await take_at_once(at_once, hook.platform.name, [update]):
                return Response(status_code=HTTPStatus.OK)
            rows = await receive(store, hook.platform.name, [update])
        except StoreDown as down:
            log.warning("update_refused", platform=hook.platform.name, reason=down.reason)
            return Response(
                status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(RETRY_SECONDS)}
            )
        deliver_to(rows)
        return Response(status_code=HTTPStatus.OK)

    return Route(PATH, take, methods=["POST"])


def _hook(hooks: Sequence[Hook], request: Request) -> Hook | None:
    path = request.path_params["secret"].encode("utf-8", "surrogateescape")
    headers = [value for name, value in request.scope["headers"] if name == SECRET_HEADER]
    # A platform sends one; of two nobody can tell which one the proxy before us has looked at.
    header = headers[0] if len(headers) == 1 else b""
    # All are compared, so that the time tells nothing about which one was near.
    fitting = [hook for hook in hooks if _fits(hook, path, header)]
    return fitting[0] if fitting else None


def _fits(hook: Hook, path: bytes, header: bytes) -> bool:
    path_fits = hmac.compare_digest(hook.path.encode(), path)
    if not hook.platform.has_secret_header:
        return path_fits
    return hmac.compare_digest(hook.secret.encode(), header) and path_fits


async def _body(request: Request) -> bytes:
    # What says itself that it is too long is not begun; what says nothing, or lies, is stopped at the limit.
    if int(request.headers.get("content-length", 0)) > BODY_LIMIT:
        raise TooLong
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise TooLong
    return bytes(body)
