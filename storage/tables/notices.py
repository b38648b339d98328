"""Notices, their audiences, and what became of each copy."""

from sqlalchemy import (
    JSON,
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
)

from storage.tables.types import Instant, id_column, metadata

notices = Table(
    "notices",
    metadata,
    id_column(),
    Column("about", Text, nullable=False),
    Column("service", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("on_version", Integer, nullable=False),
    Column("made_by", ForeignKey("people.id")),
    Column("made_at", Instant, nullable=False),
    Column("confirmed_by", ForeignKey("people.id")),
    Column("seconded_by", ForeignKey("people.id")),
    Column("frozen_at", Instant),
    Column("stopped_at", Instant),
    Column("recalled_at", Instant),
    Column("ended_at", Instant),
    Column("card", Text),
    Column("card_at", Instant),
)
Index("ix_notices_state", notices.c.state, notices.c.id)

# Everything a notice ever said: a correction replaces none.
notice_versions = Table(
    "notice_versions",
    metadata,
    Column("notice_id", ForeignKey("notices.id"), nullable=False),
    Column("on_version", Integer, nullable=False),
    Column("act", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("push", LargeBinary),
    Column("audience", JSON, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("notice_id", "on_version"),
)

notice_acts = Table(
    "notice_acts",
    metadata,
    id_column(),
    Column("notice_id", ForeignKey("notices.id"), nullable=False),
    Column("act", Text, nullable=False),
    Column("on_version", Integer, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("at", Instant, nullable=False),
)
Index("ix_notice_acts_notice_id", notice_acts.c.notice_id, notice_acts.c.id)

# One row for each recipient: a person, or a chat of nobody the office knows.
notice_copies = Table(
    "notice_copies",
    metadata,
    id_column(),
    Column("notice_id", ForeignKey("notices.id"), nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("platform", Text),
    Column("chat_id", BigInteger),
    Column("state", Text, nullable=False),
    Column("message_id", BigInteger),
    Column("on_version", Integer, nullable=False),
    Column("change", Text),
    Column("settled_at", Instant),
)
Index(
    "ix_notice_copies_waiting",
    notice_copies.c.notice_id,
    notice_copies.c.state,
    notice_copies.c.id,
    notice_copies.c.platform,
)
Index(
    "ix_notice_copies_version",
    notice_copies.c.notice_id,
    notice_copies.c.state,
    notice_copies.c.on_version,
    notice_copies.c.change,
)

# Chats whose people want no news «خبر»; service notices come all the same.
news_off = Table(
    "news_off",
    metadata,
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("platform", "chat_id"),
)
