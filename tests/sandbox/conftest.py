"""A running sandbox with both bots and one person on each platform; and one with its chat page open."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from browsing import chromium_open
from playwright.async_api import Browser, BrowserContext, expect
from sandbox_page_scene import DESKTOP, NARROW, Scene, open_scene, peopled
from sandbox_story import Call, caller, furnish

from sandbox import Phone, Sandbox

PATIENCE_MS = 20_000


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


# --- the chat page: modules of its tests run in one loop, with one browser ---------------------


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    async with chromium_open() as chromium:
        yield chromium


@pytest_asyncio.fixture(loop_scope="module")
async def page_http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as client:
        yield client


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    running = peopled(tmp_path / "journal.sqlite")
    await running.start()
    yield running
    await running.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(color_scheme="light")
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def scene(
    sandbox: Sandbox, context: BrowserContext, page_http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    opened = await open_scene(sandbox, context, page_http, DESKTOP)
    yield opened
    assert opened.complaints == []


@pytest_asyncio.fixture(loop_scope="module")
async def narrow(
    sandbox: Sandbox, context: BrowserContext, page_http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    opened = await open_scene(sandbox, context, page_http, NARROW)
    yield opened
    assert opened.complaints == []
