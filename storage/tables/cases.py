"""Filed proposals, their history, and who may look at them."""

from sqlalchemy import (
    JSON,
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

from storage.tables.types import NEVER, Instant, id_column, metadata, milliseconds

case_codes = Table(
    "case_codes",
    metadata,
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    PrimaryKeyConstraint("code"),
)

cases = Table(
    "cases",
    metadata,
    id_column(),
    Column("code", ForeignKey("case_codes.code"), nullable=False),
    Column("form_id", ForeignKey("forms.id"), nullable=False),
    Column("agency_id", ForeignKey("agencies.id"), nullable=False),
    Column("filed_by", ForeignKey("people.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("holder", ForeignKey("people.id")),
    Column("claimed_at", Instant),
    # The sealed digest of its passcode; NULL once that was reset.
    Column("passcode", LargeBinary),
    Column("proposal", LargeBinary, nullable=False),
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("filed_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("decided_at", Instant),
    # The moment from which the office's target counts: filing, moved on by every wait for a correction.
    Column("clock_from", Instant, nullable=False, server_default="0"),
    # When the office's target for a decision is up; the end of the year 9999 for never.
    Column("due_at", Instant, nullable=False, server_default=str(milliseconds(NEVER))),
    # The holder's last act on it.
    Column("touched_at", Instant),
    # The version of the agreement in force when it was filed.
    Column("terms_version", Integer, nullable=False, server_default="1"),
    # As the proposal says it, for the figures; not filled in yet where it is NULL.
    Column("debt_type", Text),
    UniqueConstraint("code"),
    UniqueConstraint("form_id"),
)
Index("ix_cases_queue", cases.c.state, cases.c.due_at, cases.c.clock_from, cases.c.id)
Index("ix_cases_touched", cases.c.state, cases.c.touched_at)
# With the state, so that a page of an officer's own cases in some states is found without reading others.
Index("ix_cases_filed_by", cases.c.filed_by, cases.c.id, cases.c.state)
Index("ix_cases_agency_id", cases.c.agency_id, cases.c.id)
Index("ix_cases_holder", cases.c.holder, cases.c.state)
Index("ix_cases_filed_at", cases.c.filed_at, cases.c.agency_id, cases.c.debt_type)
Index(
    "ix_cases_without_debt_type",
    cases.c.id,
    sqlite_where=text("debt_type IS NULL"),
    postgresql_where=text("debt_type IS NULL"),
)

case_events = Table(
    "case_events",
    metadata,
    id_column(),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("action", Text, nullable=False),
    Column("from_state", Text),
    Column("to_state", Text, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("role", Text),
    Column("reasons", JSON, nullable=False),
    Column("note", LargeBinary),
    Column("on_version", Integer, nullable=False),
    Column("details", JSON(none_as_null=True)),
)
Index("ix_case_events_case_id", case_events.c.case_id, case_events.c.id)
# With all that a report counts by, so that it reads the index alone.
Index(
    "ix_case_events_at",
    case_events.c.at,
    case_events.c.action,
    case_events.c.from_state,
    case_events.c.to_state,
    case_events.c.person_id,
)

# Every version of a proposal that was sent in: a correction replaces none.
proposal_versions = Table(
    "proposal_versions",
    metadata,
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("on_version", Integer, nullable=False),
    Column("proposal", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    PrimaryKeyConstraint("case_id", "on_version"),
)

# A decision that can still be taken back: it becomes one when it falls due.
pending_decisions = Table(
    "pending_decisions",
    metadata,
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("action", Text, nullable=False),
    Column("on_version", Integer, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("note", LargeBinary),
    Column("details", JSON(none_as_null=True)),
    Column("made_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    PrimaryKeyConstraint("case_id", "on_version"),
)
Index("ix_pending_decisions_due_at", pending_decisions.c.due_at)

# The office's own notes «یادداشت داخلی»: in no view of an applicant or an agency.
case_notes = Table(
    "case_notes",
    metadata,
    id_column(),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("note", LargeBinary, nullable=False),
)
Index("ix_case_notes_case_id", case_notes.c.case_id, case_notes.c.id)

ticks = Table(
    "ticks",
    metadata,
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("condition", Text, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("case_id", "condition", "person_id"),
)

views = Table(
    "views",
    metadata,
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("until", Instant, nullable=False),
    PrimaryKeyConstraint("case_id", "platform", "chat_id"),
)
Index("ix_views_until", views.c.until)

followers = Table(
    "followers",
    metadata,
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("case_id", "platform", "chat_id"),
)
Index("ix_followers_chat", followers.c.platform, followers.c.chat_id)

# Keyed digests of the words by which an officer may search: the words themselves stay sealed.
case_terms = Table(
    "case_terms",
    metadata,
    Column("term", LargeBinary, nullable=False),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    PrimaryKeyConstraint("term", "case_id"),
)
Index("ix_case_terms_case_id", case_terms.c.case_id)
