"""What is warned of and told of the targets of complaints and of forgotten secrets."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "answer_targets",
        sa.Column("complaint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("warn_at", sa.BigInteger(), nullable=True),
        sa.Column("warned_at", sa.BigInteger(), nullable=True),
        sa.Column("moved_from", sa.BigInteger(), nullable=True),
        sa.Column("moved_for", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_answer_targets_complaint_id_complaints")
        ),
        sa.PrimaryKeyConstraint("complaint_id", name=op.f("pk_answer_targets")),
    )
    op.create_index("ix_answer_targets_warn_at", "answer_targets", ["warn_at"], unique=False)
    # Those that are open already are worked out by the next sweep, as after a change of the calendar.
    op.execute(
        "INSERT INTO recounts (changes, made_at, reached) "
        "SELECT '[]', 0, 0 WHERE EXISTS (SELECT 1 FROM complaints)"
    )
    op.add_column("resets", sa.Column("warned_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("resets", "warned_at")
    op.drop_index("ix_answer_targets_warn_at", table_name="answer_targets")
    op.drop_table("answer_targets")
