"""«توافق‌نامه خدمت»: the terms, shown by section, searched, and accepted."""

from collections.abc import Callable
from typing import Final

from bot.conversations.agreement_forms import (
    TERMS_ADDED,
    TERMS_DAY,
    TERMS_REMOVED,
    TERMS_SEARCH,
    TERMS_SECTION,
)
from bot.handlers import accepting, answering, forms, measured, proposals, terms_writing
from bot.handlers.forms import Ready
from bot.part import Part
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn, number
from domain.agreement import changes, endings, found
from domain.authority import Deed, plays
from messages_fa import agreement as texts
from messages_fa import buttons
from messages_fa.form import shortened
from services import agreement
from services.cases import name_of
from storage.errors import Stale
from storage.records.agreement import TermsVersion

_FOUND: Final = 8
"""Sentences of one answer to a search."""
_LABEL: Final = 45
"""Characters of a section's title on its button."""
_NOTHING: Final = "0"
_VERSION_FROM: Final = 2
"""A version that the office itself published, and whose changes can be shown."""


def show(turn: Turn) -> None:
    """«توافق‌نامه خدمت»: the version in force."""
    _show_version(turn, agreement.in_force(turn.work))


def _show_version(turn: Turn, shown: TermsVersion) -> None:
    now = agreement.number_in_force(turn.work)
    coming = [
        (one.version, one.effective_from)
        for one in agreement.coming(turn.work)
        if one.effective_from is not None and shown.version == now
    ]
    told = texts.overview(
        agreement.DOCUMENT.titles, shown.version, shown.effective_from, endings(shown.sections), coming
    )
    turn.show(Screen(told, column(*_sections(shown), *_more(turn, shown, now))), slot="terms")


def _sections(shown: TermsVersion) -> list[Button]:
    return [
        Button(shortened(section.title.rstrip(": "), _LABEL), f"trm:sec:{shown.version}.{place}")
        for place, section in enumerate(shown.sections, 1)
    ]


def _more(turn: Turn, shown: TermsVersion, now: int) -> list[Button]:
    rows = [Button(buttons.VERSIONS, f"trm:all:{_NOTHING}")]
    if shown.version == now:
        search = Button(buttons.SEARCH_TERMS, f"trm:find:{_NOTHING}")
        rows = [search, *rows, Button(buttons.MEASURED, f"trm:meas:{_NOTHING}")]
    if shown.version >= _VERSION_FROM:
        rows.append(Button(buttons.WHAT_CHANGED, f"trm:diff:{shown.version - 1}.{shown.version}"))
    if plays(turn.actor, Deed.TERMS):
        rows.append(Button(buttons.WRITE_TERMS, f"trm:draft:{_NOTHING}"))
    return rows


def _version(turn: Turn, arg: str) -> None:
    _show_version(turn, agreement.version(turn.work, number(arg)))


def _section(turn: Turn, arg: str) -> None:
    shown, place = _pair(arg)
    version = agreement.version(turn.work, shown)
    if not 1 <= place <= len(version.sections):
        raise OldButton
    section = version.sections[place - 1]
    told = texts.section(version.version, version.effective_from, section.title, section.clauses)
    back = Button(buttons.ALL_SECTIONS, f"trm:ver:{version.version}")
    turn.show(Screen(told, (*_neighbours(version, place), (back,))), slot="terms")


def _neighbours(version: TermsVersion, place: int) -> tuple[tuple[Button, ...], ...]:
    """The section before and the one after."""
    sides = ((place - 1, buttons.PREVIOUS_SECTION), (place + 1, buttons.NEXT_SECTION))
    row = tuple(
        Button(label, f"trm:sec:{version.version}.{there}")
        for there, label in sides
        if 1 <= there <= len(version.sections)
    )
    return (row,) if row else ()


def _versions(turn: Turn, _arg: str) -> None:
    every = agreement.history(turn.work)
    rows = [(one.version, one.effective_from, name_of(turn.work, one.published_by)) for one in every]
    told = texts.versions(rows, agreement.number_in_force(turn.work))
    opening = [Button(buttons.version(one.version), f"trm:ver:{one.version}") for one in reversed(every)]
    turn.show(Screen(told, column(*opening)), slot="terms")


def _changes(turn: Turn, arg: str) -> None:
    old, new = (agreement.version(turn.work, each) for each in _pair(arg))
    told = texts.changes(old.version, new.version, changes(old.sections, new.sections))
    for piece in told:  # beside the screen, which may ask for an acceptance
        turn.tell(piece)


# Search


def _ask_search(turn: Turn, _arg: str) -> None:
    turn.shown = True
    forms.begin(turn, TERMS_SEARCH)


def finish_search(turn: Turn, ready: Ready) -> None:
    """What was searched for was typed: the sentences that have it, and the sections they stand in."""
    words = str(ready.position.answers.get("words"))
    shown = agreement.in_force(turn.work)
    every = found(shown.sections, words)
    forms.drop(turn, ready.run)
    places = sorted({one.section for one in every[:_FOUND]})
    told = texts.found(words, every[:_FOUND], len(every)) if every else texts.not_found(words)
    opening = [button for place, button in enumerate(_sections(shown), 1) if place in places]
    again = Button(buttons.SEARCH_TERMS, f"trm:find:{_NOTHING}")
    back = Button(buttons.ALL_SECTIONS, f"trm:ver:{shown.version}")
    turn.show(Screen(told, column(*opening, again, back)), slot="terms")


# Accepting


def _accept(turn: Turn, arg: str) -> None:
    shown, _, then = arg.partition(".")
    if then not in {accepting.NEW, accepting.SEND}:
        raise OldButton
    try:
        agreement.accept(turn.work, turn.actor, number(shown))
    except Stale:
        turn.answer(texts.changed_meanwhile())
    else:
        turn.answer(texts.accepted(number(shown))) if turn.incoming.kind == "press" else None
    if then == accepting.NEW:
        proposals.new(turn)
        return
    ready = answering.press(turn, "send")
    if ready is not None:
        proposals.finish(turn, ready)


def _decline(turn: Turn, then: str) -> None:
    turn.show(Screen(texts.not_accepted(), column(Button(buttons.TERMS, f"trm:list:{_NOTHING}"))))
    if then == accepting.SEND:
        forms.prompt_again(turn)


def _pair(arg: str) -> tuple[int, int]:
    first, _, second = arg.partition(".")
    return number(first), number(second)


_VERBS: Final[dict[str, Callable[[Turn, str], None]]] = {
    "list": lambda turn, _arg: show(turn),
    "ver": _version,
    "sec": _section,
    "all": _versions,
    "diff": _changes,
    "find": _ask_search,
    "yes": _accept,
    "no": _decline,
    **measured.VERBS,
    **terms_writing.VERBS,
}


def act(turn: Turn, rest: list[str]) -> None:
    """What is pressed about the agreement.

    Raises:
        OldButton: there is no such verb, or what it names is not there (any more).
    """
    verb, arg = rest
    if verb not in _VERBS:
        raise OldButton
    _VERBS[verb](turn, arg)


PART: Final = Part(
    buttons={"trm": (act, 2)},
    finish={
        TERMS_SEARCH.name: finish_search,
        TERMS_SECTION.name: terms_writing.finish_section,
        TERMS_ADDED.name: terms_writing.finish_added,
        TERMS_REMOVED.name: terms_writing.finish_removed,
        TERMS_DAY.name: terms_writing.finish_day,
    },
    commands={"terms": show},
    asides=frozenset({"terms"}),
    sweeps=measured.SWEEPS,
)
