"""Whoever has SQL, and no key, is no second admin: what the audit says of a proposal is what counts."""

# ruff: noqa: S608 - whoever tampers writes SQL by hand

import pytest
from services_office import Office
from services_staff import admins, why
from sqlalchemy import text

from bot.commands.compared import compared
from domain.roles import Role
from services import links, people, staffing
from services.audit import Walk
from services.errors import InvitationUnusable, LinkUnusable
from services.standing import Said
from storage.errors import NotFound
from storage.work import Work

SECOND = 2  # the second admin, by number
FORGED = (
    f"UPDATE grant_proposals SET outcome = 'confirmed', ended_by = {SECOND}, ended_at = 1",
    "UPDATE grant_proposals SET outcome = 'alone', ended_at = 1",
    "UPDATE grant_proposals SET token_hash = NULL",
    "DELETE FROM grant_proposals",
    # With the keeper's word no second admin is needed.
    "UPDATE invitations SET made_by = NULL WHERE used_at IS NULL",
    # A word that was given to another proposal of the same admin, about the same role.
    (
        "UPDATE grant_proposals SET token_hash = token_hash || '-';"
        "UPDATE grant_proposals SET token_hash ="
        " (SELECT rtrim(token_hash, '-') FROM grant_proposals WHERE id = 1) WHERE id = 2"
    ),
)
WRITTEN = (
    "INSERT INTO audit (number, at, deed, person, role, about, codes, cause, mac)"
    f' SELECT number + 100, at, deed, {SECOND}, role, about, \'{{"step":"confirmed"}}\', cause, mac'
    " FROM audit WHERE about = 'grant_proposal:1'"
)


async def insider(office: Office, statements: str) -> None:
    """As somebody who may do everything with the store, and has no key."""

    def unit(work: Work) -> None:
        for statement in statements.split(";"):
            work._transaction.connection.execute(text(statement), {})  # noqa: SLF001

    await office.look(unit)


async def differences(office: Office) -> list[object]:
    return [one[0] for one in (await compared(office.store, Walk(), Said())).differences]


@pytest.mark.parametrize("statements", FORGED, ids=[str(n) for n in range(len(FORGED))])
async def test_no_word_of_a_second_admin_that_was_never_given_lets_anybody_in(
    office: Office, statements: str
) -> None:
    first, second = await admins(office)
    invited = await office.do(staffing.invite, by=first, role=Role.DIRECTOR, name="همدست")
    await office.do(staffing.invite, by=first, role=Role.DIRECTOR, name="لیلا کاظمی")
    await office.do(staffing.confirm, by=second, proposal_id=2)
    await insider(office, statements)
    joining = office.do(people.join, platform="bale", user_id=777, token=invited.token)
    with pytest.raises(InvitationUnusable):
        await joining
    assert await office.do(people.actor_of, "bale", 777) == people.STRANGER
    assert bool(await differences(office)) == ("invitations" not in statements)


async def test_neither_does_a_note_that_was_put_into_the_audit_by_hand(office: Office) -> None:
    first, _ = await admins(office)
    invited = await office.do(staffing.invite, by=first, role=Role.DIRECTOR, name="همدست")
    await insider(office, f"{WRITTEN};{FORGED[0]}")
    with pytest.raises(InvitationUnusable):
        await office.do(people.join, platform="bale", user_id=777, token=invited.token)


async def test_one_confirmed_by_a_second_admin_is_as_good_as_ever_and_no_difference(office: Office) -> None:
    first, second = await admins(office)
    invited = await office.do(staffing.invite, by=first, role=Role.DIRECTOR, name="لیلا کاظمی")
    waiting = office.do(people.join, platform="bale", user_id=777, token=invited.token)
    with pytest.raises(InvitationUnusable, match="unconfirmed"):
        await waiting
    await office.do(staffing.confirm, by=second, proposal_id=1)
    joined = await office.do(people.join, platform="bale", user_id=777, token=invited.token)
    assert (joined.role, await differences(office)) == (Role.DIRECTOR, [])


@pytest.mark.parametrize(
    "changed", ["proposed_by = 2", "role = 'admin'", "person_id = 2", "kind = 'removal'"]
)
async def test_nobody_confirms_what_was_changed_since_it_was_proposed(office: Office, changed: str) -> None:
    first, second = await admins(office)
    mina = await office.reviewer()
    given = await office.do(
        staffing.give, by=first, person_id=mina.person_id or 0, role=Role.DIRECTOR, agency_id=None
    )
    await insider(office, f"UPDATE grant_proposals SET {changed}")
    for admin in (first, second):
        with pytest.raises(NotFound):
            await office.do(staffing.confirm, by=admin, proposal_id=given.proposal.id)
    assert await differences(office) == ["proposal"]


@pytest.mark.parametrize("statements", FORGED[:4], ids=[str(n) for n in range(4)])
async def test_nobody_comes_back_in_by_the_word_of_one_admin(office: Office, statements: str) -> None:
    first, _ = await admins(office)
    mina = await office.reviewer()
    await office.do(links.leave, by=mina, keep=None)
    given = await office.do(staffing.let_back, by=first, person_id=mina.person_id or 0)
    await insider(office, statements)
    coming = office.do(links.link, platform="bale", user_id=88, token=given.token)
    assert await why(coming, LinkUnusable) == ""
    assert len(await differences(office)) == 1
