"""«جانشین»: a colleague stands in for a reviewer, a director or a complaints officer from one day to another.

The substitute acts «از طرف …»: every act is recorded as the substitute's, on behalf of whom. It ends by
itself; `storage.people` gives the roles while it is in force, and `domain.lifecycle` bars both from what
either may not do.
"""

import datetime as dt
from dataclasses import dataclass

from domain.authority import Deed, Thing, require, require_person
from domain.roles import NEVER_STANDS_IN, STOOD_IN_FOR, Actor
from persian.dates import TEHRAN, tehran_day
from persian.text import in_order
from services.errors import SubstituteUnfit
from storage.errors import NotFound
from storage.records import Person
from storage.records.staffing import Substitution
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Standing:
    """A substitution with the names of both; `last_day` is the last day in Tehran on which it holds."""

    substitution: Substitution
    name: str
    substitute: str
    first_day: dt.date
    last_day: dt.date


def candidates(work: Work, actor: Actor) -> tuple[Person, ...]:
    """The colleagues who may stand in for this person, by name: with an acting role and an account."""
    fit = (person for person in work.people.all() if _is_fit(person, actor.person_id))
    reached = (person for person in fit if work.people.accounts_of(person.id))
    return tuple(sorted(reached, key=lambda person: in_order(person.name)))


def _is_fit(person: Person, but: int | None) -> bool:
    own = person.actor.own
    return person.id != but and bool(own & STOOD_IN_FOR) and not own & NEVER_STANDS_IN


def appoint(work: Work, *, by: Actor, substitute_id: int, first_day: dt.date, last_day: dt.date) -> Standing:
    """Let a colleague stand in on these days (of Tehran), the last one included.

    Raises:
        NotYours: somebody without a role to stand in for.
        SubstituteUnfit: the colleague may not, it is over already, or another stands in on one of these days.
    """
    person_id = require_person(by, Deed.SUBSTITUTE)
    work.people.hold(person_id)
    person = work.people.get(substitute_id)
    if person is None or not _is_fit(person, person_id):
        raise SubstituteUnfit("barred")
    first, last = min(first_day, last_day), max(first_day, last_day)
    if last < tehran_day(work.now):
        raise SubstituteUnfit("past")
    begins, ends = max(_start_of(first), work.now), _start_of(last + dt.timedelta(days=1))
    for other in work.staffing.substitutions_of(person_id):
        if other.person_id == person_id and begins < other.ends_at and other.begins_at < ends:
            raise SubstituteUnfit("overlap")
    made = work.staffing.add_substitution(person_id, substitute_id, begins, ends)
    work.staffing.note("substitute_made", person_id, by=person_id, other=substitute_id)
    return standing(work, made)


def end(work: Work, *, by: Actor, substitution_id: int) -> Standing:
    """End it before its time: whoever is stood in for, the substitute, or an admin.

    Raises:
        NotFound: there is none that is not over.
        NotYours: somebody else.
    """
    found = work.staffing.substitution(substitution_id)
    if found is None or by.person_id is None:
        raise NotFound("substitution", substitution_id)
    require(by, Deed.END_SUBSTITUTE, Thing(owner=found.person_id, maker=found.substitute_id))
    if not work.staffing.end_substitution(substitution_id, by.person_id):
        raise NotFound("substitution", substitution_id)
    work.staffing.note("substitute_ended", found.person_id, by=by.person_id, other=found.substitute_id)
    return standing(work, found)


def of_person(work: Work, person_id: int) -> tuple[Standing, ...]:
    """Those in which this person is one of the two and that are not over, the first to begin first."""
    return tuple(standing(work, one) for one in work.staffing.substitutions_of(person_id))


def untold(work: Work) -> tuple[tuple[Standing, bool], ...]:
    """Each whose beginning or end has come and was not told, noted as told; True for an end."""
    found = [(one, one.ends_at <= work.now) for one in work.staffing.untold_substitutions()]
    for one, over in found:
        work.staffing.note_told(one.id, over=over)
    return tuple((standing(work, one), over) for one, over in found)


def standing(work: Work, found: Substitution) -> Standing:
    """The same with names and days."""
    person, substitute = work.people.get(found.person_id), work.people.get(found.substitute_id)
    return Standing(
        found,
        person.name if person else "",
        substitute.name if substitute else "",
        tehran_day(found.begins_at),
        tehran_day(found.ends_at - dt.timedelta(milliseconds=1)),
    )


def _start_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), TEHRAN).astimezone(dt.UTC)
