"""Figures equal the store: what a report says is found again by reading every case's life."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from services_office import Office

from domain.errors import NotYours
from domain.lifecycle import Action, State
from domain.reports import PERIODS, Period
from domain.roles import Actor, Role
from domain.targets import Pause, Span, due
from persian.dates import tehran_day
from services import decisions, proposals, reports, review
from services.reports import Report
from storage.records import Case, CaseEvent
from storage.work import Work

OUTCOMES = (State.AGREED, State.NOT_AGREED)
DEBTS = ("overpaid_salary", "cash_shortage", "fine")
LATER = "2027-03-01"
Life = tuple[Case, tuple[CaseEvent, ...]]


async def busy_weeks(office: Office) -> dict[str, Actor]:
    """Some weeks in the life of an office, by the dice (seeded): filed, taken up, returned, decided."""
    dice = random.Random(47)  # noqa: S311 - a story, not a secret
    officers = [await office.officer("سارا رضایی"), await office.officer("امیر حسینی", "شهرداری نمونه")]
    reviewers = [await office.reviewer("مینا صادقی"), await office.reviewer("رضا کریمی")]
    for _ in range(24):
        office.clock.move_on(timedelta(hours=dice.randrange(2, 40)))
        officer, reviewer = dice.choice(officers), dice.choice(reviewers)
        case = await office.file(officer, debt_type=dice.choice(DEBTS), first_due=LATER)
        await live(office, dice, officer, reviewer, case)
    director = await office.hire(Role.DIRECTOR, "لیلا کاظمی")
    return {"director": director, "auditor": await office.hire(Role.AUDITOR, "ناصر ناظری")}


async def live(office: Office, dice: random.Random, officer: Actor, reviewer: Actor, case: Case) -> None:
    """What becomes of one case."""
    fate = dice.choice(("waits", "held", "withdrawn", "agreed", "refused", "returned", "returned"))
    if fate == "waits":
        return
    if fate == "withdrawn":
        await office.do(
            proposals.withdraw, actor=officer, case_id=case.id, reason="other.1", note="نیازی نیست."
        )
        return
    office.clock.move_on(timedelta(hours=dice.randrange(1, 50)))
    held = await office.do(review.claim, actor=reviewer, case_id=case.id)
    office.clock.move_on(timedelta(hours=dice.randrange(1, 50)))
    if fate == "returned":
        back = await office.give_back(reviewer, held)
        office.clock.move_on(timedelta(hours=dice.randrange(1, 90)))
        if dice.random() < 0.3:
            return
        await office.correct(officer, back, debt_type=dice.choice(DEBTS), first_due=LATER)
        office.clock.move_on(timedelta(hours=dice.randrange(1, 30)))
        held = await office.do(review.claim, actor=reviewer, case_id=case.id)
    if fate == "refused":
        reasons = (dice.choice(("special_rule.1", "not_authorised.1")),)
        await office.do(decisions.refuse, actor=reviewer, case_id=held.id, reasons=reasons)
    elif fate in {"agreed", "returned"}:
        await office.tick_all(reviewer, held)
        await office.do(decisions.agree, actor=reviewer, case_id=held.id)


def lives(work: Work) -> list[Life]:
    """Every case with its whole history."""
    count = work.cases.count(tuple(State))
    return [(work.cases.get(n), work.cases.events(n)) for n in range(1, count + 1)]


def within(period: Period, event: CaseEvent) -> bool:
    return period.first <= tehran_day(event.at) <= period.last


def first(events: tuple[CaseEvent, ...], *states: State) -> CaseEvent | None:
    return next((event for event in events if event.moved and event.to_state in states), None)


def waits(events: tuple[CaseEvent, ...]) -> list[Pause]:
    begun = [n for n, event in enumerate(events) if event.to_state is State.RETURNED and event.moved]
    ends = [next((e.at for e in events[n + 1 :] if e.moved), None) for n in begun]
    return [Pause(events[n].at, end, "correction") for n, end in zip(begun, ends, strict=True)]


def times_of(work: Work, measured: list[tuple[CaseEvent, tuple[CaseEvent, ...]]], span: Span) -> list[int]:
    """Median and 90th percentile of the working days, how many there are, and how many were in time."""
    calendar = work.calendar.in_force()
    days, kept = [], 0
    for decision, events in measured:
        pauses = [pause for pause in waits(events) if pause.begin < decision.at]
        day, count = tehran_day(events[0].at), 0
        while day < tehran_day(decision.at):
            day += timedelta(days=1)
            runs = not any(pause.covers(calendar.close(day)) for pause in pauses)
            count += calendar.is_working_day(day) and runs
        until = due(span, events[0].at, pauses, calendar).at
        days.append(count)
        kept += until is not None and decision.at <= until
    days.sort()
    half, most = (next(v for v in days if 100 * sum(o <= v for o in days) >= p * len(days)) for p in (50, 90))
    return [half, most, len(days), kept]


def said(made: Report) -> list[int | None]:
    return [made.decision.median, made.decision.ninetieth, made.decision.count, made.decision.kept]


@pytest.mark.parametrize("name", ["month", "season"])
async def test_a_report_says_what_reading_every_case_says(office: Office, name: str) -> None:
    await office.set(decision_target="2d")
    people = await busy_weeks(office)
    period = PERIODS[name](tehran_day(office.clock.now - timedelta(days=9)))
    made = await office.do(reports.report, people["auditor"], period)

    def found(work: Work) -> None:
        every = lives(work)
        events = [event for _, life in every for event in life if within(period, event) and event.moved]
        assert made.steps == Counter((event.action, event.to_state) for event in events)
        assert made.standing == Counter(case.state for case, _ in every)
        decided = [
            (decision, case, life)
            for case, life in every
            if (decision := first(life, *OUTCOMES)) is not None and within(period, decision)
        ]
        assert len(decided) >= 5, "the dice fell on too little to count"
        assert made.outcomes == Counter(decision.to_state for decision, _, _ in decided)
        assert said(made) == times_of(work, [(one, life) for one, _, life in decided], Span(2, "days"))
        looks = [look for _, life in every if (look := first(life, State.IN_REVIEW)) and within(period, look)]
        assert made.first_look.count == len(looks)
        reasons = Counter((event.action, reason) for event in events for reason in event.reasons)
        kinds = {Action.REFUSE, Action.RETURN_FOR_CORRECTION, Action.WITHDRAW}
        assert {(a, r): n for a, r, n in made.reasons} == {k: n for k, n in reasons.items() if k[0] in kinds}
        filed = [case for case, life in every if within(period, life[0])]
        for shares, key in (
            (made.agencies, lambda case: str(case.agency_id)),
            (made.debt_types, lambda case: case.proposal["debt_type"]),
        ):
            assert {share.name: share.filed for share in shares if share.filed} == Counter(map(key, filed))
            outcomes = Counter((key(case), decision.to_state) for decision, case, _ in decided)
            assert outcomes == {(s.name, state): n for s in shares for state, n in s.outcomes.items()}
            assert sum(share.times.count for share in shares) == made.decision.count

    await office.look(found)


async def test_who_has_how_much_in_hand_is_told_to_directors_alone(office: Office) -> None:
    people = await busy_weeks(office)
    today = tehran_day(office.clock.now)
    period = Period(today - timedelta(days=60), today)
    made = await office.do(reports.loads, people["director"], period)

    def found(work: Work) -> None:
        every = lives(work)
        held = Counter(case.holder for case, _ in every if case.state is State.IN_REVIEW)
        decisions_ = Counter(
            e.person_id for _, life in every for e in life if e.moved and e.to_state in OUTCOMES
        )
        names = {person.id: person.name for person in work.people.all()}
        assert {load.name: (load.in_hand, load.decided) for load in made} == {
            names[number]: (held[number], decisions_[number]) for number in {*held, *decisions_} if number
        }

    await office.look(found)
    assert {load.overdue for load in made} == {None}, "no target is set"
    with pytest.raises(NotYours):
        await office.do(reports.loads, people["auditor"], period)


async def test_nobody_else_reads_a_report(office: Office) -> None:
    reviewer = await office.reviewer()
    period = PERIODS["today"](tehran_day(office.clock.now))
    with pytest.raises(NotYours):
        await office.do(reports.report, reviewer, period)
