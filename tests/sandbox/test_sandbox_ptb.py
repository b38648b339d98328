"""python-telegram-bot, as it is, against the sandbox."""

# The library's types allow None where these stories know better; a None fails them all the same.
# mypy: disable-error-code="union-attr"

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
import telegram.error
from telegram import (
    Bot,
    BotCommand,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from sandbox import NotSeen, Phone, Sandbox

TOKEN = "1000000001:telegram"
PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + (640).to_bytes(4, "big")
    + (480).to_bytes(4, "big")
    + b"\x08\x02\x00\x00\x00"
)


@pytest.fixture
async def bot(box: Sandbox) -> AsyncIterator[Bot]:
    made = Bot(TOKEN, base_url=f"{box.url}/bot", base_file_url=f"{box.url}/file/bot")
    async with made:
        yield made


async def test_a_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (1000000001, "telegram_office_bot", True)


async def test_a_formatted_message_arrives_as_it_was_meant(bot: Bot, officer: Phone) -> None:
    sent = await bot.send_message(
        officer.chat.id, "کد: <b>۱۲۳</b> &amp; <a href='https://a.ir/?x=1&amp;y=2'>راه</a>", ParseMode.HTML
    )
    assert sent.text == "کد: ۱۲۳ & راه"
    assert [(e.type, e.offset, e.length, e.url) for e in sent.entities] == [
        ("bold", 4, 3, None),
        ("text_link", 10, 3, "https://a.ir/?x=1&y=2"),
    ]
    shown = await officer.sees("۱۲۳")
    link = '<a href="https://a.ir/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer">راه</a>'
    assert shown["html"] == f"کد: <b>۱۲۳</b> &amp; {link}"


async def test_a_deep_link_comes_as_a_command(bot: Bot, officer: Phone) -> None:
    await officer.start("invite-7")
    (update,) = await bot.get_updates()
    message = update.message
    assert message is not None
    assert (message.text, message.chat.type) == ("/start invite-7", "private")
    assert [(e.type, e.offset, e.length) for e in message.entities] == [("bot_command", 0, 6)]


async def test_a_press_is_answered_and_the_message_changes(bot: Bot, officer: Phone) -> None:
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("بله", callback_data="yes")]])
    sent = await bot.send_message(officer.chat.id, "مطمئن هستید؟", reply_markup=buttons)
    press = asyncio.create_task(officer.press("بله"))
    (update,) = await bot.get_updates(timeout=5)
    query = update.callback_query
    assert query is not None
    assert (query.data, query.message.message_id) == ("yes", sent.message_id)
    await query.answer("ثبت شد", show_alert=True)
    assert await press == {"text": "ثبت شد", "show_alert": True}
    edited = await query.edit_message_text("ثبت شد")
    assert (edited.message_id, edited.text, edited.reply_markup) == (sent.message_id, "ثبت شد", None)
    assert [(m["text"], m["edited"], m["inline"]) for m in officer.messages()[1:]] == [("ثبت شد", True, [])]


async def test_reply_keyboards_come_and_go(bot: Bot, officer: Phone) -> None:
    keys = ReplyKeyboardMarkup(
        [["منو", KeyboardButton("شماره من", request_contact=True)]], input_field_placeholder="بنویسید"
    )
    await bot.send_message(officer.chat.id, "بفرمایید", reply_markup=keys)
    shown = officer.keyboard()
    assert shown is not None
    assert [[key["text"] for key in row] for row in shown["keyboard"]] == [["منو", "شماره من"]]
    assert shown["input_field_placeholder"] == "بنویسید"
    await officer.press("منو")
    await officer.press("شماره من")
    menu, contact = await bot.get_updates()
    assert menu.message.text == "منو"
    assert contact.message.contact.user_id == officer.person.user_id
    await bot.send_message(officer.chat.id, "پاسخ؟", reply_markup=ForceReply())
    assert officer.keyboard() == shown
    await bot.send_message(officer.chat.id, "پایان", reply_markup=ReplyKeyboardRemove())
    assert officer.keyboard() is None


async def test_files_go_both_ways(bot: Bot, officer: Phone) -> None:
    sent = await bot.send_document(
        officer.chat.id, io.BytesIO(b"%PDF-1.7"), filename="letter.pdf", caption="نامه"
    )
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("letter.pdf", 8, "نامه")
    again = await bot.send_document(officer.chat.id, sent.document.file_id)
    assert again.document.file_unique_id == sent.document.file_unique_id
    picture = await bot.send_photo(officer.chat.id, PICTURE)
    assert [(p.width, p.height) for p in picture.photo] == [(320, 240), (640, 480)]
    await officer.send_file(b"%PDF-1.4 order", "رأی.pdf", caption="رأی")
    (update,) = await bot.get_updates()
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.4 order"
    assert update.message.document.mime_type == "application/pdf"


async def test_an_album_is_several_messages_of_one_group(bot: Bot, officer: Phone) -> None:
    sent = await bot.send_media_group(
        officer.chat.id,
        [InputMediaDocument(b"one", filename="1.pdf"), InputMediaDocument(b"two", filename="2.pdf")],
    )
    assert [m.document.file_name for m in sent] == ["1.pdf", "2.pdf"]
    assert len({m.media_group_id for m in sent}) == 1


async def test_replies_quote_the_message(bot: Bot, officer: Phone) -> None:
    asked = await officer.send("کجاست؟")
    sent = await bot.send_message(officer.chat.id, "اینجا", reply_to_message_id=asked["id"])
    assert sent.reply_to_message.text == "کجاست؟"
    assert officer.messages()[-1]["reply_to"] == asked["id"]


async def test_captions_buttons_actions_and_commands(bot: Bot, officer: Phone) -> None:
    chat = officer.chat.id
    sent = await bot.send_document(chat, b"x", filename="a.pdf", caption="یک")
    edited = await bot.edit_message_caption(chat, sent.message_id, caption="دو")
    assert edited.caption == "دو"
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("راه", url="https://a.ir")]])
    marked = await bot.edit_message_reply_markup(chat, sent.message_id, reply_markup=buttons)
    assert marked.reply_markup == buttons
    assert await bot.send_chat_action(chat, "typing")
    assert officer.typing()
    await bot.set_my_commands([BotCommand("start", "آغاز")])
    assert [c.command for c in await bot.get_my_commands()] == ["start"]
    assert (await bot.get_chat(chat)).first_name == "مریم"


async def test_refusals_become_the_errors_of_the_library(bot: Bot, officer: Phone) -> None:
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await bot.send_message(12, "x")
    await officer.block_bot()
    with pytest.raises(telegram.error.Forbidden):
        await bot.send_message(officer.chat.id, "x")


async def test_blocks_and_groups_are_told_as_memberships(bot: Bot, officer: Phone) -> None:
    await officer.block_bot()
    (blocked,) = await bot.get_updates()
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    await officer.block_bot(blocked=False)
    group = await officer.open_group("همکاران")
    _, _, joined, message = await bot.get_updates()
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert (message.message.chat.id, message.message.chat.type) == (group.id, "group")
    assert group.id < 0
    assert await bot.leave_chat(group.id)
    left = (await bot.get_updates())[-1]
    assert left.my_chat_member.new_chat_member.status == "left"
    with pytest.raises(telegram.error.Forbidden):
        await bot.send_message(group.id, "سلام")


async def test_an_application_polls_and_answers(box: Sandbox, officer: Phone) -> None:
    async def start(update: Update, _: object) -> None:
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("ادامه", callback_data="go")]])
        await update.message.reply_text("خوش آمدید", reply_markup=buttons)

    async def go(update: Update, _: object) -> None:
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("نام؟")

    async def echo(update: Update, _: object) -> None:
        await update.message.reply_text(f"سلام {update.message.text}")

    app = Application.builder().token(TOKEN).base_url(f"{box.url}/bot").build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(go))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    async with app:
        await app.start()
        await app.updater.start_polling()
        await officer.start()
        await officer.sees("خوش آمدید")
        assert await officer.press("ادامه") == {"text": "", "show_alert": False}
        await officer.sees("نام؟")
        await officer.send("مریم")
        await officer.sees("سلام مریم")
        with pytest.raises(NotSeen):
            await officer.sees("چیز دیگر", within=0.05)
        await app.updater.stop()
        await app.stop()
    assert [m["text"] for m in officer.messages()] == ["/start", "/start", "نام؟", "مریم", "سلام مریم"]
