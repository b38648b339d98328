"""getUpdates gives, keeps and forgets as the real servers do."""

import asyncio

from sandbox_story import Call, Json

from sandbox import Phone, Sandbox


def texts(told: Json) -> list[str]:
    return [update["message"]["text"] for update in told["result"]]


async def test_updates_are_given_again_until_an_offset_confirms_them(telegram: Call, officer: Phone) -> None:
    for text in ("یک", "دو", "سه"):
        await officer.send(text)
    first = await telegram("getUpdates")
    assert texts(first) == ["یک", "دو", "سه"]
    assert texts(await telegram("getUpdates")) == ["یک", "دو", "سه"]
    second_id = first["result"][1]["update_id"]
    assert texts(await telegram("getUpdates", offset=second_id)) == ["دو", "سه"]
    assert texts(await telegram("getUpdates")) == ["دو", "سه"]


async def test_limit_cuts_the_batch(telegram: Call, officer: Phone) -> None:
    for text in ("یک", "دو", "سه"):
        await officer.send(text)
    assert texts(await telegram("getUpdates", limit=2)) == ["یک", "دو"]
    assert texts(await telegram("getUpdates", limit=1000)) == ["یک", "دو", "سه"]


async def test_a_negative_offset_keeps_the_last_and_forgets_the_others(
    telegram: Call, officer: Phone
) -> None:
    for text in ("یک", "دو", "سه"):
        await officer.send(text)
    assert texts(await telegram("getUpdates", offset=-1)) == ["سه"]
    assert texts(await telegram("getUpdates")) == ["سه"]


async def test_a_long_poll_ends_with_the_first_message(telegram: Call, officer: Phone) -> None:
    poll = asyncio.create_task(telegram("getUpdates", timeout=30))
    await asyncio.sleep(0)
    await officer.send("سلام")
    assert texts(await asyncio.wait_for(poll, 5)) == ["سلام"]


async def test_a_long_poll_without_messages_ends_empty(telegram: Call, officer: Phone) -> None:
    assert await telegram("getUpdates", timeout=1) == {"ok": True, "result": []}
    assert officer.messages()[0]["text"] == "/start"


async def test_a_second_poll_ends_the_older_one(box: Sandbox, telegram: Call, officer: Phone) -> None:
    older = asyncio.create_task(telegram("getUpdates", timeout=30))
    queue = box.world.bots["telegram"].updates
    while queue._poll is None:  # noqa: SLF001, ASYNC110 - until the older one really waits
        await asyncio.sleep(0.001)
    newer = asyncio.create_task(telegram("getUpdates", timeout=30))
    told = await asyncio.wait_for(older, 5)
    assert (told["error_code"], told["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    await officer.send("سلام")
    assert texts(await asyncio.wait_for(newer, 5)) == ["سلام"]


async def test_messages_wait_a_day_and_presses_two_and_a_half_minutes(
    box: Sandbox, telegram: Call, officer: Phone
) -> None:
    buttons = {"inline_keyboard": [[{"text": "بله", "callback_data": "yes"}]]}
    await telegram("sendMessage", chat_id=officer.chat.id, text="?", reply_markup=buttons)
    await officer.send("سلام")
    assert await officer.press("بله", within=0) is None
    box.clock.advance(149)
    assert len((await telegram("getUpdates"))["result"]) == 2
    box.clock.advance(2)
    assert texts(await telegram("getUpdates")) == ["سلام"]
    box.clock.advance(24 * 60 * 60)
    assert texts(await telegram("getUpdates")) == []


async def test_update_ids_may_jump_up_and_down(box: Sandbox, telegram: Call, officer: Phone) -> None:
    await officer.send("یک")
    first = (await telegram("getUpdates"))["result"][0]["update_id"]
    box.jump("telegram", 1_000_000)
    await officer.send("دو")
    second = (await telegram("getUpdates", offset=first + 1))["result"][0]["update_id"]
    assert second == first + 1_000_001
    await telegram("getUpdates", offset=second + 1)
    box.jump("telegram", -2_000_000)
    await officer.send("سه")
    assert texts(await telegram("getUpdates", offset=second + 1)) == ["سه"]


async def test_telegram_leaves_out_kinds_that_are_not_wanted(telegram: Call, officer: Phone) -> None:
    await telegram("getUpdates", allowed_updates=["message"])
    await officer.block_bot()
    await officer.start()
    assert [min(u) for u in (await telegram("getUpdates"))["result"]] == ["message"]


async def test_bale_sends_every_kind_whatever_is_asked(bale: Call, bale_officer: Phone) -> None:
    await bale("getUpdates", allowed_updates=["callback_query"])
    await bale_officer.send("سلام")
    assert texts(await bale("getUpdates")) == ["سلام"]


async def test_bale_keeps_the_last_two_thousand(bale: Call, bale_officer: Phone) -> None:
    for number in range(2_005):
        await bale_officer.send(str(number))
    assert texts(await bale("getUpdates", limit=1)) == ["5"]


async def test_dropping_pending_updates_forgets_them(telegram: Call, officer: Phone) -> None:
    await officer.send("سلام")
    await telegram("deleteWebhook", drop_pending_updates=True)
    assert texts(await telegram("getUpdates")) == []
