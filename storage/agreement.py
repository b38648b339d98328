"""The agreement by version, and who accepted which."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.agreement import Section
from domain.audit import Deed
from storage.audit import Whoever, note
from storage.errors import Stale
from storage.records.agreement import Acceptance, TermsVersion
from storage.tables.agreement import agreement_acceptances, agreement_versions
from storage.tables.cases import cases
from storage.transaction import Transaction

_versions = agreement_versions.c
_PUBLISHED: Final = (
    select(agreement_versions).where(_versions.published_at.is_not(None)).order_by(_versions.version)
)
_IN_FORCE: Final = (
    select(_versions.version)
    .where(_versions.effective_from <= bindparam("day"))
    .order_by(_versions.version.desc())
    .limit(1)
)
_DRAFT: Final = select(agreement_versions).where(_versions.published_at.is_(None))
_BEGIN: Final = insert(agreement_versions).on_conflict_do_nothing()
_CHANGE: Final = (
    update(agreement_versions)
    .where(_versions.version == bindparam("row"), _versions.revision == bindparam("seen"))
    .where(_versions.published_at.is_(None))
    .values(
        sections=bindparam("text"),
        revision=_versions.revision + 1,
        edited_by=bindparam("person"),
        edited_at=bindparam("now"),
    )
)
_PUBLISH: Final = (
    update(agreement_versions)
    .where(_versions.version == bindparam("row"), _versions.revision == bindparam("seen"))
    .where(_versions.published_at.is_(None))
    .values(effective_from=bindparam("day"), published_by=bindparam("person"), published_at=bindparam("now"))
)
_GIVE_UP: Final = delete(agreement_versions).where(
    _versions.version == bindparam("row"),
    _versions.revision == bindparam("seen"),
    _versions.published_at.is_(None),
)
_ACCEPT: Final = insert(agreement_acceptances).on_conflict_do_nothing()
_ACCEPTED: Final = (
    select(agreement_acceptances)
    .where(agreement_acceptances.c.person_id == bindparam("person"))
    .order_by(agreement_acceptances.c.version)
)
_WITHOUT_DEBT: Final = (
    select(cases.c.id).where(cases.c.debt_type.is_(None)).order_by(cases.c.id.desc()).limit(bindparam("most"))
)
_NAME_DEBT: Final = (
    update(cases)
    # A correction of the same moment says it better.
    .where(cases.c.id == bindparam("row"), cases.c.debt_type.is_(None))
    .values(debt_type=bindparam("debt"))
)


class Agreements:
    """The versions that the office wrote; the first lies with the program."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def published(self) -> tuple[TermsVersion, ...]:
        """Every version that the office published, the oldest first."""
        return tuple(map(_version, self._tx.connection.execute(_PUBLISHED)))

    def in_force(self, day: date) -> int | None:
        """The number of the version in force on a day in Tehran; None while it is the first."""
        number: int | None = self._tx.connection.scalar(_IN_FORCE, {"day": day.isoformat()})
        return number

    def draft(self) -> TermsVersion | None:
        """The version that is being written, or None."""
        found = self._tx.connection.execute(_DRAFT).first()
        return None if found is None else _version(found)

    def begin(self, version: int, sections: Sequence[Section], by: int) -> None:
        """Begin to write a version, at revision 1; nothing happens if it is begun already."""
        values = {
            "version": version,
            "sections": _stored(sections),
            "revision": 1,
            "edited_by": by,
            "edited_at": self._tx.now,
        }
        if self._tx.connection.execute(_BEGIN, values).rowcount == 1:
            self._step(version, 1, "begin", by)

    def change(self, draft: TermsVersion, sections: Sequence[Section], by: int) -> None:
        """Change the version that is being written.

        Raises:
            Stale: somebody changed or published it since it was read.
        """
        values = {"text": _stored(sections), "person": by, "now": self._tx.now}
        self._only(_CHANGE, draft.version, draft.revision, values)
        self._step(draft.version, draft.revision + 1, "change", by)

    def publish(self, version: int, revision: int, effective_from: date, by: int) -> None:
        """Publish the version as it stood at this revision.

        Raises:
            Stale: somebody changed or published it since.
        """
        values = {"day": effective_from.isoformat(), "person": by, "now": self._tx.now}
        self._only(_PUBLISH, version, revision, values)
        self._step(version, revision, "publish", by)

    def give_up(self, version: int, revision: int) -> None:
        """Drop a version that was never published.

        Raises:
            Stale: somebody changed or published it since.
        """
        self._only(_GIVE_UP, version, revision, {})
        self._step(version, revision, "give_up")

    def accept(self, person_id: int, version: int) -> None:
        """Keep that this person accepted this version now; the first time counts."""
        values = {"person_id": person_id, "version": version, "at": self._tx.now}
        if self._tx.connection.execute(_ACCEPT, values).rowcount == 1:
            self._step(version, None, "accept", person_id)

    def accepted(self, person_id: int) -> tuple[Acceptance, ...]:
        """What this person accepted, the earliest version first."""
        found = self._tx.connection.execute(_ACCEPTED, {"person": person_id})
        return tuple(Acceptance(row.person_id, row.version, row.at) for row in found)

    def without_debt_type(self, limit: int) -> tuple[int, ...]:
        """Some cases whose debt type is not kept beside the proposal yet: filed before it was."""
        return tuple(self._tx.connection.scalars(_WITHOUT_DEBT, {"most": limit}))

    def name_debt(self, case_id: int, debt_type: str) -> None:
        """Keep the debt type of a case beside its proposal."""
        self._tx.connection.execute(_NAME_DEBT, {"row": case_id, "debt": debt_type})

    def _step(self, version: int, revision: int | None, step: str, by: int | Whoever = Whoever.ACTS) -> None:
        note(self._tx, Deed.AGREEMENT, by=by, about=f"terms:{version}", version=revision, step=step)

    def _only(self, statement: Any, version: int, revision: int, values: dict[str, Any]) -> None:  # noqa: ANN401
        given = {"row": version, "seen": revision, **values}
        if self._tx.connection.execute(statement, given).rowcount != 1:
            raise Stale("agreement", version)


def _stored(sections: Sequence[Section]) -> list[dict[str, Any]]:
    return [{"title": section.title, "clauses": list(section.clauses)} for section in sections]


def _version(found: Row[Any]) -> TermsVersion:
    return TermsVersion(
        version=found.version,
        sections=tuple(Section(each["title"], tuple(each["clauses"])) for each in found.sections),
        revision=found.revision,
        edited_by=found.edited_by,
        edited_at=found.edited_at,
        effective_from=None if found.effective_from is None else date.fromisoformat(found.effective_from),
        published_by=found.published_by,
        published_at=found.published_at,
    )
