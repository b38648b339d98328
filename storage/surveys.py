"""What was thought of the service: asked once, scored once, with a comment."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, delete, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.errors import NotFound
from storage.records.complaints import Survey
from storage.tables.complaints import surveys
from storage.tables.filing import review_requests
from storage.transaction import Transaction

_COMMENT: Final = "surveys.comment"

_ASK: Final = insert(surveys).on_conflict_do_nothing().returning(surveys)
_GET: Final = select(surveys).where(surveys.c.id == bindparam("row"))
_OF_CHAT: Final = (
    select(surveys)
    .where(
        surveys.c.platform == bindparam("at"),
        surveys.c.chat_id == bindparam("to"),
        surveys.c.asked_at.is_not(None),
    )
    .order_by(surveys.c.asked_at.desc(), surveys.c.id.desc())
    .limit(1)
)
_WITHDRAW: Final = delete(surveys).where(
    surveys.c.about == bindparam("what"),
    surveys.c.subject == bindparam("number"),
    surveys.c.asked_at.is_(None),
)
_PUT_OFF: Final = (
    update(surveys)
    .where(
        surveys.c.about == bindparam("what"),
        surveys.c.subject == bindparam("number"),
        surveys.c.asked_at.is_(None),
    )
    .values(due_at=bindparam("until"))
)
# Nobody is asked about a decision while a review of it is open.
_SETTLED: Final = or_(
    surveys.c.about != "case",
    ~exists().where(
        and_(
            review_requests.c.case_id == surveys.c.subject,
            or_(review_requests.c.outcome.is_(None), review_requests.c.outcome == "recommended"),
        )
    ),
)
_SCORE: Final = (
    update(surveys)
    .where(surveys.c.id == bindparam("row"))
    .values(score=bindparam("stars"), scored_at=bindparam("when"))
)
_SAY: Final = update(surveys).where(surveys.c.id == bindparam("row")).values(comment=bindparam("words"))
_TO_ASK: Final = (
    select(surveys)
    .where(surveys.c.asked_at.is_(None), surveys.c.due_at <= bindparam("now"), _SETTLED)
    .order_by(surveys.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_ASKED: Final = update(surveys).where(surveys.c.id == bindparam("row")).values(asked_at=bindparam("now"))
_UNANSWERED: Final = (
    select(surveys)
    .where(
        surveys.c.score.is_(None),
        surveys.c.reminded_at.is_(None),
        surveys.c.asked_at <= bindparam("before"),
        _SETTLED,
    )
    .order_by(surveys.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_REMINDED: Final = (
    update(surveys).where(surveys.c.id == bindparam("row")).values(reminded_at=bindparam("now"))
)
_SCORES: Final = select(surveys.c.score).where(
    surveys.c.score.is_not(None),
    surveys.c.scored_at >= bindparam("begin"),
    surveys.c.scored_at < bindparam("end"),
)


class Surveys:
    """The questions that were asked."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def plan_survey(  # noqa: PLR0917 - in the order of the columns
        self,
        about: str,
        subject: int,
        on_version: int,
        person_id: int | None,
        platform: str,
        chat_id: int,
        due_at: datetime,
    ) -> Survey | None:
        """A new question to be asked, or None where there is one."""
        values = {
            "about": about,
            "subject": subject,
            "on_version": on_version,
            "person_id": person_id,
            "platform": platform,
            "chat_id": chat_id,
            "due_at": due_at,
        }
        asked = self._tx.connection.execute(_ASK, values).first()
        return None if asked is None else self._survey(asked)

    def withdraw_survey(self, about: str, subject: int) -> None:
        """Do not ask what was not asked yet about this: it is not over."""
        self._tx.connection.execute(_WITHDRAW, {"what": about, "number": subject})

    def put_survey_off(self, about: str, subject: int, until: datetime) -> None:
        """Do not ask before this moment what was not asked yet about this."""
        values = {"what": about, "number": subject, "until": until}
        self._tx.connection.execute(_PUT_OFF, values)

    def survey(self, survey_id: int) -> Survey:
        """The question with this number.

        Raises:
            NotFound: there is none.
        """
        found = self._tx.connection.execute(_GET, {"row": survey_id}).first()
        if found is None:
            raise NotFound("survey", survey_id)
        return self._survey(found)

    def last_survey(self, platform: str, chat_id: int) -> Survey | None:
        """The question that this chat was asked last, or None."""
        found = self._tx.connection.execute(_OF_CHAT, {"at": platform, "to": chat_id}).first()
        return None if found is None else self._survey(found)

    def score(self, survey_id: int, score: int, when: datetime) -> None:
        """Keep the score; `when` it was first given."""
        self._tx.connection.execute(_SCORE, {"row": survey_id, "stars": score, "when": when})

    def comment(self, survey_id: int, comment: str) -> None:
        """Keep what was written beside the score."""
        words = self._tx.vault.seal(_COMMENT, comment, survey_id)
        self._tx.connection.execute(_SAY, {"row": survey_id, "words": words})

    def to_ask(self, most: int) -> tuple[Survey, ...]:
        """Questions whose time has come and that were not asked yet; held."""
        rows = self._tx.connection.execute(_TO_ASK, {"now": self._tx.now, "most": most})
        return tuple(map(self._survey, rows))

    def asked(self, survey_id: int) -> None:
        """It was asked now."""
        self._tx.connection.execute(_ASKED, {"row": survey_id, "now": self._tx.now})

    def unanswered(self, before: datetime, most: int) -> tuple[Survey, ...]:
        """Questions asked up to this moment, without a score or a reminder, the first asked first; held."""
        rows = self._tx.connection.execute(_UNANSWERED, {"before": before, "most": most})
        return tuple(map(self._survey, rows))

    def reminded(self, survey_id: int) -> None:
        """Its one reminder was sent."""
        self._tx.connection.execute(_REMINDED, {"row": survey_id, "now": self._tx.now})

    def scores(self, begin: datetime, end: datetime) -> tuple[int, ...]:
        """All scores first given from `begin` until before `end`."""
        return tuple(self._tx.connection.scalars(_SCORES, {"begin": begin, "end": end}))

    def _survey(self, found: Row[Any]) -> Survey:
        return Survey(
            id=found.id,
            about=found.about,
            subject=found.subject,
            on_version=found.on_version,
            person_id=found.person_id,
            platform=found.platform,
            chat_id=found.chat_id,
            due_at=found.due_at,
            asked_at=found.asked_at,
            reminded_at=found.reminded_at,
            score=found.score,
            scored_at=found.scored_at,
            comment=None if found.comment is None else self._tx.vault.open(_COMMENT, found.comment, found.id),
        )
