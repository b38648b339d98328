"""The life of a case: who may do what, from where, to where, needing what.

`TABLE` is the only place that says it; buttons, services and tests all read it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from domain.conditions import unticked
from domain.errors import DomainError, Incomplete, NotAllowedNow, NotYours, Unticked
from domain.proposal import Kind
from domain.roles import Actor, Role


class State(StrEnum):
    """Where a case stands; nothing is ever erased by leaving a state."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    AWAITING_SIGNATURE = "awaiting_signature"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Action(StrEnum):
    """What a person can do to a case."""

    SUBMIT = "submit"
    CLAIM = "claim"
    RELEASE = "release"
    AGREE = "agree"
    REFUSE = "refuse"
    RETURN_FOR_CORRECTION = "return_for_correction"
    RESUBMIT = "resubmit"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"


Need = Literal["holder", "filer", "not_filer", "not_admin", "second_person", "reason", "note", "ticks"]
"""Of the person: the holder, the filer, anybody else, no admin, not the holder. With the act: the rest."""

CLOCK_RUNS_IN: Final = frozenset({State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SIGNATURE})
"""States in which the office's target time is counted; it stands still in `returned`."""


@dataclass(frozen=True)
class CaseFacts:
    """What the rules need to know of a case.

    Attributes:
        filed_by: the person who filed it.
        holder: the reviewer who claimed it, and who stays named while a second signature is awaited.
        version: counts the changes of the case.
    """

    case_id: int
    kind: Kind
    state: State
    agency_id: int
    filed_by: int
    holder: int | None
    version: int


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    Attributes:
        with_second: the target instead, where the office's setting asks for a second signature.
    """

    action: Action
    sources: frozenset[State]
    target: State
    role: Role
    needs: frozenset[Need]
    with_second: State | None = None


def _row(
    action: Action, sources: set[State], target: State, role: Role, *needs: Need, second: State | None = None
) -> Transition:
    return Transition(action, frozenset(sources), target, role, frozenset(needs), second)


_S, _A, _R = State, Action, Role
_UNDECIDED = {_S.SUBMITTED, _S.IN_REVIEW, _S.RETURNED, _S.AWAITING_SIGNATURE}
_JUDGE: Final[tuple[Need, ...]] = ("not_filer", "not_admin")
_SECOND: Final[tuple[Need, ...]] = (*_JUDGE, "second_person")

TABLE: Final = (
    _row(_A.SUBMIT, {_S.DRAFT}, _S.SUBMITTED, _R.OFFICER, "filer"),
    _row(_A.CLAIM, {_S.SUBMITTED}, _S.IN_REVIEW, _R.REVIEWER, *_JUDGE),
    _row(
        _A.AGREE,
        {_S.IN_REVIEW},
        _S.AGREED,
        _R.REVIEWER,
        "holder",
        "ticks",
        *_JUDGE,
        second=_S.AWAITING_SIGNATURE,
    ),
    _row(_A.REFUSE, {_S.IN_REVIEW}, _S.NOT_AGREED, _R.REVIEWER, "holder", "reason", *_JUDGE),
    _row(_A.RETURN_FOR_CORRECTION, {_S.IN_REVIEW}, _S.RETURNED, _R.REVIEWER, "holder", "reason", *_JUDGE),
    _row(_A.RELEASE, {_S.IN_REVIEW}, _S.SUBMITTED, _R.REVIEWER, "holder"),
    _row(_A.SIGN, {_S.AWAITING_SIGNATURE}, _S.AGREED, _R.DIRECTOR, *_SECOND),
    # A director who will not sign must have a way out: the same two that the reviewer had.
    _row(_A.REFUSE, {_S.AWAITING_SIGNATURE}, _S.NOT_AGREED, _R.DIRECTOR, "reason", *_SECOND),
    _row(_A.RETURN_FOR_CORRECTION, {_S.AWAITING_SIGNATURE}, _S.RETURNED, _R.DIRECTOR, "reason", *_SECOND),
    _row(_A.RESUBMIT, {_S.RETURNED}, _S.SUBMITTED, _R.OFFICER, "filer"),
    _row(_A.WITHDRAW, _UNDECIDED, _S.WITHDRAWN, _R.OFFICER, "filer", "reason"),
    _row(_A.SUPERSEDE, {_S.AGREED, _S.NOT_AGREED}, _S.SUPERSEDED, _R.DIRECTOR, "reason", "note", *_JUDGE),
)
"""Every way a case can move. No pair of action and source stands in two rows."""

DECISIONS: Final = frozenset({_A.AGREE, _A.REFUSE, _A.SIGN, _A.SUPERSEDE})
"""Acts that decide: never by the person who filed, never by an admin."""

_BY_STEP = {(row.action, source): row for row in TABLE for source in row.sources}

_PERSONAL: dict[Need, tuple[str, Callable[[Actor, CaseFacts], bool]]] = {
    "holder": ("not_holder", lambda actor, facts: actor.person_id == facts.holder),
    "filer": ("not_filer", lambda actor, facts: actor.person_id == facts.filed_by),
    "not_filer": ("filed_by_you", lambda actor, facts: actor.person_id != facts.filed_by),
    "not_admin": ("admin_never_decides", lambda actor, _facts: not actor.has(Role.ADMIN)),
    # Without a known first signature nobody can be shown to be a second person.
    "second_person": (
        "first_signature_yours",
        lambda actor, facts: facts.holder is not None and actor.person_id != facts.holder,
    ),
}


def transition(state: State, action: Action) -> Transition:
    """The row for this action from this state.

    Raises:
        NotAllowedNow: there is none.
    """
    row = _BY_STEP.get((action, state))
    if row is None:
        raise NotAllowedNow(action, state)
    return row


def target(state: State, action: Action, *, second_signature: bool = False) -> State:
    """Where this action leads from this state.

    Args:
        state: where the case stands.
        action: what is to be done.
        second_signature: the office's setting: an agreement then waits for a director.

    Raises:
        NotAllowedNow: it leads nowhere.
    """
    row = transition(state, action)
    return row.with_second if second_signature and row.with_second else row.target


def allowed(state: State, facts: CaseFacts, actor: Actor) -> tuple[Action, ...]:
    """The buttons to show: what this person may do in this state, once asked for reason, note or ticks."""
    rows = (row for row in TABLE if state in row.sources)
    return tuple(row.action for row in rows if _objection(row, facts, actor) is None)


def require(
    action: Action,
    facts: CaseFacts,
    actor: Actor,
    *,
    reason: str | None = None,
    note: str | None = None,
    ticks: Collection[str] = (),
    second_signature: bool = False,
) -> State:
    """Insist that this person may do this to this case now, with what the table asks for.

    Args:
        action: what is to be done.
        facts: the case as it stands now.
        actor: who asks, with the roles of this moment.
        reason: a reason's code or text; blank counts as none.
        note: free text; blank counts as none.
        ticks: codes of the general conditions that the person has ticked.
        second_signature: the office's setting.

    Returns:
        The state that follows.

    Raises:
        NotAllowedNow: the state does not permit it.
        NotYours: the person may not.
        Incomplete: reason or note is lacking.
        Unticked: general conditions are still open.
    """
    row = transition(facts.state, action)
    given = {"reason": reason, "note": note}
    lacking = tuple(name for name, text in given.items() if name in row.needs and not (text or "").strip())
    open_conditions = unticked(facts.kind, ticks) if "ticks" in row.needs else ()
    objections: tuple[DomainError | None, ...] = (
        _objection(row, facts, actor),
        Incomplete(lacking) if lacking else None,
        Unticked(open_conditions) if open_conditions else None,
    )
    for objection in objections:
        if objection is not None:
            raise objection
    return target(facts.state, action, second_signature=second_signature)


def _objection(row: Transition, facts: CaseFacts, actor: Actor) -> NotYours | None:
    """Why this person may not take the step of this row, or None."""
    if not _plays(row.role, facts, actor):
        return NotYours(row.action)
    for need, (why, met) in _PERSONAL.items():
        if need in row.needs and not met(actor, facts):
            return NotYours(row.action, why)
    return None


def _plays(role: Role, facts: CaseFacts, actor: Actor) -> bool:
    """Whether the person holds the role here; an officer only for the agency of the case."""
    return actor.has(role) and (role is not Role.OFFICER or actor.agency_id == facts.agency_id)
