"""Who is who: entering by an invitation, inviting others, the list of people."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.conversations.people_forms import INVITATION
from bot.handlers import forms, start
from bot.handlers.forms import Ready
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn
from domain.errors import NotYours
from domain.roles import Role
from messages_fa import buttons, general, people
from messages_fa.names import PLATFORMS
from services import people as office
from services.errors import InvitationUnusable, ServicesError


def seems_invitation(text: str) -> bool:
    """Whether a text can only be meant as the code of an invitation."""
    return _TOKEN.fullmatch(text.strip()) is not None


_TOKEN: Final = re.compile("[0-9a-f]{32}")


def join(turn: Turn, token: str) -> None:
    """`/start CODE`: take up an invitation."""
    try:
        joined = office.join(
            turn.work, platform=turn.chat.platform, user_id=turn.incoming.user_id, token=token
        )
    except InvitationUnusable as unusable:
        turn.tell(people.invitation_unusable(unusable.why))
        return
    turn.actor = joined.person.actor
    text = people.welcome(joined.person.name, joined.role, joined.agency_name or "")
    start.with_menu(turn, text)
    start.set_commands(turn)


def show_people(turn: Turn) -> None:
    """«کاربران»: everybody with their roles, and the way to invite."""
    agencies: dict[int | None, str] = {agency.id: agency.name for agency in turn.work.people.agencies()}
    rows = []
    for person in turn.work.people.all():
        agency_id = person.actor.agency_id
        roles = sorted({grant.role for grant in person.grants})
        rows.append((person.name, roles, agencies.get(agency_id, "")))
    turn.show(Screen(people.listing(rows), column(Button(buttons.INVITE, "i:new"))), slot="people")


def act(turn: Turn, verb: str) -> None:
    """What is pressed about inviting.

    Raises:
        OldButton: there is no such verb.
    """
    if verb not in _VERBS:
        raise OldButton
    if not turn.actor.has(Role.ADMIN):
        turn.tell(general.not_allowed())
        return
    _VERBS[verb](turn)


def _invite(turn: Turn) -> None:
    """«دعوت همکار»: ask whom, as what, for which agency."""
    turn.shown = True
    forms.begin(turn, INVITATION)


def finish_invitation(turn: Turn, ready: Ready) -> None:
    """The form is answered: show what would be made, and ask once more."""
    answers = ready.position.answers
    forms.drop(turn, ready.run)
    agency = _agency(turn, answers)
    invited = {"name": str(answers["name"]), "role": str(answers["role"]), "agency": agency}
    sure = (Button(buttons.SURE_TO_INVITE, "i:yes"), Button(buttons.CANCEL, "i:no"))
    text = people.sure_to_invite(name=invited["name"] or "", role=invited["role"] or "", agency=agency or "")
    turn.show(Screen(text, column(*sure)), slot="people")
    # Kept with the screen and no longer: a button of another screen makes no invitation.
    turn.chat = replace(turn.chat, shown={**(turn.chat.shown or {}), _INVITED: invited})


_INVITED: Final = "invited"


def _make(turn: Turn) -> None:
    """«بله، دعوت‌نامه ساخته شود»: make it, and show it once.

    Raises:
        OldButton: it is made already, or another screen was drawn since.
    """
    invited = (turn.chat.shown or {}).get(_INVITED)
    if not isinstance(invited, dict):
        raise OldButton
    name, role, agency = invited["name"], Role(invited["role"]), invited["agency"]
    try:
        made = office.invite(turn.work, by=turn.actor, role=role, name=name, agency=agency)
    except (NotYours, ServicesError):
        turn.tell(general.not_allowed())
        return
    links = [
        (PLATFORMS[platform], link)
        for platform in turn.platforms
        if (link := turn.office.link(platform, made.token))
    ]
    text = people.invited(
        name=name, role=role, agency=agency or "", token=made.token, links=links, until=made.expires_at
    )
    turn.show(Screen(text), slot="people")


def _do_not(turn: Turn) -> None:
    """«انصراف», instead."""
    turn.show(Screen(people.not_invited()), slot="people")


_VERBS: Final = {"new": _invite, "yes": _make, "no": _do_not}


def _agency(turn: Turn, answers: Mapping[str, object]) -> str | None:
    """The agency's name: chosen from the list, or typed as a new one."""
    if answers.get("agency_name"):
        return str(answers["agency_name"])
    listed = {str(agency.id): agency.name for agency in turn.work.people.agencies()}
    return listed.get(str(answers.get("agency")))
