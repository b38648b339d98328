"""The first look at a case and its first decision: measured when they happen, once and for all.

What the calendar or a target becomes later changes no figure of what is over; so a report only counts rows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.clocks import DECISION, FIRST_LOOK, RETURNED, TARGET_OF
from domain.lifecycle import State
from domain.reports import Decided, Measure
from domain.targets import Pause
from services.targets import span_of
from storage.records import Case
from storage.records.measures import FirstStep
from storage.work import Work

_ENDED_BY: Final[dict[str, frozenset[State]]] = {
    FIRST_LOOK: frozenset({State.IN_REVIEW}),
    DECISION: frozenset({State.AGREED, State.NOT_AGREED}),
}
"""The states that are a first look and a decision, by the clock that they end."""

Steps = Sequence[tuple[datetime, State]]
"""The moments at which the state of a case changed, with the state from then on, in order."""


def note(work: Work, case: Case) -> None:
    """Measure the step that a case has just made, if it is the first of its kind."""
    for clock, states in _ENDED_BY.items():
        if case.state in states and not work.measures.known(case.id, clock):
            _note(work, case, clock, _steps(work, case))


def note_earlier(work: Work, case: Case) -> None:
    """Measure the first steps of a case that made them before there were figures, by what is in force now."""
    steps = _steps(work, case)
    for clock in _ENDED_BY:
        _note(work, case, clock, steps)


def measure_of(work: Work, target: str) -> Measure:
    """What measures against this target (a setting's name), on the office's calendar as it stands now."""
    return Measure(work.calendar.in_force(), span_of(work, target))


def pauses(waits: Sequence[tuple[datetime, bool]], until: datetime) -> tuple[Pause, ...]:
    """Each wait before this moment, with its end: (when, whether one begins there)."""
    found: list[Pause] = []
    for at, begins in waits:
        if begins and at < until:
            found.append(Pause(at, None, RETURNED))
        elif found and found[-1].end is None:
            found[-1] = Pause(found[-1].begin, at, RETURNED)
    return tuple(found)


def _steps(work: Work, case: Case) -> Steps:
    return [(event.at, event.to_state) for event in work.cases.events(case.id) if event.moved]


def _note(work: Work, case: Case, clock: str, steps: Steps) -> None:
    found = next(((at, state) for at, state in steps if state in _ENDED_BY[clock]), None)
    if found is None:
        return
    at, outcome = found
    waits = [(begun, state is State.RETURNED) for begun, state in steps]
    made = Decided(case.filed_at, at, pauses(waits, at))
    measure = measure_of(work, TARGET_OF[clock])
    work.measures.note(case, FirstStep(clock, at, outcome, measure.working_days(made), measure.kept(made)))
