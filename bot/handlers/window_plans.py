"""A planned maintenance, or another time for one: asked for, shown as everybody will read it, announced."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.conversations.engine import Outcome
from bot.conversations.form import Position
from bot.conversations.given import JSON
from bot.conversations.window_forms import EXTEND, MOVE, WHY, WINDOW, obstacle, times
from bot.handlers import answering, forms, signing, window_card
from bot.handlers.forms import Ready
from bot.handlers.scopes import scope_of
from bot.screen import Button, Screen, column
from bot.turn import Turn
from domain.authority import Deed, require
from domain.settings import NOTICE_LEAD
from domain.targets import Span
from domain.windows import Word
from messages_fa import window_desk as texts
from messages_fa import windows as notice_texts
from messages_fa.markup import Text
from messages_fa.targets import span
from services import settings, window_drafts, windows
from services.windows import ReasonNeeded, WindowUnfit
from storage.errors import Stale
from storage.records.windows import WindowPlan


def ask_new(turn: Turn, _number: int) -> None:
    """Ask for a new one."""
    require(turn.actor, Deed.WINDOWS)
    turn.shown = True
    forms.begin(turn, WINDOW, note=_lead(turn))


def _lead(turn: Turn) -> Text | None:
    """From when on it would be a planned one, where the office has set a least lead."""
    earliest = windows.earliest_planned(turn.work)
    if earliest is None:
        return None
    return texts.lead(span(Span.of(settings.text(turn.work, NOTICE_LEAD.name))), earliest)


def ask_move(turn: Turn, window_id: int) -> None:
    """Ask for another time for one that has not begun."""
    require(turn.actor, Deed.WINDOWS)
    turn.shown = True
    forms.begin(turn, MOVE, subject=turn.work.windows.get(window_id).id, note=_lead(turn))


def ask_extend(turn: Turn, window_id: int) -> None:
    """Ask how much longer one that goes on will take."""
    require(turn.actor, Deed.WINDOWS)
    turn.shown = True
    forms.begin(turn, EXTEND, subject=turn.work.windows.get(window_id).id)


def finish_new(turn: Turn, ready: Ready) -> None:
    """A new one was filled in: it is drafted and shown, in place of the draft that was too early."""
    answers = ready.position.answers
    begins, ends = times(answers)
    affected, reason = str(answers["affected"]), str(answers["reason"])

    def plan() -> WindowPlan:
        made = windows.propose(
            turn.work, turn.actor, begins=begins, ends=ends, affected=affected, reason=reason
        )
        if ready.run.subject is not None:
            window_drafts.put_aside(turn.work, turn.actor, ready.run.subject)
        return made

    _planned(turn, ready, plan, again="time")


def finish_move(turn: Turn, ready: Ready) -> None:
    """Another time was given."""
    begins, ends = times(ready.position.answers)
    window_id = ready.run.subject or 0
    _planned(
        turn,
        ready,
        lambda: windows.move(turn.work, turn.actor, window_id, begins=begins, ends=ends),
        again="time",
    )


def finish_extend(turn: Turn, ready: Ready) -> None:
    """How much longer was given."""
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
        answering.settle(turn, now, Outcome(position, obstacle(unfit)))
        return
    except Stale:
        forms.drop(turn, ready.run)
        window_card.changed(turn)
        return
    forms.drop(turn, ready.run)
    _preview(turn, made)


def finish_why(turn: Turn, ready: Ready) -> None:
    """Why it comes later than the office's notice lead."""
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
    found = window_card.everybody(turn)
    text = texts.sure_to_tell(notice_texts.notice(content), found.recipients, found.reachable)
    sure = Button(texts.SURE_TO_ANNOUNCE, f"win:go:{plan.id}")
    aside = () if moved else (Button(texts.PUT_ASIDE, f"win:scrap:{before.id}"),)
    turn.show(Screen(text, column(sure, Button(texts.NOT_NOW, "win:desk:0"), *aside)), slot="windows")


def show_draft(turn: Turn, window_id: int) -> None:
    """A window that was not announced, with the way to do so now."""
    _preview(turn, window_drafts.drafted(turn.work, turn.actor, window_id))


def put_aside(turn: Turn, window_id: int) -> None:
    """«کنار گذاشتن»."""
    window_drafts.put_aside(turn.work, turn.actor, window_id)
    turn.show(Screen(texts.put_aside(), column(Button(texts.TO_DESK, "win:desk:0"))), slot="windows")


def _ask_why(turn: Turn, plan: WindowPlan, needed: ReasonNeeded) -> None:
    """It comes too late to count as planned: another time, or so with a reason."""
    lead = Span.of(settings.text(turn.work, NOTICE_LEAD.name))
    needs = texts.reason_needed_to_extend if needed.longer else texts.reason_needed
    other = Button(texts.OTHER_TIME, f"win:again:{plan.id}")
    unplanned = Button(texts.UNPLANNED_WHY, f"win:why:{plan.id}")
    turn.show(Screen(needs(span(lead), needed.earliest), column(other, unplanned)), slot="windows")


def ask_why(turn: Turn, plan_id: int) -> None:
    """«برنامه‌ریزی‌نشده با دلیل»."""
    require(turn.actor, Deed.WINDOWS)
    turn.shown = True
    forms.begin(turn, WHY, subject=_unannounced(turn, plan_id).id)


def ask_again(turn: Turn, plan_id: int) -> None:
    """«زمان دیگر»: the beginning is asked again, or how long, and the other answers are kept."""
    require(turn.actor, Deed.WINDOWS)
    plan = _unannounced(turn, plan_id)
    window = turn.work.windows.get(plan.window_id)
    if window.begins is not None and window.begins <= turn.work.now:
        ask_extend(turn, window.id)
        return
    turn.shown = True
    kept: dict[str, JSON] = {"length": (plan.ends - plan.begins) // timedelta(minutes=1)}
    if window.plan_id is None:
        kept |= {"affected": window.affected, "reason": window.reason}
    form = WINDOW if window.plan_id is None else MOVE
    forms.begin(turn, form, subject=window.id, position=Position(kept, "day"), note=_lead(turn))


def _unannounced(turn: Turn, plan_id: int) -> WindowPlan:
    """A plan that can still be changed.

    Raises:
        Stale: it is announced, or the window is over.
    """
    plan = turn.work.windows.plan_of(plan_id)
    window = turn.work.windows.get(plan.window_id)
    if plan.announced_at is not None or window.ended_at or window.cancelled_at:
        raise Stale("window_plan", plan_id)
    return plan


def announce(turn: Turn, plan_id: int) -> None:
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
        window_card.told(turn, window.id)


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
        answering.settle(turn, now, Outcome(now.position, obstacle(unfit)))
