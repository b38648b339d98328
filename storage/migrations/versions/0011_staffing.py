"""Grants by two admins, substitutes, requests about own data, and what was done with roles and accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _some(name: str, table: str, where: str) -> None:
    op.create_index(
        name, table, ["id"], unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )


def upgrade() -> None:
    _proposals()
    _substitutions()
    _requests()
    _events()


def _proposals() -> None:
    op.create_table(
        "grant_proposals",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("agency_id", _id(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("proposed_by", _id(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("ended_by", _id(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _key("grant_proposals", "person_id", "people"),
        _key("grant_proposals", "agency_id", "agencies"),
        _key("grant_proposals", "proposed_by", "people"),
        _key("grant_proposals", "ended_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_proposals")),
    )
    _some("ix_grant_proposals_open", "grant_proposals", "outcome IS NULL")
    op.create_index("ix_grant_proposals_person_id", "grant_proposals", ["person_id", "id"], unique=False)
    op.create_index("uq_grant_proposals_token_hash", "grant_proposals", ["token_hash"], unique=True)


def _substitutions() -> None:
    op.create_table(
        "substitutions",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("person_id", _id(), nullable=False),
        sa.Column("substitute_id", _id(), nullable=False),
        sa.Column("begins_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_by", _id(), nullable=True),
        sa.Column("begin_told_at", sa.BigInteger(), nullable=True),
        sa.Column("end_told_at", sa.BigInteger(), nullable=True),
        _key("substitutions", "person_id", "people"),
        _key("substitutions", "substitute_id", "people"),
        _key("substitutions", "ended_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitutions")),
    )
    for column in ("substitute_id", "person_id"):
        op.create_index(f"ix_substitutions_{column}", "substitutions", [column, "ends_at"], unique=False)
    _some("ix_substitutions_untold", "substitutions", "end_told_at IS NULL")


def _requests() -> None:
    op.create_table(
        "data_requests",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("ended_by", _id(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _key("data_requests", "person_id", "people"),
        _key("data_requests", "ended_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_requests")),
    )
    _some("ix_data_requests_open", "data_requests", "outcome IS NULL")
    op.create_index("ix_data_requests_person_id", "data_requests", ["person_id", "id"], unique=False)
    op.create_index("ix_data_requests_chat", "data_requests", ["platform", "chat_id", "id"], unique=False)


def _events() -> None:
    op.create_table(
        "staff_events",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("by", _id(), nullable=True),
        sa.Column("other", _id(), nullable=True),
        _key("staff_events", "person_id", "people"),
        _key("staff_events", "by", "people"),
        _key("staff_events", "other", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_events")),
    )
    op.create_index("ix_staff_events_person_id", "staff_events", ["person_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("staff_events")
    op.drop_table("data_requests")
    op.drop_table("substitutions")
    op.drop_table("grant_proposals")
