"""What is done with roles and agencies stands in the audit."""

import json
from typing import Any

from services_office import Office
from services_staff import admins

from domain.roles import Role
from services import catalogue, cosign, staffing
from storage.work import Work


async def test_a_removal_and_its_confirmation_stand_in_the_audit_as_other_roles_do(office: Office) -> None:
    first, second = await admins(office)
    third = await office.hire(Role.ADMIN, "لیلا کاظمی")
    before = (await written(office))[-1][0]
    for confirmed in (False, True):
        proposed = await office.do(staffing.take, by=first, person_id=second.person_id or 0, role=Role.ADMIN)
        assert proposed is not None
        end = staffing.confirm if confirmed else staffing.refuse

        def unit(work: Work, number: int = proposed.id, end: Any = end) -> None:  # noqa: ANN401 - one of two
            work.audit.acting(third)
            end(work, by=third, proposal_id=number)

        await office.look(unit)
    told = [row[1:] for row in await written(office, after=before)]
    whom, one, two = f"person:{second.person_id}", "grant_proposal:1", "grant_proposal:2"
    asked = {"step": "propose", "kind": "removal", "person": second.person_id, "role_given": "admin"}
    assert told == [
        (first.person_id, "grant_proposal", one, asked),
        (third.person_id, "grant_proposal", one, {"step": "refused"}),
        (first.person_id, "grant_proposal", two, asked),
        (third.person_id, "grant_proposal", two, {"step": "confirmed"}),
        (third.person_id, "revoked", whom, {"taken": "admin"}),
    ]


async def test_what_is_switched_of_an_agency_stands_in_the_audit_once(office: Office) -> None:
    admin, officer = await office.hire(Role.ADMIN, "نرگس رضایی"), await office.officer()
    agency = officer.agency_id or 0
    before = (await written(office))[-1][0]
    for on in (True, True, False):
        await office.do(cosign.set_cosign, admin, agency, on=on)
    await office.do(catalogue.switch_agency, by=admin, agency_id=agency, on=False)
    about = (admin.person_id, "agency", f"agency:{agency}")
    assert [row[1:] for row in await written(office, after=before)] == [
        (*about, {"step": "cosign", "on": True}),
        (*about, {"step": "cosign", "on": False}),
        (*about, {"step": "offered", "on": False}),
    ]


async def written(
    office: Office, after: int = 0
) -> list[tuple[int, int | None, str, str, dict[str, object]]]:
    """Number, person, deed, thing and codes of every row of the audit."""
    rows = await office.look(lambda work: work.audit.after(after))
    return [(row.number, row.person, row.deed, row.about, json.loads(row.codes)) for row in rows]
