"""The directory as its template needs it: choices with counts, chips, rows with addresses."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sdg.models import FIRST_GOALS

from .directory import Result
from .directory_query import FACETS, PER_PAGE, SORTS, Query
from .directory_rows import Row, Side
from .folding import sort_key
from .models import Partnership
from .regions import country_name, place_name, region_name

LABELS = {
    "country": (_("Partner country"), _("All countries")),
    "land": (_("German Land"), _("All Länder")),
    "goal": (_("Goal of the 2030 Agenda"), _("All goals")),
    "topic": (_("Topic"), _("All topics")),
    "kind": (_("Kind of link"), _("All kinds")),
}
SORT_LABELS = {
    "name": _("by name"),
    "year": _("by year, oldest first"),
    "partner": _("by partner city"),
}


_sort_key = lru_cache(maxsize=4096)(sort_key)


class Option(NamedTuple):
    value: str
    label: str
    number: int
    chosen: bool


class Facet(NamedTuple):
    """A filter; values that would leave nothing are not offered, unless one is chosen."""

    name: str
    label: str
    all_label: str
    options: tuple[Option, ...]


class Line(NamedTuple):
    """A row of the table, in the reader's language; ``state`` is empty for listed entries."""

    url: str
    title: str
    state: str
    home: str
    partner: str
    kind: str
    since: str


def context(query: Query, result: Result) -> dict[str, Any]:
    """Everything the directory's template shows."""
    facets = tuple(_facet(name, query, result) for name in FACETS)
    return {
        "query": query,
        "facets": facets,
        "chips": _chips(query, facets),
        "meant": [(result.labels["topic"][s], urlencode({"topic": s})) for s in result.meant],
        "sorts": tuple((value, str(SORT_LABELS[value])) for value in SORTS),
        "sizes": PER_PAGE,
        "page": result.page,
        "total": result.total,
        "rows": _lines(result.page.object_list),
        "address": query.address(),
        "directory_url": reverse("partnerships:directory"),
        "breadcrumb": [(gettext("Town twinnings"), "")],
    }


def _facet(name: str, query: Query, result: Result) -> Facet:
    counts = result.counts[name]
    found = frozenset((value, count) for value, count in counts.items() if count)
    known = frozenset(result.labels.get(name, {}).items())
    return _offered(name, query.filters.get(name, ""), found, known, get_language())


@lru_cache(maxsize=512)
def _offered(
    name: str,
    chosen: str,
    found: frozenset[tuple[str, int]],
    known: frozenset[tuple[str, str]],
    language: str,
) -> Facet:
    """The same counts are named and sorted once for each language; the values are the key."""
    counts = dict(found)
    values = counts.keys() | ({chosen} - {""})
    naming = _naming(name, dict(known))
    options = [Option(v, naming(v), counts.get(v, 0), v == chosen) for v in values]
    options.sort(key=lambda option: _rank(name, option))
    label, all_label = map(str, LABELS[name])
    return Facet(name, label, all_label, tuple(options))


def _naming(facet: str, known: dict[str, str]) -> Callable[[str], str]:
    """How a facet's values are called; a value nobody knows stands for itself."""
    if facet == "country":
        return country_name
    if facet == "land":
        return region_name
    if facet == "kind":
        kinds = dict(Partnership.Kind.choices)
        return lambda value: str(capfirst(kinds.get(value, value)))
    if facet == "goal":
        return lambda value: f"{value} {known.get(value, '')}".strip()
    return lambda value: known.get(value, value)


def _rank(facet: str, option: Option) -> Any:
    if facet == "goal" and option.value.isdecimal():
        number = int(option.value)
        return number not in FIRST_GOALS, number, ""
    if facet == "kind":
        return False, -option.number, option.label
    return False, 0, _sort_key(option.label)


def _chips(query: Query, facets: tuple[Facet, ...]) -> list[tuple[str, str]]:
    """Label of each active filter and the query string without it."""
    chips = []
    if query.words:
        label = gettext("Search: %(words)s") % {"words": query.words}
        chips.append((label, query.address(without="q")))
    for facet in facets:
        for option in facet.options:
            if option.chosen:
                label = f"{facet.label}: {option.label}"
                chips.append((label, query.address(without=facet.name)))
    return chips


def _lines(rows: Any) -> tuple[Line, ...]:
    """Plain values for each row, so that the template looks nothing up."""
    url = reverse("partnerships:partnership", args=["-"])
    return tuple(_line(row, url, get_language()) for row in rows)


@lru_cache(maxsize=4096)
def _line(row: Row, url: str, language: str) -> Line:
    state = Partnership.State(row.state)
    return Line(
        url=url.replace("/-/", f"/{row.slug}/"),
        title=row.title,
        state="" if state == Partnership.State.LISTED else str(state.label),
        home=_places(row.home, lambda side: region_name(side.region)),
        partner=_places(row.partners, lambda side: place_name(side.country, side.region)),
        kind=str(capfirst(Partnership.Kind(row.kind).label)),
        since=since(row.year, uncertain=row.year_is_uncertain),
    )


def since(year: int | None, *, uncertain: bool) -> str:
    """The year, marked where it is uncertain; empty where it is not known."""
    if not year:
        return ""
    return gettext("about %(year)s") % {"year": year} if uncertain else str(year)


def _places(sides: list[Side], naming: Callable[[Side], str]) -> str:
    return "; ".join(dict.fromkeys(naming(side) for side in sides))
