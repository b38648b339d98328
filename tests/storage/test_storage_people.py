"""People are known by their accounts, and may do what they are granted."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

from engines import StoreClock

from domain.roles import Grant, Role
from storage.engine import Store
from storage.records import Invitation, Person
from storage.work import Work


async def test_a_person_is_known_by_account_and_platform(store: Store) -> None:
    def unit(work: Work) -> tuple[Person, Person | None, Person | None]:
        person = work.people.add("زهرا احمدی")
        work.people.bind("bale", 5, person.id)
        return person, work.people.by_account("bale", 5), work.people.by_account("telegram", 5)

    person, by_bale, by_telegram = await store.run(unit)
    assert (by_bale, by_telegram) == (person, None)


async def test_grants_are_held_once_and_revoked_one_by_one(store: Store) -> None:
    def unit(work: Work) -> list[frozenset[Grant]]:
        agency = work.people.add_agency("دانشگاه تبریز")
        person = work.people.add("زهرا احمدی").id
        seen = []
        for _ in range(2):
            work.people.grant(person, Role.OFFICER, agency.id, None)
            work.people.grant(person, Role.REVIEWER, None, None)
        seen.append(_grants(work, person))
        assert work.people.revoke(person, Role.OFFICER, agency.id)
        assert not work.people.revoke(person, Role.OFFICER, agency.id)
        seen.append(_grants(work, person))
        assert work.people.revoke(person, Role.REVIEWER, None)
        seen.append(_grants(work, person))
        assert len(seen[0]) == 2
        return seen[1:]

    assert await store.run(unit) == [frozenset({Grant(Role.REVIEWER)}), frozenset()]


def _grants(work: Work, person_id: int) -> frozenset[Grant]:
    person = work.people.get(person_id)
    assert person is not None
    return person.grants


async def test_who_is_no_longer_active_holds_no_role_before_the_rules(store: Store) -> None:
    def unit(work: Work) -> tuple[list[str], list[str], frozenset[Grant]]:
        for name in ("زهرا", "رضا"):
            person = work.people.add(name)
            work.people.grant(person.id, Role.REVIEWER, None, None)
            work.people.grant(person.id, Role.ADMIN, None, None)
        work.people.set_active(person.id, active=False)
        retired = work.people.get(person.id)
        assert retired is not None
        reviewers = [person.name for person in work.people.with_role(Role.REVIEWER)]
        return reviewers, [person.name for person in work.people.all()], retired.actor.grants

    assert await store.run(unit) == (["زهرا"], ["زهرا", "رضا"], frozenset())


async def test_with_role_tells_all_roles_of_those_it_finds(store: Store) -> None:
    def unit(work: Work) -> tuple[Person, ...]:
        person = work.people.add("زهرا")
        work.people.grant(person.id, Role.REVIEWER, None, None)
        work.people.grant(person.id, Role.AUDITOR, None, None)
        return work.people.with_role(Role.AUDITOR)

    (found,) = await store.run(unit)
    assert found.grants == {Grant(Role.REVIEWER), Grant(Role.AUDITOR)}


async def test_agencies_are_told_apart_by_name(store: Store) -> None:
    def unit(work: Work) -> tuple[bool, list[str], bool, bool]:
        first, again = work.people.add_agency("ب"), work.people.add_agency("ب")
        work.people.add_agency("الف")
        named = work.people.agency_named("ب") == work.people.agency(first.id) == first
        names = sorted(agency.name for agency in work.people.agencies())
        return first == again, names, named, work.people.agency_named("پ") is None

    assert await store.run(unit) == (True, ["الف", "ب"], True, True)


async def test_an_invitation_is_used_once_however_many_try(store: Store, store_clock: StoreClock) -> None:
    expires = store_clock.moment + timedelta(hours=24)
    person = await store.run(lambda work: work.people.add("زهرا"))
    await store.run(lambda work: work.people.invite("digest", Role.ADMIN, None, "زهرا", None, expires))
    used = await asyncio.gather(
        *(store.run(lambda work: work.people.use_invitation("digest", person.id)) for _ in range(10))
    )
    assert Counter(used) == {True: 1, False: 9}
    assert await store.run(lambda work: work.people.invitation("digest")) == Invitation(
        token_hash="digest",
        role=Role.ADMIN,
        agency_id=None,
        name="زهرا",
        made_by=None,
        made_at=store_clock.moment,
        expires_at=expires,
        used_at=store_clock.moment,
        used_by=person.id,
    )


async def test_an_invitation_ends_at_its_moment(store: Store, store_clock: StoreClock) -> None:
    expires: datetime = store_clock.moment + timedelta(hours=24)
    person = await store.run(lambda work: work.people.add("زهرا"))
    await store.run(lambda work: work.people.invite("digest", Role.ADMIN, None, "زهرا", None, expires))
    store_clock.forward(hours=24)
    assert not await store.run(lambda work: work.people.use_invitation("digest", person.id))
    assert not await store.run(lambda work: work.people.use_invitation("unknown", person.id))
    assert await store.run(lambda work: work.people.invitation("unknown")) is None


async def test_agencies_stand_in_the_order_of_the_persian_alphabet(store: Store) -> None:
    in_order = ["آب", "بندر", "پست", "تربیت", "چاپ", "ژاله", "کار", "گمرک", "لرستان", "یزد"]

    def unit(work: Work) -> list[str]:
        for name in sorted(in_order):  # by code points
            work.people.add_agency(name)
        return [agency.name for agency in work.people.agencies()]

    assert await store.run(unit) == in_order
