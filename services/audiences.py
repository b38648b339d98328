"""Audiences saved under a name: every change is a new version, and a notice keeps the rules it was given.

They stand among the office's catalogues: the title is the name, the ground is the rules, as JSON.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from secrets import randbelow
from typing import Final

from domain.audience import Audience
from domain.authority import Deed, require
from domain.roles import Actor
from persian.text import clean, key
from services.errors import AudienceEmpty, EntryDouble, NameNeeded
from storage.errors import NotFound, Stale
from storage.records.catalogue import Wording
from storage.work import Work

LIST: Final = "audiences"
"""The catalogue's name in the store."""
TITLE_LIMIT: Final = 40
"""Characters of a name, which is a button: a technical bound."""
_CODES: Final = 10**9 - 1
"""From as many numbers the code of a new one is drawn: two who add at once do not count to the same."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One version of a saved audience.

    Attributes:
        row: its row in the store.
        code: what it is, whatever its name.
        offered: whether it may be chosen for a notice.
    """

    row: int
    code: str
    version: int
    title: str
    audience: Audience
    offered: bool


def every(work: Work) -> tuple[Saved, ...]:
    """Each saved audience as it is now, in the order in which they were made."""
    newest: dict[str, Saved] = {}
    for row in work.catalogue.wordings(LIST):
        newest[row.code] = _saved(row)
    return tuple(newest.values())


def offered(work: Work) -> tuple[Saved, ...]:
    """Those that may be chosen."""
    return tuple(one for one in every(work) if one.offered)


def versions(work: Work, code: str) -> tuple[tuple[Saved, Wording], ...]:
    """Every version of one, with who wrote it and when, the first first.

    Raises:
        NotFound: there is no such audience.
    """
    found = tuple((_saved(row), row) for row in work.catalogue.wordings(LIST) if row.code == code)
    if not found:
        raise NotFound("audience", 0)
    return tuple(sorted(found, key=lambda pair: pair[0].version))


def one(work: Work, by: Actor, code: str) -> Saved:
    """A saved audience as it is now, for an admin.

    Raises:
        NotYours: no admin.
        NotFound: there is no such audience.
    """
    require(by, Deed.NOTICES)
    return versions(work, code)[-1][0]


def joined(work: Work, marked: Audience, codes: Collection[str]) -> Audience:
    """An audience and these saved ones together, by their rules of now; one that is retired is left out."""
    chosen: Iterable[Audience] = (each.audience for each in offered(work) if each.code in codes)
    return reduce(or_, chosen, marked)


def retired(work: Work, codes: Collection[str]) -> tuple[str, ...]:
    """The names of those among these that `joined` leaves out."""
    return tuple(each.title for each in every(work) if each.code in codes and not each.offered)


def called(work: Work, title: str, *, but: str = "") -> Saved | None:
    """The one of this name, however it is spelt, retired ones too; `but` is the code of one not meant."""
    return next((each for each in every(work) if key(each.title) == key(title) and each.code != but), None)


def add(work: Work, *, by: Actor, title: str, audience: Audience) -> Saved:
    """Save an audience.

    Raises:
        NotYours: no admin.
        NameNeeded: it has no name.
        AudienceEmpty: it has no rule.
        EntryDouble: another one is called so; a retired one keeps its name.
    """
    return _write(work, by, (f"own{1 + randbelow(_CODES)}", 1), title, audience, on=True)


def change(work: Work, *, by: Actor, code: str, seen: int, title: str, audience: Audience) -> Saved:
    """Rename it, or give it other rules, from now on; errors are those of `add`.

    Raises:
        NotFound: there is none.
        Stale: it was changed since this version was seen.
    """
    now = one(work, by, code)
    if now.version != seen:
        raise Stale("audience", now.version)
    return _write(work, by, (code, now.version + 1), title, audience, on=now.offered)


def switch(work: Work, *, by: Actor, code: str, on: bool) -> Saved:
    """Offer it from now on, or no longer; once, however often it is asked. Errors are those of `one`."""
    now = one(work, by, code)
    if now.offered is on:
        return now
    return _write(work, by, (code, now.version + 1), now.title, now.audience, on=on)


def revert(work: Work, *, by: Actor, code: str, version: int) -> Saved:
    """Make it what an earlier version was; that is a new version. Errors are those of `change`."""
    now = one(work, by, code)
    old = next((saved for saved, _ in versions(work, code) if saved.version == version), None)
    if old is None:
        raise NotFound("audience", version)
    return change(work, by=by, code=code, seen=now.version, title=old.title, audience=old.audience)


def _write(
    work: Work, by: Actor, which: tuple[str, int], title: str, audience: Audience, *, on: bool
) -> Saved:
    """Write this version of this code."""
    require(by, Deed.NOTICES)
    code, version = which
    tidy = clean(title, limit=TITLE_LIMIT).strip()
    if not tidy:
        raise NameNeeded
    if not audience:
        raise AudienceEmpty
    if called(work, tidy, but=code) is not None:
        raise EntryDouble(tidy)
    ground = json.dumps(audience.to_json(), sort_keys=True)
    row = work.catalogue.put(LIST, code, version, title=tidy, ground=ground, offered=on, by=by.person_id)
    return Saved(row, code, version, tidy, audience, on)


def _saved(row: Wording) -> Saved:
    audience = Audience.from_json(json.loads(row.ground))
    return Saved(row.id, row.code, row.version, row.title, audience, row.offered)
