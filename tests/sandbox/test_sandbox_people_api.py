"""The people API over HTTP, and the live line."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest
from sandbox_story import Call, Json

from sandbox import Impossible, Phone, Sandbox

Ask = Callable[..., Coroutine[Any, Any, tuple[int, Json]]]
CHAT = "/sandbox/chat/telegram/officer"
INLINE = {
    "inline_keyboard": [[{"text": "بله", "callback_data": "yes"}, {"text": "راه", "url": "https://a.ir"}]]
}


@pytest.fixture
def people(box: Sandbox, http: aiohttp.ClientSession) -> Ask:
    async def ask(verb: str, path: str, body: object = None) -> tuple[int, Json]:
        async with http.request(verb, box.url + path, json=body) as answer:
            return answer.status, await answer.json()

    return ask


async def test_the_state_names_bots_and_people(people: Ask) -> None:
    status, state = await people("GET", "/sandbox/state")
    assert (status, sorted(state)) == (200, ["ahead", "bots", "faults", "now", "people"])
    assert [(b["platform"], b["username"], b["name"]) for b in state["bots"]] == [
        ("telegram", "telegram_office_bot", "اداره"),
        ("bale", "bale_office_bot", "اداره"),
    ]
    assert state["people"][0] == {
        "platform": "telegram",
        "key": "officer",
        "name": "مریم",
        "user_id": 7_000_000_001,
        "chat_id": 7_000_000_001,
        "role_hint": "کارشناس دستگاه",
        "blocked": False,
    }


async def test_a_conversation_over_http(people: Ask, telegram: Call, officer: Phone) -> None:
    await people("POST", f"{CHAT}/send", {"text": "سلام"})
    await telegram(
        "sendMessage", chat_id=officer.chat.id, text="<b>مطمئن</b>؟", parse_mode="HTML", reply_markup=INLINE
    )
    _, chat = await people("GET", CHAT)
    assert [(m["from"], m["text"]) for m in chat["messages"][1:]] == [("me", "سلام"), ("bot", "مطمئن؟")]
    asked = chat["messages"][-1]
    assert asked["html"] == "<b>مطمئن</b>؟"
    assert asked["inline"] == [
        [{"text": "بله", "data": "yes", "url": None}, {"text": "راه", "data": None, "url": "https://a.ir"}]
    ]
    press = asyncio.create_task(people("POST", f"{CHAT}/press", {"message_id": asked["id"], "data": "yes"}))
    offset = (await telegram("getUpdates"))["result"][-1]["update_id"] + 1
    query = (await telegram("getUpdates", offset=offset, timeout=5))["result"][0]["callback_query"]
    await telegram("answerCallbackQuery", callback_query_id=query["id"], text="ثبت شد")
    assert await press == (200, {"answer": {"text": "ثبت شد", "show_alert": False}})


async def test_files_contacts_edits_starts_and_blocks(
    box: Sandbox, http: aiohttp.ClientSession, people: Ask, telegram: Call, officer: Phone
) -> None:
    form = aiohttp.FormData({"caption": "نامه", "as": "document"}, quote_fields=False)
    form.add_field("file", b"%PDF", filename="نامه.pdf", content_type="application/pdf")
    async with http.post(f"{box.url}{CHAT}/upload", data=form) as answer:
        document = (await answer.json())["message"]["document"]
    assert (document["name"], document["size"], document["mime"]) == ("نامه.pdf", 4, "application/pdf")
    async with http.get(box.url + document["url"]) as answer:
        assert (await answer.read(), answer.headers["Content-Type"]) == (b"%PDF", "application/octet-stream")
    await people("POST", f"{CHAT}/contact", {})
    _, sent = await people("POST", f"{CHAT}/send", {"text": "یک"})
    await people("POST", f"{CHAT}/edit", {"message_id": sent["message"]["id"], "text": "دو"})
    await people("POST", f"{CHAT}/block", {"blocked": True})
    assert await people("POST", f"{CHAT}/send", {"text": "x"}) == (409, {"error": "blocked"})
    await people("POST", f"{CHAT}/start", {"payload": "p"})
    updates = (await telegram("getUpdates"))["result"]
    kinds = [next(key for key in update if key != "update_id") for update in updates]
    assert kinds == [
        "message",
        "message",
        "message",
        "edited_message",
        "my_chat_member",
        "my_chat_member",
        "message",
    ]
    assert updates[1]["message"]["contact"]["user_id"] == officer.person.user_id
    assert updates[3]["edited_message"]["text"] == "دو"
    assert updates[-1]["message"]["text"] == "/start p"


async def test_new_phones_groups_clock_and_jumps(people: Ask, telegram: Call) -> None:
    _, told = await people("POST", "/sandbox/people", {"platform": "bale", "key": "new", "name": "نو"})
    assert (told["person"]["key"], told["person"]["user_id"]) == ("new", 1_900_000_002)
    _, told = await people("POST", "/sandbox/group", {"platform": "telegram", "title": "گ", "by": "officer"})
    _, groups = await people("GET", "/sandbox/groups")
    assert [g["id"] for g in groups["groups"]] == [told["group"]["id"]]
    await telegram("leaveChat", chat_id=told["group"]["id"])
    assert await people("GET", "/sandbox/groups") == (200, {"groups": []})
    _, before = await people("GET", "/sandbox/state")
    _, after = await people("POST", "/sandbox/clock", {"advance": 86_400})
    assert after["now"][:10] > before["now"][:10]
    assert (before["ahead"], after["ahead"]) == (0.0, 86_400.0)
    _, reset = await people("POST", "/sandbox/clock", {"reset": True})
    assert reset["ahead"] == 0.0
    assert (await people("POST", "/sandbox/jump", {"bot": "telegram", "by": 500}))[0] == 200


async def test_faults_over_http(people: Ask, telegram: Call) -> None:
    status, _ = await people(
        "POST", "/sandbox/faults", {"bot": "telegram", "method": "*", "kind": "500", "times": 1}
    )
    assert (status, (await telegram("getMe"))["error_code"]) == (200, 500)
    _, listed = await people("GET", "/sandbox/faults")
    assert [(f["kind"], f["times"], f["hits"]) for f in listed["faults"]] == [("500", 1, 1)]
    assert await people("DELETE", "/sandbox/faults") == (200, {"faults": []})
    assert await people("POST", "/sandbox/faults", {"kind": "x"}) == (
        400,
        {"error": "unknown_fault", "what": "x"},
    )


async def test_one_fault_is_ended_and_the_others_stand(people: Ask, telegram: Call) -> None:
    await people("POST", "/sandbox/faults", {"kind": "500", "method": "getMe", "times": 1})
    _, both = await people("POST", "/sandbox/faults", {"kind": "latency", "delay": 0.0})
    await telegram("getMe")
    _, struck = await people("GET", "/sandbox/faults")
    assert [(f["kind"], f["hits"], f["over"]) for f in struck["faults"]] == [
        ("500", 1, True),
        ("latency", 0, False),
    ]
    _, left = await people("DELETE", f"/sandbox/faults?id={both['faults'][0]['id']}")
    assert [f["kind"] for f in left["faults"]] == ["latency"]


async def test_the_live_line_tells_that_a_fault_struck(
    box: Sandbox, http: aiohttp.ClientSession, telegram: Call
) -> None:
    box.faults.add("telegram", "getMe", "500", times=2)
    async with http.ws_connect(f"{box.url}/sandbox/live") as line:
        await telegram("getMe")
        told = await line.receive_json(timeout=5)
    assert (told["type"], [f["hits"] for f in told["faults"]]) == ("faults", [1])


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/sandbox/chat/telegram/nobody/send", {"text": "x"}, 404, "not_found"),
        (f"{CHAT}/send", {"text": " "}, 409, "empty_text"),
        (f"{CHAT}/press", {"message_id": 1, "data": "x"}, 409, "no_such_button"),
        (f"{CHAT}/edit", {"message_id": 99, "text": "x"}, 409, "no_such_message"),
        ("/sandbox/clock", {"advance": "x"}, 400, "bad_request"),
    ],
)
async def test_mistakes_are_told_by_codes(
    people: Ask, path: str, body: object, status: int, code: str
) -> None:
    answered, told = await people("POST", path, body)
    assert (answered, told["error"]) == (status, code)


async def test_pages_of_other_origins_are_refused(box: Sandbox, http: aiohttp.ClientSession) -> None:
    foreign = {"Origin": "https://example.org"}
    async with http.post(f"{box.url}{CHAT}/send", json={"text": "x"}, headers=foreign) as answer:
        assert answer.status == 403


async def test_a_phone_cannot_press_what_is_gone_unless_it_has_not_noticed(
    telegram: Call, officer: Phone
) -> None:
    sent = await telegram("sendMessage", chat_id=officer.chat.id, text="?", reply_markup=INLINE)
    number = sent["result"]["message_id"]
    await telegram("editMessageReplyMarkup", chat_id=officer.chat.id, message_id=number)
    with pytest.raises(Impossible):
        await officer.press("yes")
    await officer.press("yes", message_id=number, force=True, within=0)
    assert (await telegram("getUpdates"))["result"][-1]["callback_query"]["data"] == "yes"


async def test_the_live_line_tells_what_happens(
    box: Sandbox, http: aiohttp.ClientSession, telegram: Call, officer: Phone
) -> None:
    chat = officer.chat.id
    async with http.ws_connect(f"{box.url}/sandbox/live") as line:
        await telegram("sendChatAction", chat_id=chat, action="typing")
        keys = {"keyboard": [["منو"]], "input_field_placeholder": "بنویسید"}
        sent = await telegram("sendMessage", chat_id=chat, text="یک", reply_markup=keys)
        await telegram("sendMessage", chat_id=chat, text="دو", reply_markup=INLINE)
        number = sent["result"]["message_id"]
        await telegram("editMessageText", chat_id=chat, message_id=number + 1, text="سه")
        await telegram("deleteMessage", chat_id=chat, message_id=number)
        await officer.block_bot()
        events = [await line.receive_json(timeout=5) for _ in range(7)]
    assert [event["type"] for event in events] == [
        "typing",
        "message",
        "keyboard",
        "message",
        "edit",
        "delete",
        "people",
    ]
    assert {(event["platform"], event["key"]) for event in events} == {("telegram", "officer")}
    assert events[2]["keyboard"] == {
        "keyboard": [[{"text": "منو"}]],
        "input_field_placeholder": "بنویسید",
    }
    assert (events[4]["message"]["text"], events[4]["message"]["edited"]) == ("سه", True)
    assert (events[5]["message"]["id"], events[5]["message"]["deleted"]) == (number, True)
    assert not box.world.listeners or await line.close()


async def test_files_sent_together_are_an_album_and_more_than_ten_are_two(
    box: Sandbox, http: aiohttp.ClientSession, telegram: Call, officer: Phone
) -> None:
    form = aiohttp.FormData({"caption": "مدارک", "as": "document"}, quote_fields=False)
    for number in range(11):
        form.add_field("file", b"%PDF", filename=f"{number}.pdf", content_type="application/pdf")
    async with http.post(f"{box.url}{CHAT}/upload", data=form) as answer:
        sent = (await answer.json())["messages"]
    assert [message["document"]["name"] for message in sent] == [f"{n}.pdf" for n in range(11)]
    heard = [update["message"] for update in (await telegram("getUpdates"))["result"]]
    albums = [message.get("media_group_id") for message in heard]
    assert (len(set(albums[:10])), albums[0] is None, albums[10]) == (1, False, None)
    assert [message.get("caption") for message in heard] == ["مدارک", *[None] * 10]
    assert officer.messages()[-1]["document"]["name"] == "10.pdf"


async def test_of_an_album_with_a_file_that_is_refused_nothing_is_sent(
    box: Sandbox, http: aiohttp.ClientSession, officer: Phone
) -> None:
    before = len(officer.messages())
    form = aiohttp.FormData({"as": "document"}, quote_fields=False)
    for content in (b"%PDF", b""):
        form.add_field("file", content, filename="a.pdf", content_type="application/pdf")
    async with http.post(f"{box.url}{CHAT}/upload", data=form) as answer:
        assert answer.status == 400
    assert len(officer.messages()) == before


async def test_the_page_and_its_files_are_served(box: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{box.url}/") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
    async with http.get(f"{box.url}/static/..%2f__init__.py") as answer:
        assert answer.status == 404
