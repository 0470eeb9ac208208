"""Cities a person may choose from for a row that was not clear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Q, When

from ..folding import search_terms
from ..models import HOME_COUNTRY, City, GazetteerPlace, ImportRow
from ..registry import city_at
from . import geography

MOST = 15


@dataclass(frozen=True)
class Candidate:
    """A city of the portal (``city:7``) or a place of the gazetteer (``place:7``)."""

    key: str
    city: City


def candidates(words: str, country: str) -> list[Candidate]:
    """Cities whose names contain all the words, then places of the gazetteer; at most 15 each.

    Among both come first those that are called so: Essen before Gießen.
    """
    if not search_terms(words):
        return []
    cities = City.every.search(words).order_by(_called(words, "name_de", "name_en"), "sort_key")
    places = GazetteerPlace.objects.order_by(_called(words, "name"), "-population")
    for term in search_terms(words):
        places = places.filter(search_text__contains=term)
    if country:
        cities, places = cities.filter(country=country), places.filter(country=country)
    stored = list(cities[: 2 * MOST])
    standing = [city for city in stored if not city.merged_into_id]
    found = [Candidate(f"city:{city.pk}", city) for city in standing[:MOST]]
    known = {(city.name, city.country, city.region) for city in stored}  # merged ones lead on
    return found + [
        Candidate(f"place:{place.pk}", city_at(place))
        for place in places[:MOST]
        if (place.name, place.country, place.region) not in known
    ]


def _called(words: str, *names: str) -> Case:
    """0 for a city of just this name, 1 for all others."""
    same = Q()
    for name in names:
        same |= Q(**{f"{name}__iexact": words.strip()})
    return Case(When(same, then=0), default=1)


def certain(found: Iterable[Candidate], row: ImportRow, side: str) -> str:
    """The key of the city that the import found for a side; empty where it found none.

    ``side`` is ``german_city`` or ``partner_city``.
    """
    if side == "german_city":
        region = geography.region(row.written.get("german_state", ""), HOME_COUNTRY)
    else:
        region = row.facts["partner_region"]
        if not row.facts["partner_country"]:
            return ""
    fitting = [
        one.key
        for one in found
        if row.facts[side] and row.facts[side] in {one.city.name_de, one.city.name_en}
        if region in {"", one.city.region}
    ]
    return fitting[0] if len(fitting) == 1 else ""
