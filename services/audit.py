"""The audit, read and verified: the first row that is not as it was written is named."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final, Literal

from domain import audit
from domain.authority import Deed, require
from domain.roles import Actor
from persian.dates import tehran_day
from persian.text import to_latin_digits
from storage.audit import CHUNK
from storage.records.audit import AuditRow, Head
from storage.work import Work

Harm = Literal["altered", "missing", "inserted", "reordered", "cut", "rewritten", "end"]

ANCHOR_DIGITS: Final = 32
"""Characters of a mac that an anchor shows: 128 bits."""
FEWEST_DIGITS: Final = 16
"""Fewer are no anchor: whoever has the key could look for a row that fits."""
LONGEST: Final = timedelta(days=7)
"""How long an anchor waits for office hours, or a closed calendar would silence it: a technical bound."""
_BEFORE_ALL: Final = -(2**63)
_RENUMBERED: Final = 100
"""So many rows taken out in one place, with the later ones renumbered, are still told from altered ones."""


class NotAnAnchor(ValueError):  # noqa: N818 - errors are named for what happened
    """What was given is no number and mac of a row."""


class Unwritten(Exception):  # noqa: N818 - errors are named for what happened
    """There is no row yet."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a row's mac begins with, as it was kept outside of the store."""

    number: int
    mac: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Where the chain is broken first.

    Attributes:
        kind: `cut`: rows are missing at the end; `rewritten`: the chain is whole, but it is not the one that
            was anchored; `end`: the chain is whole, but what is kept of its end does not fit its last row.
        number: of the row, or where it should stand.
        stands_at: where a row that was moved stands now.
    """

    kind: Harm
    number: int
    stands_at: int | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """How far the chain has been followed.

    Attributes:
        number: of the last row that is as it was written.
        mac: its mac.
        rows: the rows of the last stretch, all as they were written.
        over: whether there is nothing more to follow.
    """

    number: int = 0
    mac: str = ""
    rows: tuple[AuditRow, ...] = field(default=(), repr=False)
    problem: Problem | None = None
    over: bool = False


def anchor_of(typed: str) -> Anchor:
    """An anchor as the chat shows it: `N1284:3f2a91c4-…`, in whatever digits, with spaces or hyphens.

    Raises:
        NotAnAnchor: it is none.
    """
    number, colon, mac = re.sub(r"[\s\-\u200c\u200e\u200f«»]", "", to_latin_digits(typed)).partition(":")
    number, given = number.upper().removeprefix("N"), mac.lower()
    fits = re.fullmatch(r"[0-9a-f]+", given) is not None and FEWEST_DIGITS <= len(given) <= 2 * ANCHOR_DIGITS
    if not (colon and number.isascii() and number.isdecimal() and int(number) and fits):
        raise NotAnAnchor
    return Anchor(int(number), given)


def follow(work: Work, walk: Walk, anchors: Iterable[Anchor] = ()) -> Walk:
    """Follow the chain one stretch further, until it is over or broken.

    Args:
        work: this unit.
        walk: how far it was followed; `Walk()` at the beginning.
        anchors: what was kept outside.
    """
    rows, mac = work.audit.after(walk.number or _BEFORE_ALL), walk.mac
    kept = {one.number: one.mac for one in anchors}
    for number, row in enumerate(rows, walk.number + 1):
        right = row.number == number and row.mac == work.audit.mac(mac, row)
        if not right or not row.mac.startswith(kept.get(number, "")):
            problem = Problem("rewritten", number) if right else _problem(work, number, mac)
            return Walk(number - 1, mac, rows[: number - walk.number - 1], problem, over=True)
        mac = row.mac
    reached = Walk(walk.number + len(rows), mac, rows)
    if len(rows) == CHUNK:
        return reached
    head = work.audit.head(hold=True)  # from here on nobody adds a row
    return reached if work.audit.after(reached.number, limit=1) else _at_the_end(head, reached, kept)


def _at_the_end(head: Head, walk: Walk, kept: Mapping[int, str]) -> Walk:
    """Nothing stands behind the last row: whether anything did."""
    behind = walk.number + 1
    if head.number > walk.number or any(number > walk.number for number in kept):
        return replace(walk, problem=Problem("cut", behind), over=True)
    if (head.number, head.mac) != (walk.number, walk.mac):
        return replace(walk, problem=Problem("end", walk.number), over=True)
    return replace(walk, over=True)


def _problem(work: Work, number: int, mac: str) -> Problem:
    """What is wrong where row `number` should stand, behind the row with this mac."""
    first = work.audit.after(_BEFORE_ALL, limit=1)[0]
    if first.number < 1:
        return Problem("inserted", first.number)
    here, *behind = work.audit.after(number - 1, limit=2)
    found = _stands_at(work, number, mac)
    if here.number != number:
        return Problem("missing", number) if found is None else Problem("reordered", number, found)
    if found is not None:
        kind: Harm = "reordered" if _is_of_the_chain(work, here) else "inserted"
        return Problem(kind, number, found if kind == "reordered" else None)
    if not behind:
        return Problem(_last(work.audit.head(), here), number)
    return Problem(_altered_or_missing(work, mac, here, behind[0]), number)


def _last(head: Head, here: AuditRow) -> Harm:
    if here.number > head.number:
        return "inserted"
    return "missing" if head.number > here.number and head.mac == here.mac else "altered"


def _altered_or_missing(work: Work, mac: str, here: AuditRow, behind: AuditRow) -> Harm:
    """A row whose mac fits what follows was altered; if what follows fits further on, rows are gone."""
    if behind.mac in {work.audit.mac(here.mac, behind), work.audit.mac(work.audit.mac(mac, here), behind)}:
        return "altered"
    for gone in range(1, _RENUMBERED + 1):
        if behind.mac == work.audit.mac(here.mac, replace(behind, number=behind.number + gone)):
            return "missing"
    return "altered"


def _everything(work: Work, after: int = 0) -> Iterator[AuditRow]:
    while rows := work.audit.after(after):
        yield from rows
        after = rows[-1].number


def _stands_at(work: Work, number: int, mac: str) -> int | None:
    """Where the row that belongs here stands, if it is there at all."""
    fits = (
        row.number
        for row in _everything(work, number - 1)
        if row.number != number and row.mac == work.audit.mac(mac, replace(row, number=number))
    )
    return next(fits, None)


def _is_of_the_chain(work: Work, row: AuditRow) -> bool:
    """Whether this row was written by the office, for another place.

    It was bound to the row before it; that one stands where it did, or one further on for the row that was
    put before it.
    """
    return any(
        row.mac == work.audit.mac(before.mac, replace(row, number=number))
        for before in _everything(work)
        for number in (before.number, before.number + 1, row.number + 1)
    )


def last(
    work: Work, by: Actor, *, limit: int, before: int | None = None, about: str | None = None
) -> tuple[AuditRow, ...]:
    """The newest rows, newest first; only those about one thing, if it is named.

    Raises:
        NotYours: no auditor.
    """
    require(by, Deed.AUDIT)
    work.audit.look(audit.Deed.AUDIT_SEEN, by, "audit")
    end = work.audit.head().number + 1 if before is None else before
    return work.audit.last(limit, before=end, about=about)


def is_anchor_due(work: Work) -> bool:
    """Whether the chain's end is to be shown to the admins: once a day, in office hours.

    When it was shown last its rows say, which nobody writes without the key; before the first of them the
    chain's own beginning counts. One later than now, of a clock that was ahead, is none; and since whoever
    has SQL can close the calendar, `LONGEST` does not wait for it.
    """
    if work.audit.head().number == 0:
        return False
    last = work.audit.last_anchor()
    since = last or work.audit.after(0, 1)[0].at
    if since > work.now or work.now - since > LONGEST:
        return True
    today = last is not None and tehran_day(last) == tehran_day(work.now)
    return not today and work.calendar.in_force().is_open(work.now)


def anchor(work: Work) -> Anchor:
    """The chain's end, to be kept outside of the store; that it was shown is written down.

    Raises:
        Unwritten: there is no row yet.
    """
    head = work.audit.head()
    if head.number == 0:
        raise Unwritten
    work.audit.note(audit.Deed.ANCHOR, about=f"audit:{head.number}")
    return Anchor(head.number, head.mac[:ANCHOR_DIGITS])
