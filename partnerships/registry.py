"""The cities and pairs that are known, in memory while a list is read: few queries, many rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

from .folding import a_form, e_form
from .importing.names import (
    says_the_same,
    short_form,
    without_joiners,
    without_title,
    words,
)
from .models import HOME_COUNTRY, City, GazetteerPlace, Partnership, Party

#: A city in the database by its number, one from the gazetteer by name, country and region.
Identity = int | tuple[str, str, str]


@dataclass(slots=True)
class Known:
    """A partnership that exists already."""

    pk: int
    kind: str
    year: int | None
    state: str


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One name of a place; ``rest`` is what a short form leaves out."""

    place: City | GazetteerPlace
    rest: tuple[str, ...] = ()


class Registry:
    """Looks up cities by any spelling and knows which are linked; writes nothing."""

    def __init__(self) -> None:
        self._spellings: dict[str, list[_Spelling]] = defaultdict(list)
        self._city_slugs: set[str] = set()
        self._from_gazetteer: dict[int, City] = {}
        cities = list(City.every.order_by("pk"))  # addresses and places of merged ones stay taken
        self._city_slugs |= {city.slug for city in cities}
        for city in cities:
            if city.merged_into_id:
                continue
            names = {city.name_de, city.name_en or "", *city.spellings} - {""}
            self._know(city, names)
        stored = {(name, c.country.code, c.region) for c in cities for name in _names(c)}
        for place in GazetteerPlace.objects.order_by("pk"):
            if (place.name, place.country.code, place.region) not in stored:
                self._know(place, {place.name})
        self._known = {known.pk: known for known in _stored_partnerships()}
        self._pairs = _stored_pairs()
        self._slugs = set(Partnership.every.values_list("slug", flat=True))

    def named(self, name: str, country: str = "") -> list[City]:
        """Every city of that name, in the country or (without one) anywhere.

        A German city is found by a short form, too; cities of the gazetteer are not saved.
        """
        for wanted in dict.fromkeys((name, without_title(name))):
            if found := self._spelled(words(wanted), country):
                return found
        return []

    def known(self, cities: Iterable[City]) -> Known | None:
        """The partnership of exactly these cities."""
        pk = self._pairs.get(frozenset(map(identity, cities)))
        return self._known[pk] if pk else None

    def city_slug(self, city: City) -> str:
        """A free address for a new city; with its region where the name is taken."""
        wanted = slugify(e_form(city.name_de))
        if wanted in self._city_slugs:
            wanted = slugify(e_form(f"{city.name_de} {city.region}"))
        return free_slug(wanted[:75] or "city", self._city_slugs)

    def partnership_slug(self, cities: Iterable[City]) -> str:
        """A free address for a partnership of these cities."""
        return free_slug("-".join(city.slug for city in cities)[:115].strip("-"), self._slugs)

    def _know(self, place: City | GazetteerPlace, names: Iterable[str]) -> None:
        is_german = place.country.code == HOME_COUNTRY
        keys: dict[tuple[str, tuple[str, ...]], _Spelling] = {}
        for form in (e_form, a_form):
            for name in names:
                if is_german:
                    short, rest = short_form(name, form)
                    keys.setdefault((short, rest), _Spelling(place, rest))
                keys[" ".join(words(name, form)), ()] = _Spelling(place)
        for (key, _rest), spelling in keys.items():
            self._spellings[key].append(spelling)

    def _spelled(self, written: list[str], country: str) -> list[City]:
        """The whole name first; of German names then ever shorter ones with fitting rests."""
        for end in range(len(written), 0, -1):
            rest = without_joiners(written[end:])
            found = [
                spelling.place
                for spelling in self._spellings.get(" ".join(written[:end]), [])
                if (not country or spelling.place.country.code == country)
                and says_the_same(rest, spelling.rest)
            ]
            if found:
                return [
                    self._city(place) for place in {id(place): place for place in found}.values()
                ]
            if country not in {"", HOME_COUNTRY}:
                return []
        return []

    def _city(self, place: City | GazetteerPlace) -> City:
        if isinstance(place, City):
            return place
        if place.pk not in self._from_gazetteer:
            self._from_gazetteer[place.pk] = city_at(place)
        return self._from_gazetteer[place.pk]


def identity(city: City) -> Identity:
    return city.pk or (city.name_de, city.country.code, city.region)


def free_slug(wanted: str, taken: set[str]) -> str:
    """``wanted``, with the first number from 2 that is free if it is taken; taken from now on."""
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    taken.add(slug)
    return slug


def _names(city: City) -> set[str]:
    return {city.name_de, city.name_en or city.name_de}


def _stored_partnerships() -> Iterable[Known]:
    fields = Partnership.objects.order_by().values_list("pk", "kind", "year_established", "state")
    return (Known(*values) for values in fields)


def _stored_pairs() -> dict[frozenset[Identity], int]:
    sides = defaultdict(list)
    parties = Party.objects.filter(partnership__merged_into__isnull=True).order_by("-partnership")
    for partnership, city in parties.values_list("partnership", "city"):
        sides[partnership].append(city)
    return {frozenset(cities): partnership for partnership, cities in sides.items()}


def city_at(place: GazetteerPlace) -> City:
    city = City(
        name_de=place.name,
        name_en=place.name,
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
