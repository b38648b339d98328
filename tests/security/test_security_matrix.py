"""Who may do what: every cell of a matrix that was written by hand, and every service that is asked."""

import ast
from pathlib import Path

import pytest
from security_matrix import ACTORS, YES, Cell, deed_of, read, thing

from domain import complaints, lifecycle
from domain.authority import TABLE, Deed, may, objection, plays, require
from domain.errors import NotYours

CELLS = read()
ROOT = Path(__file__).parents[2]


def _name(cell: Cell) -> str:
    return f"{cell.who} {cell.deed} {cell.what}"


@pytest.mark.parametrize("line", sorted({(cell.deed, cell.what) for cell in CELLS}))
def test_everybody_may_what_the_matrix_says_and_nothing_else(line: tuple[str, str]) -> None:
    cells = [cell for cell in CELLS if (cell.deed, cell.what) == line]
    said = {cell.who: cell.said for cell in cells}
    found = {c.who: objection(ACTORS[c.who], deed_of(c.deed), thing(c)) or YES for c in cells}
    assert found == said


def test_the_matrix_is_as_wide_as_the_office() -> None:
    assert len(CELLS) >= 300
    assert len({_name(cell) for cell in CELLS}) == len(CELLS), "a line stands twice"
    deeds = {cell.deed for cell in CELLS}
    # A complaint is no complaint yet before it is sent: that is the deed `complaint`.
    steps = {f"complaint.{action}" for action in complaints.Action} - {"complaint.submit"}
    assert deeds == {*Deed, *steps, *(f"case.{action}" for action in lifecycle.Action)}


def test_asking_and_insisting_agree() -> None:
    for cell in CELLS:
        actor, deed, what = ACTORS[cell.who], deed_of(cell.deed), thing(cell)
        assert may(actor, deed, what) is (cell.said == YES)
        if cell.said != YES:
            with pytest.raises(NotYours) as refused:
                require(actor, deed, what)
            assert (refused.value.action, refused.value.why) == (deed, cell.said)


def test_a_menu_offers_whatever_may_be_done_to_anything_at_all() -> None:
    possible = {(cell.who, cell.deed) for cell in CELLS if cell.said == YES}
    named = {cell.deed for cell in CELLS if "." not in cell.deed}
    for who, actor in ACTORS.items():
        assert {deed for deed in named if (who, deed) in possible} <= {
            deed for deed in named if plays(actor, Deed(deed))
        }


def test_a_deed_whose_object_was_forgotten_is_refused_loudly() -> None:
    for deed, rights in TABLE.items():
        wants = [right for right in rights if set(right.needs) - {"known", "agency", "lends"}]
        if wants and not (set(wants) < set(rights)):
            actor = next(a for a in ACTORS.values() if plays(a, deed))
            with pytest.raises(TypeError):
                may(actor, deed)


def test_the_machines_keeper_does_five_things_and_the_clock_three_steps() -> None:
    assert {deed for deed in Deed if may(None, deed)} == {"invite", "revoke", "settings", "cosign", "hold"}
    cells = {
        (c.deed, thing(c)): c for c in CELLS if c.who == "reviewer" and c.what == "others" and "." in c.deed
    }
    alone = {deed for deed, what in cells if may(None, deed_of(deed), what)}
    assert alone == {"case.expire", "complaint.free", "complaint.escalate"}


def _asked_for() -> set[str]:
    """The deeds that the services, or else the handlers, name in their own words."""
    found = set()
    for folder in ("services", "bot"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            names = (
                n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)
            )
            found |= {f"{n.value.id}.{n.attr}" for n in names if isinstance(n.value, ast.Name)}
    return found


def test_every_deed_is_asked_for_somewhere() -> None:
    asked = _asked_for()
    assert [deed for deed in Deed if f"Deed.{deed.name}" not in asked] == []
    # Sent in, expired: proposals.file and the sweeps; all steps go through `services.cases.insist`.
    assert [a for a in lifecycle.Action if f"Action.{a.name}" not in asked] == []
    assert [a for a in complaints.Action if f"Action.{a.name}" not in asked] == []


def test_nobody_else_decides_by_roles_in_the_services() -> None:
    """`.has(Role…)` finds people to tell; whether somebody may do a thing is asked of the table alone."""
    told = {"services/complaint_watch.py", "services/missed.py", "services/cosign.py"}
    asking = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "services").rglob("*.py")
        if ".has(Role." in path.read_text("utf-8") or "actor.has(role)" in path.read_text("utf-8")
    }
    assert asking <= told
