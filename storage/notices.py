"""Notices and everything they ever said; what became of each copy is in `storage.copies`."""

from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.audience import Audience
from domain.audit import Deed
from storage.audit import note
from storage.copies import Copies
from storage.errors import NotFound
from storage.records import JsonObject
from storage.records.notices import Notice, NoticeAct, NoticeState, NoticeVersion
from storage.tables.notices import notice_acts, notice_versions, notices

_CONTENT: Final = "notice_versions.content"
_PUSH: Final = "notice_versions.push"

_ADD: Final = insert(notices).returning(notices.c.id)
_WRITE: Final = insert(notice_versions)
_ADOPT: Final = update(notices).where(notices.c.id == bindparam("row")).values(on_version=bindparam("new"))
_LAST: Final = select(func.max(notice_versions.c.on_version)).where(
    notice_versions.c.notice_id == bindparam("row")
)
_NOTICE: Final = select(notices, notice_versions.c.audience).join(
    notice_versions,
    (notice_versions.c.notice_id == notices.c.id) & (notice_versions.c.on_version == notices.c.on_version),
)
_GET: Final = _NOTICE.where(notices.c.id == bindparam("row"))
_HOLD: Final = _GET.with_for_update(of=notices)
_IN_STATES: Final = (
    _NOTICE.where(notices.c.state.in_(bindparam("states", expanding=True)))
    .order_by(notices.c.id)
    .with_for_update(of=notices)
)
_LISTED: Final = (
    _NOTICE.where(notices.c.state != NoticeState.DROPPED, notices.c.about == bindparam("which"))
    .order_by(notices.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_COUNT: Final = (
    select(func.count())
    .select_from(notices)
    .where(notices.c.state != NoticeState.DROPPED, notices.c.about == bindparam("which"))
)
_VERSIONS: Final = (
    select(notice_versions)
    .where(notice_versions.c.notice_id == bindparam("row"))
    .order_by(notice_versions.c.on_version)
)
_VERSION: Final = _VERSIONS.where(notice_versions.c.on_version == bindparam("which"))
_ACT: Final = insert(notice_acts)
_ACTS: Final = (
    select(notice_acts).where(notice_acts.c.notice_id == bindparam("row")).order_by(notice_acts.c.id)
)


class Notices(Copies):
    """Notices, their audiences, and what became of each copy."""

    def add(
        self,
        *,
        about: str,
        content: JsonObject,
        audience: Audience,
        by: int | None,
        service: bool,
        urgent: bool = False,
    ) -> Notice:
        """A new notice, as a draft at version 1.

        Args:
            about: which words are made of the content.
            content: what it says.
            audience: whom.
            by: who wrote it; None: the office itself.
            service: whether it also reaches who switched news off.
            urgent: whether it is sent at night as well.
        """
        values = {
            "about": about,
            "service": service,
            "urgent": urgent,
            "state": NoticeState.DRAFT,
            "on_version": 1,
            "made_by": by,
            "made_at": self._tx.now,
        }
        notice_id: int = self._tx.connection.execute(_ADD, values).scalar_one()
        self._keep(NoticeVersion(notice_id, 1, "write", content, None, audience, by, self._tx.now))
        note(self._tx, Deed.NOTICE, by=by, about=f"notice:{notice_id}", version=1, step="write")
        return self.get(notice_id)

    def get(self, notice_id: int) -> Notice:
        """The notice with this number.

        Raises:
            NotFound: there is none.
        """
        return self._one(_GET, notice_id)

    def hold(self, notice_id: int) -> Notice:
        """The same, held until the unit ends: what others want to change of it waits.

        Raises:
            NotFound: there is none.
        """
        return self._one(_HOLD, notice_id)

    def in_states(self, *states: NoticeState) -> tuple[Notice, ...]:
        """Everything in these states, the earliest first; held by this unit until it ends."""
        return tuple(map(_notice, self._tx.connection.execute(_IN_STATES, {"states": list(states)})))

    def listed(self, about: str, *, limit: int, offset: int = 0) -> tuple[Notice, ...]:
        """Those about this that were not dropped, the newest first."""
        values = {"which": about, "most": limit, "skip": offset}
        return tuple(map(_notice, self._tx.connection.execute(_LISTED, values)))

    def count(self, about: str) -> int:
        """How many that are."""
        count: int = self._tx.connection.execute(_COUNT, {"which": about}).scalar_one()
        return count

    def set(self, notice_id: int, **values: object) -> None:
        """Set these columns of the notice."""
        self._tx.connection.execute(update(notices).where(notices.c.id == notice_id).values(**values))

    def propose(
        self,
        notice: Notice,
        act: str,
        content: JsonObject,
        *,
        by: int | None,
        push: JsonObject | None = None,
        audience: Audience | None = None,
    ) -> int:
        """Keep what the notice is to say; it does once `adopt` is told the number that this returns."""
        version = 1 + self.last_version(notice.id)
        kept = notice.audience if audience is None else audience
        self._keep(NoticeVersion(notice.id, version, act, content, push, kept, by, self._tx.now))
        return version

    def adopt(self, notice_id: int, version: int) -> None:
        """Let the notice say this from now on; what it said before stays."""
        self._tx.connection.execute(_ADOPT, {"row": notice_id, "new": version})

    def last_version(self, notice_id: int) -> int:
        """The number of what was proposed last."""
        last: int = self._tx.connection.execute(_LAST, {"row": notice_id}).scalar_one()
        return last

    def version(self, notice_id: int, version: int) -> NoticeVersion:
        """What it said at this version.

        Raises:
            NotFound: it had no such version.
        """
        found = self._tx.connection.execute(_VERSION, {"row": notice_id, "which": version}).first()
        if found is None:
            raise NotFound("notice", notice_id)
        return self._version(found)

    def versions(self, notice_id: int) -> tuple[NoticeVersion, ...]:
        """Everything it ever said, the first first."""
        return tuple(map(self._version, self._tx.connection.execute(_VERSIONS, {"row": notice_id})))

    def log(self, notice_id: int, act: str, version: int, by: int | None) -> None:
        """Keep who did what to it."""
        values = {"notice_id": notice_id, "act": act, "on_version": version, "person_id": by}
        self._tx.connection.execute(_ACT, {**values, "at": self._tx.now})
        note(self._tx, Deed.NOTICE, by=by, about=f"notice:{notice_id}", version=version, step=act)

    def acts(self, notice_id: int) -> tuple[NoticeAct, ...]:
        """What was done to it, in order."""
        found = self._tx.connection.execute(_ACTS, {"row": notice_id})
        return tuple(NoticeAct(row.act, row.on_version, row.person_id, row.at) for row in found)

    def _one(self, query: Any, notice_id: int) -> Notice:  # noqa: ANN401 - one of the statements above
        found = self._tx.connection.execute(query, {"row": notice_id}).first()
        if found is None:
            raise NotFound("notice", notice_id)
        return _notice(found)

    def _keep(self, version: NoticeVersion) -> None:
        vault, row = self._tx.vault, (version.notice_id, version.version)
        values = {
            "notice_id": version.notice_id,
            "on_version": version.version,
            "act": version.act,
            "content": vault.seal(_CONTENT, version.content, row),
            "push": None if version.push is None else vault.seal(_PUSH, version.push, row),
            "audience": version.audience.to_json(),
            "person_id": version.person_id,
            "at": version.at,
        }
        self._tx.connection.execute(_WRITE, values)

    def _version(self, found: Row[Any]) -> NoticeVersion:
        vault, row = self._tx.vault, (found.notice_id, found.on_version)
        return NoticeVersion(
            notice_id=found.notice_id,
            version=found.on_version,
            act=found.act,
            content=vault.open(_CONTENT, found.content, row),
            push=None if found.push is None else vault.open(_PUSH, found.push, row),
            audience=Audience.from_json(found.audience),
            person_id=found.person_id,
            at=found.at,
        )


def _notice(found: Row[Any]) -> Notice:
    return Notice(
        id=found.id,
        about=found.about,
        service=found.service,
        urgent=found.urgent,
        state=NoticeState(found.state),
        version=found.on_version,
        audience=Audience.from_json(found.audience),
        made_by=found.made_by,
        made_at=found.made_at,
        confirmed_by=found.confirmed_by,
        seconded_by=found.seconded_by,
        frozen_at=found.frozen_at,
        stopped_at=found.stopped_at,
        recalled_at=found.recalled_at,
        ended_at=found.ended_at,
        card=found.card,
        card_at=found.card_at,
    )
