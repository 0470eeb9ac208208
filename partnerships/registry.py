"""The cities and pairs that are known, in memory while a list is read: few queries, many rows."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .folding import a_form, e_form
from .models import City, GazetteerPlace, Partnership, Party

Key = tuple[str, str]  # folded name, country code


class Registry:
    """Looks up cities by any spelling and remembers pairs; ``save_new_cities`` alone writes."""

    def __init__(self) -> None:
        self._cities: dict[Key, list[City]] = defaultdict(list)
        self._city_slugs: set[str] = set()
        self._new: list[City] = []
        for city in City.objects.order_by("pk"):
            self._know(city)
        self._pairs = self._stored_pairs()
        self._slugs = set(Partnership.objects.values_list("slug", flat=True))

    def city(self, name: str, country: str, region: str) -> City:
        """The one city of that name; raises ``ValidationError`` where there is none, or several.

        The region decides between cities of the same name; it may be empty where one is alone.
        """
        if not name:
            raise ValidationError(_("The name of a city is missing."), code="city_missing")
        found = [
            city
            for city in self._cities.get((e_form(name), country), [])
            if not region or e_form(city.region) == e_form(region)
        ]
        exact = [city for city in found if name in (city.name_de, city.name_en)]
        found = exact or found or self._from_gazetteer(name, country, region)
        if len(found) == 1:
            return found[0]
        params = {"city": name, "place": ", ".join(part for part in (region, country) if part)}
        if found:
            raise ValidationError(
                _("There is more than one %(city)s (%(place)s); name the region."),
                code="city_ambiguous",
                params=params,
            )
        raise ValidationError(
            _("%(city)s (%(place)s) is not in the list of cities."),
            code="city_unknown",
            params=params,
        )

    def link(self, *cities: City) -> bool:
        """Remember the pair; false if exactly these cities were linked before."""
        pair = frozenset(city.slug for city in cities)
        known = pair in self._pairs
        self._pairs.add(pair)
        return not known

    def partnership_slug(self, cities: tuple[City, ...]) -> str:
        """A free address for a partnership of these cities."""
        slug = free_slug("-".join(city.slug for city in cities)[:115].strip("-"), self._slugs)
        self._slugs.add(slug)
        return slug

    def save_new_cities(self) -> None:
        City.objects.bulk_create(self._new)
        self._new = []

    def _know(self, city: City) -> None:
        self._city_slugs.add(city.slug)
        names = {city.name_de, city.name_en or "", *city.spellings} - {""}
        for form in {form(name) for name in names for form in (e_form, a_form)}:
            self._cities[form, city.country.code].append(city)

    def _stored_pairs(self) -> set[frozenset[str]]:
        sides = defaultdict(list)
        for partnership, slug in Party.objects.values_list("partnership", "city__slug"):
            sides[partnership].append(slug)
        return {frozenset(slugs) for slugs in sides.values()}

    @cached_property
    def _places(self) -> dict[Key, list[GazetteerPlace]]:
        places = defaultdict(list)
        for place in GazetteerPlace.objects.all():
            places[e_form(place.name), place.country.code].append(place)
        return places

    def _from_gazetteer(self, name: str, country: str, region: str) -> list[City]:
        """A new city for the one place that fits; the places that compete, if several do."""
        places = [
            place
            for place in self._places.get((e_form(name), country), [])
            if not region or e_form(place.region) == e_form(region)
        ]
        cities = [self._city_at(place) for place in places]
        if len(cities) == 1:
            self._know(cities[0])
            self._new.append(cities[0])
        return cities

    def _city_at(self, place: GazetteerPlace) -> City:
        wanted = slugify(e_form(place.name))
        if wanted in self._city_slugs:
            wanted = slugify(e_form(f"{place.name} {place.region}"))
        city = City(
            name_de=place.name,
            name_en=place.name,
            slug=free_slug(wanted[:75], self._city_slugs),
            country=place.country,
            region=place.region,
            latitude=place.latitude,
            longitude=place.longitude,
            population=place.population,
            population_source="GeoNames",
            time_zone=place.time_zone,
            ags=place.ags,
            geo_source="GeoNames",
        )
        city.fold()
        return city


def free_slug(wanted: str, taken: set[str]) -> str:
    """``wanted``, with the first number from 2 that is free if it is taken."""
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
