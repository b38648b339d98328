"""The steps by which the tables came to be what they are, in numbered files."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

HEAD: Final = "0025"
"""The last step; known without reading the files, so that a start costs one query."""


def is_current(connection: Connection) -> bool:
    """Whether every step has been taken."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    return connection.scalars(text("SELECT version_num FROM alembic_version")).all() == [HEAD]


def is_begun(connection: Connection) -> bool:
    """Whether any step has been taken."""
    return inspect(connection).has_table("alembic_version")


def migrate(connection: Connection, revision: str = "head") -> None:
    """Take the steps up to this one, in the transaction that the connection is in."""
    _run(connection, "upgrade", revision)


def step_back(connection: Connection, revision: str) -> None:
    """Undo the steps after this one (`base`: all), in the transaction that the connection is in."""
    _run(connection, "downgrade", revision)


def _run(connection: Connection, direction: str, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - slow to import, and seldom needed
    from alembic.config import Config  # noqa: PLC0415 - same

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent))
    getattr(command, direction)(config, revision)
