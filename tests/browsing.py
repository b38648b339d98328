"""Debian's chromium, for the tests that look at the chat page; without it they fail, they are not skipped."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MOST_STOPS = 60
"""More places than a page of these tests has for the keyboard."""


def chromium() -> str:
    """Where chromium is; fails the test when it is nowhere."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail(
            "The browser tests need chromium: `make test` or `apt-get install chromium`.", pytrace=False
        )
    return found


@asynccontextmanager
async def chromium_open() -> AsyncIterator[Browser]:
    """A running browser without a window."""
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        yield browser
        await browser.close()


async def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press `key` until `wanted` has the focus."""
    for _ in range(MOST_STOPS):
        if await wanted.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press(key)
    pytest.fail("the keyboard does not get there")
