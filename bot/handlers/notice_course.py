"""The course of a notice by its buttons: tried out, paused, ended, taken back, looked back at."""

from collections.abc import Callable
from typing import Final

from bot import notice_view as view
from bot.handlers import signing
from bot.handlers.notice_screens import ask, redraw, show
from bot.screen import Button, Screen, column
from bot.turn import Turn
from messages_fa import notice_card as texts
from messages_fa import notices
from services import notice_desk as office
from services import sending
from services.cases import name_of
from services.errors import NoticeChanged
from storage.records.notices import Notice, NoticeState

_TEXTS_TOLD: Final = 5
"""Versions whose words are told with the history, the newest."""


def _open(turn: Turn, notice: Notice, _version: int) -> None:
    show(turn, notice.id)


def _test(turn: Turn, notice: Notice, _version: int) -> None:
    """«ارسال آزمایشی به خودم»."""
    turn.shown = True
    turn.tell(notices.test_copy(view.shown(turn.work, notice)))
    turn.answer(texts.TESTED)


def _act(verb: Callable[..., None], told: str) -> Callable[[Turn, Notice, int], None]:
    """A press that turns the sending, and is said."""

    def press(turn: Turn, notice: Notice, _version: int) -> None:
        verb(turn.work, turn.actor, notice.id)
        _say(turn, notice, told)

    return press


def _say(turn: Turn, notice: Notice, told: str) -> None:
    turn.answer(told)
    show(turn, notice.id)
    redraw(turn, notice.id)


def _ask_to_stop(turn: Turn, notice: Notice, _version: int) -> None:
    if notice.state not in sending.ACTIVE or notice.stopped_at is not None:
        raise NoticeChanged
    keys = column(
        Button(notices.SURE_TO_STOP, view.action(notice, "end")),
        Button(notices.LEAVE, view.action(notice, "leave")),
    )
    ask(turn, notice, texts.sure_to_stop(sending.tally(turn.work, notice.id).waiting), keys)


def _ask_to_recall(turn: Turn, notice: Notice, _version: int) -> None:
    if notice.frozen_at is None or notice.recalled_at is not None:
        raise NoticeChanged
    counts = sending.tally(turn.work, notice.id)
    keys = column(
        Button(notices.SURE_TO_RECALL, view.action(notice, "gone")),
        Button(notices.LEAVE, view.action(notice, "leave")),
    )
    ask(turn, notice, texts.sure_to_recall(counts.sent, counts.waiting), keys)


def _stop(turn: Turn, notice: Notice, version: int) -> None:
    """«بله، پایان یابد»: it cannot be undone, so it is signed as the sending was."""
    if not signing.signed(turn, view.action(notice, "end", version)):
        return
    office.stop(turn.work, turn.actor, notice.id, version)
    _say(turn, notice, texts.STOPPED)


def _recall(turn: Turn, notice: Notice, version: int) -> None:
    """«بله، پس گرفته شود», signed as well."""
    if not signing.signed(turn, view.action(notice, "gone", version)):
        return
    office.take_back(turn.work, turn.actor, notice.id, version)
    _say(turn, notice, texts.RECALLED)


def _ask_to_drop(turn: Turn, notice: Notice, _version: int) -> None:
    if notice.state not in {NoticeState.DRAFT, NoticeState.AWAITING}:
        raise NoticeChanged
    keys = column(
        Button(notices.SURE_TO_DROP, view.action(notice, "off")),
        Button(notices.LEAVE, view.action(notice, "open")),
    )
    turn.show(Screen(texts.sure_to_drop(), keys), slot=view.slot(notice.id))


def _drop(turn: Turn, notice: Notice, version: int) -> None:
    office.drop(turn.work, turn.actor, notice.id, version)
    turn.show(Screen(texts.dropped()), slot=view.slot(notice.id))


def _leave(turn: Turn, notice: Notice, _version: int) -> None:
    """«نه، بماند»."""
    turn.show(Screen(texts.left_as_it_is()), slot=f"{view.slot(notice.id)}:ask")


def _history(turn: Turn, notice: Notice, _version: int) -> None:
    """«سابقه اطلاعیه»: what was done, and the words of every version."""
    acts = turn.work.notices.acts(notice.id)
    turn.shown = True
    turn.tell(texts.history([(act.at, act.act, name_of(turn.work, act.person_id)) for act in acts]))
    for kept in turn.work.notices.versions(notice.id)[-_TEXTS_TOLD:]:
        who, shown = name_of(turn.work, kept.person_id), view.shown(turn.work, notice, kept.version)
        turn.tell(texts.version(kept.version, kept.at, who, shown))


COURSE: Final[dict[str, Callable[[Turn, Notice, int], None]]] = {
    "open": _open,
    "test": _test,
    "drop": _ask_to_drop,
    "off": _drop,
    "pause": _act(office.pause, texts.PAUSED),
    "resume": _act(office.resume, texts.RESUMED),
    "stop": _ask_to_stop,
    "end": _stop,
    "recall": _ask_to_recall,
    "gone": _recall,
    "leave": _leave,
    "log": _history,
}
"""By the verb of the button."""
