"""The configured database: copied in one snapshot, put back, counted."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.db import connection

from .postgresql import Postgresql
from .sqlite import Sqlite
from .tables import Table


class Database(Protocol):
    """``server`` and ``program`` are major versions as the manifest has them."""

    name: str
    file: str
    server: int
    program: int

    def copy_to(self, target: Path) -> dict[str, Table]:
        """Write one snapshot into a file; returns what each table holds in it."""
        ...

    def filled_tables(self) -> list[str]:
        """Tables with rows of which migrations write none."""
        ...

    def put_back(self, source: Path, program: int) -> dict[str, Table]:
        """Replace everything by the file's content; returns what each table holds then."""
        ...


def configured() -> Database:
    connection.close()
    return Sqlite() if connection.vendor == "sqlite" else Postgresql()
