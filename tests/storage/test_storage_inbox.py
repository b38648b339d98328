"""What is received is kept once, and handled in order within each chat."""

from datetime import datetime, timedelta

import pytest
from engines import StoreClock
from storage_office import damage

from storage.engine import Store
from storage.records import InboxRow, InboxState, RawUpdate
from storage.work import Work


def raw(update_id: int, chat_id: int = 5, body: str = "{}") -> RawUpdate:
    return RawUpdate(update_id, chat_id, body)


async def received(store: Store, *updates: RawUpdate) -> list[int]:
    rows = await store.run(lambda work: work.inbox.receive("bale", updates))
    return [row.update_id for row in rows]


async def next_in(store: Store, chat_id: int = 5) -> InboxRow | None:
    return await store.run(lambda work: work.inbox.next_of("bale", chat_id))


async def test_an_update_received_twice_is_kept_once(store: Store) -> None:
    assert await received(store, raw(1), raw(2), raw(1)) == [1, 2]
    assert await received(store, raw(2), raw(3)) == [3]
    assert await store.run(lambda work: work.inbox.depth()) == 3


async def test_the_same_number_on_two_platforms_is_two_updates(store: Store) -> None:
    await received(store, raw(1))
    rows = await store.run(lambda work: work.inbox.receive("telegram", [raw(1)]))
    assert [row.platform for row in rows] == ["telegram"]


async def test_receiving_nothing_keeps_nothing(store: Store) -> None:
    assert await received(store) == []


async def test_updates_of_a_chat_come_in_the_order_they_arrived_even_when_their_numbers_jump_back(
    store: Store,
) -> None:
    await received(store, raw(900, body="first"), raw(901, chat_id=6))
    await received(store, raw(17, body="second"))
    bodies = []
    while row := await next_in(store):
        bodies.append(row.body)
        await store.run(lambda work, row=row: work.inbox.done(row.id))  # type: ignore[misc]
    assert bodies == ["first", "second"]


async def test_an_update_waiting_for_its_retry_holds_up_its_chat_and_no_other(
    store: Store, store_clock: StoreClock
) -> None:
    await received(store, raw(1), raw(2), raw(3, chat_id=6))
    first = await next_in(store)
    assert first is not None
    await store.run(lambda work: work.inbox.retry(first.id, 5.0, "boom"))
    assert await next_in(store) is None
    other = await next_in(store, 6)
    assert other is not None
    store_clock.forward(seconds=5)
    retried = await next_in(store)
    assert retried is not None
    assert (retried.update_id, retried.attempts, retried.problem) == (1, 1, "boom")


async def test_what_is_done_is_emptied_and_what_is_put_aside_keeps_its_body(store: Store) -> None:
    def finish(work: Work) -> list[InboxRow | None]:
        one, two, three = work.inbox.receive("bale", [raw(1, body="1"), raw(2, body="2"), raw(3, body="3")])
        work.inbox.done(one.id)
        work.inbox.set_aside(two.id, "boom", "R-2")
        work.inbox.quarantine(three.id, "unreadable", "R-3")
        return [work.inbox.get(row.id) for row in (one, two, three)]

    rows = await store.run(finish)
    assert [(row.state, row.body, row.problem, row.reference) for row in rows if row] == [
        (InboxState.DONE, None, None, None),
        (InboxState.SET_ASIDE, "2", "boom", "R-2"),
        (InboxState.QUARANTINED, "3", "unreadable", "R-3"),
    ]
    assert await next_in(store) is None


async def test_what_is_postponed_waits_and_counts_as_no_try(store: Store, store_clock: StoreClock) -> None:
    await received(store, raw(1))
    first = await next_in(store)
    assert first is not None
    await store.run(lambda work: work.inbox.postpone(first.id, 5.0))
    assert await next_in(store) is None
    store_clock.forward(seconds=5)
    again = await next_in(store)
    assert again is not None
    assert (again.attempts, again.problem) == (0, None)


async def test_only_what_waits_can_be_put_aside(store: Store) -> None:
    def after_done(work: Work) -> tuple[bool, bool, InboxRow | None]:
        row = work.inbox.receive("bale", [raw(1)])[0]
        work.inbox.done(row.id)
        aside, quarantined = (
            act(row.id, "boom", "R-1") for act in (work.inbox.set_aside, work.inbox.quarantine)
        )
        return aside, quarantined, work.inbox.get(row.id)

    aside, quarantined, row = await store.run(after_done)
    assert row is not None
    assert (aside, quarantined, row.state, row.reference) == (False, False, InboxState.DONE, None)


async def test_a_damaged_body_is_given_as_none(store: Store) -> None:
    await received(store, raw(1))
    await store.run(damage("inbox", "body"))
    row = await next_in(store)
    assert row is not None
    assert row.body is None


async def test_the_backlog_is_told_by_chats_depth_and_age(store: Store, store_clock: StoreClock) -> None:
    def backlog(work: Work) -> tuple[set[tuple[str, int]], int, datetime | None]:
        return set(work.inbox.waiting_chats()), work.inbox.depth(), work.inbox.oldest()

    assert await store.run(backlog) == (set(), 0, None)
    early = store_clock.moment
    await received(store, raw(1), raw(2))
    store_clock.forward(minutes=1)
    await received(store, raw(3, chat_id=6))
    assert await store.run(backlog) == ({("bale", 5), ("bale", 6)}, 3, early)


async def test_only_what_was_done_long_ago_is_forgotten(store: Store, store_clock: StoreClock) -> None:
    await received(store, raw(1), raw(2))
    row = await next_in(store)
    assert row is not None
    await store.run(lambda work: work.inbox.done(row.id))
    assert await store.run(lambda work: work.inbox.prune(work.now)) == 0
    store_clock.forward(days=1)
    assert await store.run(lambda work: work.inbox.prune(work.now)) == 1
    assert await store.run(lambda work: work.inbox.depth()) == 1


@pytest.mark.parametrize("count", [1, 500])
async def test_a_batch_of_any_size_comes_back_in_its_own_order(store: Store, count: int) -> None:
    numbers = [(7919 * place) % 100_003 for place in range(count)]
    assert await received(store, *map(raw, numbers)) == numbers
    rows = await store.run(lambda work: work.inbox.receive("telegram", [raw(n) for n in numbers]))
    assert [row.id for row in rows] == sorted(row.id for row in rows)


async def test_one_that_is_not_the_first_of_its_chat_cannot_be_done(store: Store) -> None:
    def unit(work: Work) -> list[bool]:
        first, second, other = work.inbox.receive("bale", [raw(1), raw(2), raw(3, chat_id=6)])
        return [work.inbox.done(row.id) for row in (second, other, first, second, second)]

    assert await store.run(unit) == [False, True, True, True, False]


async def test_a_retry_put_off_before_the_clock_was_set_back_is_due_at_once(
    store: Store, store_clock: StoreClock
) -> None:
    [row] = await store.run(lambda work: work.inbox.receive("bale", [RawUpdate(1, 5, "{}")]))
    await store.run(lambda work: work.inbox.retry(row.id, 5.0, "boom"))
    assert await store.run(lambda work: work.inbox.next_of("bale", 5)) is None
    store_clock.moment -= timedelta(days=1)
    found = await store.run(lambda work: work.inbox.next_of("bale", 5))
    assert found is not None
    assert found.id == row.id
