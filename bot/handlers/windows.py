"""Planned maintenance and incidents: the area's buttons, forms and sweeps."""

from collections.abc import Callable
from typing import Final

from bot.conversations.window_forms import DRAFT, EXTEND, INCIDENT, MOVE, WHY, WINDOW, WORD
from bot.handlers import frozen, incidents, proposals, status, window_card, window_plans
from bot.handlers.forms import Ready
from bot.handlers.window_list import show_desk
from bot.notice_view import admins
from bot.office import Office
from bot.one_by_one import one_by_one
from bot.part import Part
from bot.post import post
from bot.screen import Screen
from bot.turn import OldButton, Turn, number
from domain.windows import Word
from messages_fa import buttons
from messages_fa import window_desk as texts
from services import windows
from services.windows import span_of
from storage.errors import Stale
from storage.records import Lane
from storage.work import Work

_VERBS: Final[dict[str, Callable[[Turn, int], None]]] = {
    "status": status.show,
    "log": status.show_history,
    "desk": show_desk,
    "see": window_card.show,
    "new": window_plans.ask_new,
    "move": window_plans.ask_move,
    "extend": window_plans.ask_extend,
    "go": window_plans.announce,
    "why": window_plans.ask_why,
    "again": window_plans.ask_again,
    "plan": window_plans.show_draft,
    "scrap": window_plans.put_aside,
    "end": window_card.ask_end,
    "ended": window_card.end,
    "cancel": window_card.ask_cancel,
    "cancelled": window_card.cancel,
    "fault": incidents.ask_new,
    "inc": incidents.show,
    "word": incidents.ask_word,
    "push": incidents.publish,
    "draft": incidents.show_draft,
    "fill": incidents.ask_draft,
    "aside": incidents.put_aside,
}


def _act(turn: Turn, rest: list[str]) -> None:
    """What is pressed on these screens.

    Raises:
        OldButton: there is no such thing.
        NotYours: no admin, where it takes one.
    """
    if rest[0] not in _VERBS:
        raise OldButton
    try:
        _VERBS[rest[0]](turn, number(rest[1]))
    except Stale:
        window_card.changed(turn)


def _told_late(finish: Callable[[Turn, Ready], None]) -> Callable[[Turn, Ready], None]:
    """The end of a form about something that may have changed meanwhile."""

    def finished(turn: Turn, ready: Ready) -> None:
        try:
            finish(turn, ready)
        except Stale:
            window_card.changed(turn)

    return finished


def _announce_due(work: Work, wiring: Office) -> None:
    """A sweep: each window that is not over, for itself."""
    numbers = [window.id for window in work.windows.open()]
    one_by_one(work, wiring, "announce_windows", numbers, lambda number: _announce_one(work, wiring, number))


def _announce_one(work: Work, wiring: Office, window_id: int) -> None:
    """Announce what is due; past its end the admins are told that it waits for them."""
    if windows.announce_due(work, window_id) is not Word.OVERRUN:
        return
    _, ends = span_of(work.windows.get(window_id))
    screen = Screen(texts.overrun(ends), (window_card.going_on(window_id),))
    for _, place in admins(work, wiring):
        post(work, wiring, *place, screen, lane=Lane.NOTICES)


PART: Final = Part(
    buttons={"win": (_act, 2)},
    finish={
        WINDOW.name: window_plans.finish_new,
        MOVE.name: window_plans.finish_move,
        EXTEND.name: window_plans.finish_extend,
        WHY.name: _told_late(window_plans.finish_why),
        INCIDENT.name: incidents.finish_new,
        WORD.name: _told_late(incidents.finish_word),
        DRAFT.name: _told_late(incidents.finish_draft),
    },
    commands={"status": status.show},
    asides=frozenset({"status"}),
    words={buttons.CONTINUE: proposals.show_drafts, texts.DESK: show_desk},
    sweeps=(
        ("announce_windows", _announce_due, 15),
        ("freeze_drafts", frozen.freeze_drafts, 15),
        ("free_drafts", frozen.free_drafts, 15),
    ),
)
