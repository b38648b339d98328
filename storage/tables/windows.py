"""Planned maintenance and incidents."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from storage.tables.types import Instant, id_column, metadata

# `plan_id`, `begins`, `ends` and `unplanned` are those of the plan announced last; empty before the first.
windows = Table(
    "windows",
    metadata,
    id_column(),
    Column("words", LargeBinary, nullable=False),
    Column("made_by", ForeignKey("people.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("plan_id", BigInteger),
    Column("begins", Instant),
    Column("ends", Instant),
    Column("unplanned", Boolean, nullable=False),
    Column("ended_at", Instant),
    Column("cancelled_at", Instant),
)
_OPEN = text("begins IS NOT NULL AND ended_at IS NULL AND cancelled_at IS NULL")
Index("ix_windows_open", windows.c.begins, sqlite_where=_OPEN, postgresql_where=_OPEN)

# Every plan of a window: a later one replaces none.
window_plans = Table(
    "window_plans",
    metadata,
    id_column(),
    Column("window_id", ForeignKey("windows.id"), nullable=False),
    Column("begins", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    Column("why_unplanned", LargeBinary),
    Column("made_by", ForeignKey("people.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("announced_at", Instant),
)
Index("ix_window_plans_window_id", window_plans.c.window_id, window_plans.c.id)

# What was announced of a plan: each thing once.
window_words = Table(
    "window_words",
    metadata,
    Column("plan_id", ForeignKey("window_plans.id"), nullable=False),
    Column("word", Text, nullable=False),
    Column("window_id", ForeignKey("windows.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("notice_id", BigInteger),
    PrimaryKeyConstraint("plan_id", "word"),
)
Index("ix_window_words_window_id", window_words.c.window_id, window_words.c.at)

# Drafts that stand still during a window: their owners are told at its start, and when it is over.
window_drafts = Table(
    "window_drafts",
    metadata,
    Column("window_id", ForeignKey("windows.id"), nullable=False),
    Column("form_id", ForeignKey("forms.id"), nullable=False),
    Column("frozen_at", Instant, nullable=False),
    Column("freed_at", Instant),
    PrimaryKeyConstraint("window_id", "form_id"),
)
_FROZEN = text("freed_at IS NULL")
Index(
    "ix_window_drafts_frozen",
    window_drafts.c.window_id,
    window_drafts.c.form_id,
    sqlite_where=_FROZEN,
    postgresql_where=_FROZEN,
)

# Without `published_at` it is a draft of the watchdog or of an admin, of which nobody is told.
incidents = Table(
    "incidents",
    metadata,
    id_column(),
    Column("words", LargeBinary, nullable=False),
    Column("cause", Text),
    Column("stage", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("over_at", Instant),
    Column("made_by", ForeignKey("people.id")),
    Column("made_at", Instant, nullable=False),
    Column("published_at", Instant),
    Column("dropped_at", Instant),
    Column("notice_id", BigInteger),
)
Index("ix_incidents_begun_at", incidents.c.begun_at)
_UNSOLVED = text("over_at IS NULL")
Index("ix_incidents_open", incidents.c.id, sqlite_where=_UNSOLVED, postgresql_where=_UNSOLVED)

incident_updates = Table(
    "incident_updates",
    metadata,
    id_column(),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False),
    Column("stage", Text, nullable=False),
    Column("words", LargeBinary, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("made_at", Instant, nullable=False),
    Column("published_at", Instant),
)
Index("ix_incident_updates_incident_id", incident_updates.c.incident_id, incident_updates.c.id)
