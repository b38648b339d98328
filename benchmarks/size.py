"""How much of everything a run does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of one run of the table.

    Attributes:
        rounds: how often each bot runs, in turn with the others.
        updates: updates of a run; `slow_updates` for a bot that handles one at a time at 50 ms.
        chats: the chats they come from.
        flow: updates at each of the quiet rates, where the time added is measured.
        lone, flood: updates of people while nothing else happens, and of the one who floods.
        backlog, backlog_chats: what waits for the bot at once.
        broadcast: recipients.
        units, plain_units: durable units of each of 16 writers, ours and on aiosqlite.
        cases: filed cases, few and many.
        look_ups: times each list and look-up is read.
        users: people who have written, few and many.
        starts: starts of the process.
        two: updates for one process on PostgreSQL, and for two.
        profile: updates under the profiler.
    """

    rounds: int = 3
    updates: int = 2_000
    slow_updates: int = 120
    chats: int = 400
    flow: int = 150
    lone: int = 40
    flood: int = 400
    backlog: int = 4_000
    backlog_chats: int = 800
    broadcast: int = 900
    units: int = 400
    plain_units: int = 100
    cases: tuple[int, int] = (1_000, 100_000)
    look_ups: int = 300
    users: tuple[int, int] = (100, 20_000)
    starts: int = 5
    two: int = 2_000
    profile: int = 4_000


DEFAULT = Size()
FULL = Size(
    rounds=5, updates=5_000, backlog=10_000, backlog_chats=2_000, broadcast=10_000, cases=(1_000, 1_000_000)
)
TINY = Size(
    rounds=1,
    updates=40,
    slow_updates=4,
    chats=10,
    flow=5,
    lone=3,
    flood=10,
    backlog=30,
    backlog_chats=10,
    broadcast=30,
    units=4,
    plain_units=2,
    cases=(500, 1_000),
    look_ups=5,
    users=(5, 20),
    starts=1,
    two=20,
    profile=40,
)
"""For a look at whether everything still runs; its figures mean nothing."""
