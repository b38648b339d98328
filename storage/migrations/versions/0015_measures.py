"""What reports are counted by: first looks and decisions as they were measured, and indices."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "first_steps",
        sa.Column("case_id", _id(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", _id(), nullable=False),
        sa.Column("debt_type", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=True),
        _key("first_steps", "case_id", "cases"),
        _key("first_steps", "agency_id", "agencies"),
        sa.PrimaryKeyConstraint("case_id", "clock", name=op.f("pk_first_steps")),
    )
    op.create_index(
        "ix_first_steps_at",
        "first_steps",
        ["clock", "at", "working_days", "kept", "outcome", "agency_id", "debt_type"],
        unique=False,
    )
    op.create_table(
        "measured_figures",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_measured_figures")),
    )
    op.add_column("resets", sa.Column("due_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_cases_filed_at", "cases", ["filed_at", "agency_id", "debt_type"], unique=False)
    op.drop_index("ix_case_events_at", table_name="case_events")
    op.create_index(
        "ix_case_events_at",
        "case_events",
        ["at", "action", "from_state", "to_state", "person_id"],
        unique=False,
    )
    # The sweep that fills the debt types in measures what came before; so it begins again.
    op.execute("UPDATE cases SET debt_type = NULL WHERE debt_type IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_case_events_at", table_name="case_events")
    op.create_index("ix_case_events_at", "case_events", ["at"], unique=False)
    op.drop_index("ix_cases_filed_at", table_name="cases")
    op.drop_column("resets", "due_at")
    op.drop_table("measured_figures")
    op.drop_table("first_steps")
