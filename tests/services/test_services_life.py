"""Random people press random buttons, some at once, with restarts between: what must hold for every case."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from services_office import Clock, Office, at_once

from domain.conditions import conditions_of
from domain.errors import DomainError
from domain.lifecycle import TABLE, Action, State, allowed, may_review
from domain.roles import Actor, Role
from services import decisions, proposals, refusals, review
from services import people as people_of_office
from services.audit import Walk, follow
from services.case_facts import facts_of
from services.errors import ServicesError
from storage.engine import Store
from storage.errors import Stale
from storage.records import Case, CaseEvent
from storage.vault import Vault
from storage.work import Work

REFUSALS = (DomainError, ServicesError, Stale)
FINAL = {State.AGREED, State.NOT_AGREED}
STEPS = {
    (row.action, source, target)
    for row in TABLE
    for source in row.sources
    for target in (row.target or source, row.with_second or source)
}
GIVING = {Action.HAND_OVER, Action.REASSIGN}
CAST: tuple[tuple[Role, ...], ...] = (
    (Role.OFFICER,),
    (Role.OFFICER,),
    (Role.OFFICER, Role.REVIEWER, Role.DIRECTOR),
    (Role.REVIEWER,),
    (Role.REVIEWER,),
    (Role.REVIEWER, Role.DIRECTOR),
    (Role.REVIEWER, Role.ADMIN),
    (Role.DIRECTOR,),
    (Role.DIRECTOR, Role.ADMIN),
    (Role.AUDITOR, Role.COMPLAINTS),
    (),
)
"""Who is in the office; the officers are of one agency."""

people = st.integers(0, len(CAST) - 1)
reviewers = st.sampled_from([3, 3, 4, 5])
cases = st.integers(0, 2)
versions = st.sampled_from([None, 0, 0, 0, -1])
actions = st.sampled_from([action for action in Action if action not in {Action.SUBMIT, Action.EXPIRE}])


class LifeOfCases(RuleBasedStateMachine):
    """Three cases at most, eleven people, one clock."""

    run_async: Callable[[Coroutine[Any, Any, Any]], Any]
    url: str
    vault: Vault

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.office = Office(self._opened(), self.clock)
        self.people: list[int] = []
        self.cases: list[int] = []
        self.audit = Walk()
        try:
            self.people = self._run(self.office.look(_hire_all))
        except BaseException:  # without a machine there is no teardown, and an open store keeps the process
            self.teardown()
            raise

    def _opened(self) -> Store:
        store: Store = self._run(Store.open(self.url, vault=self.vault, clock=self.clock))
        return store

    def _run(self, what: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever it gives
        return type(self).run_async(what)

    def _actor(self, who: int) -> Actor:
        actor: Actor = self._run(self.office.look(lambda work: _actor(work, self.people[who])))
        return actor

    def _rows(self) -> list[tuple[Case, tuple[CaseEvent, ...]]]:
        """Every case as the store has it now, in one unit."""
        found: list[tuple[Case, tuple[CaseEvent, ...]]] = self._run(
            self.office.look(lambda work: [_read(work, row) for row in self.cases])
        )
        return found

    def _case(self, which: int) -> tuple[Case, tuple[CaseEvent, ...]]:
        row = self.cases[which % len(self.cases)]
        read: tuple[Case, tuple[CaseEvent, ...]] = self._run(self.office.look(lambda work: _read(work, row)))
        return read

    def _press(self, actor: Actor, case: Case, action: Action, version: int | None) -> Any:  # noqa: ANN401
        """The service behind a button, as a unit that is about to run."""
        do, seen = self.office.do, None if version is None else case.version + version
        who: dict[str, Any] = {"actor": actor, "case_id": case.id, "version": seen}
        reason: dict[str, Any] = {"reasons": ("other.1",), "note": "یادداشت"}
        to = self.people[3 + case.version % 3]
        anew = State.AGREED if case.version % 2 else State.NOT_AGREED
        later: dict[str, Any] = {
            "outcome": anew,
            "refusal": ("special_rule.1",),
            "conditions": conditions_of(case.kind),
        }
        return {
            Action.CLAIM: lambda: do(review.claim, **who),
            Action.RELEASE: lambda: do(review.release, **who),
            Action.HAND_OVER: lambda: do(review.hand_over, **who, to=to),
            Action.REASSIGN: lambda: do(review.hand_over, **who, to=to),
            Action.TAKE_BACK: lambda: do(decisions.take_back, **who),
            Action.SUPERSEDE: lambda: do(decisions.supersede, **who, **reason, **later),
            Action.AGREE: lambda: do(decisions.agree, **who),
            Action.SIGN: lambda: do(decisions.sign, **who),
            Action.REFUSE: lambda: do(decisions.refuse, **who, **reason),
            Action.RETURN_FOR_CORRECTION: lambda: do(decisions.return_for_correction, **who, **reason),
            Action.RESUBMIT: lambda: self.office.correct(actor, case, amount=90_000_000 + case.version),
            Action.WITHDRAW: lambda: do(proposals.withdraw, **who, reason="paid.1"),
            Action.ASK_REVIEW: lambda: do(refusals.ask, **who, note="چرا؟"),
            Action.TAKE_REVIEW: lambda: do(refusals.take, actor=actor, case_id=case.id),
            Action.LEAVE_REVIEW: lambda: do(refusals.leave, actor=actor, case_id=case.id),
            Action.UPHOLD: lambda: do(refusals.conclude, **who, uphold=True, note="همان"),
            Action.LET_STAND: lambda: do(refusals.conclude, **who, uphold=True, note="همان"),
            Action.RECOMMEND: lambda: do(refusals.conclude, **who, uphold=False, note="نه"),
        }[action]()

    @initialize(who=st.integers(0, 2))
    def begin(self, who: int) -> None:
        """An office without a case has nothing to press."""
        self.file(who)

    @precondition(lambda self: self.cases)
    @rule(which=cases, choices=st.lists(st.integers(0, 999), min_size=3, max_size=9))
    def press_what_is_offered(self, which: int, choices: list[int]) -> None:
        """A few of the acts that somebody may do to this case now: chance alone seldom gets far."""
        for choice in choices:
            self._press_offered(which, choice)

    def _press_offered(self, which: int, choice: int) -> None:
        case, _ = self._case(which)
        offered = self._run(self.office.look(lambda work: _offered(work, self.people, case)))
        if not offered:
            return
        who, action = offered[choice % len(offered)]
        if action is Action.AGREE and case.state is State.IN_REVIEW:
            self._run(at_once(self.office.do(_claim_and_tick, self._actor(who), case.id)))
        self.press(who, which, action, None)

    @precondition(lambda self: len(self.cases) < 3)
    @rule(who=st.integers(0, 2))
    def file(self, who: int) -> None:
        case: Case = self._run(self.office.file(self._actor(who)))
        assert (case.state, case.version) == (State.SUBMITTED, 1)
        assert case.id not in self.cases
        self.cases.append(case.id)

    @precondition(lambda self: self.cases)
    @rule(who=people, which=cases, action=actions, version=versions)
    def press(self, who: int, which: int, action: Action, version: int | None) -> None:
        actor, (before, events) = self._actor(who), self._case(which)
        (came,) = self._run(at_once(self._press(actor, before, action, version)))
        after, events_now = self._case(which)
        if isinstance(came, REFUSALS):
            assert (after, events_now) == (before, events)
            return
        assert came == after
        if came == before:  # a second press of the same person, or a decision that is not published yet
            pending = self._run(
                self.office.look(lambda work: work.reviews.pending(before.id, before.version))
            )
            assert events_now == events
            assert pending is not None or (action, before.holder) == (Action.CLAIM, actor.person_id)
            return
        step = events_now[len(events)]
        assert events_now[: len(events)] == events
        given = {action, Action.HAND_OVER, Action.REASSIGN} if action in GIVING else {action}
        assert step.action in given
        assert (step.person_id, step.on_version) == (actor.person_id, before.version + 1)
        assert step.role is not None
        assert actor.has(step.role)
        assert len(events_now) == len(events) + (2 if action is Action.SUPERSEDE else 1)

    @rule(second=st.booleans(), minutes=st.sampled_from([None, None, 30]), hours=st.sampled_from([None, 4]))
    def set_the_office_up(self, *, second: bool, minutes: int | None, hours: int | None) -> None:
        self._run(self.office.set(second_signature=second, undo_minutes=minutes, hold_hours=hours))

    @rule(who=people, role=st.sampled_from([Role.REVIEWER, Role.DIRECTOR]))
    def promote(self, who: int, role: Role) -> None:
        self._run(self.office.look(lambda work: work.people.grant(self.people[who], role, None, None)))

    @rule(who=people, role=st.sampled_from([Role.REVIEWER, Role.DIRECTOR]))
    def dismiss(self, who: int, role: Role) -> None:
        """Somebody loses a role; the next sweep frees what lies with those who may not review any more."""
        person_id = self.people[who]
        self._run(self.office.do(people_of_office.revoke, by=None, person_id=person_id, role=role))
        self._run(self.office.do(review.free))
        held = {case.holder for case, _ in self._rows() if case.state is State.IN_REVIEW}
        fit = {row for who, row in enumerate(self.people) if may_review(self._actor(who))}
        assert held <= fit

    @rule(sweep=st.sampled_from([decisions.carry_out, review.expire]))
    def sweep(self, sweep: Callable[[Work], Any]) -> None:
        self._run(self.office.do(sweep))

    @precondition(lambda self: self.cases)
    @rule(who=reviewers, which=cases)
    def review_carefully(self, who: int, which: int) -> None:
        """Claim and tick everything, as far as this person may.

        Who held the case, and whether a decision waits on it, may be the outcome of a race: a refusal tells.
        """
        actor, (case, _) = self._actor(who), self._case(which)
        self._run(at_once(self.office.do(_claim_and_tick, actor, case.id)))

    @precondition(lambda self: self.cases)
    @rule(who=people, which=cases, number=st.integers(0, 4), on=st.booleans())
    def tick(self, who: int, which: int, number: int, *, on: bool) -> None:
        actor, (case, events) = self._actor(who), self._case(which)
        condition = conditions_of(case.kind)[number]
        (came,) = self._run(
            at_once(self.office.do(review.tick, actor=actor, case_id=case.id, condition=condition, on=on))
        )
        assert isinstance(came, REFUSALS) or case.holder == actor.person_id
        after, events_now = self._case(which)
        assert (replace(after, touched_at=case.touched_at), events_now) == (case, events)

    @precondition(lambda self: self.cases)
    @rule(crowd=st.lists(st.tuples(people, actions), min_size=2, max_size=6), which=cases)
    def press_at_once(self, crowd: list[tuple[int, Action]], which: int) -> None:
        before, events = self._case(which)
        acts = [self._press(self._actor(who), before, act, None) for who, act in crowd]
        came = self._run(at_once(*acts, self.office.do(decisions.carry_out)))
        assert all(isinstance(one, (Case, tuple, *REFUSALS)) for one in came)
        after, events_now = self._case(which)
        assert events_now[: len(events)] == events
        assert after.version - before.version == len(events_now) - len(events)

    @rule(minutes=st.integers(0, 600))
    def wait(self, minutes: int) -> None:
        self.clock.move_on(timedelta(minutes=minutes))

    @rule()
    def restart(self) -> None:
        self._run(self.office.store.close())
        self.office.store = self._opened()

    @invariant()
    def every_case_is_whole(self) -> None:
        rows = self._rows()
        for case, events in rows:
            _events_are_whole(case, events)
            _decided_once_by_the_right_person(case, events, self._admins())
            _held_by_the_right_person(case, events)
        assert len({case.code for case, _ in rows}) == len(rows)

    @invariant()
    def the_audit_is_whole(self) -> None:
        """Followed from where it was whole last: nothing is ever put in before."""
        followed = replace(self.audit, over=False)
        while not followed.over:
            followed = self._run(self.office.look(partial(_follow, walk=followed)))
        assert followed.problem is None
        self.audit = followed

    def _admins(self) -> set[int]:
        return {self.people[who] for who, roles in enumerate(CAST) if Role.ADMIN in roles}

    def teardown(self) -> None:
        self._run(self.office.store.close())


def _hire_all(work: Work) -> list[int]:
    agency = work.people.add_agency("اداره کل راه").id
    hired = [work.people.add(f"نفر {number}").id for number in range(len(CAST))]
    for person_id, roles in zip(hired, CAST, strict=True):
        for role in roles:
            work.people.grant(person_id, role, agency if role is Role.OFFICER else None, None)
    return hired


def _follow(work: Work, *, walk: Walk) -> Walk:
    return follow(work, walk)


def _claim_and_tick(work: Work, actor: Actor, case_id: int) -> None:
    """Ready to agree, or nothing at all."""
    case = review.claim(work, actor=actor, case_id=case_id)
    for condition in conditions_of(case.kind):
        review.tick(work, actor=actor, case_id=case_id, condition=condition, on=True)


def _offered(work: Work, people: list[int], case: Case) -> list[tuple[int, Action]]:
    return [
        (who, action)
        for who, person_id in enumerate(people)
        for action in allowed(case.state, facts_of(work, case), _actor(work, person_id))
    ]


def _actor(work: Work, person_id: int) -> Actor:
    person = work.people.get(person_id)
    assert person is not None
    return person.actor


def _read(work: Work, case_id: int) -> tuple[Case, tuple[CaseEvent, ...]]:
    case = work.cases.get(case_id)
    assert case is not None
    return case, work.cases.events(case_id)


def _events_are_whole(case: Case, events: tuple[CaseEvent, ...]) -> None:
    """From the draft to where the case stands, a step of the table each, none skipped."""
    assert [event.on_version for event in events] == list(range(1, case.version + 1))
    came_from = [State.DRAFT, *(event.to_state for event in events)]
    assert [event.from_state for event in events] == came_from[:-1]
    assert came_from[-1] is case.state
    assert {(event.action, event.from_state, event.to_state) for event in events} <= STEPS
    moments = [event.at for event in events]
    assert moments == sorted(moments)
    assert (moments[0], moments[-1]) == (case.filed_at, case.changed_at)


def _decided_once_by_the_right_person(case: Case, events: tuple[CaseEvent, ...], admins: set[int]) -> None:
    final = [event for event in events if event.to_state in FINAL and event.moved]
    replaced = [event for event in events if event.to_state is State.SUPERSEDED]
    assert len(final) == len(replaced) + (case.state in FINAL)
    assert case.decided_at == (final[-1].at if final else None)
    agreed = [event for event in events if event.action == Action.AGREE]
    assert all(set((event.details or {})["ticks"]) == set(conditions_of(case.kind)) for event in agreed)
    judged = [event for event in events if event.role in {Role.REVIEWER, Role.DIRECTOR}]
    assert case.filed_by not in {event.person_id for event in judged}
    assert not admins & {event.person_id for event in judged}
    for place, event in enumerate(events):
        if event.action == Action.SIGN:
            first = [earlier for earlier in events[:place] if earlier.action == Action.AGREE][-1]
            assert first.person_id != event.person_id


def _held_by_the_right_person(case: Case, events: tuple[CaseEvent, ...]) -> None:
    holders = [
        (event.details or {})["to"] if event.action in GIVING else event.person_id
        for event in events
        if event.action in {Action.CLAIM, *GIVING}
    ]
    if case.state in {State.SUBMITTED, State.WITHDRAWN}:
        assert case.holder is None
    else:
        assert case.holder == holders[-1]


def test_whatever_people_press_every_case_stays_whole(database_url: str, vault: Vault) -> None:
    with asyncio.Runner() as runner:
        LifeOfCases.url, LifeOfCases.vault = database_url, vault
        LifeOfCases.run_async = staticmethod(runner.run)
        run_state_machine_as_test(
            LifeOfCases,
            settings=settings(
                # Every step is a dozen units, and on PostgreSQL each of them waits for a server.
                max_examples=24 if database_url.startswith("sqlite") else 12,
                stateful_step_count=40,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
