"""Whether what stands in the store follows from what the audit says: an insider writes past it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from typing import Any, Final

from domain.audit import Deed
from persian.dates import tehran_day
from services.audit import LONGEST, Walk, follow
from services.standing_people import OfPeople
from storage.records.audit import AuditRow
from storage.records.standing import Held, InForce, Kind, Standing, Step
from storage.work import Work

KINDS: Final[tuple[Kind, ...]] = ("case", "complaint")

Difference = tuple[object, ...]
"""What differs, as a code, and its values: `("grant_unwritten", "reviewer", 7)`."""


@dataclass(slots=True)
class Course:
    """What the audit says of a case or complaint.

    Attributes:
        prints: the sum of its steps' prints; no step's place matters, since each has its version.
    """

    version: int = 0
    state: str = ""
    steps: int = 0
    prints: int = 0


@dataclass(slots=True)
class Said:
    """What the audit says of all that is compared, gathered row by row.

    Attributes:
        grants: whether a person holds a role, for an agency.
        courses: by kind and number.
        settings: the codes of what was set last.
        people: accounts, second factors, substitutions and proposals about roles.
        anchored: when its end was shown to the admins last.
        unanchored: the days since on which the bot wrote something down.
    """

    grants: dict[tuple[int, str, int | None], bool] = field(default_factory=dict)
    courses: dict[Kind, dict[int, Course]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: OfPeople = field(default_factory=OfPeople)
    anchored: datetime | None = None
    unanchored: set[date] = field(default_factory=set)

    def take(self, rows: Iterable[AuditRow]) -> None:
        """Gather these rows; they were verified, and follow those before."""
        for row in rows:
            self._take_day(row)
            kind, _, name = row.about.partition(":")
            codes = json.loads(row.codes)
            self.people.take(row, codes)
            if row.deed in _TAKEN:
                _TAKEN[row.deed](self, row, name, codes)
            elif row.deed == Deed.SETTING and kind == "setting":
                self.settings[name] = codes

    def _take_day(self, row: AuditRow) -> None:
        if row.deed == Deed.ANCHOR:
            self.anchored = row.at
            self.unanchored.clear()
        elif row.cause and not row.cause.startswith("command:"):
            self.unanchored.add(tehran_day(row.at))


def _granted(said: Said, _: AuditRow, person: str, codes: Mapping[str, Any]) -> None:
    said.grants[int(person), codes["given"], codes.get("agency")] = True


def _revoked(said: Said, _: AuditRow, person: str, codes: Mapping[str, Any]) -> None:
    said.grants[int(person), codes["taken"], codes.get("agency")] = False


def _stepped(said: Said, row: AuditRow, number: str, codes: Mapping[str, Any]) -> None:
    if row.version is None or "after" not in codes:
        return
    kind: Kind = "case" if row.deed == Deed.CASE else "complaint"
    course = said.courses[kind].setdefault(int(number), Course())
    step = Step(row.version, codes.get("step", ""), codes.get("before"), codes["after"], row.person)
    course.version, course.state = row.version, step.after
    course.steps += 1
    course.prints += _print(step)


_TAKEN: Final = {
    Deed.GRANTED.value: _granted,
    Deed.REVOKED.value: _revoked,
    Deed.CASE.value: _stepped,
    Deed.COMPLAINT.value: _stepped,
}


def _print(step: Step) -> int:
    """Unforeseeable: Python salts the hashes of words anew in every process."""
    return hash(tuple(map(str, astuple(step))))


@dataclass(frozen=True, slots=True)
class Found:
    """What one comparison found.

    Attributes:
        walk: how far the audit has been followed; rows of it are to be taken before asking again.
        differences: what differs.
        numbers: of the cases or complaints that were compared.
    """

    walk: Walk
    differences: tuple[Difference, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def is_behind(self) -> bool:
        """Whether rows were written meanwhile, so that nothing was compared yet."""
        return bool(self.walk.rows) or not self.walk.over


def office(work: Work, walk: Walk, said: Said) -> Found:
    """Compare what the office has given and set, while nobody adds to the audit."""
    reached = follow(work, walk)
    if reached.rows or not reached.over or reached.problem:
        return Found(reached)
    grants, settings = work.stands.grants(), work.stands.settings()
    found = (*_silence(said), *_grants(grants, said), *_people(work, said), *_settings(settings, said))
    return Found(reached, found)


def _people(work: Work, said: Said) -> Iterator[Difference]:
    yield from said.people.accounts_differ(work.stands.accounts())
    yield from said.people.factors_differ(work.stands.factors())
    yield from said.people.stand_ins_differ(work.stands.stand_ins())
    yield from said.people.proposals_differ(work.stands.proposals())


def things(work: Work, walk: Walk, said: Said, kind: Kind, after: int) -> Found:
    """Compare the next cases or complaints behind this number."""
    reached = follow(work, walk)
    if reached.rows or not reached.over or reached.problem:
        return Found(reached)
    stand = work.stands.after(kind, after)
    found = tuple(each for one in stand for each in _thing(kind, one, said))
    return Found(reached, found, numbers=tuple(one.number for one in stand))


def gone(said: Said, kind: Kind, seen: set[int]) -> tuple[Difference, ...]:
    """What the audit tells of and stands no more."""
    return tuple(("gone", kind, number) for number in sorted(said.courses[kind].keys() - seen))


def _silence(said: Said) -> Iterator[Difference]:
    """A bot that stood still shows nothing and writes nothing: only days on which it wrote count."""
    if len(said.unanchored) > LONGEST.days + 1:
        yield "unanchored", said.anchored.isoformat() if said.anchored else "ever", len(said.unanchored)


def _grants(held: tuple[Held, ...], said: Said) -> Iterator[Difference]:
    stand = {(one.person, one.role, one.agency) for one in held}
    for one in held:
        if not said.grants.get((one.person, one.role, one.agency)):
            yield "grant_unwritten", one.role, one.person
    for person, role, agency in said.grants:
        if said.grants[person, role, agency] and (person, role, agency) not in stand:
            yield "grant_gone", role, person


def _settings(stand: tuple[InForce, ...], said: Said) -> Iterator[Difference]:
    for one in stand:
        codes = said.settings.get(one.name)
        if codes is None:
            yield "setting_unwritten", one.name
        elif not _is_set(one, codes):
            yield "setting", one.name
    for name in said.settings.keys() - {one.name for one in stand}:
        yield "setting", name


def _is_set(one: InForce, codes: Mapping[str, Any]) -> bool:
    if codes.get("unset") or one.value is None:
        return bool(codes.get("unset")) and one.value is None
    if isinstance(one.value, int):
        return bool(codes.get("value") == one.value)
    # Of a word nothing was kept at first.
    return "value" not in codes and codes.get("mark", one.mark) == one.mark


def _thing(kind: Kind, one: Standing, said: Said) -> Iterator[Difference]:
    course = said.courses[kind].get(one.number)
    if course is None:
        yield "thing_unwritten", kind, one.number
        return
    if (one.state, one.version) != (course.state, course.version):
        yield "stands", kind, one.number, one.state, one.version, course.state, course.version
    if (len(one.steps), sum(map(_print, one.steps))) != (course.steps, course.prints):
        yield "steps", kind, one.number, len(one.steps), course.steps
