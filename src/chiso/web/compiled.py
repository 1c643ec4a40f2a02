"""What pages ask and write all the time: the SQL is worked out once in a process, not for every request.

Building a query and compiling it takes Django several times as long as the database needs to answer it. A compiled
query is written as any other, as a function of named values; its SQL is kept, and each use puts the values in. Nothing
that the database answers is kept. PostgreSQL keeps the statements too, planned: to plan one takes it ten times as long
as to carry it out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DatabaseError, connection
from django.db.models import ForeignKey, JSONField, Model, QuerySet
from django.db.transaction import TransactionManagementError

#: A value that a compiled query may depend on.
Value = int | str | dt.date

M = TypeVar("M", bound=Model)

#: Where a value belongs in the SQL that Django makes.
_PLACE = re.compile("(?<!%)%s")

#: What stands for values while the SQL is worked out; no query of ours holds such values itself.
_MARKS: dict[type[Value], Callable[[int], Value]] = {
    int: lambda at: 8_111_111_111 + at,
    str: lambda at: f"\u241f{at}",
    dt.date: lambda at: dt.date(8111, 1, 1 + at),
}


@dataclass(frozen=True, slots=True)
class _Sql:
    """SQL with its parameters; ``places``: at which of them which value belongs; how columns become Python's."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]
    converters: tuple[tuple[int, Any, Any], ...]


class Compiled:
    """A query of rows, as ``values_list`` gives them, compiled for values of some kinds."""

    def __init__(self, query: Callable[..., QuerySet[Any, Any]], **kinds: type[Value]) -> None:
        """Take a function from values to a query, and the kind of each value."""
        self._query, self._kinds = query, kinds
        self._compiled: dict[str, _Sql] = {}

    def rows(self, *, locked: str = "", part: slice | None = None, **values: Value) -> list[list[Any]]:
        """Return the rows for some values, all or the ``part`` from a start to a stop.

        ``locked`` names the table whose rows nobody else may change meanwhile.

        Raises:
            TransactionManagementError: rows are locked outside of a transaction.
        """
        made = self._compiled.get(connection.vendor)
        if made is None:
            made = self._compiled[connection.vendor] = self._compile()
        params = list(made.params)
        for at, name in made.places:
            params[at] = _adapted(values[name])
        sql = made.sql + _locking(locked) if locked else made.sql
        if part is not None:
            sql += " LIMIT %s OFFSET %s"
            params += [part.stop - part.start, part.start]
        rows = [list(row) for row in _answered(sql, params)[0]]
        for at, convert, expression in made.converters:
            for row in rows:
                row[at] = convert(row[at], expression, connection)
        return rows

    def _compile(self) -> _Sql:
        marks = {name: _MARKS[kind](at) for at, (name, kind) in enumerate(self._kinds.items())}
        compiler = self._query(**marks).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        named = {_adapted(mark): name for name, mark in marks.items()}
        places = tuple((at, named[one]) for at, one in enumerate(params) if isinstance(one, Value) and one in named)
        assert {name for _, name in places} == marks.keys(), f"values are not found in {sql}"
        found = compiler.get_converters([one for one, _, _ in compiler.select])
        converters = [(at, convert, expression) for at, (several, expression) in found.items() for convert in several]
        return _Sql(sql, tuple(params), places, tuple(converters))


def _adapted(value: Value) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


def _locking(table: str) -> str:
    if not connection.in_atomic_block:
        raise TransactionManagementError("rows are locked inside a transaction")
    # SQLite's transactions lock the whole database when they begin.
    return f' FOR UPDATE OF "{table}"' if connection.features.has_select_for_update_of else ""


def _answered(sql: str, params: Sequence[Any]) -> tuple[list[Any], int]:
    """Carry out a statement; return the rows it gives, and how many it has changed.

    The database keeps the statement ready: the same text for the same question. Django's own cursors write the values
    into the text for PostgreSQL, which plans it anew each time, and put their marks into it anew for SQLite.
    """
    if connection.vendor == "sqlite" and not connection.queries_logged and not connection.execute_wrappers:
        connection.ensure_connection()
        with connection.wrap_database_errors:
            cursor = connection.connection.execute(_marked(sql), params)
            return cursor.fetchall(), cursor.rowcount
    with _cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else [], cursor.rowcount


def _cursor() -> Any:
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection._prepare_cursor(psycopg.Cursor(connection.connection))  # type: ignore[attr-defined]


@lru_cache(maxsize=1024)
def _marked(sql: str) -> str:
    """Return a statement with SQLite's own marks where values belong."""
    return _PLACE.sub("?", sql).replace("%%", "%")


class Joined(Generic[M]):
    """Objects with those that they refer to, made from rows of a compiled query as ``select_related`` would."""

    def __init__(self, model: type[M], *path: str, without: Sequence[str] = ()) -> None:
        """Take the model, the names of foreign keys that lead on from one to the next, and columns to leave out."""
        self._steps: list[tuple[type[Model], Any, list[str]]] = []
        #: What ``values_list`` has to name; a query may ask for more behind it.
        self.names: list[str] = []
        here: type[Model] = model
        field, prefix = None, ""
        for name in (*path, ""):
            columns = [one.attname for one in here._meta.concrete_fields if one.name not in without]
            self._steps.append((here, field, columns))
            self.names += [prefix + one for one in columns]
            if name:
                field = here._meta.get_field(name)
                assert isinstance(field, ForeignKey)
                here, prefix = field.related_model, f"{prefix}{name}__"

    def made(self, row: Sequence[Any]) -> M:
        """Return the object of a row."""
        at = 0
        objects: list[Any] = []
        for model, field, columns in self._steps:
            one = model.from_db(connection.alias, columns, row[at : at + len(columns)])
            if field is not None:
                field.set_cached_value(objects[-1], one)
            objects.append(one)
            at += len(columns)
        made: M = objects[0]
        return made


def insert(row: Model) -> None:
    """Write a new row of a table to which nothing listens, and give it its primary key."""
    table, fields = row._meta, _filled_in(type(row))
    columns = ", ".join(f'"{one.column}"' for one in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{table.db_table}" ({columns}) VALUES ({places}) RETURNING "{table.pk.column}"'  # noqa: S608
    [[row.pk]], _changed = _answered(sql, [_kept(row, one) for one in fields])
    row._state.adding, row._state.db = False, connection.alias


def update(row: Model, *names: str) -> None:
    """Write some fields of a row that is there, and to which nothing listens.

    Raises:
        DatabaseError: the row is not there any more.
    """
    table = row._meta
    fields: list[Any] = [table.get_field(one) for one in names]
    places = ", ".join(f'"{one.column}" = %s' for one in fields)
    sql = f'UPDATE "{table.db_table}" SET {places} WHERE "{table.pk.column}" = %s'  # noqa: S608 - names of our own
    _rows, changed = _answered(sql, [*(_kept(row, one) for one in fields), row.pk])
    if changed != 1:
        raise DatabaseError(f"{row} is not there any more")


@cache
def _filled_in(model: type[Model]) -> list[Any]:
    return [one for one in model._meta.concrete_fields if not one.primary_key]


def _kept(row: Model, field: Any) -> Any:
    value = getattr(row, field.attname)
    # Words and numbers go as they are; to have Django find that out for each of them costs more than to write it.
    if type(value) in (str, int) and not isinstance(field, JSONField):
        return value
    return field.get_db_prep_save(value, connection)
