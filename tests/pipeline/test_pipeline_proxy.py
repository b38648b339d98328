"""A bot behind a proxy reaches its platform: through SOCKS5 and HTTP, with a name and a password."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

import pytest
from pipeline_world import TOKENS, World

from bot.platforms import PLATFORMS
from bot.platforms.api import BotApi, NotConnected
from bot.platforms.request import AiohttpRequest

# The engine behind it makes no difference here.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter
Greeting: TypeAlias = Callable[[Reader, Writer], Awaitable[tuple[str, int] | None]]

NAME, PASSWORD = "office", "open sesame"


async def socks5(reader: Reader, writer: Writer) -> tuple[str, int] | None:
    """RFC 1928 with the name and password of RFC 1929."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x02")
    _, length = await reader.readexactly(2)
    name = (await reader.readexactly(length)).decode()
    (length,) = await reader.readexactly(1)
    password = (await reader.readexactly(length)).decode()
    if (name, password) != (NAME, PASSWORD):
        writer.write(b"\x01\x01")
        return None
    writer.write(b"\x01\x00")
    _, _, _, kind = await reader.readexactly(4)
    if kind == 1:
        host = ".".join(map(str, await reader.readexactly(4)))
    else:
        (length,) = await reader.readexactly(1)
        host = (await reader.readexactly(length)).decode()
    port = int.from_bytes(await reader.readexactly(2), "big")
    writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
    return host, port


async def http(reader: Reader, writer: Writer) -> tuple[str, int] | None:
    """CONNECT with basic authorisation (RFC 9110)."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    wanted = base64.b64encode(f"{NAME}:{PASSWORD}".encode()).decode()
    if wanted not in head:
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
        return None
    host, _, port = head.split()[1].rpartition(":")
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    return host, int(port)


@asynccontextmanager
async def proxy(greet: Greeting) -> AsyncIterator[tuple[int, list[tuple[str, int]]]]:
    """A running proxy: its port, and where it was asked to go."""
    asked: list[tuple[str, int]] = []
    pipes: set[asyncio.Task[None]] = set()

    async def serve(reader: Reader, writer: Writer) -> None:
        target = await greet(reader, writer)
        if target is None:
            writer.close()
            return
        asked.append(target)
        there_reader, there_writer = await asyncio.open_connection(*target)
        for source, sink in ((reader, there_writer), (there_reader, writer)):
            task = asyncio.create_task(pipe(source, sink))
            pipes.add(task)
            task.add_done_callback(pipes.discard)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1], asked
    server.close()
    for task in pipes:
        task.cancel()


async def pipe(source: Reader, sink: Writer) -> None:
    while chunk := await source.read(65536):
        sink.write(chunk)
        await sink.drain()
    sink.close()


@pytest.mark.parametrize(("scheme", "greet"), [("socks5", socks5), ("http", http)])
async def test_calls_go_through_the_proxy_of_their_platform(
    world: World, platform: str, scheme: str, greet: Greeting
) -> None:
    async with proxy(greet) as (port, asked):
        request = AiohttpRequest(proxy=f"{scheme}://{NAME}:open%20sesame@127.0.0.1:{port}")
        api = BotApi(PLATFORMS[platform], TOKENS[platform], world.sandbox.url, request)
        assert (await api.call("getMe", {}))["is_bot"] is True
        assert asked == [("127.0.0.1", int(world.sandbox.url.rpartition(":")[2]))]
        await api.close()


@pytest.mark.parametrize(("scheme", "greet"), [("socks5", socks5), ("http", http)])
async def test_a_proxy_that_refuses_is_no_connection(
    world: World, platform: str, scheme: str, greet: Greeting
) -> None:
    async with proxy(greet) as (port, asked):
        request = AiohttpRequest(proxy=f"{scheme}://{NAME}:wrong@127.0.0.1:{port}")
        api = BotApi(PLATFORMS[platform], TOKENS[platform], world.sandbox.url, request)
        with pytest.raises(NotConnected):
            await api.call("getMe", {})
        assert asked == []
        await api.close()
