"""«گزارش»: what the store's own events say of a period, counted anew at every look."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.clocks import RETURNED
from domain.errors import NotYours
from domain.lifecycle import Action, State
from domain.reports import MEDIAN, NINETIETH, Decided, Measure, Period, Times, percentile
from domain.roles import Actor, Role
from domain.targets import Pause
from services.calendar import calendar_of
from services.cases import name_of
from services.targets import span_of
from storage.reports import Held, Step
from storage.work import Work

READERS: Final = (Role.DIRECTOR, Role.ADMIN, Role.AUDITOR)
"""Who reads reports, in full; figures for anybody else leave small cells out."""


@dataclass(frozen=True, slots=True)
class Share:
    """The figures of one agency or one debt type.

    Attributes:
        name: number of the agency, or code of the debt type.
        filed: cases filed in the period.
        outcomes: first decisions of the period by the state that they led to.
        times: of those decisions.
    """

    name: str
    filed: int
    outcomes: Mapping[State, int]
    times: Times


@dataclass(frozen=True, slots=True)
class Report:
    """A period in figures.

    Attributes:
        steps: steps of cases in the period by (act, state that followed).
        standing: cases by state, at this moment.
        outcomes: first decisions of the period by state.
        decision: how long those decisions took.
        first_look: the same of the first looks of the period.
        agencies: by agency, the one with the most cases first.
        debt_types: the same by debt type.
        reasons: (act, reference of the reason, how often), the most frequent first.
    """

    period: Period
    steps: Mapping[tuple[str, State], int]
    standing: Mapping[State, int]
    outcomes: Mapping[State, int]
    decision: Times
    first_look: Times
    agencies: tuple[Share, ...]
    debt_types: tuple[Share, ...]
    reasons: tuple[tuple[str, str, int], ...]

    def count(self, action: Action) -> int:
        """How many steps this act made in the period."""
        return sum(count for (act, _), count in self.steps.items() if act == action)


@dataclass(frozen=True, slots=True)
class Load:
    """What one person of the office has in hand now.

    Attributes:
        ages: of the cases in hand, in working days since the office's clock runs: median and 90th percentile.
        overdue: how many are past the office's target; None where none of them has one.
        decided: how many cases the person decided in the period.
    """

    name: str
    in_hand: int
    median: int | None
    ninetieth: int | None
    overdue: int | None
    decided: int


def may_read(actor: Actor) -> bool:
    """Whether this person reads reports."""
    return any(map(actor.has, READERS))


def report(work: Work, by: Actor, period: Period) -> Report:
    """The period in figures, small cells included.

    Raises:
        NotYours: no director, admin or auditor.
    """
    if not may_read(by):
        raise NotYours("report")
    begin, end = period.moments
    decided, measure = first_decisions(work, period), measure_of(work, "decision_target")
    agencies: Counter[str] = Counter()
    debt_types: Counter[str] = Counter()
    for (agency, debt_type), count in work.reports.filed(begin, end).items():
        agencies[str(agency)] += count
        debt_types[debt_type] += count
    return Report(
        period=period,
        steps=work.reports.steps(begin, end),
        standing=work.reports.standing(),
        outcomes=Counter(one.outcome for one in decided),
        decision=measure.times(decided),
        first_look=measure_of(work, "first_look_target").times(first_looks(work, period)),
        agencies=_shares(measure, decided, agencies, lambda one: str(one.agency_id)),
        debt_types=_shares(measure, decided, debt_types, lambda one: one.debt_type),
        reasons=_reasons(work.reports.reasons(begin, end)),
    )


def first_decisions(work: Work, period: Period) -> list[Decided]:
    """The first decisions of the period, each with the waits for a correction before it."""
    begin, end = period.moments
    waits = work.reports.waits(begin, end)
    return [
        _decided(step, _pauses(waits.get(step.case_id, ()), step.at))
        for step in work.reports.decided(begin, end)
    ]


def first_looks(work: Work, period: Period) -> list[Decided]:
    """The first looks of the period; nothing pauses before one."""
    return [_decided(step, ()) for step in work.reports.looked_at(*period.moments)]


def first_answers(work: Work, period: Period) -> list[Decided]:
    """The complaints first answered in the period, each with the waits for a reply before the answer."""
    begin, end = period.moments
    waits = work.reports.replies_awaited(begin, end)
    return [
        Decided(0, "", State.AGREED, filed_at, at, _pauses(waits.get(number, ()), at))
        for number, filed_at, at in work.reports.answered(begin, end)
    ]


def measure_of(work: Work, target: str) -> Measure:
    """What measures against this target (a setting's name), on the office's calendar as it stands now."""
    return Measure(calendar_of(work), span_of(work, target))


def loads(work: Work, by: Actor, period: Period) -> tuple[Load, ...]:
    """What each person of the office has in hand, whoever has the most first.

    Raises:
        NotYours: no director.
    """
    if not by.has(Role.DIRECTOR):
        raise NotYours("report")
    measure = measure_of(work, "decision_target")
    in_hands, decided = work.reports.in_hands(), work.reports.decided_by(*period.moments)
    found = [
        _load(work, measure, person, in_hands.get(person, []), decided.get(person, 0))
        for person in {*in_hands, *decided}
    ]
    return tuple(sorted(found, key=lambda load: (-load.in_hand, -load.decided, load.name)))


def _load(work: Work, measure: Measure, person_id: int, held: list[Held], decided: int) -> Load:
    ages = [measure.working_days(Decided(0, "", State.IN_REVIEW, one.since, work.now)) for one in held]
    judged = [one.due_at < work.now for one in held if one.due_at is not None]
    return Load(
        name=name_of(work, person_id),
        in_hand=len(held),
        median=percentile(ages, MEDIAN),
        ninetieth=percentile(ages, NINETIETH),
        overdue=sum(judged) if judged else None,
        decided=decided,
    )


def _decided(step: Step, pauses: tuple[Pause, ...]) -> Decided:
    return Decided(step.agency_id, step.debt_type, step.state, step.filed_at, step.at, pauses)


def _pauses(waits: Iterable[tuple[datetime, bool]], until: datetime) -> tuple[Pause, ...]:
    """Each wait before this moment, with its end."""
    found: list[Pause] = []
    for at, begins in waits:
        if begins and at < until:
            found.append(Pause(at, None, RETURNED))
        elif found and found[-1].end is None:
            found[-1] = Pause(found[-1].begin, at, RETURNED)
    return tuple(found)


def _shares(
    measure: Measure, decided: list[Decided], filed: Counter[str], key: Callable[[Decided], str]
) -> tuple[Share, ...]:
    """The figures of each agency or debt type, the one with the most filings first."""
    groups: dict[str, list[Decided]] = {}
    for one in decided:
        groups.setdefault(key(one), []).append(one)
    shares = [
        Share(name, filed[name], Counter(one.outcome for one in group), measure.times(group))
        for name in {*groups, *filed}
        for group in [groups.get(name, [])]
    ]
    return tuple(sorted(shares, key=lambda share: (-share.filed, -share.times.count, share.name)))


def _reasons(counted: Mapping[tuple[str, str], int]) -> tuple[tuple[str, str, int], ...]:
    rows = ((action, reference, count) for (action, reference), count in counted.items())
    return tuple(sorted(rows, key=lambda row: (row[0], -row[2], row[1])))
