"""Agencies under «فهرست‌ها»: their names, authorised officials and co-signature, and who changed what."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.conversations.catalogue_forms import AGENCY_RENAMED, OFFICIAL
from bot.conversations.form import reopened
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.lists import on_page, pages
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.roles import Role
from messages_fa import catalogue as texts
from services import catalogue as office
from services import cosign
from services.cases import name_of
from services.errors import EntryDouble
from storage.records import Agency

AGENCIES: Final = "agencies"
"""The name of this list among the others, in buttons."""
SLOT: Final = "catalogue"
"""The place in a chat where these screens and those of the other lists stand."""


def rows(turn: Turn) -> list[tuple[str, str, bool]]:
    """Number, name, and whether it is offered, of each."""
    return [(str(agency.id), agency.name, agency.active) for agency in turn.work.people.agencies()]


def show(turn: Turn, agency_id: int, page: int = 0) -> None:
    """An agency with a page of its officials."""
    agency = office.agency(turn.work, turn.actor, agency_id)
    listed = office.officials(turn.work, agency_id)
    officials = on_page(listed, page)
    text = texts.agency(
        name=agency.name,
        active=agency.active,
        officers=_officers(turn, agency_id),
        cosign=agency.cosign,
        officials=[(one.name, one.post) for one in officials],
        of=len(listed),
    )
    switch = (texts.HIDE, "off") if agency.active else (texts.SHOW, "on")
    keys = column(
        Button(texts.RENAME, f"cat:name:{AGENCIES}:{agency_id}"),
        Button(texts.ADD_OFFICIAL, f"cat:official:{AGENCIES}:{agency_id}"),
        *(Button(texts.end_official(one.name), f"cat:ended:{one.id}:{agency_id}") for one in officials),
        Button(*_cosign_key(agency)),
        Button(switch[0], f"cat:{switch[1]}:{AGENCIES}:{agency_id}"),
        Button(texts.CHANGES, f"cat:log:{agency_id}:0"),
        Button(texts.TO_LIST, f"cat:list:{AGENCIES}:0"),
    )
    turning = pages(page, len(listed), f"cat:page:{AGENCIES}.{agency_id}")
    turn.show(Screen(text, (*turning, *keys)), slot=SLOT)


def show_changes(turn: Turn, agency: str, page: str) -> None:
    """Who changed what of an agency, the newest first."""
    agency_id, at = number(agency), number(page)
    changes = office.changes(turn.work, turn.actor, agency_id)
    rows = [(one.what, one.value, name_of(turn.work, one.by), one.at) for one in on_page(changes, at)]
    name = office.agency(turn.work, turn.actor, agency_id).name
    back = column(Button(texts.TO_AGENCY, f"cat:one:{AGENCIES}:{agency_id}"))
    turning = pages(at, len(changes), f"cat:log:{agency_id}")
    turn.show(Screen(texts.changes(name, rows), (*turning, *back)), slot=SLOT)


def _cosign_key(agency: Agency) -> tuple[str, str]:
    label, on = (texts.COSIGN_OFF, 0) if agency.cosign else (texts.COSIGN_ON, 1)
    return label, f"cat:cosign:{on}:{agency.id}"


def _officers(turn: Turn, agency_id: int) -> int:
    officers = turn.work.people.with_role(Role.OFFICER)
    return sum(person.active and person.actor.agency_id == agency_id for person in officers)


def rename(turn: Turn, _name: str, agency: str) -> None:
    """Ask for its new name."""
    found = office.agency(turn.work, turn.actor, number(agency))
    turn.shown = True
    forms.begin(turn, AGENCY_RENAMED, subject=found.id)


def finish_name(turn: Turn, ready: Ready) -> None:
    """The agency bears its new name."""
    _with_agency(
        turn,
        ready,
        lambda agency_id, answers: office.rename_agency(
            turn.work, by=turn.actor, agency_id=agency_id, name=str(answers.get("name") or "")
        ),
    )


def add_official(turn: Turn, _name: str, agency: str) -> None:
    """Ask who else may sign its letters."""
    found = office.agency(turn.work, turn.actor, number(agency))
    turn.shown = True
    forms.begin(turn, OFFICIAL, subject=found.id)


def finish_official(turn: Turn, ready: Ready) -> None:
    """Somebody is noted as an authorised official."""
    _with_agency(
        turn,
        ready,
        lambda agency_id, answers: office.add_official(
            turn.work,
            by=turn.actor,
            agency_id=agency_id,
            name=str(answers.get("name") or ""),
            post=str(answers.get("post") or ""),
        ),
    )


def _with_agency(turn: Turn, ready: Ready, act: Callable[[int, Mapping[str, object]], object]) -> None:
    agency_id = ready.run.subject
    forms.drop(turn, ready.run)
    if agency_id is None:
        raise OldButton
    try:
        act(agency_id, ready.position.answers)
    except EntryDouble as double:
        turn.tell(texts.double(double.title))
        turn.shown = True
        again = reopened(ready.position.answers, "name")
        forms.begin(turn, ready.form, subject=agency_id, position=again)
        return
    turn.tell(texts.saved(str(ready.position.answers.get("name") or "")))
    show(turn, agency_id)


def end_official(turn: Turn, official: str, agency: str) -> None:
    """An official signs its letters no more."""
    ended = office.end_official(
        turn.work, by=turn.actor, agency_id=number(agency), official_id=number(official)
    )
    turn.answer(texts.official_ended(ended.name))
    show(turn, number(agency))


def switch_cosign(turn: Turn, on: str, agency: str) -> None:
    """Its official confirms each proposal in the bot, or does not have to."""
    cosign.set_cosign(turn.work, turn.actor, number(agency), on=on == "1")
    show(turn, number(agency))
