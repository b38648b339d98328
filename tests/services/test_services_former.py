"""Whoever gives a role up, or an account, leaves with nothing: no case, no file, no news, no hold."""

from datetime import timedelta

import pytest
from services_office import Clock, Office

from domain.errors import NotYours
from domain.lifecycle import Action, State
from domain.roles import Actor, Role
from services import decisions, desk, files, links, missed, people, proposals, review
from services.missed import Change, Missed
from storage.records import Case, OutboxState, Outgoing, Settled
from storage.work import Work


async def leaves(office: Office, actor: Actor, role: Role) -> Actor:
    """The person without this role."""
    assert actor.person_id is not None
    await office.do(people.revoke, by=None, person_id=actor.person_id, role=role)
    return await now(office, actor)


async def now(office: Office, actor: Actor) -> Actor:
    """The person with the roles of this moment."""

    def look(work: Work) -> Actor:
        person = work.people.get(actor.person_id or 0)
        assert person is not None
        return person.actor

    return await office.look(look)


async def undelivered(office: Office, place: tuple[str, int], purpose: str) -> None:
    """A message that did not arrive."""

    def lose(work: Work) -> None:
        row = work.outbox.add(Outgoing(*place, 1, "sendMessage", {"text": "…"}, purpose=purpose))
        work.outbox.settle([Settled(row, OutboxState.UNREACHABLE, problem="403")])

    await office.look(lose)


async def test_a_former_officer_reads_neither_the_cases_nor_their_files(office: Office) -> None:
    officer = await office.officer()
    scan = await office.do(files.keep, "letter.pdf", "application/pdf", b"letter")
    case = await office.file(officer, letter_scan=scan.id)
    assert (await office.do(files.content_for, officer, case.id, scan.id)).id == scan.id
    former = await leaves(office, officer, Role.OFFICER)
    with pytest.raises(NotYours):
        await office.do(proposals.own_case, former, case.id)
    with pytest.raises(NotYours):
        await office.do(files.content_for, former, case.id, scan.id)


async def test_an_officer_who_went_to_another_agency_leaves_the_cases_behind(office: Office) -> None:
    officer = await office.officer(agency="اداره کل راه")
    scan = await office.do(files.keep, "letter.pdf", "application/pdf", b"letter")
    case = await office.file(officer, letter_scan=scan.id)
    await leaves(office, officer, Role.OFFICER)

    def move(work: Work) -> None:
        there = work.people.add_agency("اداره کل بنادر")
        work.people.grant(case.filed_by, Role.OFFICER, there.id, None)

    await office.look(move)
    elsewhere = await now(office, officer)
    with pytest.raises(NotYours):
        await office.do(proposals.own_case, elsewhere, case.id)
    with pytest.raises(NotYours):
        await office.do(files.content_for, elsewhere, case.id, scan.id)


async def test_the_cases_of_a_former_reviewer_go_back_into_the_queue_whatever_the_office_has_set(
    office: Office,
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    colleague = await office.reviewer("رضا کریمی")
    theirs, other = await office.ready(officer, reviewer), await office.ready(officer, colleague)
    assert await office.do(review.free) == ()
    await leaves(office, reviewer, Role.REVIEWER)
    ((freed, holder, dropped),) = await office.do(review.free)
    assert (freed.id, freed.state, freed.holder) == (theirs.id, State.SUBMITTED, None)
    assert (holder, dropped) == (reviewer.person_id, None)
    last = (await office.events(theirs))[-1]
    assert (last.action, last.person_id) == (Action.EXPIRE, None)
    assert await office.do(review.free) == ()
    assert (await office.do(review.claim, actor=colleague, case_id=theirs.id)).holder == colleague.person_id
    assert (await office.look(lambda work: work.cases.get(other.id))).holder == colleague.person_id


async def test_a_reviewer_who_becomes_an_admin_holds_no_case_any_more(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.ready(officer, reviewer)
    await office.look(lambda work: work.people.grant(reviewer.person_id or 0, Role.ADMIN, None, None))
    assert [freed.id for freed, _, _ in await office.do(review.free)] == [case.id]


async def test_a_decision_of_a_former_reviewer_is_dropped_with_the_hold(office: Office, clock: Clock) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    await office.set(undo_minutes=10)
    case = await office.ready(officer, reviewer)
    await office.do(decisions.agree, actor=reviewer, case_id=case.id)
    await leaves(office, reviewer, Role.REVIEWER)
    ((freed, _, dropped),) = await office.do(review.free)
    assert freed.state is State.SUBMITTED
    assert dropped is not None
    assert dropped.action == Action.AGREE
    clock.move_on(timedelta(minutes=11))
    assert await office.do(decisions.carry_out) == ()


async def test_a_former_reviewer_who_opens_the_card_does_not_keep_the_case(
    office: Office, clock: Clock
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    case = await office.ready(officer, reviewer)
    former = await leaves(office, reviewer, Role.REVIEWER)
    clock.move_on(timedelta(hours=1))
    await office.do(desk.opened, former, case.id)
    touched = await office.look(lambda work: work.cases.get(case.id).touched_at)
    assert touched == clock.now - timedelta(hours=1)


async def test_whoever_has_an_account_that_was_cut_off_is_not_told_what_its_owner_missed(
    office: Office,
) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    here, there = await office.chat(officer, 71), await office.chat(officer, 72, "telegram")
    case: Case = await office.file(officer)
    case = await office.do(review.claim, actor=reviewer, case_id=case.id)
    for place in (here, there):
        await undelivered(office, place, f"case:{case.id}:in_review:{case.version}")
    await office.do(links.unlink, by=officer, platform="telegram", user_id=72)
    assert await office.do(missed.catch_up, platform="telegram", chat_id=72, person_id=None) is None
    told = await office.do(missed.catch_up, platform="bale", chat_id=71, person_id=officer.person_id)
    assert told == Missed((Change(case.code, "in_review", case.changed_at),), 0, None)
