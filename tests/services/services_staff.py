"""Two admins, what they give, and why something is refused."""

from collections.abc import Awaitable
from typing import Any

import pytest
from services_office import Office

from domain.errors import NotYours
from domain.roles import Actor, Role
from services import staffing
from services.staffing import Given


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
