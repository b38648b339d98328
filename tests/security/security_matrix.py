"""The matrix of `matrix.txt`, read; and the people and things that it names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from domain import complaints, lifecycle
from domain.authority import AnyDeed, Complaint, Deed, Object, Thing
from domain.complaints import ComplaintFacts
from domain.lifecycle import CaseFacts
from domain.roles import Actor, Grant, Role

HOME, ABROAD, LEFT = 1, 2, 3
"""The agencies: of most officers, of the foreign one, and one that an officer has left."""

OTHER, HOLDER, SIGNER = 900, 901, 902
"""People of a case who are nobody in the columns."""


def _actor(number: int, *roles: Role, agency: int = HOME) -> Actor:
    grants = {Grant(role, agency if role is Role.OFFICER else None) for role in roles}
    return Actor(number, f"person {number}", frozenset(grants))


ABSENT: Final = 20
ACTORS: Final = {
    "stranger": Actor(None, ""),
    "revoked": _actor(10),
    "officer": _actor(11, Role.OFFICER),
    "foreign": _actor(12, Role.OFFICER, agency=ABROAD),
    "reviewer": _actor(ABSENT, Role.REVIEWER),
    "director": _actor(30, Role.DIRECTOR),
    "complaints": _actor(40, Role.COMPLAINTS),
    "admin": _actor(50, Role.ADMIN),
    "auditor": _actor(60, Role.AUDITOR),
    "reviewer+admin": _actor(70, Role.REVIEWER, Role.ADMIN),
    "officer+reviewer": _actor(80, Role.OFFICER, Role.REVIEWER),
    "substitute": Actor(
        45, "person 45", frozenset({Grant(Role.COMPLAINTS), Grant(Role.REVIEWER, for_person=ABSENT)})
    ),
}
_SETS: Final = {
    "*": tuple(ACTORS),
    "known": tuple(name for name in ACTORS if name != "stranger"),
    "staff": tuple(name for name in ACTORS if name not in {"stranger", "revoked"}),
}
YES: Final = "yes"


@dataclass(frozen=True, slots=True)
class Cell:
    """One question with the answer that was written down: `yes`, or why not."""

    deed: str
    what: str
    who: str
    said: str


def read() -> tuple[Cell, ...]:
    """Every cell of the matrix."""
    lines = (Path(__file__).parent / "matrix.txt").read_text("utf-8").splitlines()
    return tuple(cell for line in lines if line.strip() and line[0] != "#" for cell in _cells(line))


def _cells(line: str) -> Iterator[Cell]:
    deed, what, who = (part.strip() for part in line.split("|"))
    words = [word.partition(":") for word in who.split()]
    said = dict.fromkeys(ACTORS, "role")
    for wide in (True, False):  # what is said of one person goes before what is said of many
        for name, _, why in words:
            if (name in _SETS) is wide:
                said |= dict.fromkeys(_SETS.get(name, (name,)), why or YES)
    if any(name == "*" for name, *_ in words):  # `*` is for those of whom nothing else is said
        said |= {name: why or YES for name, _, why in words if name not in _SETS}
    return (Cell(deed, what, name, word) for name, word in said.items())


def deed_of(name: str) -> AnyDeed:
    """`case.claim` is a step of a case, `complaint.claim` of a complaint, `people` a deed."""
    kind, _, step = name.partition(".")
    if not step:
        return Deed(name)
    return lifecycle.Action(step) if kind == "case" else complaints.Action(step)


def thing(cell: Cell) -> Object:
    """The object of a cell, as it stands to the actor."""
    actor, deed = ACTORS[cell.who], deed_of(cell.deed)
    if isinstance(deed, lifecycle.Action):
        return _case(deed, cell.what, actor)
    if isinstance(deed, complaints.Action):
        return _complaint(deed, cell.what, actor)
    if deed is Deed.COMPLAINT_VIEW:
        return _lodged(complaints.State.RECEIVED, cell.what, actor)
    agency = actor.agency_id or HOME
    return {
        "-": None,
        "others": Thing(owner=OTHER, agency_id=agency, holder=HOLDER, maker=OTHER),
        "own": Thing(owner=actor.person_id, agency_id=agency, holder=HOLDER, maker=OTHER),
        "moved": Thing(owner=actor.person_id, agency_id=LEFT),
        "held": Thing(owner=OTHER, holder=actor.person_id),
        "proposed": Thing(owner=OTHER, maker=actor.person_id),
        "let_in": Thing(owner=OTHER, maker=SIGNER, opened_by=SIGNER),
        "here": Thing(here=True),
        "elsewhere": Thing(here=False),
    }[cell.what]


_REFUSAL: Final = frozenset(
    {
        lifecycle.Action.TAKE_REVIEW,
        lifecycle.Action.LEAVE_REVIEW,
        lifecycle.Action.UPHOLD,
        lifecycle.Action.RECOMMEND,
        lifecycle.Action.LET_STAND,
    }
)


def _case(action: lifecycle.Action, what: str, actor: Actor) -> CaseFacts:
    """A case in the first state from which the step is taken."""
    state = min(next(row for row in lifecycle.TABLE if row.action is action).sources)
    facts = CaseFacts(1, "instalments", state, HOME, OTHER, HOLDER, 3)  # type: ignore[arg-type]
    if action in _REFUSAL:
        taken = action not in {lifecycle.Action.TAKE_REVIEW, lifecycle.Action.LET_STAND}
        review_by = actor.person_id if what == "held" else HOLDER
        facts = replace(facts, review="taken" if taken else "free", review_by=review_by)
        facts = replace(facts, refused_by=frozenset({HOLDER}), recommended_by=frozenset({SIGNER}))
    number = actor.person_id or 0
    agency = actor.agency_id or HOME
    changed: dict[str, CaseFacts] = {
        "others": facts,
        "own": replace(facts, filed_by=number, agency_id=agency),
        "held": replace(facts, holder=number),
        "absent": replace(facts, holder=ABSENT),
        "first": replace(facts, agreed_by=number),
    }
    return changed[what]


def _lodged(state: complaints.State, what: str, actor: Actor) -> ComplaintFacts:
    involved = {OTHER} | ({actor.person_id or 0} if what == "own" else set())
    held = state in complaints.HELD_IN
    holder = (actor.person_id if what == "held" else HOLDER) if held else None
    asked = state is not complaints.State.ANSWERED
    return ComplaintFacts(1, state, 2, holder=holder, involved=frozenset(involved), asked=asked)


def _complaint(action: complaints.Action, what: str, actor: Actor) -> Complaint:
    state = next(state for row in complaints.TABLE if row.action is action for state in sorted(row.sources))
    staff = (ACTORS["complaints"], ACTORS["director"], ACTORS["substitute"])
    return Complaint(_lodged(state, what, actor), staff, is_owner=what == "shown")
