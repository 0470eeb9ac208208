"""Single rows of hot tables, written with statements that are made once.

Django makes the same INSERT or UPDATE anew for every row, which takes as long as the database
takes to carry it out (see ``prepared`` for reading).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import DatabaseError, connections, models, router, transaction
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

from .prepared import keeping_cursor
from .versions import VersionedModel


def insert(row: models.Model, *, unless_there: bool = False) -> bool:
    """Write a new row and give it its primary key, as ``save`` does, but without signals.

    With ``unless_there``, a row that a unique key refuses is left out; returns whether it was
    written.
    """
    using = router.db_for_write(type(row), instance=row)
    connection = connections[using]
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for field in _fields(type(row))
    ]
    with transaction.mark_for_rollback_on_error(using), keeping_cursor(connection) as cursor:
        cursor.execute(_statement(type(row), using, unless_there), values)
        written = cursor.fetchone()
    if written is None:
        return False
    row.pk, row._state.adding, row._state.db = written[0], False, using
    return True


def update(row: models.Model, *names: str) -> None:
    """Write these fields, as ``save(update_fields=names)`` does, but without signals."""
    using = router.db_for_write(type(row), instance=row)
    connection = connections[using]
    if isinstance(row, VersionedModel):
        row.version += 1
        names = (*names, "version")
    fields: list[Any] = [row._meta.get_field(name) for name in names]
    values = [one.get_db_prep_save(one.pre_save(row, add=False), connection) for one in fields]
    with transaction.mark_for_rollback_on_error(using), keeping_cursor(connection) as cursor:
        cursor.execute(_changing(type(row), using, names), [*values, row.pk])
        if not cursor.rowcount:
            raise DatabaseError("the row to be written is gone")


@lru_cache(maxsize=64)
def _changing(model: type[models.Model], using: str, names: tuple[str, ...]) -> str:
    quote = connections[using].ops.quote_name
    meta: Any = model._meta
    columns = ", ".join(f"{quote(meta.get_field(name).column)} = %s" for name in names)
    return f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608


@lru_cache(maxsize=64)
def _fields(model: type[models.Model]) -> tuple[Any, ...]:
    """All but the key, which the database draws."""
    return tuple(field for field in model._meta.local_concrete_fields if not field.primary_key)


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], using: str, unless_there: bool) -> str:
    query = InsertQuery(model, on_conflict=OnConflict.IGNORE if unless_there else None)
    query.insert_values(_fields(model), [model()], raw=True)
    compiler: Any = query.get_compiler(using=using)
    compiler.returning_fields = [model._meta.pk]
    ((sql, _params),) = compiler.as_sql()
    return str(sql)
