"""Bale's dialect: what it does otherwise than Telegram."""

import asyncio

import pytest
from sandbox_story import Call

from sandbox import Phone, Sandbox

INLINE = {"inline_keyboard": [[{"text": "بله", "callback_data": "yes"}]]}


async def test_bale_renders_its_own_markdown_and_ignores_parse_mode(bale: Call, bale_officer: Phone) -> None:
    text = "*کد* _۱۲_ [راه](https://a.ir) <b>x</b>"
    told = await bale("sendMessage", chat_id=bale_officer.chat.id, text=text, parse_mode="HTML")
    assert (told["result"]["text"], "entities" in told["result"]) == (text, False)
    shown = bale_officer.messages()[-1]
    assert shown["text"] == "کد ۱۲ راه <b>x</b>"
    link = '<a href="https://a.ir" target="_blank" rel="noopener noreferrer">راه</a>'
    assert shown["html"] == f"<b>کد</b> <i>۱۲</i> {link} &lt;b&gt;x&lt;/b&gt;"


async def test_what_a_person_writes_on_bale_is_shown_as_written(bale_officer: Phone) -> None:
    assert (await bale_officer.send("*کد*"))["html"] == "*کد*"


async def test_an_edit_answers_with_a_stub(bale: Call, bale_officer: Phone) -> None:
    chat = bale_officer.chat.id
    sent = (await bale("sendMessage", chat_id=chat, text="یک"))["result"]
    told = await bale("editMessageText", chat_id=chat, message_id=sent["message_id"], text="دو")
    assert told["result"] == {
        "message_id": 0,
        "chat": {"id": chat, "type": "private", "first_name": "مریم"},
        "date": 0,
    }
    assert bale_officer.messages()[-1]["text"] == "دو"


async def test_fields_that_telegram_has_are_missing(bale: Call, bale_officer: Phone) -> None:
    await bale_officer.start("x")
    await bale_officer.send_file(b"%PDF", "a.pdf")
    await bale("sendMessage", chat_id=bale_officer.chat.id, text="?", reply_markup=INLINE)
    await bale_officer.press("بله", within=0)
    start, file, press = (await bale("getUpdates"))["result"]
    assert (start["message"]["text"], "entities" in start["message"]) == ("/start x", False)
    assert sorted(file["message"]["document"]) == ["file_id", "file_name", "file_size", "mime_type"]
    assert sorted(press["callback_query"]) == ["data", "from", "id", "message"]


async def test_an_unknown_chat_is_a_404(bale: Call) -> None:
    assert await bale("sendMessage", chat_id=5, text="x") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: no such group or user",
    }


@pytest.mark.parametrize(
    "method", ["setMyCommands", "getMyCommands", "getChat", "logOut", "close", "sendPoll"]
)
async def test_methods_that_bale_has_not_are_not_found(bale: Call, bale_officer: Phone, method: str) -> None:
    told = await bale(method, chat_id=bale_officer.chat.id, commands=[])
    assert told == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}


async def test_only_the_old_way_of_replying_counts(bale: Call, bale_officer: Phone) -> None:
    asked = (await bale_officer.send("؟"))["id"]
    chat = bale_officer.chat.id
    await bale("sendMessage", chat_id=chat, text="نو", reply_parameters={"message_id": asked})
    await bale("sendMessage", chat_id=chat, text="کهنه", reply_to_message_id=asked)
    assert [m["reply_to"] for m in bale_officer.messages()[-2:]] == [None, asked]


async def test_groups_are_positive_and_only_a_message_tells_of_them(bale: Call, bale_officer: Phone) -> None:
    group = await bale_officer.open_group("همکاران")
    (update,) = (await bale("getUpdates"))["result"]
    assert group.id > 0
    assert update["message"]["chat"]["type"] == "group"
    assert update["message"]["new_chat_members"][0]["is_bot"] is True


async def test_a_block_is_only_seen_when_sending(bale: Call, bale_officer: Phone) -> None:
    await bale_officer.block_bot()
    assert (await bale("getUpdates"))["result"] == []
    assert (await bale("sendMessage", chat_id=bale_officer.chat.id, text="x"))["error_code"] == 403


async def test_webhook_information_is_the_address_alone(bale: Call) -> None:
    assert (await bale("getWebhookInfo"))["result"] == {"url": ""}


async def test_one_number_is_two_persons_on_two_platforms(box: Sandbox, telegram: Call, bale: Call) -> None:
    phones = []
    for platform in ("telegram", "bale"):
        box.add_person("five", "پنج", platform=platform, user_id=5)
        phones.append(box.person(platform, "five"))
    await asyncio.gather(*(phone.start() for phone in phones))
    await telegram("sendMessage", chat_id=5, text="تلگرام")
    await bale("sendMessage", chat_id=5, text="بله")
    assert [phone.messages()[-1]["text"] for phone in phones] == ["تلگرام", "بله"]


async def test_message_ids_need_more_than_32_bits(bale: Call, bale_officer: Phone) -> None:
    sent = (await bale("sendMessage", chat_id=bale_officer.chat.id, text="x"))["result"]
    assert sent["message_id"] > 2**31


async def test_an_old_application_shows_no_answers(bale: Call, bale_officer: Phone) -> None:
    bale_officer.old_client = True
    await bale("sendMessage", chat_id=bale_officer.chat.id, text="?", reply_markup=INLINE)
    press = asyncio.create_task(bale_officer.press("بله"))
    query = (await bale("getUpdates", timeout=5))["result"][0]["callback_query"]
    assert query["id"].startswith("1")
    await bale("answerCallbackQuery", callback_query_id=query["id"], text="ثبت شد")
    assert await press is None
