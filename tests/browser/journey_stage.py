"""The stage of the journey: the real demo in a process of its own, and people with phones in a browser."""

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, expect

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "tests" / "shots"
DESKTOP = (1060, 780)
PHONE = (390, 844)
PATIENCE_MS = 20_000
AT = "2026-11-24T10:00"
"""A Tuesday in office hours: what the day or the night would change is the same in every run."""
START_SECONDS = 60.0
STOP_SECONDS = 15.0
PLAIN_WALLS = """document.querySelectorAll(".phone").forEach(
  (phone) => phone.style.setProperty("--wall-top", "var(--wall-end)"))"""

_ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/")


@asynccontextmanager
async def demo_running(home: Path) -> AsyncIterator[str]:
    """`python -m bot demo` with a folder and ports of its own; gives the address of its chat page."""
    # The process stands in `home`, so that no .env of this checkout has a say.
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATA_DIR": str(home),
        "CHAT_PAGE_PORT": str(_free_port()),
        "HEALTH_PORT": str(_free_port()),
        "CHAT_INTERVAL": "0",
    }
    with (home / "log.txt").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--at", AT),
            cwd=home,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        try:
            async with asyncio.timeout(START_SECONDS):
                address = await _address(process, home)
            yield address
        finally:
            if process.returncode is None:
                process.terminate()
            async with asyncio.timeout(STOP_SECONDS):
                ended = await process.wait()
    assert ended == 0, (home / "log.txt").read_text()


async def _address(process: asyncio.subprocess.Process, home: Path) -> str:
    assert process.stdout is not None
    async for line in process.stdout:
        if found := _ADDRESS.search(line):
            return found.group().decode()
    raise AssertionError((home / "log.txt").read_text())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Person:
    """Somebody with a phone on the page; reads as what they do."""

    page: Page
    phone: Locator

    @property
    def composer(self) -> Locator:
        """Where they write."""
        return self.phone.get_by_test_id("composer")

    def words(self, text: str) -> Locator:
        """The messages of the bot that say this."""
        return self.phone.locator(".theirs").filter(has_text=text)

    @property
    def word(self) -> Locator:
        """The last message of the bot."""
        return self.phone.locator(".theirs").last

    def key(self, label: str) -> Locator:
        """A button under the bot's last message; those of a long list carry numbers before their words."""
        words = re.compile(rf"^(?:[۰-۹]+\. )?{re.escape(label)}$")
        return self.word.get_by_test_id("inline-key").and_(self.phone.get_by_text(words))

    async def reads(self, words: str) -> str:
        """Wait until the bot's last message says this; gives all of it."""
        await expect(self.word).to_contain_text(words, timeout=PATIENCE_MS)
        return await self.word.get_by_test_id("text").inner_text()

    async def gets(self, *words: str) -> str:
        """Wait for a message that says all of this, whatever comes after it; gives all of it."""
        found = self.phone.locator(".theirs")
        for each in words:
            found = found.filter(has_text=each)
        await expect(found.last).to_be_visible(timeout=PATIENCE_MS)
        return await found.last.get_by_test_id("text").inner_text()

    async def answers(self, label: str, *, then: str) -> str:
        """Press the newest button of this name, also above the last message, and wait for the answer."""
        keys = self.phone.get_by_test_id("inline-key").filter(has_text=re.compile(f"^{re.escape(label)}$"))
        await keys.last.click(timeout=PATIENCE_MS)
        return await self.gets(then)

    async def types(self, text: str, *, then: str) -> str:
        """Write a message, send it, and read the answer."""
        await self.composer.fill(text)
        await self.phone.get_by_test_id("send").click()
        return await self.reads(then)

    async def presses(self, label: str, *, then: str) -> str:
        """Press a button under the last message, and read the answer."""
        await self.key(label).click(timeout=PATIENCE_MS)
        return await self.reads(then)

    async def picks(self, label: str, *, then: str) -> str:
        """Press a key of the menu, and read the answer."""
        await self.phone.get_by_test_id("reply-key").get_by_text(label, exact=True).click()
        return await self.reads(then)

    async def uploads(self, file: Path, *, then: str) -> str:
        """Attach a document, send it, and read the answer."""
        await self.phone.get_by_test_id("upload").click()
        async with self.page.expect_file_chooser() as chooser:
            await self.phone.get_by_test_id("upload-document").click()
        await (await chooser.value).set_files(file)
        await self.phone.get_by_test_id("send").click()
        return await self.reads(then)


@dataclass
class Stage:
    """The chat page of a running demo."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    @classmethod
    async def open(cls, context: BrowserContext, address: str) -> "Stage":
        """Open the page and wait for the phones of the demo people."""
        stage = cls(await context.new_page())
        stage.page.on("console", stage._note)
        stage.page.on("pageerror", lambda error: stage.complaints.append(str(error)))
        await stage.resize(DESKTOP)
        await stage.page.goto(address)
        await stage.settled()
        return stage

    async def settled(self) -> None:
        """Wait for what the demo's history still tells people, so that nothing comes in between later."""
        for phone in await self.page.locator(".phone").all():
            for words in ("خوش آمدید", "اختلال در سامانه", "قطعی برنامه‌ریزی‌شده"):
                await expect(phone.locator(".theirs").filter(has_text=words)).to_have_count(
                    1, timeout=PATIENCE_MS
                )
        await expect(self.person("bale-admin").words("گزارش اطلاعیه")).to_have_count(1, timeout=PATIENCE_MS)
        await expect(self.person("bale-officer").words("نشست آموزشی")).to_have_count(1, timeout=PATIENCE_MS)

    def person(self, phone: str) -> Person:
        """The owner of the phone `platform-key`."""
        return Person(self.page, self.page.get_by_test_id(f"phone-{phone}"))

    async def resize(self, size: tuple[int, int]) -> None:
        """Make the window as large as this (width, height in pixels)."""
        await self.page.set_viewport_size({"width": size[0], "height": size[1]})

    async def shoot(self, name: str) -> None:
        """Keep a picture of the window under tests/shots; plain walls keep its file small."""
        SHOTS.mkdir(exist_ok=True)
        await self.page.evaluate(PLAIN_WALLS)
        await self.page.screenshot(path=SHOTS / f"{name}.png", animations="disabled")

    def _note(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.complaints.append(said.text)
