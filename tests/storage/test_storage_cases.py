"""A case is filed once, changes only from the version that was seen, and keeps its history."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from engines import StoreClock
from storage_office import Office, damage, filed, found_office, new_case, new_form

from domain.lifecycle import State
from domain.roles import Role
from storage.engine import Store
from storage.errors import AlreadyFiled, CodeTaken, KeyUnusable, NotFound, Stale
from storage.records import Case, CaseEvent, PendingDecision
from storage.work import Work


@pytest.fixture
async def office(store: Store) -> Office:
    return await store.run(found_office)


async def test_a_filed_case_is_found_by_number_code_and_form(store: Store, office: Office) -> None:
    case = await store.run(lambda work: filed(work, office, "111"))
    assert (case.version, case.proposal) == (1, {"amount": 1_000_000, "debtor": "علی"})

    def look(work: Work) -> list[Case | None]:
        return [work.cases.get(case.id), work.cases.by_code("111"), work.cases.of_form(case.form_id)]

    assert await store.run(look) == [case, case, case]
    assert await store.run(lambda work: work.cases.by_code("112")) is None
    with pytest.raises(NotFound):
        await store.run(lambda work: work.cases.get(case.id + 1))


async def test_twenty_submissions_of_one_form_at_once_make_one_case(store: Store, office: Office) -> None:
    form_id = await store.run(lambda work: new_form(work, office))

    async def submit(number: int) -> str:
        try:
            await store.run(lambda work: work.cases.add(new_case(office, form_id, f"code{number}")))
        except AlreadyFiled as already:
            return f"already filed as {already.case_id}"
        return "filed"

    results = await asyncio.gather(*map(submit, range(20)))
    page = await store.run(lambda work: work.cases.filed_by(office.officer, limit=5))
    assert page.total == 1
    assert Counter(results) == {"filed": 1, f"already filed as {page.cases[0].id}": 19}


async def test_a_code_given_out_for_anything_is_never_given_again(store: Store, office: Office) -> None:
    await store.run(lambda work: work.cases.reserve("111", "complaint"))

    def draw_again(work: Work) -> Case:
        form_id = new_form(work, office)
        with pytest.raises(CodeTaken):
            work.cases.add(new_case(office, form_id, "111"))
        return work.cases.add(new_case(office, form_id, "222"))

    assert (await store.run(draw_again)).code == "222"


async def test_of_many_decisions_on_one_version_one_is_kept(store: Store, office: Office) -> None:
    case = await store.run(lambda work: filed(work, office, "111", State.IN_REVIEW))

    async def decide(number: int) -> str:
        state = State.AGREED if number % 2 else State.NOT_AGREED
        try:
            await store.run(lambda work: work.cases.move(case, state=state, decided_at=work.now))
        except Stale as stale:
            return f"{stale.what} {stale.id} is stale"
        return state

    results = await asyncio.gather(*map(decide, range(50)))
    kept = await store.run(lambda work: work.cases.get(case.id))
    assert Counter(results) == {f"case {case.id} is stale": 49, kept.state: 1}
    assert kept.version == 2


async def test_a_move_changes_what_it_names_and_keeps_the_rest(
    store: Store, office: Office, store_clock: StoreClock
) -> None:
    case = await store.run(lambda work: filed(work, office, "111"))
    at = store_clock.forward(hours=1)
    claimed = await store.run(
        lambda work: work.cases.move(case, state=State.IN_REVIEW, holder=office.reviewer)
    )
    assert claimed == replace(
        case,
        state=State.IN_REVIEW,
        version=2,
        holder=office.reviewer,
        claimed_at=at,
        changed_at=at,
        touched_at=at,
    )
    later = store_clock.forward(hours=1)
    agreed = await store.run(lambda work: work.cases.move(claimed, state=State.AGREED, decided_at=work.now))
    assert agreed == replace(
        claimed, state=State.AGREED, version=3, decided_at=later, changed_at=later, touched_at=later
    )
    assert await store.run(lambda work: work.cases.get(case.id)) == agreed


async def test_a_released_case_has_no_holder_and_a_corrected_one_its_new_proposal(
    store: Store, office: Office
) -> None:
    def unit(work: Work) -> Case:
        case = filed(work, office, "111")
        case = work.cases.move(case, state=State.IN_REVIEW, holder=office.reviewer)
        case = work.cases.move(case, state=State.SUBMITTED, holder=None, proposal={"amount": 2})
        return work.cases.get(case.id)

    released = await store.run(unit)
    assert (released.holder, released.claimed_at, released.touched_at) == (None, None, None)
    assert released.proposal == {"amount": 2}
    versions = await store.run(lambda work: work.reviews.versions(released.id))
    assert [(one.on_version, one.proposal) for one in versions] == [
        (1, {"amount": 1_000_000, "debtor": "علی"}),
        (3, {"amount": 2}),
    ]
    assert await store.run(lambda work: work.reviews.corrected([released.id, 99])) == {released.id}


async def test_the_history_is_kept_in_order_with_sealed_notes(store: Store, office: Office) -> None:
    case = await store.run(lambda work: filed(work, office, "111"))
    steps = (
        CaseEvent(case.id, case.filed_at, "submit", None, State.SUBMITTED, 1, office.officer, Role.OFFICER),
        CaseEvent(
            case_id=case.id,
            at=case.filed_at + timedelta(days=1),
            action="return_for_correction",
            from_state=State.IN_REVIEW,
            to_state=State.RETURNED,
            on_version=3,
            person_id=office.reviewer,
            role=Role.REVIEWER,
            reasons=("marked.1", "other.1"),
            note="مبلغ با نامه نمی‌خواند",
            details={"fields": ["amount"]},
        ),
    )
    for step in steps:
        await store.run(lambda work, step=step: work.cases.record(step))  # type: ignore[misc]
    assert await store.run(lambda work: work.cases.events(case.id)) == steps


async def test_the_queue_is_oldest_first_over_all_its_states(
    store: Store, office: Office, store_clock: StoreClock
) -> None:
    states = [State.SUBMITTED, State.IN_REVIEW, State.AGREED, State.SUBMITTED, State.IN_REVIEW]
    for number, state in enumerate(states):
        await store.run(lambda work, n=number, state=state: filed(work, office, str(n), state))  # type: ignore[misc]
        store_clock.forward(minutes=1)

    async def queue(limit: int, offset: int = 0) -> list[str]:
        wanted = (State.SUBMITTED, State.IN_REVIEW)
        return [case.code for case in await store.run(lambda work: work.cases.queue(wanted, limit, offset))]

    assert await queue(10) == ["0", "1", "3", "4"]
    assert [await queue(2, offset) for offset in (0, 2, 4)] == [["0", "1"], ["3", "4"], []]
    assert await store.run(lambda work: work.cases.queue((), 10)) == ()
    assert await store.run(lambda work: work.cases.count((State.SUBMITTED, State.IN_REVIEW))) == 4


async def test_lists_show_what_one_filed_newest_first_and_what_one_has_in_hand(
    store: Store, office: Office
) -> None:
    def unit(work: Work) -> tuple[list[str], int, list[str]]:
        for number in range(5):
            filed(work, office, str(number))
        claimed = work.cases.by_code("3")
        assert claimed is not None
        claimed = work.cases.move(claimed, state=State.IN_REVIEW, holder=office.reviewer)
        mine = work.cases.filed_by(office.officer, limit=2, offset=1)
        held = [case.code for case in work.cases.held_by(office.reviewer)]
        work.cases.move(claimed, state=State.AGREED)
        assert work.cases.held_by(office.reviewer) == ()
        return [case.code for case in mine.cases], mine.total, held

    assert await store.run(unit) == (["3", "2"], 5, ["3"])


async def test_each_person_ticks_the_conditions_alone(store: Store, office: Office) -> None:
    def unit(work: Work) -> list[set[str]]:
        case = filed(work, office, "111")
        for condition in ("amount", "debtor", "amount"):
            work.reviews.tick(case.id, condition, office.reviewer)
        work.reviews.tick(case.id, "official", office.officer)
        work.reviews.untick(case.id, "debtor", office.reviewer)
        work.reviews.untick_all(case.id, office.reviewer + 100)
        return [set(work.reviews.ticks(case.id, person)) for person in (office.reviewer, office.officer)]

    assert await store.run(unit) == [{"amount"}, {"official"}]


async def test_a_touch_moves_only_the_moment_and_only_for_the_holder_of_this_version(
    store: Store, office: Office, store_clock: StoreClock
) -> None:
    case = await store.run(lambda work: filed(work, office, "111"))
    held = await store.run(lambda work: work.cases.move(case, state=State.IN_REVIEW, holder=office.reviewer))
    at = store_clock.forward(hours=3)
    for wrong, person in ((held, office.officer), (case, office.reviewer)):
        with pytest.raises(Stale):
            await store.run(lambda work, c=wrong, p=person: work.cases.touch(c, p))  # type: ignore[misc]
    assert [one.id for one in await store.run(lambda work: work.cases.idle(at, 5))] == [case.id]
    touched = await store.run(lambda work: work.cases.touch(held, office.reviewer))
    assert touched == replace(held, touched_at=at)
    assert await store.run(lambda work: work.cases.get(case.id)) == touched
    assert await store.run(lambda work: work.cases.idle(at - timedelta(hours=1), 5)) == ()


async def test_notes_are_kept_in_order_and_sealed(store: Store, office: Office) -> None:
    case = await store.run(lambda work: filed(work, office, "111"))
    for note in ("نخست", "سپس"):
        await store.run(lambda work, n=note: work.reviews.add_note(case.id, office.reviewer, n))  # type: ignore[misc]
    kept = await store.run(lambda work: work.reviews.notes(case.id))
    assert [(note.person_id, note.note) for note in kept] == [
        (office.reviewer, "نخست"),
        (office.reviewer, "سپس"),
    ]
    await store.run(damage("case_notes", "note"))
    with pytest.raises(KeyUnusable):
        await store.run(lambda work: work.reviews.notes(case.id))


async def test_one_decision_waits_on_a_version_and_one_of_many_takes_it_out(
    store: Store, office: Office, store_clock: StoreClock
) -> None:
    case = await store.run(lambda work: filed(work, office, "111"))
    due = store_clock.moment + timedelta(minutes=5)
    waits = PendingDecision(
        case_id=case.id,
        action="refuse",
        on_version=1,
        person_id=office.reviewer,
        reasons=("special_rule.1",),
        note="قانون دیگری هست",
        details={"fields": []},
        made_at=store_clock.moment,
        due_at=due,
    )
    assert await store.run(lambda work: work.reviews.hold_back(waits)) is True
    assert await store.run(lambda work: work.reviews.hold_back(replace(waits, action="agree"))) is False
    assert await store.run(lambda work: work.reviews.pending(case.id, 1)) == waits
    assert await store.run(lambda work: work.reviews.pending(case.id, 1, hold=True)) == waits
    assert await store.run(lambda work: work.reviews.pending(case.id, 2)) is None
    assert await store.run(lambda work: work.reviews.due(5)) == ()
    store_clock.forward(minutes=5)
    assert await store.run(lambda work: work.reviews.due(5)) == (waits,)
    drops = [store.run(lambda work: work.reviews.drop(case.id, 1)) for _ in range(10)]
    assert sum(await asyncio.gather(*drops)) == 1
    assert await store.run(lambda work: work.reviews.due(5)) == ()


async def test_a_view_lasts_until_its_moment(store: Store, office: Office, store_clock: StoreClock) -> None:
    case = await store.run(lambda work: filed(work, office, "111"))
    ten = store_clock.moment + timedelta(minutes=10)
    await store.run(lambda work: work.views.grant(case.id, "bale", 5, work.now))
    await store.run(lambda work: work.views.grant(case.id, "bale", 5, ten))

    def state(work: Work) -> tuple[bool, bool, int]:
        active = work.views.active(case.id, "bale", 5), work.views.active(case.id, "telegram", 5)
        return *active, len(work.views.expired(work.now))

    assert await store.run(state) == (True, False, 0)
    store_clock.forward(minutes=10)
    assert await store.run(state) == (False, False, 1)
    await store.run(lambda work: work.views.drop(case.id, "bale", 5))
    assert await store.run(state) == (False, False, 0)
