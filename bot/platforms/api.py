"""Calls of one bot's API, with every answer sorted into what it means."""

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote

import aiohttp

from bot.platforms.platform import Platform
from bot.platforms.request import AiohttpRequest, NoAnswer, NotConnected, TooLarge

__all__ = ["BotApi", "Json", "NoAnswer", "NotConnected", "Refused", "Upload"]

Json = dict[str, Any]
ENHANCE_YOUR_CALM: Final = 420
# How long to wait when a 429 does not say.
UNSAID_RETRY_AFTER: Final = 5.0
_NO_PATH: Final = re.compile(r"[?#\x00-\x1f\x7f]")


class Refused(Exception):  # noqa: N818 - named for what happened
    """The messenger answered «no».

    Attributes:
        code: its error code (420 is given as 429).
        description: its words. They may repeat what was sent: never log them.
        retry_after: seconds to wait, for a 429.
    """

    def __init__(self, code: int, description: str = "", retry_after: float = 0.0) -> None:
        super().__init__(code)
        self.code = code
        self.description = description
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that goes with a call, under the parameter `field`. `name` is ASCII."""

    field: str
    name: str
    mime: str
    content: bytes


class BotApi:
    """One bot's API.

    Args:
        platform: the messenger.
        token: the bot's token; it is in no repr, log or error.
        base: the root of the API, the platform's own when empty.
        request: the HTTP session.
    """

    def __init__(self, platform: Platform, token: str, base: str, request: AiohttpRequest) -> None:
        root = (base or platform.default_api).rstrip("/")
        self.platform = platform
        self._methods = f"{root}/bot{token}/"
        self._files = f"{root}/file/bot{token}/"
        self._request = request
        request.keep_to(root)

    def __repr__(self) -> str:
        return f"BotApi({self.platform.name})"

    async def call(
        self,
        method: str,
        params: Json,
        *,
        upload: Upload | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - it tells a time-out before sending from one after
    ) -> Any:  # noqa: ANN401 - JSON
        """Call a method; gives the answer's `result`. `timeout` is how many seconds an answer may take.

        Raises:
            Refused: the messenger said no.
            NotConnected: the request did not go out.
            NoAnswer: it went out, but no answer of the Bot API came back (a 5xx is none either).
        """
        status, body = await self._request.exchange(
            "POST",
            self._methods + method,
            json=params if upload is None else None,
            form=None if upload is None else _form(params, upload),
            read_seconds=timeout,
        )
        return _result(status, body)

    async def download(self, file_id: str, limit: int) -> bytes:
        """The bytes of a file that a person sent.

        Raises:
            Refused: also (413) when it has more than `limit` bytes, and (400) when its path leads elsewhere.
            NotConnected: the request did not go out.
            NoAnswer: no answer came.
        """
        found = await self.call("getFile", {"file_id": file_id})
        if not isinstance(found, dict) or not isinstance(found.get("file_path"), str):
            raise NoAnswer("no_file_path")
        try:
            status, body = await self._request.exchange(
                "GET", self._files + _within(found["file_path"]), limit=limit
            )
        except TooLarge:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE) from None
        if status == HTTPStatus.OK:
            return body
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise NoAnswer(str(status))
        raise Refused(status)

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()


def _within(path: str) -> str:
    """A path that getFile gave, below the bot's files.

    Raises:
        Refused: it would lead out of them: to another method of the bot, say, with the token in its address.
    """
    bare = path.lstrip("/")
    steps = set(unquote(unquote(bare)).replace("\\", "/").split("/"))
    if not bare or "://" in bare or {".", ".."} & steps or _NO_PATH.search(bare):
        raise Refused(HTTPStatus.BAD_REQUEST)
    return bare


def _result(status: int, body: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or "ok" not in answer:
        # A proxy's or a filter's page, whatever its status; only «too large» is also said by the front door.
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise Refused(status)
        raise NoAnswer(f"page_{status}")
    if answer["ok"] is True:
        return answer.get("result")
    raise _refusal(status, answer)


def _refusal(status: int, answer: Json) -> Refused | NoAnswer:
    said = answer.get("error_code")
    code = said if isinstance(said, int) and not isinstance(said, bool) else status
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NoAnswer(str(code))
    description = str(answer.get("description") or "")
    if code in (HTTPStatus.TOO_MANY_REQUESTS, ENHANCE_YOUR_CALM):
        return Refused(HTTPStatus.TOO_MANY_REQUESTS, description, _retry_after(answer))
    return Refused(max(code, HTTPStatus.BAD_REQUEST), description)


def _retry_after(answer: Json) -> float:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(seconds, int | float) and seconds > 0:
        return float(seconds)
    return UNSAID_RETRY_AFTER


def _form(params: Json, upload: Upload) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    form.add_field(upload.field, upload.content, filename=upload.name, content_type=upload.mime)
    return form
