"""Complaints, and what was thought of the service."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _number(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    return sa.Column("id", _id(), autoincrement=True, nullable=False), key


def _key(table: str, column: str, to: str, there: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.{there}"], name=op.f(f"fk_{table}_{column}_{to}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def upgrade() -> None:
    op.create_table(
        "complaints",
        *_number("complaints"),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("form_id", _id(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", _id(), nullable=True),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("passcode_hash", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("holder", _id(), nullable=True),
        sa.Column("batched", sa.Boolean(), nullable=False),
        sa.Column("untold", sa.Boolean(), nullable=False),
        sa.Column("filed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("clock_from", sa.BigInteger(), nullable=False),
        sa.Column("escalated_at", sa.BigInteger(), nullable=True),
        sa.Column("stranded_at", sa.BigInteger(), nullable=True),
        _key("complaints", "code", "case_codes", "code"),
        _key("complaints", "form_id", "forms"),
        _key("complaints", "case_id", "cases"),
        _key("complaints", "person_id", "people"),
        _key("complaints", "holder", "people"),
        _unique("complaints", "code"),
        _unique("complaints", "form_id"),
    )
    op.create_index("ix_complaints_queue", "complaints", ["state", "clock_from", "id"], unique=False)
    op.create_index("ix_complaints_person_id", "complaints", ["person_id"], unique=False)
    op.create_index("ix_complaints_chat", "complaints", ["platform", "chat_id"], unique=False)
    op.create_index("ix_forms_chat", "forms", ["platform", "chat_id", "form"], unique=False)
    _histories()
    op.create_table(
        "surveys",
        *_number("surveys"),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("on_version", sa.Integer(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("reminded_at", sa.BigInteger(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("scored_at", sa.BigInteger(), nullable=True),
        sa.Column("comment", sa.LargeBinary(), nullable=True),
        _key("surveys", "person_id", "people"),
        _unique("surveys", "about", "subject", "on_version"),
    )
    op.create_index("ix_surveys_due_at", "surveys", ["asked_at", "due_at"], unique=False)
    op.create_index("ix_surveys_chat", "surveys", ["platform", "chat_id"], unique=False)


def _histories() -> None:
    op.create_table(
        "complaint_events",
        *_number("complaint_events"),
        sa.Column("complaint_id", _id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=True),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("on_version", sa.Integer(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=True),
        _key("complaint_events", "complaint_id", "complaints"),
        _key("complaint_events", "person_id", "people"),
    )
    op.create_index(
        "ix_complaint_events_complaint_id", "complaint_events", ["complaint_id", "id"], unique=False
    )
    op.create_index("ix_complaint_events_action", "complaint_events", ["action", "at"], unique=False)
    op.create_table(
        "complaint_notes",
        *_number("complaint_notes"),
        sa.Column("complaint_id", _id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", _id(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        _key("complaint_notes", "complaint_id", "complaints"),
        _key("complaint_notes", "person_id", "people"),
    )
    op.create_index(
        "ix_complaint_notes_complaint_id", "complaint_notes", ["complaint_id", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_forms_chat", table_name="forms")
    for table in ("surveys", "complaint_notes", "complaint_events", "complaints"):
        op.drop_table(table)
