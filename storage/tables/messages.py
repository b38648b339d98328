"""What comes in, what goes out, and the chats between."""

from sqlalchemy import (
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
    text,
)

from storage.tables.types import Instant, Key, id_column, metadata

inbox = Table(
    "inbox",
    metadata,
    id_column(),
    Column("platform", Text, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("body", LargeBinary),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", Instant),
    Column("problem", Text),
    Column("reference", Text),
    Column("received_at", Instant, nullable=False),
    Column("done_at", Instant),
    UniqueConstraint("platform", "update_id"),
)
Index(
    "ix_inbox_waiting",
    inbox.c.platform,
    inbox.c.chat_id,
    inbox.c.id,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)
Index(
    "ix_inbox_done_at",
    inbox.c.done_at,
    sqlite_where=text("done_at IS NOT NULL"),
    postgresql_where=text("done_at IS NOT NULL"),
)

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("method", Text, nullable=False),
    Column("params", LargeBinary),
    Column("slot", Text),
    Column("purpose", Key),
    Column("reference", Text),
    Column("state", Text, nullable=False),
    Column("due_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("first_failed_at", Instant),
    Column("problem", Text),
    Column("message_id", BigInteger),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    # The same message for the person's other messengers, in order; used once this one cannot be delivered.
    Column("fallback", LargeBinary),
    # The chats it leads to, in words of `platform:chat`; None beside a fallback of an older release.
    Column("fallback_to", Text),
    # When its person learned in another way what this one should have said.
    Column("told_at", Instant),
)
_UNFINISHED = text("due_at IS NOT NULL")
Index(
    "ix_outbox_order",
    outbox.c.platform,
    outbox.c.lane,
    outbox.c.id,
    outbox.c.due_at,
    sqlite_where=_UNFINISHED,
    postgresql_where=_UNFINISHED,
)
Index(
    "ix_outbox_chat",
    outbox.c.platform,
    outbox.c.chat_id,
    outbox.c.lane,
    outbox.c.id,
    sqlite_where=_UNFINISHED,
    postgresql_where=_UNFINISHED,
)
_MAY_GO_ELSEWHERE = text("due_at IS NOT NULL AND fallback IS NOT NULL")
Index(
    "ix_outbox_fallback",
    outbox.c.fallback_to,
    sqlite_where=_MAY_GO_ELSEWHERE,
    postgresql_where=_MAY_GO_ELSEWHERE,
)
Index(
    "ix_outbox_failed",
    outbox.c.platform,
    outbox.c.problem,
    sqlite_where=text("state = 'failed'"),
    postgresql_where=text("state = 'failed'"),
)
Index(
    "ix_outbox_purpose",
    outbox.c.purpose,
    sqlite_where=text("purpose IS NOT NULL"),
    postgresql_where=text("purpose IS NOT NULL"),
)
Index(
    "ix_outbox_settled_at",
    outbox.c.settled_at,
    sqlite_where=text("settled_at IS NOT NULL"),
    postgresql_where=text("settled_at IS NOT NULL"),
)

_UNTOLD = text("state = 'unreachable' AND told_at IS NULL AND purpose IS NOT NULL")
Index(
    "ix_outbox_missed",
    outbox.c.platform,
    outbox.c.chat_id,
    outbox.c.id,
    sqlite_where=_UNTOLD,
    postgresql_where=_UNTOLD,
)

slots = Table(
    "slots",
    metadata,
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("slot", Text, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("platform", "chat_id", "slot"),
)

chats = Table(
    "chats",
    metadata,
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("form_id", ForeignKey("forms.id")),
    Column("screen", Integer, nullable=False),
    Column("shown", LargeBinary),
    Column("last_seen", Instant, nullable=False),
    Column("reshown_at", Instant),
    Column("unreachable_at", Instant),
    PrimaryKeyConstraint("platform", "chat_id"),
)
Index("ix_chats_person_id", chats.c.person_id)
Index("ix_chats_user_id", chats.c.platform, chats.c.user_id)
Index(
    "ix_chats_form_id",
    chats.c.form_id,
    sqlite_where=text("form_id IS NOT NULL"),
    postgresql_where=text("form_id IS NOT NULL"),
)
