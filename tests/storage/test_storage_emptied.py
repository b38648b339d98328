"""What was handled, or sent, leaves nothing behind that nobody needs any more."""

from typing import Any

from sqlalchemy import Select, select

from storage.engine import Store
from storage.records import Alternative, OutboxState, Outgoing, RawUpdate, Settled
from storage.settling import UNKNOWN
from storage.tables.messages import inbox, outbox
from storage.work import Work

WORDS = "راز بزرگ"


def _rows(work: Work, query: Select[Any]) -> list[tuple[object, ...]]:
    connection = work._transaction.connection  # noqa: SLF001 - no part gives out what was emptied
    return [tuple(row) for row in connection.execute(query)]


def left(work: Work) -> list[tuple[object, ...]]:
    """State, parameters and other ways of every message, and no trace of a way that is not there."""
    ways = (outbox.c.fallback, outbox.c.fallback_to)
    found = _rows(work, select(outbox.c.state, outbox.c.params, *ways).order_by(outbox.c.id))
    assert [row for row in found if (row[2] is None) != (row[3] is None)] == []
    return [row[:3] for row in found]


async def test_the_body_of_an_update_is_emptied_in_the_unit_that_handles_it(store: Store) -> None:
    def handle(work: Work) -> list[tuple[object, ...]]:
        (row,) = work.inbox.receive("bale", [RawUpdate(1, 5, WORDS)])
        assert work.inbox.done(row.id) is True
        return _rows(work, select(inbox.c.state, inbox.c.body))

    assert await store.run(handle) == [("done", None)]


async def put(store: Store) -> int:
    """A message with another way, claimed."""
    way = Alternative("telegram", 5, "sendMessage", {"text": WORDS})
    message = Outgoing("bale", 5, 1, "sendMessage", {"text": WORDS}, purpose="t:1", fallback=(way,))
    row = await store.run(lambda work: work.outbox.add(message))
    await store.run(lambda work: work.outbox.claim("bale", 9, ()))
    return row


async def test_a_sent_message_keeps_neither_its_words_nor_its_other_ways(store: Store) -> None:
    row = await put(store)
    await store.run(lambda work: work.outbox.settle([Settled(row, OutboxState.SENT, message_id=7)]))
    assert await store.run(left) == [("sent", None, None)]


async def test_what_perhaps_arrived_keeps_its_words_for_a_person_but_no_other_way(store: Store) -> None:
    row = await put(store)
    await store.run(lambda work: work.outbox.settle([Settled(row, OutboxState.FAILED, problem=UNKNOWN)]))
    ((state, params, ways),) = await store.run(left)
    assert (state, params is None, ways) == ("failed", False, None)


async def test_what_goes_another_way_stands_there_alone(store: Store) -> None:
    row = await put(store)
    await store.run(lambda work: work.outbox.settle([Settled(row, OutboxState.UNREACHABLE)]))
    first, second = await store.run(left)
    assert (first, second[0], second[2]) == (("unreachable", None, None), "waiting", None)
