"""The chat page in a real browser, against the real sandbox; the bot's side is plain Bot API calls."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession
from browsing import tab_to
from playwright.async_api import BrowserContext, expect
from sandbox_page_scene import DESKTOP, PNG, Scene, open_scene, peopled, post_file, texts

pytestmark = pytest.mark.asyncio(loop_scope="module")

MAIN_MENU = {"keyboard": [[{"text": "ثبت پیشنهاد"}, {"text": "پیگیری"}], [{"text": "راهنما"}]]}


async def test_the_page_shows_a_phone_for_each_person_from_right_to_left(scene: Scene) -> None:
    await expect(scene.page.locator(".holder")).to_have_text(
        ["سارا احمدیکارشناس دستگاهتلگرام", "مهدی کریمیکارشناس بررسیتلگرام", "ژاله نادریمدیربله"]
    )
    officer, reviewer = await scene.phone().bounding_box(), await scene.phone("reviewer").bounding_box()
    assert officer is not None
    assert reviewer is not None
    assert officer["x"] > reviewer["x"]


async def test_start_opens_the_chat_and_the_answer_is_a_bubble_with_its_marks(scene: Scene) -> None:
    chat = await scene.begins()
    await scene.bot.says(chat, "سلام <b>سارا</b>، ۲ &lt; ۳")
    phone = scene.phone()
    await expect(texts(phone)).to_have_text(["/start", "سلام سارا، ۲ < ۳"])
    await expect(phone.locator(".theirs b")).to_have_text(["سارا"])
    await expect(phone.locator(".theirs time")).to_have_text([re.compile("^[۰-۹]{2}:[۰-۹]{2}$")])
    await expect(phone.get_by_test_id("start")).to_be_hidden()


async def test_enter_sends_and_shift_enter_begins_a_line(scene: Scene) -> None:
    await scene.begins()
    composer = scene.phone().get_by_test_id("composer")
    await composer.press_sequentially("سطر یک")
    await composer.press("Shift+Enter")
    await composer.press_sequentially("سطر دو")
    await composer.press("Enter")
    assert (await scene.bot.hears())["text"] == "سطر یک\nسطر دو"
    await expect(composer).to_have_value("")


async def test_keys_of_the_reply_keyboard_write_their_label_and_can_be_put_away(scene: Scene) -> None:
    chat = await scene.begins()
    await scene.bot.says(chat, "منو", reply_markup={**MAIN_MENU, "input_field_placeholder": "یک گزینه"})
    phone = scene.phone()
    keys = phone.get_by_test_id("reply-key")
    await expect(keys).to_have_text(["ثبت پیشنهاد", "پیگیری", "راهنما"])
    await expect(phone.get_by_test_id("composer")).to_have_attribute("placeholder", "یک گزینه")
    await keys.nth(1).click()
    assert (await scene.bot.hears())["text"] == "پیگیری"
    await phone.get_by_test_id("reply-toggle").click()
    await expect(keys.first).to_be_hidden()
    await scene.bot.says(chat, "تمام", reply_markup={"remove_keyboard": True})
    await expect(keys).to_have_count(0)


async def test_a_press_shows_the_answer_and_the_edit_takes_the_place_of_the_message(scene: Scene) -> None:
    chat = await scene.begins()
    keys = [[{"text": "ادامه", "callback_data": "next"}, {"text": "انصراف", "callback_data": "cancel"}]]
    sent = await scene.bot.says(chat, "گام ۱ از ۲", reply_markup={"inline_keyboard": keys})
    phone = scene.phone()
    await phone.get_by_test_id("inline-key").first.click()
    pressed = await scene.bot.hears("callback_query")
    assert pressed["data"] == "next"
    await scene.bot.call("answerCallbackQuery", callback_query_id=pressed["id"], text="ذخیره شد")
    await scene.bot.call("editMessageText", chat_id=chat, message_id=sent, text="گام ۲ از ۲")
    await expect(phone.get_by_role("status")).to_have_text("ذخیره شد")
    await expect(texts(phone)).to_have_text(["/start", "گام ۲ از ۲"])
    await expect(phone.get_by_test_id("edited")).to_have_text(["ویرایش شد"])
    await expect(phone.get_by_test_id("inline-key")).to_have_count(0)


async def test_an_alert_stays_until_it_is_acknowledged(scene: Scene) -> None:
    chat = await scene.begins()
    keys = [[{"text": "چرا؟", "callback_data": "why"}]]
    await scene.bot.says(chat, "مبلغ", reply_markup={"inline_keyboard": keys})
    await scene.phone().get_by_test_id("inline-key").click()
    pressed = await scene.bot.hears("callback_query")
    answer = {"text": "برای سنجش شرط‌ها", "show_alert": True}
    await scene.bot.call("answerCallbackQuery", callback_query_id=pressed["id"], **answer)
    dialog = scene.page.get_by_test_id("dialog-alert")
    await expect(dialog.locator(".dialog-text")).to_have_text("برای سنجش شرط‌ها")
    await scene.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_a_deleted_message_leaves_the_page(scene: Scene) -> None:
    chat = await scene.begins()
    sent = await scene.bot.says(chat, "رمز: ۱۲۳")
    await expect(texts(scene.phone())).to_have_text(["/start", "رمز: ۱۲۳"])
    await scene.bot.call("deleteMessage", chat_id=chat, message_id=sent)
    await expect(texts(scene.phone())).to_have_text(["/start"])


async def test_a_document_and_a_photo_are_chosen_and_sent_with_a_caption(
    scene: Scene, tmp_path: Path
) -> None:
    await scene.begins()
    phone, page = scene.phone(), scene.page
    letter, card = tmp_path / "letter.pdf", tmp_path / "card.png"
    letter.write_bytes(b"%PDF-1.4 " + b"x" * 2039)
    card.write_bytes(PNG)

    await phone.get_by_test_id("upload").click()
    async with page.expect_file_chooser() as chooser:
        await phone.get_by_test_id("upload-document").click()
    await (await chooser.value).set_files(letter)
    await phone.get_by_test_id("composer").fill("نامه دستگاه")
    await phone.get_by_test_id("send").click()
    heard = await scene.bot.hears()
    assert (heard["document"]["file_name"], heard["caption"]) == ("letter.pdf", "نامه دستگاه")
    await expect(phone.get_by_test_id("document")).to_have_text(["letter.pdf۲ کیلوبایت"])

    await phone.get_by_test_id("upload").click()
    async with page.expect_file_chooser() as chooser:
        await phone.get_by_test_id("upload-photo").click()
    await (await chooser.value).set_files(card)
    await phone.get_by_test_id("send").click()
    assert "photo" in await scene.bot.hears()
    await expect(phone.get_by_test_id("photo")).to_have_count(1)


async def test_files_dropped_together_go_out_as_one_album(scene: Scene) -> None:
    await scene.begins()
    phone = scene.phone()
    drop = """(screen) => {
      const carried = new DataTransfer();
      for (const name of ["a.txt", "b.txt"]) carried.items.add(new File(["x"], name, { type: "text/plain" }));
      screen.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
    }"""
    await phone.locator(".screen").evaluate(drop)
    await expect(phone.get_by_test_id("upload-tray")).to_have_text("۲ پرونده با همسند · ۲ بایت")
    await phone.get_by_test_id("send").click()
    heard = [await scene.bot.hears(), await scene.bot.hears()]
    assert [message["document"]["file_name"] for message in heard] == ["a.txt", "b.txt"]
    assert heard[0]["media_group_id"] == heard[1]["media_group_id"]


async def test_a_file_dropped_on_the_phone_waits_in_the_tray(scene: Scene) -> None:
    await scene.begins()
    phone = scene.phone()
    drop = """(screen) => {
      const carried = new DataTransfer();
      carried.items.add(new File(["x"], "note.txt", { type: "text/plain" }));
      screen.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
    }"""
    await phone.locator(".screen").evaluate(drop)
    await expect(phone.get_by_test_id("upload-tray")).to_have_text("note.txtسند · ۱ بایت")
    await phone.get_by_test_id("composer").press("Enter")
    assert (await scene.bot.hears())["document"]["file_name"] == "note.txt"
    await expect(phone.get_by_test_id("upload-tray")).to_be_hidden()


async def test_photos_and_documents_of_the_bot_can_be_opened(scene: Scene, page_http: ClientSession) -> None:
    chat = await scene.begins()
    phone = scene.phone()
    await post_file(page_http, f"{scene.bot.url}/sendPhoto", chat, photo=("card.png", PNG))
    await phone.get_by_test_id("photo").click()
    shown = scene.page.get_by_test_id("dialog-lightbox").locator("img")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("img => [img.naturalWidth, img.naturalHeight]") == [2, 2]
    await scene.page.keyboard.press("Escape")
    await expect(shown).to_have_count(0)

    await post_file(page_http, f"{scene.bot.url}/sendDocument", chat, document=("receipt.pdf", b"%PDF-1.4"))
    async with scene.page.expect_download() as download:
        await phone.get_by_test_id("document").click()
    saved = await download.value
    assert saved.suggested_filename == "receipt.pdf"
    assert (await saved.path()).read_bytes() == b"%PDF-1.4"


async def test_a_tap_on_a_code_copies_it(scene: Scene, context: BrowserContext) -> None:
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat = await scene.begins()
    await scene.bot.says(chat, "کد رهگیری:\n<code>482913750628</code>")
    await scene.phone().locator("code").click()
    await expect(scene.page.get_by_text("کپی شد")).to_be_visible()
    assert await scene.page.evaluate("navigator.clipboard.readText()") == "482913750628"


async def test_a_message_of_ones_own_is_changed_with_the_up_arrow(scene: Scene) -> None:
    await scene.begins()
    phone = scene.phone()
    composer = phone.get_by_test_id("composer")
    await composer.fill("۸۵ ملیون")
    await composer.press("Enter")
    await expect(texts(phone)).to_have_text(["/start", "۸۵ ملیون"])
    await composer.press("ArrowUp")
    await composer.fill("۸۵ میلیون")
    await composer.press("Enter")
    assert (await scene.bot.hears("edited_message"))["text"] == "۸۵ میلیون"
    await expect(texts(phone)).to_have_text(["/start", "۸۵ میلیون"])


async def test_the_whole_chat_works_without_a_mouse(scene: Scene) -> None:
    page, phone, bot = scene.page, scene.phone(), scene.bot
    await tab_to(page, phone.get_by_test_id("start"))
    await page.keyboard.press("Enter")
    chat = int((await bot.hears())["chat"]["id"])
    # The button is gone; the composer has the focus at once.
    await expect(phone.get_by_test_id("composer")).to_be_focused()
    keys = [[{"text": "یک", "callback_data": "1"}, {"text": "دو", "callback_data": "2"}]]
    sent = await bot.says(chat, "کدام؟", reply_markup={"inline_keyboard": keys})
    key = phone.get_by_test_id("inline-key")
    await expect(key).to_have_count(2)
    await tab_to(page, key.nth(1), "Shift+Tab")
    await page.keyboard.press("Enter")
    pressed = await bot.hears("callback_query")
    assert pressed["data"] == "2"
    await bot.call("answerCallbackQuery", callback_query_id=pressed["id"])
    edited = {"text": "هنوز کدام؟", "reply_markup": {"inline_keyboard": keys}}
    await bot.call("editMessageText", chat_id=chat, message_id=sent, **edited)
    await expect(texts(phone)).to_have_text(["/start", "هنوز کدام؟"])
    await expect(key.nth(1)).to_be_focused()
    outline = await key.nth(1).evaluate("key => getComputedStyle(key).outlineStyle")
    assert outline == "solid"


async def test_marks_of_bale_are_rendered_on_a_phone_of_bale(scene: Scene) -> None:
    chat = await scene.begins("director", "bale")
    await scene.bots["bale"].call("sendMessage", chat_id=chat, text="*۲ پیشنهاد* در انتظار امضا")
    await expect(texts(scene.phone("director", "bale"))).to_have_text(["/start", "۲ پیشنهاد در انتظار امضا"])
    await expect(scene.phone("director", "bale").locator(".theirs b")).to_have_text(["۲ پیشنهاد"])


async def test_an_invitation_link_is_opened_on_the_phone_one_chooses(scene: Scene) -> None:
    chat = await scene.begins()
    await scene.bot.says(chat, "پیوند دعوت: https://t.me/mohlat_bot?start=INV7")
    await texts(scene.phone()).get_by_role("link").click()
    await scene.page.get_by_test_id("dialog-choose").get_by_role("button", name="مهدی کریمی").click()
    heard = await scene.bot.hears()
    assert (heard["text"], heard["from"]["first_name"]) == ("/start INV7", "مهدی کریمی")
    await expect(texts(scene.phone("reviewer"))).to_have_text(["/start INV7"])


async def test_after_a_restart_of_the_server_the_page_reads_everything_anew(
    context: BrowserContext, page_http: ClientSession, tmp_path: Path
) -> None:
    first = peopled(tmp_path / "kept.sqlite")
    await first.start()
    scene = await open_scene(first, context, page_http, DESKTOP)
    chat = await scene.begins()
    await first.stop()
    banner = scene.page.get_by_text("اتصال قطع شد؛ تلاش دوباره…")
    await expect(banner).to_be_visible()

    second = peopled(tmp_path / "kept.sqlite")
    await second.start(port=urlsplit(first.url).port or 0)
    try:
        await scene.bot.says(chat, "در نبود شما")
        await expect(banner).to_be_hidden()
        await expect(texts(scene.phone())).to_have_text(["/start", "در نبود شما"])
        assert [line for line in scene.complaints if "WebSocket" not in line] == []
    finally:
        await second.stop()


async def test_nothing_a_person_writes_runs_as_a_script(scene: Scene) -> None:
    await scene.begins()
    attack = "<img src=x onerror=\"document.title='taken'\"><b>x</b>"
    await scene.phone().get_by_test_id("composer").fill(attack)
    await scene.phone().get_by_test_id("send").click()
    assert json.dumps((await scene.bot.hears())["text"]) == json.dumps(attack)
    await expect(texts(scene.phone())).to_have_text(["/start", attack])
    await expect(scene.page).to_have_title("محیط آزمایشی مهلت")


async def test_a_slash_offers_the_commands_the_bot_has_set(scene: Scene) -> None:
    await scene.begins()
    commands = [
        {"command": "menu", "description": "منو"},
        {"command": "mine", "description": "پیشنهادهای من"},
    ]
    await scene.bot.call("setMyCommands", commands=commands)
    phone = scene.phone()
    await phone.get_by_test_id("composer").press_sequentially("/m")
    await expect(phone.get_by_test_id("command")).to_have_text(["منو/menu", "پیشنهادهای من/mine"])
    await phone.get_by_test_id("composer").press_sequentially("i")
    await expect(phone.get_by_test_id("command")).to_have_text(["پیشنهادهای من/mine"])
    await phone.get_by_test_id("command").click()
    assert (await scene.bot.hears())["text"] == "/mine"
    await expect(phone.get_by_test_id("commands")).to_be_hidden()


async def test_typing_is_shown_until_the_message_comes(scene: Scene) -> None:
    chat = await scene.begins()
    status = scene.phone().locator(".chat-status")
    await scene.bot.call("sendChatAction", chat_id=chat, action="typing")
    await expect(status).to_have_text("در حال نوشتن…")
    await scene.bot.says(chat, "آماده شد")
    await expect(status).to_have_text("ربات")
