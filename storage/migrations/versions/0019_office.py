"""What the office's lists and switches remember of who changed them, and whose an account was."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    _former_accounts()
    op.create_table(
        "agency_switches",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("agency_id", _id(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("set_by", _id(), nullable=True),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        _key("agency_switches", "agency_id", "agencies"),
        _key("agency_switches", "set_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_switches")),
    )
    op.create_index("ix_agency_switches_agency_id", "agency_switches", ["agency_id", "id"], unique=False)
    _resets()


def _resets() -> None:
    op.add_column("resets", sa.Column("prompted_at", sa.BigInteger(), nullable=True))
    op.add_column("resets", sa.Column("told_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE resets SET prompted_at = asked_at")
    op.execute("UPDATE resets SET told_at = ended_at WHERE outcome = 'expired'")
    untold = sa.text("outcome = 'expired' AND told_at IS NULL")
    op.create_index(
        "ix_resets_untold", "resets", ["id"], unique=False, sqlite_where=untold, postgresql_where=untold
    )


def _former_accounts() -> None:
    op.create_table(
        "former_accounts",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", _id(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        _key("former_accounts", "person_id", "people"),
        sa.PrimaryKeyConstraint("platform", "user_id", "person_id", name=op.f("pk_former_accounts")),
    )
    # Accounts cut off before are known by the cases that were filed from their chats.
    op.execute(
        "INSERT INTO former_accounts (platform, user_id, person_id, until)"
        " SELECT chats.platform, chats.user_id, cases.filed_by, MAX(cases.filed_at) FROM cases"
        " JOIN chats ON chats.platform = cases.platform AND chats.chat_id = cases.chat_id"
        " LEFT JOIN accounts ON accounts.platform = chats.platform AND accounts.user_id = chats.user_id"
        " AND accounts.person_id = cases.filed_by"
        " WHERE chats.user_id IS NOT NULL AND accounts.person_id IS NULL"
        " GROUP BY chats.platform, chats.user_id, cases.filed_by"
    )


def downgrade() -> None:
    op.drop_index("ix_resets_untold", "resets")
    op.drop_column("resets", "told_at")
    op.drop_column("resets", "prompted_at")
    op.drop_table("former_accounts")
    op.drop_table("agency_switches")
