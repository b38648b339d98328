"""Where the other ways of an outbox row lead, and what has moved the target of a forgotten secret.

A step has no key: rows that wait stay without the chats of their ways, and are opened as before until they
are gone.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_MAY_GO_ELSEWHERE = sa.text("due_at IS NOT NULL AND fallback IS NOT NULL")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("fallback_to", sa.Text(), nullable=True))
    op.create_index(
        "ix_outbox_fallback",
        "outbox",
        ["fallback_to"],
        unique=False,
        sqlite_where=_MAY_GO_ELSEWHERE,
        postgresql_where=_MAY_GO_ELSEWHERE,
    )
    op.add_column("resets", sa.Column("moved_from", sa.BigInteger(), nullable=True))
    op.add_column("resets", sa.Column("moved_for", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("resets", "moved_for")
    op.drop_column("resets", "moved_from")
    op.drop_index("ix_outbox_fallback", table_name="outbox")
    op.drop_column("outbox", "fallback_to")
