"""The working calendar and the clocks of the office's targets.

The newest row of a day says what it is, the newest working week is in force: nothing is overwritten.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.tables.types import Instant, id_column, metadata

calendar_days = Table(
    "calendar_days",
    metadata,
    id_column(),
    Column("day", Text, nullable=False),
    # `holiday`, `closure`, or `working` for one that was taken back.
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    # Nobody: it came with the package of holidays.
    Column("set_by", ForeignKey("people.id")),
    Column("set_at", Instant, nullable=False),
)
Index("ix_calendar_days_day", calendar_days.c.day, calendar_days.c.id)

# One row, which whoever changes the calendar holds: of two changes at once, one is made upon the other.
calendar_changes = Table(
    "calendar_changes",
    metadata,
    id_column(),
    Column("begun_at", Instant, nullable=False),
)

# Weekly days off (null while the office has chosen none) and office hours together, as they were set.
working_weeks = Table(
    "working_weeks",
    metadata,
    id_column(),
    Column("weekend", JSON, nullable=False),
    Column("periods", JSON, nullable=False),
    Column("set_by", ForeignKey("people.id")),
    Column("set_at", Instant, nullable=False),
)

# A clock of a case: when it began, when it stood still, when it is up, and who was told.
clocks = Table(
    "clocks",
    metadata,
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("clock", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    # Milliseconds since 1970 and why: [begin, end or null, why] each.
    Column("pauses", JSON, nullable=False),
    Column("ended_at", Instant),
    Column("span", Text, nullable=False),
    Column("due_at", Instant),
    Column("warn_at", Instant),
    Column("escalate_at", Instant),
    # When a sweep has something to do for it; nothing while none has.
    Column("next_at", Instant),
    Column("warned_at", Instant),
    Column("breached_at", Instant),
    Column("escalated_at", Instant),
    PrimaryKeyConstraint("case_id", "clock", "begun_at"),
)
Index("ix_clocks_next_at", clocks.c.next_at)
Index("ix_clocks_due_at", clocks.c.due_at)

# What has changed in the calendar or a target, and how far the clocks were computed anew for it.
recounts = Table(
    "recounts",
    metadata,
    id_column(),
    # Each a code `why` with its values.
    Column("changes", JSON, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("reached", BigInteger, nullable=False),
    Column("done_at", Instant),
)
Index("ix_recounts_done_at", recounts.c.done_at, recounts.c.id)

# A due date that a recount has moved, until the people whom it touches were told.
moved_targets = Table(
    "moved_targets",
    metadata,
    id_column(),
    Column("recount_id", ForeignKey("recounts.id"), nullable=False),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("clock", Text, nullable=False),
    Column("was", Instant, nullable=False),
    Column("became", Instant, nullable=False),
    Column("told_at", Instant),
)
Index("ix_moved_targets_told_at", moved_targets.c.told_at, moved_targets.c.id)
