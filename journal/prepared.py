"""Hot querysets whose SQL is written once instead of at every request.

Django takes several times as long to write a statement as the database takes to answer it.
A ``Prepared`` keeps the statement and fills in the values::

    _BY_ID = Prepared(lambda public_id: Invitation.objects.filter(public_id=public_id), str)
    guest = _BY_ID.first(public_id)

What it reads is as fresh as from any queryset; only the text of the statement is kept, for each
language, since translated columns differ. The values are text, whole numbers or times that are
compared as they are, never ``None``; a queryset with ``prefetch_related`` is refused, and one
that locks its rows is called inside a transaction.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections, models
from django.db.transaction import TransactionManagementError
from django.utils.translation import get_language

Value = str | int | dt.datetime


@dataclass(frozen=True)
class _Statement:
    """``places`` says for each parameter which of the caller's values it is, or ``None``."""

    queryset: Any
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    places: tuple[int | None, ...]

    def filled(self, values: list[Any]) -> tuple[Any, ...]:
        pairs = zip(self.places, self.params, strict=True)
        return tuple(param if place is None else values[place] for place, param in pairs)


class Prepared:
    """Calls ``make`` once with a stand-in for each of ``kinds``; the object is the query."""

    def __init__(self, make: Callable[..., models.QuerySet[Any]], *kinds: type[Value]) -> None:
        self._make = make
        self._stand_ins = tuple(_stand_in(kind, place) for place, kind in enumerate(kinds))
        self._written: dict[str | None, _Statement] = {}

    def __call__(self, *values: Value) -> list[Any]:
        """The rows, read now."""
        return list(self._rows(values))

    def first(self, *values: Value) -> Any:
        """The first row, or ``None``."""
        return next(iter(self(*values)), None)

    def written(self, *values: Value) -> tuple[str, tuple[Any, ...]]:
        """The statement with its values, to stand within another one."""
        statement = self._statement()
        connection = connections[statement.queryset.db]
        return statement.sql, statement.filled(_adapted(values, connection))

    def _rows(self, values: tuple[Value, ...]) -> Iterator[Any]:
        """As ``QuerySet`` does it, with a compiler that has its statement already."""
        statement = self._statement()
        connection = connections[statement.queryset.db]
        if statement.queryset.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("rows are locked inside a transaction alone")
        filled = statement.filled(_adapted(values, connection))
        compiler = copy.copy(statement.compiler)
        compiler.connection = connection
        compiler.execute_sql = lambda *args, **kwargs: [_read(connection, statement.sql, filled)]
        query = copy.copy(statement.queryset.query)
        query.get_compiler = lambda *args, **kwargs: compiler
        rows = object.__new__(type(statement.queryset))
        rows.__dict__ = {**statement.queryset.__dict__, "_query": query}
        return iter(rows._iterable_class(rows))

    def _statement(self) -> _Statement:
        language = get_language()
        if language not in self._written:
            self._written[language] = self._write()
        return self._written[language]

    def _write(self) -> _Statement:
        queryset: Any = self._make(*self._stand_ins)
        if queryset._prefetch_related_lookups:
            raise TypeError("a prepared queryset does not prefetch")
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        compiler.get_converters = lambda expressions: converters
        stand_ins = _adapted(self._stand_ins, compiler.connection)
        if missing := set(stand_ins) - set(params):
            raise TypeError(f"{len(missing)} of the values are not compared as they are")
        places = tuple(_index(stand_ins, param) for param in params)
        return _Statement(queryset, compiler, sql, tuple(params), places)


def keeping_cursor(connection: Any) -> Any:
    """A cursor for hot statements of fixed text, whose plans PostgreSQL keeps.

    See ``ude_portal.postgresql``; other databases open a plain one.
    """
    return getattr(connection, "prepared_cursor", connection.cursor)()


def _read(connection: Any, sql: str, params: tuple[Any, ...]) -> list[Any]:
    with keeping_cursor(connection) as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _stand_in(kind: type[Value], place: int) -> Value:
    """A value that nobody asks for, in the range of every whole number's column."""
    if kind is dt.datetime:
        return dt.datetime(1, 1, 1, place, tzinfo=dt.UTC)
    return f"\ue000{place}" if kind is str else 2_147_483_000 + place


def _adapted(values: Iterable[Value], connection: Any) -> list[Any]:
    """Times as the database takes them; text and numbers are as they are."""
    adapt = connection.ops.adapt_datetimefield_value
    return [adapt(value) if isinstance(value, dt.datetime) else value for value in values]


def _index(values: list[Any], value: Any) -> int | None:
    return values.index(value) if value in values else None
