"""A substitute acts on behalf of who is away, for days; who filed never decides."""

import datetime as dt
from datetime import timedelta
from functools import partial

import pytest
from services_office import Clock, Office
from services_staff import now, why

from bot.target_news import lies_with
from domain.lifecycle import State
from domain.roles import Actor, Role
from persian.dates import tehran_day
from services import cases, decisions, desk, people, review, substitutes
from services.errors import SubstituteUnfit
from storage.work import Work


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
    assert await why(appoint(office, officer, mina)) == "role"
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
