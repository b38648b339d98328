"""A virus scanner that the office may run (clamd), asked over its own protocol: no word of it, no file."""

import asyncio
from typing import Final

SECONDS: Final = 30.0
_CHUNK: Final = 65_536
_WORD: Final = 1024


class Unreachable(Exception):  # noqa: N818 - named for what happened
    """The scanner gave no word that can be relied on."""


async def is_infected(address: str, content: bytes) -> bool:
    """Whether the scanner knows these bytes to be harmful.

    Raises:
        Unreachable: it cannot be asked, or has not looked through all of them.
    """
    pieces = [content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK)]
    sized = b"".join(len(piece).to_bytes(4) + piece for piece in pieces)
    word = await _told(address, b"zINSTREAM\0" + sized + bytes(4))
    if word.endswith(b" FOUND"):
        return True
    if word != b"stream: OK":
        raise Unreachable
    return False


async def answers(address: str) -> bool:
    """Whether the scanner is there."""
    try:
        return await _told(address, b"zPING\0") == b"PONG"
    except Unreachable:
        return False


async def _told(address: str, words: bytes) -> bytes:
    try:
        async with asyncio.timeout(SECONDS):
            reader, writer = await _connected(address)
            try:
                writer.write(words)
                await writer.drain()
                return (await reader.read(_WORD)).rstrip(b"\0\n")
            finally:
                writer.close()
    except (OSError, TimeoutError, ValueError) as error:
        raise Unreachable from error


async def _connected(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if address.startswith("/"):
        return await asyncio.open_unix_connection(address)
    host, _, port = address.rpartition(":")
    return await asyncio.open_connection(host.strip("[]"), int(port))
