"""The question about the service: one tap in a message of its own, which no open form ever notices."""

from collections.abc import Callable
from functools import partial

from bot import survey_view
from bot.conversations.complaint_forms import COMMENT, COMPLAINT
from bot.conversations.form import Position
from bot.conversations.given import JSON
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.office import Office
from bot.one_by_one import one_by_one
from bot.part import Part
from bot.screen import Screen
from bot.turn import OldButton, Turn, number
from domain.errors import NotAllowedNow
from messages_fa import survey as texts
from services import survey as office
from storage.records.complaints import Survey
from storage.work import Work


def press(turn: Turn, rest: list[str]) -> None:
    """A score, «نوشتن توضیح» or «ثبت شکایت».

    Raises:
        OldButton: there is no such question or score.
        NotYours: it was asked of somebody else.
    """
    survey_id, verb = number(rest[0]), rest[1]
    if verb == "say":
        office.own(turn.work, turn.actor, turn.asker, survey_id)
        turn.shown = True
        forms.begin(turn, COMMENT, subject=survey_id)
    elif verb == "file":
        survey = office.own(turn.work, turn.actor, turn.asker, survey_id)
        turn.shown = True
        _complain(turn, survey)
    else:
        _score(turn, survey_id, number(verb))


def _complain(turn: Turn, survey: Survey) -> None:
    """After a low score: a complaint, about the case that was asked about."""
    answers: dict[str, JSON] = {"kind": "complaint"}
    if survey.about == "case":
        answers["case"] = turn.work.cases.get(survey.subject).code
    forms.begin(turn, COMPLAINT, position=Position(answers, "category"))


def _score(turn: Turn, survey_id: int, score: int) -> None:
    if not 1 <= score <= office.BEST:
        raise OldButton
    try:
        survey = office.score(turn.work, actor=turn.actor, asker=turn.asker, survey_id=survey_id, stars=score)
    except NotAllowedNow:
        turn.answer(texts.too_late())
        return
    turn.answer(texts.thanks(score)) if turn.incoming.kind == "press" else None
    _show(turn, survey)


def _show(turn: Turn, survey: Survey) -> None:
    """Draw it anew in its own message; what stands on the screen otherwise can still be typed."""
    pressed = turn.incoming.message_id if turn.incoming.kind == "press" else None
    screen = survey_view.scored(turn.work, survey)
    turn.post(*turn.place, screen, edit=pressed is not None, message_id=pressed)
    turn.shown = True


def finish_comment(turn: Turn, ready: Ready) -> None:
    """The comment was written."""
    office.comment(
        turn.work,
        actor=turn.actor,
        asker=turn.asker,
        survey_id=ready.run.subject or 0,
        text=str(ready.position.answers["text"]),
    )
    forms.drop(turn, ready.run)
    turn.show(Screen(texts.commented()))


def _typed(score: int) -> Callable[[Turn], None]:
    """«امتیاز ۴», typed: to the question that this chat was asked last."""

    def act(turn: Turn) -> None:
        survey = turn.work.complaints.last_survey(*turn.place)
        if survey is None:
            turn.tell(texts.none_asked())
        else:
            _score(turn, survey.id, score)

    return act


def ask_due(work: Work, wiring: Office) -> bool:
    """A sweep: questions whose time has come are asked, in office hours; whether there may be more."""
    asked = office.to_ask(work)
    one_by_one(work, wiring, "ask_surveys", asked, lambda survey: survey_view.send(work, wiring, survey))
    return bool(asked)


def remind(work: Work, wiring: Office) -> bool:
    """A sweep: questions not answered for a day are put once more, in office hours."""
    waiting = office.to_remind(work)
    again = partial(survey_view.send, work, wiring, again=True)
    one_by_one(work, wiring, "remind_surveys", waiting, again)
    return bool(waiting)


PART = Part(
    buttons={"srv": (press, 2)},
    finish={COMMENT.name: finish_comment},
    words={texts.typed_label(score): _typed(score) for score in range(1, office.BEST + 1)},
    sweeps=(("ask_surveys", ask_due, 60), ("remind_surveys", remind, 300)),
)
