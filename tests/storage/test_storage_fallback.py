"""A message that cannot be delivered on one messenger goes out on the other; what nobody got is known."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from storage.engine import Store
from storage.errors import KeyUnusable
from storage.ledger import Ledger
from storage.records import Alternative, OutboxState, Outcome, Outgoing, Settled
from storage.tables.messages import outbox
from storage.work import Work

ELSEWHERE = Alternative("telegram", 7, "sendMessage", {"text": "<b>نتیجه</b>"})
RESULT = Outgoing(
    "bale", 5, 1, "sendMessage", {"text": "*نتیجه*"}, purpose="case:1:agreed:3", fallback=(ELSEWHERE,)
)
BLOCKED: Outcome = OutboxState.UNREACHABLE


async def give_up(store: Store, message: Outgoing, state: Outcome = BLOCKED) -> None:
    def unit(work: Work) -> None:
        work.chats.lock(message.platform, message.chat_id, user_id=message.chat_id, name="")
        work.outbox.add(message)
        [claimed] = work.outbox.claim(message.platform, 10, ())
        work.outbox.settle([Settled(claimed.id, state, problem="blocked")])

    await store.run(unit)


def states(work: Work) -> list[tuple[str, int, str]]:
    return [(row.platform, row.chat_id, row.state) for row in work.ledger.of("case:")]


def missed(ledger: Ledger) -> list[str]:
    return [row.purpose for row in ledger.missed([("bale", 5), ("telegram", 7)])]


@pytest.mark.parametrize("state", [OutboxState.UNREACHABLE, OutboxState.FAILED])
async def test_what_cannot_be_delivered_here_waits_for_the_other_messenger(
    store: Store, state: Outcome
) -> None:
    await give_up(store, RESULT, state)
    assert await store.run(states) == [("bale", 5, state), ("telegram", 7, "waiting")]
    [there] = await store.run(lambda work: work.outbox.claim("telegram", 10, ()))
    assert (there.method, there.params, there.lane, there.purpose) == (
        "sendMessage",
        {"text": "<b>نتیجه</b>"},
        1,
        "case:1:agreed:3",
    )
    assert await store.run(lambda work: missed(work.ledger)) == []


async def test_what_is_delivered_here_goes_nowhere_else(store: Store) -> None:
    await give_up(store, RESULT, OutboxState.SENT)
    assert await store.run(states) == [("bale", 5, "sent")]


async def test_a_chat_known_to_be_lost_is_not_tried_again_before_the_other(store: Store) -> None:
    await give_up(store, replace(RESULT, fallback=()))
    await store.run(lambda work: work.outbox.add(replace(RESULT, purpose="case:2:agreed:3")))
    assert await store.run(states) == [
        ("bale", 5, "unreachable"),
        ("bale", 5, "unreachable"),
        ("telegram", 7, "waiting"),
    ]


async def test_what_waits_behind_in_a_lost_chat_goes_elsewhere_too(store: Store) -> None:
    def unit(work: Work) -> None:
        work.outbox.add(RESULT)
        work.outbox.add(replace(RESULT, purpose="case:2:agreed:3"))
        [first] = work.outbox.claim("bale", 10, ())
        work.outbox.settle([Settled(first.id, BLOCKED)])

    await store.run(unit)
    assert sorted(await store.run(states)) == [
        ("bale", 5, "unreachable"),
        ("bale", 5, "unreachable"),
        ("telegram", 7, "waiting"),
        ("telegram", 7, "waiting"),
    ]


async def test_what_no_messenger_could_deliver_is_missed_until_it_is_told(store: Store) -> None:
    await give_up(store, RESULT)

    def there_too(work: Work) -> None:
        [claimed] = work.outbox.claim("telegram", 10, ())
        work.outbox.settle([Settled(claimed.id, BLOCKED)])

    await store.run(there_too)
    assert await store.run(lambda work: missed(work.ledger)) == ["case:1:agreed:3"]

    def tell(work: Work) -> None:
        work.ledger.told([row.id for row in work.ledger.missed([("telegram", 7)])])

    await store.run(tell)
    assert await store.run(lambda work: missed(work.ledger)) == []


async def test_what_perhaps_arrived_here_goes_nowhere_else(store: Store) -> None:
    def unit(work: Work) -> None:
        work.outbox.add(RESULT)
        [claimed] = work.outbox.claim("bale", 10, ())
        work.outbox.settle([Settled(claimed.id, OutboxState.FAILED, problem="unknown")])

    await store.run(unit)
    assert await store.run(states) == [("bale", 5, "failed")]


async def test_a_chat_that_is_cut_off_gets_nothing_more_and_its_news_goes_elsewhere(
    store: Store,
) -> None:
    def unit(work: Work) -> None:
        work.outbox.add(RESULT)
        work.outbox.cut_off("bale", 5)

    await store.run(unit)
    assert await store.run(lambda work: work.outbox.claim("bale", 10, ())) == ()
    assert await store.run(states) == [("bale", 5, "unreachable"), ("telegram", 7, "waiting")]


async def test_nothing_falls_back_to_a_chat_that_is_cut_off(store: Store) -> None:
    await store.run(lambda work: work.outbox.add(RESULT))
    await store.run(lambda work: work.outbox.cut_off("telegram", 7))

    def blocked(work: Work) -> None:
        [claimed] = work.outbox.claim("bale", 10, ())
        work.outbox.settle([Settled(claimed.id, BLOCKED)])

    await store.run(blocked)
    assert await store.run(states) == [("bale", 5, "unreachable")]


def behind(work: Work, **values: object) -> None:
    """Every row that waits is set so, behind the store's back."""
    work._transaction.connection.execute(update(outbox).values(**values))  # noqa: SLF001 - as it says


async def test_only_what_leads_to_the_chat_that_is_cut_off_is_opened(store: Store) -> None:
    def unit(work: Work) -> None:
        work.outbox.add(RESULT)
        behind(work, fallback=b"no key opens this")
        # One number is the beginning of another, and one platform's may be another's.
        for platform, chat_id in (("bale", 7), ("telegram", 70), ("telegram", 77), ("telegram", -7)):
            work.outbox.cut_off(platform, chat_id)

    await store.run(unit)
    with pytest.raises(KeyUnusable):
        await store.run(lambda work: work.outbox.cut_off("telegram", 7))


@pytest.mark.parametrize("older", [False, True])
async def test_of_several_ways_only_the_one_that_is_cut_off_goes(store: Store, *, older: bool) -> None:
    third = replace(ELSEWHERE, chat_id=8)

    def unit(work: Work) -> None:
        work.outbox.add(replace(RESULT, fallback=(ELSEWHERE, third)))
        if older:  # as a release wrote it that did not say where it leads
            behind(work, fallback_to=None)
        work.outbox.cut_off("telegram", 7)
        [claimed] = work.outbox.claim("bale", 10, ())
        work.outbox.settle([Settled(claimed.id, BLOCKED)])
        work.outbox.cut_off("telegram", 8)

    await store.run(unit)
    assert await store.run(states) == [("bale", 5, "unreachable"), ("telegram", 8, "unreachable")]
