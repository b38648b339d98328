"""Grants by two admins, officials, substitutes, requests about own data."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
