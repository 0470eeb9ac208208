"""Which entries are probably doubled: for a person to look at, never merged by themselves."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from ..folding import a_form, e_form
from ..models import City, Partnership, Party
from .planning import how_far

#: Cities of one name that are further apart are two cities.
FAR_APART_KM = 30
#: Suggestions shown on the page.
MOST = 50
_EARTH_KM = 6371.0


@dataclass(frozen=True)
class Pair:
    """Two entries that may be one; the one that would stay comes first."""

    kept: City | Partnership
    merged: City | Partnership


def doubled_cities() -> list[Pair]:
    """Cities of one country that share a name in any spelling and may be the same place."""
    named: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in City.objects.order_by("pk"):
        for form in _forms(city):
            named[form, city.country.code].append(city)
    found = {
        (one.pk, other.pk): Pair(one, other)
        for cities in named.values()
        for one, other in combinations(cities, 2)
        if may_be_one(one, other)
    }
    return sorted(found.values(), key=_by_name)


def doubled_partnerships() -> list[Pair]:
    """Partnerships between exactly the same cities, drafts excepted; the more confirmed first."""
    standing = Party.objects.filter(partnership__merged_into__isnull=True)
    cities: dict[int, set[int]] = defaultdict(set)
    for partnership, city in standing.exclude(
        partnership__state=Partnership.State.DRAFT
    ).values_list("partnership", "city"):
        cities[partnership].add(city)
    same: dict[frozenset[int], list[int]] = defaultdict(list)
    for pk in sorted(cities):
        same[frozenset(cities[pk])].append(pk)
    doubled = [pks for pks in same.values() if len(pks) > 1]
    rows = Partnership.objects.in_bulk([pk for pks in doubled for pk in pks])
    pairs = (pair for pks in doubled for pair in _pairs(pks))
    found = (Pair(*_further_first(rows[one], rows[two])) for one, two in pairs)
    return sorted(found, key=_by_name)


def may_be_one(one: City, other: City) -> bool:
    """Whether nothing that is known says that these are two places."""
    if one.pk == other.pk or (one.ags and other.ags and one.ags != other.ags):
        return False
    distance = _distance(one, other)
    return one.region == other.region if distance is None else distance <= FAR_APART_KM


def _forms(city: City) -> set[str]:
    names = {city.name_de, city.name_en or "", *city.spellings} - {""}
    return {form(name) for name in names for form in (e_form, a_form)}


def _distance(one: City, other: City) -> float | None:
    """Kilometres as the crow flies; ``None`` where a place is not known."""
    points = (one.latitude, one.longitude, other.latitude, other.longitude)
    if None in points:
        return None
    north, east, north2, east2 = (math.radians(value) for value in points if value is not None)
    chord = math.sin((north2 - north) / 2) ** 2
    chord += math.cos(north) * math.cos(north2) * math.sin((east2 - east) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))


def _pairs(pks: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each with the first: when one is merged, the next is suggested again."""
    first, *others = pks
    return ((first, other) for other in others)


def _further_first(one: Partnership, two: Partnership) -> tuple[Partnership, Partnership]:
    return (one, two) if how_far(one) >= how_far(two) else (two, one)


def _by_name(pair: Pair) -> tuple[str, int, int]:
    return pair.kept.sort_key, pair.kept.pk, pair.merged.pk
