"""A running sandbox with both bots and one person on each platform."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from sandbox_story import Call, caller, furnish

from sandbox import Phone, Sandbox


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    started = furnish(Sandbox())
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as client:
        yield client


@pytest.fixture
def telegram(box: Sandbox, http: aiohttp.ClientSession) -> Call:
    return caller(box, http, "telegram")


@pytest.fixture
def bale(box: Sandbox, http: aiohttp.ClientSession) -> Call:
    return caller(box, http, "bale")


@pytest.fixture
async def officer(box: Sandbox) -> Phone:
    """The officer's phone on Telegram, its «start» already confirmed by the bot."""
    return await _begun(box, "telegram")


@pytest.fixture
async def bale_officer(box: Sandbox) -> Phone:
    """The same on Bale."""
    return await _begun(box, "bale")


async def _begun(box: Sandbox, platform: str) -> Phone:
    phone = box.person(platform, "officer")
    await phone.start()
    box.world.bots[platform].updates.clear()
    return phone
