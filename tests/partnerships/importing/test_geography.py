"""Countries and regions as people write them."""

from __future__ import annotations

import pytest
from django_countries import countries

from partnerships.importing import geography
from partnerships.models import GazetteerPlace


@pytest.mark.parametrize(
    ("text", "code", "nation"),
    [
        *((text, "US", "") for text in ("USA", "U.S.A.", "US", "usa", "Vereinigte Staaten")),
        ("Vereinigte Staaten von Amerika", "US", ""),
        ("Vereinigte Staaten (von Amerika)", "US", ""),
        ("United States", "US", ""),
        *((text, "GB", "") for text in ("Großbritannien", "Grossbritannien", "UK", "GB", "U.K.")),
        ("GBR", "GB", ""),
        ("Vereinigtes Königreich", "GB", ""),
        ("Vereinigtes Koenigreich", "GB", ""),
        ("England", "GB", "England"),
        ("Schottland", "GB", "Scotland"),
        ("Wales", "GB", "Wales"),
        ("Nordirland", "GB", "Northern Ireland"),
        ("Großbritannien (Schottland)", "GB", "Scotland"),
        ("UK / England", "GB", "England"),
        ("Frankreich", "FR", ""),
        ("France", "FR", ""),
        ("fr", "FR", ""),
        ("Holland", "NL", ""),
        ("Tschechien", "CZ", ""),
        ("Deutschland", "DE", ""),
        *((text, "", "") for text in ("", "Absurdistan", "USA, Frankreich", "England/Wales", "()")),
    ],
)
def test_countries_are_read_in_german_and_english(text: str, code: str, nation: str) -> None:
    assert geography.country(text) == (code, nation)


def test_every_country_is_read_by_its_codes_and_its_name() -> None:
    wrong = [
        word
        for code, name in countries
        for word in (code, countries.alpha3(code), str(name))
        if geography.country(word)[0] != code
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("NRW", "DE", "Nordrhein-Westfalen"),
        ("Nordrhein Westfalen", "DE", "Nordrhein-Westfalen"),
        ("BW", "DE", "Baden-Württemberg"),
        ("Baden-Wuerttemberg", "DE", "Baden-Württemberg"),
        ("RLP", "DE", "Rheinland-Pfalz"),
        ("SH", "DE", "Schleswig-Holstein"),
        ("MV", "DE", "Mecklenburg-Vorpommern"),
        ("Freistaat Bayern", "DE", "Bayern"),
        ("Freistaat Sachsen", "DE", "Sachsen"),
        ("Thueringen", "DE", "Thüringen"),
        ("NY", "US", "New York"),
        ("PA", "US", "Pennsylvania"),
        ("Kalifornien", "US", "California"),
        ("Nordkarolina", "US", "North Carolina"),
        ("D.C.", "US", "District of Columbia"),
        ("Schottland", "GB", "Scotland"),
        ("Kent", "GB", ""),
        ("NRW", "US", ""),
        ("Normandie", "FR", ""),
        ("", "DE", ""),
    ],
)
def test_regions_get_their_full_name(text: str, country: str, name: str) -> None:
    assert geography.region(text, country) == name


@pytest.mark.usefixtures("reference")
def test_every_region_of_the_gazetteer_is_known() -> None:
    places = GazetteerPlace.objects.values_list("region", "country").distinct()
    assert [place for place in places if geography.region(*place) != place[0]] == []


def test_the_sixteen_laender_and_fifty_states_are_complete() -> None:
    assert len(geography._LAENDER) == 16
    assert len(geography._STATES) == 52  # with the District of Columbia and Puerto Rico
