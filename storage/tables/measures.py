"""What is kept for the figures: first looks and decisions as they were measured, and what was found."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.tables.types import Instant, metadata

# A case's first look and first decision, measured then: by the calendar and the target in force at that time.
first_steps = Table(
    "first_steps",
    metadata,
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    # The clock that it ends: `first_look` or `decision`.
    Column("clock", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("agency_id", ForeignKey("agencies.id"), nullable=False),
    Column("debt_type", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("working_days", Integer, nullable=False),
    # Whether the target was met; NULL without one.
    Column("kept", Boolean),
    PrimaryKeyConstraint("case_id", "clock"),
)
# With all that a report counts by, so that it reads the index alone.
Index(
    "ix_first_steps_at",
    first_steps.c.clock,
    first_steps.c.at,
    first_steps.c.working_days,
    first_steps.c.kept,
    first_steps.c.outcome,
    first_steps.c.agency_id,
    first_steps.c.debt_type,
)

# The figures beside the clauses of the agreement, as they were measured last.
measured_figures = Table(
    "measured_figures",
    metadata,
    Column("code", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("content", JSON, nullable=False),
    PrimaryKeyConstraint("code"),
)
