"""The question about the service in a chat: a message beside everything else, edited where it stands."""

from bot.office import Office
from bot.post import chats_of, post_to_first
from bot.screen import Button, Screen
from messages_fa import buttons
from messages_fa import survey as texts
from services import survey as office
from storage.records import Lane
from storage.records.complaints import Survey
from storage.work import Work


def question(work: Work, survey: Survey, *, again: bool = False) -> Screen:
    """The question, or its one reminder."""
    return Screen(texts.question(survey.about, _code(work, survey), again=again), (_scores(survey),))


def scored(work: Work, survey: Survey) -> Screen:
    """What stands there once it is answered: the score, which can be changed, and more after a low one."""
    score = survey.score or office.BEST
    low = score <= office.LOW
    text = texts.scored(score, _code(work, survey), low=low, commented=survey.comment is not None)
    more = (
        Button(buttons.WRITE_COMMENT, f"srv:{survey.id}:say"),
        Button(buttons.FILE_COMPLAINT, f"srv:{survey.id}:file"),
    )
    return Screen(text, (_scores(survey), more) if low else (_scores(survey),))


def send(work: Work, wiring: Office, survey: Survey, *, again: bool = False) -> None:
    """Put the question into the first of the person's chats that can be reached."""
    places = chats_of(work, wiring, survey.person_id, (survey.platform, survey.chat_id))
    if places:
        purpose = f"survey:{survey.id}:{'again' if again else 'asked'}"
        screen = question(work, survey, again=again)
        post_to_first(work, wiring, places, screen, lane=Lane.NOTICES, purpose=purpose)


def _scores(survey: Survey) -> tuple[Button, ...]:
    return tuple(
        Button(texts.score_label(score, on=score == survey.score), f"srv:{survey.id}:{score}")
        for score in range(1, office.BEST + 1)
    )


def _code(work: Work, survey: Survey) -> str:
    if survey.about == "complaint":
        return work.complaints.get(survey.subject).code
    return work.cases.get(survey.subject).code
