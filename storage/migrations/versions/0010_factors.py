"""Second factors, and the resets of forgotten secrets."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    _resets()
    _factors()
    _signing()


def _resets() -> None:
    op.create_table(
        "resets",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("case_id", _id(), nullable=True),
        sa.Column("owner", _id(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("holder", _id(), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("issued_at", sa.BigInteger(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("reminded_at", sa.BigInteger(), nullable=True),
        _key("resets", "case_id", "cases"),
        _key("resets", "owner", "people"),
        _key("resets", "holder", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resets")),
    )
    for name, columns, where, unique in (
        ("uq_resets_case", ["case_id"], "outcome IS NULL AND case_id IS NOT NULL", True),
        ("uq_resets_factor", ["owner"], "outcome IS NULL AND case_id IS NULL", True),
        ("ix_resets_open", ["id"], "outcome IS NULL", False),
    ):
        some = sa.text(where)
        op.create_index(name, "resets", columns, unique=unique, sqlite_where=some, postgresql_where=some)
    op.create_index("uq_resets_token_hash", "resets", ["token_hash"], unique=True)
    op.create_index("ix_resets_asked_at", "resets", ["asked_at"], unique=False)
    op.create_table(
        "secret_events",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("owner", _id(), nullable=False),
        sa.Column("case_id", _id(), nullable=True),
        sa.Column("reset_id", _id(), nullable=True),
        sa.Column("by", _id(), nullable=True),
        _key("secret_events", "owner", "people"),
        _key("secret_events", "case_id", "cases"),
        _key("secret_events", "reset_id", "resets"),
        _key("secret_events", "by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secret_events")),
    )
    op.create_index("ix_secret_events_owner", "secret_events", ["owner", "id"], unique=False)
    op.create_index("ix_secret_events_case_id", "secret_events", ["case_id", "id"], unique=False)


def _factors() -> None:
    op.create_table(
        "factors",
        sa.Column("person_id", _id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("dead_at", sa.BigInteger(), nullable=True),
        _key("factors", "person_id", "people"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_factors")),
    )
    op.create_table(
        "factor_setups",
        sa.Column("person_id", _id(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("reset_id", _id(), nullable=True),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        _key("factor_setups", "person_id", "people"),
        _key("factor_setups", "reset_id", "resets"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_factor_setups")),
    )
    op.create_index("ix_factor_setups_begun_at", "factor_setups", ["begun_at"], unique=False)


def _signing() -> None:
    op.create_table(
        "signings",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", _id(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        _key("signings", "person_id", "people"),
        sa.PrimaryKeyConstraint("platform", "chat_id", name=op.f("pk_signings")),
    )
    op.create_index("ix_signings_person_id", "signings", ["person_id"], unique=False)
    op.create_table(
        "unsigned_forms",
        sa.Column("form_id", _id(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        _key("unsigned_forms", "form_id", "forms"),
        sa.PrimaryKeyConstraint("form_id", name=op.f("pk_unsigned_forms")),
    )
    op.create_index("ix_unsigned_forms_since", "unsigned_forms", ["since"], unique=False)


def downgrade() -> None:
    op.drop_table("unsigned_forms")
    op.drop_table("signings")
    op.drop_table("factor_setups")
    op.drop_table("factors")
    op.drop_table("secret_events")
    op.drop_table("resets")
