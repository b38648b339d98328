"""The stage of the chat page's tests: a browser page on a real sandbox, and a bot in the test's hands."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, FormData
from playwright.async_api import BrowserContext, Locator, Page, expect

from sandbox import Sandbox

TOKENS = {"telegram": "1:telegram", "bale": "2:bale"}
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
DESKTOP = (1440, 900)
NARROW = (390, 844)

# A picture of 2 × 2 pixels.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73"
    "0000001049444154789c6364f8cf0005cc4c40000009050103"
    "a1f3f1b30000000049454e44ae426082"
)

Json = dict[str, Any]


@dataclass
class Bot:
    """A bot in the hands of the test."""

    http: ClientSession
    url: str
    offset: int = 0

    async def call(self, method: str, **params: object) -> Any:  # noqa: ANN401 - a method's result may be of any shape
        """Call `method`; gives its result."""
        async with self.http.post(f"{self.url}/{method}", json=params) as response:
            reply = await response.json()
        assert reply["ok"], reply
        return reply["result"]

    async def hears(self, kind: str = "message") -> Json:
        """The next update of `kind`; others on the way are passed over."""
        while True:
            updates = await self.call("getUpdates", offset=self.offset, limit=1, timeout=20)
            assert updates, f"no {kind} came"
            self.offset = updates[0]["update_id"] + 1
            if kind in updates[0]:
                content: Json = updates[0][kind]
                return content

    async def says(self, chat_id: int, text: str, **more: object) -> int:
        """Send a message in HTML; gives its id."""
        sent = await self.call("sendMessage", chat_id=chat_id, text=text, parse_mode="HTML", **more)
        return int(sent["message_id"])


@dataclass
class Scene:
    """A sandbox with two phones on Telegram and one on Bale, open in the browser."""

    sandbox: Sandbox
    page: Page
    bots: dict[str, Bot]
    complaints: list[str] = field(default_factory=list)

    @property
    def bot(self) -> Bot:
        """The bot on Telegram."""
        return self.bots["telegram"]

    def phone(self, key: str = "officer", platform: str = "telegram") -> Locator:
        """A phone on the page."""
        return self.page.get_by_test_id(f"phone-{platform}-{key}")

    async def begins(self, key: str = "officer", platform: str = "telegram") -> int:
        """Somebody taps «شروع»; gives the chat's id."""
        await self.phone(key, platform).get_by_test_id("start").click()
        heard = await self.bots[platform].hears()
        assert heard["text"] == "/start"
        return int(heard["chat"]["id"])


def peopled(journal: Path) -> Sandbox:
    sandbox = Sandbox(journal)
    sandbox.add_bot("telegram", TOKENS["telegram"], "mohlat_bot", "سامانه مهلت")
    sandbox.add_bot("bale", TOKENS["bale"], "mohlat_bale", "بازوی مهلت")
    sandbox.add_person("officer", "سارا احمدی", platform="telegram", role_hint="officer")
    sandbox.add_person("reviewer", "مهدی کریمی", platform="telegram", role_hint="reviewer")
    sandbox.add_person("director", "ژاله نادری", platform="bale", role_hint="director")
    return sandbox


async def open_scene(
    sandbox: Sandbox, context: BrowserContext, http: ClientSession, size: tuple[int, int]
) -> Scene:
    page = await context.new_page()
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    bots = {platform: Bot(http, f"{sandbox.url}/bot{token}") for platform, token in TOKENS.items()}
    scene = Scene(sandbox, page, bots)
    page.on("console", lambda said: note(scene, said.type, said.text))
    page.on("pageerror", lambda error: note(scene, "error", str(error)))
    await page.goto(sandbox.url)
    await expect(page.get_by_role("banner")).to_be_visible()
    await expect(scene.phone().get_by_test_id("start")).to_be_attached()
    return scene


def note(scene: Scene, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        scene.complaints.append(text)


def texts(phone: Locator) -> Locator:
    return phone.get_by_test_id("text")


async def post_file(http: ClientSession, url: str, chat: int, **files: tuple[str, bytes]) -> None:
    form = FormData({"chat_id": str(chat)})
    for name, (filename, data) in files.items():
        form.add_field(name, data, filename=filename)
    async with http.post(url, data=form) as response:
        assert response.status == 200, await response.text()


def month() -> Json:
    """A keyboard of seven columns: the weekdays and the thirty days of a month that begins on a Tuesday."""
    days = [f"{number}".translate(_PERSIAN) for number in range(1, 31)]
    cells = [*"شیدسچپج", " ", " ", " ", *days, " ", " "]
    keys = [{"text": cell, "callback_data": f"d{max(0, at - 9)}"} for at, cell in enumerate(cells)]
    return {"inline_keyboard": [keys[at : at + 7] for at in range(0, len(keys), 7)]}
