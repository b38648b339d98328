"""The canary: nothing personal and no token is ever written, at DEBUG either."""

import asyncio
import gc
import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from pipeline_world import TOKENS, World, echo, running, until
from telegram import Bot
from telegram.error import TelegramError

from bot.incoming import Aftermath, Incoming
from bot.intake import raw_update, receive
from bot.logs import configure, logger, redact
from bot.platforms.request import AiohttpRequest
from storage.work import Work

NAME = "آزادهٔ‌قناری"
NATIONAL_ID = "0499370899"
AMOUNT = "۱۲٬۵۰۰٬۰۰۰"
PASSCODE = "K7Q2M9XA"
CANARIES = (NAME, NATIONAL_ID, AMOUNT, "12500000", PASSCODE, *TOKENS.values())


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    monkeypatch.setattr("sys.stderr", stream)
    configure("DEBUG", [*TOKENS.values(), PASSCODE])
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


async def test_a_busy_and_faulty_pipeline_writes_no_canary(
    world: World, platform: str, written: io.StringIO
) -> None:
    phone = await world.phone(platform)
    phone.person.name = NAME
    secret = f"{NAME} {NATIONAL_ID} {AMOUNT} 12500000 {PASSCODE}"

    def handle(work: Work, incoming: Incoming) -> Aftermath:
        if incoming.text.startswith("بد"):
            raise ValueError(incoming.text, incoming.user_name)
        return echo(work, incoming)

    for kind in ("400", "429", "500", "reset_after", "html_502"):
        for method in ("sendMessage", "getUpdates"):
            world.sandbox.faults.add(platform, method, kind, times=1, description=f"no: {secret}")
    dispatcher = world.dispatcher(handle)
    bad: dict[str, Any] = {"update_id": 1, "message": {"chat": {"id": NATIONAL_ID}, "text": secret}}
    taken = raw_update(bad)
    assert taken is not None
    await receive(world.store, platform, [taken])
    async with running(dispatcher, world.polling(platform, dispatcher), world.sender(platform)):
        await world.send(phone, "meets the 400")
        await until(lambda: _failed(world))
        await phone.send(f"بد {secret}")
        await phone.send(secret)
        await phone.sees("set aside")
        await until(lambda: _handled(world))
        for place in (world.sandbox.url, "http://127.0.0.1:9"):
            request = AiohttpRequest()
            with pytest.raises(TelegramError):
                await Bot(TOKENS[platform] + "x", base_url=f"{place}/bot", request=request).get_me()
            await request.shutdown()
    log = written.getvalue()
    assert '"event": "handler_failed"' in log
    assert '"event": "quarantined"' in log
    assert '"event": "poll_failed"' in log
    assert [canary for canary in CANARIES if canary in log] == []
    assert str(phone.chat.id) not in log
    for line in log.splitlines():
        json.loads(line)


async def _failed(world: World) -> bool:
    return await world.states() == ["failed"]


async def _handled(world: World) -> bool:
    return await world.store.run(lambda work: work.inbox.depth()) == 0


def test_third_parties_are_redacted_and_say_nothing_at_debug(written: io.StringIO) -> None:
    token = TOKENS["telegram"]
    for name in ("httpx", "telegram.ext", "aiohttp.client", "uvicorn.error", "whoever"):
        there = logging.getLogger(name)
        there.debug("update %s", {"text": NATIONAL_ID, "name": NAME})
        there.info("POST https://api.telegram.org/bot%s/sendMessage", token)
        there.error("chat %s and ۰۴۹۹۳۷۰۸۹۹ and 12,500,000", 7000000001)
    try:
        int(NATIONAL_ID + NAME)
    except ValueError:
        logging.getLogger("asyncio").exception("Task exception was never retrieved")
    log = written.getvalue()
    for canary in (*CANARIES, "۰۴۹۹۳۷۰۸۹۹", "12,500,000", "7000000001"):
        assert canary not in log
    assert "Task exception was never retrieved [ValueError test_pipeline_logs.py" in log
    assert "/bot•••/sendMessage" in log


async def forgotten() -> None:
    """A task whose failure nobody asks for."""
    raise ValueError(NAME)


def called_with(name: str) -> None:
    """A callback that fails with what it was called with."""
    raise KeyError(name)


async def test_what_the_loop_says_of_a_failure_names_its_kind_and_place_and_no_value(
    written: io.StringIO,
) -> None:
    task = asyncio.create_task(forgotten(), name=NAME)
    await asyncio.wait([task])
    del task
    gc.collect()
    asyncio.get_running_loop().call_soon(called_with, NAME)
    await asyncio.sleep(0)
    said = [re.sub(r":\d+ ", " ", json.loads(line)["event"]) for line in written.getvalue().splitlines()]
    assert said == [
        "Task exception was never retrieved [ValueError test_pipeline_logs.py forgotten]",
        "Exception in callback called_with [KeyError test_pipeline_logs.py called_with]",
    ]


def test_only_allowed_keys_are_written(written: io.StringIO) -> None:
    logger("test").error("happened", code=7, chat=7000000001, text=NAME, reason=f"x {NATIONAL_ID}")
    line = json.loads(written.getvalue())
    assert {key: line[key] for key in ("event", "level", "logger", "code", "reason")} == {
        "event": "happened",
        "level": "error",
        "logger": "mohlat.test",
        "code": 7,
        "reason": "x •••",
    }
    assert datetime.fromisoformat(line["timestamp"]).tzinfo is not None
    assert set(line) == {"event", "level", "logger", "code", "reason", "timestamp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1234567", "1234567"),
        ("12345678", "•••"),
        ("۱۲۳۴۵۶۷۸", "•••"),
        ("٠١٢٣٤٥٦٧", "•••"),
        ("1234 5678 9012", "•••"),
        ("۱۲٬۵۰۰٬۰۰۰ ریال", "••• ریال"),
        ("bot123:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef ok", "bot••• ok"),
        ("https://x/bot12:short/getMe", "https://x/bot•••/getMe"),
    ],
)
def test_long_numbers_and_tokens_are_blotted_out(text: str, shown: str) -> None:
    assert redact(text) == shown
