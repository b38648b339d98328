"""When the audit's end was shown last is read from its own rows: a moment beside them could be moved."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_ANCHORS = sa.text("deed = 'anchor'")


def upgrade() -> None:
    op.create_index("ix_audit_anchors", "audit", ["number"], sqlite_where=_ANCHORS, postgresql_where=_ANCHORS)
    op.drop_column("audit_head", "anchored_at")


def downgrade() -> None:
    op.add_column("audit_head", sa.Column("anchored_at", sa.BigInteger(), nullable=True))
    op.drop_index("ix_audit_anchors", table_name="audit")
