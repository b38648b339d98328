"""What is pressed at the warning that the same debt is dealt with already."""

from dataclasses import replace

from bot.conversations.filing_forms import ANEW
from bot.conversations.form import Position
from bot.conversations.proposal import PROPOSAL
from bot.handlers import alike, forms, own, tracking
from bot.handlers.forms import Ready
from bot.turn import OldButton, Turn
from messages_fa import filing as texts
from messages_fa import tracking as words
from services import following
from services.errors import TooManyFollowed
from storage.records import FormRun, FormStatus


def follow_same(turn: Turn, form_id: int) -> None:
    """«همان را دنبال می‌کنم»: the draft is kept, and the case that is dealt with already is shown.

    A colleague's case is followed by this chat from now on; the own one is told of anyway.

    Raises:
        OldButton: the form is not at its warning any more.
    """
    run = _open(turn, form_id)
    found = alike.open_about(turn, PROPOSAL, Position.from_json(run.data))
    if found is None and alike.is_over(turn, Position.from_json(run.data)):
        _other_ended(turn, run)
        return
    if found is None or not found.same_agency:
        raise OldButton
    newest = found.same_agency[0]
    forms.close(turn)
    turn.tell(texts.goes_on_there(forms.title_of(run)))
    turn.shown = True
    if newest.own:
        own.show(turn, newest.case_id)
        return
    try:
        platform, chat_id = turn.place
        following.follow(turn.work, platform=platform, chat_id=chat_id, case_id=newest.case_id)
    except TooManyFollowed as refused:
        turn.answer(words.too_many(refused.why, refused.limit))
    tracking.refresh(turn, newest.code)


def ask_reason(turn: Turn, form_id: int) -> None:
    """«ثبت جدید با ذکر دلیل».

    Raises:
        OldButton: the form is not at its warning any more.
    """
    run = _open(turn, form_id)
    position = Position.from_json(run.data)
    if alike.is_over(turn, position):
        _other_ended(turn, run)
        return
    if alike.open_about(turn, PROPOSAL, position) is None:
        raise OldButton
    forms.close(turn)
    turn.shown = True
    forms.begin(turn, ANEW, subject=run.id)


def finish_reason(turn: Turn, ready: Ready) -> None:
    """The reason was written: it is kept with the draft, whose summary follows."""
    forms.drop(turn, ready.run)
    run = _open(turn, ready.run.subject or 0)
    position = Position.from_json(run.data)
    found = alike.open_about(turn, PROPOSAL, position)
    if found is None:
        turn.tell(texts.other_ended())
    else:
        given = {"key": found.key, "reason": str(ready.position.answers["reason"])}
        run = turn.work.forms.save(run, data=replace(position, anew=given).to_json())
        turn.tell(texts.noted_twice())
    turn.shown = True
    forms.resume(turn, run)


def _other_ended(turn: Turn, run: FormRun) -> None:
    """The other case was decided or withdrawn since the warning stood there: the summary says so."""
    turn.tell(texts.other_ended())
    turn.shown = True
    forms.resume(turn, run)


def _open(turn: Turn, form_id: int) -> FormRun:
    """The person's own proposal that is being filled in.

    Raises:
        OldButton: it is not there any more.
    """
    run = turn.work.forms.get(form_id)
    mine = run is not None and run.person_id is not None and run.person_id == turn.actor.person_id
    if run is None or not mine or run.status is not FormStatus.OPEN or run.form != PROPOSAL.name:
        raise OldButton
    return run
