"""What a partnership takes over from its cities and topics, so that the directory reads one table.

``facet_places`` and ``facet_topics`` hold terms such as ``country:US`` and the topics' keys,
sorted, with a ``|`` before and after each. ``sides`` holds a JSON list for each city: name in
German, name in English, country, region. ``partner_key`` sorts by the cities abroad. PostgreSQL
has an index for each column that is searched (migration 0002).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from .folding import search_text, sort_key
from .models import HOME_COUNTRY, City

SEPARATOR = "|"


def of_cities(cities: Sequence[City]) -> dict[str, str]:
    """Values of the columns that follow from the cities, in the order of the parties."""
    abroad = [city for city in cities if city.country.code != HOME_COUNTRY] or cities[1:]
    spellings = [n for city in cities for n in (*_names(city), *city.spellings)]
    return {
        "title_de": " – ".join(city.name_de for city in cities),
        "title_en": " – ".join(_names(city)[1] for city in cities),
        "search_text": search_text(spellings),
        "sort_key": _key(cities, "de"),
        "sort_key_en": _key(cities, "en"),
        "partner_key": _key(abroad, "de"),
        "partner_key_en": _key(abroad, "en"),
        "sides": json.dumps([[*_names(c), c.country.code, c.region] for c in cities]),
        "facet_places": _joined(_place_term(city) for city in cities),
    }


def of_topics(topics: Iterable[int]) -> dict[str, str]:
    """The same for the topics, given by their primary keys."""
    return {"facet_topics": _joined(map(str, topics))}


def _names(city: City) -> tuple[str, str]:
    return city.name_de, city.name_en or city.name_de


def _key(cities: Sequence[City], language: str) -> str:
    return sort_key(" ".join(_names(city)[language == "en"] for city in cities))[:300]


def _place_term(city: City) -> str:
    code = city.country.code
    return f"land:{city.region}" if code == HOME_COUNTRY else f"country:{code}"


def _joined(terms: Iterable[str]) -> str:
    found = sorted(set(terms))
    return f"{SEPARATOR}{SEPARATOR.join(found)}{SEPARATOR}" if found else ""
