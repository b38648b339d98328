"""What an answer of the messenger means for a message: each row of the table, on both platforms."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from pipeline_world import World, damage, note, running, said, until
from sent_files import PDF, PNG

from bot.delivery import Sender
from bot.intake import Refusals
from bot.platforms.api import Refused
from bot.screen import Button, Screen, column
from messages_fa.markup import say

MakeWorld = Callable[[float], Awaitable[World]]


def calls(world: World, method: str = "sendMessage") -> list[Any]:
    return [call for call in world.sandbox.calls if call.method == method]


async def test_a_message_is_sent_once_and_its_id_is_kept(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    await world.send(phone, "سلام")
    async with running(world.sender(platform)):
        await world.settled()
    assert said(phone) == ["سلام"]
    [row] = await world.ledger()
    assert row.message_id == phone.messages()[-1]["id"]


async def test_a_screen_is_shown_with_its_buttons(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    screen = Screen(say("**کد** {code} ثبت شد <b>*", code="۱۲ [۳]"), column(Button("دیدن", "c:1")))
    await world.put(phone, world.platforms[platform].params(screen, phone.chat.id))
    async with running(world.sender(platform)):
        shown = await phone.sees("ثبت شد")
    assert shown["html"].startswith("<b>کد</b> ")
    assert shown["inline"] == [[{"text": "دیدن", "data": "c:1", "url": None}]]


@pytest.mark.parametrize("kind", ["500", "502", "html_502", "timeout_after", "reset_after", "timeout_before"])
async def test_an_ambiguous_answer_is_repeated_with_a_note(world: World, platform: str, kind: str) -> None:
    phone = await world.phone(platform)
    world.sandbox.faults.add(platform, "sendMessage", kind, times=2, delay=0.6)
    number = await world.send(phone, "سلام")
    async with running(world.sender(platform)):
        await world.settled()
    first, *repeats = [call.params["text"] for call in calls(world)]
    assert first == "سلام"
    assert len(repeats) == 2
    assert all(text.startswith("سلام\n") and note(number) in text for text in repeats)


async def test_a_message_that_is_never_answered_is_given_up_after_eight_tries(
    make_world: MakeWorld, platform: str
) -> None:
    world = await make_world(2000.0)
    phone = await world.phone(platform)
    other = await world.phone(platform, "reviewer")
    await world.send(phone, "سلام")
    sender = world.sender(platform)
    chat = world.sandbox.world.bots[platform]
    fault = world.sandbox.faults.add(platform, "sendMessage", "500")

    async def answers_others() -> bool:
        # The platform answers others meanwhile: so it is this message that gets no answer.
        if fault.hits and (await world.states()) == ["unknown"]:
            await sender._answered()  # noqa: SLF001 - stands for other chats' traffic
        return (await world.states()) == ["failed"]

    async with running(sender):
        await until(answers_others)
    assert chat.people
    assert fault.hits == 8
    assert [row.problem for row in await world.ledger()] == ["unknown"]
    assert await world.alarms() == ["alarm:undelivered"]
    assert said(other) == []


async def test_no_connection_keeps_the_rows_and_their_order(make_world: MakeWorld, platform: str) -> None:
    world = await make_world(20.0)
    phone = await world.phone(platform)
    dead = world.api(platform, base="http://127.0.0.1:9")
    for text in ("یک", "دو", "سه"):
        await world.send(phone, text)
    sender = world.sender(platform, dead)
    async with running(sender):
        await until(_state(sender, "no_path"))
        assert await sender.drain(10.0)
    assert set(await world.states()) <= {"retrying", "waiting"}
    async with running(world.sender(platform)):
        await world.settled()
    assert said(phone) == ["یک", "دو", "سه"]


async def test_after_four_hours_without_a_connection_a_row_fails_and_revives_with_it(
    make_world: MakeWorld, platform: str
) -> None:
    world = await make_world(20_000.0)
    phone = await world.phone(platform)
    dead = world.api(platform, base="http://127.0.0.1:9")
    await world.send(phone, "سلام")
    async with running(world.sender(platform, dead)):
        await world.settled("failed")
    assert [row.problem for row in await world.ledger()] == ["no_connection"]
    async with running(world.sender(platform)):
        await world.settled("sent")
    assert said(phone) == ["سلام"]


def _state(sender: Sender, state: str) -> Callable[[], Coroutine[None, None, bool]]:
    async def holds() -> bool:
        return sender.state == state

    return holds


async def test_a_429_pauses_everybody_until_it_is_over(make_world: MakeWorld, platform: str) -> None:
    world = await make_world(1.0)
    first, second = await world.phone(platform, "a"), await world.phone(platform, "b")
    world.sandbox.faults.add(platform, "sendMessage", "429", times=1, retry_after=1)
    await world.send(first, "یک")
    sender = world.sender(platform)
    async with running(sender):
        await until(lambda: _async(bool(calls(world))))
        await world.send(second, "دو")
        await world.settled()
    refused, *later = calls(world)
    assert all(call.at - refused.at >= 1.0 for call in later)
    assert (said(first), said(second)) == (["یک"], ["دو"])


async def _async(value: bool) -> bool:  # noqa: FBT001 - makes a coroutine of a value
    return value


async def test_a_refused_message_is_tried_once_more_as_plain_text_and_then_fails(
    world: World, platform: str
) -> None:
    phone = await world.phone(platform)
    made = world.platforms[platform].params(Screen(say("**مهم** است")), phone.chat.id)
    await world.put(phone, made)
    await world.send(phone, "بعدی")
    world.sandbox.faults.add(platform, "sendMessage", "400", times=2)
    async with running(world.sender(platform)):
        await until(lambda: _has(world, ["failed", "sent"]))
    assert [call.params["text"] for call in calls(world)][1:] == ["مهم است", "بعدی"]
    lost, sent = await world.ledger()
    assert [row.problem for row in (lost, sent)] == ["400", None]
    alarms = await world.ledger("alarm:")
    assert [(row.purpose, row.reference) for row in alarms] == [("alarm:undelivered", str(lost.id))]


async def _has(world: World, states: list[str]) -> bool:
    return await world.states() == states


async def test_a_message_whose_mark_up_is_refused_arrives_as_plain_text(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    made = world.platforms[platform].params(Screen(say("**مهم** است")), phone.chat.id)
    await world.put(phone, made)
    world.sandbox.faults.add(platform, "sendMessage", "ok_false_200", times=1)
    async with running(world.sender(platform)):
        await world.settled()
    assert said(phone) == ["مهم است"]


async def test_a_person_who_blocked_the_bot_is_tried_once_and_marked(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    await world.store.run(lambda work: work.chats.lock(platform, phone.chat.id, user_id=1, name=""))
    await phone.block_bot()
    await world.send(phone, "پاسخ")
    async with running(world.sender(platform)):
        await world.settled("unreachable")
        await world.send(phone, "اطلاعیه", lane=2)
    assert len(calls(world)) == 1
    assert await world.states() == ["unreachable", "unreachable"]


async def test_an_unknown_chat_is_unreachable(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    method, params = "sendMessage", {"chat_id": 999, "text": "سلام"}
    await world.put(phone, (method, params))
    async with running(world.sender(platform)):
        await world.settled("unreachable")


@pytest.mark.parametrize("kind", ["401", "404"])
async def test_a_refused_token_stops_the_lane_keeps_the_rows_and_alarms_once(
    make_world: MakeWorld, platform: str, kind: str
) -> None:
    world = await make_world(200.0)
    phones = [await world.phone(platform, key) for key in "abc"]
    for phone in phones:
        await world.send(phone, "سلام")
    world.sandbox.faults.add(platform, "*", kind)
    sender = world.sender(platform)
    async with running(sender):
        await until(_state(sender, "refused"))
        await until(lambda: _count(world, 1))
        world.sandbox.faults.clear()
        await world.settled()
    assert await world.alarms() == [f"alarm:token_refused_{platform}"]
    assert [said(phone) for phone in phones] == [["سلام"]] * 3


async def _count(world: World, alarms: int) -> bool:
    return len(await world.alarms()) == alarms


async def test_a_token_refused_in_both_directions_alarms_once(make_world: MakeWorld, platform: str) -> None:
    world = await make_world(200.0)
    phone = await world.phone(platform)
    await world.send(phone, "سلام")
    world.sandbox.faults.add(platform, "*", "401")
    refusals = Refusals()
    polling = world.polling(platform, world.dispatcher(), refusals=refusals)
    sender = world.sender(platform, refusals=refusals)

    async def both() -> bool:
        return (polling.state, sender.state) == ("refused", "refused")

    async with running(polling, sender):
        await until(both)
        world.sandbox.faults.clear()
        await world.settled()
    assert await world.alarms() == [f"alarm:token_refused_{platform}"]


async def test_a_row_that_cannot_be_opened_fails_alone(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    spoilt = await world.send(phone, "یک")
    await world.send(phone, "دو")
    await world.store.run(damage("outbox", "params", spoilt))
    async with running(world.sender(platform)):
        await until(lambda: _has(world, ["failed", "sent"]))
    assert said(phone) == ["دو"]
    assert [row.problem for row in await world.ledger()] == ["unreadable", None]
    assert [row.reference for row in await world.ledger("alarm:")] == [str(spoilt)]


async def test_an_alarm_that_fails_does_not_stop_the_lane(world: World, platform: str) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    phone = await world.phone(platform)
    await world.put(phone, ("sendPoll", {"chat_id": phone.chat.id}))
    await world.send(phone, "سلام")
    sender = world.sender(platform)
    sender._alarm = broken  # noqa: SLF001 - breaks what is given
    async with running(sender):
        await until(lambda: _has(world, ["failed", "sent"]))


async def test_a_404_of_one_method_is_that_row_s_alone(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    await world.put(phone, ("sendPoll", {"chat_id": phone.chat.id}))
    await world.send(phone, "سلام")
    async with running(world.sender(platform)):
        await until(lambda: _has(world, ["failed", "sent"]))
    assert await world.alarms() == ["alarm:undelivered"]


async def test_an_edit_changes_the_message_of_its_slot_and_keeps_its_id(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    there = world.platforms[platform]
    await world.put(phone, there.edit_params(Screen(say("یک")), phone.chat.id), slot="screen")
    async with running(world.sender(platform)):
        first = await phone.sees("یک")
        await world.put(phone, there.edit_params(Screen(say("دو")), phone.chat.id), slot="screen")
        await phone.sees("دو")
        await world.put(phone, there.edit_params(Screen(say("سه")), phone.chat.id), slot="screen")
        last = await phone.sees("سه")
        await world.settled()
    assert last["id"] == first["id"]
    assert {row.message_id for row in await world.ledger()} == {first["id"]}


async def test_an_edit_that_changes_nothing_counts_as_sent(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    there = world.platforms[platform]
    for _ in range(2):
        await world.put(phone, there.edit_params(Screen(say("یک")), phone.chat.id), slot="screen")
    async with running(world.sender(platform)):
        await world.settled()
    assert said(phone) == ["یک"]


async def test_an_edit_of_a_lost_message_is_sent_anew_and_takes_the_slot(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    there = world.platforms[platform]
    await world.put(phone, there.edit_params(Screen(say("یک")), phone.chat.id, 999), slot="screen")
    async with running(world.sender(platform)):
        shown = await phone.sees("یک")
        await world.settled()
    kept = await world.store.run(lambda work: work.outbox.slot_message(platform, phone.chat.id, "screen"))
    assert kept == shown["id"]


async def test_a_stored_file_is_uploaded_under_an_ascii_name(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    stored = await world.store.run(lambda work: work.files.add("نامه.pdf", "application/pdf", PDF))
    made = world.platforms[platform].params(Screen(say("**نامه** شما"), file_id=stored.id), phone.chat.id)
    await world.put(phone, made)
    async with running(world.sender(platform)):
        shown = await phone.sees("نامه شما")
    assert shown["document"]["name"] == f"document-{stored.id}.pdf"
    copy = await world.store.run(lambda work: work.files.copy_of(stored.id))
    assert copy is not None, "it was made when the file was first shown"
    assert shown["document"]["size"] == len(copy.content)


async def test_a_picture_refused_as_a_photo_arrives_as_a_document(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    stored = await world.store.run(lambda work: work.files.add("x.png", "image/png", PNG))
    made = world.platforms[platform].params(Screen(say("عکس شما"), file_id=stored.id), phone.chat.id)
    await world.put(phone, made)
    refused = world.sandbox.faults.add(platform, "sendPhoto", "400")
    async with running(world.sender(platform)):
        shown = await phone.sees("عکس شما")
        await world.settled()
    assert refused.hits == 1
    assert shown["document"]["name"] == f"document-{stored.id}.png"


async def test_a_repeated_file_says_so_in_its_caption(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    stored = await world.store.run(lambda work: work.files.add("x.pdf", "application/pdf", PDF))
    made = world.platforms[platform].params(Screen(say("نامه"), file_id=stored.id), phone.chat.id)
    number = await world.put(phone, made)
    world.sandbox.faults.add(platform, "sendDocument", "500", times=1)
    async with running(world.sender(platform)):
        await world.settled()
    first, repeat = [call.params["caption"] for call in calls(world, "sendDocument")]
    assert first == "نامه"
    assert repeat.startswith("نامه\n")
    assert note(number) in repeat


async def test_a_missing_file_fails_its_row_and_no_other(world: World, platform: str) -> None:
    phone = await world.phone(platform)
    await world.put(phone, ("sendDocument", {"chat_id": phone.chat.id, "stored_file": 12345}))
    await world.send(phone, "سلام")
    async with running(world.sender(platform)):
        await until(lambda: _has(world, ["failed", "sent"]))
    assert said(phone) == ["سلام"]
    assert [row.problem for row in await world.ledger()] == ["no_file", None]


async def test_order_within_a_chat_survives_every_kind_of_fault(world: World, platform: str) -> None:
    phones = [await world.phone(platform, f"p{number}") for number in range(8)]
    for kind in ("429", "500", "502", "reset_before", "reset_after", "html_502"):
        world.sandbox.faults.add(platform, "sendMessage", kind, rate=0.05)
    wanted = [f"{number:02}" for number in range(12)]
    for text in wanted:
        for phone in phones:
            await world.send(phone, text)
    async with running(world.sender(platform)):
        await world.settled()
    for phone in phones:
        received = [text[:2] for text in said(phone)]
        assert sorted(set(received)) == wanted
        assert received == sorted(received)


async def test_messages_are_strictly_spaced_and_never_burst(make_world: MakeWorld, platform: str) -> None:
    world = await make_world(1.0)
    world.platforms[platform] = replace(world.platforms[platform], rate=50.0)
    phones = [await world.phone(platform, f"p{number}") for number in range(25)]
    for phone in phones:
        await world.send(phone, "سلام", lane=2)
    async with running(world.sender(platform)):
        await world.settled()
    moments = [call.at for call in calls(world)]
    # How near it comes to the rate is measured by the benchmark: here the machine may be busy.
    assert moments[-1] - moments[0] >= 24 / 50 * 0.95
    assert all(later - earlier > 0.002 for earlier, later in pairwise(moments))


async def test_a_reply_overtakes_a_broadcast_without_waiting_for_its_end(
    make_world: MakeWorld, platform: str
) -> None:
    world = await make_world(1.0)
    world.platforms[platform] = replace(world.platforms[platform], rate=28.0)
    crowd = [await world.phone(platform, f"p{number}") for number in range(60)]
    phone = await world.phone(platform, "officer")
    for other in crowd:
        await world.send(other, "خبر", lane=2)
    async with running(world.sender(platform)):
        await crowd[3].sees("خبر")
        await world.send(phone, "پاسخ")
        await phone.sees("پاسخ")
    assert len(calls(world)) < 30


async def test_who_writes_last_waits_for_a_turn_of_all_and_not_for_all_they_wait_for(
    make_world: MakeWorld, platform: str
) -> None:
    world = await make_world(1.0)
    world.platforms[platform] = replace(world.platforms[platform], rate=28.0)
    crowd = [await world.phone(platform, f"p{number}") for number in range(5)]
    for number in range(6):
        for other in crowd:
            await world.send(other, f"پاسخ {number}")
    last = await world.phone(platform, "last")
    await world.send(last, "تازه")
    async with running(world.sender(platform)):
        await last.sees("تازه")
        await world.settled()
    order = [call.params["text"] for call in calls(world)]
    assert order.index("تازه") <= len(crowd) + 1
    assert [said(other) for other in crowd] == [[f"پاسخ {number}" for number in range(6)]] * len(crowd)


async def test_one_chat_is_not_flooded_faster_than_its_burst_allows(
    make_world: MakeWorld, platform: str
) -> None:
    world = await make_world(1.0)
    world.platforms[platform] = replace(world.platforms[platform], chat_interval=0.2, chat_burst=3)
    phone, other = await world.phone(platform, "a"), await world.phone(platform, "b")
    for number in range(6):
        await world.send(phone, str(number))
    await world.send(other, "سلام")
    async with running(world.sender(platform)):
        await world.settled()
    mine = [call.at for call in calls(world) if int(call.params["chat_id"]) == phone.chat.id]
    theirs = next(call.at for call in calls(world) if int(call.params["chat_id"]) == other.chat.id)
    assert mine[-1] - mine[0] >= 3 * 0.2 * 0.9
    assert theirs < mine[3]


async def test_draining_finishes_what_is_on_its_way_and_leaves_the_rest(
    make_world: MakeWorld, platform: str
) -> None:
    world = await make_world(1.0)
    world.platforms[platform] = replace(world.platforms[platform], rate=50.0)
    world.sandbox.faults.add(platform, "sendMessage", "latency", delay=0.1)
    phones = [await world.phone(platform, f"p{number}") for number in range(30)]
    for phone in phones:
        await world.send(phone, "سلام")
    sender = world.sender(platform)
    async with running(sender):
        await phones[0].sees("سلام")
        assert await sender.drain(5.0)
    states = await world.states()
    assert set(states) <= {"sent", "waiting", "retrying"}
    assert states.count("sent") == len(calls(world)) < 30
    async with running(world.sender(platform)):
        await world.settled()
    assert len(calls(world)) == 30
    assert all(said(phone) == ["سلام"] for phone in phones)


def test_a_refusal_never_shows_what_was_refused() -> None:
    no = Refused(400, "Bad Request: 0499370899")
    assert "0499370899" not in f"{no} {no!r}"
