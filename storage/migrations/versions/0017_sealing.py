"""Keys of forms and of their cases, and which form a file belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "form_keys",
        sa.Column("form_id", _id(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("destroyed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["form_id"], ["forms.id"], name=op.f("fk_form_keys_form_id_forms")),
        sa.PrimaryKeyConstraint("form_id", name=op.f("pk_form_keys")),
    )
    op.add_column("files", sa.Column("form_id", _id(), nullable=True))
    op.create_index("ix_files_form_id", "files", ["form_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_files_form_id", table_name="files")
    op.drop_column("files", "form_id")
    op.drop_table("form_keys")
