"""The form that is open in a chat: begun, taken up again, kept, given up; `answering` takes what is typed."""

from dataclasses import dataclass, replace

from bot.conversations import engine
from bot.conversations.engine import Outcome
from bot.conversations.every import FORMS
from bot.conversations.form import Form, Position
from bot.conversations.given import Scope
from bot.conversations.journey import open_steps
from bot.conversations.written import Remark
from bot.handlers import held, prompt
from bot.handlers.scopes import scope_of
from bot.screen import Button, Screen, column
from bot.turn import Turn
from domain.authority import Deed, plays
from messages_fa import buttons, filing, general
from messages_fa import form as texts
from messages_fa.markup import Text, paragraphs
from services import drafts, files
from storage.records import FormRun, FormStatus


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
    keep(turn, Open(form, run, stored, scope_of(turn, form)), outcome.position)
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
    if worth_keeping(now):
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


def worth_keeping(now: Open) -> bool:
    """Whether it stays among the drafts: a long form in which something is answered."""
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
        prompt.show(turn, now.form, Outcome(now.position, note=note), fresh=True)


def _enter(turn: Turn, form: Form, run: FormRun, outcome: Outcome) -> None:
    turn.chat = replace(turn.chat, form_id=run.id)
    prompt.show(turn, form, outcome)


def keep(turn: Turn, now: Open, position: Position) -> None:
    """Save where the form stands; files that it holds no more are erased."""
    run = replace(
        now.run, form_version=now.form.version, platform=turn.chat.platform, chat_id=turn.chat.chat_id
    )
    kept = turn.work.forms.save(run, data=position.to_json(), title=now.form.title(position.answers))
    files.discard(turn.work, drafts.files_in(run) - drafts.files_in(kept), case_id=run.subject)


def ask_to_delete(turn: Turn, run: FormRun) -> None:
    """Ask before a draft is erased, with its files."""
    sure = (Button(buttons.SURE_TO_DELETE, f"d:erase:{run.id}"), Button(buttons.KEEP_DRAFT, "d:page:0"))
    turn.show(Screen(general.delete_draft(title_of(run)), column(*sure)), slot="drafts")
