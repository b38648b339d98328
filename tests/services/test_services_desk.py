"""The desk: the queue with its filters, the card's contents, notes, holds that end by themselves."""

from datetime import datetime, timedelta

import pytest
from services_office import Clock, Office, at_once

from domain.errors import DomainError, NotYours
from domain.lifecycle import Action, State
from domain.roles import Role
from persian.dates import TEHRAN
from services import decisions, desk, proposals, review
from services.desk import Change, Filter
from services.errors import Taken
from storage.errors import Stale
from storage.records import Case

HOUR = timedelta(hours=1)


async def ids(office: Office, actor: object, which: Filter, **page: int) -> list[int]:
    found = await office.do(desk.queue, actor, which, **page)  # type: ignore[arg-type]
    return [row.case_id for row in found.rows]


async def test_the_queue_is_told_by_filters_and_its_counts_are_right(office: Office, clock: Clock) -> None:
    officer, mina, reza = await office.officer(), await office.reviewer("مینا"), await office.reviewer("رضا")
    cases = []
    for _ in range(5):
        cases.append(await office.file(officer))
        clock.move_on(HOUR)
    await office.do(review.claim, actor=mina, case_id=cases[0].id)
    await office.do(review.claim, actor=reza, case_id=cases[1].id)
    await office.do(
        decisions.return_for_correction, actor=reza, case_id=cases[1].id, reasons=("marked.1",), note="مبلغ"
    )
    await office.do(proposals.withdraw, actor=officer, case_id=cases[2].id, reason="paid.1")
    found = await office.do(desk.queue, mina)
    assert found.counts == {Filter.ALL: 3, Filter.MINE: 1, Filter.UNCLAIMED: 2, Filter.RETURNED: 1}
    assert await ids(office, mina, Filter.ALL) == [cases[0].id, cases[3].id, cases[4].id]
    assert await ids(office, mina, Filter.MINE) == [cases[0].id]
    assert await ids(office, reza, Filter.MINE) == []
    assert await ids(office, mina, Filter.UNCLAIMED) == [cases[3].id, cases[4].id]
    assert await ids(office, mina, Filter.RETURNED) == [cases[1].id]
    assert await ids(office, mina, Filter.ALL, page=1, size=2) == [cases[4].id]
    assert (await office.do(desk.queue, mina, Filter.ALL, page=99, size=2)).page == 1
    first = found.rows[0]
    assert (first.agency_name, first.holder_name, first.proposal.debtor_name, first.corrected) == (
        "اداره کل راه",
        "مینا",
        "رضا کریمی",
        False,
    )


async def test_only_a_target_that_is_set_makes_cases_overdue(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    old = await office.file(officer)
    assert Filter.OVERDUE not in (await office.do(desk.queue, reviewer)).counts
    await office.set(decision_target="1d")
    assert (await office.do(desk.queue, reviewer, Filter.OVERDUE)).rows == ()
    clock.move_on(70 * HOUR)
    await office.file(officer)
    found = await office.do(desk.queue, reviewer, Filter.OVERDUE)
    saturday = datetime(2026, 10, 3, 23, 59, tzinfo=TEHRAN)
    assert [(row.case_id, row.overdue, row.due) for row in found.rows] == [(old.id, True, saturday)]
    assert found.counts[Filter.OVERDUE] == 1


async def test_the_clock_of_the_office_stands_still_while_the_agency_corrects(
    office: Office, clock: Clock
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(decision_target="2d")
    case = await office.file(officer)
    clock.move_on(2 * HOUR)
    await office.do(review.claim, actor=reviewer, case_id=case.id)
    await office.do(
        decisions.return_for_correction, actor=reviewer, case_id=case.id, reasons=("marked.1",), note="مبلغ"
    )
    clock.move_on(100 * HOUR)
    assert (await office.do(desk.queue, reviewer, Filter.RETURNED)).rows[0].overdue is False
    again = await office.correct(officer, case, amount=90_000_000)
    assert again.clock_from == case.filed_at + 100 * HOUR
    younger = await office.file(officer)
    found = await office.do(desk.queue, reviewer)
    assert [(row.case_id, row.corrected, row.overdue) for row in found.rows] == [
        (case.id, True, False),
        (younger.id, False, False),
    ]


async def test_a_director_has_what_waits_for_a_signature(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer("مینا")
    director = await office.hire(Role.DIRECTOR, "مدیر")
    await office.set(second_signature=True)
    case = await office.decided(officer, reviewer)
    found = await office.do(desk.queue, director, Filter.SIGNATURE)
    assert [(row.case_id, row.state, row.holder_name) for row in found.rows] == [
        (case.id, State.AWAITING_SIGNATURE, "مینا")
    ]
    assert set(found.counts) == {Filter.ALL, Filter.UNCLAIMED, Filter.SIGNATURE, Filter.RETURNED}
    assert Filter.SIGNATURE not in (await office.do(desk.queue, reviewer)).counts


async def test_a_case_is_handed_to_a_colleague_who_begins_with_nothing_ticked(office: Office) -> None:
    officer, mina, reza = await office.officer(), await office.reviewer("مینا"), await office.reviewer("رضا")
    case = await office.ready(officer, mina)
    assert [one.name for one in await office.do(desk.colleagues, case)] == ["رضا"]
    given = await office.do(review.hand_over, actor=mina, case_id=case.id, to=reza.person_id)
    assert (given.state, given.holder) == (State.IN_REVIEW, reza.person_id)
    assert (await office.do(desk.view, reza, case.id)).ticks == {}
    last = (await office.events(case))[-1]
    assert (last.action, last.person_id, last.details) == (
        Action.HAND_OVER,
        mina.person_id,
        {"to": reza.person_id},
    )
    with pytest.raises(Taken):
        await office.do(review.hand_over, actor=mina, case_id=case.id, to=reza.person_id)


async def test_a_director_gives_any_case_to_anybody_but_its_filer(office: Office) -> None:
    officer, mina, reza = await office.officer(), await office.reviewer("مینا"), await office.reviewer("رضا")
    director = await office.hire(Role.DIRECTOR, "مدیر")
    waiting = await office.file(officer)
    given = await office.do(review.hand_over, actor=director, case_id=waiting.id, to=mina.person_id)
    assert (given.state, given.holder) == (State.IN_REVIEW, mina.person_id)
    given = await office.do(review.hand_over, actor=director, case_id=waiting.id, to=reza.person_id)
    assert given.holder == reza.person_id
    assert [event.action for event in await office.events(waiting)][1:] == [Action.REASSIGN] * 2
    for unfit in (officer, director, reza):
        with pytest.raises(NotYours) as refused:
            await office.do(review.hand_over, actor=director, case_id=waiting.id, to=unfit.person_id)
        assert refused.value.why == "unfit_colleague"


async def test_a_hold_ends_by_itself_only_where_the_office_says_so(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.ready(officer, reviewer)
    clock.move_on(1000 * HOUR)
    assert await office.do(review.expire) == ()
    await office.set(hold_hours=48)
    ((released, holder),) = await office.do(review.expire)
    assert (released.state, released.holder, holder) == (State.SUBMITTED, None, reviewer.person_id)
    last = (await office.events(case))[-1]
    assert (last.action, last.person_id, last.role) == (Action.EXPIRE, None, None)
    assert await office.do(review.expire) == ()


async def test_whatever_the_holder_does_keeps_the_case(office: Office, clock: Clock) -> None:
    officer, reviewer, other = (
        await office.officer(),
        await office.reviewer("مینا"),
        await office.reviewer("رضا"),
    )
    await office.set(hold_hours=2)
    case = await office.do(review.claim, actor=reviewer, case_id=(await office.file(officer)).id)
    acts = (
        lambda: office.do(review.tick, actor=reviewer, case_id=case.id, condition="amount", on=True),
        lambda: office.do(desk.add_note, actor=reviewer, case_id=case.id, note="زنگ زدم"),
        lambda: office.do(desk.opened, reviewer, case.id),
    )
    for act in acts:
        clock.move_on(1.5 * HOUR)
        await act()
        assert await office.do(review.expire) == ()
    clock.move_on(1.5 * HOUR)
    await office.do(desk.opened, other, case.id)
    await office.do(desk.add_note, actor=other, case_id=case.id, note="من هم دیدم")
    clock.move_on(HOUR)
    assert [holder for _, holder in await office.do(review.expire)] == [reviewer.person_id]


async def test_a_tick_and_the_end_of_the_hold_at_once_leave_no_tick_without_a_hold(
    office: Office, clock: Clock
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(hold_hours=1)
    for _ in range(4):
        case = await office.do(review.claim, actor=reviewer, case_id=(await office.file(officer)).id)
        clock.move_on(2 * HOUR)
        ticked, released = await at_once(
            office.do(review.tick, actor=reviewer, case_id=case.id, condition="amount", on=True),
            office.do(review.expire),
        )
        now = await office.look(lambda work, row=case.id: work.cases.get(row))  # type: ignore[misc]
        kept = isinstance(ticked, Case) and released == ()
        lost = not isinstance(ticked, Case) and len(released) == 1
        # One after the other: the tick came first and was in time, or the sweep did and the tick was late.
        assert kept or lost, (ticked, released)
        assert (now.holder is not None) == kept
        await office.do(proposals.withdraw, actor=officer, case_id=case.id, reason="paid.1")


async def test_a_hand_over_and_a_decision_at_once_leave_one_of_them(office: Office) -> None:
    officer, mina, reza = await office.officer(), await office.reviewer("مینا"), await office.reviewer("رضا")
    for _ in range(4):
        case = await office.ready(officer, mina)
        came = await at_once(
            office.do(decisions.agree, actor=mina, case_id=case.id),
            office.do(review.hand_over, actor=mina, case_id=case.id, to=reza.person_id),
        )
        assert sum(isinstance(one, Case) for one in came) == 1
        assert all(isinstance(one, Case | DomainError | Taken | Stale) for one in came)
        now = await office.look(lambda work, row=case.id: work.cases.get(row))  # type: ignore[misc]
        assert (now.state, now.holder) in {
            (State.AGREED, mina.person_id),
            (State.IN_REVIEW, reza.person_id),
        }


async def test_a_correction_is_shown_field_by_field_and_no_version_is_lost(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.file(officer)
    amounts = [case.proposal["amount"]]
    for amount in (120_000_000, 130_000_000):
        await office.do(review.claim, actor=reviewer, case_id=case.id)
        await office.do(
            decisions.return_for_correction,
            actor=reviewer,
            case_id=case.id,
            reasons=("marked.1",),
            note="مبلغ با نامه یکی نیست",
            fields=("letter_number", "amount"),
        )
        back = await office.look(lambda work: work.cases.get(case.id))
        asked = await office.do(proposals.last_return, back)
        assert asked is not None
        assert (asked.details, asked.note, asked.reasons) == (
            {"fields": ["letter_number", "amount"]},
            "مبلغ با نامه یکی نیست",
            ("marked.1",),
        )
        await office.correct(officer, case, amount=amount, letter_number=f"{amount}")
        amounts.append(amount)
    view = await office.do(desk.view, reviewer, case.id)
    assert view.changes == (
        Change("letter_number", "120000000", "130000000"),
        Change("amount", 120_000_000, 130_000_000),
    )
    kept = await office.look(lambda work: work.reviews.versions(case.id))
    assert [version.proposal["amount"] for version in kept] == amounts
    assert [version.on_version for version in kept] == [1, 4, 7]


async def test_nothing_is_marked_on_a_case_never_returned(office: Office) -> None:
    case = await office.file(await office.officer())
    assert await office.do(proposals.last_return, case) is None
    assert await office.do(desk.changes, case) == ()


async def test_an_internal_note_is_for_the_desk_alone(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer("مینا")
    both = await office.hire(Role.REVIEWER, "زهرا")
    case = await office.file(officer)
    await office.do(desk.add_note, actor=reviewer, case_id=case.id, note=" با دستگاه  تماس بگیرید ")
    view = await office.do(desk.view, both, case.id)
    assert [(note.author, note.text) for note in view.notes] == [("مینا", "با دستگاه تماس بگیرید")]
    with pytest.raises(NotYours):
        await office.do(desk.add_note, actor=officer, case_id=case.id, note="من")
    # Whoever filed it is its applicant, whatever roles come later.
    grants = both.grants | officer.grants
    filer = type(officer)(officer.person_id, officer.name, grants)
    assert (await office.do(desk.view, filer, case.id)).notes == ()
    with pytest.raises(NotYours):
        await office.do(desk.add_note, actor=filer, case_id=case.id, note="من")
