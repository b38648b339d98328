"""Statements, each written once: SQLAlchemy makes the SQL, the driver runs it.

SQLAlchemy's own way from a statement to its rows costs several times what the driver does. A statement
that stands in a module is run again and again, so its SQL, the order of its parameters and what turns values
into columns and back are worked out once and kept. One made on the spot is met once, and goes SQLAlchemy's
way.

What was read is not read again as long as the transaction writes nothing: one update's way to its handler
asks for the open form and the same settings several times.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from weakref import WeakKeyDictionary

from sqlalchemy import CompoundSelect, Connection, Delete, Dialect, Insert, Row, Select, Update
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Values: TypeAlias = Mapping[str, Any]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
Process: TypeAlias = Callable[[Any], Any]

FEW: Final = 100
"""Rows of one reading that are kept for the next."""

_PLAIN: Final = (Select, CompoundSelect, Insert, Update, Delete)


class Found:
    """The rows that a statement gave, all of them, and how many it touched."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: Sequence[AnyRow], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[AnyRow]:
        return iter(self._rows)

    def all(self) -> Sequence[AnyRow]:
        """Every row."""
        return self._rows

    def first(self) -> AnyRow | None:
        """The first row, or None."""
        return self._rows[0] if self._rows else None

    def one(self) -> AnyRow:
        """The one row that there must be."""
        (row,) = self._rows
        return row

    def scalars(self) -> Sequence[Any]:
        """The first column of every row."""
        return [row[0] for row in self._rows]

    def scalar_one(self) -> Any:  # noqa: ANN401 - whatever the column holds
        """The first column of the one row that there must be."""
        return self.one()[0]

    def scalar_one_or_none(self) -> Any:  # noqa: ANN401 - as above
        """The same, or None without a row."""
        return self.one()[0] if self._rows else None


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """One statement as the driver takes it, for one set of parameter names.

    Attributes:
        order: the names behind the question marks; None where parameters are given by name.
        constants: parameters that the statement itself holds.
        into: what turns a given value into a column.
        keys: the names of the columns that it gives; None where it gives no rows.
        out: what turns them back, by column; None where nothing has to be turned.
        reads: it looks at rows and does nothing to them; one that locks them waits for others' writes.
    """

    sql: str
    order: tuple[str, ...] | None
    constants: dict[str, Any]
    into: tuple[tuple[str, Process], ...]
    keys: SimpleResultMetaData | None
    out: tuple[Any, ...] | None
    reads: bool

    def parameters(self, values: Values) -> Any:  # noqa: ANN401 - what a driver takes
        """The values as this statement's parameters.

        Raises:
            KeyError: one is missing.
        """
        given = {**self.constants, **values}
        for name, process in self.into:
            given[name] = process(given[name])
        return given if self.order is None else [given[name] for name in self.order]

    def found(self, cursor: DBAPICursor) -> Found:
        """What the driver brings."""
        if self.keys is None:
            return Found((), cursor.rowcount)
        keys, out = self.keys, self.out
        index = keys._key_to_index  # noqa: SLF001 - a row is made of it; a contract test watches it
        rows: list[AnyRow] = [Row(keys, out, index, data) for data in cursor.fetchall()]
        return Found(rows, cursor.rowcount)


class Statements:
    """The prepared statements of one engine."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Executable, dict[tuple[str, ...], Prepared | None]] = (
            WeakKeyDictionary()
        )

    def prepared(self, statement: Executable, values: Values, dialect: Dialect) -> Prepared | None:
        """The statement prepared, or None where it goes SQLAlchemy's way: at the first meeting, say."""
        kept = self._known.get(statement)
        if kept is None:
            self._known[statement] = {}
            return None
        names = tuple(values)
        if names not in kept:
            kept[names] = _prepare(statement, names, dialect)
        return kept[names]


class Running:
    """A connection on which statements are run."""

    def __init__(self, connection: Connection, statements: Statements) -> None:
        self._connection = connection
        self._statements = statements
        self._driver: Any = connection.connection.driver_connection
        self._read: dict[tuple[Any, ...], Found] = {}

    def execute(self, statement: Executable, values: Values | Sequence[Values] | None = None) -> Found:
        """Run a statement: once, or once for each of several sets of values.

        Raises:
            DBAPIError: as SQLAlchemy's own.
        """
        if values is None or isinstance(values, Mapping):
            return self._once(statement, values or {})
        self._read.clear()
        prepared = self._prepared(statement, values[0])
        if prepared is None or prepared.keys is not None:
            return self._through_sqlalchemy(statement, values)
        return self._run(prepared, self._run_many, [prepared.parameters(each) for each in values])

    def _once(self, statement: Executable, values: Values) -> Found:
        prepared = self._prepared(statement, values)
        if prepared is not None and prepared.reads:
            return self._look(prepared, values)
        self._read.clear()
        if prepared is None:
            return self._through_sqlalchemy(statement, values)
        return self._run(prepared, self._driver.execute, prepared.parameters(values))

    def _look(self, prepared: Prepared, values: Values) -> Found:
        """The rows as they were read last, or as they are."""
        asked = (prepared, *values.values())  # in the order of the names that it was prepared for
        try:
            if (found := self._read.get(asked)) is not None:
                return found
        except TypeError:  # a list among the values
            return self._run(prepared, self._driver.execute, prepared.parameters(values))
        found = self._run(prepared, self._driver.execute, prepared.parameters(values))
        if len(found.all()) <= FEW:
            self._read[asked] = found
        return found

    def _prepared(self, statement: Executable, values: Values) -> Prepared | None:
        return self._statements.prepared(statement, values, self._connection.dialect)

    def _through_sqlalchemy(self, statement: Executable, values: Values | Sequence[Values]) -> Found:
        result = self._connection.execute(statement, values or None)
        rows = result.all() if result.returns_rows else ()
        return Found(rows, result.rowcount)

    def begin(self) -> None:
        """A transaction begins: what was read in another is not known."""
        self._read.clear()

    def mark(self) -> None:
        """Begin a part of the transaction that can be undone by itself."""
        self._driver.execute("SAVEPOINT part")

    def undo(self) -> None:
        """Undo everything since the mark."""
        self._read.clear()
        self._driver.execute("ROLLBACK TO SAVEPOINT part")

    def release(self) -> None:
        """Give the mark up; what was done since stays."""
        self._driver.execute("RELEASE SAVEPOINT part")

    def scalars(self, statement: Executable, values: Values | None = None) -> Sequence[Any]:
        """The first column of every row."""
        return self.execute(statement, values).scalars()

    def scalar(self, statement: Executable, values: Values | None = None) -> Any:  # noqa: ANN401 - as above
        """The first column of the first row, or None."""
        found = self.execute(statement, values).first()
        return None if found is None else found[0]

    def _run_many(self, sql: str, many: Sequence[Any]) -> Any:  # noqa: ANN401 - the driver's cursor
        cursor = self._driver.cursor()
        cursor.executemany(sql, many)
        return cursor

    def _run(self, prepared: Prepared, run: Callable[[str, Any], Any], parameters: object) -> Found:
        dialect = self._connection.dialect
        errors = dialect.loaded_dbapi.Error
        try:
            return prepared.found(run(prepared.sql, parameters))
        except errors as error:
            lost = dialect.is_disconnect(error, self._driver, None)
            if lost:
                self._connection.invalidate(error)
            raise DBAPIError.instance(
                prepared.sql,
                None,
                error,
                errors,
                hide_parameters=True,
                connection_invalidated=lost,
                dialect=dialect,
            ) from error


def _prepare(statement: Executable, names: tuple[str, ...], dialect: Dialect) -> Prepared | None:
    if not isinstance(statement, _PLAIN):
        return None
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    if not isinstance(compiled, SQLCompiler) or compiled.post_compile_params or compiled.prefetch:
        return None
    columns = list(statement.exported_columns)
    into = {
        name: process
        for bind, name in compiled.bind_names.items()
        if (process := _impl(bind.type, dialect).bind_processor(dialect)) is not None
    }
    held = {name: bind.value for bind, name in compiled.bind_names.items() if not bind.required}
    out = tuple(_impl(column.type, dialect).result_processor(dialect, None) for column in columns)
    return Prepared(
        sql=str(compiled),
        order=tuple(compiled.positiontup) if compiled.positiontup is not None else None,
        constants=held,
        into=tuple(into.items()),
        keys=SimpleResultMetaData([column.name for column in columns]) if columns else None,
        out=out if any(out) else None,
        reads=_reads(statement),
    )


def _reads(statement: Executable) -> bool:
    """Whether it only looks; nothing public tells of a lock, so a test watches this."""
    return isinstance(statement, Select | CompoundSelect) and statement._for_update_arg is None  # noqa: SLF001


def _impl(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)
