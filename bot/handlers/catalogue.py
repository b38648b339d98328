"""«فهرست‌ها» under «تنظیمات»: debt types and reasons, with their wordings; `agencies` are a list as well."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.conversations.catalogue_forms import AGENCY_RENAMED, ENTRY_FORMS, OFFICIAL, PREFIX
from bot.conversations.form import Form, Position, reopened
from bot.handlers import agencies, forms
from bot.handlers.agencies import AGENCIES, SLOT
from bot.handlers.forms import Ready
from bot.lists import first_on, how_many, named, on_page, pages
from bot.part import Part
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, require
from domain.catalogue import Listed, ways_back
from domain.lifecycle import OTHER
from messages_fa import catalogue as texts
from messages_fa import general
from services import catalogue as office
from services.cases import name_of
from services.errors import EntryDouble, EntryFixed, NameNeeded
from storage.errors import Stale


def show_lists(turn: Turn, *_rest: str) -> None:
    """«فهرست‌ها»: which one."""
    require(turn.actor, Deed.CATALOGUE)
    listed = [Button(title, f"cat:list:{name}:0") for name, title in texts.NAMES.items()]
    last = Button(texts.AGENCIES, f"cat:list:{AGENCIES}:0")
    turn.show(Screen(texts.lists(), column(*listed, last)), slot=SLOT)


def _show_list(turn: Turn, name: str, page: str) -> None:
    require(turn.actor, Deed.CATALOGUE)
    at = number(page)
    rows = agencies.rows(turn) if name == AGENCIES else _entry_rows(turn, name)
    here, first = on_page(rows, at), first_on(at)
    keys = named([(title, f"cat:one:{name}:{code}") for code, title, _on in here], first)
    told = texts.listing(
        name,
        [(n, title, on) for n, (_code, title, on) in enumerate(here, first)],
        general.page(at + 1, how_many(len(rows))),
    )
    new = () if name == AGENCIES else (Button(texts.NEW, f"cat:new:{name}:"),)
    more = (*pages(at, len(rows), f"cat:list:{name}"), *column(*new, Button(texts.TO_LISTS, "cat:lists::")))
    turn.show(Screen(told, (*keys, *more)), slot=SLOT)


_Rows = list[tuple[str, str, bool]]
"""Code, title, and whether it is offered."""


def _entry_rows(turn: Turn, name: str) -> _Rows:
    return [(entry.code, entry.title, entry.offered) for entry in office.entries(turn.work, name)]


def _show_one(turn: Turn, name: str, code: str) -> None:
    require(turn.actor, Deed.CATALOGUE)
    if name == AGENCIES:
        agencies.show(turn, number(code))
    else:
        _show_entry(turn, name, code)


def _show_page(turn: Turn, what: str, page: str) -> None:
    """Another page of an entry's wordings, or of an agency's officials."""
    require(turn.actor, Deed.CATALOGUE)
    name, _, code = what.partition(".")
    if name == AGENCIES:
        agencies.show(turn, number(code), number(page))
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
        for old in on_page(wordings, page)
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
    versions = office.versions(turn.work, name, code)
    earlier = ways_back(
        ((old.version, (old.title, old.ground)) for old in versions), (entry.title, entry.ground)
    )
    switch = (texts.RETIRE, "off") if entry.offered else (texts.OFFER, "on")
    return column(
        Button(texts.EDIT, f"cat:edit:{name}:{code}"),
        *((Button(texts.EDIT_GROUND, f"cat:ground:{name}:{code}"),) if name != Listed.DEBT_TYPES else ()),
        Button(switch[0], f"cat:{switch[1]}:{name}:{code}"),
        *(Button(texts.revert(v), f"cat:back:{name}:{code}.{v}") for v in earlier),
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
        _ask(turn, name, replaced.code if replaced else None, reopened(answers, "title"))
        return
    except Stale:
        if replaced is None:
            raise
        turn.tell(texts.changed_meanwhile(office.entry(turn.work, name, replaced.code).title))
        _ask(turn, name, replaced.code, reopened(answers, "sure"))
        return
    turn.tell(texts.saved(entry.title))
    _show_entry(turn, name, entry.code)


def _switch(*, on: bool) -> Callable[[Turn, str, str], None]:
    def act(turn: Turn, name: str, code: str) -> None:
        if name == AGENCIES:
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


_VERBS: Final[Mapping[str, Callable[[Turn, str, str], None]]] = {
    "lists": show_lists,
    "list": _show_list,
    "one": _show_one,
    "page": _show_page,
    "log": agencies.show_changes,
    "new": _new,
    "edit": _edit("title"),
    "ground": _edit("ground"),
    "on": _switch(on=True),
    "off": _switch(on=False),
    "back": _revert,
    "name": agencies.rename,
    "official": agencies.add_official,
    "ended": agencies.end_official,
    "cosign": agencies.switch_cosign,
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
        AGENCY_RENAMED.name: agencies.finish_name,
        OFFICIAL.name: agencies.finish_official,
    },
)
