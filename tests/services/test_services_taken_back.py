"""A decision that was taken back was never made, for whoever filed the case; what it left behind is gone."""

from datetime import timedelta

import pytest
from services_office import Clock, Office

from domain.conditions import conditions_of
from domain.lifecycle import Action, State
from domain.roles import Actor, Role
from services import decisions, desk, proposals
from storage.records import Case

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def agreed(office: Office, clock: Clock) -> tuple[Actor, Actor, Case]:
    """An officer, a director, and a case that was agreed to where decisions wait ten minutes."""
    officer, reviewer = await office.officer(), await office.reviewer()
    director = await office.hire(Role.DIRECTOR, "نادر کاظمی")
    await office.set(undo_minutes=10)
    case = await office.decided(officer, reviewer)
    clock.move_on(11 * MINUTE)
    ((done),) = await office.do(decisions.carry_out)
    assert (done.case.id, done.case.state) == (case.id, State.AGREED)
    return officer, director, done.case


async def test_the_filer_never_reads_the_note_of_a_later_decision_that_was_taken_back(
    office: Office, agreed: tuple[Actor, Actor, Case]
) -> None:
    officer, director, case = agreed
    await office.do(
        decisions.supersede,
        actor=director,
        case_id=case.id,
        outcome=State.NOT_AGREED,
        reasons=("mistake.1",),
        note="میان ما بماند.",
        refusal=("special_rule.1",),
    )
    await office.do(decisions.take_back, actor=director, case_id=case.id)
    word = (await office.do(proposals.own_case, officer, case.id)).last_word
    assert word is not None
    assert (word.action, word.reasons, word.note) == (Action.AGREE, (), None)


async def test_a_later_decision_made_again_carries_the_moments_of_its_own_ticks(
    office: Office, clock: Clock, agreed: tuple[Actor, Actor, Case]
) -> None:
    _, director, case = agreed

    async def supersede() -> None:
        await office.do(
            decisions.supersede,
            actor=director,
            case_id=case.id,
            outcome=State.AGREED,
            reasons=("mistake.1",),
            note="باز هم موافقت",
            conditions=conditions_of(case.kind),
        )

    await supersede()
    await office.do(decisions.take_back, actor=director, case_id=case.id)
    clock.move_on(60 * MINUTE)
    made_at = clock.now
    await supersede()
    clock.move_on(11 * MINUTE)
    await office.do(decisions.carry_out)
    last = (await office.events(case))[-1]
    assert last.action == Action.AGREE
    assert last.details == {"ticks": dict.fromkeys(conditions_of(case.kind), made_at.isoformat())}


async def test_whoever_filed_the_case_sees_no_decision_that_waits_though_a_reviewer_too(
    office: Office,
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.look(lambda work: work.people.grant(officer.person_id or 0, Role.REVIEWER, None, None))
    await office.set(undo_minutes=10)
    case = await office.ready(officer, reviewer)
    await office.do(decisions.refuse, actor=reviewer, case_id=case.id, reasons=("special_rule.1",), note="…")
    both = await office.look(lambda work: work.people.get(case.filed_by))
    assert both is not None
    seen = await office.do(desk.view, both.actor, case.id)
    assert (seen.pending, seen.pending_name) == (None, "")
    assert (await office.do(desk.view, reviewer, case.id)).pending is not None


async def test_a_decision_that_cannot_be_published_lets_the_others_pass_and_is_tried_again(
    office: Office, clock: Clock
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(undo_minutes=10)
    first = await office.ready(officer, reviewer)
    await office.do(decisions.agree, actor=reviewer, case_id=first.id)
    clock.move_on(MINUTE)
    second = await office.ready(officer, reviewer)
    await office.do(decisions.agree, actor=reviewer, case_id=second.id)
    clock.move_on(11 * MINUTE)
    assert (await office.do(decisions.postpone)) == first
    ((came),) = await office.do(decisions.carry_out)
    assert (came.case.id, came.done) == (second.id, True)
    assert await office.do(decisions.carry_out) == ()
    clock.move_on(decisions.POSTPONED_BY)
    ((came),) = await office.do(decisions.carry_out)
    assert (came.case.id, came.done) == (first.id, True)
    assert await office.do(decisions.postpone) is None
