"""Clean copies of files: what alone is shown of them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "file_copies",
        sa.Column("file_id", number, nullable=False),
        sa.Column("mime", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_file_copies_file_id_files")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file_copies")),
    )


def downgrade() -> None:
    op.drop_table("file_copies")
