"""The agreement by version, and who accepted which."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, PrimaryKeyConstraint, Table, Text

from storage.tables.types import Instant, metadata

# Versions that the office wrote; the first is the customer's own and lies with the program. One that is not
# published yet is being written: there is at most one such.
agreement_versions = Table(
    "agreement_versions",
    metadata,
    Column("version", Integer, nullable=False, autoincrement=False),
    # [{"title": …, "clauses": […]}]: public, so it is not sealed.
    Column("sections", JSON, nullable=False),
    # Counts the changes while it is written, so that what is published is what was seen.
    Column("revision", Integer, nullable=False),
    Column("edited_by", ForeignKey("people.id"), nullable=False),
    Column("edited_at", Instant, nullable=False),
    # The day in Tehran (ISO) from which it is in force.
    Column("effective_from", Text),
    Column("published_by", ForeignKey("people.id")),
    Column("published_at", Instant),
    PrimaryKeyConstraint("version"),
)

agreement_acceptances = Table(
    "agreement_acceptances",
    metadata,
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("person_id", "version"),
)
