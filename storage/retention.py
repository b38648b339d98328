"""What has been kept long enough, what is held back from erasure, and the erasing itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Select, and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.records.retention import Hold, Subject
from storage.tables.cases import cases, followers, views
from storage.tables.complaints import complaint_events, complaint_notes, complaints, surveys
from storage.tables.filing import case_debts, cosignatures, review_requests
from storage.tables.forms import file_contents, file_copies, files, forms
from storage.tables.messages import chats, slots
from storage.tables.retention import erasures, holds
from storage.tables.staffing import data_requests
from storage.transaction import Transaction

ERASED: Final = "erased"
"""The signal of a unit that has erased: the write-ahead log is emptied after it."""

_WHY: Final = "holds.why"
_CONTENT: Final = "complaints.content"

_OVER: Final = ("agreed", "not_agreed", "withdrawn", "superseded")
_OPEN: Final = complaints.c.state != "closed"


def _free(kind: str, column: Any) -> Any:  # noqa: ANN401 - a column of any table
    """Neither held back nor erased already."""
    held = exists().where(holds.c.kind == kind, holds.c.subject == column, holds.c.lifted_at.is_(None))
    gone = exists().where(erasures.c.kind == kind, erasures.c.subject == column)
    return and_(~held, ~gone)


def _some(query: Select[Any]) -> Select[Any]:
    return query.where(bindparam("after") < query.selected_columns[1]).limit(bindparam("most"))


_complained_of = exists().where(complaints.c.case_id == cases.c.id, _OPEN)
# Recommended, too, is not over: a director has still to say.
_under_review = exists().where(
    review_requests.c.case_id == cases.c.id,
    or_(review_requests.c.outcome.is_(None), review_requests.c.outcome == "recommended"),
)
_CASES: Final = _some(
    select(cases.c.code, cases.c.id, cases.c.changed_at.label("since"))
    .where(
        cases.c.state.in_(_OVER),
        cases.c.changed_at <= bindparam("before"),
        _free("case", cases.c.id),
        ~_complained_of,
        ~_under_review,
    )
    .order_by(cases.c.id)
)
_COMPLAINTS: Final = _some(
    select(complaints.c.code, complaints.c.id, complaints.c.changed_at.label("since"))
    .where(~_OPEN, complaints.c.changed_at <= bindparam("before"), _free("complaint", complaints.c.id))
    .order_by(complaints.c.id)
)
_of_chat = and_(complaints.c.platform == chats.c.platform, complaints.c.chat_id == chats.c.chat_id, _OPEN)
_follows = and_(followers.c.platform == chats.c.platform, followers.c.chat_id == chats.c.chat_id)
_strange = and_(
    chats.c.person_id.is_(None),
    chats.c.form_id.is_(None),
    chats.c.last_seen <= bindparam("before"),
    ~exists().where(_of_chat),
    ~exists().where(_follows),
)
_CHATS: Final = (
    select(chats.c.platform, chats.c.chat_id)
    .where(_strange)
    .order_by(chats.c.last_seen)
    .limit(bindparam("most"))
)
_HOW_MANY_CHATS: Final = select(func.count()).select_from(chats).where(_strange)

_ended = and_(
    data_requests.c.ended_at <= bindparam("before"),
    or_(
        data_requests.c.words.is_not(None), data_requests.c.answer.is_not(None), data_requests.c.chat_id != 0
    ),
)
_HOW_MANY_REQUESTS: Final = select(func.count()).select_from(data_requests).where(_ended)
_EMPTY_REQUESTS: Final = (
    update(data_requests)
    .where(
        data_requests.c.id.in_(
            select(data_requests.c.id).where(_ended).order_by(data_requests.c.id).limit(bindparam("most"))
        )
    )
    .values(words=None, answer=None, platform="", chat_id=0)
)

_HOLD: Final = insert(holds).on_conflict_do_nothing().returning(holds.c.id)
_HOLDS: Final = select(holds).where(holds.c.lifted_at.is_(None)).order_by(holds.c.id)
_LIFT: Final = (
    update(holds)
    .where(
        holds.c.kind == bindparam("what"),
        holds.c.subject == bindparam("which"),
        holds.c.lifted_at.is_(None),
    )
    .values(lifted_at=bindparam("now"), lifted_by=bindparam("by"))
)
_STANDS: Final = select(holds.c.id).where(
    holds.c.kind == bindparam("what"), holds.c.subject == bindparam("which"), holds.c.lifted_at.is_(None)
)
_GONE: Final = insert(erasures).on_conflict_do_nothing()
_WHEN: Final = select(erasures.c.at).where(
    erasures.c.kind == bindparam("what"), erasures.c.subject == bindparam("which")
)

_FORMS_OF_CASE: Final = select(forms.c.id).where(
    or_(
        forms.c.id == bindparam("form"),
        and_(forms.c.form == "proposal", forms.c.subject == bindparam("case")),
    )
)
_FORM_OF_COMPLAINT: Final = select(complaints.c.form_id).where(complaints.c.id == bindparam("row"))
_FILES_OF_FORMS: Final = select(files.c.id).where(files.c.form_id.in_(bindparam("forms", expanding=True)))
_these_files: Final[BindParameter[Any]] = bindparam("files", expanding=True)
_DROP_FILES: Final = (
    delete(file_contents).where(file_contents.c.file_id.in_(_these_files)),
    delete(file_copies).where(file_copies.c.file_id.in_(_these_files)),
    delete(files).where(files.c.id.in_(_these_files)),
)
_CLEAR_CASE: Final = (
    update(cases).where(cases.c.id == bindparam("row")).values(passcode=None),
    delete(followers).where(followers.c.case_id == bindparam("row")),
    delete(views).where(views.c.case_id == bindparam("row")),
    update(cosignatures)
    .where(cosignatures.c.case_id == bindparam("row"))
    .values(name=None, platform=None, user_id=None, chat_id=None),
    delete(case_debts).where(case_debts.c.case_id == bindparam("row")),
)
_CLEAR_SURVEYS: Final = (
    update(surveys)
    .where(surveys.c.about == bindparam("what"), surveys.c.subject == bindparam("row"))
    # One that was not asked yet never is.
    .values(
        comment=None,
        person_id=None,
        platform="",
        chat_id=0,
        asked_at=bindparam("now"),
        reminded_at=bindparam("now"),
    )
)
_CLEAR_COMPLAINT: Final = (
    update(complaint_events).where(complaint_events.c.complaint_id == bindparam("row")).values(text=None),
    delete(complaint_notes).where(complaint_notes.c.complaint_id == bindparam("row")),
)
_EMPTY_COMPLAINT: Final = (
    update(complaints)
    .where(complaints.c.id == bindparam("row"))
    .values(content=bindparam("nothing"), person_id=None, platform=None, chat_id=None, passcode=None)
)
_DROP_CHAT: Final = (
    delete(slots).where(slots.c.platform == bindparam("at"), slots.c.chat_id == bindparam("to")),
    delete(chats).where(chats.c.platform == bindparam("at"), chats.c.chat_id == bindparam("to")),
)


class Retention:
    """Rows stay as a skeleton: code, state and moments; what they said is gone."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    # What has been kept long enough

    def old_cases(self, before: datetime, *, after: int, limit: int) -> tuple[Subject, ...]:
        """Cases over since this moment, not held back, with no open complaint or review; by number."""
        return self._subjects("case", _CASES, before, after, limit)

    def old_complaints(self, before: datetime, *, after: int, limit: int) -> tuple[Subject, ...]:
        """Complaints closed by this moment that are not held back; by number."""
        return self._subjects("complaint", _COMPLAINTS, before, after, limit)

    def strange_chats(self, before: datetime, limit: int) -> tuple[tuple[str, int], ...]:
        """Chats of people whom the office does not know, silent since this moment, with nothing going on."""
        found = self._tx.connection.execute(_CHATS, {"before": before, "most": limit})
        return tuple((row.platform, row.chat_id) for row in found)

    def count_strange_chats(self, before: datetime) -> int:
        """How many such chats there are."""
        return int(self._tx.connection.execute(_HOW_MANY_CHATS, {"before": before}).scalar_one())

    def erased_at(self, kind: str, number: int) -> datetime | None:
        """When this was erased, or None."""
        found: datetime | None = self._tx.connection.scalar(_WHEN, {"what": kind, "which": number})
        return found

    # Holding back

    def hold(self, kind: str, number: int, why: str, by: int | None) -> bool:
        """Hold it back from erasure; False if it is held back already."""
        values = {
            "kind": kind,
            "subject": number,
            "why": self._tx.vault.seal(_WHY, why, (kind, number)),
            "placed_by": by,
            "placed_at": self._tx.now,
        }
        return self._tx.connection.execute(_HOLD, values).first() is not None

    def lift(self, kind: str, number: int, by: int | None) -> bool:
        """Hold it back no longer; False if it was not held back."""
        values = {"what": kind, "which": number, "now": self._tx.now, "by": by}
        return self._tx.connection.execute(_LIFT, values).rowcount == 1

    def is_held(self, kind: str, number: int) -> bool:
        """Whether it is held back at this moment."""
        return self._tx.connection.scalar(_STANDS, {"what": kind, "which": number}) is not None

    def holds(self) -> tuple[Hold, ...]:
        """Everything that is held back, the oldest first."""
        found = self._tx.connection.execute(_HOLDS)
        return tuple(
            Hold(
                row.kind,
                row.subject,
                str(self._tx.vault.open(_WHY, row.why, (row.kind, row.subject))),
                row.placed_by,
                row.placed_at,
            )
            for row in found
        )

    # Erasing

    def erase_case(self, case_id: int, form_id: int) -> None:
        """Drop the files of a case and what leads from it to people; `Keys.destroy` is to follow."""
        own = self._tx.connection.scalars(_FORMS_OF_CASE, {"form": form_id, "case": case_id})
        self._drop_files(list(self._tx.connection.scalars(_FILES_OF_FORMS, {"forms": list(own)})))
        for statement in _CLEAR_CASE:
            self._tx.connection.execute(statement, {"row": case_id})
        self._erased("case", case_id)

    def erase_complaint(self, complaint_id: int, code: str, numbers: Sequence[int]) -> int | None:
        """Empty a complaint, its answers and notes, and drop its files; nothing leads to its sender.

        Returns:
            Its form, whose key is to be destroyed; None of an anonymous one.
        """
        self._drop_files(numbers)
        nothing = self._tx.vault.seal(_CONTENT, {}, code)
        for statement in _CLEAR_COMPLAINT:
            self._tx.connection.execute(statement, {"row": complaint_id})
        self._tx.connection.execute(_EMPTY_COMPLAINT, {"row": complaint_id, "nothing": nothing})
        self._erased("complaint", complaint_id)
        form_id: int | None = self._tx.connection.scalar(_FORM_OF_COMPLAINT, {"row": complaint_id})
        return form_id

    def erase_chat(self, platform: str, chat_id: int) -> None:
        """Forget a chat."""
        for statement in _DROP_CHAT:
            self._tx.connection.execute(statement, {"at": platform, "to": chat_id})
        self._tx.signals.add(ERASED)

    def count_old_requests(self, before: datetime) -> int:
        """How many requests about one's own data ended by this moment and still hold words or a chat."""
        return int(self._tx.connection.execute(_HOW_MANY_REQUESTS, {"before": before}).scalar_one())

    def empty_old_requests(self, before: datetime, limit: int) -> int:
        """Empty these, a few at a time; how many. Their kind, moments and outcome stay."""
        done = self._tx.connection.execute(_EMPTY_REQUESTS, {"before": before, "most": limit}).rowcount
        if done:
            self._tx.signals.add(ERASED)
        return done

    def _drop_files(self, numbers: Sequence[int]) -> None:
        for statement in _DROP_FILES if numbers else ():
            self._tx.connection.execute(statement, {"files": list(numbers)})

    def _erased(self, kind: str, number: int) -> None:
        now = self._tx.now
        self._tx.connection.execute(_CLEAR_SURVEYS, {"what": kind, "row": number, "now": now})
        self._tx.connection.execute(_GONE, {"kind": kind, "subject": number, "at": now})
        self._tx.signals.add(ERASED)

    def _subjects(
        self, kind: str, query: Select[Any], before: datetime, after: int, limit: int
    ) -> tuple[Subject, ...]:
        found = self._tx.connection.execute(query, {"before": before, "after": after, "most": limit})
        return tuple(Subject(kind, row.id, row.code, row.since) for row in found)
