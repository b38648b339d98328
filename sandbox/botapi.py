"""The Bot API over HTTP: /bot<token>/METHOD and /file/bot<token>/PATH."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import hdrs, web

from sandbox import account, sending
from sandbox.faults import KINDS, STALL_SECONDS, Fault, Faults
from sandbox.limits import Limits
from sandbox.state import Bot
from sandbox.validate import Params, Refused, Upload, bad, from_json, integer
from sandbox.world import World, dumps

Method = Callable[[World, Bot, Params], object]
CALLS_KEPT = 100_000
SUMMARY_LENGTH = 200
METHODS: dict[str, Method] = {
    "getme": account.get_me,
    "setwebhook": account.set_webhook,
    "deletewebhook": account.delete_webhook,
    "getwebhookinfo": account.get_webhook_info,
    "setmycommands": account.set_my_commands,
    "deletemycommands": account.delete_my_commands,
    "getmycommands": account.get_my_commands,
    "leavechat": account.leave_chat,
    "getchat": account.get_chat,
    "getfile": account.get_file,
    "logout": account.agree,
    "close": account.agree,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendmediagroup": sending.send_media_group,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": sending.edit_message_text,
    "editmessagecaption": sending.edit_message_caption,
    "editmessagereplymarkup": sending.edit_message_reply_markup,
    "answercallbackquery": sending.answer_callback_query,
    "deletemessage": sending.delete_message,
}
COUNTED = frozenset(("sendmessage", "sendphoto", "senddocument", "sendmediagroup"))


@dataclass(frozen=True, slots=True)
class Call:
    """One call that a bot made: `status` is the HTTP status (0: broken off), `at` seconds since 1970."""

    bot: str
    method: str
    params: dict[str, Any]
    status: int
    at: float

    def summary(self) -> dict[str, Any]:
        """For the page: parameters cut short."""
        short = {name: str(value)[:SUMMARY_LENGTH] for name, value in self.params.items()}
        return {"bot": self.bot, "method": self.method, "params": short, "status": self.status, "at": self.at}


class BotApi:
    """Takes the calls of all bots, keeps a list of them, and lets faults strike."""

    def __init__(self, world: World, faults: Faults) -> None:
        self.world = world
        self.faults = faults
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.counts: Counter[tuple[str, str, int]] = Counter()
        self._limits: defaultdict[str, Limits] = defaultdict(Limits)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One HTTP request."""
        bot = self.world.tokens.get(request.match_info["token"])
        if bot is None:
            return _answer(401, _refusal(Refused(401, "Unauthorized")))
        method = request.match_info["method"]
        try:
            params = await _read(request)
        except Refused as no:
            return self._record(bot, method, Params({}), no.code, _refusal(no))
        if not self.faults.orders:
            return self._record(bot, method, params, *await self.call(bot, method, params))
        return await self._call_ill(request, bot, method, params)

    async def call(self, bot: Bot, method: str, params: Params) -> tuple[int, str]:
        """Carry out one method: HTTP status and JSON text."""
        name = method.lower()
        try:
            if name == "getupdates":
                bot.updates.repeat = self.faults.repeat(bot.platform) if self.faults.orders else 1
                return 200, f'{{"ok":true,"result":{await account.get_updates(self.world, bot, params)}}}'
            do = METHODS.get(name)
            if do is None or name in bot.dialect.missing:
                raise Refused(404, "Not Found: method not found")  # noqa: TRY301 - refusals end alike
            if name in COUNTED and self.faults.orders and self.faults.limited(bot.platform):
                self._spend(bot, params)
            result = dumps(do(self.world, bot, params))
        except Refused as no:
            return no.code, _refusal(no)
        self.world.commit()  # what is answered is kept, whatever becomes of this process
        return 200, f'{{"ok":true,"result":{result}}}'

    def _spend(self, bot: Bot, params: Params) -> None:
        chat_id = integer(params, "chat_id")
        chat = bot.chats.get(chat_id)
        group = chat is not None and not chat.private
        self._limits[bot.platform].spend(self.world.clock.timestamp(), chat_id, group=group)

    async def _call_ill(
        self, request: web.Request, bot: Bot, method: str, params: Params
    ) -> web.StreamResponse:
        latency = self.faults.latency(bot.platform, method.lower())
        if latency:
            await asyncio.sleep(latency)
        fault = self.faults.draw(bot.platform, method.lower())
        if fault is None:
            return self._record(bot, method, params, *await self.call(bot, method, params))
        self.tell_faults()
        if fault.after:
            await self.call(bot, method, params)
        if KINDS[fault.kind].ending == "answer":
            status, body = fault.answer()
            return self._record(bot, method, params, status, body if isinstance(body, bytes) else dumps(body))
        return await self._break_off(request, bot, method, params, fault)

    async def _break_off(
        self, request: web.Request, bot: Bot, method: str, params: Params, fault: Fault
    ) -> web.StreamResponse:
        answer = self._record(bot, method, params, 0, "")
        if KINDS[fault.kind].ending == "stall":
            await asyncio.sleep(STALL_SECONDS if fault.delay is None else fault.delay)
        if request.transport is not None:
            request.transport.abort()
        return answer

    def _record(self, bot: Bot, method: str, params: Params, status: int, body: str | bytes) -> web.Response:
        self.note(bot, method, params, status)
        return _answer(status or 500, body)

    def tell_faults(self) -> None:
        """Tell the open pages which faults stand, and how often each has struck."""
        self.world.tell("faults", "", "", faults=self.faults.listed())

    def note(self, bot: Bot, method: str, params: Params, status: int) -> None:
        """Put a call on the list."""
        self.calls.append(Call(bot.platform, method, params.values, status, self.world.clock.timestamp()))
        self.counts[bot.platform, method, status] += 1

    async def download(self, request: web.Request) -> web.Response:
        """GET /file/bot<token>/<path>."""
        bot = self.world.tokens.get(request.match_info["token"])
        stored = bot and self.world.files.by_path(bot.platform, request.match_info["path"])
        if not stored:
            return _answer(404, _refusal(Refused(404, "Not Found")))
        return web.Response(body=self.world.files.data(stored), content_type="application/octet-stream")


def _refusal(no: Refused) -> str:
    told: dict[str, Any] = {"ok": False, "error_code": no.code, "description": no.description}
    if no.parameters:
        told["parameters"] = no.parameters
    return dumps(told)


def _answer(status: int, body: str | bytes) -> web.Response:
    if isinstance(body, bytes):
        return web.Response(status=status, body=body, content_type="text/html")
    return web.Response(status=status, body=body.encode(), content_type="application/json")


async def _read(request: web.Request) -> Params:
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    kind = request.headers.get(hdrs.CONTENT_TYPE, "").lower()
    if kind.startswith("multipart/"):
        return await _read_multipart(request, values)
    try:
        content = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "Request Entity Too Large") from None
    if not content:
        return Params(values)
    given: object
    if kind.startswith("application/json"):
        given = from_json(content, "can't parse JSON object")
    else:
        given = dict(parse_qsl(content.decode(errors="replace"), keep_blank_values=True))
    if not isinstance(given, dict):
        raise bad("object expected")
    return Params({**values, **given} if values else given)


async def _read_multipart(request: web.Request, values: dict[str, Any]) -> Params:
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "Request Entity Too Large") from None
    files = {}
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            values[name] = value
    return Params(values, files)
