"""The life of a case: who may do what, from where, to where, needing what.

`TABLE` is the only place that says it; buttons, services and tests all read it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
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
    EXPIRE = "expire"
    HAND_OVER = "hand_over"
    REASSIGN = "reassign"
    AGREE = "agree"
    REFUSE = "refuse"
    RETURN_FOR_CORRECTION = "return_for_correction"
    RESUBMIT = "resubmit"
    SIGN = "sign"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"
    ASK_REVIEW = "ask_review"
    TAKE_REVIEW = "take_review"
    LEAVE_REVIEW = "leave_review"
    UPHOLD = "uphold"
    RECOMMEND = "recommend"
    LET_STAND = "let_stand"


Need = Literal[
    "holder",
    "filer",
    "not_filer",
    "not_cosigner",
    "recommended",
    "not_recommender",
    "not_admin",
    "second_person",
    "decider",
    "not_asked",
    "asked",
    "takes_review",
    "other_person",
    "reason",
    "note",
    "ticks",
    "colleague",
]
"""Of the person: the holder, the filer, anybody else, not who confirmed it for the agency; that its
replacement is recommended, and by somebody else; no admin, neither the holder nor whoever signed first,
whoever made the decision that waits; of a review asked for: none yet, one that nobody has, this person's,
and nobody who had a hand in the refusal. With the act: the rest."""

OTHER: Final = "other"
"""The reason «دلیل دیگر» of every catalogue: it is none until it is written out in the note."""

CLOCK_RUNS_IN: Final = frozenset({State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SIGNATURE})
"""States in which the office's target time is counted; it stands still in `returned`."""

HELD_IN: Final = frozenset({State.IN_REVIEW, State.AWAITING_SIGNATURE})
"""States in which a case lies with its holder."""


@dataclass(frozen=True)
class CaseFacts:
    """What the rules need to know of a case.

    Attributes:
        filed_by: the person who filed it.
        holder: the reviewer who claimed it, and who stays named from then on.
        version: counts the changes of the case.
        pending_by: who made the decision that is not published yet and may be taken back, or None.
        agreed_by: who gave the signature beside which a second one is awaited, or None.
        agreed_for: on whose behalf it was given, by a substitute, or None.
        refused_by: who had a hand in the refusal that stands.
        review: how far a review of that refusal is: `free` while nobody looks at it, `taken`, `over` once
            somebody has said; None while none was asked for.
        review_by: who looks at it, or None.
        cosigned_by: who confirmed the proposal as the official of its agency, as far as the office knows.
        recommended_by: who recommends to the directors to replace the refusal that stands.
    """

    case_id: int
    kind: Kind
    state: State
    agency_id: int
    filed_by: int
    holder: int | None
    version: int
    pending_by: int | None = None
    agreed_by: int | None = None
    agreed_for: int | None = None
    refused_by: frozenset[int] = frozenset()
    review: Literal["free", "taken", "over"] | None = None
    review_by: int | None = None
    cosigned_by: frozenset[int] = frozenset()
    recommended_by: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    Attributes:
        target: where it leads; None leaves the case in its state.
        role: who does it; None is nobody, but the office's clock.
        with_second: the target instead, where the office's setting asks for a second signature.
    """

    action: Action
    sources: frozenset[State]
    target: State | None
    role: Role | None
    needs: frozenset[Need]
    with_second: State | None = None


def _row(
    action: Action,
    sources: set[State],
    target: State | None,
    role: Role | None,
    *needs: Need,
    second: State | None = None,
) -> Transition:
    return Transition(action, frozenset(sources), target, role, frozenset(needs), second)


_S, _A, _R = State, Action, Role
_UNDECIDED = {_S.SUBMITTED, _S.IN_REVIEW, _S.RETURNED, _S.AWAITING_SIGNATURE}
_DECIDED = {_S.AGREED, _S.NOT_AGREED}
_JUDGE: Final[tuple[Need, ...]] = ("not_filer", "not_cosigner", "not_admin")
_SECOND: Final[tuple[Need, ...]] = (*_JUDGE, "second_person")
_REVIEWS: Final[tuple[Need, ...]] = (*_JUDGE, "other_person")

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
    _row(_A.HAND_OVER, {_S.IN_REVIEW}, _S.IN_REVIEW, _R.REVIEWER, "holder", "colleague"),
    _row(_A.RELEASE, {_S.IN_REVIEW}, _S.SUBMITTED, _R.REVIEWER, "holder"),
    _row(_A.EXPIRE, {_S.IN_REVIEW}, _S.SUBMITTED, None),
    _row(_A.REASSIGN, {_S.SUBMITTED, _S.IN_REVIEW}, _S.IN_REVIEW, _R.DIRECTOR, "colleague", *_JUDGE),
    _row(_A.SIGN, {_S.AWAITING_SIGNATURE}, _S.AGREED, _R.DIRECTOR, *_SECOND),
    # A director who will not sign must have a way out: the same two that the reviewer had.
    _row(_A.REFUSE, {_S.AWAITING_SIGNATURE}, _S.NOT_AGREED, _R.DIRECTOR, "reason", *_SECOND),
    _row(_A.RETURN_FOR_CORRECTION, {_S.AWAITING_SIGNATURE}, _S.RETURNED, _R.DIRECTOR, "reason", *_SECOND),
    _row(_A.RESUBMIT, {_S.RETURNED}, _S.SUBMITTED, _R.OFFICER, "filer"),
    _row(_A.WITHDRAW, _UNDECIDED, _S.WITHDRAWN, _R.OFFICER, "filer", "reason"),
    # A later decision replaces one in two steps at once: the old one is marked, the new one is made. It needs
    # the signatures of a first one: a later agreement waits for another director where the office wants two.
    _row(
        _A.SUPERSEDE,
        _DECIDED,
        _S.SUPERSEDED,
        _R.DIRECTOR,
        "reason",
        "note",
        *_SECOND,
        "other_person",
        "not_recommender",
    ),
    _row(
        _A.AGREE,
        {_S.SUPERSEDED},
        _S.AGREED,
        _R.DIRECTOR,
        "ticks",
        *_SECOND,
        second=_S.AWAITING_SIGNATURE,
    ),
    _row(_A.REFUSE, {_S.SUPERSEDED}, _S.NOT_AGREED, _R.DIRECTOR, "reason", *_SECOND),
    # The agency may ask once for a review of a refusal, which stands until a later decision replaces it.
    _row(_A.ASK_REVIEW, {_S.NOT_AGREED}, None, _R.OFFICER, "filer", "note", "not_asked"),
    _row(_A.TAKE_REVIEW, {_S.NOT_AGREED}, None, _R.REVIEWER, "asked", *_REVIEWS),
    _row(_A.LEAVE_REVIEW, {_S.NOT_AGREED}, None, _R.REVIEWER, "takes_review"),
    _row(_A.UPHOLD, {_S.NOT_AGREED}, None, _R.REVIEWER, "takes_review", "note", *_REVIEWS),
    _row(_A.RECOMMEND, {_S.NOT_AGREED}, None, _R.REVIEWER, "takes_review", "note", *_REVIEWS),
    # A director who does not follow the recommendation says why; whoever might replace may do so.
    _row(
        _A.LET_STAND,
        {_S.NOT_AGREED},
        None,
        _R.DIRECTOR,
        "note",
        "recommended",
        *_SECOND,
        "other_person",
        "not_recommender",
    ),
    _row(_A.TAKE_BACK, {_S.IN_REVIEW}, None, _R.REVIEWER, "decider"),
    _row(_A.TAKE_BACK, {_S.AWAITING_SIGNATURE, *_DECIDED}, None, _R.DIRECTOR, "decider"),
)
"""Every way a case can move. No pair of action and source stands in two rows."""

DECISIONS: Final = frozenset({_A.AGREE, _A.REFUSE, _A.SIGN, _A.SUPERSEDE})
"""Acts that decide: never by the person who filed, never by an admin."""

PUBLISHED: Final = frozenset({_S.RETURNED, _S.AGREED, _S.NOT_AGREED, _S.SUPERSEDED})
"""States that a reviewer's or a director's act makes known outside; until then it may be taken back."""

DESPITE_PENDING: Final = frozenset({_A.TAKE_BACK, _A.WITHDRAW, _A.REASSIGN})
"""What may be done while a decision waits to be published; the last two leave it without its case."""

_BY_STEP = {(row.action, source): row for row in TABLE for source in row.sources}

_PERSONAL: dict[Need, tuple[str, Callable[[Actor, CaseFacts], bool]]] = {
    "holder": ("not_holder", lambda actor, facts: actor.person_id == facts.holder),
    "filer": ("not_filer", lambda actor, facts: actor.person_id == facts.filed_by),
    "not_filer": ("filed_by_you", lambda actor, facts: actor.person_id != facts.filed_by),
    "not_cosigner": ("cosigned_by_you", lambda actor, facts: actor.person_id not in facts.cosigned_by),
    "recommended": ("no_review_waits", lambda _actor, facts: bool(facts.recommended_by)),
    # Who recommends a later decision to the directors is not the director who makes it.
    "not_recommender": (
        "recommended_by_you",
        lambda actor, facts: actor.person_id not in facts.recommended_by,
    ),
    "not_admin": ("admin_never_decides", lambda actor, _facts: not actor.has(Role.ADMIN)),
    # Without a known first signature nobody can be shown to be a second person.
    "second_person": (
        "first_signature_yours",
        lambda actor, facts: (
            facts.holder is not None
            and actor.person_id not in {facts.holder, facts.agreed_by, facts.agreed_for}
        ),
    ),
    "decider": (
        "not_decider",
        lambda actor, facts: facts.pending_by is not None and actor.person_id == facts.pending_by,
    ),
    "not_asked": ("asked_already", lambda _actor, facts: facts.review is None),
    "asked": ("no_review_waits", lambda _actor, facts: facts.review == "free"),
    "takes_review": (
        "not_reviewing",
        lambda actor, facts: facts.review == "taken" and actor.person_id == facts.review_by,
    ),
    # Where no review is asked for, a director may replace an own decision as before.
    "other_person": (
        "refused_by_you",
        lambda actor, facts: facts.review is None or actor.person_id not in facts.refused_by,
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
    return (row.with_second if second_signature and row.with_second else row.target) or state


def allowed(state: State, facts: CaseFacts, actor: Actor) -> tuple[Action, ...]:
    """The buttons to show: what this person may do in this state, once asked for reason, note or ticks."""
    rows = (row for row in TABLE if state in row.sources)
    return tuple(row.action for row in rows if _objection(row, facts, actor) is None)


def require(
    action: Action,
    facts: CaseFacts,
    actor: Actor | None,
    *,
    reasons: Collection[str] = (),
    note: str | None = None,
    ticks: Collection[str] = (),
    colleague: Actor | None = None,
    second_signature: bool = False,
) -> State:
    """Insist that this person may do this to this case now, with what the table asks for.

    Args:
        action: what is to be done.
        facts: the case as it stands now.
        actor: who asks, with the roles of this moment; None is the office's clock.
        reasons: references to reasons, such as `special_rule.1`; a blank one counts as none, and the
            reason `other` asks for a note.
        note: free text; blank counts as none.
        ticks: codes of the general conditions that the person has ticked.
        colleague: to whom the case is given, with the roles of this moment.
        second_signature: the office's setting.

    Returns:
        The state that follows.

    Raises:
        NotAllowedNow: the state does not permit it.
        NotYours: the person may not, or the colleague may not be given the case.
        Incomplete: reason, note or colleague is lacking.
        Unticked: general conditions are still open.
    """
    row = transition(facts.state, action)
    lacking = _lacking(row, reasons, note, colleague)
    open_conditions = unticked(facts.kind, ticks) if "ticks" in row.needs else ()
    objections: tuple[DomainError | None, ...] = (
        _objection(row, facts, actor),
        Incomplete(lacking) if lacking else None,
        NotYours(action, "unfit_colleague") if colleague and not fit(colleague, facts) else None,
        Unticked(open_conditions) if open_conditions else None,
    )
    for objection in objections:
        if objection is not None:
            raise objection
    return target(facts.state, action, second_signature=second_signature)


def why_not(action: Action, facts: CaseFacts, actor: Actor | None) -> str | None:
    """Why this person may not take the step, or None; what comes with the act is not looked at.

    Raises:
        NotAllowedNow: the state does not permit it to anybody.
    """
    objection = _objection(transition(facts.state, action), facts, actor)
    return objection.why if objection else None


def fit(colleague: Actor, facts: CaseFacts) -> bool:
    """Whether this person may be given the case to review: a reviewer who may decide it, and has it not."""
    agency = {facts.filed_by, *facts.cosigned_by}
    return may_review(colleague.not_for(agency)) and colleague.person_id not in {*agency, facts.holder}


def may_review(actor: Actor) -> bool:
    """Whether this person reviews cases at all: an admin never does."""
    return actor.has(Role.REVIEWER) and not actor.has(Role.ADMIN)


def code_of(reference: str) -> str:
    """The code of a reason without its version: `special_rule` of `special_rule.1`."""
    return reference.partition(".")[0]


def _lacking(
    row: Transition, reasons: Collection[str], note: str | None, colleague: Actor | None
) -> tuple[str, ...]:
    """What the row needs with the act and was not given."""
    said = {code_of(reference.strip()) for reference in reasons} - {""}
    has = {
        "reason": bool(said),
        "note": bool((note or "").strip()),
        "colleague": colleague is not None,
    }
    wanted = row.needs | {"note"} if "reason" in row.needs and OTHER in said else row.needs
    return tuple(name for name, given in has.items() if name in wanted and not given)


def behalf(action: Action, facts: CaseFacts, actor: Actor | None) -> int | None:
    """On whose behalf this person takes the step, as a substitute; None in the own name.

    Who could take it in more than one name takes it in the own one, then in that of the lowest number.
    """
    row = transition(facts.state, action)
    if actor is None or row.role is None:
        return None
    names = actor.capacities(row.role)
    return next((name for name in names if _objection_as(row, facts, actor, name) is None), None)


def _objection(row: Transition, facts: CaseFacts, actor: Actor | None) -> NotYours | None:
    """Why this person may not take the step of this row in any name, or None."""
    if actor is None:  # nobody stands in for a person, but where the clock acts
        return None if row.role is None and facts.pending_by is None else NotYours(row.action)
    if row.role is None or not _plays(row.role, facts, actor):
        return NotYours(row.action)
    objections = [_objection_as(row, facts, actor, name) for name in actor.capacities(row.role)]
    return None if None in objections else objections[0]


def _objection_as(row: Transition, facts: CaseFacts, actor: Actor, name: int | None) -> NotYours | None:
    """Why this person may not take it in this name (None: the own one), or None."""
    for need, (why, _) in _PERSONAL.items():
        if need in row.needs and not _meets(need, facts, actor, name):
            return NotYours(row.action, why)
    if facts.pending_by is not None and row.action not in DESPITE_PENDING:
        return NotYours(row.action, "decision_waits")
    return None


_IN_HAND: Final[frozenset[Need]] = frozenset({"holder", "decider", "takes_review"})
"""What a substitute has in hand because the other person has; what bars either of the two bars both."""


def _meets(need: Need, facts: CaseFacts, actor: Actor, name: int | None) -> bool:
    met = _PERSONAL[need][1]
    persons = (actor,) if name is None else (actor, replace(actor, person_id=name))
    return (any if need in _IN_HAND else all)(met(person, facts) for person in persons)


def _plays(role: Role, facts: CaseFacts, actor: Actor) -> bool:
    """Whether the person holds the role here; an officer only for the agency of the case."""
    return actor.has(role) and (role is not Role.OFFICER or actor.agency_id == facts.agency_id)
