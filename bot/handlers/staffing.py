"""Roles by two admins «دادن نقش»: one proposes, another confirms; and the area's buttons and sweeps."""

from collections.abc import Callable
from typing import Final

from bot import staffing_cards as cards
from bot.cards import Errand
from bot.conversations.staffing_forms import GRANT_AGENCY, RENAME, SUBSTITUTE
from bot.handlers import forms, leaving, people, substitutes
from bot.handlers.forms import Ready
from bot.handlers.signing import signed
from bot.lists import named
from bot.office import Office
from bot.one_by_one import one_by_one
from bot.part import Part
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, Thing, require
from domain.errors import NotYours
from domain.roles import SENSITIVE, Role
from messages_fa import buttons
from messages_fa import staffing as texts
from messages_fa.names import ROLES
from services import people as known
from services import staffing as office
from services.errors import AgencyNeeded, LastAdmin, NameNeeded, NoProposal, RoleUnfit, SubstituteUnfit
from storage.records.staffing import GrantProposal
from storage.work import Work


def press(turn: Turn, rest: list[str]) -> None:
    """What is pressed about staff; person and role are asked again at every press.

    Raises:
        OldButton: there is no such button.
    """
    verb, about = rest
    if verb not in _VERBS:
        raise OldButton
    try:
        _VERBS[verb](turn, about)
    except (NotYours, RoleUnfit, SubstituteUnfit) as refused:
        turn.answer(texts.refused(refused.why))
    except AgencyNeeded:
        turn.answer(texts.refused("agency"))
    except LastAdmin:
        turn.answer(texts.refused("last_admin"))


# Giving a role to somebody known


def _choose_role(turn: Turn, person: str) -> None:
    """«دادن نقش»: which."""
    one = known.one(turn.work, by=turn.actor, person_id=number(person))
    free = [role for role in Role if role not in one.roles]
    require(turn.actor, Deed.GRANT, Thing(owner=one.person.id))
    if not free:
        turn.answer(texts.no_role_left())
        return
    each = (Button(ROLES[role], f"ppl:role:{one.person.id}.{role}") for role in free)
    text = texts.choose_role(one.person.name)
    turn.show(Screen(text, column(*each, _to_person(one.person.id))), slot="people")


def _chose_role(turn: Turn, about: str) -> None:
    person_id, role, _ = _about(about)
    if role is not Role.OFFICER:
        _ask_sure(turn, person_id, role, None)
    elif not turn.work.people.agencies():
        turn.show(Screen(texts.no_agency(), column(_to_person(person_id))), slot="people")
    else:
        turn.shown = True  # the page stays; the question comes as a message of its own
        forms.begin(turn, GRANT_AGENCY, subject=person_id)


def _finish_agency(turn: Turn, ready: Ready) -> None:
    """For which agency: then the same question as for any role."""
    forms.drop(turn, ready.run)
    agency_id = number(str(ready.position.answers["agency"]))
    _ask_sure(turn, ready.run.subject or 0, Role.OFFICER, agency_id)


def _ask_sure(turn: Turn, person_id: int, role: Role, agency_id: int | None) -> None:
    one = known.one(turn.work, by=turn.actor, person_id=person_id)
    asked = office.confirmers(turn.work, but=turn.actor.person_id, about=person_id)
    agency = turn.work.people.agency(agency_id) if agency_id is not None else None
    text = texts.sure_to_give(
        one.person.name,
        role,
        agency.name if agency else "",
        waits=role in SENSITIVE and bool(asked),
        alone=role in SENSITIVE and not asked,
    )
    data = f"ppl:sure:{person_id}.{role}" + (f".{agency_id}" if agency_id is not None else "")
    keep = Button(buttons.NOT_TO_GIVE, f"i:who.{person_id}.0")
    turn.show(Screen(text, column(Button(buttons.SURE_TO_GIVE, data), keep)), slot="people")


def _give(turn: Turn, about: str) -> None:
    """«بله، نقش داده شود»: in force now, or once another admin has confirmed."""
    if not signed(turn, f"ppl:sure:{about}"):
        return
    person_id, role, agency_id = _about(about)
    given = office.give(turn.work, by=turn.actor, person_id=person_id, role=role, agency_id=agency_id)
    name, made = given.proposal.name, given.proposal
    if given.waits:
        cards.ask_others(turn, made)
        text = texts.proposed(name, role, made.expires_at)
    else:
        cards.in_force(turn, made)
        text = texts.given(name, role)
    turn.show(Screen(text, column(_to_person(person_id))), slot="people")


def _about(about: str) -> tuple[int, Role, int | None]:
    """Person, role and agency of a button.

    Raises:
        OldButton: it names none.
    """
    person, _, rest = about.partition(".")
    role, _, agency = rest.partition(".")
    if role not in set(Role):
        raise OldButton
    return number(person), Role(role), number(agency) if agency else None


def _to_person(person_id: int) -> Button:
    return Button(buttons.TO_PERSON, f"i:who.{person_id}.0")


# The second admin


def _list(turn: Turn, _about: str = "") -> None:
    """«در انتظار تأیید مدیر دوم»."""
    rows = [(n, cards.waiting(turn.work, one)) for n, one in enumerate(_waiting(turn), 1)]
    opens = named([(one.name, f"ppl:card:{one.id}") for one in _waiting(turn)], 1)
    back = column(Button(buttons.BACK_TO_LIST, "i:0"))
    turn.show(Screen(texts.waiting(rows), (*opens, *back)), slot="people")


def _waiting(turn: Turn) -> tuple[GrantProposal, ...]:
    return office.waiting(turn.work, by=turn.actor)


def _card(turn: Turn, proposal: str) -> None:
    """One of the list: what can be done with it, if anything, and the way back."""
    one = office.seen(turn.work, by=turn.actor, proposal_id=number(proposal))
    card = cards.screen(turn.work, turn.actor, one)
    back = Button(buttons.WAITING_GRANTS, "ppl:wait:0")
    turn.show(Screen(card.text, (*card.rows, (back,))), slot=cards.slot(one.id))


def _confirm(turn: Turn, proposal: str) -> None:
    """«تأیید می‌کنم»: the second admin, signed."""
    if not signed(turn, f"ppl:yes:{proposal}"):
        return
    _end(turn, number(proposal), office.confirm)


def _refuse(turn: Turn, proposal: str) -> None:
    """«رد می‌کنم» of another admin, «پس گرفتن پیشنهاد» of who proposed it."""
    _end(turn, number(proposal), office.refuse)


def _end(turn: Turn, proposal_id: int, do: Callable[..., GrantProposal]) -> None:
    try:
        ended = do(turn.work, by=turn.actor, proposal_id=proposal_id)
    except NoProposal:
        turn.answer(texts.refused("ended"))
        _show(turn, office.seen(turn.work, by=turn.actor, proposal_id=proposal_id))
        return
    if ended.outcome == "confirmed":
        cards.in_force(turn, ended)
        turn.answer(texts.confirmed(ended.name))
    if turn.actor.person_id != ended.proposed_by:
        cards.tell(turn, ended.proposed_by, texts.ended_to_proposer(cards.waiting(turn.work, ended)))
    _show(turn, ended)
    cards.redraw(turn, ended, but=[turn.place])


def _show(turn: Turn, one: GrantProposal) -> None:
    turn.show(cards.screen(turn.work, turn.actor, one), slot=cards.slot(one.id))


def expire(work: Work, wiring: Office) -> None:
    """A sweep: what nobody confirmed in time comes to nothing; who proposed it is told."""
    at = Errand(work, wiring)

    def tell(one: GrantProposal) -> None:
        ended = work.staffing.proposal(one.id) or one
        cards.redraw(at, ended)
        cards.tell(at, ended.proposed_by, texts.ended_to_proposer(cards.waiting(work, ended)))

    one_by_one(work, wiring, "expire_grants", office.expire(work), tell)


# A person's name


def _ask_name(turn: Turn, person: str) -> None:
    one = known.one(turn.work, by=turn.actor, person_id=number(person))
    turn.shown = True
    forms.begin(turn, RENAME, subject=one.person.id)


def _finish_name(turn: Turn, ready: Ready) -> None:
    """The name was given: it is what the office knows the person by from now on.

    Raises:
        NotYours: no admin (any more).
    """
    forms.drop(turn, ready.run)
    person_id = ready.run.subject or 0
    try:
        named_so = office.rename(
            turn.work, by=turn.actor, person_id=person_id, name=str(ready.position.answers["name"])
        )
    except NameNeeded:
        forms.begin(turn, RENAME, subject=person_id)
        return
    turn.tell(texts.renamed(named_so.name))
    people.show_person(turn, person_id, "0")


_VERBS: Final[dict[str, Callable[[Turn, str], None]]] = {
    "give": _choose_role,
    "role": _chose_role,
    "sure": _give,
    "wait": _list,
    "card": _card,
    "yes": _confirm,
    "no": _refuse,
    "name": _ask_name,
    **leaving.VERBS,
    **substitutes.VERBS,
}

PART: Final = Part(
    buttons={"ppl": (press, 2)},
    finish={
        GRANT_AGENCY.name: _finish_agency,
        RENAME.name: _finish_name,
        SUBSTITUTE.name: substitutes.finish,
    },
    words={
        buttons.MY_SUBSTITUTE: substitutes.show,
        buttons.LEAVE_ALL: leaving.ask,
        buttons.WAITING_GRANTS: _list,
    },
    sweeps=(
        ("expire_grants", expire, 60),
        ("tell_substitutes", substitutes.tell_due, 60),
    ),
)
