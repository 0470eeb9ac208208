"""What a table holds, as a number of rows and a hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TypedDict

#: Tables of which a backup holds no rows.
LEFT_OUT = frozenset({"django_session"})
#: Tables that have rows as soon as they were made.
WRITTEN_BY_MIGRATE = frozenset({"django_migrations", "django_content_type", "auth_permission"})
_MODULUS = 2**256


class Table(TypedDict):
    rows: int
    sha256: str


def summary(rows: Iterable[bytes]) -> Table:
    """Count the rows, and add up their hashes, so that the order makes no difference."""
    count = total = 0
    for row in rows:
        count += 1
        total = (total + int.from_bytes(sha256(row).digest())) % _MODULUS
    return {"rows": count, "sha256": f"{total:064x}"}


def differences(wanted: Mapping[str, Table], found: Mapping[str, Table]) -> list[str]:
    """A line for each table that is not as it should be."""
    return [
        f"{name}: {_told(found.get(name))} instead of {_told(wanted.get(name))}"
        for name in sorted(wanted.keys() | found.keys())
        if wanted.get(name) != found.get(name)
    ]


def _told(table: Table | None) -> str:
    return f"{table['rows']} rows ({table['sha256'][:12]})" if table else "no table"
