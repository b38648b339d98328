"""A form in a chat: keeps the position in the store after every answer and shows what comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.conversations import engine, show
from bot.conversations.attached import insist_on_room
from bot.conversations.engine import Outcome, Problem
from bot.conversations.files import SIZE_LIMIT_MB, check_file
from bot.conversations.form import Form, Position
from bot.conversations.given import FileAnswer, Given, Option, Scope
from bot.conversations.people_forms import INVITATION
from bot.conversations.proposal import PROPOSAL
from bot.conversations.review_forms import REFUSAL, RETURN
from bot.conversations.setting_forms import SETTING_FORMS
from bot.conversations.tracking_forms import PASSCODE
from bot.incoming import FileWanted
from bot.screen import Screen
from bot.turn import OldButton, Turn
from messages_fa import general
from messages_fa.markup import Text
from persian.dates import tehran_day
from persian.errors import Unreadable
from services import files
from storage.records import FormRun, FormStatus
from storage.work import Work

FORMS: Mapping[str, Form] = {
    form.name: form for form in (PROPOSAL, REFUSAL, RETURN, INVITATION, PASSCODE, *SETTING_FORMS)
}
"""Every form by name; a stored session names its form."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A form whose last answer or «ارسال» has just been given."""

    form: Form
    run: FormRun
    position: Position


@dataclass(frozen=True, slots=True)
class Open:
    """The form that is open in a chat."""

    form: Form
    run: FormRun
    position: Position
    scope: Scope


def begin(
    turn: Turn,
    form: Form,
    *,
    subject: int | None = None,
    seen: int | None = None,
    position: Position | None = None,
) -> None:
    """Open a new form in this chat; one that was open is put aside first.

    Args:
        turn: this turn.
        form: which form.
        subject: the case that it is about, or None.
        seen: the version of that case that the person had on the screen, if the form decides about it.
        position: what is filled in already, or None.
    """
    put_aside(turn)
    start = (
        engine.begin(form, seen) if position is None else engine.resume(form, position, _scope(turn, form))
    )
    run = turn.work.forms.start(
        form=form.name,
        form_version=form.version,
        platform=turn.chat.platform,
        chat_id=turn.chat.chat_id,
        person_id=turn.actor.person_id,
        subject=subject,
        data=start.position.to_json(),
    )
    _enter(turn, form, run, start)


def resume(turn: Turn, run: FormRun) -> None:
    """Open a kept draft again, in today's version of its form."""
    if turn.chat.form_id == run.id:
        prompt_again(turn)
        return
    put_aside(turn)
    form = FORMS[run.form]
    _enter(turn, form, run, engine.resume(form, Position.from_json(run.data), _scope(turn, form)))


def put_aside(turn: Turn) -> None:
    """Close the form of this chat: a long one stays among the drafts, a small or empty one is dropped."""
    now = current(turn)
    if now is None:
        return
    if _worth_keeping(now):
        turn.tell(general.draft_kept(now.form.title(now.position.answers)))
        close(turn)
    else:
        drop(turn, now.run)


def _worth_keeping(now: Open) -> bool:
    return now.form.has_summary and bool(now.position.answers)


def close(turn: Turn) -> None:
    """No form is open in this chat any more; buttons of its screen are old."""
    turn.turn_page()
    turn.chat = replace(turn.chat, form_id=None, shown=None)


def drop(turn: Turn, run: FormRun) -> None:
    """Close the form and erase it."""
    erase(turn.work, run)
    close(turn)


def erase(work: Work, run: FormRun) -> None:
    """Give a form up: its answers go, and with them the files that no case holds.

    Raises:
        Stale: it was ended before.
    """
    work.forms.finish(run.id, FormStatus.DROPPED)
    files.discard(work, _files_in(run), case_id=run.subject)


def _files_in(run: FormRun) -> frozenset[int]:
    """The numbers of the files among the answers as they are stored."""
    return frozenset(map(int, Position.from_json(run.data).files))


def current(turn: Turn) -> Open | None:
    """The form open in this chat, if any."""
    if turn.chat.form_id is None:
        return None
    run = turn.work.forms.get(turn.chat.form_id)
    if run is None or run.status is not FormStatus.OPEN:
        return None
    form = FORMS[run.form]
    position, scope = Position.from_json(run.data), _scope(turn, form)
    if run.form_version != form.version:
        position = engine.resume(form, position, scope).position
    return Open(form, run, position, scope)


def prompt_again(turn: Turn, note: Text | None = None) -> None:
    """Show the open question again as a new message, unchanged."""
    now = current(turn)
    if now is not None:
        _show(turn, now.form, Outcome(now.position, note=note), fresh=True)


def labelled(turn: Turn, label: str) -> str | None:
    """The action of the button of the open form's screen that bears this label, if there is one."""
    now = current(turn)
    return show.typed(now.form, now.position, now.scope, label) if now else None


def press(turn: Turn, action: str) -> Ready | None:
    """Do what a button of the form's screen says. Returns the form if it is ready to be carried out.

    Raises:
        OldButton: there is no such action, or what it stands for is not offered any more.
    """
    now = current(turn)
    if now is None:
        raise OldButton
    if action in _OWN:
        _OWN[action](turn, now)
        return None
    if action == "send":
        return _send(turn, now)
    outcome = engine.press(now.form, now.position, action, now.scope)
    if outcome is None:
        raise OldButton
    return _settle(turn, now, outcome)


def text(turn: Turn, typed: str) -> Ready | None:
    """Take a typed message: the name of a button on the screen, or the answer."""
    now = current(turn)
    if now is None:
        return None
    action = show.typed(now.form, now.position, now.scope, typed)
    if action is not None:
        return press(turn, action)
    outcome = engine.answer(now.form, now.position, Given(text=typed), now.scope)
    if now.form is PASSCODE and not outcome.done:
        # What was meant as a passcode, and only mistyped, may not stay in the chat either.
        turn.call("deleteMessage", message_id=turn.incoming.message_id)
    return _settle(turn, now, outcome)


def file(turn: Turn) -> Ready | None:
    """Take a file at a step that asks for one.

    Raises:
        FileWanted: its bytes are not here yet.
    """
    now, offered = current(turn), turn.incoming.file
    if now is None or offered is None:
        turn.tell(general.file_not_expected())
        return None
    try:
        given = _given_file(turn, now)
    except Unreadable as problem:
        return _settle(turn, now, Outcome(now.position, Problem(problem.code, problem.values)))
    if given is None:
        return _settle(turn, now, Outcome(now.position, Problem("text_wanted")))
    return _settle(turn, now, engine.answer(now.form, now.position, given, now.scope))


def ask_rest(turn: Turn, ready: Ready) -> None:
    """Go on with a form that could not be carried out: whatever is lacking is asked."""
    scope = _scope(turn, ready.form)
    now = Open(ready.form, ready.run, ready.position, scope)
    _settle(turn, now, engine.resume(ready.form, ready.position, scope))


def _given_file(turn: Turn, now: Open) -> Given | None:
    offered, step = turn.incoming.file, engine.asked(now.form, now.position)
    if offered is None or step is None or not step.kind.takes_file:
        return None
    if now.position.leaving:
        raise Unreadable("leaving_open")
    if offered.size > SIZE_LIMIT_MB * 2**20:
        raise Unreadable("file_too_large", limit=SIZE_LIMIT_MB)
    if turn.incoming.content is None:
        raise FileWanted(offered)
    mime = check_file(offered.name, offered.mime, turn.incoming.content)
    insist_on_room(step, now.position, len(turn.incoming.content))
    stored = files.keep(turn.work, name=offered.name, mime=mime, content=turn.incoming.content)
    return Given(file=FileAnswer(stored.id, stored.name, stored.size, stored.mime))


def _enter(turn: Turn, form: Form, run: FormRun, outcome: Outcome) -> None:
    turn.chat = replace(turn.chat, form_id=run.id)
    _show(turn, form, outcome)


def _settle(turn: Turn, now: Open, outcome: Outcome) -> Ready | None:
    """Keep where the form stands, then show it; a small form that is done is handed on instead.

    The last answer of a small form may be a secret, so it is carried out without ever being kept.
    """
    if outcome.done:
        return Ready(now.form, now.run, outcome.position)
    _keep(turn, now, outcome.position)
    _show(turn, now.form, outcome)
    return None


def _keep(turn: Turn, now: Open, position: Position) -> None:
    """Save where the form stands; files that it holds no more are erased."""
    run = replace(
        now.run, form_version=now.form.version, platform=turn.chat.platform, chat_id=turn.chat.chat_id
    )
    kept = turn.work.forms.save(run, data=position.to_json(), title=now.form.title(position.answers))
    files.discard(turn.work, _files_in(run) - _files_in(kept), case_id=run.subject)


def _show(turn: Turn, form: Form, outcome: Outcome, *, fresh: bool = False) -> None:
    scope = _scope(turn, form)
    _show_as(turn, lambda act: show.screen_of(form, outcome.position, scope, outcome, act), fresh=fresh)


def _show_as(turn: Turn, draw: Callable[[Callable[[str], str]], Screen], *, fresh: bool = False) -> None:
    """Show a live screen: its buttons carry a new serial, so that those of earlier screens are old."""
    serial = turn.turn_page()
    screen = draw(lambda action: f"f{serial}:{action}")
    if fresh:
        turn.tell(screen.text, screen.rows, slot="screen")
    else:
        turn.show(screen)


def _scope(turn: Turn, form: Form) -> Scope:
    facts = _FACTS[form.name](turn) if form.name in _FACTS else {}
    return Scope(tehran_day(turn.work.now), {}, facts)


def _agencies(turn: Turn) -> dict[str, tuple[Option, ...]]:
    return {"agencies": tuple(Option(str(a.id), a.name) for a in turn.work.people.agencies())}


_FACTS = {INVITATION.name: _agencies}


def _send(turn: Turn, now: Open) -> Ready | None:
    if engine.ready(now.form, now.position, now.scope):
        return Ready(now.form, now.run, now.position)
    return _settle(turn, now, engine.resume(now.form, now.position, now.scope))


def _tell_plan(turn: Turn, now: Open) -> None:
    plan = now.form.plan(now.position.answers, now.scope.today) if now.form.plan else None
    for part in show.plan_texts(plan) if plan else ():
        turn.tell(part)
    prompt_again(turn)


def _save_draft(turn: Turn, now: Open) -> None:
    if not _worth_keeping(now):
        _drop(turn, now)
        return
    stayed = engine.stay(now.form, now.position).position
    _keep(turn, now, stayed)
    close(turn)
    turn.show(Screen(general.draft_kept(now.form.title(stayed.answers))))


def _drop(turn: Turn, now: Open) -> None:
    drop(turn, now.run)
    turn.show(Screen(general.form_left()))


def _why(turn: Turn, now: Open) -> None:
    _show_as(turn, lambda act: show.why_screen(now.form, now.position, now.scope, act))


_OWN = {"save": _save_draft, "drop": _drop, "plan": _tell_plan, "y": _why}
"""Buttons of a form's screen that are not the engine's: they do not move the position."""
