"""Filed proposals, their history, and who may look at them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.types import Instant, id_column, metadata

case_codes = Table(
    "case_codes",
    metadata,
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    PrimaryKeyConstraint("code"),
)

cases = Table(
    "cases",
    metadata,
    id_column(),
    Column("code", ForeignKey("case_codes.code"), nullable=False),
    Column("form_id", ForeignKey("forms.id"), nullable=False),
    Column("agency_id", ForeignKey("agencies.id"), nullable=False),
    Column("filed_by", ForeignKey("people.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("holder", ForeignKey("people.id")),
    Column("claimed_at", Instant),
    Column("passcode_hash", Text, nullable=False),
    Column("proposal", LargeBinary, nullable=False),
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("filed_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("decided_at", Instant),
    UniqueConstraint("code"),
    UniqueConstraint("form_id"),
)
Index("ix_cases_queue", cases.c.state, cases.c.filed_at, cases.c.id)
Index("ix_cases_filed_by", cases.c.filed_by, cases.c.id)
Index("ix_cases_agency_id", cases.c.agency_id, cases.c.id)
Index("ix_cases_holder", cases.c.holder, cases.c.state)

case_events = Table(
    "case_events",
    metadata,
    id_column(),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("action", Text, nullable=False),
    Column("from_state", Text),
    Column("to_state", Text, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("role", Text),
    Column("reasons", JSON, nullable=False),
    Column("note", LargeBinary),
    Column("on_version", Integer, nullable=False),
)
Index("ix_case_events_case_id", case_events.c.case_id, case_events.c.id)

ticks = Table(
    "ticks",
    metadata,
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("condition", Text, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("case_id", "condition", "person_id"),
)

views = Table(
    "views",
    metadata,
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("until", Instant, nullable=False),
    PrimaryKeyConstraint("case_id", "platform", "chat_id"),
)
Index("ix_views_until", views.c.until)
