"""The second half of `audit verify`: what stands in the store is compared with what the audit says."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import typer
from rich.progress import Progress

from bot.terminal import complain
from services import standing
from services.audit import Walk
from services.standing import Difference, Found, Said
from storage.engine import Store
from storage.records.standing import Kind
from storage.work import Work

Compare = Callable[[Work, Walk, Said], Found]


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything that was found; the chain's end has moved on, if the bot was running.

    Attributes:
        walk: how far the audit was followed in the end.
        differences: what stands otherwise than it was written down.
    """

    walk: Walk
    differences: tuple[Difference, ...] = ()


async def compared(store: Store, walk: Walk, said: Said) -> Compared:
    """Compare stretch by stretch, each in a unit of its own, so that nobody waits for long."""
    found = await _caught_up(store, walk, said, standing.office)
    done = Compared(found.walk, found.differences)
    with Progress(console=complain, transient=True) as progress:
        for kind in standing.KINDS:
            if not done.walk.problem:
                bar = progress.add_task(f"comparing each {kind}", total=len(said.courses[kind]) or None)
                done = await _all(store, done, said, kind, partial(progress.advance, bar))
    return done


async def _all(
    store: Store, done: Compared, said: Said, kind: Kind, advance: Callable[[float], None]
) -> Compared:
    seen: set[int] = set()
    after = 0
    while True:
        compare = partial(standing.things, kind=kind, after=after)
        found = await _caught_up(store, done.walk, said, compare)
        done = replace(done, walk=found.walk, differences=done.differences + found.differences)
        if not found.numbers:
            break
        seen.update(found.numbers)
        after = found.numbers[-1]
        advance(len(found.numbers))
        await asyncio.sleep(0)
    if done.walk.problem:
        return done
    return replace(done, differences=done.differences + standing.gone(said, kind, seen))


async def _caught_up(store: Store, walk: Walk, said: Said, compare: Compare) -> Found:
    """Compare once all that was written meanwhile is taken."""
    while True:
        found = await store.run(_unit(compare, walk, said))
        if not found.is_behind:
            return found
        said.take(found.walk.rows)
        if found.walk.problem:
            return found
        walk = found.walk
        await asyncio.sleep(0)


def _unit(compare: Compare, walk: Walk, said: Said) -> Callable[[Work], Found]:
    return lambda work: compare(work, walk, said)


def tell(done: Compared) -> None:
    """Name each difference."""
    for code, *values in done.differences:
        typer.echo(_WORDS[str(code)].format(*values))


_WORDS: Final = {
    "unanchored": "The audit's end was not shown to the admins since {0}, though the bot worked on {1} days.",
    "grant_unwritten": "Grant of role {0} to person {1} was never written down.",
    "grant_gone": "Grant of role {0} to person {1} is gone, and the audit says nothing of it.",
    "account_unwritten": "An account on {0} is person {1}'s, and the audit does not say so.",
    "account_gone": "An account on {0} of person {1} is gone, and the audit says nothing of it.",
    "factor": "The second factor of person {0} is not the one that the audit says was made last.",
    "factor_gone": "The second factor of person {0} is gone, and the audit says nothing of it.",
    "substitution": "Substitution {0}, of person {1} for person {2}, is not as it was written down.",
    "proposal": "Proposal {0} about a role was not made or ended as it stands.",
    "proposal_gone": "Proposal {0} about a role is gone, and the audit says nothing of it.",
    "setting_unwritten": "Setting {0} was never written down.",
    "setting": "Setting {0} is not as the audit says it was set last.",
    "thing_unwritten": "{0} {1} was never written down.",
    "gone": "{0} {1} is gone.",
    "stands": "{0} {1} stands as {2} in version {3}, the audit says {4} in version {5}.",
    "steps": "The history of {0} {1} is not as it was written down: {2} steps, the audit has {3}.",
}
