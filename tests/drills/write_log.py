"""Which rows a sender changed: noted as they are written, compared, and put back.

The portal commits as always; no transaction is wrapped around it, which would hide its errors.
Every writing statement tells its table here, only those tables are read again and compared,
and the rows are put back as they were, so that each sender finds the same portal. What a
statement might slip past shows in ``scanner.fingerprint`` at the end, which must be as before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, transaction

from .scanner import ASIDE

Row = dict[str, Any]
_WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
_HARMLESS = re.compile(
    r"[\s(]*(?:SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|PRAGMA|EXPLAIN|SET)\b"
)


@dataclass(frozen=True)
class Change:
    """One row before and after; ``None`` where there was none."""

    table: str
    before: Row | None
    after: Row | None

    @property
    def kind(self) -> str:
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def row(self) -> Row:
        """As it was; as it is, for a row that was added."""
        return self.before or self.after or {}

    @property
    def columns(self) -> set[str]:
        """Those that differ; for a whole row none."""
        if self.before is None or self.after is None:
            return set()
        return {name for name, was in self.before.items() if self.after[name] != was}

    def __str__(self) -> str:
        columns = f" ({', '.join(sorted(self.columns))})" if self.columns else ""
        return f"{self.table} {self.kind}{columns}"


class WriteLog:
    """The rows of all tables but the sessions, as they were when it was opened."""

    def __init__(self) -> None:
        tables = set(connection.introspection.table_names()) - ASIDE
        self.rows = {table: _rows_of(table) for table in sorted(tables)}
        self.written: set[str] = set()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Note every writing statement of this thread."""
        with connection.execute_wrapper(self._note):
            yield

    def _note(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if found := _WRITES.match(sql):
            self.written.add(found[1])
        elif not _HARMLESS.match(sql):
            raise AssertionError(f"a statement that the log cannot read: {sql[:80]}")
        return execute(sql, *rest)

    def changes(self) -> list[Change]:
        """What differs in the tables written to since the rows were last put back."""
        tables = sorted(self.written - ASIDE)
        return [change for table in tables for change in self._compared(table)]

    def _compared(self, table: str) -> Iterator[Change]:
        before, after = self.rows[table], _rows_of(table)
        for key in before.keys() | after.keys():
            if before.get(key) != after.get(key):
                yield Change(table, before.get(key), after.get(key))

    def put_back(self, changes: Iterable[Change]) -> None:
        """Undo the changes; references are checked at the end, as Django declares them."""
        changes = list(changes)
        with transaction.atomic(), connection.cursor() as cursor:
            for one in changes:
                if one.after is not None:
                    _remove(cursor, one.table, one.after)
            for one in changes:
                if one.before is not None:
                    _insert(cursor, one.table, one.before)
        self.written.clear()


def _remove(cursor: Any, table: str, row: Row) -> None:
    key = _key_of(table)
    cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" = %s', [row[key]])  # noqa: S608


def _insert(cursor: Any, table: str, row: Row) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(["%s"] * len(row))
    sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608
    cursor.execute(sql, list(row.values()))


@cache
def _key_of(table: str) -> str:
    with connection.cursor() as cursor:
        return str(connection.introspection.get_primary_key_column(cursor, table))


def _rows_of(table: str) -> dict[Any, Row]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row[_key_of(table)]: row for row in rows}
