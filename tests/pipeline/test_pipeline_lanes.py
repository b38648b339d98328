"""Whose turn it is, and what of it is at hand."""

import datetime as dt

from bot.lanes import ALL, CARRIED, Lane, Lanes
from storage.records import InboxRow, InboxState

HERE: Lane = ("bale", 5)
THERE: Lane = ("bale", 6)
AT = dt.datetime(2026, 3, 21, tzinfo=dt.UTC)


def row(number: int) -> InboxRow:
    state = InboxState.WAITING
    return InboxRow(number, "bale", number, 5, "{}", state, 0, None, None, None, AT, None)


async def test_a_chat_stands_at_the_end_again_after_its_turn() -> None:
    lanes = Lanes()
    for lane in (HERE, HERE, THERE):
        lanes.add(lane)
    turns = []
    for _ in range(3):
        lane = await lanes.next()
        turns.append(lane)
        lanes.end(lane, 1)
    assert turns == [HERE, THERE, HERE]


async def test_what_is_all_that_waits_is_at_hand_in_order() -> None:
    lanes = Lanes()
    for number in (1, 2):
        lanes.add(HERE, row=row(number))
    assert lanes.at_hand(HERE) == row(1)
    lanes.add(HERE, row=row(3))
    lanes.end(HERE, 1)
    assert (lanes.at_hand(HERE), lanes.due(HERE)) == (row(2), 2)


async def test_where_the_store_knows_of_more_the_store_is_asked() -> None:
    lanes = Lanes()
    lanes.add(HERE, ALL)
    lanes.add(HERE, row=row(9))
    assert lanes.at_hand(HERE) is None
    lanes.end(HERE, lanes.due(HERE))
    lanes.add(HERE, row=row(10))
    assert lanes.at_hand(HERE) == row(10)


async def test_after_a_failed_turn_nothing_of_it_is_at_hand() -> None:
    lanes = Lanes()
    for number in (1, 2):
        lanes.add(HERE, row=row(number))
    due = lanes.due(HERE)
    assert lanes.at_hand(HERE) == row(1)
    lanes.add(HERE, row=row(3))
    lanes.end(HERE, due)
    assert (lanes.due(HERE), lanes.at_hand(HERE)) == (1, None)


async def test_only_so_many_are_kept_in_memory() -> None:
    lanes = Lanes()
    for number in range(CARRIED + 1):
        lanes.add(HERE, row=row(number))
    assert lanes.at_hand(HERE) is None
    lanes.add(THERE, row=row(1))
    assert lanes.at_hand(THERE) == row(1)
