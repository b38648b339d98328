"""The officer's day: who owes what, reviews asked for, co-signatures."""

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
    text,
)

from storage.tables.types import Instant, id_column, metadata

# A keyed digest of whose debt of which kind and amount a case is about: cases are compared, nobody is named.
case_debts = Table(
    "case_debts",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("digest", LargeBinary, nullable=False),
)
Index("ix_case_debts_digest", case_debts.c.digest)

# A review of a refusal, asked for by its agency: one for each refusal, by the version that it made.
review_requests = Table(
    "review_requests",
    metadata,
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("refused_on", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("holder", ForeignKey("people.id")),
    # `upheld`, `recommended` (to replace the refusal), `replaced`; NULL while nobody has said.
    Column("outcome", Text),
    PrimaryKeyConstraint("case_id", "refused_on"),
)
_UNREAD = text("outcome IS NULL OR outcome = 'recommended'")
Index(
    "ix_review_requests_waiting",
    review_requests.c.asked_at,
    sqlite_where=_UNREAD,
    postgresql_where=_UNREAD,
)

# A proposal that waits for its agency's authorised official, behind a one-time link.
cosignatures = Table(
    "cosignatures",
    metadata,
    id_column(),
    Column("form_id", ForeignKey("forms.id"), nullable=False),
    Column("officer", ForeignKey("people.id"), nullable=False),
    # Whose official is asked: the officer's agency of that moment.
    Column("agency_id", ForeignKey("agencies.id")),
    Column("token_hash", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    # The account that opened the link: from then on it is the only one that may confirm.
    Column("platform", Text),
    Column("user_id", BigInteger),
    Column("chat_id", BigInteger),
    Column("name", LargeBinary),
    # Whom the office knew the official as when it was confirmed, and the case that arose or was corrected.
    Column("person_id", ForeignKey("people.id")),
    Column("case_id", ForeignKey("cases.id")),
    # `confirmed`, `returned`, `taken_back`, `expired`; NULL while it waits.
    Column("outcome", Text),
    Column("ended_at", Instant),
)
Index("uq_cosignatures_token_hash", cosignatures.c.token_hash, unique=True)
Index("ix_cosignatures_case_id", cosignatures.c.case_id)
_WAITS = text("outcome IS NULL")
Index(
    "uq_cosignatures_form_id",
    cosignatures.c.form_id,
    unique=True,
    sqlite_where=_WAITS,
    postgresql_where=_WAITS,
)
Index("ix_cosignatures_waiting", cosignatures.c.expires_at, sqlite_where=_WAITS, postgresql_where=_WAITS)
