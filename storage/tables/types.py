"""Column types that mean the same on every engine."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Dialect, Integer, MetaData, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970, rounded down; whole-number arithmetic, so the year 9000 is exact too."""
    return (moment - _EPOCH) // _MILLISECOND


def moment_of(number: int) -> datetime:
    """The aware UTC moment so many milliseconds after 1970."""
    return _EPOCH + timedelta(milliseconds=number)


NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""A moment that is kept where there is none, so that rows without one come last in the order of an index."""


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept as whole milliseconds since 1970 (UTC)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Aware moment → number; a moment without a zone is a programming error (TypeError)."""
        return None if value is None else milliseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Number → aware UTC moment."""
        return None if value is None else moment_of(value)


Key: TypeEngine[str] = Text().with_variant(Text(collation="C"), "postgresql")
"""Text compared byte by byte on both engines, so that a prefix is a range of the index."""


def id_column() -> Column[Any]:
    """The row's own number, counted by the engine."""
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
