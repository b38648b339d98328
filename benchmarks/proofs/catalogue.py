"""The proofs of reliability, by the numbers of the table in docs/reliability.md."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from benchmarks.proofs import (
    backups,
    broadcasting,
    crashes,
    deciding,
    delivering,
    disasters,
    flooding,
    fuzzing,
    lives,
    migrating,
    mutants,
    outages,
    repeats,
)
from benchmarks.proofs.places import ENGINES
from benchmarks.proofs.tally import Place, Tally


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof.

    Attributes:
        what: what is done, with {size}.
        full: the size of the long form.
        short: the size of the form that the tests run.
        engines: those on which it tells something.
        migrated: whether the database has tables already.
    """

    name: str
    what: str
    run: Callable[[Place], Awaitable[Tally]]
    full: int
    short: int
    engines: tuple[str, ...] = ENGINES
    migrated: bool = True


_ALL: Final = (
    Proof("R1-polling", "{size} kills under 100 updates a second", crashes.kills, 100, 6),
    Proof("R1-webhook", "{size} kills under 100 updates a second", crashes.kills_by_webhook, 100, 6),
    Proof("R2", "{size} kills at each named point", crashes.kills_at_points, 4, 1, migrated=False),
    Proof("R3", "{size} orders to stop under load", crashes.orders_to_stop, 10, 1),
    Proof("R4", "{size} updates delivered 2 to 5 times each", repeats.repeats, 10_000, 300),
    Proof("R5", "{size} malformed updates among others", fuzzing.malformed, 100_000, 400),
    Proof("R6", "{size} messages, one send in a hundred fails", delivering.faulty_sends, 10_000, 600),
    Proof("R7", "{size} messages in each of two outages of the API", delivering.dead_api, 600, 40),
    Proof("R8", "{size} persons of each kind, and a refused token", delivering.refusals, 50, 3),
    Proof("R9", "50 reviewers decide each of {size} cases", deciding.fifty_reviewers, 200, 2),
    Proof("R10", "{size} drafts submitted 20 times at once", deciding.twenty_presses, 500, 10),
    Proof("R11", "a notice to {size}, its sender killed in the middle", broadcasting.killed, 10_000, 150),
    Proof("R12", "disk full, store locked for {size} s, clock set", disasters.disasters, 60, 6),
    Proof("R13", "{size} people each write and keep still while it is away", outages.outages, 100, 2),
    Proof("R14", "{size} runs of the state machine, 50 steps each", lives.lives, 300, 10),
    Proof("R16", "{size} backups under load, each restored", backups.restored, 20, 2, ("sqlite",)),
    Proof("R17", "{size} migrations killed", migrating.kills, 50, 3, migrated=False),
    Proof("flood", "{size} messages of one account beside others'", flooding.flood, 1_000, 200),
    Proof("guesses", "{size} wrong passcodes, thirty a second, beside others'", flooding.guesses, 300, 60),
    Proof("mutants", "{size} safeguards taken out, one at a time", mutants.mutants, 5, 1, ("sqlite",)),
)
PROOFS: Final = {proof.name: proof for proof in _ALL}
