"""Whatever a bot sends, it gets an answer of the API's shape."""

import aiohttp
import pytest

from sandbox import Phone, Sandbox
from sandbox.botapi import METHODS

NUMBERS: list[object] = [-1, 2**70, 1.5, True]
ODD = [*NUMBERS, None, "", "x", [], {}, [[]], [{}], {"a": 1}, "{", "[1]", '"x"', "\ud83d"]
NAMES = (
    *("text", "caption", "message_id", "chat_id", "reply_markup", "reply_parameters"),
    *("entities", "caption_entities", "media", "photo", "document", "action", "callback_query_id"),
    *("file_id", "commands", "scope", "url", "allowed_updates", "max_connections"),
)
FOCUS = [{"inline_keyboard": value} for value in (*ODD, [[1]], [[{"text": 1, "callback_data": 2}]])] + [
    {"keyboard": value} for value in (*ODD, [[1]], [[{"text": 1}]])
]


@pytest.mark.parametrize("method", [*sorted(METHODS), "getupdates"])
async def test_odd_values_are_answered_in_form(
    box: Sandbox, http: aiohttp.ClientSession, officer: Phone, method: str
) -> None:
    good = {"chat_id": officer.chat.id, "text": "x", "message_id": 2, "parse_mode": "HTML"}
    given = [(name, value) for name in NAMES for value in ODD] + [("reply_markup", value) for value in FOCUS]
    for name, value in given:
        url = f"{box.url}/bot1000000001:telegram/{method}"
        async with http.post(url, json={**good, name: value}) as answer:
            assert (answer.content_type, name, value) == ("application/json", name, value)
            assert (await answer.json())["ok"] is (answer.status == 200)


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"null", b'"x"'])
async def test_bodies_that_are_no_object_are_refused(
    box: Sandbox, http: aiohttp.ClientSession, body: bytes
) -> None:
    headers = {"Content-Type": "application/json"}
    url = f"{box.url}/bot1000000001:telegram/sendMessage"
    async with http.post(url, data=body, headers=headers) as answer:
        assert (answer.status, (await answer.json())["ok"]) == (400, False)
