"""«گروه‌های مخاطبان»: audiences kept under a name, with preview, history and the way back to a version."""

from collections.abc import Callable
from typing import Final

from bot.conversations.audience_forms import AUDIENCE, answers_of
from bot.conversations.form import Position, reopened
from bot.conversations.notice_forms import audience_of
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.lists import first_on, how_many, named, on_page, pages
from bot.notice_view import counted, rule_name
from bot.part import Part
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn, number
from domain.audience import Audience
from domain.authority import Deed, require
from domain.catalogue import ways_back
from messages_fa import audiences as texts
from messages_fa import buttons, general
from messages_fa.markup import Text, series
from services import audiences as office
from services.audience import count
from services.audiences import Saved
from services.cases import name_of
from services.errors import AudienceEmpty, EntryDouble
from storage.errors import Stale

SLOT: Final = "audiences"


def _show_list(turn: Turn, page: str, _rest: str) -> None:
    require(turn.actor, Deed.NOTICES)
    every, at = office.every(turn.work), number(page)
    here, first = on_page(every, at), first_on(at)
    rows = [(n, one.title, _people(turn, one.audience), one.offered) for n, one in enumerate(here, first)]
    keys = (
        *named([(one.title, f"aud:one:{one.code}:0") for one in here], first),
        *pages(at, len(every), "aud:list", ":0"),
        *column(Button(texts.NEW, "aud:new:0:0"), Button(buttons.NOTICES, "ntc:0:0:page")),
    )
    told = texts.listing(rows, general.page(at + 1, how_many(len(every))))
    turn.show(Screen(told, keys), slot=SLOT)


def _people(turn: Turn, whom: Audience) -> int:
    return count(turn.work, whom, service=True, platforms=turn.office.platforms).recipients


def _show_one(turn: Turn, code: str, page: str = "0") -> None:
    """One of them with a page of its versions, the newest first, and the ways back to those."""
    now = office.one(turn.work, turn.actor, code)
    versions, at = tuple(reversed(office.versions(turn.work, code))), number(page)
    here = on_page(versions, at)
    history = [
        (saved.version, saved.title, _rules(turn, saved.audience), row.set_at, who, saved.offered)
        for saved, row in here
        for who in [name_of(turn.work, row.set_by)]
    ]
    counts = counted(turn.work, turn.office, now.audience, service=True)
    keys = (
        *pages(at, len(versions), f"aud:one:{code}"),
        *_keys(now, [saved for saved, _ in reversed(here)]),
    )
    turn.show(Screen(texts.card(now.title, counts, history, on=now.offered), keys), slot=SLOT)


def _rules(turn: Turn, whom: Audience) -> str:
    return series(rule_name(turn.work, part) for part in whom.parts())


def _keys(now: Saved, shown: list[Saved]) -> Rows:
    ways = ways_back(((old.version, (old.title, old.audience)) for old in shown), (now.title, now.audience))
    label, verb = (texts.RETIRE, "off") if now.offered else (texts.OFFER, "on")
    return column(
        Button(texts.RENAME, f"aud:name:{now.code}:{now.version}"),
        Button(texts.EDIT, f"aud:who:{now.code}:{now.version}"),
        Button(label, f"aud:{verb}:{now.code}:0"),
        *(Button(texts.revert(version), f"aud:back:{now.code}:{version}") for version in ways),
        Button(texts.TO_LIST, "aud:list:0:0"),
    )


def _new(turn: Turn, _code: str, _rest: str) -> None:
    require(turn.actor, Deed.NOTICES)
    turn.shown = True
    forms.begin(turn, AUDIENCE)


def _edit(step: str) -> Callable[[Turn, str, str], None]:
    """Ask for one thing of it; what else it has stays as it is."""

    def act(turn: Turn, code: str, _version: str) -> None:
        now = office.one(turn.work, turn.actor, code)
        turn.shown = True
        position = Position(answers_of(now.title, now.audience), step)
        forms.begin(turn, AUDIENCE, subject=now.row, position=position)

    return act


def _switch(*, on: bool) -> Callable[[Turn, str, str], None]:
    def act(turn: Turn, code: str, _rest: str) -> None:
        now = office.switch(turn.work, by=turn.actor, code=code, on=on)
        turn.answer(texts.switched(now.title, on=on))
        _show_one(turn, code)

    return act


def _revert(turn: Turn, code: str, version: str) -> None:
    try:
        now = office.revert(turn.work, by=turn.actor, code=code, version=number(version))
    except EntryDouble as double:
        turn.answer(_double(turn, double).plain)
        return
    turn.answer(texts.saved(now.title))
    _show_one(turn, code)


def _double(turn: Turn, double: EntryDouble) -> Text:
    taken = office.called(turn.work, double.title)
    return texts.double(double.title, on=taken is None or taken.offered)


def finish(turn: Turn, ready: Ready) -> None:
    """It was confirmed: it is saved, or changed; what a colleague did meanwhile stands."""
    answers = ready.position.answers
    seen = turn.work.catalogue.wording(ready.run.subject) if ready.run.subject is not None else None
    title, whom = str(answers.get("title") or ""), audience_of(answers)
    forms.drop(turn, ready.run)
    try:
        if seen is None:
            now = office.add(turn.work, by=turn.actor, title=title, audience=whom)
        else:
            now = office.change(
                turn.work, by=turn.actor, code=seen.code, seen=seen.version, title=title, audience=whom
            )
    except EntryDouble as double:
        turn.tell(_double(turn, double))
        turn.shown = True
        forms.begin(turn, AUDIENCE, subject=ready.run.subject, position=reopened(answers, "title"))
        return
    except Stale:
        turn.tell(texts.changed_meanwhile(title))
        _show_one(turn, seen.code if seen else "")
        return
    turn.answer(texts.saved(now.title))
    _show_one(turn, now.code)


_VERBS: Final[dict[str, Callable[[Turn, str, str], None]]] = {
    "list": _show_list,
    "one": _show_one,
    "new": _new,
    "name": _edit("title"),
    "who": _edit("audience"),
    "on": _switch(on=True),
    "off": _switch(on=False),
    "back": _revert,
}


def _press(turn: Turn, rest: list[str]) -> None:
    verb, code, argument = rest
    if verb not in _VERBS:
        raise OldButton
    try:
        _VERBS[verb](turn, code, argument)
    except AudienceEmpty:
        raise OldButton from None


PART: Final = Part(buttons={"aud": (_press, 3)}, finish={AUDIENCE.name: finish})
