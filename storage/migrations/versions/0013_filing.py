"""The officer's day: co-signatures, copies, reviews asked for."""

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
