"""Second factors, and the resets of forgotten secrets."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from storage.tables.types import Instant, id_column, metadata

# A person's second factor: the secret of an authenticator, or the digest of a PIN; both are sealed.
factors = Table(
    "factors",
    metadata,
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("secret", LargeBinary),
    Column("pin", LargeBinary),
    # The step of 30 seconds whose code was taken last: neither it nor an earlier one is taken again.
    Column("last_step", BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
    # When a reset was issued: it opens nothing since, and a new one has to be made.
    Column("dead_at", Instant),
    PrimaryKeyConstraint("person_id"),
)

# A second factor that is being made.
factor_setups = Table(
    "factor_setups",
    metadata,
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("kind", Text),
    Column("secret", LargeBinary),
    Column("pin", LargeBinary),
    # The reset that allows it, where the former one was lost.
    Column("reset_id", ForeignKey("resets.id")),
    Column("begun_at", Instant, nullable=False),
    PrimaryKeyConstraint("person_id"),
)
Index("ix_factor_setups_begun_at", factor_setups.c.begun_at)

# Who has signed in which chat, and the button that waits for it.
signings = Table(
    "signings",
    metadata,
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("signed_at", Instant),
    Column("action", Text),
    Column("asked_at", Instant),
    PrimaryKeyConstraint("platform", "chat_id"),
)
Index("ix_signings_person_id", signings.c.person_id)

# Filled-in forms that wait to be signed.
unsigned_forms = Table(
    "unsigned_forms",
    metadata,
    Column("form_id", ForeignKey("forms.id"), nullable=False),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("form_id"),
)
Index("ix_unsigned_forms_since", unsigned_forms.c.since)

# A forgotten passcode of a case, or a lost second factor (without a case).
resets = Table(
    "resets",
    metadata,
    id_column(),
    Column("case_id", ForeignKey("cases.id")),
    Column("owner", ForeignKey("people.id"), nullable=False),
    Column("platform", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("holder", ForeignKey("people.id")),
    Column("claimed_at", Instant),
    Column("issued_at", Instant),
    Column("token_hash", Text),
    Column("expires_at", Instant),
    Column("outcome", Text),
    Column("ended_at", Instant),
    Column("reminded_at", Instant),
    # By the target and the calendar in force while it was not seen to.
    Column("due_at", Instant),
    Column("warned_at", Instant),
    # What it was before the calendar moved it, and why, until its owner is told.
    Column("moved_from", Instant),
    Column("moved_for", JSON(none_as_null=True)),
    # When the admins were shown it, and the owner told that its code ran out: not by night.
    Column("prompted_at", Instant),
    Column("told_at", Instant),
)
_OPEN_CASE = text("outcome IS NULL AND case_id IS NOT NULL")
_OPEN_FACTOR = text("outcome IS NULL AND case_id IS NULL")
Index("uq_resets_case", resets.c.case_id, unique=True, sqlite_where=_OPEN_CASE, postgresql_where=_OPEN_CASE)
Index(
    "uq_resets_factor", resets.c.owner, unique=True, sqlite_where=_OPEN_FACTOR, postgresql_where=_OPEN_FACTOR
)
Index("uq_resets_token_hash", resets.c.token_hash, unique=True)
Index("ix_resets_asked_at", resets.c.asked_at)
_OPEN = text("outcome IS NULL")
Index("ix_resets_open", resets.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)
_UNTOLD = text("outcome = 'expired' AND told_at IS NULL")
Index("ix_resets_untold", resets.c.id, sqlite_where=_UNTOLD, postgresql_where=_UNTOLD)

# Every step of the above: whose secret, what, when, by whom (none: the clock, or the machine's keeper).
secret_events = Table(
    "secret_events",
    metadata,
    id_column(),
    Column("at", Instant, nullable=False),
    Column("action", Text, nullable=False),
    Column("owner", ForeignKey("people.id"), nullable=False),
    Column("case_id", ForeignKey("cases.id")),
    Column("reset_id", ForeignKey("resets.id")),
    Column("by", ForeignKey("people.id")),
)
Index("ix_secret_events_owner", secret_events.c.owner, secret_events.c.id)
Index("ix_secret_events_case_id", secret_events.c.case_id, secret_events.c.id)
