"""`demo`: its chat page, and what is still there after a kill."""

import asyncio
import json
import sys
from typing import Any

import aiohttp
from processes_world import (
    AGREED,
    ANSWERS,
    BEGIN,
    CONFIRM,
    PATIENCE,
    PDF,
    RECEIPT,
    SCAN,
    SEND,
    World,
    free_port,
    step,
)

from bot.demo import PEOPLE

DEMO = (sys.executable, "-m", "bot", "demo")
OFFICER = "bale/officer"
REVIEWER = "telegram/reviewer2"


class Page:
    """The people API, as the chat page uses it."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def get(self, path: str) -> dict[str, Any]:
        async with aiohttp.ClientSession() as client, client.get(self.url + path) as answer:
            found: dict[str, Any] = json.loads(await answer.text())
            return found

    async def post(self, path: str, given: object = None, *, scan: bool = False) -> None:
        data: aiohttp.FormData | None = None
        if scan:
            data = aiohttp.FormData()
            data.add_field("file", PDF, filename="letter.pdf", content_type="application/pdf")
        async with aiohttp.ClientSession() as client:
            how: dict[str, Any] = {"data": data} if scan else {"json": given}
            async with client.post(self.url + path, **how) as answer:
                assert answer.status == 200, await answer.text()

    async def texts(self, person: str) -> list[str]:
        """What the bot has written to a person."""
        messages = (await self.get(f"/sandbox/chat/{person}"))["messages"]
        return [message["text"] for message in messages if message["from"] == "bot"]

    async def sees(self, person: str, text: str, *, times: int = 1) -> list[str]:
        """Wait until so many messages say this."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    texts = await self.texts(person)
                except aiohttp.ClientError:
                    texts = []
                if sum(text in said for said in texts) >= times:
                    return texts
                await asyncio.sleep(0.05)

    async def write(self, person: str, text: str) -> None:
        if text == SCAN:
            await self.post(f"/sandbox/chat/{person}/upload", scan=True)
        else:
            await self.post(f"/sandbox/chat/{person}/send", {"text": text})

    async def press(self, person: str, what: str) -> None:
        """Press the newest button whose label contains this, as soon as there is one."""
        async with asyncio.timeout(PATIENCE):
            while True:
                messages = (await self.get(f"/sandbox/chat/{person}"))["messages"]
                labels = [b for m in reversed(messages) for row in m["inline"] for b in row]
                found = next((button["data"] for button in labels if what in button["text"]), None)
                if found:
                    await self.post(f"/sandbox/chat/{person}/press", {"data": found})
                    return
                await asyncio.sleep(0.05)

    async def sees_buttons(self, person: str, what: str) -> None:
        """Wait until there is such a button."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if what in json.dumps(await self.get(f"/sandbox/chat/{person}"), ensure_ascii=False):
                    return
                await asyncio.sleep(0.02)

    async def tick(self, person: str, left: int) -> None:
        """Tick condition after condition, each once, until so many are left.

        A kill may take the sandbox's last moment with it: a card that does not change is pressed again.
        """
        async with asyncio.timeout(PATIENCE):
            unticked = await self._unticked(person)
            while len(unticked) != left:
                await self.post(f"/sandbox/chat/{person}/press", {"data": unticked[0]})
                before = unticked
                for _ in range(50):
                    if (unticked := await self._unticked(person)) != before:
                        break
                    await asyncio.sleep(0.02)

    async def _unticked(self, person: str) -> list[str]:
        messages = (await self.get(f"/sandbox/chat/{person}"))["messages"]
        buttons = [b for m in messages for row in m["inline"] for b in row]
        return [b["data"] for b in buttons if "تأیید نشده" in b["text"]]

    async def answer(self, first: int, last: int) -> None:
        """Answer these questions as the officer."""
        for number in range(first, last + 1):
            await self.write(OFFICER, ANSWERS[number - 1])
            await self.sees(OFFICER, step(number + 1))


async def test_the_demo_answers_on_its_page_and_survives_kills_with_all_it_had(world: World) -> None:
    port = free_port()
    page = Page(f"http://127.0.0.1:{port}")
    # A real database that is set must not be touched by the demo, nor the real messengers asked.
    demo = world.bot(CHAT_PAGE_PORT=port, DATABASE_URL="postgresql://nobody@127.0.0.1:1/real")
    await demo.start(*DEMO)
    for person in PEOPLE:
        await page.sees(f"{person.platform}/{person.key}", "خوش آمدید")
    assert f"{page.url}/" in demo.log.read_text()
    async with aiohttp.ClientSession() as client, client.get(page.url + "/") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")

    await page.write(OFFICER, BEGIN)
    await page.sees(OFFICER, step(1))
    await page.answer(1, 11)
    before = await page.texts(OFFICER)
    await demo.kill()
    await demo.start(*DEMO)
    after = await page.sees(OFFICER, step(12), times=2)
    assert after[: len(before)] == before
    await page.answer(12, len(ANSWERS))
    await page.press(OFFICER, CONFIRM)
    await page.press(OFFICER, SEND)
    await page.sees(OFFICER, RECEIPT)

    await page.press(REVIEWER, "دیدن پیشنهاد")
    await page.press(REVIEWER, "برداشتن")
    await page.sees_buttons(REVIEWER, "تأیید نشده")
    await page.tick(REVIEWER, left=1)
    await demo.kill()
    await demo.start(*DEMO)
    await page.sees(REVIEWER, "خوش آمدید")
    await page.tick(REVIEWER, left=0)
    await page.press(REVIEWER, "موافقت")
    await page.press(REVIEWER, "بله، موافقت ثبت شود")
    told = await page.sees(OFFICER, AGREED)
    assert sum(AGREED in text for text in told) == 1
    assert sum("خوش آمدید" in text for text in told) == 1
    assert (await demo.stop())[0] == 0


async def test_two_demos_do_not_share_a_folder(world: World) -> None:
    port = free_port()
    demo = world.bot(CHAT_PAGE_PORT=port)
    await demo.start(*DEMO)
    await Page(f"http://127.0.0.1:{port}").sees(OFFICER, "خوش آمدید")
    code, _, complaint = await world.command("demo", CHAT_PAGE_PORT=free_port())
    assert code == 2
    assert "in use by another process" in complaint


async def test_run_without_a_token_may_become_the_demo(world: World) -> None:
    port = free_port()
    demo = world.bot(CHAT_PAGE_PORT=port, TELEGRAM_TOKEN="", BALE_TOKEN="")
    await demo.start(*DEMO[:-1], "run", "--or-demo")
    await Page(f"http://127.0.0.1:{port}").sees(OFFICER, "خوش آمدید")
    assert (await demo.stop())[0] == 0
