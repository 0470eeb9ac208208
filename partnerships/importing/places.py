"""Which two cities a row names; what is not certain is left to a person, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..models import HOME_COUNTRY, City
from ..registry import Registry
from . import cells, geography
from .names import place_in_name
from .reasons import Reason, Refused

#: So many candidates are named in a reason.
_NAMED = 6


@dataclass
class Side:
    """A city, or what is certain about it where there is not exactly one."""

    city: City | None = None
    name: str = ""
    region: str = ""
    reasons: list[Reason] = field(default_factory=list)
    refusal: Reason | None = None


@dataclass
class Both:
    """Both sides of a row, and the partner's country as an ISO code."""

    home: Side
    partner: Side
    country: str
    country_reasons: list[Reason]

    @property
    def reasons(self) -> list[Reason]:
        return [*self.home.reasons, *self.country_reasons, *self.partner.reasons]

    def refuse_what_cannot_be(self) -> None:
        """Raises ``Refused`` for a city in the wrong country and for a city with itself."""
        for refusal in (self.home.refusal, self.partner.refusal):
            if refusal:
                raise Refused(refusal)
        if self.home.city is not None and self.home.city is self.partner.city:
            raise Refused(Reason("same_city"))
        if self.country == HOME_COUNTRY:
            raise Refused(Reason("partner_at_home"))


def find_both(written: Mapping[str, str], registry: Registry) -> Both:
    """Look up the row's cities, by names, regions and country as people write them."""
    home = _find(
        registry, written["german_city"], HOME_COUNTRY, _said(written.get("german_state", ""))
    )
    country_text = _said(written.get("partner_country", ""))
    region_text = _said(written.get("partner_region", ""))
    country, nation = geography.country(country_text) if country_text else ("", "")
    if not country:
        code = "country_unknown" if country_text else "country_missing"
        open_country = Reason(code, country=country_text) if country_text else Reason(code)
        return Both(home, Side(name=written["partner_city"]), "", [open_country])
    if nation and region_text and geography.region(region_text, country) not in {"", nation}:
        reason = Reason("regions_differ")
        return Both(home, Side(name=written["partner_city"]), country, [reason])
    if nation and not geography.region(region_text, country):
        region_text = nation
    partner = _find(registry, written["partner_city"], country, region_text)
    return Both(home, partner, country, [])


def candidates(name: str, country: str, registry: Registry) -> list[City]:
    """Every city a person may have meant, also where the country is not known."""
    found = registry.named(name, country)
    if not found and (shorter := place_in_name(name)[0]) != name:
        found = registry.named(shorter, country)
    return found or (registry.named(name) if country else [])


def _said(text: str) -> str:
    return "" if cells.is_nothing(text) else text


def _find(registry: Registry, name: str, country: str, region_text: str) -> Side:
    found = registry.named(name, country)
    if not found:
        shorter, region_in_name = place_in_name(name)
        if geography.region(region_in_name, country):
            found = registry.named(shorter, country)
            region_text = region_text or region_in_name
    region = geography.region(region_text, country)
    if not found:
        return _not_found(registry, name, country, region)
    here = [city for city in found if not region or city.region == region]
    if not here:
        reason = Reason("elsewhere_region", city=name, region=region, places=_listed(found))
        return Side(None, _common(found), region, [reason])
    if len(here) > 1:
        reason = Reason("ambiguous", city=name, places=_listed(here))
        return Side(None, _common(here), region, [reason])
    city = here[0]
    if abroad := geography.elsewhere(region_text, country):
        reason = Reason("region_elsewhere", region=abroad, country=country)
        return Side(None, _name(city), "", [reason])
    side = Side(city, _name(city), city.region)
    if region_text and not region and country in geography.WITH_REGIONS:
        side.reasons.append(Reason("region_unknown", region=region_text[:60]))
    return side


def _not_found(registry: Registry, name: str, country: str, region: str) -> Side:
    """Known in exactly one other country: the row is wrong. Known nowhere: a person decides."""
    elsewhere = {city.country.code for city in registry.named(name)}
    side = Side(None, name, region)
    if len(elsewhere) == 1:
        side.refusal = Reason(
            "elsewhere_country", city=name, there=elsewhere.pop(), country=country
        )
    else:
        side.reasons = [Reason("city_unknown", city=name, country=country)]
    return side


def _name(city: City) -> str:
    """German for German cities, otherwise English: as the reference data call them."""
    is_german = city.country.code == HOME_COUNTRY
    return city.name_de if is_german else city.name_en or city.name_de


def _common(cities: list[City]) -> str:
    """The name that all of them share; empty where they do not."""
    names = {_name(city) for city in cities}
    return names.pop() if len(names) == 1 else ""


def _listed(cities: list[City]) -> str:
    listed = [f"{_name(city)} ({city.region})" for city in cities[:_NAMED]]
    return ", ".join([*listed, "…"] if len(cities) > _NAMED else listed)
