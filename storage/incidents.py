"""Incidents and the words about them; every word stays."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update

from domain.audit import Deed
from domain.windows import Stage
from storage.audit import Whoever, note
from storage.errors import NotFound
from storage.records.windows import Incident, IncidentUpdate
from storage.tables.windows import incident_updates, incidents
from storage.transaction import Transaction

_WORDS: Final = "incidents.words"
_TEXT: Final = "incident_updates.words"
_TO_COME: Final = b""  # what is sealed is bound to the row's number, which is counted when the row is written

_THIS: Final = incidents.c.id == bindparam("row")
_ADD: Final = insert(incidents).returning(incidents.c.id)
_GET: Final = select(incidents).where(_THIS)
_HOLD: Final = _GET.with_for_update()
_OPEN: Final = (
    select(incidents)
    .where(incidents.c.over_at.is_(None), incidents.c.published_at.is_not(None))
    .order_by(incidents.c.id)
)
_DRAFTS: Final = (
    select(incidents)
    .where(incidents.c.published_at.is_(None), incidents.c.dropped_at.is_(None))
    .order_by(incidents.c.id)
)
_WITHIN: Final = (
    select(incidents)
    .where(
        incidents.c.begun_at < bindparam("stop"),
        incidents.c.published_at.is_not(None),
        incidents.c.over_at.is_(None) | (incidents.c.over_at > bindparam("start")),
    )
    .order_by(incidents.c.begun_at.desc(), incidents.c.id.desc())
)
_PUBLISH: Final = (
    update(incidents).where(_THIS).values(published_at=bindparam("now"), notice_id=bindparam("notice"))
)
_STAND: Final = update(incidents).where(_THIS).values(stage=bindparam("into"), over_at=bindparam("over"))
_DROP: Final = update(incidents).where(_THIS).values(dropped_at=bindparam("now"))
_NAME: Final = update(incidents).where(_THIS).values(words=bindparam("sealed"))

_ADD_UPDATE: Final = insert(incident_updates).returning(incident_updates.c.id)
_SET_TEXT: Final = (
    update(incident_updates)
    .where(incident_updates.c.id == bindparam("row"))
    .values(words=bindparam("sealed"))
)
_GET_UPDATE: Final = select(incident_updates).where(incident_updates.c.id == bindparam("row"))
_UPDATES: Final = (
    select(incident_updates)
    .where(incident_updates.c.incident_id == bindparam("row"), incident_updates.c.published_at.is_not(None))
    .order_by(incident_updates.c.id)
)
_PROPOSED: Final = (
    select(incident_updates)
    .where(incident_updates.c.incident_id == bindparam("row"), incident_updates.c.published_at.is_(None))
    .order_by(incident_updates.c.id.desc())
    .limit(1)
)
_PUBLISH_UPDATE: Final = (
    update(incident_updates)
    .where(incident_updates.c.id == bindparam("row"))
    .values(published_at=bindparam("now"))
)


class Incidents:
    """Drafts are nobody's business but the admins'."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def add(
        self,
        *,
        affected: str,
        begun_at: datetime,
        made_by: int | None,
        cause: str | None = None,
        over_at: datetime | None = None,
    ) -> Incident:
        """The draft of an incident."""
        values = {
            "words": _TO_COME,
            "cause": cause,
            "stage": Stage.INVESTIGATING,
            "begun_at": begun_at,
            "over_at": over_at,
            "made_by": made_by,
            "made_at": self._tx.now,
        }
        number: int = self._tx.connection.execute(_ADD, values).scalar_one()
        self.name(number, affected)
        self._step(number, "add", by=made_by)
        return self.get(number)

    def get(self, incident_id: int) -> Incident:
        """The incident with this number.

        Raises:
            NotFound: there is none.
        """
        return self._one(_GET, incident_id)

    def hold(self, incident_id: int) -> Incident:
        """The same, and until the unit ends nobody else changes it.

        Raises:
            NotFound: there is none.
        """
        return self._one(_HOLD, incident_id)

    def open(self) -> tuple[Incident, ...]:
        """Those published that are not over, the first first."""
        return tuple(map(self._incident, self._tx.connection.execute(_OPEN)))

    def drafts(self) -> tuple[Incident, ...]:
        """Those that the watchdog or an admin drafted and nobody has decided about, the first first."""
        return tuple(map(self._incident, self._tx.connection.execute(_DRAFTS)))

    def within(self, start: datetime, stop: datetime) -> tuple[Incident, ...]:
        """Every published incident that began before `stop` and was not over at `start`, the last first."""
        found = self._tx.connection.execute(_WITHIN, {"start": start, "stop": stop})
        return tuple(map(self._incident, found))

    def publish(self, incident_id: int, notice_id: int) -> None:
        """From now on it is known, by this notice."""
        values = {"row": incident_id, "now": self._tx.now, "notice": notice_id}
        self._tx.connection.execute(_PUBLISH, values)
        self._step(incident_id, "publish")

    def stand(self, incident_id: int, stage: Stage, over_at: datetime | None) -> None:
        """How far it is, and whether it is over."""
        self._tx.connection.execute(_STAND, {"row": incident_id, "into": stage, "over": over_at})
        self._step(incident_id, "stand", stage)

    def name(self, incident_id: int, affected: str) -> None:
        """Say what did not work, of one that the watchdog drafted."""
        sealed = self._tx.vault.seal(_WORDS, {"affected": affected}, incident_id)
        self._tx.connection.execute(_NAME, {"row": incident_id, "sealed": sealed})

    def drop(self, incident_id: int) -> None:
        """Put a draft aside."""
        self._tx.connection.execute(_DROP, {"row": incident_id, "now": self._tx.now})
        self._step(incident_id, "drop")

    def write(self, incident_id: int, stage: Stage, text: str, person_id: int | None) -> IncidentUpdate:
        """A word about it, to be confirmed."""
        values = {
            "incident_id": incident_id,
            "stage": stage,
            "words": _TO_COME,
            "person_id": person_id,
            "made_at": self._tx.now,
        }
        number: int = self._tx.connection.execute(_ADD_UPDATE, values).scalar_one()
        sealed = self._tx.vault.seal(_TEXT, text, number)
        self._tx.connection.execute(_SET_TEXT, {"row": number, "sealed": sealed})
        self._step(incident_id, "write", stage, by=person_id)
        return self.update(number)

    def update(self, update_id: int) -> IncidentUpdate:
        """The word with this number.

        Raises:
            NotFound: there is none.
        """
        found = self._tx.connection.execute(_GET_UPDATE, {"row": update_id}).first()
        if found is None:
            raise NotFound("incident_update", update_id)
        return self._update(found)

    def updates(self, incident_id: int) -> tuple[IncidentUpdate, ...]:
        """The published words about it, the first first."""
        return tuple(map(self._update, self._tx.connection.execute(_UPDATES, {"row": incident_id})))

    def proposed(self, incident_id: int) -> IncidentUpdate | None:
        """The word about it that was written last and is not published, if any."""
        found = self._tx.connection.execute(_PROPOSED, {"row": incident_id}).first()
        return None if found is None else self._update(found)

    def publish_update(self, update_id: int) -> None:
        """From now on this word is known."""
        self._tx.connection.execute(_PUBLISH_UPDATE, {"row": update_id, "now": self._tx.now})

    def _step(
        self,
        incident_id: int,
        step: str,
        stage: Stage | None = None,
        by: int | Whoever | None = Whoever.ACTS,
    ) -> None:
        note(self._tx, Deed.INCIDENT, by=by, about=f"incident:{incident_id}", step=step, stage=stage)

    def _one(self, query: Any, incident_id: int) -> Incident:  # noqa: ANN401 - one of the two selects
        found = self._tx.connection.execute(query, {"row": incident_id}).first()
        if found is None:
            raise NotFound("incident", incident_id)
        return self._incident(found)

    def _incident(self, found: Row[Any]) -> Incident:
        return Incident(
            id=found.id,
            affected=self._tx.vault.open(_WORDS, found.words, found.id)["affected"],
            cause=found.cause,
            stage=Stage(found.stage),
            begun_at=found.begun_at,
            over_at=found.over_at,
            made_by=found.made_by,
            made_at=found.made_at,
            published_at=found.published_at,
            dropped_at=found.dropped_at,
            notice_id=found.notice_id,
        )

    def _update(self, found: Row[Any]) -> IncidentUpdate:
        return IncidentUpdate(
            id=found.id,
            incident_id=found.incident_id,
            stage=Stage(found.stage),
            text=self._tx.vault.open(_TEXT, found.words, found.id),
            person_id=found.person_id,
            made_at=found.made_at,
            published_at=found.published_at,
        )
