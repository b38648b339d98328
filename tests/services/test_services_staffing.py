"""Roles by two admins, leaving every account, substitutes, own data; who filed never decides."""

import datetime as dt
from collections.abc import Awaitable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from services_office import Clock, Office, at_once

from bot.target_news import lies_with
from domain.errors import NotYours
from domain.lifecycle import State
from domain.roles import SENSITIVE, Actor, Role
from persian.dates import tehran_day
from services import cases, decisions, desk, links, people, personal, review, staffing, substitutes
from services.errors import (
    InvitationUnusable,
    LastAdmin,
    LinkUnusable,
    NoProposal,
    NoRequest,
    RequestWaits,
    RoleUnfit,
    SubstituteUnfit,
)
from services.staffing import Given
from storage.work import Work


async def now(office: Office, actor: Actor) -> Actor:
    """The same person with the roles of this moment."""
    found = await office.look(lambda work: work.people.get(actor.person_id or 0))
    assert found is not None
    return found.actor


async def admins(office: Office) -> tuple[Actor, Actor]:
    return await office.hire(Role.ADMIN, "نرگس رضایی"), await office.hire(Role.ADMIN, "نادر کاظمی")


async def give(office: Office, by: Actor, to: Actor, role: Role = Role.DIRECTOR) -> Given:
    return await office.do(staffing.give, by=by, person_id=to.person_id or 0, role=role)


async def why(refused: Awaitable[Any], error: type[Exception] = NotYours) -> str:
    with pytest.raises(error) as caught:
        await refused
    return str(getattr(caught.value, "why", ""))


# Roles by two admins


async def test_a_role_of_the_office_comes_into_force_when_another_admin_confirms(office: Office) -> None:
    first, second = await admins(office)
    mina = await office.reviewer()
    given = await give(office, first, mina)
    assert given.waits
    assert (await now(office, mina)).own == {Role.REVIEWER}
    proposal = given.proposal.id
    assert await why(office.do(staffing.confirm, by=first, proposal_id=proposal)) == "own_proposal"
    with pytest.raises(NotYours):
        await office.do(staffing.confirm, by=mina, proposal_id=proposal)
    ended = await office.do(staffing.confirm, by=second, proposal_id=proposal)
    assert (ended.outcome, ended.ended_by) == ("confirmed", second.person_id)
    assert (await now(office, mina)).own == {Role.REVIEWER, Role.DIRECTOR}
    with pytest.raises(NoProposal):
        await office.do(staffing.confirm, by=second, proposal_id=proposal)


async def test_nobody_gives_or_confirms_an_own_role(office: Office) -> None:
    first, second = await admins(office)
    third = await office.hire(Role.ADMIN, "لیلا کاظمی")
    assert await why(give(office, first, first)) == "own"
    given = await give(office, first, second)
    assert await why(office.do(staffing.confirm, by=second, proposal_id=given.proposal.id)) == "own"
    await office.do(staffing.confirm, by=third, proposal_id=given.proposal.id)
    assert Role.DIRECTOR in (await now(office, second)).own


async def test_one_admin_alone_gives_a_role_and_it_stays_marked_so(office: Office) -> None:
    admin, mina = await office.hire(Role.ADMIN, "نرگس رضایی"), await office.reviewer()
    given = await give(office, admin, mina)
    assert (given.waits, given.proposal.outcome) == (False, "alone")
    assert await office.do(staffing.given_by_one, mina.person_id or 0) == {Role.DIRECTOR}
    assert await why(give(office, admin, mina), RoleUnfit) == "held"


async def test_an_officers_role_is_given_by_one_and_for_one_agency_only(office: Office) -> None:
    first, _ = await admins(office)
    sara, mina = await office.officer(), await office.reviewer()

    def agencies(work: Work) -> tuple[int, int]:
        return sara.agency_id or 0, work.people.add_agency("سازمان دیگر").id

    own, other = await office.look(agencies)
    given = await office.do(
        staffing.give, by=first, person_id=mina.person_id or 0, role=Role.OFFICER, agency_id=own
    )
    assert not given.waits
    assert (await now(office, mina)).agency_id == own
    second_agency = office.do(
        staffing.give, by=first, person_id=sara.person_id or 0, role=Role.OFFICER, agency_id=other
    )
    assert await why(second_agency, RoleUnfit) == "other_agency"


async def test_what_nobody_confirms_in_a_day_comes_to_nothing(office: Office, clock: Clock) -> None:
    first, second = await admins(office)
    mina = await office.reviewer()
    given = await give(office, first, mina)
    assert await why(give(office, first, mina), RoleUnfit) == "proposed"
    clock.move_on(staffing.LIFETIME)
    with pytest.raises(NoProposal):
        await office.do(staffing.confirm, by=second, proposal_id=given.proposal.id)
    assert [one.id for one in await office.do(staffing.expire)] == [given.proposal.id]
    assert await office.do(staffing.expire) == ()
    assert (await now(office, mina)).own == {Role.REVIEWER}


async def test_a_proposal_falls_with_the_admin_who_made_it_and_is_confirmed_once(office: Office) -> None:
    first, second = await admins(office)
    third, mina = await office.hire(Role.ADMIN, "لیلا کاظمی"), await office.reviewer()
    given = await give(office, first, mina)
    both = (office.do(staffing.confirm, by=by, proposal_id=given.proposal.id) for by in (second, third))
    came = await at_once(*both)
    assert sorted(type(one).__name__ for one in came) == ["GrantProposal", "NoProposal"]
    again = await give(office, first, mina, Role.AUDITOR)
    await office.do(people.revoke, by=second, person_id=first.person_id or 0, role=Role.ADMIN)
    with pytest.raises(NoProposal):
        await office.do(staffing.confirm, by=second, proposal_id=again.proposal.id)


@pytest.mark.parametrize("role", sorted(SENSITIVE))
async def test_an_invitation_to_the_office_opens_nothing_before_the_second_admin(
    office: Office, role: Role
) -> None:
    first, second = await admins(office)
    made = await office.do(staffing.invite, by=first, role=role, name="مینا صادقی")
    early = office.do(people.join, platform="bale", user_id=77, token=made.token)
    assert await why(early, InvitationUnusable) == "unconfirmed"
    (proposal,) = await office.do(staffing.waiting, by=second)
    await office.do(staffing.confirm, by=second, proposal_id=proposal.id)
    platform, user_id = await office.account(second)
    own = office.do(people.join, platform=platform, user_id=user_id, token=made.token)
    assert await why(own, InvitationUnusable) == "own"
    joined = await office.do(people.join, platform="bale", user_id=77, token=made.token)
    assert joined.person.actor.own == {role}


async def test_a_refused_invitation_is_like_one_that_never_was(office: Office) -> None:
    first, second = await admins(office)
    made = await office.do(staffing.invite, by=first, role=Role.REVIEWER, name="مینا صادقی")
    (proposal,) = await office.do(staffing.waiting, by=second)
    await office.do(staffing.refuse, by=second, proposal_id=proposal.id)
    joining = office.do(people.join, platform="bale", user_id=77, token=made.token)
    assert await why(joining, InvitationUnusable) == ""


async def test_an_admins_removal_leaves_no_door_for_one_alone(office: Office, clock: Clock) -> None:
    first, second = await admins(office)
    mina = await office.reviewer()
    await office.do(people.revoke, by=first, person_id=second.person_id or 0, role=Role.ADMIN)
    assert await why(give(office, first, mina), RoleUnfit) == "second_gone"
    inviting = office.do(staffing.invite, by=first, role=Role.DIRECTOR, name="لیلا کاظمی")
    assert await why(inviting, RoleUnfit) == "second_gone"
    clock.move_on(staffing.LIFETIME)
    assert (await give(office, first, mina)).proposal.outcome == "alone"


async def test_another_admins_role_is_taken_by_two_where_a_third_could_confirm(office: Office) -> None:
    first, second = await admins(office)
    third = await office.hire(Role.ADMIN, "لیلا کاظمی")

    def take(by: Actor, whom: Actor) -> Awaitable[Any]:
        return office.do(staffing.take, by=by, person_id=whom.person_id or 0, role=Role.ADMIN)

    proposed = await take(first, second)
    assert proposed.kind == "removal"
    assert (await now(office, second)).has(Role.ADMIN)
    assert await why(take(third, second), RoleUnfit) == "proposed"
    for barred, code in ((first, "own_proposal"), (second, "own")):
        assert await why(office.do(staffing.confirm, by=barred, proposal_id=proposed.id)) == code
    assert await why(office.do(staffing.refuse, by=second, proposal_id=proposed.id)) == "own"
    await office.do(staffing.confirm, by=third, proposal_id=proposed.id)
    assert (await now(office, second)).own == frozenset()
    # Two are left: each may take the other's alone, and gives nothing alone for a day.
    assert await take(first, third) is None
    assert await why(give(office, first, await office.reviewer()), RoleUnfit) == "second_gone"


async def test_one_gives_up_the_own_admins_role_alone_and_a_third_without_an_account_seconds_nothing(
    office: Office,
) -> None:
    first, second = await admins(office)
    third = await office.hire(Role.ADMIN, "لیلا کاظمی")
    await office.do(links.cut_all, by=first, person_id=third.person_id or 0)
    taking = office.do(staffing.take, by=first, person_id=second.person_id or 0, role=Role.ADMIN)
    assert await why(taking, RoleUnfit) == "no_second"
    own = await office.do(staffing.take, by=second, person_id=second.person_id or 0, role=Role.ADMIN)
    assert (own, (await now(office, second)).own) == (None, frozenset())


async def test_an_admin_without_an_account_is_not_waited_for_and_opens_no_door(office: Office) -> None:
    first, second = await admins(office)
    mina = await office.reviewer()
    await office.do(links.cut_all, by=first, person_id=second.person_id or 0)
    assert await why(give(office, first, mina), RoleUnfit) == "no_second"
    assert (await now(office, mina)).own == {Role.REVIEWER}


# Leaving every account


async def test_whoever_leaves_everywhere_is_a_stranger_and_comes_back_by_a_code_of_two_admins(
    office: Office,
) -> None:
    first, second = await admins(office)
    mina = await office.reviewer()
    here = await office.account(mina)
    await office.chat(mina, 501, "telegram")
    cut = await office.do(links.leave, by=mina, keep=None)
    assert [chat.chat_id for chat in cut] == [501]
    for account in (here, ("telegram", 501)):
        assert await office.do(people.actor_of, *account) == people.STRANGER
    given = await office.do(staffing.let_back, by=first, person_id=mina.person_id or 0)
    early = office.do(links.link, platform="bale", user_id=88, token=given.token)
    assert await why(early, LinkUnusable) == "unconfirmed"
    await office.do(staffing.confirm, by=second, proposal_id=given.proposal.id)
    back = await office.do(links.link, platform="bale", user_id=88, token=given.token)
    assert back.id == mina.person_id
    assert back.actor.own == {Role.REVIEWER}
    again = office.do(staffing.let_back, by=first, person_id=mina.person_id or 0)
    assert await why(again, RoleUnfit) == "has_account"


async def test_one_admin_alone_lets_nobody_back_in(office: Office) -> None:
    first, second = await admins(office)
    lila = await office.hire(Role.DIRECTOR, "لیلا کاظمی")
    for gone in (second, lila):
        await office.do(links.cut_all, by=first, person_id=gone.person_id or 0)
    for gone in (second, lila):
        back = office.do(staffing.let_back, by=first, person_id=gone.person_id or 0)
        assert await why(back, RoleUnfit) == "no_second"


async def test_what_an_admin_proposes_is_not_confirmed_from_an_account_that_the_admin_opened(
    office: Office,
) -> None:
    first, second = await admins(office)
    third, mina = await office.hire(Role.ADMIN, "لیلا کاظمی"), await office.reviewer()
    await office.do(links.cut_all, by=first, person_id=second.person_id or 0)
    back = await office.do(staffing.let_back, by=first, person_id=second.person_id or 0)
    await office.do(staffing.confirm, by=third, proposal_id=back.proposal.id)
    await office.do(links.link, platform="telegram", user_id=99, token=back.token)
    opened = await office.do(people.actor_of, "telegram", 99)
    given = await give(office, first, mina)
    confirming = office.do(staffing.confirm, by=opened, proposal_id=given.proposal.id)
    assert await why(confirming) == "opened_by_proposer"
    asked = await office.do(staffing.confirmers, but=first.person_id, about=mina.person_id)
    assert [person.id for person in asked] == [third.person_id]
    others = await give(office, third, mina, Role.AUDITOR)
    ended = await office.do(staffing.confirm, by=opened, proposal_id=others.proposal.id)
    assert ended.outcome == "confirmed"


@pytest.mark.parametrize("gone", [0, 1])
async def test_a_way_back_is_worth_no_more_than_both_admins_words_today(office: Office, gone: int) -> None:
    both = await admins(office)
    third, mina = await office.hire(Role.ADMIN, "لیلا کاظمی"), await office.reviewer()
    await office.do(links.leave, by=mina, keep=None)
    given = await office.do(staffing.let_back, by=both[0], person_id=mina.person_id or 0)
    again = office.do(staffing.let_back, by=third, person_id=mina.person_id or 0)
    assert await why(again, RoleUnfit) == "entry_proposed"
    await office.do(staffing.confirm, by=both[1], proposal_id=given.proposal.id)
    await office.do(people.revoke, by=third, person_id=both[gone].person_id or 0, role=Role.ADMIN)
    coming = office.do(links.link, platform="bale", user_id=88, token=given.token)
    assert await why(coming, LinkUnusable) == ""


async def test_an_account_of_somebody_with_cases_becomes_nobody_elses(office: Office) -> None:
    officer, mina = await office.officer(), await office.reviewer()
    await office.file(officer)
    platform, user_id = await office.account(officer)
    await office.do(people.revoke, by=None, person_id=officer.person_id or 0, role=Role.OFFICER)
    made = await office.do(links.offer, by=mina)
    linking = office.do(links.link, platform=platform, user_id=user_id, token=made.token)
    assert await why(linking, LinkUnusable) == "has_cases"


async def test_others_are_cut_off_and_this_one_stays(office: Office) -> None:
    mina = await office.reviewer()
    here = await office.account(mina)
    await office.chat(mina, 501, "telegram")
    await office.do(links.leave, by=mina, keep=here)
    assert (await office.do(people.actor_of, *here)).own == {Role.REVIEWER}
    assert await office.do(people.actor_of, "telegram", 501) == people.STRANGER


async def test_the_last_admin_with_an_account_keeps_it(office: Office) -> None:
    first, second = await admins(office)
    await office.do(links.cut_all, by=first, person_id=second.person_id or 0)
    with pytest.raises(LastAdmin):
        await office.do(links.leave, by=first, keep=None)
    with pytest.raises(LastAdmin):
        await office.do(people.revoke, by=first, person_id=first.person_id or 0, role=Role.ADMIN)
    with pytest.raises(NotYours):
        await office.do(links.cut_all, by=await office.reviewer(), person_id=first.person_id or 0)


# Substitutes


async def appoint(office: Office, absent: Actor, substitute: Actor, first: int = 0, last: int = 2) -> None:
    """Let a colleague stand in, from so many days from today to so many."""
    today = await office.look(lambda work: tehran_day(work.now))
    await office.do(
        substitutes.appoint,
        by=absent,
        substitute_id=substitute.person_id or 0,
        first_day=today + dt.timedelta(days=first),
        last_day=today + dt.timedelta(days=last),
    )


async def test_a_substitute_has_the_role_on_these_days_and_no_longer(office: Office, clock: Clock) -> None:
    reza, mina = await office.reviewer("رضا کریمی"), await office.hire(Role.COMPLAINTS, "مینا صادقی")
    await appoint(office, reza, mina, first=1, last=1)
    held = []
    for _ in range(3):
        held.append((await now(office, mina)).has(Role.REVIEWER))
        clock.move_on(timedelta(days=1))
    assert held == [False, True, False]
    assert (await now(office, mina)).own == {Role.COMPLAINTS}


async def test_only_colleagues_of_the_office_stand_in_once_at_a_time(office: Office) -> None:
    reza, mina = await office.reviewer("رضا کریمی"), await office.reviewer("مینا صادقی")
    admin, officer = await office.hire(Role.ADMIN, "نرگس رضایی"), await office.officer()
    for barred in (admin, officer, reza):
        assert await why(appoint(office, reza, barred), SubstituteUnfit) == "barred"
    assert await why(appoint(office, reza, mina, -3, -1), SubstituteUnfit) == "past"
    await appoint(office, reza, mina)
    assert await why(appoint(office, reza, mina, 2, 5), SubstituteUnfit) == "overlap"
    assert await why(appoint(office, officer, mina)) == "no_role"
    found = await office.do(substitutes.candidates, reza)
    assert [person.id for person in found] == [mina.person_id]


async def test_an_auditor_alone_is_not_offered_as_a_substitute_and_cannot_be_one(office: Office) -> None:
    reza, mina = await office.reviewer("رضا کریمی"), await office.hire(Role.AUDITOR, "مینا صادقی")
    assert await office.do(substitutes.candidates, reza) == ()
    assert await why(appoint(office, reza, mina), SubstituteUnfit) == "barred"
    await office.look(lambda work: work.people.grant(mina.person_id or 0, Role.COMPLAINTS, None, None))
    await appoint(office, reza, mina)
    assert (await now(office, mina)).has(Role.REVIEWER)
    await office.do(people.revoke, by=None, person_id=mina.person_id or 0, role=Role.COMPLAINTS)
    assert [grant.role for grant in (await now(office, mina)).grants] == [Role.AUDITOR]


def _make_director(work: Work, person_id: int) -> None:
    work.people.grant(person_id, Role.DIRECTOR, None, None)


async def test_a_substitute_agrees_on_behalf_and_neither_of_the_two_signs_too(office: Office) -> None:
    officer, director = await office.officer(), await office.hire(Role.DIRECTOR, "لیلا کاظمی")
    reza, mina = await office.reviewer("رضا کریمی"), await office.hire(Role.COMPLAINTS, "مینا صادقی")
    await office.set(second_signature=True)
    for one in (reza.person_id or 0, mina.person_id or 0):
        await office.look(partial(_make_director, person_id=one))
    case = await office.do(
        review.claim, actor=await now(office, reza), case_id=(await office.file(officer)).id
    )
    await appoint(office, reza, mina)
    stands_in = await now(office, mina)
    await office.tick_all(stands_in, case)
    await office.do(decisions.agree, actor=stands_in, case_id=case.id)
    last = (await office.events(case))[-1]
    assert (last.person_id, last.on_behalf_of) == (mina.person_id, reza.person_id)
    for barred in (mina, reza):
        refused = office.do(decisions.sign, actor=await now(office, barred), case_id=case.id)
        assert await why(refused) == "first_signature_yours"
    signed = await office.do(decisions.sign, actor=director, case_id=case.id)
    assert signed.state is State.AGREED
    told = await office.do(cases.signed_on_behalf, signed)
    assert told == (("مینا صادقی", "رضا کریمی"),)


async def test_the_cases_of_who_is_away_lie_with_the_substitute_too(office: Office, clock: Clock) -> None:
    officer = await office.officer()
    reza, mina = await office.reviewer("رضا کریمی"), await office.reviewer("مینا صادقی")
    case = await office.do(review.claim, actor=reza, case_id=(await office.file(officer)).id)

    async def mine(actor: Actor) -> list[tuple[str, bool]]:
        page = await office.do(desk.queue, await now(office, actor), desk.Filter.MINE)
        return [(row.holder_name, row.on_behalf) for row in page.rows]

    assert await mine(mina) == []
    await appoint(office, reza, mina)
    assert (await mine(mina), await mine(reza)) == ([("رضا کریمی", True)], [("رضا کریمی", False)])
    assert await office.do(lies_with, case) == (reza.person_id, mina.person_id)
    clock.move_on(timedelta(hours=1))
    await office.do(desk.opened, await now(office, mina), case.id)
    touched = await office.look(lambda work: work.cases.get(case.id))
    assert (touched.holder, touched.touched_at) == (reza.person_id, clock.now)
    clock.move_on(timedelta(days=3))
    assert (await mine(mina), await office.do(lies_with, case)) == ([], (reza.person_id,))


async def test_what_a_substitute_decided_is_published_though_the_days_are_over(
    office: Office, clock: Clock
) -> None:
    officer, reza = await office.officer(), await office.reviewer("رضا کریمی")
    mina = await office.hire(Role.COMPLAINTS, "مینا صادقی")
    await office.set(undo_minutes=24 * 60)
    filed = await office.file(officer)
    await appoint(office, reza, mina, last=0)
    stands_in = await now(office, mina)
    case = await office.do(review.claim, actor=stands_in, case_id=filed.id)
    await office.tick_all(stands_in, case)
    await office.do(decisions.agree, actor=stands_in, case_id=case.id)
    clock.move_on(timedelta(days=1))
    assert await office.do(review.free) == ()
    (came,) = await office.do(decisions.carry_out)
    assert (came.done, came.case.state) == (True, State.AGREED)
    assert (await office.events(case))[-1].on_behalf_of == reza.person_id


async def test_what_a_substitute_decided_falls_with_a_substitution_that_is_ended_early(
    office: Office,
) -> None:
    filed, reza = await office.file(await office.officer()), await office.reviewer("رضا کریمی")
    mina = await office.hire(Role.COMPLAINTS, "مینا صادقی")
    await office.set(undo_minutes=24 * 60)
    await appoint(office, reza, mina)
    stands_in = await now(office, mina)
    case = await office.do(review.claim, actor=stands_in, case_id=filed.id)
    await office.tick_all(stands_in, case)
    await office.do(decisions.agree, actor=stands_in, case_id=case.id)
    (standing,) = await office.do(substitutes.of_person, reza.person_id or 0)
    await office.do(substitutes.end, by=reza, substitution_id=standing.substitution.id)
    (freed,) = await office.do(review.free)
    assert (freed.case.state, freed.dropped is not None) == (State.SUBMITTED, True)
    assert await office.do(decisions.carry_out) == ()


async def test_a_substitution_lapses_with_the_role_and_with_who_stands_in_becoming_an_admin(
    office: Office,
) -> None:
    reza, mina = await office.reviewer("رضا کریمی"), await office.hire(Role.COMPLAINTS, "مینا صادقی")
    filed = await office.file(await office.officer())
    await appoint(office, reza, mina)
    await office.look(lambda work: work.people.grant(mina.person_id or 0, Role.ADMIN, None, None))
    claiming = office.do(review.claim, actor=await now(office, mina), case_id=filed.id)
    assert await why(claiming) == "role"
    await office.look(lambda work: work.people.revoke(mina.person_id or 0, Role.ADMIN, None))
    assert (await now(office, mina)).has(Role.REVIEWER)
    await office.do(people.revoke, by=None, person_id=reza.person_id or 0, role=Role.REVIEWER)
    assert not (await now(office, mina)).has(Role.REVIEWER)


async def test_whoever_loses_the_own_role_stands_in_for_nobody(office: Office) -> None:
    lila, mina = (
        await office.hire(Role.DIRECTOR, "لیلا کاظمی"),
        await office.hire(Role.COMPLAINTS, "مینا صادقی"),
    )
    await appoint(office, lila, mina, last=60)
    await office.do(people.revoke, by=None, person_id=mina.person_id or 0, role=Role.COMPLAINTS)
    assert (await now(office, mina)).grants == frozenset()
    directors = await office.look(lambda work: work.people.with_role(Role.DIRECTOR))
    assert [person.id for person in directors] == [lila.person_id]
    ((told, over),) = await office.do(substitutes.untold)
    assert (told.substitution.substitute_id, over) == (mina.person_id, True)
    await office.look(lambda work: work.people.grant(mina.person_id or 0, Role.COMPLAINTS, None, None))
    assert (await now(office, mina)).own == {Role.COMPLAINTS}
    assert not (await now(office, mina)).has(Role.DIRECTOR)


async def test_an_agencys_officer_stands_in_for_nobody(office: Office) -> None:
    lila, mina = (
        await office.hire(Role.DIRECTOR, "لیلا کاظمی"),
        await office.hire(Role.COMPLAINTS, "مینا صادقی"),
    )
    sara = await office.officer()
    await appoint(office, lila, mina)
    await office.look(lambda work: work.people.grant(mina.person_id or 0, Role.OFFICER, sara.agency_id, None))
    assert not (await now(office, mina)).has(Role.DIRECTOR)


# The amount from which two sign


@pytest.mark.parametrize(
    ("least", "state"),
    [
        (None, State.AGREED),
        (100_000_001, State.AGREED),
        (100_000_000, State.AWAITING_SIGNATURE),
        (1, State.AWAITING_SIGNATURE),
    ],
)
async def test_from_the_offices_amount_on_an_agreement_waits_for_a_director(
    office: Office, least: int | None, state: State
) -> None:
    await office.set(second_signature_from=least)
    assert (await office.decided(await office.officer(), await office.reviewer())).state is state


# Own data


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
