"""Who is who: entering by an invitation, inviting others, the list of people."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot import staffing_cards as cards
from bot.conversations.people_forms import INVITATION
from bot.handlers import forms, start
from bot.handlers.forms import Ready
from bot.handlers.signing import signed, signed_form
from bot.lists import PAGE, first_on, named, pages
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, plays
from domain.errors import NotYours
from domain.roles import SENSITIVE, Role
from messages_fa import buttons, general, people
from messages_fa import staffing as texts
from messages_fa.markup import Text
from messages_fa.names import PLATFORMS, ROLES
from persian.text import fold
from services import people as office
from services import staffing, substitutes
from services.errors import InvitationUnusable, LastAdmin, RoleUnfit, ServicesError
from storage.records import Account
from storage.records.staffing import GrantProposal


def seems_invitation(text: str) -> bool:
    """Whether a text can only be meant as the code of an invitation."""
    return _TOKEN.fullmatch(fold(text)) is not None


_TOKEN: Final = re.compile("[0-9a-f]{32}")


def join(turn: Turn, token: str) -> None:
    """`/start CODE`: take up an invitation."""
    try:
        joined = office.join(
            turn.work, platform=turn.chat.platform, user_id=turn.incoming.user_id, token=fold(token)
        )
    except InvitationUnusable as unusable:
        turn.tell(people.invitation_unusable(unusable.why))
        return
    turn.actor = joined.person.actor
    told = people.came_in(joined.person.name, joined.role, joined.agency_name or "")
    cards.tell(turn, joined.invited_by, told)
    text = people.welcome(joined.person.name, joined.role, joined.agency_name or "")
    start.with_menu(turn, text)
    start.set_commands(turn)


def show_people(turn: Turn, page: int = 0) -> None:
    """«کاربران»: a page of everybody, each a key to the person's own page; and the way to invite.

    Raises:
        NotYours: no admin.
    """
    everybody = office.everybody(turn.work, by=turn.actor)
    first, here = first_on(page), everybody[page * PAGE : (page + 1) * PAGE]
    rows = [(n, one.person.name, one.roles, one.agency_name) for n, one in enumerate(here, first)]
    keys = named([(one.person.name, f"i:who.{one.person.id}.{page}") for one in here], first)
    text = people.listing(rows, general.page(page + 1, -(-len(everybody) // PAGE)))
    more = (*pages(page, len(everybody), "i"), *column(_INVITE, _WAITING, _RESETS, _DATA))
    turn.show(Screen(text, (*keys, *more)), slot="people")


_INVITE: Final = Button(buttons.INVITE, "i:new")
_WAITING: Final = Button(buttons.WAITING_GRANTS, "ppl:wait:0")
_DATA: Final = Button(buttons.DATA_REQUESTS, "dta:list:0")
_RESETS: Final = Button(buttons.RESETS, "rst:list:0")


def act(turn: Turn, verb: str) -> None:
    """What is pressed about people: a page of the list, by its number, or a verb with its arguments.

    Raises:
        OldButton: there is no such verb.
    """
    name, *arguments = verb.split(".")
    if not plays(turn.actor, Deed.PEOPLE):
        turn.tell(general.not_allowed())
    elif name in _VERBS and not arguments:
        _VERBS[name](turn)
    elif name in _ABOUT_ONE and len(arguments) == _PARTS:
        _ABOUT_ONE[name](turn, number(arguments[0]), arguments[1])
    else:
        show_people(turn, number(verb))


_PARTS: Final = 2
"""Of what is pressed about one person: the person, then a page or a role."""


def show_person(turn: Turn, person_id: int, came_from: str) -> None:
    """One person's page, with the way back to the page of the list.

    Raises:
        NotYours: no admin.
        NotFound: there is no such person.
    """
    known = office.one(turn.work, by=turn.actor, person_id=person_id)
    accounts = turn.work.people.accounts_of(person_id)
    text = people.person(
        name=known.person.name,
        roles=known.roles,
        agency=known.agency_name,
        accounts=len(accounts),
        more=_more(turn, known, accounts),
    )
    taking = (Button(buttons.revoke_role(ROLES[role]), f"i:take.{person_id}.{role}") for role in known.roles)
    back = Button(buttons.BACK_TO_LIST, f"i:{number(came_from)}")
    acts = (*taking, *_acts(turn, known, has_account=bool(accounts)), back)
    turn.show(Screen(text, column(*acts)), slot="people")


def _more(turn: Turn, known: office.Known, accounts: Sequence[Account]) -> Text:
    """Last seen, roles given by one admin alone, substitutions, and roles that wait for a second admin."""
    person_id = known.person.id
    seen = [account.last_seen for account in accounts if account.last_seen is not None]
    alone = staffing.given_by_one(turn.work, person_id)
    waits = [one for one in turn.work.staffing.open_proposals() if one.person_id == person_id]
    roles = [(one.role, one.kind == "removal") for one in waits if one.role is not None]
    return texts.person_more(
        last_seen=max(seen, default=None),
        now=turn.work.now,
        alone=[role for role in known.roles if role in alone],
        standing=[cards.standing(one) for one in substitutes.of_person(turn.work, person_id)],
        waits=[role for role, goes in roles if not goes],
        going=[role for role, goes in roles if goes],
    )


def _acts(turn: Turn, known: office.Known, *, has_account: bool) -> tuple[Button, ...]:
    """What an admin can do: give a role, correct the name, end accounts or let back in."""
    person_id, mine = known.person.id, known.person.id == turn.actor.person_id
    give = () if mine else (Button(buttons.GIVE_ROLE, f"ppl:give:{person_id}"),)
    rename = (Button(buttons.RENAME, f"ppl:name:{person_id}"),)
    cut = (Button(buttons.CUT_ACCOUNTS, f"ppl:cut:{person_id}"),) if has_account else ()
    back = () if has_account or not known.roles else (Button(buttons.LET_BACK, f"ppl:back:{person_id}"),)
    ends = [
        Button(buttons.end_substitute(n), f"ppl:subend:{one.substitution.id}")
        for n, one in enumerate(substitutes.of_person(turn.work, person_id), 1)
    ]
    return (*give, *rename, *cut, *back, *ends)


def _ask_to_revoke(turn: Turn, person_id: int, role: str) -> None:
    """«برداشتن نقش …»: asked once more."""
    known = office.one(turn.work, by=turn.actor, person_id=person_id)
    if role not in known.roles:
        raise OldButton
    sure = Button(buttons.SURE_TO_REVOKE, f"i:taken.{person_id}.{role}")
    keep = Button(buttons.KEEP_ROLE, f"i:who.{person_id}.0")
    turn.show(Screen(people.sure_to_revoke(known.person.name, role), column(sure, keep)), slot="people")


def _revoke(turn: Turn, person_id: int, role: str) -> None:
    """«بله، نقش برداشته شود», signed; a second press finds it gone already."""
    if not signed(turn, f"i:taken.{person_id}.{role}"):
        return
    known = office.one(turn.work, by=turn.actor, person_id=person_id)
    if role not in known.roles:
        raise OldButton
    try:
        proposed = staffing.take(turn.work, by=turn.actor, person_id=person_id, role=Role(role))
    except LastAdmin:
        turn.answer(people.last_admin())
    except RoleUnfit as unfit:
        turn.answer(texts.refused(unfit.why))
    else:
        if proposed is not None:
            _propose_removal(turn, proposed, role)
            return
        turn.answer(people.revoked(known.person.name, role))
        cards.revoked(turn, person_id, known.person.name, role)
    if person_id == turn.actor.person_id:
        turn.actor = office.actor_of(turn.work, turn.chat.platform, turn.incoming.user_id)
    if plays(turn.actor, Deed.PEOPLE):
        show_person(turn, person_id, "0")
    else:
        start.menu(turn)
        start.set_commands(turn)


def _propose_removal(turn: Turn, proposed: GrantProposal, role: str) -> None:
    """Another admin's role: it stays until a second admin has confirmed."""
    cards.ask_others(turn, proposed)
    text = texts.removal_proposed(proposed.name, role, proposed.expires_at)
    back = Button(buttons.TO_PERSON, f"i:who.{proposed.person_id}.0")
    turn.show(Screen(text, column(back)), slot="people")


def _invite(turn: Turn) -> None:
    """«دعوت همکار»: ask whom, as what, for which agency."""
    turn.shown = True
    forms.begin(turn, INVITATION)


def finish_invitation(turn: Turn, ready: Ready) -> None:
    """The form is answered and signed: show what would be made, and ask once more."""
    if not signed_form(turn, ready):
        return
    answers = ready.position.answers
    forms.drop(turn, ready.run)
    agency = _agency(turn, answers)
    invited = {"name": str(answers["name"]), "role": str(answers["role"]), "agency": agency}
    sure = (Button(buttons.SURE_TO_INVITE, "i:yes"), Button(buttons.CANCEL, "i:no"))
    text = people.sure_to_invite(
        name=invited["name"] or "",
        role=invited["role"] or "",
        agency=agency or "",
        more=_will_wait(turn, Role(invited["role"] or "")),
    )
    turn.show(Screen(text, column(*sure)), slot="people")
    # Kept with the screen and no longer: a button of another screen makes no invitation.
    turn.chat = replace(turn.chat, shown={**(turn.chat.shown or {}), _INVITED: invited})


_INVITED: Final = "invited"


def _will_wait(turn: Turn, role: Role) -> Text:
    """Whether another admin will be asked to confirm the invitation; the service decides when it is made."""
    if role not in SENSITIVE:
        return Text()
    asked = staffing.confirmers(turn.work, but=turn.actor.person_id)
    return texts.will_wait() if asked else texts.given_alone()


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
        made = staffing.invite(turn.work, by=turn.actor, role=role, name=name, agency=agency)
    except RoleUnfit as unfit:
        turn.answer(texts.refused(unfit.why))
        return
    except (NotYours, ServicesError):
        turn.tell(general.not_allowed())
        return
    links = [
        (PLATFORMS[platform], link)
        for platform in turn.platforms
        if (link := turn.office.link(platform, made.token))
    ]
    text = people.invited(
        name=name,
        role=role,
        agency=agency or "",
        token=made.token,
        links=links,
        until=made.expires_at,
        more=_second_admin(turn, made.token),
    )
    turn.show(Screen(text), slot="people")


def _second_admin(turn: Turn, token: str) -> Text:
    """Whether another admin is to confirm the invitation; then it is asked for."""
    proposal = staffing.of_token(turn.work, token)
    if proposal is None:
        return Text()
    if proposal.outcome == "alone":
        return texts.given_alone()
    cards.ask_others(turn, proposal)
    return texts.waits_for_second(proposal.expires_at)


def _do_not(turn: Turn) -> None:
    """«انصراف», instead."""
    turn.show(Screen(people.not_invited()), slot="people")


_VERBS: Final = {"new": _invite, "yes": _make, "no": _do_not}
_ABOUT_ONE: Final = {"who": show_person, "take": _ask_to_revoke, "taken": _revoke}


def _agency(turn: Turn, answers: Mapping[str, object]) -> str | None:
    """The agency's name: chosen from the list, or typed as a new one."""
    if answers.get("agency_name"):
        return str(answers["agency_name"])
    listed = {str(agency.id): agency.name for agency in turn.work.people.agencies()}
    return listed.get(str(answers.get("agency")))
