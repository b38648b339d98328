"""Audiences saved under a name, and what a colleague does to them meanwhile."""

import pytest
from services_office import Office

from domain.audience import Audience
from domain.roles import Role
from services import audiences
from services.errors import EntryDouble

OFFICERS = Audience.of_roles(Role.OFFICER)
REVIEWERS = Audience.of_roles(Role.REVIEWER)


async def test_what_is_retired_twice_is_one_version_and_so_is_what_is_offered_again(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    made = await office.do(audiences.add, by=admin, title="همکاران", audience=OFFICERS)
    for on in (True, False, False, True, True):
        now = await office.do(audiences.switch, by=admin, code=made.code, on=on)
        assert now.offered is on
    versions = await office.look(lambda work: audiences.versions(work, made.code))
    assert [(one.version, one.offered) for one, _ in versions] == [(1, True), (2, False), (3, True)]


async def test_a_retired_one_keeps_its_name_and_is_found_by_it(office: Office) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    made = await office.do(audiences.add, by=admin, title="همکاران دستگاه", audience=OFFICERS)
    await office.do(audiences.switch, by=admin, code=made.code, on=False)
    with pytest.raises(EntryDouble):
        await office.do(audiences.add, by=admin, title="همكاران دستگاه", audience=REVIEWERS)

    found = await office.look(lambda work: audiences.called(work, "همكاران دستگاه"))
    assert found is not None
    assert (found.code, found.offered) == (made.code, False)
    assert await office.look(lambda work: audiences.called(work, "همکاران دیگر")) is None


async def test_marked_audiences_are_joined_by_their_rules_of_now_and_the_retired_are_named(
    office: Office,
) -> None:
    admin = await office.hire(Role.ADMIN, "لیلا کاظمی")
    kept = await office.do(audiences.add, by=admin, title="دستگاه‌ها", audience=OFFICERS)
    gone = await office.do(audiences.add, by=admin, title="همکاران", audience=REVIEWERS)
    await office.do(audiences.switch, by=admin, code=gone.code, on=False)
    codes = frozenset({kept.code, gone.code})
    assert await office.look(lambda work: audiences.joined(work, Audience(open_cases=True), codes)) == (
        Audience(roles=frozenset({Role.OFFICER}), open_cases=True)
    )
    assert await office.look(lambda work: audiences.retired(work, codes)) == ("همکاران",)
