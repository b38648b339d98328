"""The catalogues that the office edits, wording by wording, and the authorised officials of agencies."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from storage.tables.types import Instant, id_column, metadata

# Nothing is overwritten: the highest version of a code is in force.
catalogue_entries = Table(
    "catalogue_entries",
    metadata,
    id_column(),
    Column("catalogue", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("ground", Text, nullable=False),
    Column("offered", Boolean, nullable=False),
    Column("set_by", ForeignKey("people.id")),
    Column("set_at", Instant, nullable=False),
    UniqueConstraint("catalogue", "code", "version"),
)

agency_names = Table(
    "agency_names",
    metadata,
    id_column(),
    Column("agency_id", ForeignKey("agencies.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("set_by", ForeignKey("people.id")),
    Column("set_at", Instant, nullable=False),
)
Index("ix_agency_names_agency_id", agency_names.c.agency_id, agency_names.c.id)

# Whether an agency is offered in new invitations («offered»), and whether its official confirms («cosign»).
agency_switches = Table(
    "agency_switches",
    metadata,
    id_column(),
    Column("agency_id", ForeignKey("agencies.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("set_by", ForeignKey("people.id")),
    Column("set_at", Instant, nullable=False),
)
Index("ix_agency_switches_agency_id", agency_switches.c.agency_id, agency_switches.c.id)

# «مقام مجاز»: who may sign an agency's letters, as the office was told.
agency_officials = Table(
    "agency_officials",
    metadata,
    id_column(),
    Column("agency_id", ForeignKey("agencies.id"), nullable=False),
    Column("name", LargeBinary, nullable=False),  # sealed
    Column("post", Text, nullable=False),
    Column("set_by", ForeignKey("people.id")),
    Column("set_at", Instant, nullable=False),
    Column("ended_by", ForeignKey("people.id")),
    Column("ended_at", Instant),
)
Index("ix_agency_officials_agency_id", agency_officials.c.agency_id, agency_officials.c.id)
