"""The directory's search over 50,000 rows, and the same as everybody would write it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from partnerships.directory import search
from partnerships.directory_query import Query
from partnerships.models import Partnership

from .counting import Tally

#: Part of a city's name, country, goal, Land: broad finds thousands, typical hundreds.
QUERIES = {
    "broad": Query(words="ing", filters={"country": "GB", "goal": "11"}),
    "typical": Query(words="burg", filters={"country": "GB", "goal": "11", "land": "Hessen"}),
}


def naive(query: Query) -> int:
    """Four statements with joins: the page, the exact count, goals and Länder; the count."""
    found = Partnership.objects.filter(in_directory=True)
    for word in query.words.split():
        found = found.filter(
            Q(parties__city__name_de__icontains=word)
            | Q(parties__city__name_en__icontains=word)
            | Q(parties__city__other_names__icontains=word)
        )
    filters = query.filters
    found = found.filter(parties__city__country=filters["country"])
    found = found.filter(topics__goals__number=int(filters["goal"]))
    if land := filters.get("land"):
        found = found.filter(parties__city__region=land)
    list(found.order_by("sort_key").distinct()[:25])
    _facet(found, "topics__goals__number")
    _facet(found, "parties__city__region")
    return found.distinct().count()


def _facet(found: QuerySet[Partnership], name: str) -> list[Any]:
    chosen = Partnership.objects.filter(pk__in=found.values("pk"))
    return list(chosen.order_by().values(name).annotate(Count("pk", distinct=True)))


class Search:
    """Milliseconds (median of some warm runs), hits and statements of each query, both ways."""

    def __init__(self, runs: int) -> None:
        self._runs = runs

    def run(self) -> dict[str, dict[str, float]]:
        return {name: self._both(query) for name, query in QUERIES.items()}

    def _both(self, query: Query) -> dict[str, float]:
        with connection.execute_wrapper(tally := Tally()):
            result = search(query)
        return {
            "ours": _median(lambda: search(query), 2 * self._runs),
            "naive": _median(lambda: naive(query), self._runs),
            "hits": result.total,
            "statements": tally.statements,
        }


def _median(run: Callable[[], Any], times: int) -> float:
    run()
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds) * 1000
