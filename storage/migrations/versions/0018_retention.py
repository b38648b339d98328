"""What is held back from erasure, and what was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _person(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=op.f(f"fk_holds_{column}_people"))


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("placed_by", _id(), nullable=True),
        sa.Column("placed_at", sa.BigInteger(), nullable=False),
        sa.Column("lifted_by", _id(), nullable=True),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        _person("placed_by"),
        _person("lifted_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index(
        "uq_holds_standing",
        "holds",
        ["kind", "subject"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "erasures",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", _id(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_erasures")),
    )


def downgrade() -> None:
    op.drop_table("erasures")
    op.drop_index("uq_holds_standing", table_name="holds")
    op.drop_table("holds")
