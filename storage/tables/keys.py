"""By which a store knows its key."""

from sqlalchemy import Column, Integer, LargeBinary, Table

from storage.tables.types import metadata

key_check = Table(
    "key_check",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)
