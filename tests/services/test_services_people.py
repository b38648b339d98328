"""How people come in, and how roles come and go."""

from datetime import timedelta
from functools import partial

import pytest
from services_office import Clock, Office, at_once

from domain.errors import NotYours
from domain.roles import Grant, Role
from services import people, staffing
from services.errors import AgencyNeeded, InvitationUnusable, LastAdmin, NameNeeded
from services.people import Joined
from storage.errors import Stale
from storage.work import Work


async def test_the_first_admin_is_invited_from_the_command_line_and_invites_an_officer(
    office: Office,
) -> None:
    admin = await office.hire(Role.ADMIN, "نرگس امینی")
    invited = await office.do(
        people.invite, by=admin, role=Role.OFFICER, name="سارا رضایی", agency="اداره کل راه"
    )
    joined = await office.do(people.join, platform="bale", user_id=5, token=invited.token)
    assert (joined.person.name, joined.role, joined.agency_name) == (
        "سارا رضایی",
        Role.OFFICER,
        "اداره کل راه",
    )
    actor = await office.do(people.actor_of, "bale", 5)
    assert actor == joined.person.actor
    assert actor.has(Role.OFFICER)
    assert actor.agency_id is not None


async def test_a_stranger_is_nobody_and_telegrams_five_is_not_bales_five(office: Office) -> None:
    invited = await office.do(people.invite, by=None, role=Role.REVIEWER, name="مینا")
    await office.do(people.join, platform="bale", user_id=5, token=invited.token)
    assert await office.do(people.actor_of, "telegram", 5) == people.STRANGER


async def test_only_an_admin_invites(office: Office) -> None:
    for role in set(Role) - {Role.ADMIN, Role.OFFICER}:
        colleague = await office.hire(role, "همکار")
        with pytest.raises(NotYours):
            await office.do(people.invite, by=colleague, role=Role.ADMIN, name="کسی")
    with pytest.raises(NotYours):
        await office.do(people.invite, by=people.STRANGER, role=Role.ADMIN, name="کسی")


async def test_an_officer_needs_an_agency_and_everybody_a_name(office: Office) -> None:
    with pytest.raises(AgencyNeeded):
        await office.do(people.invite, by=None, role=Role.OFFICER, name="سارا", agency=" ")
    with pytest.raises(NameNeeded):
        await office.do(people.invite, by=None, role=Role.REVIEWER, name="\u200c ")


async def test_an_agency_is_one_however_it_is_spelt(office: Office) -> None:
    await office.officer("سارا", "سازمان آب‌وبرق")
    await office.officer("زهرا", "سازمان  آب\u200cوبرق ")
    await office.officer("لیلا", "سازمان آبوبرق")
    agencies = await office.look(lambda work: work.people.agencies())
    assert [agency.name for agency in agencies] == ["سازمان آب‌وبرق"]


async def test_unknown_used_and_expired_invitations_answer_alike(office: Office, clock: Clock) -> None:
    used = await office.do(people.invite, by=None, role=Role.REVIEWER, name="مینا")
    await office.do(people.join, platform="bale", user_id=5, token=used.token)
    expired = await office.do(people.invite, by=None, role=Role.REVIEWER, name="رضا")
    assert expired.expires_at == clock.now + timedelta(hours=24)
    clock.move_on(timedelta(hours=24))
    answers = []
    for token in ("", "no-such-token", used.token, expired.token):
        with pytest.raises(InvitationUnusable) as refused:
            await office.do(people.join, platform="bale", user_id=6, token=token)
        answers.append((refused.value.code, refused.value.values, refused.value.why))
    assert answers == [("invitation_unusable", {}, "")] * 4
    assert await office.do(people.actor_of, "bale", 6) == people.STRANGER


async def test_an_invitation_is_good_until_its_last_moment(office: Office, clock: Clock) -> None:
    invited = await office.do(people.invite, by=None, role=Role.REVIEWER, name="مینا")
    clock.move_on(timedelta(hours=24) - timedelta(milliseconds=1))
    joined = await office.do(people.join, platform="bale", user_id=6, token=invited.token)
    assert joined.role is Role.REVIEWER


async def test_an_invitation_used_twenty_times_at_once_makes_one_person(office: Office) -> None:
    invited = await office.do(people.invite, by=None, role=Role.REVIEWER, name="مینا")
    before = len(await office.look(lambda work: work.people.all()))
    came = await at_once(
        *(office.do(people.join, platform="bale", user_id=n, token=invited.token) for n in range(20))
    )
    assert sum(isinstance(one, Joined) for one in came) == 1
    assert all(isinstance(one, Joined | InvitationUnusable | Stale) for one in came)
    everybody = await office.look(lambda work: work.people.all())
    assert [person.name for person in everybody[before:]] == ["مینا"]


async def test_whoever_lost_that_race_is_told_so_when_the_unit_runs_again(office: Office) -> None:
    invited = await office.do(people.invite, by=None, role=Role.REVIEWER, name="مینا")
    await at_once(
        *(office.do(people.join, platform="bale", user_id=n, token=invited.token) for n in range(20))
    )
    with pytest.raises(InvitationUnusable):
        await office.do(people.join, platform="bale", user_id=99, token=invited.token)


async def test_somebody_known_gets_the_role_added_and_keeps_the_name(office: Office) -> None:
    first = await office.do(people.invite, by=None, role=Role.REVIEWER, name="مینا صادقی")
    second = await office.do(people.invite, by=None, role=Role.DIRECTOR, name="خانم صادقی")
    before = await office.do(people.join, platform="bale", user_id=5, token=first.token)
    after = await office.do(people.join, platform="bale", user_id=5, token=second.token)
    assert (after.person.id, after.person.name) == (before.person.id, "مینا صادقی")
    actor = await office.do(people.actor_of, "bale", 5)
    assert actor.grants == {Grant(Role.REVIEWER), Grant(Role.DIRECTOR)} == after.person.grants


async def test_nobody_takes_up_an_invitation_of_their_own(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "نرگس")
    platform, user_id = await office.account(admin)
    invited = await office.do(staffing.invite, by=admin, role=Role.REVIEWER, name="نرگس")
    with pytest.raises(InvitationUnusable) as refused:
        await office.do(people.join, platform=platform, user_id=user_id, token=invited.token)
    assert refused.value.code == "invitation_own"
    joined = await office.do(people.join, platform="bale", user_id=6, token=invited.token)
    assert joined.role is Role.REVIEWER


async def test_an_officer_files_for_one_agency_only(office: Office) -> None:
    officer = await office.officer(agency="اداره کل راه")
    platform, user_id = await office.account(officer)
    other = await office.do(people.invite, by=None, role=Role.OFFICER, name="سارا", agency="اداره کل بنادر")
    with pytest.raises(InvitationUnusable) as refused:
        await office.do(people.join, platform=platform, user_id=user_id, token=other.token)
    assert refused.value.code == "invitation_other_agency"
    assert await office.do(people.actor_of, platform, user_id) == officer


async def test_the_invitations_of_an_admin_lose_their_worth_with_the_admins_role(office: Office) -> None:
    await office.hire(Role.ADMIN, "مدیر نخست")
    leaving = await office.hire(Role.ADMIN, "مدیر دوم")
    invited = await office.do(people.invite, by=leaving, role=Role.OFFICER, name="آشنا", agency="راه")
    await office.do(people.revoke, by=None, person_id=leaving.person_id or 0, role=Role.ADMIN)
    with pytest.raises(InvitationUnusable) as refused:
        await office.do(people.join, platform="bale", user_id=6, token=invited.token)
    assert refused.value.code == "invitation_unusable"


async def test_a_revoked_role_is_gone_at_the_next_press(office: Office) -> None:
    admin, officer = await office.hire(Role.ADMIN, "نرگس"), await office.officer()
    account = await office.account(officer)
    await office.do(people.revoke, by=admin, person_id=officer.person_id or 0, role=Role.OFFICER)
    assert (await office.do(people.actor_of, *account)).grants == frozenset()


async def test_the_last_admin_keeps_the_role(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "نرگس")
    with pytest.raises(LastAdmin):
        await office.do(people.revoke, by=admin, person_id=admin.person_id or 0, role=Role.ADMIN)
    second = await office.hire(Role.ADMIN, "مریم")
    await office.do(people.revoke, by=second, person_id=admin.person_id or 0, role=Role.ADMIN)
    with pytest.raises(LastAdmin):
        await office.do(people.revoke, by=second, person_id=second.person_id or 0, role=Role.ADMIN)


def put_to_rest(person_id: int, work: Work) -> None:
    """This person is no longer active."""
    work.people.set_active(person_id, active=False)


async def test_two_admins_who_revoke_each_other_at_once_leave_one(office: Office) -> None:
    for _ in range(5):
        one, other = await office.hire(Role.ADMIN, "نرگس"), await office.hire(Role.ADMIN, "مریم")
        came = await at_once(
            *(
                office.do(people.revoke, by=by, person_id=whom.person_id or 0, role=Role.ADMIN)
                for by, whom in ((one, other), (other, one))
            )
        )
        assert [type(one) for one in came if one is not None] == [NotYours]
        (left,) = await office.look(lambda work: work.people.with_role(Role.ADMIN))
        await office.look(partial(put_to_rest, left.id))


async def test_only_an_admin_revokes(office: Office) -> None:
    officer, reviewer = await office.officer(), await office.reviewer()
    with pytest.raises(NotYours):
        await office.do(people.revoke, by=reviewer, person_id=officer.person_id or 0, role=Role.OFFICER)


async def test_who_is_no_longer_active_is_a_stranger_and_cannot_join_again(office: Office) -> None:
    officer = await office.officer()
    account = await office.account(officer)
    await office.look(lambda work: work.people.set_active(officer.person_id or 0, active=False))
    assert await office.do(people.actor_of, *account) == people.STRANGER
    invited = await office.do(people.invite, by=None, role=Role.REVIEWER, name="سارا")
    with pytest.raises(InvitationUnusable):
        await office.do(people.join, platform=account[0], user_id=account[1], token=invited.token)


async def test_a_token_is_neither_printed_nor_kept(office: Office) -> None:
    invited = await office.do(people.invite, by=None, role=Role.REVIEWER, name="مینا")
    assert invited.token not in repr(invited)
