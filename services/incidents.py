"""Incidents «اختلال»: opened, advanced and closed by admins; the watchdog drafts, and never publishes.

Each word edits the live notice everywhere and pushes one short reply; every word stays in the history.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.authority import Deed, require, require_person
from domain.roles import Actor
from domain.windows import Stage
from services import notices
from services.windows import EVERYBODY
from storage.errors import Stale
from storage.records import JsonObject
from storage.records.windows import Incident, IncidentUpdate
from storage.work import Work

ABOUT: Final = "incident"
"""The key of their words among the notices."""


def open_one(work: Work, actor: Actor, *, affected: str, begun_at: datetime, text: str) -> IncidentUpdate:
    """Draft an incident with its first word: nobody is told before it is published.

    Raises:
        NotYours: no admin.
    """
    person_id = require_person(actor, Deed.INCIDENTS)
    incident = work.incidents.add(affected=affected, begun_at=begun_at, made_by=person_id)
    return work.incidents.write(incident.id, Stage.INVESTIGATING, text, person_id)


def write(work: Work, actor: Actor, incident_id: int, stage: Stage, text: str) -> IncidentUpdate:
    """Draft a word about an incident.

    Raises:
        NotYours: no admin.
        NotFound: there is no such incident.
        Stale: it is over.
    """
    person_id = require_person(actor, Deed.INCIDENTS)
    _going_on(work, incident_id)
    return work.incidents.write(incident_id, stage, text, person_id)


def complete(work: Work, actor: Actor, incident_id: int, *, affected: str, text: str) -> IncidentUpdate:
    """Give the watchdog's draft its words.

    Raises:
        NotYours: no admin.
        NotFound: there is no such incident.
        Stale: somebody has published it or put it aside.
    """
    person_id = require_person(actor, Deed.INCIDENTS)
    incident = _draft(work, incident_id)
    work.incidents.name(incident_id, affected)
    stage = Stage.INVESTIGATING if incident.over_at is None else Stage.RESOLVED
    return work.incidents.write(incident_id, stage, text, person_id)


def publish(work: Work, actor: Actor, update_id: int) -> Incident:
    """Tell everybody this word; a second time changes nothing.

    Raises:
        NotYours: no admin.
        NotFound: there is no such word.
        Stale: the incident has gone on since the word was written.
    """
    require(actor, Deed.INCIDENTS)
    update = work.incidents.update(update_id)
    incident = work.incidents.hold(update.incident_id)
    known = work.incidents.updates(incident.id)
    if any(word.id == update_id for word in known):
        return incident
    is_over = incident.published_at is not None and incident.over_at is not None
    if is_over or incident.dropped_at or any(word.id > update_id for word in known):
        raise Stale("incident", incident.id)
    stage = Stage.RESOLVED if incident.over_at else update.stage  # the watchdog may have seen its end since
    over_at = (incident.over_at or work.now) if stage is Stage.RESOLVED else None
    work.incidents.stand(incident.id, stage, over_at)
    work.incidents.publish_update(update_id)
    _tell(work, actor, work.incidents.get(incident.id))
    return work.incidents.get(incident.id)


def put_aside(work: Work, actor: Actor, incident_id: int) -> None:
    """A draft will not be published.

    Raises:
        NotYours: no admin.
        NotFound: there is no such incident.
        Stale: somebody has published it or put it aside.
    """
    require(actor, Deed.INCIDENTS)
    work.incidents.drop(_draft(work, incident_id).id)


def suspect(work: Work, *, cause: str, begun_at: datetime, over_at: datetime | None) -> Incident:
    """The watchdog's draft of what it saw; `over_at` where it is over already."""
    return work.incidents.add(affected="", begun_at=begun_at, made_by=None, cause=cause, over_at=over_at)


def recovered(work: Work, incident_id: int, over_at: datetime) -> bool:
    """What the watchdog had drafted was over at this moment; whether the draft still waits for an admin."""
    incident = work.incidents.hold(incident_id)
    waits = incident.published_at is None and incident.dropped_at is None
    if waits:
        work.incidents.stand(incident_id, incident.stage, over_at)
    return waits


def content_of(incident: Incident, updates: Sequence[IncidentUpdate]) -> JsonObject:
    """What the words of the notice are made of."""
    return {
        "affected": incident.affected,
        "stage": incident.stage,
        "begun": incident.begun_at.isoformat(),
        "over": None if incident.over_at is None else incident.over_at.isoformat(),
        "updates": [
            {"stage": word.stage, "at": (word.published_at or word.made_at).isoformat(), "text": word.text}
            for word in updates
        ],
    }


def _tell(work: Work, actor: Actor, incident: Incident) -> None:
    content = content_of(incident, work.incidents.updates(incident.id))
    if incident.notice_id is not None:
        notices.revise(work, incident.notice_id, content, push=content, by=actor)
        return
    notice_id = notices.announce(
        work, about=ABOUT, content=content, audience=EVERYBODY, by=actor, service=True, urgent=True
    )
    work.incidents.publish(incident.id, notice_id)


def _going_on(work: Work, incident_id: int) -> Incident:
    incident = work.incidents.hold(incident_id)
    if incident.published_at is None or incident.over_at is not None:
        raise Stale("incident", incident_id)
    return incident


def _draft(work: Work, incident_id: int) -> Incident:
    incident = work.incidents.hold(incident_id)
    if incident.published_at is not None or incident.dropped_at is not None:
        raise Stale("incident", incident_id)
    return incident
