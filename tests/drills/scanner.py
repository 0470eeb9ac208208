"""Opens links as mail scanners do, and notices what that changed in the database."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from django.db import connection

from .guests import Load

METHODS = ("GET", "HEAD", "OPTIONS")
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks",
    "BarracudaCentral/1.0",
    "Mozilla/5.0 (compatible; Mimecast)",
)
ASIDE = {"django_session"}


def fingerprint() -> dict[str, str]:
    """Table → hash of all its rows, for every table but Django's sessions."""
    tables = sorted(set(connection.introspection.table_names()) - ASIDE)
    return {table: _hash(table) for table in tables}


def _hash(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        rows = sorted(repr(row) for row in cursor.fetchall())
    return sha256("\n".join(rows).encode()).hexdigest()


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables that differ."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


async def scan(load: Load, links: list[tuple[str, dict[str, str]]], times: int) -> Counter[int]:
    """Make ``times`` requests over the links (with the cookies of each), all methods in turn."""

    async def look(turn: int) -> int:
        path, cookies = links[turn % len(links)]
        reply = await load.request(
            METHODS[turn // len(links) % len(METHODS)],
            path,
            cookies=cookies,
            agent=AGENTS[turn % len(AGENTS)],
        )
        return reply.status

    return Counter(await asyncio.gather(*(look(turn) for turn in range(times))))


def server_errors(statuses: Iterable[tuple[int, int]]) -> int:
    """How many of (status, count) are no answer or one of 5xx."""
    return sum(count for status, count in statuses if status == 0 or status >= 500)
