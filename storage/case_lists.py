"""Filed proposals as they are read: one by one, in the queue, in hands, and as their filers see them."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, select, union_all

from domain.kinds import Kind
from domain.lifecycle import HELD_IN, State
from storage import form_keys
from storage.errors import Erased, NotFound
from storage.records import Case, JsonObject, Page
from storage.tables.cases import cases
from storage.tables.types import NEVER
from storage.transaction import Transaction

PROPOSAL: Final = "cases.proposal"
PASSCODE: Final = "cases.passcode"
"""What the proposal of a case is sealed for; its row is known by the tracking code."""

_CASE: Final = select(cases, form_keys.key_of(cases.c.form_id))
_GET: Final = _CASE.where(cases.c.id == bindparam("row"))
_OF_FORM: Final = _CASE.where(cases.c.form_id == bindparam("form"))
_BY_CODE: Final = _CASE.where(cases.c.code == bindparam("number"))
_PASSCODE: Final = select(cases.c.passcode).where(cases.c.code == bindparam("number"))
_HELD_BY: Final = _CASE.where(
    cases.c.holder == bindparam("person"), cases.c.state.in_(sorted(HELD_IN))
).order_by(cases.c.clock_from, cases.c.id)
_HOLDERS: Final = select(cases.c.holder).where(cases.c.state == State.IN_REVIEW).distinct()
_IN_HANDS: Final = (
    _CASE.where(cases.c.state == State.IN_REVIEW, cases.c.holder.in_(bindparam("holders", expanding=True)))
    .order_by(cases.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=cases)
)
_IDLE: Final = (
    _CASE.where(cases.c.state == State.IN_REVIEW, cases.c.touched_at <= bindparam("before"))
    .order_by(cases.c.touched_at)
    .limit(bindparam("most"))
    # Whoever touches a case meanwhile has it; on SQLite there is no meanwhile.
    .with_for_update(skip_locked=True, of=cases)
)
_COUNT_IN: Final = (
    select(func.count())
    .select_from(cases)
    .where(cases.c.state.in_(bindparam("states", expanding=True)), cases.c.due_at <= bindparam("due"))
)


def _newest(ids: Select[Any]) -> Select[Any]:
    """A page of these cases; the index alone turns the pages, and of what is passed over no row is read."""
    page = ids.order_by(cases.c.id.desc()).limit(bindparam("most")).offset(bindparam("skip"))
    return _CASE.where(cases.c.id.in_(page)).order_by(cases.c.id.desc())


_own = select(cases.c.id).where(cases.c.filed_by == bindparam("whose"))
_OWN: Final = _newest(_own)
_OWN_IN: Final = _newest(_own.where(cases.c.state.in_(bindparam("states", expanding=True))))
_OWN_STATES: Final = (
    select(cases.c.state, func.count()).where(cases.c.filed_by == bindparam("whose")).group_by(cases.c.state)
)


class CaseLists:
    """The cases of all agencies, read."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def get(self, case_id: int) -> Case:
        """The case with this number.

        Raises:
            NotFound: there is none.
        """
        found = self._one(_GET, {"row": case_id})
        if found is None:
            raise NotFound("case", case_id)
        return found

    def of_form(self, form_id: int) -> Case | None:
        """The case that this form became, or None."""
        return self._one(_OF_FORM, {"form": form_id})

    def passcode(self, code: str) -> str | None:
        """The digest of the passcode of the case with this tracking code; None if it has none.

        Raises:
            KeyUnusable: it was made for another case.
        """
        sealed = self._tx.connection.scalar(_PASSCODE, {"number": code})
        return self._tx.vault.open(PASSCODE, sealed, code) if sealed else None

    def by_code(self, code: str) -> Case | None:
        """The case with this tracking code (12 digits), or None."""
        return self._one(_BY_CODE, {"number": code})

    def holders(self) -> frozenset[int]:
        """Who has a case under review."""
        return frozenset(self._tx.connection.scalars(_HOLDERS))

    def in_hands(self, holders: Collection[int], limit: int) -> tuple[Case, ...]:
        """Cases that these persons have under review, held by this unit."""
        return self._all(_IN_HANDS, {"holders": list(holders), "most": limit}) if holders else ()

    def idle(self, before: datetime, limit: int) -> tuple[Case, ...]:
        """Cases under review that their holders have not touched since this moment, held by this unit."""
        return self._all(_IDLE, {"before": before, "most": limit})

    def queue(
        self, states: Collection[State], limit: int, offset: int = 0, *, due: datetime = NEVER
    ) -> tuple[Case, ...]:
        """Some of the cases in these states: whose target is up first, then the longest with the office.

        Args:
            states: which states.
            limit: at most so many.
            offset: so many are passed over.
            due: only those whose target is up by this moment.
        """
        values: dict[str, object] = {
            "most": limit,
            "skip": offset,
            "reach": limit + offset,
            "due": due,
        }
        values |= {f"state_{place}": state for place, state in enumerate(states)}
        return self._all(_queue(len(states)), values) if states else ()

    def count(self, states: Collection[State], *, due: datetime = NEVER) -> int:
        """How many cases are in these states, with a target that is up by this moment."""
        values = {"states": list(states), "due": due}
        count: int = self._tx.connection.execute(_COUNT_IN, values).scalar_one()
        return count

    def held_by(self, person_id: int) -> tuple[Case, ...]:
        """What this person has in hand, or passed on for a second signature; the earliest filed first."""
        return self._all(_HELD_BY, {"person": person_id})

    def filed_by(
        self, person_id: int, *, limit: int, offset: int = 0, states: Collection[State] = ()
    ) -> Page:
        """What this person filed, newest first; only what is in these states, where any are named."""
        values: dict[str, object] = {"whose": person_id, "most": limit, "skip": offset}
        counts = self.states_filed_by(person_id)
        total = sum(count for state, count in counts.items() if not states or state in states)
        if not states:
            return Page(self._all(_OWN, values), total)
        return Page(self._all(_OWN_IN, {**values, "states": list(states)}), total)

    def states_filed_by(self, person_id: int) -> dict[State, int]:
        """How many of the cases that this person filed are in each state; those with none are left out."""
        counts = self._tx.connection.execute(_OWN_STATES, {"whose": person_id})
        return {State(state): count for state, count in counts}

    def _one(self, query: Select[Any], values: dict[str, object]) -> Case | None:
        found = self._tx.connection.execute(query, values).first()
        return None if found is None else self._case(found)

    def _all(self, query: Select[Any], values: dict[str, object]) -> tuple[Case, ...]:
        return tuple(map(self._case, self._tx.connection.execute(query, values)))

    def _case(self, found: Row[Any]) -> Case:
        proposal = self._proposal(found)
        return Case(
            id=found.id,
            code=found.code,
            form_id=found.form_id,
            agency_id=found.agency_id,
            filed_by=found.filed_by,
            kind=Kind(found.kind),
            state=State(found.state),
            version=found.version,
            holder=found.holder,
            claimed_at=found.claimed_at,
            proposal=proposal or {},
            platform=found.platform,
            chat_id=found.chat_id,
            filed_at=found.filed_at,
            changed_at=found.changed_at,
            decided_at=found.decided_at,
            clock_from=found.clock_from,
            touched_at=found.touched_at,
            due_at=None if found.due_at == NEVER else found.due_at,
            terms_version=found.terms_version,
            erased=proposal is None,
        )

    def _proposal(self, found: Row[Any]) -> JsonObject | None:
        """What stands in the case; None if its key was destroyed."""
        try:
            key = form_keys.opened(self._tx, found.form_id, found.form_key)
        except Erased:
            return None
        proposal: JsonObject = self._tx.vault.open(PROPOSAL, found.proposal, (found.code, found.version), key)
        return proposal


@lru_cache
def _queue(states: int) -> Select[Any]:
    """A query that takes the first few of each of so many states from the index, and merges only those.

    Asked for all states at once, an engine would sort everything they hold.
    """
    first = [
        select(cases.c.id)
        .where(cases.c.state == bindparam(f"state_{place}"), cases.c.due_at <= bindparam("due"))
        .order_by(cases.c.due_at, cases.c.clock_from, cases.c.id)
        .limit(bindparam("reach"))
        .subquery()
        for place in range(states)
    ]
    return (
        _CASE.where(cases.c.id.in_(union_all(*(select(part.c.id) for part in first))))
        .order_by(cases.c.due_at, cases.c.clock_from, cases.c.id)
        .limit(bindparam("most"))
        .offset(bindparam("skip"))
    )
