"""Planned maintenance: announced, moved, ended and cancelled by admins; the list of all that is open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.conversations.engine import Outcome
from bot.conversations.form import Position
from bot.conversations.window_forms import DRAFT, EXTEND, INCIDENT, MOVE, WHY, WINDOW, WORD, obstacle, times
from bot.handlers import forms, frozen, incidents, proposals, signing, status
from bot.handlers.forms import Ready
from bot.handlers.scopes import scope_of
from bot.handlers.window_list import show_desk
from bot.notice_view import admins
from bot.office import Office
from bot.one_by_one import one_by_one
from bot.part import Part
from bot.post import post
from bot.screen import Button, Rows, Screen, column
from bot.turn import OldButton, Turn, number
from domain.authority import Deed, require
from domain.settings import NOTICE_LEAD
from domain.targets import Span
from domain.windows import Word
from messages_fa import buttons
from messages_fa import window_desk as texts
from messages_fa import windows as notice_texts
from messages_fa.markup import Text
from messages_fa.targets import span
from services import settings, window_drafts, windows
from services.audience import Count, count
from services.cases import name_of
from services.windows import EVERYBODY, ReasonNeeded, WindowUnfit, span_of
from storage.errors import Stale
from storage.records import Lane
from storage.records.windows import Window, WindowPlan
from storage.work import Work


def _show(turn: Turn, window_id: int) -> None:
    """The card of a window, with what can be done with it now."""
    require(turn.actor, Deed.WINDOWS)
    window = turn.work.windows.get(window_id)
    done = [
        (word.at, word.word, name_of(turn.work, word.person_id)) for word in turn.work.windows.said(window_id)
    ]
    why = turn.work.windows.plan_of(window.plan_id or 0).why_unplanned
    times = (*span_of(window), window.ended_at)
    cancelled = window.cancelled_at is not None
    text = texts.window(window.affected, window.reason, times, why, texts.done(done), cancelled=cancelled)
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
        acts = _goes_on(window.id)
    return tuple(row for row in (acts, (Button(texts.TO_DESK, "win:desk:0"),)) if row)


def _goes_on(window_id: int) -> tuple[Button, Button]:
    """What can be done with a window that goes on."""
    return Button(texts.END, f"win:end:{window_id}"), Button(texts.EXTEND, f"win:extend:{window_id}")


# A new window, or another time for one


def _ask_new(turn: Turn, _number: int) -> None:
    require(turn.actor, Deed.WINDOWS)
    turn.shown = True
    earliest = windows.earliest_planned(turn.work)
    lead = Span.of(settings.text(turn.work, NOTICE_LEAD.name)) if earliest else None
    note = texts.lead(span(lead), earliest) if lead and earliest else None
    forms.begin(turn, WINDOW, note=note)


def _ask_move(turn: Turn, window_id: int) -> None:
    require(turn.actor, Deed.WINDOWS)
    turn.shown = True
    forms.begin(turn, MOVE, subject=turn.work.windows.get(window_id).id)


def _ask_extend(turn: Turn, window_id: int) -> None:
    require(turn.actor, Deed.WINDOWS)
    turn.shown = True
    forms.begin(turn, EXTEND, subject=turn.work.windows.get(window_id).id)


def _finish_new(turn: Turn, ready: Ready) -> None:
    answers = ready.position.answers
    begins, ends = times(answers)
    affected, reason = str(answers["affected"]), str(answers["reason"])
    _planned(
        turn,
        ready,
        lambda: windows.propose(
            turn.work, turn.actor, begins=begins, ends=ends, affected=affected, reason=reason
        ),
        again="time",
    )


def _finish_move(turn: Turn, ready: Ready) -> None:
    begins, ends = times(ready.position.answers)
    window_id = ready.run.subject or 0
    _planned(
        turn,
        ready,
        lambda: windows.move(turn.work, turn.actor, window_id, begins=begins, ends=ends),
        again="time",
    )


def _finish_extend(turn: Turn, ready: Ready) -> None:
    minutes, window_id = ready.position.answers["length"], ready.run.subject or 0
    ends = turn.work.now + timedelta(minutes=minutes if isinstance(minutes, int) else 0)
    begins = windows.begins_of(turn.work.windows.get(window_id))
    _planned(
        turn,
        ready,
        lambda: windows.move(turn.work, turn.actor, window_id, begins=begins, ends=ends),
        again="length",
    )


def _planned(turn: Turn, ready: Ready, plan: Callable[[], WindowPlan], *, again: str) -> None:
    """Draft the plan; where it cannot be then, the step `again` is asked again and the rest is kept."""
    try:
        made = plan()
    except WindowUnfit as unfit:
        left = {name: value for name, value in ready.position.answers.items() if name != again}
        position = replace(ready.position, answers=left, cursor=again)
        now = forms.Open(ready.form, ready.run, position, scope_of(turn, ready.form))
        forms.settle(turn, now, Outcome(position, obstacle(unfit)))
        return
    except Stale:
        forms.drop(turn, ready.run)
        _changed(turn)
        return
    forms.drop(turn, ready.run)
    _preview(turn, made)


def _finish_why(turn: Turn, ready: Ready) -> None:
    forms.drop(turn, ready.run)
    why = str(ready.position.answers["why"])
    _preview(turn, windows.explain(turn.work, turn.actor, ready.run.subject or 0, why))


def _preview(turn: Turn, plan: WindowPlan) -> None:
    """What everybody will read, and how many they are; first the reason, where the plan comes late."""
    try:
        windows.ask_reason(turn.work, plan)
    except ReasonNeeded as needed:
        _ask_why(turn, plan, needed)
        return
    before = turn.work.windows.get(plan.window_id)
    after = replace(before, begins=plan.begins, ends=plan.ends, plan_id=plan.id)
    moved = before.plan_id is not None
    content = windows.content_of(
        turn.work, after, Word.MOVED if moved else Word.CREATED, was=before if moved else None
    )
    found = _everybody(turn)
    text = texts.sure_to_tell(notice_texts.notice(content), found.recipients, found.reachable)
    sure = Button(texts.SURE_TO_ANNOUNCE, f"win:go:{plan.id}")
    aside = () if moved else (Button(texts.PUT_ASIDE, f"win:scrap:{before.id}"),)
    turn.show(Screen(text, column(sure, Button(texts.NOT_NOW, "win:desk:0"), *aside)), slot="windows")


def _show_draft(turn: Turn, window_id: int) -> None:
    """A window that was not announced, with the way to do so now."""
    _preview(turn, window_drafts.drafted(turn.work, turn.actor, window_id))


def _put_aside(turn: Turn, window_id: int) -> None:
    """«کنار گذاشتن»."""
    window_drafts.put_aside(turn.work, turn.actor, window_id)
    turn.show(Screen(texts.put_aside(), column(Button(texts.TO_DESK, "win:desk:0"))), slot="windows")


def _ask_why(turn: Turn, plan: WindowPlan, needed: ReasonNeeded) -> None:
    turn.shown = True
    lead = Span.of(settings.text(turn.work, NOTICE_LEAD.name))
    needs = texts.reason_needed_to_extend if needed.longer else texts.reason_needed
    turn.tell(needs(span(lead), needed.earliest))
    forms.begin(turn, WHY, subject=plan.id)


def _everybody(turn: Turn) -> Count:
    return count(turn.work, EVERYBODY, service=True, platforms=turn.platforms.keys())


def _announce(turn: Turn, plan_id: int) -> None:
    """«بله، اعلام شود»."""
    require(turn.actor, Deed.WINDOWS)
    if not signing.signed(turn, f"win:go:{plan_id}"):
        return
    try:
        window = windows.announce(turn.work, turn.actor, plan_id)
    except ReasonNeeded as needed:
        _ask_why(turn, turn.work.windows.plan_of(plan_id), needed)
    except WindowUnfit as unfit:
        _ask_anew(turn, plan_id, unfit)
    else:
        _told(turn, window.id)


def _ask_anew(turn: Turn, plan_id: int, unfit: WindowUnfit) -> None:
    """The moment has passed, or another window took it, before this one was confirmed."""
    window = turn.work.windows.get(turn.work.windows.plan_of(plan_id).window_id)
    turn.shown = True
    moved = window.plan_id is not None
    words = {} if moved else {"affected": window.affected, "reason": window.reason}
    form, subject = (MOVE, window.id) if moved else (WINDOW, None)
    forms.begin(turn, form, subject=subject, position=Position({**words}, "day"))
    now = forms.current(turn)
    if now is not None:
        forms.settle(turn, now, Outcome(now.position, obstacle(unfit)))


def _told(turn: Turn, window_id: int) -> None:
    turn.show(Screen(texts.told(), column(Button(texts.TO_DESK, "win:desk:0"))), slot="windows")
    turn.shown = True
    _show(turn, window_id)


# Ending and cancelling


def _ask_end(turn: Turn, window_id: int) -> None:
    require(turn.actor, Deed.WINDOWS)
    _ask(turn, window_id, texts.sure_to_end(), Button(texts.SURE_TO_END, f"win:ended:{window_id}"))


def _ask_cancel(turn: Turn, window_id: int) -> None:
    require(turn.actor, Deed.WINDOWS)
    question = texts.sure_to_cancel(_everybody(turn).recipients)
    _ask(turn, window_id, question, Button(texts.SURE_TO_CANCEL, f"win:cancelled:{window_id}"))


def _ask(turn: Turn, window_id: int, question: Text, sure: Button) -> None:
    back = Button(buttons.BACK, f"win:see:{window_id}")
    turn.show(Screen(question, column(sure, back)), slot="windows")


def _end(turn: Turn, window_id: int) -> None:
    if signing.signed(turn, f"win:ended:{window_id}"):
        windows.end(turn.work, turn.actor, window_id)
        _told(turn, window_id)


def _cancel(turn: Turn, window_id: int) -> None:
    if signing.signed(turn, f"win:cancelled:{window_id}"):
        windows.cancel(turn.work, turn.actor, window_id)
        _told(turn, window_id)


def _changed(turn: Turn) -> None:
    turn.answer(texts.changed())
    turn.shown = True
    show_desk(turn)


_VERBS: Final[dict[str, Callable[[Turn, int], None]]] = {
    "status": status.show,
    "log": status.show_history,
    "desk": show_desk,
    "see": _show,
    "new": _ask_new,
    "move": _ask_move,
    "extend": _ask_extend,
    "go": _announce,
    "plan": _show_draft,
    "scrap": _put_aside,
    "end": _ask_end,
    "ended": _end,
    "cancel": _ask_cancel,
    "cancelled": _cancel,
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
        _changed(turn)


def _told_late(finish: Callable[[Turn, Ready], None]) -> Callable[[Turn, Ready], None]:
    """The end of a form about something that may have changed meanwhile."""

    def finished(turn: Turn, ready: Ready) -> None:
        try:
            finish(turn, ready)
        except Stale:
            _changed(turn)

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
    screen = Screen(texts.overrun(ends), (_goes_on(window_id),))
    for _, place in admins(work, wiring):
        post(work, wiring, *place, screen, lane=Lane.NOTICES)


PART: Final = Part(
    buttons={"win": (_act, 2)},
    finish={
        WINDOW.name: _finish_new,
        MOVE.name: _finish_move,
        EXTEND.name: _finish_extend,
        WHY.name: _told_late(_finish_why),
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
