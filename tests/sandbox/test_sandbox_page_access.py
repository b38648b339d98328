"""The chat page for those who hear it, or use a keyboard alone: axe-core, announcements, arrow keys."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from browsing import tab_to
from playwright.async_api import Browser, expect
from sandbox_page_scene import DESKTOP, PNG, Bot, Scene, month, open_scene, post_file

from sandbox import Sandbox

pytestmark = pytest.mark.asyncio(loop_scope="module")

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async () => (await axe.run({ resultTypes: ["violations"] })).violations.map(
  ({ id, impact, nodes }) => [impact, id, ...nodes.map(({ html }) => html.slice(0, 160))])"""
SMALL = (360, 740)
MENU = {"keyboard": [[{"text": "ثبت پیشنهاد"}, {"text": "پیگیری"}], [{"text": "راهنما"}]]}
WHY = {"inline_keyboard": [[{"text": "چرا؟", "callback_data": "why"}]]}


@dataclass
class Inspection:
    """An open page, and what axe-core has found on it so far by the page's state."""

    scene: Scene
    found: dict[str, list[Any]] = field(default_factory=dict)

    async def looks_at(self, state: str) -> None:
        """Run axe-core over the page as it stands."""
        found = await self.scene.page.evaluate(RUN_AXE)
        if found:
            self.found[state] = found


@pytest_asyncio.fixture(
    loop_scope="module", params=[(theme, size) for theme in ("light", "dark") for size in (DESKTOP, SMALL)]
)
async def inspection(
    sandbox: Sandbox, browser: Browser, page_http: ClientSession, request: pytest.FixtureRequest
) -> AsyncIterator[Inspection]:
    """The page in each theme and size; nothing moves, so that colours can be measured."""
    theme, size = request.param
    context = await browser.new_context(color_scheme=theme, reduced_motion="reduce")
    await context.add_init_script(AXE)
    inspection = Inspection(await open_scene(sandbox, context, page_http, size))
    yield inspection
    assert inspection.scene.complaints == []
    await context.close()


async def test_axe_finds_nothing_in_any_state_of_the_page(inspection: Inspection, tmp_path: Path) -> None:
    await inspection.looks_at("people without chats")
    for key, platform in (("officer", "telegram"), ("director", "bale")):
        await _inspect_chat(inspection, key, platform, tmp_path)
    await _inspect_tools(inspection)
    await _inspect_dialog(inspection)
    assert inspection.found == {}


async def _inspect_chat(inspection: Inspection, key: str, platform: str, tmp_path: Path) -> None:
    """A chat with all that a bot can show, then with a menu, a file that waits, and news further down."""
    scene = inspection.scene
    phone, bot = scene.phone(key, platform), scene.bots[platform]
    await scene.page.get_by_test_id(f"tab-{platform}-{key}").click()
    chat = await scene.begins(key, platform)
    await _say_everything(bot, chat)
    await expect(phone.get_by_text("مبلغ")).to_be_visible()
    await inspection.looks_at(f"chat on {platform}")

    await phone.get_by_test_id("upload").click()
    await inspection.looks_at(f"menu on {platform}")
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.4")
    async with scene.page.expect_file_chooser() as chooser:
        await phone.get_by_test_id("upload-document").click()
    await (await chooser.value).set_files(letter)
    await expect(phone.get_by_test_id("upload-tray")).to_be_visible()
    await phone.get_by_test_id("messages").evaluate("list => list.scrollTo(0, 0)")
    await expect(phone.get_by_test_id("to-end")).to_be_visible()
    await bot.says(chat, "تازه")
    await expect(phone.get_by_test_id("to-end")).to_have_text("۱ پیام تازه")
    await inspection.looks_at(f"file and news on {platform}")


async def _say_everything(bot: Bot, chat: int) -> None:
    await bot.call("sendMessage", chat_id=chat, text="تاریخ نامه چیست؟", reply_markup=month())
    await bot.says(chat, "کد رهگیری:\n<code>482913750628</code>\n<pre>یک</pre><blockquote>دو</blockquote>")
    await post_file(bot.http, f"{bot.url}/sendPhoto", chat, photo=("card.png", PNG))
    await post_file(bot.http, f"{bot.url}/sendDocument", chat, document=("receipt.pdf", b"%PDF-1.4"))
    sent = await bot.says(chat, "یک https://example.org و /help")
    await bot.call("editMessageText", chat_id=chat, message_id=sent, text="دو https://example.org و /help")
    await bot.call("sendMessage", chat_id=chat, text="منو", reply_markup=MENU)
    await bot.call("sendMessage", chat_id=chat, text="مبلغ", reply_markup=WHY)


async def _inspect_tools(inspection: Inspection) -> None:
    page = inspection.scene.page
    await page.get_by_test_id("tools-toggle").click()
    await page.get_by_role("button", name="پیام تکراری").click()
    await page.get_by_role("button", name="۱ روز جلو").click()
    await expect(page.get_by_test_id("tools-shift")).to_have_text("۱ روز جلوتر است")
    await inspection.looks_at("tools")
    await page.get_by_role("button", name="بستن ابزار آزمایش").click()
    await expect(page.get_by_test_id("strip").get_by_test_id("standing")).to_have_count(2)
    await inspection.looks_at("what holds")


async def _inspect_dialog(inspection: Inspection) -> None:
    scene = inspection.scene
    bot, why = scene.bots["bale"], scene.phone("director", "bale").get_by_role("button", name="چرا؟")
    await why.click()
    query = await bot.hears("callback_query")
    shown = {"text": "برای سنجش شرط‌ها", "show_alert": True}
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], **shown)
    await expect(scene.page.get_by_test_id("dialog-alert")).to_be_visible()
    await inspection.looks_at("dialog")
    await scene.page.keyboard.press("Escape")
    await expect(why).to_be_focused()


async def test_new_and_changed_messages_of_the_bot_are_read_out_with_their_buttons(scene: Scene) -> None:
    told = scene.page.get_by_test_id("announcer").locator("p")
    chat = await scene.begins()
    sent = await scene.bot.says(chat, "<b>گام ۱</b>: کدام؟", reply_markup=WHY)
    first = "پیام ربات، گوشی سارا احمدی: گام ۱: کدام؟ دکمه‌ها: چرا؟."
    await expect(told).to_have_text([first])
    await scene.bot.call("editMessageText", chat_id=chat, message_id=sent, text="گام ۲")
    await expect(told).to_have_text([first, "پیام ربات تغییر کرد، گوشی سارا احمدی: گام ۲"])
    # A chat that is opened is not read out from its beginning.
    await scene.page.reload()
    await expect(scene.phone().get_by_test_id("message")).to_have_count(2)
    await expect(told).to_have_count(0)


async def test_of_a_month_of_buttons_only_the_first_are_read_out(scene: Scene) -> None:
    chat = await scene.begins()
    await scene.bot.call("sendMessage", chat_id=chat, text="کی؟", reply_markup=month())
    await expect(scene.page.get_by_test_id("announcer")).to_have_text(
        "پیام ربات، گوشی سارا احمدی: کی؟ دکمه‌ها: ش، ی، د، س، چ، پ، ج، ۱، ۲، ۳، ۴، ۵ و ۲۵ دکمه دیگر."
    )


async def test_every_control_has_a_name_and_every_chat_is_a_log(scene: Scene) -> None:
    chat = await scene.begins()
    await scene.bot.call("sendMessage", chat_id=chat, text="کی؟", reply_markup=month())
    await expect(scene.phone().get_by_test_id("inline-key")).to_have_count(42)
    await scene.page.get_by_test_id("tools-toggle").click()
    nameless = """() => [...document.querySelectorAll("button, a, input:not([hidden]), select, textarea")]
      .filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).map(e => e.outerHTML)"""
    assert await scene.page.evaluate(nameless) == []
    await expect(scene.page.get_by_role("log")).to_have_count(3)


async def test_arrow_keys_walk_over_the_days_of_a_month(scene: Scene) -> None:
    page, phone, chat = scene.page, scene.phone(), await scene.begins()
    await scene.bot.call("sendMessage", chat_id=chat, text="کی؟", reply_markup=month())
    day = phone.get_by_test_id("inline-key")
    await expect(day).to_have_count(42)
    await tab_to(page, day.last, "Shift+Tab")
    for key, label in (("ArrowUp", "۲۵"), ("ArrowRight", "۲۴"), ("ArrowUp", "۱۷"), ("ArrowLeft", "۱۸")):
        await page.keyboard.press(key)
        await expect(day.and_(phone.get_by_text(label, exact=True))).to_be_focused()
    await page.keyboard.press("Enter")
    assert (await scene.bot.hears("callback_query"))["data"] == "d18"


async def test_escape_puts_the_reply_keyboard_away_and_leads_back_to_the_composer(scene: Scene) -> None:
    page, phone, chat = scene.page, scene.phone(), await scene.begins()
    await scene.bot.call("sendMessage", chat_id=chat, text="منو", reply_markup=MENU)
    await tab_to(page, phone.get_by_test_id("reply-key").nth(1), "Shift+Tab")
    await page.keyboard.press("ArrowDown")
    await expect(phone.get_by_test_id("reply-key").nth(2)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(phone.get_by_test_id("reply-keyboard")).to_be_hidden()
    await expect(phone.get_by_test_id("composer")).to_be_focused()
