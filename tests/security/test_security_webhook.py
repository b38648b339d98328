"""Strangers at the webhook's port: whatever they send costs nothing, changes nothing and leaves no trace."""

import asyncio
import contextlib
import gzip
import hashlib
import io
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from town import Town, build_sandbox, town_settings

from bot import guard

SECRET = "security-webhook-secret-0123456789abcdef"
NAME, NATIONAL_ID = "آزادهٔ‌قناری", "0499370899"
PATIENCE = 30.0
HEADER = "X-Telegram-Bot-Api-Secret-Token"
RIGHT = f"{HEADER}: {SECRET}\r\n"
TELEGRAM, BALE = f"/hook/telegram-{SECRET}", f"/hook/bale-{SECRET}"
LONG = 99_000_000


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose platforms bring updates by webhook."""
    sandbox, port = await build_sandbox(), free_port()
    hooked = {
        "webhook_url": f"http://127.0.0.1:{port}",
        "webhook_port": port,
        "webhook_secret": SecretStr(SECRET),
    }
    settings = town_settings(sandbox, sqlite_url, tmp_path / "home").model_copy(update=hooked)
    town = Town(sandbox, settings, "telegram")
    await town.open()
    await _listens(port)
    yield town
    await town.close()
    await sandbox.stop()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _listens(port: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.01)


def update(number: int = 7, **message: Any) -> bytes:  # noqa: ANN401 - JSON
    """An update that would be answered, if it were believed."""
    person = {"id": 5, "is_bot": False, "first_name": NAME}
    told = {
        "message_id": 1,
        "date": 1_790_000_000,
        "chat": {"id": 5, "type": "private"},
        "from": person,
        "text": f"پیگیری {NATIONAL_ID}",
        **message,
    }
    return json.dumps({"update_id": number, "message": told}).encode()


def post(path: str, headers: str = "", body: bytes = b"", *, length: int | None = None) -> bytes:
    """A request as it goes over the wire; `length` is what its header claims."""
    claimed = len(body) if length is None else length
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {claimed}\r\n\r\n"
    return head.encode("utf-8", "surrogateescape") + body


def chunked(path: str, headers: str, *chunks: bytes) -> bytes:
    """A request that does not say how long it will be, and does not end."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\n{headers}Transfer-Encoding: chunked\r\n\r\n".encode()
    return head + b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)


async def answers(town: Town, raw: bytes, *, to_the_end: bool = False) -> list[int]:
    """Send these bytes, and nothing more; the status that comes, or all until the other side hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", town.settings.webhook_port)
    writer.write(raw)
    found = bytearray()
    with contextlib.suppress(OSError):
        async with asyncio.timeout(PATIENCE):
            while (to_the_end or b"\r\n\r\n" not in found) and (piece := await reader.read(65_536)):
                found += piece
    writer.close()
    return [int(part[:3]) for part in bytes(found).split(b"HTTP/1.1 ")[1:]]


async def all_answers(town: Town, attacks: Mapping[str, bytes]) -> dict[str, list[int]]:
    """What each of these is answered."""
    return {name: await answers(town, raw) for name, raw in attacks.items()}


def digest(town: Town) -> str:
    """All that stands in the tables."""
    path = town.settings.store_url.removeprefix("sqlite:///")
    found = hashlib.sha256()
    with contextlib.closing(sqlite3.connect(path)) as store:
        for line in store.iterdump():
            found.update(line.encode("utf-8", "surrogatepass"))
    return found.hexdigest()


STRANGERS = {
    "no secret": post(TELEGRAM, "", update()),
    "an empty secret": post(TELEGRAM, f"{HEADER}: \r\n", update()),
    "half of it": post(TELEGRAM, f"{HEADER}: {SECRET[:-1]}\r\n", update()),
    "more than it": post(TELEGRAM, f"{HEADER}: {SECRET}x\r\n", update()),
    "in capitals": post(TELEGRAM, f"{HEADER}: {SECRET.upper()}\r\n", update()),
    "not ASCII": post(TELEGRAM, f"{HEADER}: رمز\r\n", update()),
    "bytes of no text": post(TELEGRAM, f"{HEADER}: \udcff\udcfe\r\n", update()),
    "of 12,000 letters": post(TELEGRAM, f"{HEADER}: {'x' * 12_000}\r\n", update()),
    "right and then wrong": post(TELEGRAM, f"{RIGHT}{HEADER}: x\r\n", update()),
    "wrong and then right": post(TELEGRAM, f"{HEADER}: x\r\n{RIGHT}", update()),
    "right twice": post(TELEGRAM, RIGHT + RIGHT, update()),
    "another path": post("/hook/telegram-", RIGHT, update()),
    "a path not in ASCII": post("/hook/%D8%B1%D9%85%D8%B2%FF", RIGHT, update()),
    "a path of 12,000 letters": post("/hook/" + "x" * 12_000, RIGHT, update()),
    "a path below it": post(f"{TELEGRAM}/x", RIGHT, update()),
    "a path with a way back": post(f"/x/..{TELEGRAM}", RIGHT, update()),
    "in the query": post(f"/hook/?{TELEGRAM}", RIGHT, update()),
    "Bale's path misspelt": post(f"{BALE}x", "", update()),
    "99 MB announced": post(TELEGRAM, "", b"{", length=LONG),
    "99 MB by chunks": chunked(TELEGRAM, "", b"{" * 65_536),
}


async def test_without_the_secret_nothing_is_read_and_nothing_changes(town: Town) -> None:
    before = digest(town)
    # Nothing more is sent than the first bytes of a body: the answer comes without the others.
    assert await all_answers(town, STRANGERS) == {key: [404] for key in STRANGERS}
    assert digest(town) == before


METHODS = {
    name: f"{name} {TELEGRAM} HTTP/1.1\r\nHost: x\r\n{RIGHT}Content-Length: {LONG}\r\n\r\n".encode()
    for name in ("GET", "PUT", "PATCH", "DELETE", "OPTIONS")
}


async def test_only_posts_are_taken(town: Town) -> None:
    before = digest(town)
    assert await all_answers(town, METHODS) == {key: [405] for key in METHODS}
    assert digest(town) == before


GARBAGE = {
    "no HTTP": b"\x16\x03\x01\x02\x00" + b"\0" * 600 + b"\r\n\r\n",
    "a header without an end": b"POST / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 40_000,
    "two lengths": post(TELEGRAM, f"{RIGHT}Content-Length: 3\r\n", update()),
    "a length that is no number": f"POST {TELEGRAM} HTTP/1.1\r\nHost: x\r\n{RIGHT}"
    "Content-Length: x\r\n\r\n".encode(),
    "a chunk that is no chunk": chunked(TELEGRAM, RIGHT) + b"zz\r\n",
}


async def test_what_is_no_http_is_a_bad_request(town: Town) -> None:
    before = digest(town)
    assert await all_answers(town, GARBAGE) == {key: [400] for key in GARBAGE}
    assert digest(town) == before


TOO_LONG = {
    "announced": post(TELEGRAM, RIGHT, b"{", length=LONG),
    "by chunks": chunked(TELEGRAM, RIGHT, *[b"{" * 65_536] * 5),
    "2 million deep": post(TELEGRAM, RIGHT, b"[" * 300_000, length=2_000_000),
    "to Bale": post(BALE, "", b"{", length=LONG),
}


async def test_a_body_beyond_the_limit_is_not_read_to_its_end(town: Town) -> None:
    before = digest(town)
    assert await all_answers(town, TOO_LONG) == {key: [413] for key in TOO_LONG}
    assert digest(town) == before


NO_UPDATES = {
    "empty": b"",
    "deep": b"[" * 200_000,
    "deep inside": b'{"update_id":7,"message":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "an id of 5,000 digits": b'{"update_id":' + b"9" * 5_000 + b"}",
    "an id beyond 64 bits": b'{"update_id":9223372036854775808}',
    "an id that is a fraction": b'{"update_id":7e0}',
    "an id that is endless": b'{"update_id":Infinity}',
    "a number of 5,000 digits": b'{"update_id":7,"message":{"date":' + b"9" * 5_000 + b"}}",
    "a second id that is none": b'{"update_id":7,"update_id":"x"}',
    "no UTF-8": b'{"update_id":7,"x":"\xff\xfe"}',
    "NUL between": b'{"update_id":7\0}',
    "compressed": gzip.compress(update()),
    "a form": b"update_id=7&message=x",
    "a list of updates": b"[" + update() + b"]",
}


@pytest.mark.parametrize("path", [TELEGRAM, BALE])
async def test_what_is_no_update_is_refused_also_with_the_secret(town: Town, path: str) -> None:
    before = digest(town)
    headers = f"{RIGHT}Content-Type: text/plain\r\nContent-Encoding: gzip\r\n"
    attacks = {name: post(path, headers, body) for name, body in NO_UPDATES.items()}
    assert await all_answers(town, attacks) == {key: [400] for key in attacks}
    assert digest(town) == before


async def test_an_update_is_handled_once_however_often_it_is_replayed(town: Town) -> None:
    raw = post(TELEGRAM, RIGHT, update())
    assert await answers(town, raw) == [200]
    await town.quiet()
    before = digest(town)
    assert [await answers(town, raw) for _ in range(5)] == [[200]] * 5
    await town.quiet()
    assert digest(town) == before


async def test_an_update_on_the_other_platform_s_path_is_of_another_person(town: Town) -> None:
    """Telegram 5 is not Bale 5: what is posted to Bale's path opens nothing that Telegram 5 has."""
    assert await answers(town, post(TELEGRAM, RIGHT, update(text="/start"))) == [200]
    assert await answers(town, post(BALE, RIGHT, update(text="/start"))) == [200]
    await town.quiet()
    chats = await town.run(lambda work: [work.chats.get(name, 5) for name in ("telegram", "bale")])
    assert [chat is not None and chat.user_id for chat in chats] == [5, 5]
    assert await town.run(lambda work: work.people.all()) == ()


async def test_what_follows_a_request_unasked_ends_the_connection(town: Town) -> None:
    before = digest(town)
    assert await answers(town, post(TELEGRAM, "", update()) + b"\0garbage\r\n\r\n" * 2_000) in (
        [404],
        [404, 400],
    )
    assert digest(town) == before


async def _drip(town: Town, raw: bytes) -> None:
    """Send a byte now and then until the other side has had enough."""
    reader, writer = await asyncio.open_connection("127.0.0.1", town.settings.webhook_port)
    ended = asyncio.ensure_future(reader.read())
    for byte in raw:
        with contextlib.suppress(OSError):
            writer.write(bytes([byte]))
            await writer.drain()
        done, _ = await asyncio.wait([ended], timeout=0.1)
        if done:
            break
    with contextlib.suppress(OSError):
        assert await ended == b""
    writer.close()


async def test_200_slow_senders_are_hung_up_on_and_hold_nobody_up(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "REQUEST_SECONDS", 4.0)
    kinds = [post(TELEGRAM, f"X: {'x' * 9_000}\r\n"), post(TELEGRAM, RIGHT, update() + b" " * 9_000), b""]
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as slow:
        for number in range(200):
            slow.create_task(_drip(town, kinds[number % len(kinds)]))
        for number in range(10):
            assert await answers(town, post(TELEGRAM, RIGHT, update(number))) == [200]
    await town.quiet()
    assert len(town.sandbox.world.bots) == 2


async def test_of_too_many_connections_the_longest_silent_make_room(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MOST_CONNECTIONS", 20)
    silent = [await asyncio.open_connection("127.0.0.1", town.settings.webhook_port) for _ in range(60)]
    assert await answers(town, post(TELEGRAM, RIGHT, update())) == [200]
    for reader, _ in silent[:40]:
        with contextlib.suppress(OSError):
            assert await reader.read() == b""
    for _, writer in silent:
        writer.close()


async def test_no_attack_leaves_a_name_a_number_or_the_secret_in_the_log(
    written: io.StringIO, town: Town
) -> None:
    attacks = {**STRANGERS, **METHODS, **GARBAGE, **TOO_LONG}
    for raw in attacks.values():
        await answers(town, raw)
    for body in NO_UPDATES.values():
        await answers(town, post(TELEGRAM, RIGHT, body))
    odd = update(8, date=1e300, chat={"id": NATIONAL_ID, "type": NAME})
    assert await answers(town, post(TELEGRAM, RIGHT, odd)) == [200]
    await town.quiet()
    log = written.getvalue()
    assert '"event": "quarantined"' in log
    assert [canary for canary in (SECRET, NAME, NATIONAL_ID, "Traceback") if canary in log] == []
