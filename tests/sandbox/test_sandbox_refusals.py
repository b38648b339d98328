"""What Telegram refuses, the sandbox refuses in the same words."""

import aiohttp
import pytest
from sandbox_story import Call, Json

from sandbox import Phone, Sandbox

INLINE = {"inline_keyboard": [[{"text": "بله", "callback_data": "yes"}]]}
PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (4).to_bytes(4, "big") + (3).to_bytes(4, "big") + b"\x08\x02"


def refusal(told: Json) -> tuple[int, str]:
    return told["error_code"], told["description"]


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x", "chat_id": 5}, "chat not found"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "a <u1>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "u1" at byte offset 2',
        ),
        (
            {"text": "<b>ت</i>", "parse_mode": "HTML"},
            'can\'t parse entities: Unmatched end tag at byte offset 5, expected "</b>", found "</i>"',
        ),
        (
            {"text": "x</b>", "parse_mode": "HTML"},
            "can't parse entities: Unexpected end tag at byte offset 1",
        ),
        (
            {"text": "1 < 2", "parse_mode": "HTML"},
            "can't parse entities: Unclosed start tag at byte offset 2",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        (
            {
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "ت" * 32 + "x"}]]},
            },
            "BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": {"keyboard": ["منو"]}},
            "can't parse reply keyboard markup: expected an Array of Array of buttons",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ],
)
async def test_a_wrong_message_is_refused(telegram: Call, officer: Phone, params: Json, problem: str) -> None:
    told = await telegram("sendMessage", **{"chat_id": officer.chat.id, **params})
    assert refusal(told) == (400, f"Bad Request: {problem}")
    assert len(officer.messages()) == 1


async def test_a_message_of_exactly_the_limits_is_taken(telegram: Call, officer: Phone) -> None:
    marked = "<b>" + "x" * 4096 + "</b>"
    data = {"inline_keyboard": [[{"text": "a", "callback_data": "ت" * 32}]]}
    told = await telegram(
        "sendMessage", chat_id=officer.chat.id, text=marked, parse_mode="HTML", reply_markup=data
    )
    assert len(told["result"]["text"]) == 4096


async def test_an_unknown_token_and_an_unknown_method_are_refused(
    box: Sandbox, http: aiohttp.ClientSession, telegram: Call
) -> None:
    async with http.get(f"{box.url}/bot1:wrong/getMe") as answer:
        assert (answer.status, await answer.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )
    assert refusal(await telegram("sendPigeon")) == (404, "Not Found: method not found")


async def test_a_bot_cannot_begin_and_cannot_write_to_who_blocked_it(box: Sandbox, telegram: Call) -> None:
    phone = box.person("telegram", "officer")
    message = {"chat_id": phone.chat.id, "text": "سلام"}
    assert refusal(await telegram("sendMessage", **message)) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    await phone.start()
    assert (await telegram("sendMessage", **message))["ok"] is True
    await phone.block_bot()
    assert refusal(await telegram("sendMessage", **message)) == (
        403,
        "Forbidden: bot was blocked by the user",
    )


async def test_edits_that_change_nothing_or_cannot_be_are_refused(telegram: Call, officer: Phone) -> None:
    chat = officer.chat.id
    sent = (await telegram("sendMessage", chat_id=chat, text="یک", reply_markup=INLINE))["result"]
    same = {"chat_id": chat, "message_id": sent["message_id"], "text": "یک", "reply_markup": INLINE}
    assert refusal(await telegram("editMessageText", **same)) == (
        400,
        (
            "Bad Request: message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        ),
    )
    gone = {**same, "message_id": 999}
    assert refusal(await telegram("editMessageText", **gone)) == (
        400,
        "Bad Request: message to edit not found",
    )
    theirs = {**same, "message_id": officer.messages()[0]["id"]}
    assert refusal(await telegram("editMessageText", **theirs)) == (
        400,
        "Bad Request: message can't be edited",
    )
    edited = await telegram("editMessageText", chat_id=chat, message_id=sent["message_id"], text="یک")
    assert edited["result"]["message_id"] == sent["message_id"]
    assert "reply_markup" not in edited["result"]


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(telegram: Call, officer: Phone) -> None:
    keys = {"keyboard": [["منو"]]}
    sent = await telegram("sendMessage", chat_id=officer.chat.id, text="یک", reply_markup=keys)
    edit = {"chat_id": officer.chat.id, "message_id": sent["result"]["message_id"], "text": "دو"}
    assert refusal(await telegram("editMessageText", **edit)) == (400, "Bad Request: message can't be edited")


async def test_a_message_is_deleted_once_and_within_two_days(
    box: Sandbox, telegram: Call, officer: Phone
) -> None:
    chat = officer.chat.id
    first, second = [
        (await telegram("sendMessage", chat_id=chat, text=text))["result"]["message_id"] for text in "ab"
    ]
    assert (await telegram("deleteMessage", chat_id=chat, message_id=first))["result"] is True
    assert refusal(await telegram("deleteMessage", chat_id=chat, message_id=first)) == (
        400,
        "Bad Request: message to delete not found",
    )
    box.clock.advance(49 * 60 * 60)
    assert refusal(await telegram("deleteMessage", chat_id=chat, message_id=second)) == (
        400,
        "Bad Request: message can't be deleted for everyone",
    )


async def test_a_press_is_answered_once_and_in_time(box: Sandbox, telegram: Call, officer: Phone) -> None:
    await telegram("sendMessage", chat_id=officer.chat.id, text="?", reply_markup=INLINE)
    old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    await officer.press("yes", within=0)
    query = (await telegram("getUpdates"))["result"][-1]["callback_query"]
    long = await telegram("answerCallbackQuery", callback_query_id=query["id"], text="x" * 201)
    assert refusal(long) == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert (await telegram("answerCallbackQuery", callback_query_id=query["id"]))["result"] is True
    assert refusal(await telegram("answerCallbackQuery", callback_query_id=query["id"])) == old
    await officer.press("yes", within=0)
    query = (await telegram("getUpdates"))["result"][-1]["callback_query"]
    box.clock.advance(151)
    assert refusal(await telegram("answerCallbackQuery", callback_query_id=query["id"])) == old


async def test_files_are_refused_by_size_kind_and_name(
    box: Sandbox, http: aiohttp.ClientSession, telegram: Call, officer: Phone
) -> None:
    async def upload(kind: str, data: bytes) -> tuple[int, str]:
        form = aiohttp.FormData({"chat_id": str(officer.chat.id)})
        form.add_field(kind, data, filename="a.png")
        url = f"{box.url}/bot1000000001:telegram/send{kind.title()}"
        async with http.post(url, data=form) as answer:
            return refusal(await answer.json())

    assert await upload("photo", b"no picture") == (400, "Bad Request: IMAGE_PROCESS_FAILED")
    big = 10 * 2**20 + 1
    assert await upload("photo", PIXEL + bytes(big - len(PIXEL))) == (
        400,
        f"Bad Request: file of size {big} bytes is too big for a photo; the maximum size is 10485760 bytes",
    )
    assert await upload("document", bytes(50 * 2**20 + 1)) == (413, "Request Entity Too Large")
    unknown = await telegram("sendDocument", chat_id=officer.chat.id, document="nothing")
    assert refusal(unknown) == (400, "Bad Request: wrong file identifier/HTTP URL specified")
    caption = await telegram("sendDocument", chat_id=officer.chat.id, document="x", caption="x" * 1025)
    assert refusal(caption) == (400, "Bad Request: message caption is too long")


async def test_a_file_over_twenty_megabytes_cannot_be_fetched(telegram: Call, officer: Phone) -> None:
    sent = await officer.send_file(bytes(20 * 2**20 + 1), "big.pdf")
    told = await telegram("getFile", file_id=sent["document"]["file_id"])
    assert refusal(told) == (400, "Bad Request: file is too big")
