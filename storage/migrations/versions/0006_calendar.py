"""The working calendar, and the target moment of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

NEVER = "253402214400000"
"""31 December 9999 in milliseconds: a case without a target moment."""


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _moment(name: str, *, needed: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=not needed)


def upgrade() -> None:
    """The target in hours of the wall clock cannot be one in working days or office hours: it is unset.

    Its history stays under its old name; the office sets the new target itself.
    """
    op.add_column("cases", sa.Column("due_at", sa.BigInteger(), nullable=False, server_default=NEVER))
    op.drop_index("ix_cases_queue", table_name="cases")
    op.create_index("ix_cases_queue", "cases", ["state", "due_at", "clock_from", "id"], unique=False)
    _calendar()
    _clocks()


def _calendar() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("set_by", _id(), nullable=True),
        _moment("set_at", needed=True),
        _key("calendar_days", "set_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_days")),
    )
    op.create_index("ix_calendar_days_day", "calendar_days", ["day", "id"], unique=False)
    op.create_table(
        "calendar_changes",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        _moment("begun_at", needed=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_changes")),
    )
    op.create_table(
        "working_weeks",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("weekend", sa.JSON(), nullable=False),
        sa.Column("periods", sa.JSON(), nullable=False),
        sa.Column("set_by", _id(), nullable=True),
        _moment("set_at", needed=True),
        _key("working_weeks", "set_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_weeks")),
    )


def _clocks() -> None:
    op.create_table(
        "clocks",
        sa.Column("case_id", _id(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        _moment("begun_at", needed=True),
        sa.Column("pauses", sa.JSON(), nullable=False),
        _moment("ended_at"),
        sa.Column("span", sa.Text(), nullable=False),
        *(_moment(name) for name in ("due_at", "warn_at", "escalate_at", "next_at")),
        *(_moment(name) for name in ("warned_at", "breached_at", "escalated_at")),
        _key("clocks", "case_id", "cases"),
        sa.PrimaryKeyConstraint("case_id", "clock", "begun_at", name=op.f("pk_clocks")),
    )
    op.create_index("ix_clocks_next_at", "clocks", ["next_at"], unique=False)
    op.create_index("ix_clocks_due_at", "clocks", ["due_at"], unique=False)
    op.create_table(
        "recounts",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        _moment("made_at", needed=True),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        _moment("done_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recounts")),
    )
    op.create_index("ix_recounts_done_at", "recounts", ["done_at", "id"], unique=False)
    op.create_table(
        "moved_targets",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("recount_id", _id(), nullable=False),
        sa.Column("case_id", _id(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        _moment("was", needed=True),
        _moment("became", needed=True),
        _moment("told_at"),
        _key("moved_targets", "recount_id", "recounts"),
        _key("moved_targets", "case_id", "cases"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_targets")),
    )
    op.create_index("ix_moved_targets_told_at", "moved_targets", ["told_at", "id"], unique=False)


def downgrade() -> None:
    for table in (
        "moved_targets",
        "recounts",
        "clocks",
        "working_weeks",
        "calendar_changes",
        "calendar_days",
    ):
        op.drop_table(table)
    op.drop_index("ix_cases_queue", table_name="cases")
    op.create_index("ix_cases_queue", "cases", ["state", "clock_from", "id"], unique=False)
    op.drop_column("cases", "due_at")
