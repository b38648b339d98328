"""What the office has set, change by change: the newest row of a name is in force."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Table, Text

from storage.tables.types import Instant, id_column, metadata

office_settings = Table(
    "office_settings",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("value", JSON(none_as_null=True)),
    Column("set_by", ForeignKey("people.id")),
    Column("set_at", Instant, nullable=False),
)
Index("ix_office_settings_name", office_settings.c.name, office_settings.c.id)
