"""Places are named in the reader's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from partnerships.regions import country_name, place_name, region_name


@pytest.mark.parametrize(
    ("region", "in_german", "in_english"),
    [
        ("Bayern", "Bayern", "Bavaria"),
        ("Scotland", "Schottland", "Scotland"),
        ("Indiana", "Indiana", "Indiana"),
        ("", "", ""),
    ],
)
def test_regions_are_translated_where_they_have_two_names(
    region: str, in_german: str, in_english: str
) -> None:
    assert region_name(region) == in_german
    with translation.override("en"):
        assert region_name(region) == in_english


@pytest.mark.parametrize(
    ("code", "in_german", "in_english"),
    [
        ("US", "USA", "USA"),
        ("GB", "Vereinigtes Königreich", "United Kingdom"),
        ("FR", "Frankreich", "France"),
        ("XX", "XX", "XX"),
        ("²", "²", "²"),
        ("840", "840", "840"),
    ],
)
def test_countries_are_named_or_stand_for_themselves(
    code: str, in_german: str, in_english: str
) -> None:
    assert country_name(code) == in_german
    with translation.override("en"):
        assert country_name(code) == in_english


def test_a_place_names_its_region_if_there_is_one() -> None:
    assert place_name("US", "Indiana") == "USA, Indiana"
    assert place_name("FR", "") == "Frankreich"
