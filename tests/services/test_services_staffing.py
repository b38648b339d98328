"""Roles by two admins, and leaving every account."""

from collections.abc import Awaitable
from typing import Any

import pytest
from services_office import Clock, Office, at_once
from services_staff import admins, give, now, why

from domain.errors import NotYours
from domain.roles import SENSITIVE, Actor, Role
from services import links, people, staffing
from services.errors import InvitationUnusable, LastAdmin, LinkUnusable, NoProposal, RoleUnfit
from storage.work import Work

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


async def test_a_proposed_removal_ends_with_the_role_that_it_was_about(office: Office) -> None:
    first, second = await admins(office)
    third = await office.hire(Role.ADMIN, "لیلا کاظمی")
    whom = second.person_id or 0
    proposed = await office.do(staffing.take, by=first, person_id=whom, role=Role.ADMIN)
    assert proposed is not None
    await office.do(staffing.take, by=second, person_id=whom, role=Role.ADMIN)
    assert await office.do(staffing.waiting, by=third) == ()
    with pytest.raises(NoProposal):
        await office.do(staffing.confirm, by=third, proposal_id=proposed.id)
    ended = await office.do(staffing.seen, by=third, proposal_id=proposed.id)
    assert (ended.outcome, ended.ended_by) == ("void", second.person_id)


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


async def test_no_admin_cuts_one_other_admin_after_another_off(office: Office) -> None:
    first, second = await admins(office)
    third = await office.hire(Role.ADMIN, "لیلا کاظمی")
    await office.do(links.cut_all, by=first, person_id=second.person_id or 0)
    more = office.do(links.cut_all, by=first, person_id=third.person_id or 0)
    assert await why(more, RoleUnfit) == "second_cut"
    await office.do(links.cut_all, by=first, person_id=second.person_id or 0)
    await office.do(links.cut_all, by=first, person_id=(await office.reviewer()).person_id or 0)
    office.clock.move_on(people.LIFETIME)
    await office.do(links.cut_all, by=first, person_id=third.person_id or 0)


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
    with pytest.raises(LastAdmin):
        await office.do(staffing.take, by=first, person_id=first.person_id or 0, role=Role.ADMIN)
    with pytest.raises(NotYours):
        await office.do(links.cut_all, by=await office.reviewer(), person_id=first.person_id or 0)
