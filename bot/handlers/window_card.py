"""The card of a planned maintenance, and what is done from it: ended, or cancelled before it begins."""

from bot.handlers import signing
from bot.handlers.window_list import show_desk
from bot.screen import Button, Rows, Screen, column
from bot.turn import Turn
from domain.authority import Deed, require
from messages_fa import buttons
from messages_fa import window_desk as texts
from messages_fa.markup import Text
from services import windows
from services.audience import Count, count
from services.cases import name_of
from services.window_promise import is_unplanned
from services.windows import EVERYBODY, span_of
from storage.records.windows import Window


def show(turn: Turn, window_id: int) -> None:
    """The card of a window, with what can be done with it now."""
    require(turn.actor, Deed.WINDOWS)
    window = turn.work.windows.get(window_id)
    done = [
        (word.at, word.word, name_of(turn.work, word.person_id)) for word in turn.work.windows.said(window_id)
    ]
    why = turn.work.windows.plan_of(window.plan_id or 0).why_unplanned
    times = (*span_of(window), window.ended_at)
    cancelled = window.cancelled_at is not None
    text = texts.window(
        window.affected,
        window.reason,
        times,
        why,
        texts.done(done),
        unplanned=is_unplanned(turn.work, window),
        cancelled=cancelled,
    )
    turn.show(Screen(text, _rows(turn, window)), slot="windows")


def _rows(turn: Turn, window: Window) -> Rows:
    to = f"{window.id}"
    acts: tuple[Button, ...] = (
        Button(texts.MOVE, f"win:move:{to}"),
        Button(texts.CANCEL_WINDOW, f"win:cancel:{to}"),
    )
    if window.ended_at or window.cancelled_at:
        acts = ()
    elif span_of(window)[0] <= turn.work.now:
        acts = going_on(window.id)
    return tuple(row for row in (acts, (Button(texts.TO_DESK, "win:desk:0"),)) if row)


def going_on(window_id: int) -> tuple[Button, Button]:
    """What can be done with a window that goes on."""
    return Button(texts.END, f"win:end:{window_id}"), Button(texts.EXTEND, f"win:extend:{window_id}")


def everybody(turn: Turn) -> Count:
    """How many are told of a maintenance: everybody."""
    return count(turn.work, EVERYBODY, service=True, platforms=turn.platforms.keys())


def told(turn: Turn, window_id: int) -> None:
    """It was announced, ended or cancelled: that is said, and the card follows as it stands now."""
    turn.show(Screen(texts.told(), column(Button(texts.TO_DESK, "win:desk:0"))), slot="windows")
    turn.shown = True
    show(turn, window_id)


def ask_end(turn: Turn, window_id: int) -> None:
    """«پایان قطعی», asked once more."""
    require(turn.actor, Deed.WINDOWS)
    _ask(turn, window_id, texts.sure_to_end(), Button(texts.SURE_TO_END, f"win:ended:{window_id}"))


def ask_cancel(turn: Turn, window_id: int) -> None:
    """«لغو قطعی», asked once more, with how many would be told."""
    require(turn.actor, Deed.WINDOWS)
    question = texts.sure_to_cancel(everybody(turn).recipients)
    _ask(turn, window_id, question, Button(texts.SURE_TO_CANCEL, f"win:cancelled:{window_id}"))


def _ask(turn: Turn, window_id: int, question: Text, sure: Button) -> None:
    back = Button(buttons.BACK, f"win:see:{window_id}")
    turn.show(Screen(question, column(sure, back)), slot="windows")


def end(turn: Turn, window_id: int) -> None:
    """The service is back: signed, then told."""
    if signing.signed(turn, f"win:ended:{window_id}"):
        windows.end(turn.work, turn.actor, window_id)
        told(turn, window_id)


def cancel(turn: Turn, window_id: int) -> None:
    """It will not be: signed, then told."""
    if signing.signed(turn, f"win:cancelled:{window_id}"):
        windows.cancel(turn.work, turn.actor, window_id)
        told(turn, window_id)


def changed(turn: Turn) -> None:
    """Somebody else was first: the list as it stands now."""
    turn.answer(texts.changed())
    turn.shown = True
    show_desk(turn)
