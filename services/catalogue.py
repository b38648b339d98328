"""What may be chosen: debt types and reasons, as the office words them; agencies and their officials.

Nothing is overwritten: a change is a new wording, and what was told keeps the words it was told in.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import randbelow
from typing import Final, Literal

from domain.authority import Deed, require
from domain.catalogue import Entry, Listed, newest, offered, without_mark
from domain.lifecycle import OTHER
from domain.roles import Actor
from messages_fa.names import DEBT_TYPES
from messages_fa.reasons import EVERY, Catalogue
from persian.text import clean, key
from services.errors import EntryDouble, EntryFixed, NameNeeded, ReasonUnknown
from storage.errors import NotFound, Stale
from storage.records import Agency
from storage.records.catalogue import Official, Switched, Wording
from storage.work import Work

TITLE_LIMIT: Final = 60
"""Characters of a title, which is a button: a technical bound."""
GROUND_LIMIT: Final = 150
"""Characters of a legal ground: a technical bound."""

_CODES: Final = 10**9 - 1
"""From as many numbers the code of a new entry is drawn: two who add at once do not count to the same."""

_FIRST: Final[Mapping[str, Catalogue]] = {
    Listed.DEBT_TYPES: tuple(Entry(code, 1, title) for code, title in DEBT_TYPES.items()),
    **{name: EVERY[name] for name in (Listed.REFUSAL, Listed.SUPERSESSION, Listed.WITHDRAWAL)},
}
"""The lists to start with."""


def entries(work: Work, name: str) -> Catalogue:
    """Each entry of a catalogue as it is worded now, those not offered any more among them.

    Raises:
        NotFound: there is no such catalogue.
    """
    return newest((*_first(name), *(_entry(row) for row in work.catalogue.wordings(name))))


def reasons(work: Work, act: str) -> Catalogue:
    """The reasons that may be chosen for an act today."""
    return offered(entries(work, act) if act in _FIRST else EVERY[act])


def kept(work: Work, act: str, references: Collection[str]) -> tuple[str, ...]:
    """References as they are stored: those of the office's own wording carry their words.

    Raises:
        ReasonUnknown: it may not be chosen (any more).
    """
    if act not in EVERY:
        return tuple(references)
    known = {entry.reference: entry for entry in reasons(work, act)}
    return tuple(_kept(act, known, reference) for reference in references)


def _kept(act: str, known: Mapping[str, Entry], reference: str) -> str:
    if not reference.strip():
        return reference
    if reference not in known:
        raise ReasonUnknown(reference)
    entry = known[reference]
    return reference if entry in EVERY[act] else entry.worded_reference


def debt_types(work: Work) -> Catalogue:
    """The types of debt that may be chosen today."""
    return offered(entries(work, Listed.DEBT_TYPES))


def debt_type_words(work: Work, code: object) -> str | None:
    """The office's own words for a type of debt; None for one of the first list as it was worded there."""
    entry = next((one for one in entries(work, Listed.DEBT_TYPES) if one.code == code), None)
    return None if entry is None or entry in _FIRST[Listed.DEBT_TYPES] else entry.title


def with_words(work: Work, answers: Mapping[str, object]) -> Mapping[str, object]:
    """A proposal's answers as they are filed: a type that the office has worded keeps the words of today."""
    code = answers.get("debt_type")
    return answers if code == OTHER else {**answers, "debt_type_other": debt_type_words(work, code)}


def add(work: Work, *, by: Actor, name: str, title: str, ground: str = "") -> Entry:
    """Offer something new.

    Raises:
        NotYours: no admin.
        NameNeeded: there is no title.
        EntryDouble: an entry of this catalogue is called so already.
    """
    return _write(work, by, name, Entry(f"own{1 + randbelow(_CODES)}", 1, title, ground))


def reword(
    work: Work, *, by: Actor, name: str, code: str, title: str, ground: str = "", seen: int | None = None
) -> Entry:
    """Word an entry anew, from now on; errors are those of `add`. `seen` is the version that was looked at.

    Raises:
        NotFound: there is no such entry.
        EntryFixed: «سایر» stays as it is: rules hang on it.
        Stale: it was worded anew since it was seen.
    """
    old = entry(work, name, code)
    if seen is not None and seen != old.version:
        raise Stale("entry", old.version)
    return _write(work, by, name, Entry(code, old.version + 1, title, ground, old.offered))


def switch(work: Work, *, by: Actor, name: str, code: str, on: bool) -> Entry:
    """Offer an entry from now on, or no longer; errors are those of `reword`."""
    old = entry(work, name, code)
    return _write(work, by, name, Entry(code, old.version + 1, old.title, old.ground, on))


def revert(work: Work, *, by: Actor, name: str, code: str, version: int) -> Entry:
    """Word an entry as an earlier version had it; that is a new version. Errors are those of `reword`."""
    old = next((one for one in versions(work, name, code) if one.version == version), None)
    if old is None:
        raise NotFound("wording", version)
    return reword(work, by=by, name=name, code=code, title=old.title, ground=old.ground)


def entry(work: Work, name: str, code: str) -> Entry:
    """An entry as it is worded now.

    Raises:
        NotFound: there is none.
    """
    found = next((one for one in entries(work, name) if one.code == code), None)
    if found is None:
        raise NotFound("entry", 0)
    return found


def row_of(work: Work, by: Actor, name: str, code: str) -> int:
    """The row of an entry's wording of now; one of the first list is written down for it, as it is.

    Raises:
        NotYours: no admin.
        NotFound: there is no such entry.
    """
    require(by, Deed.CATALOGUE)
    now = entry(work, name, code)
    written = authors(work, name, code).get(now.version)
    if written is not None:
        return written.id
    return work.catalogue.put(
        name, code, now.version, title=now.title, ground=now.ground, offered=now.offered, by=None
    )


def versions(work: Work, name: str, code: str) -> Catalogue:
    """Every wording of an entry, the first one first."""
    listed = (*_first(name), *(_entry(row) for row in work.catalogue.wordings(name)))
    # A wording of the first list that was written down as it is stands in both.
    return tuple({one.version: one for one in listed if one.code == code}.values())


def authors(work: Work, name: str, code: str) -> dict[int, Wording]:
    """Who wrote which version of an entry, and when; those of the first list are nobody's."""
    return {row.version: row for row in work.catalogue.wordings(name) if row.code == code}


def _first(name: str) -> Catalogue:
    if name not in _FIRST:
        raise NotFound("catalogue", 0)
    return _FIRST[name]


def _write(work: Work, by: Actor, name: str, new: Entry) -> Entry:
    require(by, Deed.CATALOGUE)
    if new.code == OTHER:
        raise EntryFixed
    title = without_mark(clean(new.title, limit=TITLE_LIMIT)).strip()
    ground = without_mark(clean(new.ground, limit=GROUND_LIMIT)).strip()
    if not title:
        raise NameNeeded
    if any(key(one.title) == key(title) and one.code != new.code for one in entries(work, name)):
        raise EntryDouble(title)
    work.catalogue.put(
        name, new.code, new.version, title=title, ground=ground, offered=new.offered, by=by.person_id
    )
    return Entry(new.code, new.version, title, ground, new.offered)


def _entry(row: Wording) -> Entry:
    return Entry(row.code, row.version, row.title, row.ground, row.offered)


# Agencies


def agency(work: Work, by: Actor, agency_id: int) -> Agency:
    """An agency, for an admin.

    Raises:
        NotYours: no admin.
        NotFound: there is none.
    """
    require(by, Deed.CATALOGUE)
    found = work.people.agency(agency_id)
    if found is None:
        raise NotFound("agency", agency_id)
    return found


def rename_agency(work: Work, *, by: Actor, agency_id: int, name: str) -> Agency:
    """Give an agency another name, from now on and everywhere; its earlier names are kept.

    Raises:
        NotYours, NotFound: as for `agency`.
        NameNeeded: there is no name.
        EntryDouble: another agency is called so.
    """
    agency(work, by, agency_id)
    tidy = clean(name, limit=GROUND_LIMIT).strip()
    if not tidy:
        raise NameNeeded
    others = (one for one in work.people.agencies() if one.id != agency_id)
    if any(key(one.name) == key(tidy) for one in others):
        raise EntryDouble(tidy)
    work.catalogue.rename(agency_id, tidy, by.person_id)
    return agency(work, by, agency_id)


def switch_agency(work: Work, *, by: Actor, agency_id: int, on: bool) -> Agency:
    """Offer an agency in new invitations, or no longer; roles that are held stay.

    Raises:
        NotYours, NotFound: as for `agency`.
    """
    agency(work, by, agency_id)
    work.catalogue.switch(agency_id, "offered", on=on, by=by.person_id)
    return agency(work, by, agency_id)


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody (None: the command line) changed of an agency.

    Attributes:
        what: `name`, or one of `Switched`.
        value: the name that it was given, or whether it was switched on.
    """

    what: Literal["name"] | Switched
    value: str | bool
    by: int | None
    at: datetime


def changes(work: Work, by: Actor, agency_id: int) -> tuple[Change, ...]:
    """Every change of an agency's name and switches, the newest first.

    Raises:
        NotYours, NotFound: as for `agency`.
    """
    agency(work, by, agency_id)
    named = [Change("name", one.name, one.set_by, one.set_at) for one in work.catalogue.names(agency_id)]
    flipped = [Change(o.what, o.is_on, o.set_by, o.set_at) for o in work.catalogue.switches(agency_id)]
    return tuple(sorted([*named, *flipped], key=lambda change: change.at, reverse=True))


def add_official(work: Work, *, by: Actor, agency_id: int, name: str, post: str) -> None:
    """Note an authorised official «مقام مجاز» of an agency.

    Raises:
        NotYours, NotFound: as for `agency`.
        NameNeeded: name or post is lacking.
        EntryDouble: the same person is noted in the same post already.
    """
    agency(work, by, agency_id)
    called, serves_as = (clean(text, limit=GROUND_LIMIT).strip() for text in (name, post))
    if not called or not serves_as:
        raise NameNeeded
    if any((key(o.name), key(o.post)) == (key(called), key(serves_as)) for o in officials(work, agency_id)):
        raise EntryDouble(called)
    work.catalogue.add_official(agency_id, called, serves_as, by.person_id)


def end_official(work: Work, *, by: Actor, agency_id: int, official_id: int) -> Official:
    """Somebody is an authorised official of the agency no longer.

    Raises:
        NotYours, NotFound: as for `agency`; NotFound too if they were none.
    """
    agency(work, by, agency_id)
    found = next((one for one in officials(work, agency_id) if one.id == official_id), None)
    if found is None or not work.catalogue.end_official(official_id, by.person_id):
        raise NotFound("official", official_id)
    return found


def officials(work: Work, agency_id: int) -> tuple[Official, ...]:
    """The authorised officials of an agency, as the office was told."""
    return work.catalogue.officials(agency_id)
