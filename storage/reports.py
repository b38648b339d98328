"""What happened in a period, counted: no words, no names, only numbers, days and codes."""

import json
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, cast, exists, func, literal, or_, select

from domain.clocks import DECISION, FIRST_LOOK
from domain.complaints import Action as Reply
from domain.complaints import State as Complaint
from domain.lifecycle import HELD_IN, Action, State
from storage.tables.cases import case_events, cases
from storage.tables.complaints import complaint_events, complaints
from storage.tables.measures import first_steps
from storage.tables.types import NEVER
from storage.transaction import Transaction

_events, _first = case_events.c, first_steps.c
_DECIDED_AS: Final = (State.AGREED, State.NOT_AGREED)


def _moved(event: Any) -> ColumnElement[bool]:  # noqa: ANN401 - the columns of the table or of its alias
    return or_(event.from_state.is_(None), event.from_state != event.to_state)


def _in_period(at: Any = _events.at) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    return and_(at >= bindparam("begin"), at < bindparam("end"))


def _counted(clock: str, *by: Any) -> Select[Any]:  # noqa: ANN401 - columns
    """How many first steps of the period ended this clock, by these columns and by how they were measured."""
    groups = (*by, _first.working_days, _first.kept)
    return (
        select(*groups, func.count())
        .where(_first.clock == literal(clock), _in_period(_first.at))
        .group_by(*groups)
    )


_DECIDED: Final = _counted(DECISION, _first.agency_id, _first.debt_type, _first.outcome)
_LOOKED_AT: Final = _counted(FIRST_LOOK)
_STEPS: Final = (
    select(_events.action, _events.to_state, func.count())
    .where(_in_period(), _moved(_events))
    .group_by(_events.action, _events.to_state)
)
_debt_type = func.coalesce(cases.c.debt_type, "")
_FILED: Final = (
    select(cases.c.agency_id, _debt_type, func.count())
    .where(_in_period(cases.c.filed_at))
    .group_by(cases.c.agency_id, _debt_type)
)
_reasons = cast(_events.reasons, Text)
_REASONS: Final = (
    select(_events.action, _reasons, func.count())
    .where(
        _in_period(),
        _moved(_events),
        _events.action.in_((Action.REFUSE, Action.RETURN_FOR_CORRECTION, Action.SUPERSEDE, Action.WITHDRAW)),
    )
    .group_by(_events.action, _reasons)
)
_STANDING: Final = select(cases.c.state, func.count()).group_by(cases.c.state)
_IN_HANDS: Final = (
    select(cases.c.holder, cases.c.clock_from, cases.c.due_at)
    .where(cases.c.state.in_(sorted(HELD_IN)), cases.c.holder.is_not(None))
    .order_by(cases.c.id)
)


_DECIDED_BY: Final = (
    select(_events.person_id, func.count())
    .where(_in_period(), _events.to_state.in_(_DECIDED_AS), _moved(_events), _events.person_id.is_not(None))
    .group_by(_events.person_id)
)

_replies = complaint_events.c
_sooner = complaint_events.alias("sooner")
_ANSWERED: Final = (
    select(_replies.complaint_id, complaints.c.filed_at, _replies.at)
    .join(complaints, complaints.c.id == _replies.complaint_id)
    .where(
        _replies.action == Reply.ANSWER,
        _replies.at >= bindparam("begin"),
        _replies.at < bindparam("end"),
        ~exists().where(
            _sooner.c.complaint_id == _replies.complaint_id,
            _sooner.c.id < _replies.id,
            _sooner.c.action == Reply.ANSWER,
        ),
    )
)
_answered = _ANSWERED.with_only_columns(_replies.complaint_id).subquery()
_asked = complaint_events.alias("asked")
_ASKED: Final = (
    select(_asked.c.complaint_id, _asked.c.at, _asked.c.to_state)
    .where(
        or_(
            _asked.c.to_state == Complaint.AWAITING_REPLY,
            _asked.c.from_state == Complaint.AWAITING_REPLY,
        ),
        _moved(_asked.c),
        _asked.c.complaint_id.in_(select(_answered.c.complaint_id)),
    )
    .order_by(_asked.c.id)
)


class Held(NamedTuple):
    """A case in somebody's hands: since when the office's clock runs, and when its target is up, if ever."""

    since: datetime
    due_at: datetime | None


class Group(NamedTuple):
    """First steps that are alike: working days each took, whether the target was met, and how many."""

    agency_id: int
    debt_type: str
    outcome: State
    working_days: int
    kept: bool | None
    many: int


class Reports:
    """Figures; each query reads, and reads only columns that hold no personal data."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def decided(self, begin: datetime, end: datetime) -> list[Group]:
        """The cases whose first decision falls into the period (its end is left out)."""
        return [
            Group(row[0], row[1], State(row[2]), row[3], row[4], row[5])
            for row in self._in(_DECIDED, begin, end)
        ]

    def looked_at(self, begin: datetime, end: datetime) -> list[tuple[int, bool | None, int]]:
        """The cases that were taken up first in the period: (working days, target met, how many)."""
        return [(row[0], row[1], row[2]) for row in self._in(_LOOKED_AT, begin, end)]

    def answered(self, begin: datetime, end: datetime) -> list[tuple[int, datetime, datetime]]:
        """The complaints whose first answer falls into the period: (number, filed at, answered at)."""
        return [(row[0], row[1], row[2]) for row in self._in(_ANSWERED, begin, end)]

    def replies_awaited(self, begin: datetime, end: datetime) -> dict[int, list[tuple[datetime, bool]]]:
        """For those complaints: when each began (True) or ceased to wait for a reply."""
        found: dict[int, list[tuple[datetime, bool]]] = {}
        for row in self._in(_ASKED, begin, end):
            found.setdefault(row.complaint_id, []).append((row.at, row.to_state == Complaint.AWAITING_REPLY))
        return found

    def steps(self, begin: datetime, end: datetime) -> dict[tuple[str, State], int]:
        """How many steps of cases there were in the period, by act and by the state that followed."""
        return {(row[0], State(row[1])): row[2] for row in self._in(_STEPS, begin, end)}

    def filed(self, begin: datetime, end: datetime) -> dict[tuple[int, str], int]:
        """How many cases were filed in the period, by agency and debt type."""
        return {(row[0], row[1]): row[2] for row in self._in(_FILED, begin, end)}

    def reasons(self, begin: datetime, end: datetime) -> dict[tuple[str, str], int]:
        """How often each reason was given in the period, by act and reference."""
        counted: dict[tuple[str, str], int] = {}
        for action, references, count in self._in(_REASONS, begin, end):
            for reference in json.loads(references):
                counted[action, reference] = counted.get((action, reference), 0) + count
        return counted

    def standing(self) -> dict[State, int]:
        """How many cases are in each state now."""
        return {State(row[0]): row[1] for row in self._tx.connection.execute(_STANDING)}

    def in_hands(self) -> dict[int, list[Held]]:
        """What each person has in hand now, by the person's number."""
        found: dict[int, list[Held]] = {}
        for row in self._tx.connection.execute(_IN_HANDS):
            found.setdefault(row.holder, []).append(
                Held(row.clock_from, None if row.due_at == NEVER else row.due_at)
            )
        return found

    def decided_by(self, begin: datetime, end: datetime) -> dict[int, int]:
        """How many steps of the period that led to an outcome each person took, by the person's number."""
        return {row[0]: row[1] for row in self._in(_DECIDED_BY, begin, end)}

    def _in(self, query: Select[Any], begin: datetime, end: datetime) -> Any:  # noqa: ANN401 - its rows
        return self._tx.connection.execute(query, {"begin": begin, "end": end})
