"""«فهرست‌ها» under «تنظیمات»: debt types, reasons, agencies and their authorised officials."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.conversations.catalogue_forms import AGENCY_RENAMED, ENTRY_FORMS, OFFICIAL, PREFIX
from bot.conversations.form import Form, Position
from bot.conversations.given import JSON
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.lists import PAGE, first_on, named, pages
from bot.part import Part
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, require
from domain.catalogue import Listed
from domain.lifecycle import OTHER
from domain.roles import Role
from messages_fa import catalogue as texts
from messages_fa import general
from services import catalogue as office
from services import cosign
from services.cases import name_of
from services.errors import EntryDouble, EntryFixed, NameNeeded
from storage.errors import Stale
from storage.records import Agency

SLOT: Final = "catalogue"
_AGENCIES: Final = "agencies"


def show_lists(turn: Turn, *_rest: str) -> None:
    """«فهرست‌ها»: which one."""
    require(turn.actor, Deed.CATALOGUE)
    listed = [Button(title, f"cat:list:{name}:0") for name, title in texts.NAMES.items()]
    agencies = Button(texts.AGENCIES, f"cat:list:{_AGENCIES}:0")
    turn.show(Screen(texts.lists(), column(*listed, agencies)), slot=SLOT)


def _show_list(turn: Turn, name: str, page: str) -> None:
    require(turn.actor, Deed.CATALOGUE)
    at = number(page)
    rows = _agency_rows(turn) if name == _AGENCIES else _entry_rows(turn, name)
    here, first = rows[at * PAGE : (at + 1) * PAGE], first_on(at)
    keys = named([(title, f"cat:one:{name}:{code}") for code, title, _on in here], first)
    told = texts.listing(
        name,
        [(n, title, on) for n, (_code, title, on) in enumerate(here, first)],
        general.page(at + 1, max(1, -(-len(rows) // PAGE))),
    )
    new = () if name == _AGENCIES else (Button(texts.NEW, f"cat:new:{name}:"),)
    more = (*pages(at, len(rows), f"cat:list:{name}"), *column(*new, Button(texts.TO_LISTS, "cat:lists::")))
    turn.show(Screen(told, (*keys, *more)), slot=SLOT)


_Rows = list[tuple[str, str, bool]]
"""Code, title, and whether it is offered."""


def _entry_rows(turn: Turn, name: str) -> _Rows:
    return [(entry.code, entry.title, entry.offered) for entry in office.entries(turn.work, name)]


def _agency_rows(turn: Turn) -> _Rows:
    return [(str(agency.id), agency.name, agency.active) for agency in turn.work.people.agencies()]


def _show_one(turn: Turn, name: str, code: str) -> None:
    require(turn.actor, Deed.CATALOGUE)
    if name == _AGENCIES:
        _show_agency(turn, number(code))
    else:
        _show_entry(turn, name, code)


def _show_page(turn: Turn, what: str, page: str) -> None:
    """Another page of an entry's wordings, or of an agency's officials."""
    require(turn.actor, Deed.CATALOGUE)
    name, _, code = what.partition(".")
    if name == _AGENCIES:
        _show_agency(turn, number(code), number(page))
    else:
        _show_entry(turn, name, code, number(page))


def _show_entry(turn: Turn, name: str, code: str, page: int = 0) -> None:
    entry = office.entry(turn.work, name, code)
    authors = office.authors(turn.work, name, code)
    wordings = tuple(reversed(office.versions(turn.work, name, code)))
    history = [
        (
            old.version,
            old.title,
            name_of(turn.work, authors[old.version].set_by) if old.version in authors else "",
            authors[old.version].set_at if old.version in authors else None,
            old.offered,
        )
        for old in wordings[page * PAGE : (page + 1) * PAGE]
    ]
    text = texts.entry(
        name,
        title=entry.title,
        ground=entry.ground,
        offered=entry.offered,
        fixed=code == OTHER,
        history=history if len(wordings) > 1 else (),
    )
    turning = pages(page, len(wordings), f"cat:page:{name}.{code}")
    back = Button(texts.TO_LIST, f"cat:list:{name}:0")
    turn.show(Screen(text, (*turning, *_entry_keys(turn, name, code), (back,))), slot=SLOT)


def _entry_keys(turn: Turn, name: str, code: str) -> Rows:
    if code == OTHER:
        return ()
    entry = office.entry(turn.work, name, code)
    differing = [
        old
        for old in office.versions(turn.work, name, code)
        if (old.title, old.ground) != (entry.title, entry.ground)
    ]
    earlier = {(old.title, old.ground): old.version for old in differing}
    switch = (texts.RETIRE, "off") if entry.offered else (texts.OFFER, "on")
    return column(
        Button(texts.EDIT, f"cat:edit:{name}:{code}"),
        *((Button(texts.EDIT_GROUND, f"cat:ground:{name}:{code}"),) if name != Listed.DEBT_TYPES else ()),
        Button(switch[0], f"cat:{switch[1]}:{name}:{code}"),
        *(Button(texts.revert(v), f"cat:back:{name}:{code}.{v}") for v in sorted(earlier.values())[-3:]),
    )


def _new(turn: Turn, name: str, _code: str) -> None:
    require(turn.actor, Deed.CATALOGUE)
    turn.shown = True
    forms.begin(turn, _form(name))


def _edit(step: str) -> Callable[[Turn, str, str], None]:
    """Ask for one thing of an entry; what else it has stays as it is."""

    def act(turn: Turn, name: str, code: str) -> None:
        require(turn.actor, Deed.CATALOGUE)
        if code == OTHER:
            turn.answer(texts.fixed())
            return
        now = office.entry(turn.work, name, code)
        _ask(turn, name, code, Position({"title": now.title, "ground": now.ground or None}, step))

    return act


def _ask(turn: Turn, name: str, code: str | None, position: Position) -> None:
    """Ask for what is lacking of an entry's words; `code` is None for a new one."""
    row = office.row_of(turn.work, turn.actor, name, code) if code is not None else None
    turn.shown = True
    forms.begin(turn, _form(name), subject=row, position=position)


def _form(name: str) -> Form:
    if name not in ENTRY_FORMS:
        raise OldButton
    return ENTRY_FORMS[Listed(name)]


def finish_entry(turn: Turn, ready: Ready) -> None:
    """The words were given and looked at: they are in force."""
    name, answers = ready.form.name.removeprefix(PREFIX), ready.position.answers
    words = {"title": str(answers.get("title") or ""), "ground": str(answers.get("ground") or "")}
    replaced = turn.work.catalogue.wording(ready.run.subject) if ready.run.subject is not None else None
    forms.drop(turn, ready.run)
    try:
        if replaced is None:
            entry = office.add(turn.work, by=turn.actor, name=name, **words)
        else:
            code, seen = replaced.code, replaced.version
            entry = office.reword(turn.work, by=turn.actor, name=name, code=code, seen=seen, **words)
    except EntryDouble as double:
        turn.tell(texts.double(double.title))
        _ask(turn, name, replaced.code if replaced else None, _without_sure(answers, "title"))
        return
    except Stale:
        if replaced is None:
            raise
        turn.tell(texts.changed_meanwhile(office.entry(turn.work, name, replaced.code).title))
        _ask(turn, name, replaced.code, _without_sure(answers, "sure"))
        return
    turn.tell(texts.saved(entry.title))
    _show_entry(turn, name, entry.code)


def _without_sure(answers: Mapping[str, JSON], step: str) -> Position:
    """What was typed, with one of its questions open again."""
    return Position({name: answer for name, answer in answers.items() if name != "sure"}, step)


def _switch(*, on: bool) -> Callable[[Turn, str, str], None]:
    def act(turn: Turn, name: str, code: str) -> None:
        if name == _AGENCIES:
            agency = office.switch_agency(turn.work, by=turn.actor, agency_id=number(code), on=on)
            title = agency.name
        else:
            try:
                title = office.switch(turn.work, by=turn.actor, name=name, code=code, on=on).title
            except EntryFixed:
                turn.answer(texts.fixed())
                return
        turn.answer(texts.switched(title, on=on))
        _show_one(turn, name, code)

    return act


def _revert(turn: Turn, name: str, which: str) -> None:
    code, _, version = which.partition(".")
    try:
        entry = office.revert(turn.work, by=turn.actor, name=name, code=code, version=number(version))
    except EntryDouble as double:
        turn.answer(texts.double(double.title).plain)
        return
    turn.answer(texts.saved(entry.title).plain)
    _show_entry(turn, name, code)


# Agencies


def _show_agency(turn: Turn, agency_id: int, page: int = 0) -> None:
    agency = office.agency(turn.work, turn.actor, agency_id)
    listed = office.officials(turn.work, agency_id)
    officials = listed[page * PAGE : (page + 1) * PAGE]
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
        Button(texts.RENAME, f"cat:name:{_AGENCIES}:{agency_id}"),
        Button(texts.ADD_OFFICIAL, f"cat:official:{_AGENCIES}:{agency_id}"),
        *(Button(texts.end_official(one.name), f"cat:ended:{one.id}:{agency_id}") for one in officials),
        Button(*_cosign_key(agency)),
        Button(switch[0], f"cat:{switch[1]}:{_AGENCIES}:{agency_id}"),
        Button(texts.CHANGES, f"cat:log:{agency_id}:0"),
        Button(texts.TO_LIST, f"cat:list:{_AGENCIES}:0"),
    )
    turning = pages(page, len(listed), f"cat:page:{_AGENCIES}.{agency_id}")
    turn.show(Screen(text, (*turning, *keys)), slot=SLOT)


def _show_changes(turn: Turn, agency: str, page: str) -> None:
    """Who changed what of an agency, the newest first."""
    agency_id, at = number(agency), number(page)
    changes = office.changes(turn.work, turn.actor, agency_id)
    rows = [
        (one.what, one.value, name_of(turn.work, one.by), one.at)
        for one in changes[at * PAGE : (at + 1) * PAGE]
    ]
    name = office.agency(turn.work, turn.actor, agency_id).name
    back = column(Button(texts.TO_AGENCY, f"cat:one:{_AGENCIES}:{agency_id}"))
    turning = pages(at, len(changes), f"cat:log:{agency_id}")
    turn.show(Screen(texts.changes(name, rows), (*turning, *back)), slot=SLOT)


def _cosign_key(agency: Agency) -> tuple[str, str]:
    label, on = (texts.COSIGN_OFF, 0) if agency.cosign else (texts.COSIGN_ON, 1)
    return label, f"cat:cosign:{on}:{agency.id}"


def _officers(turn: Turn, agency_id: int) -> int:
    officers = turn.work.people.with_role(Role.OFFICER)
    return sum(person.active and person.actor.agency_id == agency_id for person in officers)


def _rename(turn: Turn, _name: str, agency: str) -> None:
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


def _add_official(turn: Turn, _name: str, agency: str) -> None:
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
        again = _without_sure(ready.position.answers, "name")
        forms.begin(turn, ready.form, subject=agency_id, position=again)
        return
    turn.tell(texts.saved(str(ready.position.answers.get("name") or "")))
    _show_agency(turn, agency_id)


def _end_official(turn: Turn, official: str, agency: str) -> None:
    ended = office.end_official(
        turn.work, by=turn.actor, agency_id=number(agency), official_id=number(official)
    )
    turn.answer(texts.official_ended(ended.name))
    _show_agency(turn, number(agency))


def _cosign(turn: Turn, on: str, agency: str) -> None:
    cosign.set_cosign(turn.work, turn.actor, number(agency), on=on == "1")
    _show_agency(turn, number(agency))


_VERBS: Final[Mapping[str, Callable[[Turn, str, str], None]]] = {
    "lists": show_lists,
    "list": _show_list,
    "one": _show_one,
    "page": _show_page,
    "log": _show_changes,
    "new": _new,
    "edit": _edit("title"),
    "ground": _edit("ground"),
    "on": _switch(on=True),
    "off": _switch(on=False),
    "back": _revert,
    "name": _rename,
    "official": _add_official,
    "ended": _end_official,
    "cosign": _cosign,
}


def _press(turn: Turn, rest: list[str]) -> None:
    verb, which, argument = rest
    if verb not in _VERBS:
        raise OldButton
    try:
        _VERBS[verb](turn, which, argument)
    except NameNeeded:
        raise OldButton from None


PART: Final = Part(
    buttons={"cat": (_press, 3)},
    finish={
        **{form.name: finish_entry for form in ENTRY_FORMS.values()},
        AGENCY_RENAMED.name: finish_name,
        OFFICIAL.name: finish_official,
    },
)
