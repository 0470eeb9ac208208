"""Cities, and the gazetteer that further ones are chosen from."""

from __future__ import annotations

from collections.abc import Hashable

from partnerships.folding import search_text
from partnerships.models import City, GazetteerPlace

from .rows import Count, bring_in, read

CITY_FIELDS = (
    *("name_de", "name_en", "other_names", "latitude", "longitude", "population"),
    *("population_source", "time_zone", "ags", "geo_source", "search_text", "sort_key"),
)


def load_places() -> list[Count]:
    cities = bring_in(
        [city(row) for row in read("cities.csv")], keys=city_keys, fields=CITY_FIELDS
    )[1]
    places = bring_in([place(row) for row in read("gazetteer.csv")], keys=place_keys)[1]
    return [cities, places]


def city_keys(city: City) -> tuple[Hashable, ...]:
    """Either is enough: staff may have changed the name, or the address."""
    return city.slug, (city.name_de, city.country.code, city.region)


def place_keys(place: GazetteerPlace) -> tuple[Hashable, ...]:
    return ((place.name, place.country.code, place.region),)


def city(row: dict[str, str]) -> City:
    made = City(
        slug=row["slug"],
        name_de=row["name_de"],
        name_en=row["name_en"],
        other_names=row["other_names"].replace("|", "\n"),
        country=row["country"],
        region=row["region"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        population=int(row["population"]) if row["population"] else None,
        population_source=row["population_source"],
        time_zone=row["time_zone"],
        ags=row["ags"],
        geo_source=row["geo_source"],
    )
    made.fold()
    return made


def place(row: dict[str, str]) -> GazetteerPlace:
    return GazetteerPlace(
        name=row["name"],
        country=row["country"],
        region=row["region"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        population=int(row["population"]) if row["population"] else None,
        time_zone=row["time_zone"],
        ags=row["ags"],
        search_text=search_text([row["name"]]),
    )
