"""Names of persons as bytes: the store seals them when it is opened; until then they stand behind a mark.

A step has no key. The mark is no key's and no text's beginning, so nothing sealed is taken for clear, or
the other way round.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_NAMED = ("people", "invitations", "grant_proposals", "agency_officials")
_MARK = "00000000"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in _NAMED:
            _turn(table, "BYTEA", f"decode('{_MARK}', 'hex') || convert_to(name, 'UTF8')")
        return
    for table in _NAMED:
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                "name", type_=sa.LargeBinary(), existing_type=sa.Text(), existing_nullable=False
            )
        op.execute(f"UPDATE {table} SET name = CAST(x'{_MARK}' || CAST(name AS BLOB) AS BLOB)")  # noqa: S608


def downgrade() -> None:
    _insist_on_clear()
    if op.get_bind().dialect.name == "postgresql":
        for table in _NAMED:
            _turn(table, "TEXT", "convert_from(substr(name, 5), 'UTF8')")
        return
    for table in _NAMED:
        op.execute(f"UPDATE {table} SET name = substr(name, 5)")  # noqa: S608
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                "name", type_=sa.Text(), existing_type=sa.LargeBinary(), existing_nullable=False
            )


def _turn(table: str, into: str, made: str) -> None:
    op.execute(f"ALTER TABLE {table} ALTER COLUMN name TYPE {into} USING {made}")


def _insist_on_clear() -> None:
    """What is sealed cannot be made text again without the key."""
    mark = bytes.fromhex(_MARK)
    for table in map(sa.table, _NAMED):
        start = sa.func.substr(sa.column("name", sa.LargeBinary()), 1, len(mark), type_=sa.LargeBinary())
        if op.get_bind().scalar(sa.select(sa.func.count()).select_from(table).where(start != mark)):
            raise RuntimeError(f"{table.name}.name is sealed")
