"""Faults on order strike where, how and as often as they were ordered."""

import asyncio
import time
from collections import Counter

import aiohttp
import pytest
from sandbox_story import Call

from sandbox import Faults, Phone, Sandbox
from sandbox.faults import UnknownFault


async def send(
    box: Sandbox, http: aiohttp.ClientSession, phone: Phone, text: str = "x"
) -> tuple[int, str, str]:
    url = f"{box.url}/bot1000000001:telegram/sendMessage"
    patience = aiohttp.ClientTimeout(total=0.3)
    async with http.post(url, json={"chat_id": phone.chat.id, "text": text}, timeout=patience) as answer:
        return answer.status, answer.content_type, await answer.text()


def texts(phone: Phone) -> list[str]:
    return [m["text"] for m in phone.messages() if m["from"] == "bot"]


@pytest.mark.parametrize("code", [400, 401, 403, 404, 409, 500, 502])
async def test_an_error_is_answered_instead_of_the_call(
    box: Sandbox, http: aiohttp.ClientSession, officer: Phone, code: int
) -> None:
    order = box.faults.add("telegram", "sendMessage", str(code), times=1)
    status, kind, body = await send(box, http, officer)
    assert (status, kind, f'"error_code":{code}' in body) == (code, "application/json", True)
    assert texts(officer) == []
    assert (await send(box, http, officer))[0] == 200
    assert (order.hits, texts(officer)) == (1, ["x"])


async def test_a_429_says_how_long_to_wait(box: Sandbox, telegram: Call, officer: Phone) -> None:
    box.faults.add("telegram", "*", "429", times=1, retry_after=7)
    assert await telegram("sendMessage", chat_id=officer.chat.id, text="x") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }


async def test_a_proxys_page_and_a_false_ok(
    box: Sandbox, http: aiohttp.ClientSession, officer: Phone
) -> None:
    box.faults.add("telegram", "sendMessage", "html_502", times=1)
    box.faults.add("telegram", "sendMessage", "ok_false_200", times=1)
    assert (await send(box, http, officer))[:2] == (502, "text/html")
    status, _, body = await send(box, http, officer)
    assert (status, body[:11]) == (200, '{"ok":false')


@pytest.mark.parametrize(("kind", "arrived"), [("reset_before", []), ("reset_after", ["x"])])
async def test_a_connection_is_reset(
    box: Sandbox, http: aiohttp.ClientSession, officer: Phone, kind: str, arrived: list[str]
) -> None:
    box.faults.add("telegram", "sendMessage", kind, times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await send(box, http, officer)
    assert texts(officer) == arrived


@pytest.mark.parametrize(("kind", "arrived"), [("timeout_before", []), ("timeout_after", ["x"])])
async def test_an_answer_never_comes(
    box: Sandbox, http: aiohttp.ClientSession, officer: Phone, kind: str, arrived: list[str]
) -> None:
    box.faults.add("telegram", "sendMessage", kind, times=1)
    with pytest.raises(TimeoutError):
        await send(box, http, officer)
    assert texts(officer) == arrived


async def test_an_error_after_the_call_was_carried_out(
    box: Sandbox, http: aiohttp.ClientSession, officer: Phone
) -> None:
    box.faults.add("telegram", "sendMessage", "500", times=1, executed=True)
    assert (await send(box, http, officer))[0] == 500
    assert texts(officer) == ["x"]


async def test_faults_keep_to_their_bot_and_method(
    box: Sandbox, telegram: Call, bale: Call, officer: Phone
) -> None:
    box.faults.add("bale", "*", "500")
    assert (await telegram("getMe"))["ok"] is True
    assert (await bale("getMe"))["error_code"] == 500
    box.faults.clear()
    assert (await bale("getMe"))["ok"] is True
    box.faults.add("telegram", "sendMessage", "500")
    assert (await telegram("getMe"))["ok"] is True
    assert (await telegram("sendMessage", chat_id=officer.chat.id, text="x"))["ok"] is False


def test_a_rate_hits_its_share_and_the_same_ones_every_time() -> None:
    def struck(seed: int) -> list[int]:
        faults = Faults(seed)
        faults.add("*", "*", "500", rate=0.01)
        return [n for n in range(10_000) if faults.draw("telegram", "sendmessage")]

    assert struck(1) == struck(1)
    assert 70 <= len(struck(1)) <= 130


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownFault):
        Faults().add("*", "*", "flood")


async def test_latency_slows_every_call(box: Sandbox, telegram: Call) -> None:
    box.faults.add("telegram", "*", "latency", delay=0.05)
    began = time.monotonic()
    await asyncio.gather(*(telegram("getMe") for _ in range(10)))
    assert 0.05 <= time.monotonic() - began < 0.4


async def test_repeated_updates_come_at_once_and_late(box: Sandbox, telegram: Call, officer: Phone) -> None:
    box.faults.add("telegram", "*", "repeat", times=3)
    await officer.send("یک")
    first = (await telegram("getUpdates"))["result"]
    number = first[0]["update_id"]
    late = (await telegram("getUpdates", offset=number + 1))["result"]
    assert [u["update_id"] for u in first + late] == [number] * 3
    assert (await telegram("getUpdates", offset=number + 1))["result"] == []


async def test_rate_limits_are_strict_when_asked_for(box: Sandbox, telegram: Call, officer: Phone) -> None:
    chat = officer.chat.id
    box.faults.add("telegram", "*", "rate_limit")
    answers = [await telegram("sendMessage", chat_id=chat, text="x") for _ in range(6)]
    assert [told["ok"] for told in answers] == [True] * 5 + [False]
    assert answers[-1]["parameters"] == {"retry_after": 1}
    box.clock.advance(1)
    assert (await telegram("sendMessage", chat_id=chat, text="x"))["ok"] is True


async def test_thirty_messages_a_second_over_all_chats(box: Sandbox, telegram: Call) -> None:
    box.faults.add("telegram", "*", "rate_limit")
    for number in range(40):
        box.add_person(f"p{number}", "ن", platform="telegram")
        await box.person("telegram", f"p{number}").start()
    chats = [box.person("telegram", f"p{number}").chat.id for number in range(40)]
    answers = [await telegram("sendMessage", chat_id=chat, text="x") for chat in chats]
    assert Counter(told["ok"] for told in answers) == {True: 30, False: 10}


async def test_calls_are_listed(
    box: Sandbox, http: aiohttp.ClientSession, telegram: Call, officer: Phone
) -> None:
    await telegram("sendMessage", chat_id=officer.chat.id, text="سلام")
    await telegram("sendMessage", chat_id=officer.chat.id, text="")
    assert [(c.method, c.params["text"], c.status) for c in box.calls] == [
        ("sendMessage", "سلام", 200),
        ("sendMessage", "", 400),
    ]
    assert box.counts["telegram", "sendMessage", 200] == 1
    async with http.get(f"{box.url}/sandbox/calls?bot=telegram") as answer:
        listed = (await answer.json())["calls"]
    assert [(c["method"], c["status"]) for c in listed] == [("sendMessage", 200), ("sendMessage", 400)]
