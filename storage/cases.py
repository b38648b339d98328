"""Filed proposals: each changes only from the version that was seen, and every change is recorded."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, select, union_all, update
from sqlalchemy.dialects.postgresql import insert

from domain.kinds import Kind
from domain.lifecycle import State
from domain.roles import Role
from storage.errors import AlreadyFiled, CodeTaken, NotFound, Stale
from storage.records import KEEP, Case, CaseEvent, JsonObject, Keep, NewCase, Page
from storage.tables.cases import case_codes, case_events, cases, proposal_versions
from storage.transaction import Transaction

PROPOSAL: Final = "cases.proposal"
"""What proposals are sealed for, in every version."""
_NOTE: Final = "case_events.note"
_HELD_IN: Final = (State.IN_REVIEW, State.AWAITING_SIGNATURE)
_CODE_KIND: Final = "case"
_NO_BOUND: Final = datetime.max.replace(tzinfo=UTC, microsecond=0)

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
_IDLE: Final = (
    select(cases)
    .where(cases.c.state == State.IN_REVIEW, cases.c.touched_at <= bindparam("before"))
    .order_by(cases.c.touched_at)
    .limit(bindparam("most"))
    # Whoever touches a case meanwhile has it; on SQLite there is no meanwhile.
    .with_for_update(skip_locked=True)
)
_TOUCH: Final = (
    update(cases)
    .where(
        cases.c.id == bindparam("row"),
        cases.c.version == bindparam("seen"),
        cases.c.holder == bindparam("person"),
    )
    .values(touched_at=bindparam("now"))
)
_VERSION: Final = insert(proposal_versions)
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
        clock_from=bindparam("clock"),
        touched_at=bindparam("touched"),
    )
)
_RECORD: Final = insert(case_events)
_EVENTS: Final = (
    select(case_events).where(case_events.c.case_id == bindparam("row")).order_by(case_events.c.id)
)
_COUNT_IN: Final = (
    select(func.count())
    .select_from(cases)
    .where(cases.c.state.in_(bindparam("states", expanding=True)), cases.c.clock_from <= bindparam("before"))
)

_AGENCYS: Final = (
    select(cases)
    .where(cases.c.agency_id == bindparam("whose"))
    .order_by(cases.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_AGENCYS_TOTAL: Final = select(func.count()).select_from(cases).where(cases.c.agency_id == bindparam("whose"))


def _newest(ids: Select[Any]) -> Select[Any]:
    """A page of these cases; the index alone turns the pages, and of what is passed over no row is read."""
    page = ids.order_by(cases.c.id.desc()).limit(bindparam("most")).offset(bindparam("skip"))
    return select(cases).where(cases.c.id.in_(page)).order_by(cases.c.id.desc())


_own = select(cases.c.id).where(cases.c.filed_by == bindparam("whose"))
_OWN: Final = _newest(_own)
_OWN_IN: Final = _newest(_own.where(cases.c.state.in_(bindparam("states", expanding=True))))
_OWN_STATES: Final = (
    select(cases.c.state, func.count()).where(cases.c.filed_by == bindparam("whose")).group_by(cases.c.state)
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
        added = self._added(row_id, new)
        self._keep_version(added)
        return added

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
        clock_from: datetime | Keep = KEEP,
    ) -> Case:
        """Change the case from the version that was seen.

        `claimed_at` follows `holder`: now for a new one, None for none. A changed proposal is kept as a
        version of its own.

        Args:
            case: as it was read.
            state: the state from now on.
            holder: who has claimed it.
            proposal: the corrected proposal.
            decided_at: when it was decided.
            clock_from: from when the office's target counts.

        Returns:
            The case as it stands now.

        Raises:
            Stale: somebody changed it since.
        """
        held = case.holder if holder is KEEP else holder
        moved = replace(
            case,
            state=state,
            version=case.version + 1,
            holder=held,
            claimed_at=case.claimed_at if holder in (KEEP, case.holder) else self._since(holder),
            proposal=case.proposal if proposal is KEEP else proposal,
            decided_at=case.decided_at if decided_at is KEEP else decided_at,
            changed_at=self._tx.now,
            clock_from=case.clock_from if clock_from is KEEP else clock_from,
            touched_at=None if held is None else self._tx.now,
        )
        if self._tx.connection.execute(_MOVE, self._moved(moved, case.version)).rowcount != 1:
            raise Stale("case", case.id)
        if proposal is not KEEP:
            self._keep_version(moved)
        return moved

    def touch(self, case: Case, person_id: int) -> Case:
        """The holder did something that does not change the case; it stays theirs.

        Raises:
            Stale: the case changed since it was read, or another person holds it.
        """
        values = {"row": case.id, "seen": case.version, "person": person_id, "now": self._tx.now}
        if self._tx.connection.execute(_TOUCH, values).rowcount != 1:
            raise Stale("case", case.id)
        return replace(case, touched_at=self._tx.now)

    def idle(self, before: datetime, limit: int) -> tuple[Case, ...]:
        """Cases under review that their holders have not touched since this moment, held by this unit."""
        return self._all(_IDLE, {"before": before, "most": limit})

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
            "details": event.details,
        }
        self._tx.connection.execute(_RECORD, values)

    def events(self, case_id: int) -> tuple[CaseEvent, ...]:
        """The history of a case, oldest first."""
        return tuple(map(self._event, self._tx.connection.execute(_EVENTS, {"row": case_id})))

    def queue(
        self, states: Collection[State], limit: int, offset: int = 0, *, before: datetime = _NO_BOUND
    ) -> tuple[Case, ...]:
        """Some of the cases in these states, the longest with the office first.

        Args:
            states: which states.
            limit: at most so many.
            offset: so many are passed over.
            before: only those whose clock runs since this moment or longer.
        """
        values: dict[str, object] = {
            "most": limit,
            "skip": offset,
            "reach": limit + offset,
            "before": before,
        }
        values |= {f"state_{place}": state for place, state in enumerate(states)}
        return self._all(_queue(len(states)), values) if states else ()

    def count(self, states: Collection[State], *, before: datetime = _NO_BOUND) -> int:
        """How many cases are in these states, with a clock that runs since this moment or longer."""
        values = {"states": list(states), "before": before}
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

    def of_agency(self, agency_id: int, *, limit: int, offset: int = 0) -> Page:
        """What this agency filed, newest first."""
        values: dict[str, object] = {"whose": agency_id, "most": limit, "skip": offset}
        total = self._tx.connection.execute(_AGENCYS_TOTAL, {"whose": agency_id}).scalar_one()
        return Page(self._all(_AGENCYS, values), total)

    def _keep_version(self, case: Case) -> None:
        values = {
            "case_id": case.id,
            "on_version": case.version,
            "proposal": self._tx.vault.seal(PROPOSAL, case.proposal),
            "made_at": case.changed_at,
        }
        self._tx.connection.execute(_VERSION, values)

    def _since(self, holder: int | Keep | None) -> datetime | None:
        return None if holder is None else self._tx.now

    def _one(self, query: Select[Any], values: dict[str, object]) -> Case | None:
        found = self._tx.connection.execute(query, values).first()
        return None if found is None else self._case(found)

    def _all(self, query: Select[Any], values: dict[str, object]) -> tuple[Case, ...]:
        return tuple(map(self._case, self._tx.connection.execute(query, values)))

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
            "proposal": self._tx.vault.seal(PROPOSAL, new.proposal),
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
            clock_from=self._tx.now,
            touched_at=None,
        )

    def _moved(self, moved: Case, seen: int) -> dict[str, object]:
        return {
            "row": moved.id,
            "seen": seen,
            "into": moved.state,
            "person": moved.holder,
            "since": moved.claimed_at,
            "sealed": self._tx.vault.seal(PROPOSAL, moved.proposal),
            "decided": moved.decided_at,
            "now": self._tx.now,
            "clock": moved.clock_from,
            "touched": moved.touched_at,
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
            proposal=self._tx.vault.open(PROPOSAL, found.proposal),
            platform=found.platform,
            chat_id=found.chat_id,
            filed_at=found.filed_at,
            changed_at=found.changed_at,
            decided_at=found.decided_at,
            clock_from=found.clock_from,
            touched_at=found.touched_at,
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
            details=found.details,
        )


@lru_cache
def _queue(states: int) -> Select[Any]:
    """A query that takes the first few of each of so many states from the index, and merges only those.

    Asked for all states at once, an engine would sort everything they hold.
    """
    first = [
        select(cases.c.id)
        .where(cases.c.state == bindparam(f"state_{place}"), cases.c.clock_from <= bindparam("before"))
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
