"""What was thought of the service: one question after a decision or an answer; it blocks nothing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from domain.authority import Deed, Thing, require
from domain.errors import NotAllowedNow
from domain.roles import Actor
from persian.text import clean
from services import targets
from storage.records.complaints import Survey
from storage.work import Work

ASK_AFTER: Final = timedelta(minutes=15)
"""How long after the result it is asked, so that the result is read first: a technical number."""
REMIND_AFTER: Final = timedelta(days=1)
"""When the one reminder falls due; it is sent in office hours: a technical number."""
EDITABLE: Final = timedelta(hours=12)
"""How long a score may be changed after it was first given: a technical number."""
LOW: Final = 2
"""A score up to this asks for a comment and offers a complaint."""
BEST: Final = 5
FEWEST: Final = 5
"""Answers below which nobody but staff is told anything, so that nobody is recognised in them."""
_AT_ONCE: Final = 200
_COMMENT_LIMIT: Final = 1000

About = Literal["case", "complaint"]
Asker = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Results:
    """How many scores, their mean, and how many of each from 1 to 5."""

    count: int
    mean: float
    distribution: Mapping[int, int]


def plan(
    work: Work, about: About, subject: int, on_version: int, *, person_id: int | None, place: tuple[str, int]
) -> Survey | None:
    """Have it asked about a decision or an answer to a complaint, once; None where it was before.

    Args:
        work: this unit.
        about: what it is about.
        subject: the number of that.
        on_version: its version, so that a later decision is asked about again.
        person_id: who is asked, or None for a stranger.
        place: the chat of the filing.
    """
    platform, chat_id = place
    due_at = work.now + ASK_AFTER
    return work.complaints.plan_survey(about, subject, on_version, person_id, platform, chat_id, due_at)


def put_off(work: Work, about: About, subject: int) -> None:
    """What was not asked yet about this is asked a while after this moment: only now is it over."""
    work.complaints.put_survey_off(about, subject, work.now + ASK_AFTER)


def asked(work: Work, survey: Survey) -> None:
    """It is being asked now."""
    work.complaints.asked(survey.id)


def to_ask(work: Work) -> tuple[Survey, ...]:
    """Questions whose time has come, in office hours alone; each counts as asked.

    A decision is not asked about while a review of it is open.
    """
    if not targets.may_disturb(work):
        return ()
    waiting = work.complaints.to_ask(_AT_ONCE)
    for survey in waiting:
        asked(work, survey)
    return waiting


def own(work: Work, actor: Actor, asker: Asker, survey_id: int) -> Survey:
    """The question, if it was asked of this person or chat.

    Raises:
        NotFound: there is none.
        NotYours: somebody else was asked.
    """
    survey = work.complaints.survey(survey_id)
    here = asker == (survey.platform, survey.chat_id)
    require(actor, Deed.SURVEY, Thing(owner=survey.person_id, here=here))
    return survey


def score(work: Work, *, actor: Actor, asker: Asker, survey_id: int, stars: int) -> Survey:
    """Keep a score from 1 to 5; a later one replaces it for twelve hours.

    Raises:
        NotFound, NotYours: as `own`.
        NotAllowedNow: the twelve hours are over, or there is no such score.
    """
    survey = own(work, actor, asker, survey_id)
    too_late = survey.scored_at is not None and work.now - survey.scored_at > EDITABLE
    if not 1 <= stars <= BEST or (too_late and stars != survey.score):
        raise NotAllowedNow("score", "late")
    work.complaints.score(survey_id, stars, survey.scored_at or work.now)
    return work.complaints.survey(survey_id)


def comment(work: Work, *, actor: Actor, asker: Asker, survey_id: int, text: str) -> Survey:
    """Keep what was written beside the score; a later text replaces it.

    Raises:
        NotFound, NotYours: as `own`.
    """
    own(work, actor, asker, survey_id)
    work.complaints.comment(survey_id, clean(text, limit=_COMMENT_LIMIT))
    return work.complaints.survey(survey_id)


def to_remind(work: Work) -> tuple[Survey, ...]:
    """Questions that were not answered for a day, each once, and in office hours alone."""
    if not targets.may_disturb(work):
        return ()
    waiting = work.complaints.unanswered(work.now - REMIND_AFTER, _AT_ONCE)
    for survey in waiting:
        work.complaints.reminded(survey.id)
    return waiting


def results(work: Work, begin: datetime, end: datetime, *, staff: bool = False) -> Results | None:
    """The scores given from `begin` until before `end`.

    Args:
        work: this unit.
        begin: the first moment.
        end: the moment after the last.
        staff: whether the reader may see fewer than five together.

    Returns:
        None where nothing may be told: no score at all, or fewer than five for anybody but staff.
    """
    scores = work.complaints.scores(begin, end)
    if not scores or (len(scores) < FEWEST and not staff):
        return None
    counted = Counter(scores)
    shares = {stars: counted[stars] for stars in range(1, BEST + 1)}
    return Results(len(scores), sum(scores) / len(scores), shares)
