"""Every service that changes something or shows somebody's affairs refuses whom the matrix refuses."""

# ruff: noqa: SIM905 - lists of names, read as words

import ast
from pathlib import Path
from typing import Final

import pytest
from security_matrix import YES, read
from security_services import CALLS, World, build
from services_office import Clock, Office

from domain.errors import DomainError, NotYours
from services.errors import ServicesError
from storage.engine import Store
from storage.errors import NotFound, Stale
from storage.vault import Vault
from storage.work import Work

SAID: Final = {(cell.deed, cell.what, cell.who): cell.said for cell in read()}
SERVICES: Final = Path(__file__).parents[2] / "services"


class Undone(Exception):  # noqa: N818 - it ends a unit without a trace
    """What a call came to; whatever it changed is rolled back with it."""


@pytest.fixture
async def office(sqlite_url: str, vault: Vault) -> Office:
    return Office(await Store.open(sqlite_url, vault=vault, clock=Clock()), Clock())


def _outcome(work: Work, world: World, place: int, who: str) -> str:
    try:
        CALLS[place][3](work, world.actors[who], world)
    except NotYours:
        return "refused"
    except (DomainError, ServicesError, NotFound, Stale):
        return "not now"
    return "done"


async def test_every_service_refuses_whom_the_matrix_refuses(office: Office) -> None:
    world = await build(office)
    wrong = []
    for place, (service, deed, what, _) in enumerate(CALLS):
        for who in world.actors:

            def unit(work: Work, place: int = place, who: str = who) -> None:
                raise Undone(_outcome(work, world, place, who))

            with pytest.raises(Undone) as ended:
                await office.look(unit)
            came, said = str(ended.value), SAID[deed, what, who]
            if came == ("refused" if said == YES else "done"):
                wrong.append(f"{service} by {who}: {came}, and the matrix says {said}")
    await office.store.close()
    assert wrong == []


def _with_actor() -> set[str]:
    """The services that are told who acts, by their module."""
    found = set()
    for path in SERVICES.glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}
                if names & {"actor", "by"} and "work" in names:
                    found.add(f"{path.stem}.{node.name}")
    return found


OWN: Final = frozenset(
    """
    agreement.to_accept agreement.filed_under alike.find cosign.wanted cosign.waiting
    cosign.take_back drafts.mine drafts.unfinished expiry.closed expiry.restore links.accounts
    personal.kept_of personal.ask resets.ask_for_case resets.may_renew resets.withdraw resets.usable
    resets.renew_passcode substitutes.candidates factors.standing factors.await_signature
    factors.forget_awaited factors.note_signed factors.note_made factors.prepare factors.finish
    factors.current factors.may_make factors.making factors.let factors.begin_totp factors.begin_pin
    factors.confirm factors.remove desk.opened
    """.split()
)
"""They look at what is the actor's own alone: with no such thing they find none."""

WITHIN: Final = frozenset(
    """
    case_acts.act case_acts.insist cases.ticks_of case_acts.on_behalf complaint_acts.act
    complaints.look_up complaints.reply complaints.accept complaints.object_to
    notices.announce notices.revise notices.recall notices.begin notices.adopt resets.note
    refusals.take refusals.leave refusals.conclude
    """.split()
)
"""What other services call after they have asked, the steps that `case_acts.insist` asks for, and what the
owner of a complaint does, who is shown to be that by the chat or by the passcode."""


def test_no_service_that_is_told_who_acts_is_forgotten() -> None:
    called = {service for service, *_ in CALLS}
    assert _with_actor() - called - OWN - WITHIN == set()
    assert called - _with_actor() - {"drafts.owned"} == set(), "a service of that name is gone"
