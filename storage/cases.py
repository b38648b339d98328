"""Filed proposals: each changes only from the version that was seen, and every change is recorded."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Literal

from sqlalchemy import Row, Select, bindparam, delete, func, select, union_all, update
from sqlalchemy.dialects.postgresql import insert

from domain.kinds import Kind
from domain.lifecycle import State
from domain.roles import Role
from storage.errors import AlreadyFiled, CodeTaken, NotFound, Stale
from storage.records import KEEP, Case, CaseEvent, JsonObject, Keep, NewCase, Page
from storage.tables.cases import case_codes, case_events, cases, ticks
from storage.transaction import Transaction

_PROPOSAL: Final = "cases.proposal"
_NOTE: Final = "case_events.note"
_HELD_IN: Final = (State.IN_REVIEW, State.AWAITING_SIGNATURE)
_CODE_KIND: Final = "case"

_RESERVE: Final = insert(case_codes).on_conflict_do_nothing().returning(case_codes.c.code)
_ADD: Final = insert(cases).on_conflict_do_nothing(index_elements=[cases.c.form_id]).returning(cases.c.id)
_GET: Final = select(cases).where(cases.c.id == bindparam("row"))
_OF_FORM: Final = select(cases).where(cases.c.form_id == bindparam("form"))
_BY_CODE: Final = select(cases).where(cases.c.code == bindparam("number"))
_HELD_BY: Final = (
    select(cases)
    .where(cases.c.holder == bindparam("person"), cases.c.state.in_(_HELD_IN))
    .order_by(cases.c.clock_from, cases.c.id)
)
_MOVE: Final = (
    update(cases)
    .where(cases.c.id == bindparam("row"), cases.c.version == bindparam("seen"))
    .values(
        version=cases.c.version + 1,
        state=bindparam("into"),
        holder=bindparam("person"),
        claimed_at=bindparam("since"),
        proposal=bindparam("sealed"),
        decided_at=bindparam("decided"),
        changed_at=bindparam("now"),
    )
)
_RECORD: Final = insert(case_events)
_EVENTS: Final = (
    select(case_events).where(case_events.c.case_id == bindparam("row")).order_by(case_events.c.id)
)
_COUNT_IN: Final = (
    select(func.count()).select_from(cases).where(cases.c.state.in_(bindparam("states", expanding=True)))
)

_Filer = Literal["filed_by", "agency_id"]
_FILED: Final[dict[_Filer, tuple[Select[Any], Select[Any]]]] = {
    column: (
        select(cases)
        .where(cases.c[column] == bindparam("whose"))
        .order_by(cases.c.id.desc())
        .limit(bindparam("most"))
        .offset(bindparam("skip")),
        select(func.count()).select_from(cases).where(cases.c[column] == bindparam("whose")),
    )
    for column in ("filed_by", "agency_id")
}

_THIS_TICK: Final = (
    ticks.c.case_id == bindparam("row"),
    ticks.c.condition == bindparam("which"),
    ticks.c.person_id == bindparam("person"),
)
_TICK: Final = insert(ticks).on_conflict_do_nothing()
_UNTICK: Final = delete(ticks).where(*_THIS_TICK)
_TICKS: Final = select(ticks.c.condition).where(
    ticks.c.case_id == bindparam("row"), ticks.c.person_id == bindparam("person")
)


class Cases:
    """The cases of all agencies."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def reserve(self, code: str, kind: str) -> None:
        """Give this tracking code out for this kind of thing, such as `complaint`.

        Raises:
            CodeTaken: it was given out before, for whatever kind.
        """
        reserved = self._tx.connection.execute(_RESERVE, {"code": code, "kind": kind}).first()
        if reserved is None:
            raise CodeTaken

    def add(self, new: NewCase) -> Case:
        """File a case, at version 1; its code is reserved with it.

        Raises:
            AlreadyFiled: its form was filed before.
            CodeTaken: its code was; draw another and call again.
        """
        filed = self.of_form(new.form_id)
        if filed is not None:
            raise AlreadyFiled(filed.id)
        self.reserve(new.code, _CODE_KIND)
        row_id = self._tx.connection.execute(_ADD, self._new(new)).scalar_one_or_none()
        if row_id is None:  # another process filed it between the look and the insert
            filed = self.of_form(new.form_id)
            raise AlreadyFiled(filed.id if filed else None)
        return self._added(row_id, new)

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

    def by_code(self, code: str) -> Case | None:
        """The case with this tracking code (12 digits), or None."""
        return self._one(_BY_CODE, {"number": code})

    def move(
        self,
        case: Case,
        *,
        state: State,
        holder: int | Keep | None = KEEP,
        proposal: JsonObject | Keep = KEEP,
        decided_at: datetime | Keep | None = KEEP,
    ) -> Case:
        """Change the case from the version that was seen.

        `claimed_at` follows `holder`: now for a new one, None for none.

        Args:
            case: as it was read.
            state: the state from now on.
            holder: who has claimed it.
            proposal: the corrected proposal.
            decided_at: when it was decided.

        Returns:
            The case as it stands now.

        Raises:
            Stale: somebody changed it since.
        """
        moved = replace(
            case,
            state=state,
            version=case.version + 1,
            holder=case.holder if holder is KEEP else holder,
            claimed_at=case.claimed_at if holder in (KEEP, case.holder) else self._since(holder),
            proposal=case.proposal if proposal is KEEP else proposal,
            decided_at=case.decided_at if decided_at is KEEP else decided_at,
            changed_at=self._tx.now,
        )
        if self._tx.connection.execute(_MOVE, self._moved(moved, case.version)).rowcount != 1:
            raise Stale("case", case.id)
        return moved

    def record(self, event: CaseEvent) -> None:
        """Add a step to the history of a case."""
        values = {
            "case_id": event.case_id,
            "at": event.at,
            "action": event.action,
            "from_state": event.from_state,
            "to_state": event.to_state,
            "person_id": event.person_id,
            "role": event.role,
            "reasons": list(event.reasons),
            "note": None if event.note is None else self._tx.vault.seal(_NOTE, event.note),
            "on_version": event.on_version,
        }
        self._tx.connection.execute(_RECORD, values)

    def events(self, case_id: int) -> tuple[CaseEvent, ...]:
        """The history of a case, oldest first."""
        return tuple(map(self._event, self._tx.connection.execute(_EVENTS, {"row": case_id})))

    def queue(self, states: Collection[State], limit: int, offset: int = 0) -> tuple[Case, ...]:
        """Some of the cases in these states, the earliest filed first."""
        values: dict[str, object] = {"most": limit, "skip": offset, "reach": limit + offset}
        values |= {f"state_{place}": state for place, state in enumerate(states)}
        return self._all(_queue(len(states)), values) if states else ()

    def count(self, states: Collection[State]) -> int:
        """How many cases are in these states."""
        return self._tx.connection.execute(_COUNT_IN, {"states": list(states)}).scalar_one()

    def held_by(self, person_id: int) -> tuple[Case, ...]:
        """What this person has in hand, or passed on for a second signature; the earliest filed first."""
        return self._all(_HELD_BY, {"person": person_id})

    def filed_by(self, person_id: int, *, limit: int, offset: int = 0) -> Page:
        """What this person filed, newest first."""
        return self._page("filed_by", person_id, limit, offset)

    def of_agency(self, agency_id: int, *, limit: int, offset: int = 0) -> Page:
        """What this agency filed, newest first."""
        return self._page("agency_id", agency_id, limit, offset)

    def tick(self, case_id: int, condition: str, person_id: int) -> None:
        """This person found this general condition met; doing so again changes nothing."""
        values = {"case_id": case_id, "condition": condition, "person_id": person_id, "at": self._tx.now}
        self._tx.connection.execute(_TICK, values)

    def untick(self, case_id: int, condition: str, person_id: int) -> None:
        """Take that back."""
        self._tx.connection.execute(_UNTICK, {"row": case_id, "which": condition, "person": person_id})

    def ticks(self, case_id: int, person_id: int) -> frozenset[str]:
        """The conditions this person found met."""
        return frozenset(self._tx.connection.scalars(_TICKS, {"row": case_id, "person": person_id}))

    def _since(self, holder: int | Keep | None) -> datetime | None:
        return None if holder is None else self._tx.now

    def _one(self, query: Select[Any], values: dict[str, object]) -> Case | None:
        found = self._tx.connection.execute(query, values).first()
        return None if found is None else self._case(found)

    def _all(self, query: Select[Any], values: dict[str, object]) -> tuple[Case, ...]:
        return tuple(map(self._case, self._tx.connection.execute(query, values)))

    def _page(self, filer: _Filer, whose: int, limit: int, offset: int) -> Page:
        rows, total = _FILED[filer]
        shown = self._all(rows, {"whose": whose, "most": limit, "skip": offset})
        return Page(shown, self._tx.connection.execute(total, {"whose": whose}).scalar_one())

    def _new(self, new: NewCase) -> dict[str, object]:
        return {
            "code": new.code,
            "form_id": new.form_id,
            "agency_id": new.agency_id,
            "filed_by": new.filed_by,
            "kind": new.kind,
            "state": new.state,
            "version": 1,
            "passcode_hash": new.passcode_hash,
            "proposal": self._tx.vault.seal(_PROPOSAL, new.proposal),
            "platform": new.platform,
            "chat_id": new.chat_id,
            "filed_at": self._tx.now,
            "changed_at": self._tx.now,
            "clock_from": self._tx.now,
        }

    def _added(self, row_id: int, new: NewCase) -> Case:
        return Case(
            id=row_id,
            code=new.code,
            form_id=new.form_id,
            agency_id=new.agency_id,
            filed_by=new.filed_by,
            kind=new.kind,
            state=new.state,
            version=1,
            holder=None,
            claimed_at=None,
            passcode_hash=new.passcode_hash,
            proposal=new.proposal,
            platform=new.platform,
            chat_id=new.chat_id,
            filed_at=self._tx.now,
            changed_at=self._tx.now,
            decided_at=None,
        )

    def _moved(self, moved: Case, seen: int) -> dict[str, object]:
        return {
            "row": moved.id,
            "seen": seen,
            "into": moved.state,
            "person": moved.holder,
            "since": moved.claimed_at,
            "sealed": self._tx.vault.seal(_PROPOSAL, moved.proposal),
            "decided": moved.decided_at,
            "now": self._tx.now,
        }

    def _case(self, found: Row[Any]) -> Case:
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
            passcode_hash=found.passcode_hash,
            proposal=self._tx.vault.open(_PROPOSAL, found.proposal),
            platform=found.platform,
            chat_id=found.chat_id,
            filed_at=found.filed_at,
            changed_at=found.changed_at,
            decided_at=found.decided_at,
        )

    def _event(self, found: Row[Any]) -> CaseEvent:
        return CaseEvent(
            case_id=found.case_id,
            at=found.at,
            action=found.action,
            from_state=None if found.from_state is None else State(found.from_state),
            to_state=State(found.to_state),
            on_version=found.on_version,
            person_id=found.person_id,
            role=None if found.role is None else Role(found.role),
            reasons=tuple(found.reasons),
            note=None if found.note is None else self._tx.vault.open(_NOTE, found.note),
        )


@lru_cache
def _queue(states: int) -> Select[Any]:
    """A query that takes the first few of each of so many states from the index, and merges only those.

    Asked for all states at once, an engine would sort everything they hold.
    """
    first = [
        select(cases.c.id)
        .where(cases.c.state == bindparam(f"state_{place}"))
        .order_by(cases.c.clock_from, cases.c.id)
        .limit(bindparam("reach"))
        .subquery()
        for place in range(states)
    ]
    return (
        select(cases)
        .where(cases.c.id.in_(union_all(*(select(part.c.id) for part in first))))
        .order_by(cases.c.clock_from, cases.c.id)
        .limit(bindparam("most"))
        .offset(bindparam("skip"))
    )
