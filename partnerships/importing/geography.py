"""Countries, German Länder, US states and the nations of the UK as people write them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from django.utils import translation
from django_countries import countries

from ..folding import e_form
from ..models import HOME_COUNTRY

_LAENDER = {
    "Baden-Württemberg": ("BW", "BaWü", "Bad.-Württ.", "Ba-Wü"),
    "Bayern": ("BY", "Bay.", "Freistaat Bayern", "Bavaria"),
    "Berlin": ("BE", "Land Berlin"),
    "Brandenburg": ("BB", "Bbg."),
    "Bremen": ("HB", "Freie Hansestadt Bremen", "Land Bremen", "Hansestadt Bremen"),
    "Hamburg": ("HH", "Freie und Hansestadt Hamburg", "Hansestadt Hamburg"),
    "Hessen": ("HE", "Hess.", "Hesse"),
    "Mecklenburg-Vorpommern": (
        *("MV", "M-V", "Meck-Pomm", "Meckl.-Vorp.", "Mecklenburg-Western Pomerania"),
        "Mecklenburg-West Pomerania",
    ),
    "Niedersachsen": ("NI", "NDS", "Nds.", "Lower Saxony"),
    "Nordrhein-Westfalen": ("NW", "NRW", "Nordrh.-Westf.", "North Rhine-Westphalia"),
    "Rheinland-Pfalz": ("RP", "RLP", "Rhld.-Pf.", "Rhineland-Palatinate"),
    "Saarland": ("SL", "Saar"),
    "Sachsen": ("SN", "Freistaat Sachsen", "Sachs.", "Saxony"),
    "Sachsen-Anhalt": ("ST", "LSA", "Sachs.-Anh.", "Saxony-Anhalt"),
    "Schleswig-Holstein": ("SH", "Schl.-Holst."),
    "Thüringen": ("TH", "Thür.", "Freistaat Thüringen", "Thuringia"),
}
_NATIONS = {
    "England": ("ENG",),
    "Scotland": ("SCT", "Schottland"),
    "Wales": ("WLS", "Cymru"),
    "Northern Ireland": ("NIR", "Nordirland"),
}
#: Postal code and, where it differs, the German name (and other abbreviations).
_STATES = {
    "Alabama": ("AL",),
    "Alaska": ("AK",),
    "Arizona": ("AZ",),
    "Arkansas": ("AR",),
    "California": ("CA", "Kalifornien", "Calif."),
    "Colorado": ("CO",),
    "Connecticut": ("CT",),
    "Delaware": ("DE",),
    "District of Columbia": ("DC", "D.C.", "Washington D.C.", "Distrikt Columbia"),
    "Florida": ("FL",),
    "Georgia": ("GA",),
    "Hawaii": ("HI", "Hawai'i"),
    "Idaho": ("ID",),
    "Illinois": ("IL",),
    "Indiana": ("IN",),
    "Iowa": ("IA",),
    "Kansas": ("KS",),
    "Kentucky": ("KY",),
    "Louisiana": ("LA",),
    "Maine": ("ME",),
    "Maryland": ("MD",),
    "Massachusetts": ("MA", "Mass."),
    "Michigan": ("MI",),
    "Minnesota": ("MN",),
    "Mississippi": ("MS",),
    "Missouri": ("MO",),
    "Montana": ("MT",),
    "Nebraska": ("NE",),
    "Nevada": ("NV",),
    "New Hampshire": ("NH",),
    "New Jersey": ("NJ",),
    "New Mexico": ("NM", "Neumexiko", "Neu-Mexiko"),
    "New York": ("NY", "New York State"),
    "North Carolina": ("NC", "Nordkarolina", "Nord-Carolina", "Nordcarolina"),
    "North Dakota": ("ND", "Norddakota", "Nord-Dakota"),
    "Ohio": ("OH",),
    "Oklahoma": ("OK",),
    "Oregon": ("OR",),
    "Pennsylvania": ("PA", "Pennsylvanien", "Penn."),
    "Rhode Island": ("RI",),
    "South Carolina": ("SC", "Südkarolina", "Süd-Carolina", "Südcarolina"),
    "South Dakota": ("SD", "Süddakota", "Süd-Dakota"),
    "Tennessee": ("TN",),
    "Texas": ("TX",),
    "Utah": ("UT",),
    "Vermont": ("VT",),
    "Virginia": ("VA", "Virginien"),
    "Washington": ("WA", "Washington State"),
    "West Virginia": ("WV", "Westvirginia", "West-Virginia"),
    "Wisconsin": ("WI",),
    "Wyoming": ("WY",),
    "Puerto Rico": ("PR",),
}
_COUNTRIES = {
    "US": (
        *("USA", "U.S.A.", "U.S.", "Vereinigte Staaten", "Vereinigte Staaten von Amerika"),
        *("Vereinigte Staaten von Amerika (USA)", "United States", "United States of America"),
        *("Amerika", "America"),
    ),
    "GB": (
        *("Großbritannien", "UK", "U.K.", "GB", "G.B.", "Vereinigtes Königreich", "Great Britain"),
        *("Vereinigtes Königreich von Großbritannien und Nordirland", "United Kingdom", "Britain"),
    ),
    HOME_COUNTRY: ("Deutschland", "Germany", "BRD", "Bundesrepublik Deutschland"),
    "NL": ("Holland", "Niederlande", "The Netherlands"),
    "CZ": ("Tschechien", "Tschechische Republik", "Czech Republic"),
    "RU": ("Russland", "Russia"),
    "TR": ("Türkei", "Turkey"),
    "KR": ("Südkorea", "South Korea"),
    "VN": ("Vietnam",),
    "BO": ("Bolivien", "Bolivia"),
    "TZ": ("Tansania", "Tanzania"),
    "PS": ("Palästina", "Palästinensische Gebiete", "Palestine"),
    "MK": ("Nordmazedonien", "Mazedonien"),
    "CI": ("Elfenbeinküste", "Ivory Coast"),
}
_REGIONS = {HOME_COUNTRY: _LAENDER, "US": _STATES, "GB": _NATIONS}
#: Countries whose regions are known by name.
WITH_REGIONS = frozenset(_REGIONS)


def _key(text: str) -> str:
    return e_form(text).replace(" ", "")


def _keys(spellings: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {_key(word): name for name, words in spellings.items() for word in (name, *words)}


_REGION_KEYS = {country: _keys(spellings) for country, spellings in _REGIONS.items()}


@cache
def _country_keys() -> dict[str, str]:
    """Every country by its codes and by its German and English name."""
    found = {}
    for language in ("en", "de"):
        with translation.override(language):
            found |= {_key(name): code for code, name in countries}
    for code, _name in countries:
        found |= {_key(code): code, _key(countries.alpha3(code)): code}
    return found | _keys(_COUNTRIES)


@lru_cache(maxsize=2000)
def region(text: str, country: str) -> str:
    """The full name of a German Land, US state or British nation; empty for anything else."""
    return _REGION_KEYS.get(country, {}).get(_key(text), "")


@lru_cache(maxsize=2000)
def elsewhere(text: str, country: str) -> str:
    """The region's full name where it is one of the USA or the UK, and not of this country.

    Abbreviations say too little for that.
    """
    if len(text) < 4 or not country or region(text, country):
        return ""
    return next((found for other in ("US", "GB") if (found := region(text, other))), "")


@lru_cache(maxsize=2000)
def country(text: str) -> tuple[str, str]:
    """ISO code and, where the cell names one (``Schottland``), the nation; both may be empty.

    ``Großbritannien (Schottland)`` says both; parts that contradict each other say nothing.
    """
    whole = _country(text)
    if whole[0]:
        return whole
    parts = [_country(part) for part in re.split(r"[/,()]+", text) if part.strip()]
    codes, nations = {code for code, _ in parts}, {nation for _, nation in parts if nation}
    if len(codes) != 1 or len(nations) > 1:
        return "", ""
    return codes.pop(), "".join(nations)


def _country(text: str) -> tuple[str, str]:
    if nation := region(text, "GB"):
        return "GB", nation
    return _country_keys().get(_key(text), ""), ""
