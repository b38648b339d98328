"""What whoever trains officers does: the messenger falls ill at a tap, and the bot goes on all the same."""

import re
from collections.abc import Callable

from journey_stage import PATIENCE_MS, Stage
from playwright.async_api import expect

MOVED = re.compile("^ساعت .+ است بازگشت به اکنون$")
"""By how much the clock is ahead depends on the day of the run: the demo begins on a day of its own."""


async def test_a_messenger_that_breaks_down_three_times_loses_no_answer(
    stage: Stage, keep_pictures: Callable[..., None]
) -> None:
    page, officer = stage.page, stage.person("bale-officer")
    await page.get_by_role("button", name="بستن راهنما").click()
    await page.get_by_test_id("tools-toggle").click()
    tools = page.get_by_role("complementary", name="ابزار آزمایش")
    await tools.get_by_role("button", name="۱ ساعت جلو").click()
    await tools.get_by_role("button", name="خرابی (۵۰۰)").click()
    standing = page.get_by_test_id("strip").get_by_test_id("standing")
    await expect(standing).to_have_text(["خرابی (۵۰۰) · هر دو پیام‌رسان ۳ بار دیگرپایان", MOVED])
    await stage.shoot("training")

    await officer.phone.get_by_test_id("reply-key").get_by_text("ثبت پیشنهاد", exact=True).click()
    # The bot waits longer after each try.
    await expect(officer.word).to_contain_text("گام ۱ از", timeout=3 * PATIENCE_MS)
    await expect(standing).to_have_text([MOVED], timeout=PATIENCE_MS)
    # The word came once, however often its sending was tried.
    await expect(officer.phone.locator(".theirs").filter(has_text="گام ۱ از")).to_have_count(1)
    keep_pictures("training")
