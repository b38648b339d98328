"""What a fair review and a faithful announcement need."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_UNTOLD = sa.text("state = 'unreachable' AND told_at IS NULL AND purpose IS NOT NULL")


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _case_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{table}_case_id_cases"))


def _person_key(table: str, column: str = "person_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=op.f(f"fk_{table}_{column}_people"))


_CORRECTION = sa.text("status = 'open' AND form = 'proposal' AND subject IS NOT NULL")


def upgrade() -> None:
    _cases()
    _review()
    _forms()
    _tracking()
    op.add_column("outbox", sa.Column("fallback", sa.LargeBinary(), nullable=True))
    op.add_column("outbox", sa.Column("told_at", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_outbox_missed",
        "outbox",
        ["platform", "chat_id", "id"],
        unique=False,
        sqlite_where=_UNTOLD,
        postgresql_where=_UNTOLD,
    )
    op.create_table(
        "office_settings",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("set_by", _id(), nullable=True),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        _person_key("office_settings", "set_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_settings")),
    )
    op.create_index("ix_office_settings_name", "office_settings", ["name", "id"], unique=False)


def _cases() -> None:
    op.add_column("cases", sa.Column("clock_from", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE cases SET clock_from = filed_at")
    op.add_column("cases", sa.Column("touched_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE cases SET touched_at = claimed_at")
    op.drop_index("ix_cases_queue", table_name="cases")
    op.create_index("ix_cases_queue", "cases", ["state", "clock_from", "id"], unique=False)
    op.create_index("ix_cases_touched", "cases", ["state", "touched_at"], unique=False)
    op.drop_index("ix_cases_filed_by", table_name="cases")
    op.create_index("ix_cases_filed_by", "cases", ["filed_by", "id", "state"], unique=False)
    op.add_column("case_events", sa.Column("details", sa.JSON(), nullable=True))


def _review() -> None:
    op.create_table(
        "proposal_versions",
        sa.Column("case_id", _id(), nullable=False),
        sa.Column("on_version", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        _case_key("proposal_versions"),
        sa.PrimaryKeyConstraint("case_id", "on_version", name=op.f("pk_proposal_versions")),
    )
    op.execute(
        "INSERT INTO proposal_versions (case_id, on_version, proposal, made_at) "
        "SELECT id, 1, proposal, filed_at FROM cases"
    )
    op.create_table(
        "pending_decisions",
        sa.Column("case_id", _id(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("on_version", sa.Integer(), nullable=False),
        sa.Column("person_id", _id(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        _case_key("pending_decisions"),
        _person_key("pending_decisions"),
        sa.PrimaryKeyConstraint("case_id", "on_version", name=op.f("pk_pending_decisions")),
    )
    op.create_index("ix_pending_decisions_due_at", "pending_decisions", ["due_at"], unique=False)
    op.create_table(
        "case_notes",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("case_id", _id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", _id(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        _case_key("case_notes"),
        _person_key("case_notes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
    )
    op.create_index("ix_case_notes_case_id", "case_notes", ["case_id", "id"], unique=False)


def _forms() -> None:
    """Of several open corrections of one case the newest stays."""
    op.execute(
        "UPDATE forms SET status = 'dropped' WHERE status = 'open' AND form = 'proposal' "
        "AND subject IS NOT NULL AND id NOT IN (SELECT max(id) FROM forms WHERE status = 'open' "
        "AND form = 'proposal' AND subject IS NOT NULL GROUP BY subject)"
    )
    op.create_index(
        "uq_forms_correction",
        "forms",
        ["subject"],
        unique=True,
        sqlite_where=_CORRECTION,
        postgresql_where=_CORRECTION,
    )


def _tracking() -> None:
    op.create_table(
        "followers",
        sa.Column("case_id", _id(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        _case_key("followers"),
        sa.PrimaryKeyConstraint("case_id", "platform", "chat_id", name=op.f("pk_followers")),
    )
    op.create_index("ix_followers_chat", "followers", ["platform", "chat_id"], unique=False)
    op.create_table(
        "case_terms",
        sa.Column("term", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", _id(), nullable=False),
        _case_key("case_terms"),
        sa.PrimaryKeyConstraint("term", "case_id", name=op.f("pk_case_terms")),
    )
    op.create_index("ix_case_terms_case_id", "case_terms", ["case_id"], unique=False)
    op.create_table(
        "link_codes",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", _id(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        _person_key("link_codes"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_link_codes")),
    )


def downgrade() -> None:
    op.drop_index("uq_forms_correction", table_name="forms")
    op.drop_index("ix_office_settings_name", table_name="office_settings")
    op.drop_table("office_settings")
    op.drop_index("ix_outbox_missed", table_name="outbox")
    op.drop_column("outbox", "told_at")
    op.drop_column("outbox", "fallback")
    op.drop_table("link_codes")
    op.drop_index("ix_case_terms_case_id", table_name="case_terms")
    op.drop_table("case_terms")
    op.drop_index("ix_followers_chat", table_name="followers")
    op.drop_table("followers")
    op.drop_index("ix_case_notes_case_id", table_name="case_notes")
    op.drop_table("case_notes")
    op.drop_index("ix_pending_decisions_due_at", table_name="pending_decisions")
    op.drop_table("pending_decisions")
    op.drop_table("proposal_versions")
    op.drop_column("case_events", "details")
    op.drop_index("ix_cases_filed_by", table_name="cases")
    op.create_index("ix_cases_filed_by", "cases", ["filed_by", "id"], unique=False)
    op.drop_index("ix_cases_touched", table_name="cases")
    op.drop_index("ix_cases_queue", table_name="cases")
    op.create_index("ix_cases_queue", "cases", ["state", "filed_at", "id"], unique=False)
    op.drop_column("cases", "touched_at")
    op.drop_column("cases", "clock_from")
