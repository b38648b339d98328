"""Grants by two admins, substitutes, requests about own data, and what was done with roles and accounts."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, Table, Text, text

from storage.tables.types import Instant, id_column, metadata

_OPEN = text("outcome IS NULL")

# What one admin proposes and another confirms: a role for somebody known, an invitation, a way back in for
# somebody who has no account any more (without a role), or the end of another admin's role («removal»).
# Invitations and ways back are known by the digest of their token.
proposals = Table(
    "grant_proposals",
    metadata,
    id_column(),
    Column("kind", Text, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("token_hash", Text),
    Column("role", Text),
    Column("agency_id", ForeignKey("agencies.id")),
    Column("name", LargeBinary, nullable=False),  # sealed
    Column("proposed_by", ForeignKey("people.id"), nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    # confirmed, refused, expired; or alone, where there was no other admin to ask.
    Column("outcome", Text),
    Column("ended_by", ForeignKey("people.id")),
    Column("ended_at", Instant),
)
Index("ix_grant_proposals_open", proposals.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index("ix_grant_proposals_person_id", proposals.c.person_id, proposals.c.id)
Index("uq_grant_proposals_token_hash", proposals.c.token_hash, unique=True)

# Whoever stands in for whom «جانشین», from the first moment until before the last.
substitutions = Table(
    "substitutions",
    metadata,
    id_column(),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("substitute_id", ForeignKey("people.id"), nullable=False),
    Column("begins_at", Instant, nullable=False),
    # Moved back to the moment at which somebody ended it before its time.
    Column("ends_at", Instant, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ended_by", ForeignKey("people.id")),
    Column("begin_told_at", Instant),
    Column("end_told_at", Instant),
)
Index("ix_substitutions_substitute_id", substitutions.c.substitute_id, substitutions.c.ends_at)
Index("ix_substitutions_person_id", substitutions.c.person_id, substitutions.c.ends_at)
Index(
    "ix_substitutions_untold",
    substitutions.c.id,
    sqlite_where=text("end_told_at IS NULL"),
    postgresql_where=text("end_told_at IS NULL"),
)

# What somebody asks to be corrected or erased of the own data; `words` and `answer` are sealed.
data_requests = Table(
    "data_requests",
    metadata,
    id_column(),
    Column("kind", Text, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("words", LargeBinary),
    Column("asked_at", Instant, nullable=False),
    # done, refused or withdrawn.
    Column("outcome", Text),
    Column("answer", LargeBinary),
    Column("ended_by", ForeignKey("people.id")),
    Column("ended_at", Instant),
)
Index("ix_data_requests_open", data_requests.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)
Index("ix_data_requests_person_id", data_requests.c.person_id, data_requests.c.id)
Index("ix_data_requests_chat", data_requests.c.platform, data_requests.c.chat_id, data_requests.c.id)

# Every act about roles, accounts, names and substitutes: about whom, what, by whom (none: the clock, or the
# machine's keeper), and beside whom (the colleague who seconded it, or who stands in).
staff_events = Table(
    "staff_events",
    metadata,
    id_column(),
    Column("at", Instant, nullable=False),
    Column("action", Text, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("role", Text),
    Column("by", ForeignKey("people.id")),
    Column("other", ForeignKey("people.id")),
)
Index("ix_staff_events_person_id", staff_events.c.person_id, staff_events.c.id)
