"""«ابزار آزمایش» of the chat page: faults, the clock, new phones and blocks, each at a tap."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect
from sandbox_page_scene import Scene

TEHRAN = ZoneInfo("Asia/Tehran")

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def tools(scene: Scene) -> AsyncIterator[Locator]:
    """The panel, opened."""
    await scene.page.get_by_test_id("tools-toggle").click()
    panel = scene.page.get_by_role("complementary", name="ابزار آزمایش")
    await expect(panel).to_be_visible()
    yield panel


def tile(tools: Locator, name: str) -> Locator:
    """What is tapped to have a fault, by the words it begins with."""
    return tools.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))


def standing(within: Locator) -> Locator:
    return within.get_by_test_id("standing")


async def send_status(scene: Scene, platform: str, chat: int) -> int:
    """The HTTP status of an attempt of the bot to send a message."""
    bot = scene.bots[platform]
    async with bot.http.post(f"{bot.url}/sendMessage", json={"chat_id": chat, "text": "س"}) as met:
        return met.status


async def test_a_fault_is_counted_down_before_the_eyes_and_is_gone_when_it_is_used_up(
    scene: Scene, tools: Locator
) -> None:
    chat = await scene.begins()
    await tile(tools, "خرابی (۵۰۰)").click()
    strip = scene.page.get_by_role("region", name="آنچه اکنون برپاست")
    await expect(standing(strip)).to_have_text(["خرابی (۵۰۰) · هر دو پیام‌رسان ۳ بار دیگرپایان"])
    assert await send_status(scene, "telegram", chat) == 500
    await expect(standing(strip)).to_have_text(
        ["خرابی (۵۰۰) · هر دو پیام‌رسان ۲ بار دیگر · ۱ بار رخ دادپایان"]
    )
    assert [await send_status(scene, "telegram", chat) for _ in range(3)] == [500, 500, 200]
    await expect(strip).to_be_hidden()


async def test_a_fault_of_one_messenger_leaves_the_other_alone_and_a_second_tap_ends_it(
    scene: Scene, tools: Locator
) -> None:
    telegram, bale = await scene.begins(), await scene.begins("director", "bale")
    await tools.get_by_role("group", name="پیام‌رسانی که اختلال دارد").get_by_label("بله").check()
    crowded = tile(tools, "شلوغی (۴۲۹)")
    await expect(crowded).to_have_attribute("aria-pressed", "false")
    await crowded.click()
    await expect(crowded).to_have_attribute("aria-pressed", "true")
    assert await send_status(scene, "bale", bale) == 429
    assert await send_status(scene, "telegram", telegram) == 200
    await crowded.click()
    await expect(crowded).to_have_attribute("aria-pressed", "false")
    assert await send_status(scene, "bale", bale) == 200


async def test_each_of_several_faults_is_ended_by_itself_and_all_by_one_tap(
    scene: Scene, tools: Locator
) -> None:
    for name in ("مسدود (۴۰۳)", "کندی", "پیام تکراری"):
        await tile(tools, name).click()
        await expect(tile(tools, name)).to_have_attribute("aria-pressed", "true")
    rows = standing(tools)
    await expect(rows).to_have_count(3)
    await tools.get_by_role("button", name="پایان: کندی").click()
    await expect(rows).to_have_count(2)
    assert [fault.kind for fault in scene.sandbox.faults.orders] == ["403", "repeat"]
    await tools.get_by_role("button", name="پایان همه اختلال‌ها").click()
    await expect(rows).to_have_count(0)
    assert scene.sandbox.faults.orders == []


async def test_every_fault_that_is_offered_is_one_that_the_sandbox_has(scene: Scene, tools: Locator) -> None:
    tiles = tools.locator("[data-kind]")
    kinds = await tiles.evaluate_all("tiles => tiles.map(tile => tile.dataset.kind)")
    for at in range(len(kinds)):
        await tiles.nth(at).click()
        await expect(tiles.nth(at)).to_have_attribute("aria-pressed", "true")
    assert [fault.kind for fault in scene.sandbox.faults.orders] == kinds


async def test_the_clock_is_moved_by_steps_and_its_shift_is_told_until_it_is_taken_back(
    scene: Scene, tools: Locator
) -> None:
    shift, strip = scene.page.get_by_test_id("tools-shift"), scene.page.get_by_test_id("strip")
    await expect(shift).to_have_text("همان ساعت واقعی است")
    await tools.get_by_role("button", name="۷ روز جلو").click()
    await expect(shift).to_have_text("۷ روز جلوتر است")
    await tools.get_by_role("button", name="۱۰ دقیقه جلو").click()
    await expect(standing(strip)).to_have_text(["ساعت ۷ روز و ۱۰ دقیقه جلوتر است بازگشت به اکنون"])
    assert scene.sandbox.clock.offset == 7 * 86_400 + 600
    await strip.get_by_role("button", name="بازگشت به اکنون").click()
    await expect(strip).to_be_hidden()
    assert scene.sandbox.clock.offset == 0
    # What was pressed is gone; the keyboard goes on where the strip can be filled again.
    await expect(scene.page.get_by_test_id("tools-toggle")).to_be_focused()


async def test_one_tap_leads_to_the_next_morning_in_tehran_whatever_the_hour(
    scene: Scene, tools: Locator
) -> None:
    scene.sandbox.clock.set(datetime(2026, 11, 24, 21, 40, 30, tzinfo=TEHRAN))
    await scene.page.reload()
    await scene.page.get_by_test_id("tools-toggle").click()
    for day in ("چهارشنبه ۴ آذر ۱۴۰۵", "پنجشنبه ۵ آذر ۱۴۰۵"):
        await tools.get_by_role("button", name="فردا ساعت ۸").click()
        await expect(scene.page.get_by_test_id("tools-now")).to_have_text(f"{day}، ساعت ۰۸:۰۰")


async def test_what_holds_is_shown_to_whoever_opens_the_page_later(scene: Scene) -> None:
    scene.sandbox.faults.add("bale", "*", "reset_before")
    scene.sandbox.clock.advance(3600)
    await scene.page.reload()
    await expect(standing(scene.page.get_by_test_id("strip"))).to_have_text(
        ["قطع ارتباط · بله تا پایان دادنپایان", "ساعت ۱ ساعت جلوتر است بازگشت به اکنون"]
    )


async def test_a_phone_is_added_and_a_bot_is_blocked(scene: Scene, tools: Locator) -> None:
    page = scene.page
    await scene.begins()
    await tools.get_by_role("textbox", name="نام").fill("مریم رضایی")
    await tools.get_by_role("button", name="افزودن گوشی").click()
    await expect(page.get_by_role("region", name="گوشی مریم رضایی").locator(".holder")).to_have_text(
        "مریم رضاییبله"
    )
    await tools.get_by_role("button", name="مسدود کردن: سارا احمدی").click()
    await expect(scene.phone().get_by_role("button", name="رفع مسدودی")).to_be_visible()
    assert (await scene.bot.hears("my_chat_member"))["new_chat_member"]["status"] == "kicked"


async def test_on_a_narrow_screen_the_tools_cover_the_page_until_escape(narrow: Scene) -> None:
    page = narrow.page
    await page.get_by_test_id("tools-toggle").click()
    covered = page.get_by_role("main")
    await expect(covered).to_have_attribute("inert", "")  # out of reach of keyboard and screen reader
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("complementary")).to_have_count(0)
    await expect(covered).not_to_have_attribute("inert", "")
    await expect(page.get_by_test_id("tools-toggle")).to_be_focused()
