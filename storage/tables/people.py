"""Who the office knows, what they may do, and how they are reached."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.tables.types import Instant, id_column, metadata

people = Table(
    "people",
    metadata,
    id_column(),
    Column("name", LargeBinary, nullable=False),  # sealed
    Column("active", Boolean, nullable=False),
)

agencies = Table(
    "agencies",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    # Whether its authorised official confirms every proposal before it is filed.
    Column("cosign", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("name"),
)

grants = Table(
    "grants",
    metadata,
    id_column(),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("agency_id", ForeignKey("agencies.id")),
    Column("granted_by", ForeignKey("people.id")),
    Column("granted_at", Instant, nullable=False),
    UniqueConstraint("person_id", "role", "agency_id"),
)
# Two NULLs are never equal to a unique key, so grants without an agency need a key of their own.
Index(
    "uq_grants_without_agency",
    grants.c.person_id,
    grants.c.role,
    unique=True,
    sqlite_where=text("agency_id IS NULL"),
    postgresql_where=text("agency_id IS NULL"),
)
Index("ix_grants_role", grants.c.role)

accounts = Table(
    "accounts",
    metadata,
    Column("platform", Text, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("platform", "user_id"),
)
Index("ix_accounts_person_id", accounts.c.person_id)

# Whose an account was until it was cut off: whoever comes in by it again is the same person.
former_accounts = Table(
    "former_accounts",
    metadata,
    Column("platform", Text, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("until", Instant, nullable=False),
    PrimaryKeyConstraint("platform", "user_id", "person_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("agency_id", ForeignKey("agencies.id")),
    Column("name", LargeBinary, nullable=False),  # sealed
    Column("made_by", ForeignKey("people.id")),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", ForeignKey("people.id")),
    PrimaryKeyConstraint("token_hash"),
)

# One-time codes by which a person brings a second messenger under the same name.
link_codes = Table(
    "link_codes",
    metadata,
    Column("token_hash", Text, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    PrimaryKeyConstraint("token_hash"),
)

counters = Table(
    "counters",
    metadata,
    Column("scope", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("misses", Integer, nullable=False),
    Column("since", Instant, nullable=False),
    Column("blocked_until", Instant),
    PrimaryKeyConstraint("scope", "key"),
)
