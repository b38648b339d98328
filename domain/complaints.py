"""The life of a complaint, comment, suggestion or fault report: who may do what, and who may handle it.

`TABLE` is the only place that says it. Whoever appears in the log of the linked case never handles a
complaint about it, nor does whoever answered before handle the objection to that answer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from domain.errors import Incomplete, NotAllowedNow, NotYours
from domain.roles import Actor, Role
from domain.throttle import HOUR, Counter, Rule


class State(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    IN_HAND = "in_hand"
    AWAITING_REPLY = "awaiting_reply"
    ANSWERED = "answered"
    OBJECTED = "objected"
    CLOSED = "closed"


class Action(StrEnum):
    """What can be done to a complaint."""

    SUBMIT = "submit"
    CLAIM = "claim"
    RELEASE = "release"
    FREE = "free"
    HAND_OVER = "hand_over"
    ASK = "ask"
    RESUME = "resume"
    REPLY = "reply"
    ANSWER = "answer"
    ACCEPT = "accept"
    OBJECT = "object"
    ESCALATE = "escalate"


Who = Literal["handler", "owner", "clock"]
"""A complaints officer or director who is independent; who complained («ثبت‌کننده»); the office's clock."""

Need = Literal["holder", "lead", "known", "asked", "first", "text", "cause", "colleague"]
"""The holder alone; the holder or a director; somebody to be asked (not anonymous); a question that was not
replied to; no objection before. With the act: the rest."""

CLOCK_RUNS_IN: Final = frozenset({State.RECEIVED, State.IN_HAND, State.OBJECTED})
"""States in which the office's target is counted; it stands still while a reply is awaited."""

OPEN: Final = CLOCK_RUNS_IN | {State.AWAITING_REPLY}
"""States in which the office has something to do."""

WAITING: Final = frozenset({State.RECEIVED, State.OBJECTED})
"""States in which nobody holds the complaint."""

HELD_IN: Final = frozenset({State.IN_HAND, State.AWAITING_REPLY})

TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "complaint": ("delay", "decision", "conduct", "information", "code", "other"),
    "comment": ("service", "bot", "staff", "other"),
    "suggestion": ("forms", "process", "bot", "other"),
    "fault": ("unavailable", "message", "form", "code", "other"),
}
"""Complaint «شکایت», comment «نظر», suggestion «پیشنهاد», fault report «گزارش اشکال»: their categories."""

CAUSES: Final = (
    "delay",
    "mistake",
    "conduct",
    "information",
    "system_fault",
    "other_body",
    "rules",
    "not_upheld",
    "noted",
    "other",
)
"""What a complaint came from, by the code under which it is counted; codes are never taken away."""

SENT_AN_HOUR: Final = 5
"""Complaints of one sender in an hour that officers are told of one by one: the project's own number.

Further ones are kept all the same and told together: nobody is ever silenced.
"""

BY_SENDER: Final = Rule(
    "complaints_by_sender", SENT_AN_HOUR + 1, HOUR, lambda _sent, _now: None, forgiven=False
)


def is_over_limit(counter: Counter) -> bool:
    """Whether officers learn of this one with others, and not by a message of its own."""
    return counter.misses >= BY_SENDER.limit


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """What the rules need to know of a complaint.

    Attributes:
        holder: who has it in hand, or None.
        involved: everybody in the log of the linked case, who complained, and who answered before.
        objected: whether the answer was objected to: the next one is the last.
        anonymous: whether nothing is known of who complained, so that nobody can be asked.
        escalated: whether it went up to the directors.
        asked: whether the last question since the last answer was not replied to.
    """

    complaint_id: int
    state: State
    version: int
    holder: int | None = None
    involved: frozenset[int] = frozenset()
    objected: bool = False
    anonymous: bool = False
    escalated: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table.

    Attributes:
        after_objection: the target instead, once there was an objection.
    """

    action: Action
    sources: frozenset[State]
    target: State
    who: Who
    needs: frozenset[Need]
    after_objection: State | None = None


def _row(
    action: Action, sources: set[State], target: State, who: Who, *needs: Need, objected: State | None = None
) -> Transition:
    return Transition(action, frozenset(sources), target, who, frozenset(needs), objected)


_S, _A = State, Action
_WAITS, _HELD = {_S.RECEIVED, _S.OBJECTED}, {_S.IN_HAND, _S.AWAITING_REPLY}

TABLE: Final = (
    _row(_A.CLAIM, _WAITS, _S.IN_HAND, "handler"),
    _row(_A.ANSWER, {_S.IN_HAND}, _S.ANSWERED, "handler", "holder", "text", "cause", objected=_S.CLOSED),
    _row(_A.ASK, {_S.IN_HAND}, _S.AWAITING_REPLY, "handler", "holder", "known", "text"),
    _row(_A.HAND_OVER, {_S.IN_HAND}, _S.IN_HAND, "handler", "holder", "colleague"),
    _row(_A.HAND_OVER, {_S.AWAITING_REPLY}, _S.AWAITING_REPLY, "handler", "holder", "colleague"),
    _row(_A.RELEASE, _HELD, _S.RECEIVED, "handler", "holder", objected=_S.OBJECTED),
    # No number of days is invented for a reply: whoever waits for it may go on without it.
    _row(_A.RESUME, {_S.AWAITING_REPLY}, _S.IN_HAND, "handler", "lead"),
    # Nor does a reply ever come too late while the office is still to answer.
    _row(_A.REPLY, _HELD, _S.IN_HAND, "owner", "asked", "text"),
    _row(_A.REPLY, {_S.RECEIVED}, _S.RECEIVED, "owner", "asked", "text"),
    _row(_A.REPLY, {_S.OBJECTED}, _S.OBJECTED, "owner", "asked", "text"),
    _row(_A.ACCEPT, {_S.ANSWERED}, _S.CLOSED, "owner"),
    _row(_A.OBJECT, {_S.ANSWERED}, _S.OBJECTED, "owner", "first", "text"),
    _row(_A.FREE, _HELD, _S.RECEIVED, "clock", objected=_S.OBJECTED),
    _row(_A.ESCALATE, {*_WAITS, _S.IN_HAND}, _S.RECEIVED, "clock", objected=_S.OBJECTED),
)
"""Every way a complaint can move. No pair of action and source stands in two rows."""

_BY_STEP = {(row.action, source): row for row in TABLE for source in row.sources}


def transition(state: State, action: Action) -> Transition:
    """The row for this action from this state.

    Raises:
        NotAllowedNow: there is none.
    """
    row = _BY_STEP.get((action, state))
    if row is None:
        raise NotAllowedNow(action, state)
    return row


def independent(person_id: int | None, facts: ComplaintFacts) -> bool:
    """Whether a person the office knows had no part in what is complained about."""
    return person_id is not None and person_id not in facts.involved


def handlers(facts: ComplaintFacts, staff: Iterable[Actor]) -> tuple[Actor, ...]:
    """To whom the complaint may be given, of these people: the independent ones alone.

    The complaints officers first; where none of them is independent, or after an escalation, the directors.
    Nobody may be left: then the office has to appoint somebody.
    """
    free = [actor for actor in staff if independent(actor.person_id, facts)]
    officers = tuple(actor for actor in free if actor.not_for(facts.involved).has(Role.COMPLAINTS))
    directors = tuple(actor for actor in free if actor.not_for(facts.involved).has(Role.DIRECTOR))
    return (directors or officers) if facts.escalated else (officers or directors)


def may_handle(actor: Actor, facts: ComplaintFacts) -> bool:
    """Whether this person may see and handle the complaint at all."""
    able = actor.not_for(facts.involved)
    holds = able.has(Role.COMPLAINTS) or able.has(Role.DIRECTOR)
    return holds and independent(actor.person_id, facts)


def behalf(actor: Actor | None, facts: ComplaintFacts) -> int | None:
    """Whom this person stands in for, as a substitute, when handling the complaint; None in the own name.

    Where the person stood in for holds it, it is that person.
    """
    able = actor.not_for(facts.involved) if actor is not None else None
    names = able.capacities(Role.COMPLAINTS, Role.DIRECTOR) if able is not None else ()
    if facts.holder is not None and facts.holder in names:
        return facts.holder
    return names[0] if names else None


def allowed(facts: ComplaintFacts, actor: Actor, staff: Iterable[Actor]) -> tuple[Action, ...]:
    """The buttons to show to who handles it: what this person may do, once asked for text or cause."""
    among = tuple(staff)
    rows = (row for row in TABLE if facts.state in row.sources and row.who == "handler")
    return tuple(row.action for row in rows if _objection(row, facts, actor, among) is None)


def require(
    action: Action,
    facts: ComplaintFacts,
    actor: Actor | None,
    *,
    staff: Iterable[Actor] = (),
    is_owner: bool = False,
    text: str | None = None,
    cause: str | None = None,
    colleague: Actor | None = None,
) -> State:
    """Insist that this may be done to the complaint now, with what the table asks for.

    Args:
        action: what is to be done.
        facts: the complaint as it stands now.
        actor: who asks, with the roles of this moment; None is the office's clock.
        staff: everybody who might be given it, with the roles of this moment.
        is_owner: whether it was shown that this is who complained.
        text: the question, the reply, the answer or the objection; blank counts as none.
        cause: a code of `CAUSES`.
        colleague: to whom it is handed over.

    Returns:
        The state that follows.

    Raises:
        NotAllowedNow: the state does not permit it, or nothing is asked that could be replied to.
        NotYours: `role`, `not_owner`, `not_holder`, `not_independent`, `anonymous`, `objected_before` or
            `unfit_colleague`.
        Incomplete: text, cause or colleague is lacking.
    """
    among = tuple(staff)
    why = why_not(action, facts, actor, staff=among, is_owner=is_owner)
    if why is not None:
        raise NotYours(action, why)
    row = transition(facts.state, action)
    lacking = _lacking(row, text, cause, colleague)
    if lacking:
        raise Incomplete(lacking)
    if colleague is not None and (not _is_among(colleague, facts, among) or _holds(colleague, facts)):
        raise NotYours(action, "unfit_colleague")
    return row.after_objection if facts.objected and row.after_objection else row.target


def why_not(
    action: Action,
    facts: ComplaintFacts,
    actor: Actor | None,
    *,
    staff: Iterable[Actor] = (),
    is_owner: bool = False,
) -> str | None:
    """Why this step is not this person's, or None; what comes with the act is not looked at.

    Raises:
        NotAllowedNow: the state does not permit it, or nothing is asked that could be replied to.
    """
    row = transition(facts.state, action)
    if "asked" in row.needs and not facts.asked:
        raise NotAllowedNow(action, facts.state)
    if row.who == "owner" and not is_owner:
        return "not_owner"
    if row.who == "clock":
        return "role" if actor is not None else None
    objection = _objection(row, facts, actor, tuple(staff))
    return objection.why if objection else None


def _objection(
    row: Transition, facts: ComplaintFacts, actor: Actor | None, staff: Collection[Actor]
) -> NotYours | None:
    """Why this step is not this person's, or None."""
    if "first" in row.needs and facts.objected:
        return NotYours(row.action, "objected_before")
    if "known" in row.needs and facts.anonymous:
        return NotYours(row.action, "anonymous")
    why = _unfit(row, facts, actor, staff) if row.who == "handler" else None
    return NotYours(row.action, why) if why else None


def _unfit(
    row: Transition, facts: ComplaintFacts, actor: Actor | None, staff: Collection[Actor]
) -> str | None:
    """Why this person may not handle the complaint so, or None."""
    able = actor.not_for(facts.involved) if actor is not None else None
    if actor is None or able is None or not (able.has(Role.COMPLAINTS) or able.has(Role.DIRECTOR)):
        return "role"
    leads = "lead" in row.needs and able.has(Role.DIRECTOR)
    if {"holder", "lead"} & row.needs and not (leads or _holds(actor, facts)):
        return "not_holder"
    # What one may not handle any more can still be given back.
    if row.action is not Action.RELEASE and not independent(actor.person_id, facts):
        return "not_independent"
    return "role" if row.action is Action.CLAIM and not _is_among(actor, facts, staff) else None


def _is_among(actor: Actor, facts: ComplaintFacts, staff: Iterable[Actor]) -> bool:
    """Whether this person is one of those who may be given it."""
    return actor.person_id in {each.person_id for each in handlers(facts, staff)}


def _holds(actor: Actor, facts: ComplaintFacts) -> bool:
    """Whether it lies with this person, or with somebody whom they stand in for."""
    mine = {actor.person_id, *actor.not_for(facts.involved).capacities(Role.COMPLAINTS, Role.DIRECTOR)}
    return facts.holder is not None and facts.holder in mine


def _lacking(
    row: Transition, text: str | None, cause: str | None, colleague: Actor | None
) -> tuple[str, ...]:
    """What the row needs with the act and was not given."""
    has = {
        "text": bool((text or "").strip()),
        "cause": cause in CAUSES,
        "colleague": colleague is not None,
    }
    return tuple(name for name, given in has.items() if name in row.needs and not given)
