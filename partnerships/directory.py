"""The public directory: search, filters with counts, order and pages, in two queries.

``search(query)`` is the whole interface. One query reads the page and, for each combination of
facet values that occurs, how many rows have it; the other names topics and goals. On PostgreSQL
the database filters and counts (``directory_postgresql``), elsewhere ``directory_portable``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language

from journal.prepared import Prepared
from sdg.models import Topic

from . import directory_portable, directory_postgresql
from .derived import SEPARATOR
from .directory_query import FACETS, Query
from .directory_rows import Condition, Found, Group, Row
from .finding.words import understood

#: From this size on, the counts of the whole directory are kept for a minute.
LARGE = 2_000
_KEPT, KEPT_SECONDS = "partnerships:directory:counts", 60

Counts = dict[str, Counter[str]]


@dataclass(frozen=True)
class Result:
    """``counts`` says for each facet how many rows each of its values would leave.

    ``meant`` names the topics that the words of the search stand for.
    """

    page: Page[Row]
    counts: Counts
    labels: dict[str, dict[str, str]]
    meant: list[str]

    @property
    def total(self) -> int:
        return self.page.paginator.count


@dataclass(frozen=True)
class Whole:
    """The directory without any filter: how many entries, and the counts of each facet."""

    total: int
    counts: Counts


@dataclass(eq=False)
class Catalogue:
    """For each topic's primary key its slug, the numbers of its goals, and all its names.

    ``labels`` holds the reader's words for topics and goals, ``joined`` what the topics of a
    column ``facet_topics`` have together, by facet, as far as it has been asked for.
    """

    slugs: dict[str, frozenset[str]]
    goals: dict[str, frozenset[str]]
    spellings: dict[str, list[str]]
    labels: dict[str, dict[str, str]]
    joined: dict[str, dict[str, frozenset[str]]] = field(
        default_factory=lambda: {"topic": {}, "goal": {}}
    )


def search(query: Query, known: Catalogue | None = None) -> Result:
    """The page of partnerships a query asks for, with the counts of every facet.

    A facet's counts take all other filters into account, but not its own, so that they say
    what choosing another value would bring. Who has read the catalogue already passes it.
    """
    language = "en" if get_language() == "en" else "de"
    known = known or catalogue()
    conditions = conditions_of(query, known)
    words = understood(query.words, known.spellings)
    whole = None if query.words else cache.get(_KEPT)
    free = _answered_by(whole, query)
    vendor = directory_postgresql if connection.vendor == "postgresql" else directory_portable
    total = whole.total if whole is not None else 0
    found = vendor.find(query, words, conditions, language, uncounted=free, total=total)
    counts = dict(_counts(tuple(found.groups), known))
    if whole is None or query.filters:
        total = found.total
    if whole is not None:
        counts.update({name: whole.counts[name] for name in free})
    elif not query.words and not query.filters and total > LARGE:
        cache.set(_KEPT, Whole(total, counts), KEPT_SECONDS)
    topics = sorted(set().union(*(word.topics for word in words)))
    meant = [slug for pk in topics for slug in known.slugs[pk]]
    return Result(_page(found, query, total), counts, known.labels, meant)


def _answered_by(whole: Whole | None, query: Query) -> set[str]:
    """Facets whose counts are those of the whole directory: no filter but their own is set."""
    if whole is None or len(query.filters) > 1:
        return set()
    return set(query.filters) or set(FACETS)


def catalogue() -> Catalogue:
    """Topics and goals, with labels in the reader's language; one query."""
    return _catalogued(tuple(_topics()), "en" if get_language() == "en" else "de")


def _topics_and_goals() -> QuerySet[Topic, Any]:
    language = "en" if get_language() == "en" else "de"
    names = ("name_de", "name_en", "other_names", "goals__number", f"goals__title_{language}")
    topics = Topic.objects.rewrite(False).order_by()
    return topics.values_list("pk", "slug", *names)


_topics = Prepared(_topics_and_goals)


@lru_cache(maxsize=4)
def _catalogued(rows: tuple[tuple[Any, ...], ...], language: str) -> Catalogue:
    """Shared by all who read the same rows: nobody changes it."""
    found = Catalogue({}, {}, {}, {"topic": {}, "goal": {}})
    for pk, slug, german, english, other, number, title in rows:
        found.slugs[str(pk)] = frozenset([slug])
        found.spellings[str(pk)] = [german, english, *other.splitlines()]
        found.labels["topic"][slug] = english if language == "en" else german
        if number is not None:
            found.goals[str(pk)] = found.goals.get(str(pk), frozenset()) | {str(number)}
            found.labels["goal"][str(number)] = title
    return found


def conditions_of(query: Query, known: Catalogue) -> list[Condition]:
    """The filters of a query, with topics and goals as keys of topics."""
    return [_condition(name, value, known) for name, value in query.filters.items()]


def _condition(name: str, value: str, known: Catalogue) -> Condition:
    if name == "kind":
        return Condition(name, kind=value)
    if name in ("topic", "goal"):
        own = known.slugs if name == "topic" else known.goals
        return Condition(name, topics={pk for pk, values in own.items() if value in values})
    return Condition(name, place=f"{name}:{value}")


@lru_cache(maxsize=64)
def _counts(groups: tuple[Group, ...], known: Catalogue) -> Counts:
    """A group whose rows fail one filter counts for that filter's facet alone.

    The same groups are added up once: until somebody changes an entry, all readers get them.
    """
    counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    by_topics: dict[str, dict[str, int]] = {"topic": {}, "goal": {}}
    for failed, kind, places, topics, number in groups:
        if kind and failed in ("", "kind"):
            _add(counts["kind"], kind, number)
        for name, value in _terms(places):
            if failed in ("", name):
                _add(counts[name], value, number)
        for name in (failed,) if failed else ("topic", "goal"):
            if topics and name in by_topics:
                _add(by_topics[name], topics, number)
    for name, values in (("topic", known.slugs), ("goal", known.goals)):
        counts[name] = _added_up(by_topics[name], values, known.joined[name])
    return {name: Counter(found) for name, found in counts.items()}


def _add(counts: dict[str, int], value: str, number: int) -> None:
    counts[value] = counts.get(value, 0) + number


@lru_cache(maxsize=8192)
def _terms(places: str) -> tuple[tuple[str, str], ...]:
    """Facet and value of each term of the column ``facet_places``."""
    split = (term.partition(":") for term in places.split(SEPARATOR)[1:-1])
    return tuple((name, value) for name, _, value in split)


def _added_up(
    by_topics: dict[str, int],
    values: dict[str, frozenset[str]],
    joined: dict[str, frozenset[str]],
) -> dict[str, int]:
    """Rows by each value that at least one of their topics has; topics that are gone have none."""
    by_values: dict[frozenset[str], int] = {}
    nothing: frozenset[str] = frozenset()
    for topics, number in by_topics.items():
        own = joined.get(topics)
        if own is None:
            pks = topics.split(SEPARATOR)[1:-1]
            own = joined[topics] = nothing.union(*(values.get(pk, nothing) for pk in pks))
        by_values[own] = by_values.get(own, 0) + number
    found: dict[str, int] = {}
    for several, number in by_values.items():
        for value in several:
            _add(found, value, number)
    return found


def _page(found: Found, query: Query, total: int) -> Page[Row]:
    """The page that was read; a number beyond the last means the last, as in Django."""
    paginator: Paginator[Row] = Paginator(found.rows, query.per_page)
    paginator.__dict__["count"] = total
    try:
        number = paginator.validate_number(query.page)
    except PageNotAnInteger:
        number = 1
    except EmptyPage:
        number = paginator.num_pages
    return Page(found.rows, number, paginator)
