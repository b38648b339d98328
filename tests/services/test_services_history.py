"""The record of a case: every step with who took it, every correction, every note, for the desk alone."""

from datetime import timedelta

import pytest
from services_office import Clock, Office

from domain.conditions import conditions_of
from domain.errors import NotYours
from domain.lifecycle import Action
from domain.roles import Role
from services import decisions, desk, review
from services.desk import Change
from services.history import history
from services.notes import Note


async def test_the_record_names_everybody_and_tells_each_correction_apart(
    office: Office, clock: Clock
) -> None:
    officer, mina = await office.officer(), await office.reviewer("مینا صادقی")
    reza = await office.reviewer("رضا کریمی")
    case = await office.file(officer)
    for amount in (110_000_000, 120_000_000):
        await office.do(review.claim, actor=mina, case_id=case.id)
        await office.give_back(mina, case)
        await office.correct(officer, case, amount=amount)
    await office.do(review.claim, actor=mina, case_id=case.id)
    await office.do(review.hand_over, actor=mina, case_id=case.id, to=reza.person_id)
    for number in range(5):
        clock.move_on(timedelta(minutes=1))
        await office.do(desk.add_note, actor=reza, case_id=case.id, note=f"یادداشت {number}" + "…" * 900)
    await office.tick_all(reza, case)
    await office.do(decisions.agree, actor=reza, case_id=case.id)
    found = await office.do(history, mina, case.id)
    assert [(entry.event.action, entry.who, entry.to) for entry in found.entries] == [
        (Action.SUBMIT, "سارا رضایی", ""),
        (Action.CLAIM, "مینا صادقی", ""),
        (Action.RETURN_FOR_CORRECTION, "مینا صادقی", ""),
        (Action.RESUBMIT, "سارا رضایی", ""),
        (Action.CLAIM, "مینا صادقی", ""),
        (Action.RETURN_FOR_CORRECTION, "مینا صادقی", ""),
        (Action.RESUBMIT, "سارا رضایی", ""),
        (Action.CLAIM, "مینا صادقی", ""),
        (Action.HAND_OVER, "مینا صادقی", "رضا کریمی"),
        (Action.AGREE, "رضا کریمی", ""),
    ]
    assert [entry.changes for entry in found.entries if entry.changes] == [
        (Change("amount", 100_000_000, 110_000_000),),
        (Change("amount", 110_000_000, 120_000_000),),
    ]
    ticks = (found.entries[-1].event.details or {})["ticks"]
    assert set(ticks) == set(conditions_of(case.kind))
    start = clock.now - timedelta(minutes=4)
    assert found.notes == tuple(
        Note(start + timedelta(minutes=number), "رضا کریمی", f"یادداشت {number}" + "…" * 900)
        for number in range(5)
    )


async def test_who_filed_the_case_and_who_is_not_of_the_desk_never_read_it(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.file(officer)
    await office.look(lambda work: work.people.grant(case.filed_by, Role.REVIEWER, None, None))
    both = await office.look(lambda work: work.people.get(case.filed_by))
    assert both is not None
    for actor in (officer, both.actor, await office.hire(Role.AUDITOR, "ناهید")):
        with pytest.raises(NotYours):
            await office.do(history, actor, case.id)
    assert (await office.do(history, reviewer, case.id)).case.id == case.id
