"""SQLite: a compact copy of one moment, without what was deleted before."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from .tables import LEFT_OUT, WRITTEN_BY_MIGRATE, Table, summary

TIMEOUT = 30.0


class Sqlite:
    name, file = "sqlite", "database.sqlite3"
    server = program = 0

    def __init__(self) -> None:
        self.path = Path(connection.settings_dict["NAME"])

    def copy_to(self, target: Path) -> dict[str, Table]:
        """``VACUUM INTO`` reads in one transaction and leaves out what was deleted."""
        with _opened(self.path) as source:
            source.execute("VACUUM INTO ?", [str(target)])
        with _opened(target) as copy:
            for table in LEFT_OUT & set(_tables(copy)):
                copy.execute(f"DELETE FROM {_quoted(table)}")  # noqa: S608
            copy.execute("VACUUM")
            return _summaries(copy)

    def filled_tables(self) -> list[str]:
        with _opened(self.path) as database:
            return [
                table
                for table in _tables(database)
                if table not in WRITTEN_BY_MIGRATE and any(_rows(database, table))
            ]

    def put_back(self, source: Path, program: int) -> dict[str, Table]:
        with _opened(source) as backup, _opened(self.path) as database:
            backup.backup(database)
            return _summaries(database)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path, TIMEOUT, isolation_level=None)) as database:
        yield database


def _tables(database: sqlite3.Connection) -> list[str]:
    found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in found if not name.startswith("sqlite_")]


def _summaries(database: sqlite3.Connection) -> dict[str, Table]:
    tables = [table for table in _tables(database) if table not in LEFT_OUT]
    return {table: summary(_rows(database, table)) for table in tables}


def _rows(database: sqlite3.Connection, table: str) -> Iterator[bytes]:
    for row in database.execute(f"SELECT * FROM {_quoted(table)}"):  # noqa: S608
        yield repr(row).encode()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
