"""The directory on PostgreSQL: one statement over one set of rows that it finds by index.

Rows that pass every filter are on the page; rows that fail exactly one are counted for that
filter's facet, since its counts leave its own filter aside. ``failed`` has a bit for each filter.
Kinds and places are looked at first: where two of them fail, topics, which cost most, are not
asked. ``OFFSET 0`` keeps PostgreSQL from asking twice. The indexes are in migration 0002.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection

from journal.prepared import keeping_cursor

from .derived import SEPARATOR
from .directory_query import FACETS, Query
from .directory_rows import COLUMNS, ORDERS, Condition, Found, Group, Row, first_row
from .finding.words import Word

#: Facets that are counted by topics; a row that fails another filter does not count there.
_OF_TOPICS = ("", "goal", "topic")
_HAS_TOPIC = "facet_topics LIKE ANY (%s::text[])"
#: Likewise for kinds: other groups are not divided by them.
_OF_KINDS = ("", "kind")
_SHOWN = ", ".join(f"p.{name}" for name in COLUMNS)
#: Groups by kind and places, groups by topics, and the page; the last six columns are a row's.
_COUNTED = f"""
WITH found AS MATERIALIZED (
  SELECT * FROM (
    SELECT id, kind, facet_places, facet_topics, {{keys}}, quickly | {{slowly}} AS failed FROM (
      SELECT id, kind, facet_places, facet_topics, {{keys}}, {{quickly}} AS quickly
      FROM partnerships_partnership WHERE in_directory {{chosen}} OFFSET 0
    ) AS seen WHERE quickly & (quickly - 1) = 0 OFFSET 0
  ) AS tested WHERE failed & (failed - 1) = 0
), page AS (
  SELECT id, row_number() OVER (ORDER BY {{order}}) AS place FROM found WHERE failed = 0
  ORDER BY {{order}} LIMIT %s
  OFFSET least(%s, (SELECT greatest(count(*) - 1, 0) / %s * %s FROM found WHERE failed = 0))
)
SELECT failed, CASE WHEN failed = ANY(%s) THEN kind ELSE '' END, facet_places, '', count(*),
  '', '', '', 0, false, ''
FROM found WHERE failed = ANY(%s) GROUP BY 1, 2, 3
UNION ALL
SELECT failed, '', '', facet_topics, count(*), '', '', '', 0, false, ''
FROM found WHERE failed = ANY(%s) GROUP BY failed, facet_topics
UNION ALL
SELECT NULL, '', '', '', place, {_SHOWN}
FROM page JOIN partnerships_partnership p USING (id)
"""  # noqa: S608 (constants; values are parameters)
_PLAIN = f"""
SELECT NULL, '', '', '', row_number() OVER (ORDER BY {{order}}), {_SHOWN}
FROM partnerships_partnership p WHERE in_directory ORDER BY {{order}} LIMIT %s OFFSET %s
"""  # noqa: S608


def find(
    query: Query,
    words: Sequence[Word],
    conditions: Sequence[Condition],
    language: str,
    *,
    uncounted: Collection[str],
    total: int = 0,
) -> Found:
    """The page of a query and its groups.

    Facets in ``uncounted`` are known already; where all are, so is the ``total``.
    """
    first = first_row(query.page, query.per_page)
    if len(uncounted) == len(FACETS):
        last = max(0, (total - 1) // query.per_page * query.per_page)
        statement = _PLAIN.format(order=_order(query, language, "p."))
        return _read(
            keeping_cursor(connection), statement, [query.per_page, min(first, last)], language
        )
    counted = [one for one in conditions if one.name not in uncounted]
    places = dict(enumerate(counted))
    slowly, slow_values = _failed({n: one for n, one in places.items() if one.topics is not None})
    quickly, quick_values = _failed({n: one for n, one in places.items() if one.topics is None})
    where, where_values = _chosen(words, [one for one in conditions if one not in counted])
    values = [*slow_values, *quick_values, *where_values]
    statement = _COUNTED.format(
        keys=", ".join(ORDERS[query.sort, language]),
        slowly=slowly,
        quickly=quickly,
        chosen=where,
        order=_order(query, language),
    )
    names = {0: "", **{1 << place: one.name for place, one in places.items()}}
    paging = [query.per_page, first, query.per_page, query.per_page]
    of_topics = [bit for bit, name in names.items() if name in _OF_TOPICS]
    of_places = [bit for bit, name in names.items() if bit == 0 or bit not in of_topics]
    of_kinds = [bit for bit, name in names.items() if name in _OF_KINDS]
    wanted = [of_kinds, of_places, of_topics]
    # With words or filters the best plan depends on them, so it is made anew.
    cursor = connection.cursor() if words or conditions else keeping_cursor(connection)
    return _read(cursor, statement, [*values, *paging, *wanted], language, names)


def _order(query: Query, language: str, table: str = "") -> str:
    """By code points, as Python sorts: the columns are folded for it."""
    keys = [
        f"{table}{key}" if key.startswith("year") else f'{table}{key} COLLATE "C"'
        for key in ORDERS[query.sort, language]
    ]
    return ", ".join([*keys, f"{table}id"])


def _failed(conditions: Mapping[int, Condition]) -> tuple[str, list[Any]]:
    """A number with a bit for each condition that a row fails, by the place of the bit."""
    bits = [f"((NOT {_test(one)[0]})::int << {place})" for place, one in conditions.items()]
    return " | ".join(bits) or "0", [_test(one)[1] for one in conditions.values()]


def _chosen(words: Sequence[Word], passed: Sequence[Condition]) -> tuple[str, list[Any]]:
    """What all rows have to pass."""
    where = "".join(f" AND {_test(one)[0]}" for one in passed)
    values = [_test(one)[1] for one in passed]
    for word in words:
        where += " AND (search_text LIKE %s"
        values.append(f"%{word.term}%")
        if word.topics:
            where += f" OR {_HAS_TOPIC}"
            values.append(_having(word.topics))
        where += ")"
    return where, values


def _test(condition: Condition) -> tuple[str, Any]:
    if condition.kind:
        return "(kind = %s)", condition.kind
    if condition.place:
        place = connection.ops.prep_for_like_query(condition.place)
        return "(facet_places LIKE %s)", f"%{SEPARATOR}{place}{SEPARATOR}%"
    return f"({_HAS_TOPIC})", _having(condition.topics or ())


def _having(topics: Collection[str]) -> list[str]:
    return [f"%{SEPARATOR}{pk}{SEPARATOR}%" for pk in sorted(topics)]


def _read(
    cursor: Any,
    statement: str,
    values: list[Any],
    language: str,
    names: dict[int, str] | None = None,
) -> Found:
    names = names or {}
    groups: list[Group] = []
    rows: list[tuple[int, Row]] = []
    with cursor:
        cursor.execute(statement, values)
        for failed, kind, places, topics, number, *shown in cursor.fetchall():
            if failed is None:
                rows.append((number, Row(*shown, language=language)))
            else:
                groups.append(Group(names[failed], kind, places, topics, number))
    rows.sort(key=lambda row: row[0])
    total = sum(one.number for one in groups if one.kind and not one.failed)
    return Found([row for _, row in rows], total, groups)
