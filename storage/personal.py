"""Requests about one's own data, what the store keeps of somebody, and what of it can be erased.

Of somebody with an account everything is found by the person and by the person's chats; of a stranger by the
chat alone.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Delete,
    Row,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from domain.audit import Deed
from storage import form_keys
from storage.audit import note
from storage.errors import Erased
from storage.records.staffing import DataRequest, RequestKind, RequestOutcome
from storage.retention import ERASED
from storage.tables.agreement import agreement_acceptances
from storage.tables.cases import cases, followers
from storage.tables.complaints import complaints, surveys
from storage.tables.filing import cosignatures
from storage.tables.forms import forms
from storage.tables.messages import chats
from storage.tables.people import grants
from storage.tables.staffing import data_requests
from storage.transaction import Transaction

_WORDS: Final = "data_requests.words"
_ANSWER: Final = "data_requests.answer"
_TITLE: Final = "forms.title"
_COMMENT: Final = "surveys.comment"
_NAME: Final = "chats.name"
_OFFICIAL: Final = "cosignatures.name"

_STANDS: Final = data_requests.c.outcome.is_(None)
_ADD: Final = insert(data_requests).returning(data_requests.c.id)
_SAY: Final = (
    update(data_requests).where(data_requests.c.id == bindparam("row")).values(words=bindparam("words"))
)
_GET: Final = select(data_requests).where(data_requests.c.id == bindparam("row"))
_OPEN: Final = select(data_requests).where(_STANDS).order_by(data_requests.c.id)
_END: Final = (
    update(data_requests)
    .where(data_requests.c.id == bindparam("row"), _STANDS)
    .values(
        outcome=bindparam("what"),
        answer=bindparam("said"),
        ended_by=bindparam("by"),
        ended_at=bindparam("now"),
    )
)


def _of(table: Table) -> ColumnElement[bool]:
    """Rows of this person, or of this chat while it was nobody's."""
    in_chat = (table.c.platform == bindparam("at")) & (table.c.chat_id == bindparam("to"))
    return or_(table.c.person_id == bindparam("person"), in_chat & table.c.person_id.is_(None))


_REQUESTS: Final = select(data_requests).where(_of(data_requests)).order_by(data_requests.c.id)
_OPEN_FORMS: Final = (
    select(forms.c.id, forms.c.form, forms.c.title, forms.c.updated_at, form_keys.key_of(forms.c.id))
    .where(_of(forms), forms.c.status.in_(("open", "waiting", "expired")))
    .order_by(forms.c.id)
)
_COMPLAINTS: Final = (
    select(complaints.c.code, complaints.c.kind, complaints.c.state, complaints.c.filed_at)
    .where(_of(complaints))
    .order_by(complaints.c.id)
)
_SURVEYS: Final = (
    select(surveys.c.id, surveys.c.score, surveys.c.scored_at, surveys.c.comment)
    .where(_of(surveys), surveys.c.score.is_not(None))
    .order_by(surveys.c.id)
)
_CASES: Final = (
    select(cases.c.code, cases.c.state, cases.c.filed_at)
    .where(cases.c.filed_by == bindparam("person"))
    .order_by(cases.c.id)
)
_GRANTS: Final = (
    select(grants.c.role, grants.c.granted_at)
    .where(grants.c.person_id == bindparam("person"))
    .order_by(grants.c.granted_at, grants.c.id)
)
_ACCEPTED: Final = (
    select(agreement_acceptances.c.version, agreement_acceptances.c.at)
    .where(agreement_acceptances.c.person_id == bindparam("person"))
    .order_by(agreement_acceptances.c.version)
)
_COSIGNED: Final = (
    select(
        cosignatures.c.id, cosignatures.c.name, cosignatures.c.made_at, cosignatures.c.outcome, cases.c.code
    )
    .outerjoin(cases, cases.c.id == cosignatures.c.case_id)
    .where(
        or_(
            cosignatures.c.person_id == bindparam("person"),
            (cosignatures.c.platform == bindparam("at")) & (cosignatures.c.chat_id == bindparam("to")),
        )
    )
    .order_by(cosignatures.c.id)
)

_FORGET_COSIGNS: Final = (
    update(cosignatures)
    .where(
        cosignatures.c.platform == bindparam("at"),
        cosignatures.c.chat_id == bindparam("to"),
        cosignatures.c.outcome.is_not(None),
        cosignatures.c.case_id.is_(None),
    )
    .values(platform=None, user_id=None, chat_id=None, name=None)
)
_FORGET_WORDS: Final = (
    update(data_requests)
    .where(_of(data_requests), data_requests.c.outcome.is_not(None))
    .values(words=None, answer=None)
)
_FORGET_SURVEYS: Final = (
    update(surveys)
    .where(_of(surveys))
    .values(
        person_id=None,
        platform="",
        chat_id=0,
        comment=None,
        asked_at=bindparam("now"),
        reminded_at=bindparam("now"),
    )
)
_FORGET_CHAT: Final = (
    update(chats)
    .where(chats.c.platform == bindparam("at"), chats.c.chat_id == bindparam("to"))
    .values(name=bindparam("nobody"))
)
_UNFOLLOW: Final = delete(followers).where(
    followers.c.platform == bindparam("at"), followers.c.chat_id == bindparam("to")
)
_FORGET_SENDER: Final = (
    update(complaints)
    .where(
        complaints.c.person_id.is_(None),
        complaints.c.platform == bindparam("at"),
        complaints.c.chat_id == bindparam("to"),
        complaints.c.state == "closed",
    )
    .values(platform=None, chat_id=None)
)

Place = tuple[str, int]


class Personal:
    """What concerns one person, or one stranger's chat."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    # Requests

    def ask(self, kind: RequestKind, person_id: int | None, place: Place, words: str) -> DataRequest:
        """Keep what somebody asks."""
        values = {
            "kind": kind,
            "person_id": person_id,
            "platform": place[0],
            "chat_id": place[1],
            "asked_at": self._tx.now,
        }
        row_id = self._tx.connection.execute(_ADD, values).scalar_one()
        if words:
            sealed = self._tx.vault.seal(_WORDS, words, row_id)
            self._tx.connection.execute(_SAY, {"row": row_id, "words": sealed})
        note(self._tx, Deed.DATA_REQUEST, by=person_id, about=f"data_request:{row_id}", step="ask", kind=kind)
        return self._request(self._tx.connection.execute(_GET, {"row": row_id}).one())

    def request(self, request_id: int) -> DataRequest | None:
        """The request with this number, open or ended, or None."""
        found = self._tx.connection.execute(_GET, {"row": request_id}).first()
        return None if found is None else self._request(found)

    def open_requests(self) -> tuple[DataRequest, ...]:
        """Those that wait for an admin, the oldest first."""
        return tuple(map(self._request, self._tx.connection.execute(_OPEN)))

    def requests_of(self, person_id: int | None, place: Place) -> tuple[DataRequest, ...]:
        """All that this person, or this chat, has asked, the oldest first."""
        return tuple(map(self._request, self._tx.connection.execute(_REQUESTS, _whose(person_id, place))))

    def end_request(self, request_id: int, outcome: RequestOutcome, answer: str, by: int | None) -> bool:
        """End it, once; False if it has ended."""
        values = {
            "row": request_id,
            "what": outcome,
            "said": self._tx.vault.seal(_ANSWER, answer, request_id) if answer else None,
            "by": by,
            "now": self._tx.now,
        }
        ended = self._tx.connection.execute(_END, values).rowcount == 1
        if ended:
            note(self._tx, Deed.DATA_REQUEST, by=by, about=f"data_request:{request_id}", step=outcome)
        return ended

    # What is kept

    def open_forms(self, person_id: int | None, place: Place) -> tuple[tuple[int, str, str, datetime], ...]:
        """Number, form, title and last change of everything that was begun and not sent."""
        return tuple(
            (row.id, row.form, self._title(row), row.updated_at)
            for row in self._tx.connection.execute(_OPEN_FORMS, _whose(person_id, place))
        )

    def complaints_of(
        self, person_id: int | None, place: Place
    ) -> tuple[tuple[str, str, str, datetime], ...]:
        """Code, kind, state and day of each complaint that is not anonymous."""
        found = self._tx.connection.execute(_COMPLAINTS, _whose(person_id, place))
        return tuple((row.code, row.kind, row.state, row.filed_at) for row in found)

    def surveys_of(self, person_id: int | None, place: Place) -> tuple[tuple[int, datetime, str], ...]:
        """Score, moment and comment of each survey that was answered."""
        found = self._tx.connection.execute(_SURVEYS, _whose(person_id, place))
        return tuple((row.score, row.scored_at, self._opened(_COMMENT, row.comment, row.id)) for row in found)

    def cases_of(self, person_id: int) -> tuple[tuple[str, str, datetime], ...]:
        """Code, state and moment of each case that this person filed."""
        found = self._tx.connection.execute(_CASES, {"person": person_id})
        return tuple((row.code, row.state, row.filed_at) for row in found)

    def grants_of(self, person_id: int) -> tuple[tuple[str, datetime], ...]:
        """Every role held, and since when."""
        found = self._tx.connection.execute(_GRANTS, {"person": person_id})
        return tuple((row.role, row.granted_at) for row in found)

    def acceptances_of(self, person_id: int) -> tuple[tuple[int, datetime], ...]:
        """Every version of the agreement that this person accepted, and when."""
        found = self._tx.connection.execute(_ACCEPTED, {"person": person_id})
        return tuple((row.version, row.at) for row in found)

    def cosigned_of(
        self, person_id: int | None, place: Place
    ) -> tuple[tuple[int, str, datetime, str, bool], ...]:
        """Number, name, moment, code (empty: nothing was filed) of each link opened as an official.

        And whether it still waits for the official's word.
        """
        found = self._tx.connection.execute(_COSIGNED, _whose(person_id, place))
        return tuple(
            (
                row.id,
                self._opened(_OFFICIAL, row.name, row.id),
                row.made_at,
                row.code or "",
                row.outcome is None,
            )
            for row in found
        )

    # What is erased

    def forget_cosigns(self, place: Place) -> int:
        """Nothing leads from ended links on which no case stands to who opened them; how many they were."""
        return self._forget(_FORGET_COSIGNS, _in(place))

    def forget_words(self, person_id: int | None, place: Place) -> int:
        """What was written in requests that have ended, and answered, is gone; how many they were."""
        return self._forget(_FORGET_WORDS, _whose(person_id, place))

    def forget_surveys(self, person_id: int | None, places: Iterable[Place]) -> int:
        """Nothing leads from a score to who gave it any more, and comments are gone; how many they were."""
        now = {"now": self._tx.now}
        return sum(self._forget(_FORGET_SURVEYS, _whose(person_id, place) | now) for place in places)

    def forget_chat(self, place: Place) -> int:
        """The chat has no name here and follows nothing; how many codes it followed."""
        self._forget(_FORGET_CHAT, _in(place) | {"nobody": self._tx.vault.seal(_NAME, "", place)})
        return self._forget(_UNFOLLOW, _in(place))

    def forget_sender(self, place: Place) -> int:
        """Nothing leads from a stranger's closed complaints to the chat any more; how many they were."""
        return self._forget(_FORGET_SENDER, _in(place))

    def _forget(self, statement: Update | Delete, values: dict[str, object]) -> int:
        """Carry it out, and have the write-ahead log emptied where it forgot anything; how many rows."""
        gone = self._tx.connection.execute(statement, values).rowcount
        if gone:
            self._tx.signals.add(ERASED)
        return gone

    def _opened(self, context: str, sealed: bytes | None, row: int) -> str:
        return "" if sealed is None else str(self._tx.vault.open(context, sealed, row))

    def _title(self, found: Row[Any]) -> str:
        if found.title is None:
            return ""
        try:
            key = form_keys.opened(self._tx, found.id, found.form_key)
        except Erased:
            return ""
        return str(self._tx.vault.open(_TITLE, found.title, key=key))

    def _request(self, found: Row[Any]) -> DataRequest:
        return DataRequest(
            id=found.id,
            kind=found.kind,
            person_id=found.person_id,
            platform=found.platform,
            chat_id=found.chat_id,
            words=self._opened(_WORDS, found.words, found.id),
            asked_at=found.asked_at,
            outcome=found.outcome,
            answer=self._opened(_ANSWER, found.answer, found.id),
            ended_by=found.ended_by,
            ended_at=found.ended_at,
        )


def _in(place: Place) -> dict[str, object]:
    return {"at": place[0], "to": place[1]}


def _whose(person_id: int | None, place: Place) -> dict[str, object]:
    return _in(place) | {"person": person_id}
