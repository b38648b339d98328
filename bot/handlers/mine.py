"""«پیشنهادهای من»: the cases that this person filed, by their state, and found again by a few words."""

from dataclasses import replace
from typing import Final

from bot.conversations.search_form import SEARCH
from bot.handlers import forms, own
from bot.handlers.forms import Ready
from bot.lists import PAGE, first_on, how_many, named, pages
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, require
from domain.lifecycle import State
from domain.proposal import Proposal
from domain.tracking import public_stage
from messages_fa import buttons, tracking
from services import proposals, search
from services.cases import proposal_of
from storage.records import Case

FILTERS: Final[dict[str, tuple[State, ...]]] = {
    "returned": (State.RETURNED,),
    "all": (),
    "open": (State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SIGNATURE),
    "closed": (State.AGREED, State.NOT_AGREED, State.WITHDRAWN, State.SUPERSEDED),
}
"""States by the code of a filter, in the order of the buttons; none for all of them."""

_SEARCH = "search"


def show(turn: Turn, page: int = 0, chosen: str = "all") -> None:
    """The list, newest first.

    Raises:
        NotYours: no officer (any more).
        OldButton: there is no such filter.
    """
    if chosen not in FILTERS:
        raise OldButton
    found = proposals.mine(turn.work, turn.actor, limit=PAGE, offset=page * PAGE, states=FILTERS[chosen])
    counts = _counts(turn)
    text = tracking.mine(
        _listed(turn, found.cases, page), page + 1, how_many(found.total), chosen=chosen, counts=counts
    )
    rows = (
        *_openers(turn, found.cases, page, f"m.{page}.{chosen}"),
        *pages(page, found.total, "m", f":{chosen}"),
        *(_filters(counts, chosen) if counts["all"] else ()),
    )
    turn.show(Screen(text, rows), slot="mine")


def press_search(turn: Turn, what: str) -> None:
    """«جست‌وجو», or a page of what it found.

    Raises:
        OldButton: another screen has been drawn since, and the words are gone with this one.
    """
    require(turn.actor, Deed.SEARCH)
    if what == "ask":
        turn.shown = True
        forms.begin(turn, SEARCH)
        return
    words = (turn.chat.shown or {}).get(_SEARCH)
    if not isinstance(words, str):
        raise OldButton
    _show_found(turn, words, number(what))


def ask(turn: Turn) -> None:
    """«جست‌وجو», typed."""
    press_search(turn, "ask")


def finish_search(turn: Turn, ready: Ready) -> None:
    """The words were typed."""
    forms.drop(turn, ready.run)
    _show_found(turn, str(ready.position.answers["words"]), 0)


def _show_found(turn: Turn, words: str, page: int) -> None:
    found = search.find(turn.work, actor=turn.actor, typed=words, limit=PAGE, offset=page * PAGE)
    listed = _listed(turn, found.cases, page)
    text = tracking.found(words, listed, found.total, page + 1, how_many(found.total))
    again = (Button(buttons.SEARCH, "z:ask"), Button(buttons.MINE, "m:0:all"))
    openers = _openers(turn, found.cases, page, f"z.{page}")
    turn.show(Screen(text, (*openers, *pages(page, found.total, "z"), again)), slot="mine")
    _keep_words(turn, words)


def _keep_words(turn: Turn, words: object) -> None:
    # What was looked for may be a name: it is kept, sealed, with the screen and no longer than that.
    if isinstance(words, str):
        turn.chat = replace(turn.chat, shown={**(turn.chat.shown or {}), _SEARCH: words})


def show_case(turn: Turn, case_id: int, came_from: str) -> None:
    """One of the own cases, with a way back to the list or the search that it was opened from.

    Args:
        turn: this turn.
        case_id: the case.
        came_from: `m.{page}.{filter}` or `z.{page}`; anything else means the first page of all.
    """
    words = (turn.chat.shown or {}).get(_SEARCH)
    own.show(turn, case_id, _way_back(came_from))
    _keep_words(turn, words)


def _way_back(came_from: str) -> str:
    match came_from.split("."):
        case ["m", page, chosen] if chosen in FILTERS:
            return f"m:{number(page)}:{chosen}"
        case ["z", page]:
            return f"z:{number(page)}"
        case _:
            return own.TO_LIST


def _listed(turn: Turn, cases: tuple[Case, ...], page: int) -> list[tracking.Listed]:
    return [
        tracking.Listed(n, case.code, public_stage(case.state), case.filed_at, _content(turn, case))
        for n, case in enumerate(cases, first_on(page))
    ]


def _content(turn: Turn, case: Case) -> Proposal | None:
    """The proposal, for whoever is an officer of the agency that filed the case; None once it is erased."""
    return proposal_of(case) if turn.actor.agency_id == case.agency_id and not case.erased else None


def _openers(turn: Turn, cases: tuple[Case, ...], page: int, came_from: str) -> Rows:
    contents = [_content(turn, case) for case in cases]
    opening = named(
        [
            (content.debtor_name if content else "", f"c:{case.id}:{case.version}:own.{came_from}")
            for case, content in zip(cases, contents, strict=True)
        ],
        first_on(page),
    )
    corrections = column(
        *(
            Button(buttons.correct_row(n), f"c:{case.id}:{case.version}:fix")
            for n, case in enumerate(cases, first_on(page))
            if case.state is State.RETURNED
        )
    )
    return (*opening, *corrections)


def _counts(turn: Turn) -> dict[str, int]:
    by_state = proposals.states_of_mine(turn.work, turn.actor)
    return {
        code: sum(count for state, count in by_state.items() if not states or state in states)
        for code, states in FILTERS.items()
    }


def _filters(counts: dict[str, int], chosen: str) -> Rows:
    others = tuple(
        Button(tracking.FILTERS[code], f"m:0:{code}") for code, n in counts.items() if n and code != chosen
    )
    return (others, (Button(buttons.SEARCH, "z:ask"),))
