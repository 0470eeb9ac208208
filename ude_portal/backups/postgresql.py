"""PostgreSQL: pg_dump and the counts read the same exported snapshot."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from psycopg import sql

from . import Refused
from .tables import LEFT_OUT, WRITTEN_BY_MIGRATE, Table, summary

PROGRAMS = Path("/usr/lib/postgresql")
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_TABLES = """SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = to_regnamespace(quote_ident(current_schema()))
    ORDER BY relname"""

_OTHERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""


class Postgresql:
    name, file = "postgresql", "database.dump"

    def __init__(self) -> None:
        with _connect() as database:
            self.server = database.info.server_version // 10_000
        self.program = 0

    def copy_to(self, target: Path) -> dict[str, Table]:
        dump, self.program = find("pg_dump", self.server)
        left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
        with _connect() as database:
            database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            database.read_only = True
            snapshot = _one(database, "SELECT pg_export_snapshot()")
            options = ["--format=custom", "--no-owner", "--no-privileges", *left_out]
            run(dump, *options, f"--snapshot={snapshot}", f"--file={target}")
            return _summaries(database)

    def filled_tables(self) -> list[str]:
        with _connect() as database:
            return [
                table
                for table in _tables(database)
                if table not in WRITTEN_BY_MIGRATE and any(_rows(database, table))
            ]

    def put_back(self, source: Path, program: int) -> dict[str, Table]:
        restore, _ = find("pg_restore", max(self.server, program))
        with _connect() as database:
            if others := _one(database, _OTHERS):
                raise Refused(
                    f"The database is in use by {others} others. Stop web, worker and beat first."
                )
            for table in _tables(database):
                database.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(table)))
        options = ["--single-transaction", "--exit-on-error", "--clean", "--if-exists"]
        run(restore, *options, "--no-owner", "--no-privileges", "--no-comments", str(source))
        with _connect() as database:
            database.execute("ANALYZE")
            return _summaries(database)


def find(program: str, version: int) -> tuple[str, int]:
    """The oldest ``program`` that knows a server of this major version, and its own version."""
    candidates = [which(program), *map(str, PROGRAMS.glob(f"*/bin/{program}"))]
    found = sorted((_version(path), path) for path in candidates if path)
    for own, path in found:
        if own >= version:
            return path, own
    state = f"here is only version {found[-1][0]}" if found else "it is not installed"
    raise Refused(
        f"This needs {program} of PostgreSQL {version} or newer; {state}. "
        f"Debian and Ubuntu: apt-get install postgresql-client-{version}"
    )


def run(program: str, *options: str) -> None:
    """Run a program of PostgreSQL's on our database; raises ``Refused`` with its last words."""
    connecting, secret = _how_to_connect()
    done = subprocess.run(  # noqa: S603
        [program, *connecting, *options],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = " ".join(done.stderr.split()[-60:])
        raise Refused(f"{Path(program).name} has failed: {words or done.returncode}")


def _how_to_connect() -> tuple[list[str], dict[str, str]]:
    """Options that pg_dump and pg_restore share, and the password in the environment."""
    command, secret = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    return [*command[1:-1], f"--dbname={command[-1]}"], secret or {}


def _version(path: str) -> int:
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = _VERSION.search(told.stdout)
    return int(version[1]) if version else 0


def _connect() -> psycopg.Connection[Any]:
    """A connection of our own; the zone makes times look the same everywhere."""
    parameters = connection.get_connection_params()
    database: psycopg.Connection[Any] = connection.get_new_connection(parameters)
    database.execute("SET TIME ZONE 'UTC'")
    database.commit()
    return database


def _one(database: psycopg.Connection[Any], query: str) -> Any:
    row = database.execute(query).fetchone()
    return row[0] if row else None


def _tables(database: psycopg.Connection[Any]) -> list[str]:
    return [name for (name,) in database.execute(_TABLES).fetchall()]


def _summaries(database: psycopg.Connection[Any]) -> dict[str, Table]:
    tables = [table for table in _tables(database) if table not in LEFT_OUT]
    return {table: summary(_rows(database, table)) for table in tables}


def _rows(database: psycopg.Connection[Any], table: str) -> Iterator[bytes]:
    """Each row as the server writes it, a thousand at a time."""
    query = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))
    with database.cursor(name="rows") as cursor:
        cursor.itersize = 1000
        cursor.execute(query)
        for (row,) in cursor:
            yield row.encode()
