"""Filed proposals, their history, and who may look at them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "case_codes",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_case_codes")),
    )
    op.create_table(
        "cases",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("form_id", _id(), nullable=False),
        sa.Column("agency_id", _id(), nullable=False),
        sa.Column("filed_by", _id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("holder", _id(), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("passcode_hash", sa.Text(), nullable=False),
        sa.Column("proposal", sa.LargeBinary(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("filed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_cases_agency_id_agencies")),
        sa.ForeignKeyConstraint(["code"], ["case_codes.code"], name=op.f("fk_cases_code_case_codes")),
        sa.ForeignKeyConstraint(["filed_by"], ["people.id"], name=op.f("fk_cases_filed_by_people")),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_cases_form_id_forms")),
        sa.ForeignKeyConstraint(["holder"], ["people.id"], name=op.f("fk_cases_holder_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("code", name=op.f("uq_cases_code")),
        sa.UniqueConstraint("form_id", name=op.f("uq_cases_form_id")),
    )
    op.create_index("ix_cases_agency_id", "cases", ["agency_id", "id"], unique=False)
    op.create_index("ix_cases_filed_by", "cases", ["filed_by", "id"], unique=False)
    op.create_index("ix_cases_holder", "cases", ["holder", "state"], unique=False)
    op.create_index("ix_cases_queue", "cases", ["state", "filed_at", "id"], unique=False)
    op.create_table(
        "case_events",
        sa.Column("id", _id(), autoincrement=True, nullable=False),
        sa.Column("case_id", _id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=True),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("on_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_case_events_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
    )
    op.create_index("ix_case_events_case_id", "case_events", ["case_id", "id"], unique=False)
    op.create_table(
        "ticks",
        sa.Column("case_id", _id(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("person_id", _id(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ticks_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ticks_person_id_people")),
        sa.PrimaryKeyConstraint("case_id", "condition", "person_id", name=op.f("pk_ticks")),
    )
    op.create_table(
        "views",
        sa.Column("case_id", _id(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_views_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "platform", "chat_id", name=op.f("pk_views")),
    )
    op.create_index("ix_views_until", "views", ["until"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_views_until", table_name="views")
    op.drop_table("views")
    op.drop_table("ticks")
    op.drop_index("ix_case_events_case_id", table_name="case_events")
    op.drop_table("case_events")
    op.drop_index("ix_cases_queue", table_name="cases")
    op.drop_index("ix_cases_holder", table_name="cases")
    op.drop_index("ix_cases_filed_by", table_name="cases")
    op.drop_index("ix_cases_agency_id", table_name="cases")
    op.drop_table("cases")
    op.drop_table("case_codes")
