"""R14: the state machine over the services, many times over; then the store is judged by plain queries."""

import asyncio
from functools import partial
from typing import Any, Final

from hypothesis import HealthCheck, core, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import text
from test_services_life import LifeOfCases, actions

from benchmarks.proofs.places import VAULT
from benchmarks.proofs.tally import Place, Tally
from domain.lifecycle import TABLE
from services.audit import Problem, Walk, follow
from storage.engine import Store
from storage.work import Work

STEPS: Final = 50
ENOUGH: Final = 100
"""Runs after which chance has led through every act that the machine presses."""


async def lives(place: Place) -> Tally:
    """`size` runs of fifty steps each: people press anything, some at once, with restarts between."""
    tally = Tally()
    await asyncio.to_thread(_run, place)
    store = await Store.open(place.url, vault=VAULT)
    seen = await store.run(lambda work: _judge(work, tally))
    tally.must("where the audit is broken", await _broken(store), None)
    tally.count("acts of the table never taken", sorted({str(row.action) for row in TABLE} - seen))
    if place.size >= ENOUGH:
        pressed = {str(action) for action in getattr(actions, "elements", ())}
        tally.must("acts that were pressed and never went through", sorted(pressed - seen), [])
    await store.close()
    return tally


def _run(place: Place) -> None:
    with asyncio.Runner() as runner:
        LifeOfCases.url, LifeOfCases.vault = place.url, VAULT
        LifeOfCases.run_async = staticmethod(runner.run)
        core.global_force_seed = place.seed  # type: ignore[assignment] # None until somebody sets it
        try:
            run_state_machine_as_test(
                LifeOfCases,
                settings=settings(
                    max_examples=place.size,
                    stateful_step_count=STEPS,
                    deadline=None,
                    database=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            core.global_force_seed = None


async def _broken(store: Store) -> Problem | None:
    """Where the chain of the audit is broken first, if it is."""
    walk = Walk()
    while not walk.over:
        walk = await store.run(partial(_follow, walk=walk))
    return walk.problem


def _follow(work: Work, *, walk: Walk) -> Walk:
    return follow(work, walk)


def _judge(work: Work, tally: Tally) -> set[str]:
    """By plain queries, apart from the invariants that the machine asks after every step."""
    connection = work._transaction.connection  # noqa: SLF001 - looks at what the store keeps

    def run(query: str) -> list[Any]:
        return [value for (value,) in connection.execute(text(query))]

    def found(query: str) -> int:
        return int(run(query)[0])

    filed = found("SELECT count(*) FROM cases")
    noted = found("SELECT count(*) FROM audit WHERE deed = 'case'")
    tally.must("steps in the audit", noted, found("SELECT count(*) FROM case_events"))
    tally.count("cases", filed)
    tally.count("steps of cases", found("SELECT count(*) FROM case_events"))
    tally.must("codes", found("SELECT count(DISTINCT code) FROM cases"), filed)
    tally.must(
        "histories with a gap",
        found(
            "SELECT count(*) FROM (SELECT c.id FROM cases c LEFT JOIN case_events e ON e.case_id = c.id "
            "GROUP BY c.id, c.version HAVING count(e.id) <> c.version) gaps"
        ),
        0,
    )
    return {str(action) for action in run("SELECT DISTINCT action FROM case_events")}
