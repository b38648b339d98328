"""Turns that wait for something outside keep nobody from a turn; strangers' files have their own places."""

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path

from pipeline_world import World, alarm, apology, running, until

from bot.clock import Clock
from bot.dispatch import Dispatcher
from bot.downloads import Downloads
from bot.handling import FILES_AT_ONCE, STRANGERS_FILES_AT_ONCE
from bot.incoming import Aftermath, FileWanted, Incoming, Offered, SlowWanted
from bot.intake import raw_update, receive
from bot.tasks import cancel
from scans import Cleaner, Refusal
from scans.wire import Bounds
from storage.work import Work

TURNS = 4
STRANGERS, OFFICERS, SECRET = range(1000, 1050), range(2000, 2050), 3000


def update(chat_id: int) -> dict[str, object]:
    who = {"id": chat_id, "first_name": "آزاده", "is_bot": False}
    chat = {"id": chat_id, "type": "private"}
    message = {"message_id": 1, "date": 1_700_000_000, "chat": chat, "from": who, "text": "سلام"}
    return {"update_id": chat_id, "message": message}


class Silent:
    """A messenger that takes every question and answers none."""

    def __init__(self) -> None:
        self.asked = 0

    async def begin(self) -> asyncio.Server:
        return await asyncio.start_server(self._hear, "127.0.0.1", 0)

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.asked += 1
        await reader.read()
        writer.close()


def handle(work: Work, incoming: Incoming) -> Aftermath:
    """Everybody wants a file, and one a passcode."""
    del work
    if incoming.chat_id != SECRET:
        file = Offered(str(incoming.chat_id), "نامه.pdf", "application/pdf", 1)
        raise FileWanted(file, stranger=incoming.chat_id in STRANGERS)
    if incoming.computed is None:
        raise SlowWanted(lambda: threading.current_thread().name)
    return Aftermath()


async def give(world: World, platform: str, dispatcher: Dispatcher, *chats: int) -> None:
    taken = [known for chat in chats if (known := raw_update(update(chat)))]
    dispatcher.accept(await receive(world.store, platform, taken))


def asked(silent: Silent, count: int) -> Callable[[], Coroutine[None, None, bool]]:
    async def is_so() -> bool:
        return silent.asked >= count

    return is_so


async def test_whoever_waits_for_a_file_keeps_neither_a_passcode_nor_an_officer_waiting(
    world: World, platform: str
) -> None:
    silent = Silent()
    server = await silent.begin()
    port = server.sockets[0].getsockname()[1]
    api = world.api(platform, base=f"http://127.0.0.1:{port}", read_seconds=600)
    dispatcher = Dispatcher(
        world.store, world.platforms, handle, {platform: api}, apology=apology, alarm=alarm, turns=TURNS
    )
    async with server, running(dispatcher):
        await give(world, platform, dispatcher, *STRANGERS)
        await until(asked(silent, STRANGERS_FILES_AT_ONCE))
        await give(world, platform, dispatcher, *OFFICERS)
        await until(asked(silent, STRANGERS_FILES_AT_ONCE + FILES_AT_ONCE))
        await give(world, platform, dispatcher, SECRET)
        await until(lambda: handled(world, platform))
        assert silent.asked == STRANGERS_FILES_AT_ONCE + FILES_AT_ONCE, "strangers took no more than theirs"
        assert await world.alarms() == []


async def handled(world: World, platform: str) -> bool:
    waiting = await world.store.run(lambda work: work.inbox.waiting_chats())
    return (platform, SECRET) not in waiting


async def test_heavy_files_of_strangers_leave_a_child_to_the_others(tmp_path: Path) -> None:
    at_work = tmp_path / "at_work"
    words = (
        "import os, time\n"
        f"if b'heavy' in os.read(0, 100): open({str(at_work)!r}, 'w').close(); time.sleep(3600)"
    )
    cleaner = Cleaner(bounds=Bounds(wall=3600), command=(sys.executable, "-c", words))
    downloads = Downloads({}, {}, Clock(), cleaner)
    strangers = [asyncio.create_task(downloads.look_at(b"heavy", stranger=True)) for _ in range(3)]
    while not at_work.exists():  # noqa: ASYNC110 - another process makes it
        await asyncio.sleep(0.01)
    try:
        async with asyncio.timeout(60):
            assert await downloads.look_at(b"light") == Refusal("file_heavy"), (
                "its child ends, and says nothing"
            )
    finally:
        await cancel(strangers)
        await asyncio.to_thread(cleaner.close)
