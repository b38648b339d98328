"""What the office keeps of somebody is handed out, corrected, and erased where it can be."""

from datetime import timedelta

import pytest
from services_office import Clock, Office
from services_staff import admins, why

from domain.roles import Role
from messages_fa import personal as texts
from services import decisions, people, personal, reset_desk, resets, review, staffing
from services.errors import NoRequest, RequestWaits


async def test_a_request_is_answered_once_and_not_asked_twice(office: Office) -> None:
    admin, mina = await office.hire(Role.ADMIN, "نرگس رضایی"), await office.reviewer()
    place = ("bale", 1)
    request = await office.do(personal.ask, mina, place, "correction", "نامم مینا صادقی است.")
    with pytest.raises(RequestWaits):
        await office.do(personal.ask, mina, place, "correction", "باز هم")
    assert await why(office.do(personal.waiting, mina)) == "role"
    ended = await office.do(personal.answer, admin, request.id, done=True, words="انجام شد.")
    assert (ended.outcome, ended.answer) == ("done", "انجام شد.")
    with pytest.raises(NoRequest):
        await office.do(personal.answer, admin, request.id, done=False, words="نه")


async def test_an_erasure_takes_drafts_and_leaves_filed_cases_and_their_record(office: Office) -> None:
    admin, officer = await office.hire(Role.ADMIN, "نرگس رضایی"), await office.officer()
    case = await office.file(officer)
    draft = await office.draft(officer)
    events = await office.events(case)
    request = await office.do(personal.ask, officer, ("bale", 1), "erasure")
    _, gone = await office.do(personal.erase, admin, request.id)
    assert (gone.drafts, gone.cases, gone.has_roles) == (1, 1, True)
    assert await office.events(case) == events
    kept = await office.do(personal.kept_of, officer, ("bale", 1))
    assert (kept.drafts, [code for code, *_ in kept.cases]) == ((), [case.code])
    found = await office.look(lambda work: work.forms.get(draft.id))
    assert found is not None
    assert found.data == {}


async def test_ones_own_data_tell_of_resets_and_of_decisions_that_are_not_final(
    office: Office, clock: Clock
) -> None:
    admin, officer = await office.hire(Role.ADMIN, "نرگس رضایی"), await office.officer()
    reviewer, other = await office.reviewer(), await office.officer("لیلا کاظمی")
    case, place, begun = await office.file(officer), ("bale", 1), clock.now
    asked = await office.do(resets.ask_for_case, officer, place, case.code)
    assert asked.reset is not None
    clock.move_on(timedelta(hours=1))
    await office.do(reset_desk.claim, admin, asked.reset.id)
    await office.do(reset_desk.issue, admin, asked.reset.id)
    assert (await office.do(personal.kept_of, officer, place)).resets == ((case.code, begun, clock.now, ""),)
    await office.set(second_signature=True)
    signed = await office.decided(officer, reviewer)
    await office.set(undo_minutes=10)
    refused = await office.do(review.claim, actor=reviewer, case_id=case.id)
    await office.do(decisions.refuse, actor=reviewer, case_id=refused.id, reasons=("special_rule.1",))
    kept = await office.do(personal.kept_of, reviewer, place)
    assert kept.undecided == (
        (case.code, "refuse", clock.now, False),
        (signed.code, "agree", clock.now, True),
    )
    for nobody_elses in (officer, other, admin):
        assert (await office.do(personal.kept_of, nobody_elses, place)).undecided == ()
    assert [(await office.do(personal.kept_of, one, place)).resets for one in (other, admin)] == [(), ()]


async def test_what_is_handed_out_names_every_act_with_a_role(office: Office) -> None:
    first, second = await admins(office)
    third = await office.hire(Role.ADMIN, "لیلا کاظمی")
    gone = second.person_id or 0
    proposed = await office.do(staffing.take, by=first, person_id=gone, role=Role.ADMIN)
    assert proposed is not None
    await office.do(staffing.confirm, by=third, proposal_id=proposed.id)
    kept = await office.do(personal.kept_of, second, ("bale", 1))
    assert [action for action, *_ in kept.acts] == ["joined", "removal_proposed", "revoked", "confirmed"]
    assert "پیشنهاد برداشتن نقش، مدیر سامانه" in texts.export(kept, office.clock.now)


async def test_an_erasure_leaves_alone_what_has_become_somebody_elses_chat(office: Office) -> None:
    admin, officer = await office.hire(Role.ADMIN, "نرگس رضایی"), await office.officer()
    case, mina = await office.file(officer), await office.reviewer()
    request = await office.do(personal.ask, officer, ("bale", 501), "erasure")
    await office.chat(mina, 501, "bale")
    await office.look(lambda work: work.followers.add(case.id, "bale", 501, work.now))
    await office.do(personal.erase, admin, request.id)
    assert await office.look(lambda work: work.followers.of_chat("bale", 501)) == (case.id,)


async def test_nobody_sees_to_an_own_request_while_another_admin_is_there(office: Office) -> None:
    first, second = await admins(office)
    request = await office.do(personal.ask, first, ("bale", 1), "erasure")
    assert await why(office.do(personal.erase, first, request.id)) == "own"
    await office.do(personal.erase, second, request.id)
    again = await office.do(personal.ask, first, ("bale", 1), "erasure")
    await office.do(people.revoke, by=None, person_id=second.person_id or 0, role=Role.ADMIN)
    ended, _ = await office.do(personal.erase, first, again.id)
    assert ended.outcome == "done"
