"""The audit: rows that are only ever added, each bound to the one before."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text, text

from storage.tables.types import Instant, metadata

# Only inserted: triggers refuse all else. No row refers to another table, so that nothing erased elsewhere
# touches it; it holds codes and numbers alone.
audit = Table(
    "audit",
    metadata,
    # From 1 on, without gaps, in the order of the chain.
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    # When the unit began; units that run side by side may be chained in another order.
    Column("at", Instant, nullable=False),
    Column("deed", Text, nullable=False),
    # NULL for the office's clock, the command line and whoever the office does not know.
    Column("person", BigInteger),
    # The roles held at that moment, or in which the step was taken: `admin`, `director+reviewer`, `keeper`.
    Column("role", Text, nullable=False),
    # `case:12`, `setting:decision_target`.
    Column("about", Text, nullable=False),
    Column("version", Integer),
    # JSON as it was when the mac was made, byte by byte.
    Column("codes", Text, nullable=False),
    # What caused it: `bale:1234` (the update's number), `sweep:expire`, `command:set`.
    Column("cause", Text, nullable=False),
    # Hex, over the mac before and this row.
    Column("mac", Text, nullable=False),
)
Index("ix_audit_about", audit.c.about, audit.c.number)
_ANCHORS = text("deed = 'anchor'")
Index("ix_audit_anchors", audit.c.number, sqlite_where=_ANCHORS, postgresql_where=_ANCHORS)

# The chain's end, in its one row: whoever adds to the chain holds it.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    Column("mac", Text, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)
