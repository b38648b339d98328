"""Messages are claimed in order within each chat, and settled once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from engines import StoreClock
from storage_office import damage

from storage.engine import Store
from storage.records import Claimed, OutboxState, Outgoing, Settled
from storage.work import Work

REPLY = Outgoing("bale", 5, 0, "sendMessage", {"text": "سلام"})


async def added(store: Store, *messages: Outgoing) -> list[int]:
    return await store.run(lambda work: [work.outbox.add(message) for message in messages])


async def claimed(store: Store, *busy: int, limit: int = 100) -> list[int]:
    return [message.id for message in await claims(store, *busy, limit=limit)]


async def claims(store: Store, *busy: int, limit: int = 100) -> tuple[Claimed, ...]:
    return await store.run(lambda work: work.outbox.claim("bale", limit, busy))


async def settle(store: Store, *results: Settled) -> None:
    await store.run(lambda work: work.outbox.settle(results))


async def test_a_claimed_message_comes_with_what_is_needed_to_send_it(
    store: Store, store_clock: StoreClock
) -> None:
    (row_id,) = await added(store, replace(REPLY, slot="screen", purpose="case:1:filed"))
    assert await claims(store) == (
        Claimed(
            id=row_id,
            platform="bale",
            chat_id=5,
            lane=0,
            method="sendMessage",
            params={"text": "سلام"},
            slot="screen",
            purpose="case:1:filed",
            attempts=1,
            claimed_at=store_clock.moment,
            first_failed_at=None,
            was_unknown=False,
            slot_message_id=None,
        ),
    )
    assert await claims(store) == ()


async def test_heads_come_one_of_each_chat_by_lane_and_number(store: Store) -> None:
    broadcast, notice, reply, behind, other = await added(
        store,
        replace(REPLY, chat_id=1, lane=2),
        replace(REPLY, chat_id=2, lane=1),
        replace(REPLY, chat_id=3),
        replace(REPLY, chat_id=3),
        replace(REPLY, chat_id=4),
    )
    assert await claimed(store, limit=3) == [reply, other, notice]
    assert await claimed(store) == [broadcast]
    await settle(store, Settled(reply, OutboxState.SENT, 1))
    assert await claimed(store) == [behind]


async def test_replies_to_those_who_had_no_turn_come_first_and_broadcasts_after_all_replies(
    store: Store,
) -> None:
    async def next_one(*served: int) -> list[int]:
        rows = await store.run(lambda work: work.outbox.claim("bale", 1, (), served))
        return [row.id for row in rows]

    first, second, broadcast, last = await added(
        store,
        replace(REPLY, chat_id=1),
        replace(REPLY, chat_id=2),
        replace(REPLY, chat_id=3, lane=2),
        replace(REPLY, chat_id=4),
    )
    assert await next_one(1, 2) == [last]
    assert await next_one(1, 2, 4) == [first]
    assert await next_one(1, 2, 4) == [second]
    assert await next_one(1, 2, 4) == [broadcast]


async def test_a_reply_overtakes_the_notices_of_its_chat_but_not_the_replies_before_it(store: Store) -> None:
    notice, first, second = await added(store, replace(REPLY, lane=1), REPLY, REPLY)
    order = []
    while heads := await claimed(store):
        order += heads
        await settle(store, *(Settled(head, OutboxState.SENT, 1) for head in heads))
    assert order == [first, second, notice]


async def test_busy_chats_and_other_platforms_are_left_alone(store: Store) -> None:
    await added(store, REPLY, replace(REPLY, platform="telegram"))
    (other,) = await added(store, replace(REPLY, chat_id=6))
    assert await claimed(store, 5, 7) == [other]


async def test_a_message_that_waits_for_its_retry_holds_back_those_behind_it(
    store: Store, store_clock: StoreClock
) -> None:
    first, _second = await added(store, REPLY, REPLY)
    failed_at = store_clock.moment
    await claimed(store)
    await settle(store, Settled(first, OutboxState.UNKNOWN, retry_after=9.0, problem="timeout"))
    assert await claimed(store) == []
    store_clock.forward(seconds=9)
    (retried,) = await claims(store)
    assert (retried.id, retried.attempts, retried.first_failed_at, retried.was_unknown) == (
        first,
        2,
        failed_at,
        True,
    )


async def test_a_sent_message_takes_its_slot_and_the_next_one_is_told(store: Store) -> None:
    (first,) = await added(store, replace(REPLY, slot="screen"))
    await claimed(store)
    await settle(store, Settled(first, OutboxState.SENT, 77))
    assert await store.run(lambda work: work.outbox.slot_message("bale", 5, "screen")) == 77
    (second,) = await added(store, replace(REPLY, slot="screen"))
    assert [message.slot_message_id for message in await claims(store)] == [77]
    await settle(store, Settled(second, OutboxState.SENT, 78))
    assert await store.run(lambda work: work.outbox.slot_message("bale", 5, "screen")) == 78
    await store.run(lambda work: work.outbox.clear_slot("bale", 5, "screen"))
    assert await store.run(lambda work: work.outbox.slot_message("bale", 5, "screen")) is None


async def test_an_unreachable_chat_gets_no_more_notices_until_it_is_heard_from(store: Store) -> None:
    await store.run(lambda work: work.chats.lock("bale", 5, user_id=5, name="زهرا"))
    notice = replace(REPLY, lane=1, purpose="case:1:agreed")
    first, _behind = await added(store, notice, notice)
    await claimed(store)
    await settle(store, Settled(first, OutboxState.UNREACHABLE, problem="forbidden"))
    await added(store, notice)
    (reply,) = await added(store, REPLY)
    assert await claimed(store) == [reply]
    await store.run(lambda work: work.chats.lock("bale", 5, user_id=5, name="زهرا"))
    await settle(store, Settled(reply, OutboxState.SENT, 1))
    (after,) = await added(store, notice)
    assert await claimed(store) == [after]
    states = [row.state for row in await store.run(lambda work: work.ledger.of("case:1:"))]
    assert states == [OutboxState.UNREACHABLE] * 3 + [OutboxState.SENDING]


async def test_what_a_dead_process_was_sending_is_unknown_and_due(store: Store) -> None:
    (row_id,) = await added(store, REPLY)
    await claimed(store)
    assert await store.run(lambda work: work.outbox.recover("telegram")) == 0
    assert await store.run(lambda work: work.outbox.recover("bale")) == 1
    assert [(message.id, message.was_unknown) for message in await claims(store)] == [(row_id, True)]


@pytest.mark.parametrize(("problem", "revived"), [("no_connection", 1), ("bad_request", 0)])
async def test_only_what_never_had_a_connection_is_revived(store: Store, problem: str, revived: int) -> None:
    (row_id,) = await added(store, REPLY)
    await claimed(store)
    await settle(store, Settled(row_id, OutboxState.FAILED, problem=problem))
    assert await store.run(lambda work: work.outbox.counts()) == {"failed": 1}
    assert await store.run(lambda work: work.outbox.revive("bale", problem)) == revived
    assert [message.params for message in await claims(store)] == [{"text": "سلام"}] * revived


async def test_a_lost_message_with_a_purpose_is_told_once_and_kept_to_be_sent_again(store: Store) -> None:
    plain, kept = await added(store, REPLY, replace(REPLY, chat_id=6, purpose="case:1:agreed"))
    await claimed(store)
    results = [Settled(number, OutboxState.FAILED, problem="400") for number in (plain, kept)]
    assert await store.run(lambda work: work.outbox.settle(results)) == (kept,)
    assert await store.run(lambda work: work.outbox.settle(results)) == ()
    assert await store.run(lambda work: work.outbox.revive("bale", "400")) == 1
    assert [(message.id, message.params) for message in await claims(store)] == [(kept, REPLY.params)]


async def test_what_never_had_a_connection_is_not_told_as_lost(store: Store) -> None:
    (row_id,) = await added(store, replace(REPLY, purpose="case:1:agreed"))
    await claimed(store)
    result = Settled(row_id, OutboxState.FAILED, problem="no_connection")
    assert await store.run(lambda work: work.outbox.settle([result])) == ()


async def test_parameters_that_cannot_be_opened_are_given_as_empty(store: Store) -> None:
    (row_id,) = await added(store, REPLY)
    await store.run(damage("outbox", "params"))
    assert [(message.id, message.params) for message in await claims(store)] == [(row_id, {})]


async def test_what_is_final_stays_final(store: Store) -> None:
    (row_id,) = await added(store, replace(REPLY, purpose="p"))
    await claimed(store)
    await settle(store, Settled(row_id, OutboxState.SENT, 77))
    late = Settled(row_id, OutboxState.RETRYING, retry_after=1.0)
    await settle(store, late, Settled(row_id, OutboxState.FAILED, problem="late"))
    (row,) = await store.run(lambda work: work.ledger.of("p"))
    assert (row.state, row.message_id, row.problem) == (OutboxState.SENT, 77, None)


async def test_the_ledger_knows_a_purpose_by_its_beginning(store: Store) -> None:
    purposes = ["case:1", "case:1:agreed", "case:12:agreed", "Case:1:x", "case:1:پیام", None]
    await added(store, *(replace(REPLY, purpose=purpose) for purpose in purposes))
    rows = await store.run(lambda work: work.ledger.of("case:1:"))
    assert [row.purpose for row in rows] == ["case:1:agreed", "case:1:پیام"]


async def test_counts_age_and_pruning(store: Store, store_clock: StoreClock) -> None:
    def figures(work: Work) -> tuple[dict[str, int], int, bool]:
        return work.outbox.counts(), work.outbox.waiting("bale"), work.outbox.oldest_due() is not None

    assert await store.run(figures) == ({}, 0, False)
    first, *_ = await added(store, REPLY, REPLY, replace(REPLY, platform="telegram"))
    await claimed(store)
    assert await store.run(figures) == ({"sending": 1, "waiting": 2}, 2, True)
    await settle(store, Settled(first, OutboxState.SENT, 1))
    store_clock.forward(days=1)
    assert await store.run(lambda work: work.outbox.prune(work.now)) == 1
    assert await store.run(figures) == ({"waiting": 2}, 1, True)


async def put_by_a_turn(store: Store, *messages: Outgoing) -> Claimed | None:
    """A unit whose caller posts the first reply to chat 5 by itself."""

    def unit(work: Work) -> Claimed | None:
        work.outbox.hand_over("bale", 5)
        for message in messages:
            work.outbox.add(message)
        return work.outbox.handed

    return await store.run(unit)


async def test_a_reply_handed_over_is_what_a_claim_would_have_brought(store: Store) -> None:
    await store.run(lambda work: work.outbox.add(replace(REPLY, slot="screen")))
    await settle(store, *(Settled(head.id, OutboxState.SENT, 77) for head in await claims(store)))
    edit = replace(REPLY, method="editMessageText", slot="screen", purpose="p")
    handed = await put_by_a_turn(store, edit)
    assert await claims(store) == ()
    assert handed is not None
    assert handed.slot_message_id == 77
    await settle(store, Settled(handed.id, OutboxState.RETRYING))
    (again,) = await claims(store)
    assert replace(again, attempts=1, first_failed_at=None) == handed


async def test_only_the_first_reply_is_handed_over_and_the_next_waits_for_it(store: Store) -> None:
    handed = await put_by_a_turn(store, REPLY, replace(REPLY, params={"text": "دوم"}))
    assert handed is not None
    assert handed.params == REPLY.params
    assert await claims(store) == ()
    await settle(store, Settled(handed.id, OutboxState.SENT, 1))
    assert [head.params for head in await claims(store)] == [{"text": "دوم"}]


@pytest.mark.parametrize("other", [replace(REPLY, chat_id=6), replace(REPLY, lane=1)])
async def test_nothing_but_a_reply_to_the_chat_is_handed_over(store: Store, other: Outgoing) -> None:
    assert await put_by_a_turn(store, other) is None
    assert len(await claims(store)) == 1


async def test_nothing_is_handed_over_past_what_waits(store: Store) -> None:
    (first,) = await added(store, REPLY)
    assert await put_by_a_turn(store, REPLY) is None
    assert await claimed(store) == [first]
    assert await put_by_a_turn(store, REPLY) is None


async def test_what_was_handed_over_to_a_process_that_died_is_perhaps_sent(store: Store) -> None:
    handed = await put_by_a_turn(store, REPLY)
    assert handed is not None
    assert await store.run(lambda work: work.outbox.recover("bale")) == 1
    (found,) = await claims(store)
    assert (found.id, found.was_unknown, found.attempts) == (handed.id, True, 2)


async def test_what_nobody_holds_is_not_being_sent_for_ever(store: Store, store_clock: StoreClock) -> None:
    def strays(work: Work) -> int:
        return work.outbox.recover_strays("bale", [held])

    held, lost = await added(store, REPLY, replace(REPLY, chat_id=6))
    assert await claimed(store) == [held, lost]
    assert await store.run(strays) == 0
    store_clock.forward(minutes=1)
    assert await store.run(strays) == 1
    assert [(head.id, head.was_unknown) for head in await claims(store)] == [(lost, True)]


@pytest.mark.parametrize("back", [timedelta(minutes=20), timedelta(days=1)])
async def test_a_clock_set_back_makes_nobody_mute(
    store: Store, store_clock: StoreClock, back: timedelta
) -> None:
    [row] = await added(store, REPLY)
    store_clock.moment -= back
    assert await claimed(store) == []
    await store.run(lambda work: work.outbox.pull_in("bale"))
    assert await claimed(store) == [row]


async def test_a_wait_that_the_messenger_asked_for_is_not_cut_short(store: Store) -> None:
    [row] = await added(store, REPLY)
    assert await claimed(store) == [row]
    await settle(store, Settled(row, OutboxState.RETRYING, retry_after=900))
    assert await store.run(lambda work: work.outbox.pull_in("bale")) == 0
    assert await claimed(store) == []
