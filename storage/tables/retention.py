"""What is held back from erasure, and what was erased."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, text

from storage.tables.types import Instant, id_column, metadata

# A legal hold «نگهداری به حکم» on a case or a complaint: nothing of it is erased until it is lifted.
holds = Table(
    "holds",
    metadata,
    id_column(),
    # `case` or `complaint`, and its number.
    Column("kind", Text, nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("why", LargeBinary, nullable=False),
    # NULL: the keeper of the machine, on the command line.
    Column("placed_by", ForeignKey("people.id")),
    Column("placed_at", Instant, nullable=False),
    Column("lifted_by", ForeignKey("people.id")),
    Column("lifted_at", Instant),
)
_STANDS = text("lifted_at IS NULL")
Index(
    "uq_holds_standing",
    holds.c.kind,
    holds.c.subject,
    unique=True,
    sqlite_where=_STANDS,
    postgresql_where=_STANDS,
)

erasures = Table(
    "erasures",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
)
