"""How the chat page shows many people: looks, themes, phones side by side, what is new and unread."""

import re

import pytest
from playwright.async_api import Locator, expect
from sandbox_page_scene import NARROW, Scene, month

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEAD = "phone => getComputedStyle(phone.querySelector('.chat-head')).backgroundColor"
KEY_SIZES = "keys => keys.map(key => key.getBoundingClientRect()).map(({width, height}) => [width, height])"


async def head(phone: Locator) -> str:
    return str(await phone.evaluate(HEAD))


async def test_each_phone_looks_like_its_messenger_until_one_look_is_chosen_for_all(
    scene: Scene,
) -> None:
    page, telegram, bale = scene.page, scene.phone(), scene.phone("director", "bale")
    blue, white = await head(telegram), await head(bale)
    assert blue != white
    await page.get_by_role("radio", name="نمای بله").check()
    await expect(telegram).to_have_attribute("data-look", "bale")
    assert (await head(telegram), await head(bale)) == (white, white)
    # Whose phone is on which messenger is told all the same, and the choice is remembered.
    await expect(telegram.locator(".holder .platform")).to_have_text("تلگرام")
    await page.reload()
    await expect(telegram).to_have_attribute("data-look", "bale")
    await page.get_by_role("radio", name="نمای بله").press("ArrowDown")
    await expect(telegram).to_have_attribute("data-look", "telegram")
    await expect(bale).to_have_attribute("data-look", "bale")


async def test_the_chosen_theme_is_remembered(scene: Scene) -> None:
    switch = scene.page.get_by_role("button", name="حالت تاریک")
    await expect(switch).to_have_attribute("aria-pressed", "false")
    await switch.click()
    await scene.page.reload()
    await expect(switch).to_have_attribute("aria-pressed", "true")
    assert await scene.page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


async def test_a_pinned_phone_stands_beside_any_other_also_after_a_reload(
    scene: Scene,
) -> None:
    page, pinned = scene.page, scene.page.locator("#pinned .phone")
    pin = scene.phone("reviewer").get_by_role("button", name="سنجاق کردن گوشی مهدی کریمی")
    await pin.click()
    await expect(pinned).to_have_attribute("data-testid", "phone-telegram-reviewer")
    await expect(pin).to_be_focused()
    await page.reload()
    await expect(pinned).to_have_attribute("data-testid", "phone-telegram-reviewer")
    await scene.phone().get_by_test_id("pin").click()
    await expect(pinned).to_have_attribute("data-testid", "phone-telegram-officer")
    await scene.phone().get_by_test_id("pin").click()
    await expect(pinned).to_have_count(0)
    order = await page.locator(".phone").evaluate_all("all => all.map(phone => phone.dataset.testid)")
    assert order == ["phone-telegram-officer", "phone-telegram-reviewer", "phone-bale-director"]


async def test_two_phones_fit_side_by_side_on_a_tablet(scene: Scene) -> None:
    await scene.page.set_viewport_size({"width": 768, "height": 1024})
    for phone in (scene.phone(), scene.phone("reviewer")):
        await expect(phone).to_be_in_viewport(ratio=0.99)


async def test_a_narrow_screen_shows_one_phone_and_counts_what_waits_in_the_others(narrow: Scene) -> None:
    page = narrow.page
    await page.get_by_test_id("tab-telegram-reviewer").click()
    await expect(narrow.phone("reviewer")).to_be_visible()
    await expect(narrow.phone()).to_be_hidden()
    chat = await narrow.begins("reviewer")
    await page.get_by_test_id("tab-telegram-officer").click()
    await expect(narrow.phone("reviewer")).to_be_hidden()
    await narrow.bot.says(chat, "پیشنهاد تازه")
    await narrow.bot.says(chat, "یادآوری")
    waiting = page.get_by_test_id("tab-telegram-reviewer").get_by_test_id("unread")
    await expect(waiting).to_have_text("۲")
    await page.get_by_test_id("tab-telegram-reviewer").click()
    await expect(waiting).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == NARROW[0]


@pytest.mark.parametrize("key", [("officer", "telegram"), ("director", "bale")])
async def test_a_month_of_days_stays_large_enough_for_a_finger_on_the_narrowest_phone(
    narrow: Scene, key: tuple[str, str]
) -> None:
    await narrow.page.set_viewport_size({"width": 360, "height": 740})
    await narrow.page.get_by_test_id(f"tab-{key[1]}-{key[0]}").click()
    chat = await narrow.begins(*key)
    await narrow.bots[key[1]].call("sendMessage", chat_id=chat, text="تاریخ نامه چیست؟", reply_markup=month())
    days = narrow.phone(*key).locator(".tight .inline-key")
    await expect(days).to_have_count(42)
    sizes = await days.evaluate_all(KEY_SIZES)
    assert min(width for width, _ in sizes) > 40
    assert min(height for _, height in sizes) >= 40
    assert len({round(width) for width, _ in sizes}) == 1
    assert await narrow.page.evaluate("document.documentElement.scrollWidth") == 360


async def test_whoever_reads_further_up_is_told_of_new_messages_and_taken_there(scene: Scene) -> None:
    chat, phone = await scene.begins(), scene.phone()
    for number in range(30):
        await scene.bot.says(chat, f"پیام {number}")
    await expect(phone.get_by_test_id("message")).to_have_count(31)
    way = phone.get_by_test_id("to-end")
    await expect(way).to_be_hidden()
    await phone.get_by_test_id("messages").evaluate("list => list.scrollTo(0, 0)")
    await expect(way).to_be_visible()
    await scene.bot.says(chat, "یک")
    await scene.bot.says(chat, "دو")
    await expect(way).to_have_text("۲ پیام تازه")
    await way.click()
    await expect(phone.get_by_text("دو", exact=True)).to_be_in_viewport()
    await expect(way).to_be_hidden()


async def test_days_are_jalali_and_an_empty_chat_says_what_it_is_for(scene: Scene) -> None:
    empty = scene.phone().get_by_text("هنوز پیامی نیست")
    await expect(empty).to_be_visible()
    chat = await scene.begins()
    await expect(empty).to_be_hidden()
    scene.sandbox.clock.advance(86_400)
    await scene.bot.says(chat, "فردا")
    days = scene.phone().locator(".day")
    await expect(days).to_have_text([re.compile("^[آ-ی‌ ]+ [۰-۹]{1,2} [آ-ی]+ ۱۴[۰-۹]{2}$")] * 2)
    first, second = await days.all_text_contents()
    assert first != second


def many(last: str) -> dict[str, object]:
    """A keyboard taller than any phone; its last key bears this label."""
    labels = [*(f"گزینه {n}" for n in range(25)), last]
    return {"inline_keyboard": [[{"text": label, "callback_data": "o"}] for label in labels]}


async def test_a_question_taller_than_the_phone_is_shown_from_its_top_and_its_keys_are_one_tap_away(
    narrow: Scene,
) -> None:
    chat, phone = await narrow.begins(), narrow.phone()
    asked = await narrow.bot.says(chat, "نوع بدهی چیست؟", reply_markup=many("سایر"))
    question = phone.get_by_test_id("message").last.locator(".words")
    await expect(question).to_be_in_viewport(ratio=1)
    last = phone.get_by_test_id("inline-key").last
    await expect(last).not_to_be_in_viewport()
    await phone.get_by_test_id("to-end").click()
    await expect(last).to_be_in_viewport(ratio=1)
    # A tick changes keys only: the reader goes on where the finger is.
    keys = many("سایر ✓")
    await narrow.bot.call("editMessageReplyMarkup", chat_id=chat, message_id=asked, reply_markup=keys)
    await expect(last).to_have_text("سایر ✓")
    await expect(last).to_be_in_viewport(ratio=1)
    await narrow.bot.call(
        "editMessageText", chat_id=chat, message_id=asked, text="مبلغ بدهی؟", reply_markup=many("بازگشت")
    )
    await expect(question).to_contain_text("مبلغ بدهی؟")
    await expect(question).to_be_in_viewport(ratio=1)


async def test_four_short_keys_in_a_row_stay_on_one_line(narrow: Scene) -> None:
    chat, phone = await narrow.begins(), narrow.phone()
    row = [{"text": f"ویرایش {n}", "callback_data": "e"} for n in ("۱۳", "۱۵", "۲۰", "۲۲")]
    await narrow.bot.says(chat, "خلاصه", reply_markup={"inline_keyboard": [row, row[:1]]})
    keys = phone.get_by_test_id("inline-key")
    await expect(keys).to_have_count(5)
    assert len({round(height) for _, height in await keys.evaluate_all(KEY_SIZES)}) == 1
