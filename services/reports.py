"""«گزارش»: what the store's own events say of a period, counted anew at every look.

How long a step took was measured when it was made (`services.first_steps`): here it is only counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from domain import audit
from domain.authority import Deed, require
from domain.lifecycle import Action, State
from domain.reports import MEDIAN, NINETIETH, Decided, Measure, Period, Times, percentile
from domain.roles import Actor
from persian.text import in_order
from services.cases import name_of
from services.first_steps import measure_of, pauses
from storage.reports import Group, Held
from storage.work import Work

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
class CauseTrend:
    """How many answers of a period named a cause, and how many of the period before it did."""

    cause: str
    count: int
    before: int


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


def report(work: Work, by: Actor, period: Period) -> Report:
    """The period in figures, small cells included.

    Raises:
        NotYours: no director, admin or auditor.
    """
    require(by, Deed.REPORTS)
    begin, end = period.moments
    decided = work.reports.decided(begin, end)
    agencies: Counter[str] = Counter()
    debt_types: Counter[str] = Counter()
    for (agency, debt_type), count in work.reports.filed(begin, end).items():
        agencies[str(agency)] += count
        debt_types[debt_type] += count
    return Report(
        period=period,
        steps=work.reports.steps(begin, end),
        standing=work.reports.standing(),
        outcomes=_outcomes(decided),
        decision=_times(decided),
        first_look=look_times(work, period),
        agencies=_shares(decided, agencies, lambda one: str(one.agency_id)),
        debt_types=_shares(decided, debt_types, lambda one: one.debt_type),
        reasons=_reasons(work.reports.reasons(begin, end)),
    )


def decision_times(work: Work, period: Period) -> Times:
    """How long the first decisions of the period took."""
    return _times(work.reports.decided(*period.moments))


def look_times(work: Work, period: Period) -> Times:
    """How long the first looks of the period took; nothing pauses before one."""
    return Times.of(work.reports.looked_at(*period.moments))


def answer_times(work: Work, period: Period) -> Times:
    """How long the first answers of the period took, without the waits for a reply before them."""
    begin, end = period.moments
    waits = work.reports.replies_awaited(begin, end)
    answered = [
        Decided(filed_at, at, pauses(waits.get(number, ()), at))
        for number, filed_at, at in work.reports.answered(begin, end)
    ]
    return measure_of(work, "complaint_target").times(answered)


def causes(work: Work, period: Period) -> tuple[CauseTrend, ...]:
    """The causes that answers to complaints named, the most frequent first, with the period before it."""
    now, earlier = (
        Counter(cause for cause, _at in work.complaints.causes(*one.moments))
        for one in (period, period.before)
    )
    found = [CauseTrend(cause, now[cause], earlier[cause]) for cause in {*now, *earlier}]
    return tuple(sorted(found, key=lambda one: (-one.count, -one.before, one.cause)))


def loads(work: Work, by: Actor, period: Period) -> tuple[Load, ...]:
    """What each person of the office has in hand, whoever has the most first.

    Raises:
        NotYours: no director.
    """
    require(by, Deed.LOADS)
    work.audit.look(audit.Deed.REPORT_SEEN, by, "loads")
    measure = measure_of(work, "decision_target")
    in_hands, decided = work.reports.in_hands(), work.reports.decided_by(*period.moments)
    found = [
        _load(work, measure, person, in_hands.get(person, []), decided.get(person, 0))
        for person in {*in_hands, *decided}
    ]
    return tuple(sorted(found, key=lambda load: (-load.in_hand, -load.decided, in_order(load.name))))


def _load(work: Work, measure: Measure, person_id: int, held: list[Held], decided: int) -> Load:
    ages = [measure.working_days(Decided(one.since, work.now)) for one in held]
    judged = [one.due_at < work.now for one in held if one.due_at is not None]
    return Load(
        name=name_of(work, person_id),
        in_hand=len(held),
        median=percentile(ages, MEDIAN),
        ninetieth=percentile(ages, NINETIETH),
        overdue=sum(judged) if judged else None,
        decided=decided,
    )


def _times(groups: Iterable[Group]) -> Times:
    return Times.of((one.working_days, one.kept, one.many) for one in groups)


def _outcomes(groups: Iterable[Group]) -> Mapping[State, int]:
    counted: Counter[State] = Counter()
    for one in groups:
        counted[one.outcome] += one.many
    return counted


def _shares(decided: Iterable[Group], filed: Counter[str], key: Callable[[Group], str]) -> tuple[Share, ...]:
    """The figures of each agency or debt type, the one with the most filings first."""
    groups: dict[str, list[Group]] = {}
    for one in decided:
        groups.setdefault(key(one), []).append(one)
    shares = [
        Share(name, filed[name], _outcomes(group), _times(group))
        for name in {*groups, *filed}
        for group in [groups.get(name, [])]
    ]
    return tuple(sorted(shares, key=lambda share: (-share.filed, -share.times.count, in_order(share.name))))


def _reasons(counted: Mapping[tuple[str, str], int]) -> tuple[tuple[str, str, int], ...]:
    rows = ((action, reference, count) for (action, reference), count in counted.items())
    return tuple(sorted(rows, key=lambda row: (row[0], -row[2], row[1])))
