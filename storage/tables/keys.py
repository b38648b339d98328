"""By which a store knows its key, and the keys of forms."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table

from storage.tables.types import Instant, metadata

# 1: a word that proves the key; 2: the root of all digests.
key_check = Table(
    "key_check",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)

# Sealed by a master key. One that was destroyed is empty, and stays so.
form_keys = Table(
    "form_keys",
    metadata,
    Column("form_id", ForeignKey("forms.id"), primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("destroyed_at", Instant),
)
