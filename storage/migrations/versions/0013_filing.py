"""The officer's day: who owes what, drafts that expire, reviews asked for, co-signatures."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.add_column("agencies", sa.Column("cosign", sa.Boolean(), nullable=False, server_default=sa.false()))
    _drafts()
    _debts()
    _reviews()
    _cosignatures()


def _drafts() -> None:
    op.add_column("forms", sa.Column("nudged_at", sa.BigInteger(), nullable=True))
    op.add_column("forms", sa.Column("expired_at", sa.BigInteger(), nullable=True))
    op.add_column("forms", sa.Column("restorable_until", sa.BigInteger(), nullable=True))
    for name, column, where in (
        ("ix_forms_idle", "updated_at", "status = 'open' AND form = 'proposal' AND subject IS NULL"),
        ("ix_forms_expired", "expired_at", "status = 'expired'"),
    ):
        some = sa.text(where)
        op.create_index(name, "forms", [column], unique=False, sqlite_where=some, postgresql_where=some)


def _debts() -> None:
    op.create_table(
        "case_debts",
        sa.Column("case_id", _id(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        _key("case_debts", "case_id", "cases"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_debts")),
    )
    op.create_index("ix_case_debts_digest", "case_debts", ["digest"], unique=False)


def _reviews() -> None:
    op.create_table(
        "review_requests",
        sa.Column("case_id", _id(), nullable=False),
        sa.Column("refused_on", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("holder", _id(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        _key("review_requests", "case_id", "cases"),
        _key("review_requests", "holder", "people"),
        sa.PrimaryKeyConstraint("case_id", "refused_on", name=op.f("pk_review_requests")),
    )
    waits = sa.text("outcome IS NULL OR outcome = 'recommended'")
    op.create_index(
        "ix_review_requests_waiting",
        "review_requests",
        ["asked_at"],
        unique=False,
        sqlite_where=waits,
        postgresql_where=waits,
    )


def _cosignatures() -> None:
    op.create_table(
        "cosignatures",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("form_id", _id(), nullable=False),
        sa.Column("officer", _id(), nullable=False),
        sa.Column("agency_id", _id(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("case_id", _id(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _key("cosignatures", "form_id", "forms"),
        _key("cosignatures", "officer", "people"),
        _key("cosignatures", "agency_id", "agencies"),
        _key("cosignatures", "person_id", "people"),
        _key("cosignatures", "case_id", "cases"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cosignatures")),
    )
    op.create_index("uq_cosignatures_token_hash", "cosignatures", ["token_hash"], unique=True)
    op.create_index("ix_cosignatures_case_id", "cosignatures", ["case_id"], unique=False)
    waits = sa.text("outcome IS NULL")
    for name, column, unique in (
        ("uq_cosignatures_form_id", "form_id", True),
        ("ix_cosignatures_waiting", "expires_at", False),
    ):
        op.create_index(
            name, "cosignatures", [column], unique=unique, sqlite_where=waits, postgresql_where=waits
        )


def downgrade() -> None:
    for table in ("cosignatures", "review_requests", "case_debts"):
        op.drop_table(table)
    for index in ("ix_forms_expired", "ix_forms_idle"):
        op.drop_index(index, table_name="forms")
    op.drop_column("forms", "restorable_until")
    op.drop_column("forms", "expired_at")
    op.drop_column("forms", "nudged_at")
    op.drop_column("agencies", "cosign")
