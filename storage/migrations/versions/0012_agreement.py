"""The agreement by version, who accepted which, and what the figures are counted by."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def _person_key(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=op.f(f"fk_{table}_{column}_people"))


def upgrade() -> None:
    person = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "agreement_versions",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("edited_by", person, nullable=False),
        sa.Column("edited_at", sa.BigInteger(), nullable=False),
        sa.Column("effective_from", sa.Text(), nullable=True),
        sa.Column("published_by", person, nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        _person_key("agreement_versions", "edited_by"),
        _person_key("agreement_versions", "published_by"),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_agreement_versions")),
    )
    op.create_table(
        "agreement_acceptances",
        sa.Column("person_id", person, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _person_key("agreement_acceptances", "person_id"),
        sa.PrimaryKeyConstraint("person_id", "version", name=op.f("pk_agreement_acceptances")),
    )
    # Whatever was filed before was filed under the customer's first version.
    op.add_column("cases", sa.Column("terms_version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("cases", sa.Column("debt_type", sa.Text(), nullable=True))
    op.create_index(
        "ix_cases_without_debt_type",
        "cases",
        ["id"],
        unique=False,
        sqlite_where=sa.text("debt_type IS NULL"),
        postgresql_where=sa.text("debt_type IS NULL"),
    )
    op.create_index("ix_case_events_at", "case_events", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_case_events_at", table_name="case_events")
    op.drop_index("ix_cases_without_debt_type", table_name="cases")
    op.drop_column("cases", "debt_type")
    op.drop_column("cases", "terms_version")
    op.drop_table("agreement_acceptances")
    op.drop_table("agreement_versions")
