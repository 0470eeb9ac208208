"""Hot querysets whose SQL is written once instead of at every request.

Django takes several times as long to write a statement as the database takes to answer it.
A ``Prepared`` keeps the statement and fills in the values::

    _BY_ID = Prepared(lambda public_id: Invitation.objects.filter(public_id=public_id), str)
    guest = _BY_ID.first(public_id)

What it reads is as fresh as from any queryset; only the text of the statement is kept, for each
language, since translated columns differ. The values are text or whole numbers that are compared
as they are, never ``None``; a queryset with ``prefetch_related`` or a lock is refused.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections, models
from django.utils.translation import get_language


@dataclass(frozen=True)
class _Statement:
    """``places`` says for each parameter which of the caller's values it is, or ``None``."""

    queryset: Any
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    places: tuple[int | None, ...]

    def filled(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        pairs = zip(self.places, self.params, strict=True)
        return tuple(param if place is None else values[place] for place, param in pairs)


class Prepared:
    """Calls ``make`` once with a stand-in for each of ``kinds``; the object is the query."""

    def __init__(self, make: Callable[..., models.QuerySet[Any]], *kinds: type[str | int]) -> None:
        self._make = make
        self._stand_ins = tuple(_stand_in(kind, place) for place, kind in enumerate(kinds))
        self._written: dict[str | None, _Statement] = {}

    def __call__(self, *values: str | int) -> list[Any]:
        """The rows, read now."""
        return list(self._rows(values))

    def first(self, *values: str | int) -> Any:
        """The first row, or ``None``."""
        return next(iter(self(*values)), None)

    def _rows(self, values: tuple[str | int, ...]) -> Iterator[Any]:
        """As ``QuerySet`` does it, with a compiler that has its statement already."""
        language = get_language()
        statement = self._written.get(language)
        if statement is None:
            statement = self._written[language] = self._write()
        filled = statement.filled(values)
        compiler = copy.copy(statement.compiler)
        compiler.connection = connections[statement.queryset.db]
        compiler.as_sql = lambda *args, **kwargs: (statement.sql, filled)
        query = copy.copy(statement.queryset.query)
        query.get_compiler = lambda *args, **kwargs: compiler
        rows = object.__new__(type(statement.queryset))
        rows.__dict__ = {**statement.queryset.__dict__, "_query": query}
        return iter(rows._iterable_class(rows))

    def _write(self) -> _Statement:
        queryset: Any = self._make(*self._stand_ins)
        if queryset._prefetch_related_lookups or queryset.query.select_for_update:
            raise TypeError("a prepared queryset neither prefetches nor locks")
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        if missing := set(self._stand_ins) - set(params):
            raise TypeError(f"{len(missing)} of the values are not compared as they are")
        places = tuple(_index(self._stand_ins, param) for param in params)
        return _Statement(queryset, compiler, sql, tuple(params), places)


def _stand_in(kind: type[str | int], place: int) -> str | int:
    """A value that nobody asks for, in the range of every whole number's column."""
    return f"\ue000{place}" if kind is str else 2_147_483_000 + place


def _index(values: tuple[Any, ...], value: Any) -> int | None:
    return values.index(value) if value in values else None
