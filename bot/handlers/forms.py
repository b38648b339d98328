"""A form in a chat: keeps the position in the store after every answer and shows what comes next."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversations import engine, month, pressed, show
from bot.conversations.attached import goes_on
from bot.conversations.correction import is_unchanged
from bot.conversations.engine import Outcome
from bot.conversations.every import FORMS
from bot.conversations.form import Form, Position
from bot.conversations.given import Given, Scope
from bot.conversations.journey import Problem, open_steps
from bot.conversations.kinds import TrackingCode
from bot.conversations.written import Remark
from bot.handlers import alike, held
from bot.handlers.scopes import scope_of
from bot.screen import Button, Screen, column
from bot.turn import OldButton, Turn
from domain.authority import Deed, plays
from messages_fa import buttons, filing, general
from messages_fa import form as texts
from messages_fa import month as month_texts
from messages_fa.markup import Text, paragraphs
from services import drafts, files
from storage.records import FormRun, FormStatus

LONGEST_ANSWER = 190
"""Characters of a callback answer; the platforms take 200."""


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
    note: Text | None = None,
) -> None:
    """Open a new form in this chat; one that was open is put aside first.

    Args:
        turn: this turn.
        form: which form.
        subject: the case that it is about, or None.
        seen: the version of that case that the person had on the screen, if the form decides about it.
        position: what is filled in already, or None.
        note: a word before its first question, or None.
    """
    put_aside(turn)
    start = (
        engine.begin(form, seen) if position is None else engine.resume(form, position, scope_of(turn, form))
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
    _enter(turn, form, run, start if note is None else replace(start, note=note))


def resume(turn: Turn, run: FormRun) -> None:
    """Open a kept draft again, in today's version of its form; another chat that has it open loses it."""
    if turn.chat.form_id == run.id and held.is_here(turn, run):
        prompt_again(turn)
        return
    put_aside(turn)
    form, stored = FORMS[run.form], Position.from_json(run.data)
    outcome = engine.resume(form, stored, scope_of(turn, form), version=run.form_version)
    _tell_the_other_chat(turn, run)
    _keep(turn, Open(form, run, stored, scope_of(turn, form)), outcome.position)
    which = general.draft_goes_on(form.title(outcome.position.answers))
    news = _news(form, outcome.position) if run.form_version < form.version else Text()
    _enter(turn, form, run, replace(outcome, note=paragraphs(which, news, outcome.note or Text())))


def _news(form: Form, position: Position) -> Text:
    """Which questions an older draft is asked anew."""
    asked = [step.label for step in open_steps(form, position.answers) if step.name in position.again]
    return texts.form_changed(asked) if asked else Text()


def _tell_the_other_chat(turn: Turn, run: FormRun) -> None:
    """Where the form is open in another chat, its screen there says where it went.

    The other chat's own row is not touched: it finds out when it is next used (`moved_away`).
    """
    there = turn.work.chats.get(run.platform, run.chat_id)
    if (
        held.is_here(turn, run)
        or there is None
        or there.form_id != run.id
        or run.platform not in turn.platforms
    ):
        return
    screen = Screen(general.draft_moved(title_of(run), turn.chat.platform, found_again(turn)))
    turn.post(run.platform, run.chat_id, screen, slot=held.PROMPT, edit=True)


def title_of(run: FormRun) -> str:
    """What a list calls the form."""
    return FORMS[run.form].title(Position.from_json(run.data).answers)


def tell_moved(turn: Turn, run: FormRun) -> None:
    """Say where the form went, with a button that brings it back here; nothing to who may not have it."""
    if not held.may_answer(turn, run):
        turn.tell(general.not_allowed())
        return
    rows = column(Button(buttons.CONTINUE_HERE, f"d:open:{run.id}"))
    turn.tell(general.draft_moved(title_of(run), run.platform, found_again(turn)), rows, slot="drafts")


def found_again(turn: Turn) -> str:
    """The button that leads to a kept draft: who has no list of drafts has complaints alone."""
    return buttons.DRAFTS if plays(turn.actor, Deed.FILE) else buttons.COMPLAIN


def put_aside(turn: Turn) -> None:
    """Close the form of this chat: a long one stays among the drafts, a small or empty one is dropped.

    Nothing typed is lost: what was written in a small one is handed back into the chat.
    """
    now = current(turn)
    if now is None:
        return
    if _worth_keeping(now):
        turn.tell(general.draft_kept(now.form.title(now.position.answers), found_again(turn)))
        close(turn)
    else:
        drop(turn, now.run)
        give_words_back(turn, Ready(now.form, now.run, now.position))


def give_words_back(turn: Turn, left: Ready) -> None:
    """Hand back what was written in a form that came to nothing; never a secret."""
    said = [left.position.answers.get(step.name) for step in left.form.steps if isinstance(step.kind, Remark)]
    written = dict.fromkeys(words for words in said if isinstance(words, str) and words)
    if written and not left.form.secret:
        turn.tell(filing.words_back(left.form.title(left.position.answers), tuple(written)))


def _worth_keeping(now: Open) -> bool:
    return now.form.has_summary and bool(now.position.answers)


def close(turn: Turn) -> None:
    """No form is open in this chat any more; buttons of its screen are old."""
    turn.turn_page()
    if turn.incoming.kind != "press":  # what is pressed is shown anew by whoever closes the form
        held.take_buttons_off(turn)
    turn.work.outbox.clear_slot(turn.chat.platform, turn.chat.chat_id, held.PROMPT)
    turn.chat = replace(turn.chat, form_id=None, shown=None)


def drop(turn: Turn, run: FormRun) -> None:
    """Close the form and erase it."""
    drafts.give_up(turn.work, run)
    close(turn)


def current(turn: Turn) -> Open | None:
    """The form open in this chat, if any."""
    if turn.chat.form_id is None:
        return None
    run = turn.work.forms.get(turn.chat.form_id)
    if run is None or run.status is not FormStatus.OPEN or not held.is_here(turn, run):
        return None
    if not held.may_answer(turn, run):
        return None
    form = FORMS[run.form]
    position, scope = Position.from_json(run.data), scope_of(turn, form)
    if run.form_version != form.version:
        position = engine.resume(form, position, scope, version=run.form_version).position
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
    word, _, rest = action.partition(":")
    if word == month.NOTHING:
        _say_why_not(turn, now, rest)
        return None
    if action in _OWN:
        _OWN[action](turn, now)
        return None
    if action == "send":
        return _send(turn, now)
    outcome = pressed.press(now.form, now.position, action, now.scope)
    if outcome is None:
        raise OldButton
    if outcome.problem is not None and turn.incoming.kind == "press":
        # Above a long keyboard the words of the screen may be out of sight.
        _toast(turn, replace(now, position=outcome.position), outcome.problem)
    return settle(turn, now, outcome)


def _toast(turn: Turn, now: Open, problem: Problem) -> None:
    told = show.problem_of(problem, now.form, now.position, now.scope).plain
    turn.answer(texts.shortened(told, LONGEST_ANSWER))


def text(turn: Turn, typed: str) -> Ready | None:
    """Take a typed message: the name of a button on the screen, or the answer."""
    now = current(turn)
    if now is None:
        return None
    action = show.typed(now.form, now.position, now.scope, typed)
    if action is not None:
        return press(turn, action)
    outcome = engine.answer(now.form, now.position, Given(text=typed), now.scope)
    if now.form.secret and not outcome.done:
        # What was meant as a secret, and only mistyped, may not stay in the chat either.
        turn.take_away()
    return settle(turn, now, outcome)


def takes(turn: Turn, typed: str) -> bool:
    """Whether the open form would take this text: as an answer, or as the name of a button on its screen."""
    now = current(turn)
    if now is None:
        return False
    if show.typed(now.form, now.position, now.scope, typed) is not None:
        return True
    return engine.answer(now.form, now.position, Given(text=typed), now.scope).problem is None


def asks_code(turn: Turn) -> bool:
    """Whether the open question is answered by a tracking code, which is then not looked up."""
    now = current(turn)
    step = engine.asked(now.form, now.position) if now else None
    return step is not None and isinstance(step.kind, TrackingCode)


def ask_rest(turn: Turn, ready: Ready) -> None:
    """Go on with a form that could not be carried out: whatever is lacking is asked."""
    scope = scope_of(turn, ready.form)
    now = Open(ready.form, ready.run, ready.position, scope)
    settle(turn, now, engine.resume(ready.form, ready.position, scope))


def _enter(turn: Turn, form: Form, run: FormRun, outcome: Outcome) -> None:
    turn.chat = replace(turn.chat, form_id=run.id)
    _show(turn, form, outcome)


def settle(turn: Turn, now: Open, outcome: Outcome) -> Ready | None:
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
    files.discard(turn.work, drafts.files_in(run) - drafts.files_in(kept), case_id=run.subject)


def _show(turn: Turn, form: Form, outcome: Outcome, *, fresh: bool = False) -> None:
    found = alike.open_about(turn, form, outcome.position)
    if found is not None:
        number, note = turn.chat.form_id or 0, outcome.note or Text()
        _show_as(turn, lambda act: alike.warning(found, number, note, act), fresh=fresh)
        return
    scope = scope_of(turn, form)
    in_place = turn.incoming.kind == "file" and goes_on(outcome.position)
    _show_as(
        turn,
        lambda act: show.screen_of(form, outcome.position, scope, outcome, act),
        fresh=fresh,
        in_place=in_place,
    )


def _show_as(
    turn: Turn, draw: Callable[[Callable[[str], str]], Screen], *, fresh: bool = False, in_place: bool = False
) -> None:
    """Show a live screen: its buttons carry a new serial, so that those of earlier screens are old.

    In place of the pressed prompt, or of the one that stands; otherwise as a new message, and then the
    buttons of the one that stood go.
    """
    serial = turn.turn_page()
    screen = draw(lambda action: f"f{serial}:{action}")
    if in_place:
        turn.remember(screen.rows)
        turn.post(turn.chat.platform, turn.chat.chat_id, screen, slot=held.PROMPT, edit=True)
        return
    edits = turn.incoming.kind == "press" and not turn.shown and not fresh
    if fresh:
        turn.tell(screen.text, screen.rows, slot=held.PROMPT)
    else:
        turn.show(screen, slot=held.PROMPT)
    if not edits:
        held.take_buttons_off(turn)


def _send(turn: Turn, now: Open) -> Ready | None:
    if engine.ready(now.form, now.position, now.scope):
        if is_unchanged(now.form, now.position) and not now.position.unchanged:
            return settle(turn, now, Outcome(replace(now.position, unchanged=True)))
        return Ready(now.form, now.run, now.position)
    return settle(turn, now, engine.resume(now.form, now.position, now.scope))


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
    turn.show(Screen(general.draft_kept(now.form.title(stayed.answers), found_again(turn))))


def _drop(turn: Turn, now: Open) -> None:
    """«حذف»: what is worth keeping lies among the drafts until it is said once more that it is to go."""
    if not _worth_keeping(now):
        drop(turn, now.run)
        turn.show(Screen(general.form_left()))
        return
    _keep(turn, now, engine.stay(now.form, now.position).position)
    close(turn)
    ask_to_delete(turn, now.run)


def ask_to_delete(turn: Turn, run: FormRun) -> None:
    """Ask before a draft is erased, with its files."""
    sure = (Button(buttons.SURE_TO_DELETE, f"d:erase:{run.id}"), Button(buttons.KEEP_DRAFT, "d:page:0"))
    turn.show(Screen(general.delete_draft(title_of(run)), column(*sure)), slot="drafts")


def _why(turn: Turn, now: Open) -> None:
    _show_as(turn, lambda act: show.why_screen(now.form, now.position, now.scope, act))


def _say_why_not(turn: Turn, now: Open, day: str) -> None:
    """A cell of a month that cannot be picked: the screen stays as it is; for a day, why it is not taken."""
    problem = month.refused(now.form, now.position, now.scope, day)
    if problem is not None:
        _toast(turn, now, problem)
    elif day:
        turn.answer(month_texts.not_a_day())


_OWN = {"save": _save_draft, "drop": _drop, "plan": _tell_plan, "y": _why}
"""Buttons of a form's screen that are not the engine's: they do not move the position."""
