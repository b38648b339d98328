"""Digests of passcodes and PINs as bytes, and a mark before what is bound to more than its row from now on.

A step has no key: the store seals what stands behind the mark when it is opened, once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_DIGESTS = (
    ("cases", "passcode_hash", "passcode"),
    ("complaints", "passcode_hash", "passcode"),
    ("factors", "digest", "pin"),
    ("factor_setups", "digest", "pin"),
)
_BOUND = (("cases", "proposal"), ("factors", "secret"), ("factor_setups", "secret"))
_MARK = "00000000"
_ERASED = "form_id IN (SELECT form_id FROM form_keys WHERE length(sealed) = 0)"


def upgrade() -> None:
    on_server = op.get_bind().dialect.name == "postgresql"
    text = f"decode('{_MARK}', 'hex') || convert_to({{}}, 'UTF8')"
    text = text if on_server else f"CAST(x'{_MARK}' || CAST({{}} AS BLOB) AS BLOB)"
    for table, old, new in _DIGESTS:
        op.add_column(table, sa.Column(new, sa.LargeBinary(), nullable=True))
        op.execute(f"UPDATE {table} SET {new} = {text.format(old)} WHERE {old} <> ''")  # noqa: S608
        op.drop_column(table, old)
    marked = f"decode('{_MARK}', 'hex') || {{}}" if on_server else f"CAST(x'{_MARK}' || {{}} AS BLOB)"
    for table, column in _BOUND:
        # What was erased has no key to be sealed with.
        stands = f"length({column}) > 0" + (f" AND NOT {_ERASED}" if table == "cases" else "")
        op.execute(f"UPDATE {table} SET {column} = {marked.format(column)} WHERE {stands}")  # noqa: S608


def downgrade() -> None:
    _insist_on_marks()
    on_server = op.get_bind().dialect.name == "postgresql"
    for table, column in _BOUND:
        stands = f"length({column}) > 0" + (f" AND NOT {_ERASED}" if table == "cases" else "")
        op.execute(f"UPDATE {table} SET {column} = substr({column}, 5) WHERE {stands}")  # noqa: S608
    text = "convert_from(substr({}, 5), 'UTF8')" if on_server else "CAST(substr({}, 5) AS TEXT)"
    for table, old, new in _DIGESTS:
        is_due = table == "cases"
        op.add_column(
            table, sa.Column(old, sa.Text(), nullable=not is_due, server_default="" if is_due else None)
        )
        op.execute(f"UPDATE {table} SET {old} = {text.format(new)} WHERE length({new}) > 0")  # noqa: S608
        op.drop_column(table, new)


def _insist_on_marks() -> None:
    """What is sealed cannot be made what it was without the key."""
    mark = bytes.fromhex(_MARK)
    for name, column in (*((table, new) for table, _, new in _DIGESTS), *_BOUND):
        value = sa.column(column, sa.LargeBinary())
        query = sa.select(sa.func.count()).select_from(sa.table(name))
        query = query.where(sa.func.length(value) > 0, sa.func.substr(value, 1, 4, type_=value.type) != mark)
        if name == "cases":
            query = query.where(sa.text(f"NOT {_ERASED}"))
        if op.get_bind().scalar(query):
            raise RuntimeError(f"{name}.{column} is sealed")
