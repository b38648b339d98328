"""Notices, their audiences, and what became of each copy."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _notice_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f(f"fk_{table}_notice_id_notices"))


def _person_key(table: str, column: str = "person_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=op.f(f"fk_{table}_{column}_people"))


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("service", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("on_version", sa.Integer(), nullable=False),
        sa.Column("made_by", _id(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by", _id(), nullable=True),
        sa.Column("seconded_by", _id(), nullable=True),
        sa.Column("frozen_at", sa.BigInteger(), nullable=True),
        sa.Column("stopped_at", sa.BigInteger(), nullable=True),
        sa.Column("recalled_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("card_at", sa.BigInteger(), nullable=True),
        _person_key("notices", "made_by"),
        _person_key("notices", "confirmed_by"),
        _person_key("notices", "seconded_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_state", "notices", ["state", "id"], unique=False)
    _history()
    _copies()
    op.create_table(
        "news_off",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat_id", name=op.f("pk_news_off")),
    )


def _history() -> None:
    op.create_table(
        "notice_versions",
        sa.Column("notice_id", _id(), nullable=False),
        sa.Column("on_version", sa.Integer(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("push", sa.LargeBinary(), nullable=True),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _notice_key("notice_versions"),
        _person_key("notice_versions"),
        sa.PrimaryKeyConstraint("notice_id", "on_version", name=op.f("pk_notice_versions")),
    )
    op.create_table(
        "notice_acts",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("notice_id", _id(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("on_version", sa.Integer(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _notice_key("notice_acts"),
        _person_key("notice_acts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_acts")),
    )
    op.create_index("ix_notice_acts_notice_id", "notice_acts", ["notice_id", "id"], unique=False)


def _copies() -> None:
    op.create_table(
        "notice_copies",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("notice_id", _id(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("on_version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        _notice_key("notice_copies"),
        _person_key("notice_copies"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_copies")),
    )
    waiting = ["notice_id", "state", "id", "platform"]
    op.create_index("ix_notice_copies_waiting", "notice_copies", waiting, unique=False)
    version = ["notice_id", "state", "on_version", "change"]
    op.create_index("ix_notice_copies_version", "notice_copies", version, unique=False)


def downgrade() -> None:
    op.drop_table("news_off")
    op.drop_index("ix_notice_copies_version", table_name="notice_copies")
    op.drop_index("ix_notice_copies_waiting", table_name="notice_copies")
    op.drop_table("notice_copies")
    op.drop_index("ix_notice_acts_notice_id", table_name="notice_acts")
    op.drop_table("notice_acts")
    op.drop_table("notice_versions")
    op.drop_index("ix_notices_state", table_name="notices")
    op.drop_table("notices")
