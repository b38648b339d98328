"""The service-level agreement: its versions, what is in force, who publishes, and who has accepted what."""

import datetime as dt
from dataclasses import replace
from typing import Final

from domain.agreement import LONGEST_TITLE, MOST_SECTIONS, Document, Section, clauses_of, parse
from domain.authority import Deed, require, require_person
from domain.roles import Actor
from messages_fa.agreement_text import FIRST
from persian.dates import tehran_day
from persian.text import clean, key
from services import first_steps
from services.errors import TermsNotAccepted, TermsUnfit
from storage.errors import NotFound, Stale
from storage.records.agreement import Acceptance, TermsVersion
from storage.work import Work

ABOUT: Final = "terms"
"""What the notice of a new version is about; its content has `version` and `since`."""
DOCUMENT: Final[Document] = parse(FIRST)
"""The customer's own text, with what stands above it."""
FIRST_VERSION: Final = TermsVersion(1, DOCUMENT.sections)
"""In force until the office publishes another."""


def in_force(work: Work) -> TermsVersion:
    """The version that is in force today in Tehran."""
    return version(work, number_in_force(work))


def number_in_force(work: Work) -> int:
    """Its number: of the versions whose day has come, the one published last."""
    return work.agreement.in_force(tehran_day(work.now)) or FIRST_VERSION.version


def version(work: Work, number: int) -> TermsVersion:
    """A version that is or was or will be in force.

    Raises:
        NotFound: none of this number was published.
    """
    found = next((one for one in history(work) if one.version == number), None)
    if found is None:
        raise NotFound("agreement", number)
    return found


def history(work: Work) -> tuple[TermsVersion, ...]:
    """Every version that was published, the first one first: anybody may read them."""
    return (FIRST_VERSION, *work.agreement.published())


def coming(work: Work) -> tuple[TermsVersion, ...]:
    """Published versions whose day is still to come, but for those that a later one replaces before it."""
    later = [one for one in history(work) if _day_of(one) > tehran_day(work.now)]
    return tuple(
        one for one in later if not any(_day_of(n) <= _day_of(one) for n in later if n.version > one.version)
    )


def earliest_day(work: Work) -> dt.date:
    """The first day in Tehran from which another version can be in force: none before one still to come."""
    return max(tehran_day(work.now), *map(_day_of, history(work)))


def _day_of(one: TermsVersion) -> dt.date:
    return one.effective_from or dt.date.min


# Accepting


def to_accept(work: Work, actor: Actor) -> TermsVersion | None:
    """The version that this person has to accept before filing; None if there is nothing to accept.

    The first version was in force before anybody could be asked.
    """
    number = number_in_force(work)
    if actor.person_id is None or number == FIRST_VERSION.version:
        return None
    return version(work, number) if number > last_accepted(work, actor.person_id) else None


def accepted(work: Work, person_id: int) -> tuple[Acceptance, ...]:
    """What this person accepted, the earliest version first."""
    return work.agreement.accepted(person_id)


def last_accepted(work: Work, person_id: int) -> int:
    """The latest version that this person accepted; the first where none was asked for."""
    return max((one.version for one in accepted(work, person_id)), default=FIRST_VERSION.version)


def accept(work: Work, actor: Actor, number: int) -> None:
    """Keep that this person accepts the version in force, from this moment.

    Raises:
        NotYours: a stranger.
        Stale: another version is in force, or the first, which nobody is asked about.
    """
    person_id = require_person(actor, Deed.ACCEPT_TERMS)
    if number != number_in_force(work) or number == FIRST_VERSION.version:
        raise Stale("agreement", number)
    work.agreement.accept(person_id, number)


def filed_under(work: Work, actor: Actor) -> int:
    """The number of the version under which this person files now.

    Raises:
        TermsNotAccepted: the version in force waits for the person's word.
    """
    waiting = to_accept(work, actor)
    if waiting is not None:
        raise TermsNotAccepted(waiting.version)
    return number_in_force(work)


# Writing and publishing


def draft(work: Work, by: Actor) -> TermsVersion | None:
    """The version that is being written, or None.

    Raises:
        NotYours: no admin.
    """
    require(by, Deed.TERMS)
    return work.agreement.draft()


def newest(work: Work) -> TermsVersion:
    """The version published last, in force or not yet: what a new one changes."""
    return history(work)[-1]


def rewrite(work: Work, by: Actor, section: str, text: str) -> TermsVersion:
    """Write the text of one section (its `mark`) anew in the version that is being written.

    Raises:
        NotYours: no admin.
        Stale: no section has these words any more.
        TermsUnfit: the text has no sentence.
    """
    now = _to_change(work, by)
    place = _place(now, section)
    return _put(work, by, now, place, Section(now.sections[place - 1].title, _clauses(text)))


def add(work: Work, by: Actor, title: str, text: str) -> TermsVersion:
    """Add a section at the end of the version that is being written.

    Raises:
        NotYours: no admin.
        TermsUnfit: there are too many sections, one has this title, or the text has no sentence.
    """
    now = _to_change(work, by)
    tidy = " ".join(clean(title, limit=LONGEST_TITLE).split())
    if len(now.sections) >= MOST_SECTIONS:
        raise TermsUnfit("too_many", MOST_SECTIONS)
    if not tidy or key(tidy) in {key(section.title) for section in now.sections}:
        raise TermsUnfit("title_taken")
    return _put(work, by, now, len(now.sections) + 1, Section(tidy, _clauses(text)))


def remove(work: Work, by: Actor, section: str) -> TermsVersion:
    """Leave a section (its `mark`) out of the version that is being written.

    Raises:
        NotYours: no admin.
        Stale: no section has these words any more.
        TermsUnfit: it is the only one.
    """
    now = _to_change(work, by)
    place = _place(now, section)
    if len(now.sections) == 1:
        raise TermsUnfit("last_section")
    return _put(work, by, now, place)


def give_up(work: Work, by: Actor, seen: str) -> None:
    """Drop the version that is being written, if its `mark` is still that which was seen.

    Raises:
        NotYours: no admin.
        Stale: it stands otherwise than it was seen, or is not there any more.
    """
    require(by, Deed.TERMS)
    now = _seen(work, seen)
    work.agreement.give_up(now.version, now.revision)


def publish(work: Work, by: Actor, *, seen: str, effective_from: dt.date) -> TermsVersion:
    """Publish the version that is being written, as it stood when it was seen.

    Args:
        work: this unit.
        by: an admin.
        seen: the `mark` of what was seen.
        effective_from: the day in Tehran from which it is in force: today or later.

    Raises:
        NotYours: no admin.
        Stale: it stands otherwise than it was seen, or is not there any more.
        TermsUnfit: the day has passed or is before that of a version still to come, or nothing is changed.
    """
    require(by, Deed.TERMS)
    now = _seen(work, seen)
    require_day(work, effective_from)
    if now.sections == newest(work).sections:
        raise TermsUnfit("unchanged")
    work.agreement.publish(now.version, now.revision, effective_from, require_person(by, Deed.TERMS))
    return version(work, now.version)


def require_day(work: Work, effective_from: dt.date) -> None:
    """Insist on a day from which a version can be in force.

    Raises:
        TermsUnfit: it has passed, or would keep a version still to come from ever being in force.
    """
    if effective_from < tehran_day(work.now):
        raise TermsUnfit("day_passed")
    if effective_from < earliest_day(work):
        raise TermsUnfit("before_coming")


# For the figures


def fill_debt_types(work: Work, limit: int) -> int:
    """Keep debt type and first steps of some cases filed before there were figures; returns of how many."""
    ids = work.agreement.without_debt_type(limit)
    for case_id in ids:
        case = work.cases.get(case_id)
        work.agreement.name_debt(case_id, str(case.proposal.get("debt_type") or ""))
        first_steps.note_earlier(work, case)
    return len(ids)


def _to_change(work: Work, by: Actor) -> TermsVersion:
    """The version that is being written, begun from the one published last if there is none."""
    admin = require_person(by, Deed.TERMS)
    now = work.agreement.draft()
    if now is None:
        last = newest(work)
        work.agreement.begin(last.version + 1, last.sections, admin)
        now = work.agreement.draft()
    if now is None:  # somebody published it this moment
        raise Stale("agreement", newest(work).version)
    return now


def _seen(work: Work, mark: str) -> TermsVersion:
    now = work.agreement.draft()
    if now is None or now.mark != mark:
        raise Stale("agreement", 0 if now is None else now.version)
    return now


def _put(work: Work, by: Actor, now: TermsVersion, place: int, *put: Section) -> TermsVersion:
    sections = (*now.sections[: place - 1], *put, *now.sections[place:])
    work.agreement.change(now, sections, require_person(by, Deed.TERMS))
    return replace(
        now, sections=sections, revision=now.revision + 1, edited_by=by.person_id, edited_at=work.now
    )


def _place(now: TermsVersion, mark: str) -> int:
    """Where the section stands that was seen, from 1."""
    found = next((place for place, section in enumerate(now.sections, 1) if section.mark == mark), None)
    if found is None:
        raise Stale("agreement", now.version)
    return found


def _clauses(text: str) -> tuple[str, ...]:
    clauses = clauses_of(text)
    if not clauses:
        raise TermsUnfit("no_sentence")
    return clauses
