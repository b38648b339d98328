"""Planned maintenance and incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_OPEN = sa.text("begins IS NOT NULL AND ended_at IS NULL AND cancelled_at IS NULL")
_FROZEN = sa.text("freed_at IS NULL")
_UNSOLVED = sa.text("over_at IS NULL")


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    _windows()
    _drafts()
    _incidents()


def _windows() -> None:
    op.create_table(
        "windows",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", _id(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=True),
        sa.Column("begins", sa.BigInteger(), nullable=True),
        sa.Column("ends", sa.BigInteger(), nullable=True),
        sa.Column("unplanned", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        _key("windows", "made_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_windows")),
    )
    op.create_index(
        "ix_windows_open", "windows", ["begins"], unique=False, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        "window_plans",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("window_id", _id(), nullable=False),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("why_unplanned", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", _id(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("announced_at", sa.BigInteger(), nullable=True),
        _key("window_plans", "window_id", "windows"),
        _key("window_plans", "made_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window_plans")),
    )
    op.create_index("ix_window_plans_window_id", "window_plans", ["window_id", "id"], unique=False)
    op.create_table(
        "window_words",
        sa.Column("plan_id", _id(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("window_id", _id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("notice_id", sa.BigInteger(), nullable=True),
        _key("window_words", "plan_id", "window_plans"),
        _key("window_words", "window_id", "windows"),
        _key("window_words", "person_id", "people"),
        sa.PrimaryKeyConstraint("plan_id", "word", name=op.f("pk_window_words")),
    )
    op.create_index("ix_window_words_window_id", "window_words", ["window_id", "at"], unique=False)


def _drafts() -> None:
    op.create_table(
        "window_drafts",
        sa.Column("window_id", _id(), nullable=False),
        sa.Column("form_id", _id(), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=False),
        sa.Column("freed_at", sa.BigInteger(), nullable=True),
        _key("window_drafts", "window_id", "windows"),
        _key("window_drafts", "form_id", "forms"),
        sa.PrimaryKeyConstraint("window_id", "form_id", name=op.f("pk_window_drafts")),
    )
    op.create_index(
        "ix_window_drafts_frozen",
        "window_drafts",
        ["window_id", "form_id"],
        unique=False,
        sqlite_where=_FROZEN,
        postgresql_where=_FROZEN,
    )


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("over_at", sa.BigInteger(), nullable=True),
        sa.Column("made_by", _id(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("dropped_at", sa.BigInteger(), nullable=True),
        sa.Column("notice_id", sa.BigInteger(), nullable=True),
        _key("incidents", "made_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index("ix_incidents_begun_at", "incidents", ["begun_at"], unique=False)
    op.create_index(
        "ix_incidents_open",
        "incidents",
        ["id"],
        unique=False,
        sqlite_where=_UNSOLVED,
        postgresql_where=_UNSOLVED,
    )
    op.create_table(
        "incident_updates",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("incident_id", _id(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        _key("incident_updates", "incident_id", "incidents"),
        _key("incident_updates", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_updates")),
    )
    op.create_index(
        "ix_incident_updates_incident_id", "incident_updates", ["incident_id", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("incident_updates")
    op.drop_table("incidents")
    op.drop_table("window_drafts")
    op.drop_table("window_words")
    op.drop_table("window_plans")
    op.drop_table("windows")
