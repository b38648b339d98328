"""The people API: what the chat page and outside tests do over HTTP, under /sandbox/."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlsplit

from aiohttp import web

from sandbox.botapi import BotApi
from sandbox.faults import UnknownFault
from sandbox.files import PNG
from sandbox.phones import Impossible, Phone
from sandbox.state import Chat, Json
from sandbox.validate import Refused, Upload
from sandbox.world import World, dumps

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LAST_CALLS = 500


class PeopleApi:
    """Routes of the people API over one world."""

    def __init__(self, world: World, api: BotApi) -> None:
        self.world = world
        self.api = api
        self._phones: dict[tuple[str, str], Phone] = {}

    def phone(self, platform: str, address: str) -> Phone:
        """The phone at an address; the same object every time.

        Raises:
            KeyError: there is none.
        """
        place = (platform, address)
        if place not in self._phones:
            self._phones[place] = Phone(self.world, self.world.people[place])
        return self._phones[place]

    def routes(self) -> list[web.RouteDef]:
        """All routes, each guarded."""
        chat = "/sandbox/chat/{platform}/{key}"
        verbs = {
            "send": self._send,
            "press": self._press,
            "upload": self._upload,
            "contact": self._contact,
            "block": self._block,
            "start": self._start,
            "edit": self._edit,
        }
        plain = [
            web.get("/sandbox/state", guarded(self._state)),
            web.get(chat, guarded(self._chat)),
            web.post("/sandbox/people", guarded(self._add_person)),
            web.post("/sandbox/clock", guarded(self._clock)),
            web.get("/sandbox/faults", guarded(self._faults)),
            web.post("/sandbox/faults", guarded(self._add_fault)),
            web.delete("/sandbox/faults", guarded(self._clear_faults)),
            web.get("/sandbox/calls", guarded(self._calls)),
            web.post("/sandbox/jump", guarded(self._jump)),
            web.post("/sandbox/group", guarded(self._add_group)),
            web.get("/sandbox/groups", guarded(self._groups)),
            web.get("/sandbox/file/{platform}/{id}", guarded(self._file)),
            web.get("/sandbox/live", guarded(self._live)),
        ]
        return plain + [web.post(f"{chat}/{verb}", guarded(do)) for verb, do in verbs.items()]

    def _at(self, request: web.Request) -> Phone:
        return self.phone(request.match_info["platform"], request.match_info["key"])

    # --- looking -------------------------------------------------------------------------------

    async def _state(self, _request: web.Request) -> web.Response:
        return answer(
            {
                **self._time(),
                "faults": self.api.faults.listed(),
                "bots": [
                    {"platform": b.platform, "username": b.username, "name": b.name, "commands": b.commands}
                    for b in self.world.bots.values()
                ],
                "people": [person.shown for person in self.world.people.values()],
            },
        )

    async def _chat(self, request: web.Request) -> web.Response:
        phone = self._at(request)
        return answer(
            {"messages": phone.messages(), "keyboard": phone.keyboard(), "typing": phone.typing()},
        )

    async def _groups(self, _request: web.Request) -> web.Response:
        return answer({"groups": [_group(group) for group in self.world.groups()]})

    async def _calls(self, request: web.Request) -> web.Response:
        wanted = request.query.get("bot")
        calls = [call.summary() for call in self.api.calls if wanted in (None, call.bot)]
        return answer({"calls": calls[-int(request.query.get("limit", LAST_CALLS)) :]})

    async def _file(self, request: web.Request) -> web.Response:
        stored = self.world.files.by_id(request.match_info["platform"], request.match_info["id"])
        if stored is None:
            raise Impossible("no_such_file")
        # Only pictures open in the page; everything else is saved, so that no sent page can run here.
        data = self.world.files.data(stored)
        picture = "image/png" if data.startswith(PNG) else "image/jpeg"
        how = "inline" if stored.width else "attachment"
        headers = {
            "Content-Type": picture if stored.width else "application/octet-stream",
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(stored.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=data, headers=headers)

    # --- doing ---------------------------------------------------------------------------------

    async def _send(self, request: web.Request) -> web.Response:
        given = await request.json()
        text = str(given["text"])
        if not text.strip():
            raise Impossible("empty_text")
        sent = await self._at(request).send(text, reply_to=given.get("reply_to"), group=given.get("group"))
        return answer({"message": sent})

    async def _press(self, request: web.Request) -> web.Response:
        given = await request.json()
        told = await self._at(request).press(
            str(given["data"]), message_id=given.get("message_id"), force=bool(given.get("force"))
        )
        return answer({"answer": told})

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        files = form.getall("file")
        if not all(isinstance(file, web.FileField) for file in files):
            raise Impossible("no_file")
        uploads = [
            Upload(file.filename, file.content_type, file.file.read())
            for file in files
            if isinstance(file, web.FileField)
        ]
        sent = await self._at(request).send_files(
            uploads, caption=str(form.get("caption", "")), photo=form.get("as") == "photo"
        )
        return answer({"message": sent[0], "messages": sent})

    async def _contact(self, request: web.Request) -> web.Response:
        given = await _json(request)
        sent = await self._at(request).share_contact(
            str(given.get("phone_number", "")), user_id=given.get("user_id")
        )
        return answer({"message": sent})

    async def _block(self, request: web.Request) -> web.Response:
        blocked = bool((await _json(request)).get("blocked", True))
        await self._at(request).block_bot(blocked=blocked)
        return answer({"blocked": blocked})

    async def _start(self, request: web.Request) -> web.Response:
        payload = str((await _json(request)).get("payload") or "")
        return answer({"message": await self._at(request).start(payload)})

    async def _edit(self, request: web.Request) -> web.Response:
        given = await request.json()
        edited = await self._at(request).edit(int(given["message_id"]), str(given["text"]))
        return answer({"message": edited})

    async def _add_person(self, request: web.Request) -> web.Response:
        given = await request.json()
        person = self.world.add_person(
            str(given["key"]),
            str(given["name"]),
            platform=str(given["platform"]),
            user_id=given.get("user_id"),
            role_hint=str(given.get("role_hint", "")),
        )
        self.world.commit()
        return answer({"person": person.shown})

    async def _add_group(self, request: web.Request) -> web.Response:
        given = await request.json()
        group = await self.phone(given["platform"], given["by"]).open_group(str(given["title"]))
        return answer({"group": _group(group)})

    async def _clock(self, request: web.Request) -> web.Response:
        given = await request.json()
        if given.get("reset"):
            self.world.clock.reset()
        self.world.clock.advance(float(given.get("advance", 0)))
        time = self._time()
        self.world.keep(self.world.clock)
        self.world.tell("clock", "", "", **time)
        return answer(time)

    def _time(self) -> Json:
        """What time it is here, and by how many seconds that is ahead of the real time."""
        clock = self.world.clock
        return {"now": clock().isoformat(), "ahead": clock.offset}

    async def _jump(self, request: web.Request) -> web.Response:
        given = await request.json()
        bot = self.world.bots[given["bot"]]
        bot.next_update += int(given["by"])
        self.world.keep(bot)
        return answer({"next_update_id": bot.next_update})

    # --- faults --------------------------------------------------------------------------------

    async def _faults(self, _request: web.Request) -> web.Response:
        return answer({"faults": self.api.faults.listed()})

    async def _add_fault(self, request: web.Request) -> web.Response:
        given = await request.json()
        given = {"bot": "*", "method": "*", **given}
        self.api.faults.add(**given)
        return self._tell_faults()

    async def _clear_faults(self, request: web.Request) -> web.Response:
        if "id" in request.query:
            self.api.faults.end(int(request.query["id"]))
        else:
            self.api.faults.clear(request.query.get("bot", "*"))
        return self._tell_faults()

    def _tell_faults(self) -> web.Response:
        self.api.tell_faults()
        return answer({"faults": self.api.faults.listed()})

    # --- live ----------------------------------------------------------------------------------

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        events: asyncio.Queue[Json] = asyncio.Queue()
        self.world.listeners.add(events)
        pump = asyncio.create_task(_pump(events, socket))
        try:
            async for _ in socket:
                pass
        finally:
            self.world.listeners.discard(events)
            pump.cancel()
        return socket


async def _pump(events: asyncio.Queue[Json], socket: web.WebSocketResponse) -> None:
    while (event := await events.get())["type"] != "closing":
        await socket.send_str(dumps(event))
    await socket.close()


def _group(group: Chat) -> Json:
    return {
        "platform": group.platform,
        "id": group.id,
        "key": group.address,
        "title": group.raw["title"],
        "messages": [message.raw for message in group.messages.values()],
    }


async def _json(request: web.Request) -> dict[str, Any]:
    given = await request.json() if request.can_read_body else {}
    return given if isinstance(given, dict) else {}


def answer(value: Json, status: int = 200) -> web.Response:
    """A JSON answer."""
    return web.Response(status=status, body=dumps(value).encode(), content_type="application/json")


# What a caller's mistake is called in {"error": code}, and its HTTP status; the first that fits.
MISTAKES: tuple[tuple[type[Exception], str, int], ...] = (
    (UnknownFault, "unknown_fault", 400),
    (KeyError, "not_found", 404),
    (TypeError, "bad_request", 400),
    (ValueError, "bad_request", 400),
)


def guarded(handler: Handler) -> Handler:
    """Turn mistakes of the caller into answers {"error": code}; refuse pages of other origins."""

    async def guard(request: web.Request) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            return answer({"error": "other_origin"}, 403)
        try:
            return await handler(request)
        except Impossible as why:
            return answer({"error": why.code}, 409)
        except Refused as why:
            return answer({"error": why.description}, 400)
        except (KeyError, TypeError, ValueError) as wrong:
            code, status = next((c, s) for kind, c, s in MISTAKES if isinstance(wrong, kind))
            return answer({"error": code, "what": str(wrong)}, status)

    return guard
