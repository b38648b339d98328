"""The catalogues that the office edits, and the authorised officials of agencies."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "catalogue_entries",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("set_by", _id(), nullable=True),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        _key("catalogue_entries", "set_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entries")),
        sa.UniqueConstraint(
            "catalogue", "code", "version", name=op.f("uq_catalogue_entries_catalogue_code_version")
        ),
    )
    op.create_table(
        "agency_names",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("agency_id", _id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("set_by", _id(), nullable=True),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        _key("agency_names", "agency_id", "agencies"),
        _key("agency_names", "set_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_names")),
    )
    op.create_index("ix_agency_names_agency_id", "agency_names", ["agency_id", "id"], unique=False)
    op.create_table(
        "agency_officials",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("agency_id", _id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("set_by", _id(), nullable=True),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_by", _id(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _key("agency_officials", "agency_id", "agencies"),
        _key("agency_officials", "set_by", "people"),
        _key("agency_officials", "ended_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_officials")),
    )
    op.create_index("ix_agency_officials_agency_id", "agency_officials", ["agency_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("agency_officials")
    op.drop_table("agency_names")
    op.drop_table("catalogue_entries")
