"""What one admin proposes, in the chats of those who may confirm it; and messages to staff about roles.

All goes into the outbox in the very transaction of the act that causes it.
"""

from collections.abc import Collection

from bot.cards import Here
from bot.handlers import start
from bot.post import Place, post
from bot.reset_cards import places
from bot.screen import Button, Rows, Screen, column
from bot.turn import Turn
from domain.roles import Actor, Role
from messages_fa import buttons, people
from messages_fa import staffing as texts
from messages_fa.markup import Text
from messages_fa.staffing import Waiting
from messages_fa.substitutes import Standing
from services import staffing as office
from services import substitutes
from services.cases import name_of
from storage.records import Lane
from storage.records.staffing import GrantProposal
from storage.work import Work


def slot(proposal_id: int) -> str:
    """The place in an admin's chat where the card of this proposal stands."""
    return f"grant:{proposal_id}"


def waiting(work: Work, one: GrantProposal) -> Waiting:
    """A proposal as the texts take it."""
    agency = work.people.agency(one.agency_id) if one.agency_id is not None else None
    return Waiting(
        kind=one.kind,
        name=name_of(work, one.person_id) or one.name,
        role=one.role or "",
        agency=agency.name if agency else "",
        by=name_of(work, one.proposed_by),
        until=one.expires_at,
        outcome=one.outcome or "",
        ended_by=name_of(work, one.ended_by),
    )


def standing(one: substitutes.Standing) -> Standing:
    """A substitution as the texts take it."""
    return Standing(one.name, one.substitute, one.first_day, one.last_day)


def screen(work: Work, actor: Actor, one: GrantProposal) -> Screen:
    """The card for this admin."""
    return Screen(texts.card(waiting(work, one)), _rows(actor, one))


def _rows(actor: Actor, one: GrantProposal) -> Rows:
    if one.outcome is not None:
        return ()
    if office.may_confirm(one, actor):
        yes = Button(buttons.CONFIRM_GRANT, f"ppl:yes:{one.id}")
        return ((yes, Button(buttons.REFUSE_GRANT, f"ppl:no:{one.id}")),)
    mine = actor.person_id == one.proposed_by
    return column(Button(buttons.WITHDRAW_GRANT, f"ppl:no:{one.id}")) if mine else ()


def ask_others(at: Here, one: GrantProposal) -> None:
    """Put the card into the chats of those who may confirm it."""
    for person in office.confirmers(at.work, but=one.proposed_by, about=one.person_id):
        for place in places(at, person.id):
            card = screen(at.work, person.actor, one)
            post(at.work, at.office, *place, card, lane=Lane.NOTICES, slot=slot(one.id))


def redraw(at: Here, one: GrantProposal, *, but: Collection[Place] = ()) -> None:
    """Bring the cards that stand up to date, in every other chat."""
    for person in at.work.people.with_role(Role.ADMIN):
        for place in places(at, person.id):
            if place not in but and at.work.outbox.slot_message(*place, slot(one.id)) is not None:
                card = screen(at.work, person.actor, one)
                post(at.work, at.office, *place, card, lane=Lane.NOTICES, slot=slot(one.id), edit=True)


def tell(at: Here, person_id: int | None, text: Text, *, but: Collection[Place] = ()) -> None:
    """Tell one person in every chat of theirs, with the menu of the roles of this moment.

    Where it comes to none, it is told on their return.
    """
    person = at.work.people.get(person_id) if person_id is not None else None
    if person is None:
        return
    told = Screen(text, keyboard=start.keyboard(person.actor))
    purpose = f"staff:{person.id}:{round(at.work.now.timestamp() * 1000)}"
    for place in places(at, person.id):
        if place not in but:
            post(at.work, at.office, *place, told, lane=Lane.NOTICES, purpose=purpose)


def in_force(at: Turn, one: GrantProposal) -> None:
    """Tell who was given a role that it is theirs, or whose role is gone that it is."""
    if one.kind == "grant" and one.role is not None:
        tell(at, one.person_id, texts.got_role(one.role, waiting(at.work, one).agency))
    elif one.kind == "removal" and one.role is not None:
        revoked(at, one.person_id, one.name, one.role)


def revoked(turn: Turn, person_id: int | None, name: str, role: str) -> None:
    """Whose role it was is told; that an admin is one no more, every admin is."""
    tell(turn, person_id, people.revoked_from_you(role, turn.actor.name), but=[turn.place])
    if role == Role.ADMIN:
        for admin in turn.work.people.with_role(Role.ADMIN):
            tell(turn, admin.id, people.admin_gone(name, turn.actor.name), but=[turn.place])
