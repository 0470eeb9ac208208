"""The directory on any database: one query for all rows that the words find, counted here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from .derived import SEPARATOR
from .directory_query import Query
from .directory_rows import COLUMNS, ORDERS, Condition, Found, Group, Row, first_row
from .finding.words import Word, fits
from .models import Partnership

_KIND = COLUMNS.index("kind")


def find(
    query: Query,
    words: Sequence[Word],
    conditions: Sequence[Condition],
    language: str,
    *,
    uncounted: Collection[str],
    total: int = 0,
) -> Found:
    """The page of a query and its groups; knowing facets beforehand saves nothing here."""
    order = ORDERS[query.sort, language]
    rows = Partnership.objects.public().filter(*map(fits, words)).order_by()
    counted: Counter[tuple[str, str, str, str]] = Counter()
    hits: list[Any] = []
    columns = tuple(dict.fromkeys((*COLUMNS, "facet_places", "facet_topics", *order, "pk")))
    for row in rows.values_list(*columns):
        places, topics = row[len(COLUMNS)], row[len(COLUMNS) + 1]
        failed = [one.name for one in conditions if not _passes(one, row[_KIND], places, topics)]
        if not failed:
            hits.append(row)
        if len(failed) < 2:
            counted["".join(failed), row[_KIND], places, topics] += 1
    keys = [columns.index(name) for name in (*order, "pk")]
    hits.sort(key=lambda row: [(row[key] is None, row[key]) for key in keys])
    groups = [Group(*values, number=number) for values, number in counted.items()]
    return Found(_page(hits, query, language), len(hits), groups)


def _passes(condition: Condition, kind: str, places: str, topics: str) -> bool:
    if condition.kind:
        return kind == condition.kind
    if condition.place:
        return f"{SEPARATOR}{condition.place}{SEPARATOR}" in places
    return not (condition.topics or set()).isdisjoint(topics.split(SEPARATOR))


def _page(hits: list[Any], query: Query, language: str) -> list[Row]:
    last = max(0, (len(hits) - 1) // query.per_page * query.per_page)
    first = min(first_row(query.page, query.per_page), last)
    return [
        Row(*hit[: len(COLUMNS)], language=language) for hit in hits[first : first + query.per_page]
    ]
