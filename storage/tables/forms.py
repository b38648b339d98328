"""Forms being answered, and files that were sent in."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, text

from storage.tables.types import Instant, id_column, metadata

forms = Table(
    "forms",
    metadata,
    id_column(),
    Column("form", Text, nullable=False),
    Column("form_version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("subject", BigInteger),
    Column("data", LargeBinary, nullable=False),
    Column("status", Text, nullable=False),
    Column("title", LargeBinary),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    # When its owner was told that it is about to expire, when it did, and until when it was said to stay.
    Column("nudged_at", Instant),
    Column("expired_at", Instant),
    Column("restorable_until", Instant),
)
_IDLE = text("status = 'open' AND form = 'proposal' AND subject IS NULL")
_EXPIRED = text("status = 'expired'")
Index("ix_forms_idle", forms.c.updated_at, sqlite_where=_IDLE, postgresql_where=_IDLE)
Index("ix_forms_expired", forms.c.expired_at, sqlite_where=_EXPIRED, postgresql_where=_EXPIRED)
Index("ix_forms_drafts", forms.c.person_id, forms.c.form, forms.c.status, forms.c.updated_at)
Index("ix_forms_chat", forms.c.platform, forms.c.chat_id, forms.c.form)
# A returned case is corrected in one form, however many messengers its officer has.
_CORRECTION = text("status = 'open' AND form = 'proposal' AND subject IS NOT NULL")
Index(
    "uq_forms_correction",
    forms.c.subject,
    unique=True,
    sqlite_where=_CORRECTION,
    postgresql_where=_CORRECTION,
)

files = Table(
    "files",
    metadata,
    id_column(),
    # Whose key seals it; NULL for one that belongs to no form, or came before forms had keys.
    Column("form_id", BigInteger().with_variant(Integer, "sqlite")),
    Column("name", LargeBinary, nullable=False),
    Column("mime", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
)

Index("ix_files_form_id", files.c.form_id)

# Apart from `files`, so that a list of files never reads their contents.
file_contents = Table(
    "file_contents",
    metadata,
    Column("file_id", ForeignKey("files.id"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

# What alone is shown of a file; without a row it was not looked at yet, with a refusal it cannot be shown.
file_copies = Table(
    "file_copies",
    metadata,
    Column("file_id", ForeignKey("files.id"), primary_key=True),
    Column("mime", Text),
    Column("body", LargeBinary),
    Column("refusal", Text),
)
