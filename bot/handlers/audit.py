"""«رویدادنگاری»: its rows for the auditor; and once a day its end for the admins.

There nobody who holds the store can change it.
"""

import json
from typing import Final

from bot import announce
from bot.conversations.audit_forms import AUDIT_CODE
from bot.handlers import forms
from bot.handlers.forms import Ready
from bot.office import Office
from bot.part import Part
from bot.screen import Button, Screen
from bot.turn import Turn, number
from domain.authority import Deed, require
from messages_fa import audit as texts
from messages_fa import buttons
from messages_fa.markup import Text
from services import audit
from storage.errors import NotFound
from storage.records.audit import AuditRow
from storage.work import Work

_SECONDS: Final = 300
ROWS: Final = 10
"""Rows on a page."""
ALL: Final = "all"
"""In place of the thing whose rows are shown."""


def show(turn: Turn) -> None:
    """«رویدادنگاری»: the newest rows.

    Raises:
        NotYours: no auditor.
    """
    _page(turn, None, None)


def act(turn: Turn, rest: list[str]) -> None:
    """A page of the rows, those before a number (0: the newest), or the question for a code.

    Raises:
        NotYours: no auditor.
        OldButton: there is no such page.
    """
    kind, thing, before = rest
    require(turn.actor, Deed.AUDIT)
    if kind == "ask":
        turn.shown = True
        forms.begin(turn, AUDIT_CODE)
    else:
        about = None if kind == ALL else f"{kind}:{number(thing)}"
        _page(turn, about, number(before) or None)


def finish_code(turn: Turn, ready: Ready) -> None:
    """A code was given: the rows of its proposal or complaint.

    Raises:
        NotYours: no auditor (any more).
    """
    require(turn.actor, Deed.AUDIT)
    code = str(ready.position.answers["code"])
    forms.drop(turn, ready.run)
    case, complaint = turn.work.cases.by_code(code), turn.work.complaints.by_code(code)
    if case is not None:
        _page(turn, f"case:{case.id}", None)
    elif complaint is not None:
        _page(turn, f"complaint:{complaint.id}", None)
    else:
        turn.tell(texts.no_such_code(), ((_ASK,),))


_ASK: Final = Button(buttons.AUDIT_OF_CODE, "adt:ask:0:0")
_NEWEST: Final = Button(buttons.NEWEST_ROWS, f"adt:{ALL}:0:0")


def _page(turn: Turn, about: str | None, before: int | None) -> None:
    found = audit.last(turn.work, turn.actor, limit=ROWS + 1, before=before, about=about)
    rows = found[:ROWS]
    action = f"adt:{about or f'{ALL}:0'}"
    older = (Button(buttons.NEXT, f"{action}:{rows[-1].number}"),) if len(found) > ROWS else ()
    newest = (_NEWEST,) if before is not None or about is not None else ()
    code = None if about is None else _code(turn.work, about)
    text = texts.listing([_row(turn.work, row) for row in rows], code)
    turn.show(Screen(text, tuple(filter(None, (older, newest, (_ASK,))))), slot="audit")


def _row(work: Work, row: AuditRow) -> Text:
    person = None if row.person is None else work.people.get(row.person)
    return texts.row(
        row.number,
        row.at,
        what=texts.deed(row.deed, str(json.loads(row.codes).get("step", ""))),
        who=texts.who(row.role, None if person is None else person.name),
        thing=texts.thing(row.about, _code(work, row.about)),
    )


def _code(work: Work, about: str) -> str | None:
    """The tracking code of a proposal or a complaint, if it is about one."""
    kind, _, thing = about.partition(":")
    if kind not in {"case", "complaint"} or not thing.isdecimal():
        return None
    try:
        return work.cases.get(int(thing)).code if kind == "case" else work.complaints.get(int(thing)).code
    except NotFound:
        return None


def show_anchor(work: Work, office: Office) -> None:
    """Once a day, in office hours; see `services.audit.is_anchor_due`."""
    if audit.is_anchor_due(work):
        end = audit.anchor(work)
        announce.to_admins(work, office, texts.anchor(end.number, end.mac))


PART: Final = Part(
    buttons={"adt": (act, 3)},
    finish={AUDIT_CODE.name: finish_code},
    commands={"audit": show},
    asides=frozenset({"audit"}),
    sweeps=(("show_anchor", show_anchor, _SECONDS),),
)
