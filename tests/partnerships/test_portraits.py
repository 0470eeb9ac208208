"""Facts of cities as people read them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from partnerships.models import City
from partnerships.portraits import coordinates, facts, local_time

WINTER = dt.datetime(2027, 1, 15, 12, 0, tzinfo=dt.UTC)
GAP = dt.datetime(2027, 3, 20, 12, 0, tzinfo=dt.UTC)


def city(zone: str, **extra: object) -> City:
    values = {"name_de": "Ort", "country": "US", "region": "Texas", "time_zone": zone, **extra}
    return City(**values)


@pytest.mark.parametrize(
    ("zone", "at", "in_german", "in_english"),
    [
        ("Europe/Berlin", WINTER, "13:00 (Europe/Berlin, wie in Berlin)", "as in Berlin"),
        ("Europe/London", WINTER, "12:00 (Europe/London, 1 Stunde hinter Berlin)", "1 hour behind"),
        ("America/Chicago", WINTER, "06:00 (America/Chicago, 7 Stunden hinter Berlin)", "7 hours"),
        ("America/Chicago", GAP, "07:00 (America/Chicago, 6 Stunden hinter Berlin)", "6 hours"),
        ("Asia/Kolkata", WINTER, "17:30 (Asia/Kolkata, Berlin um 4,5 Stunden voraus)", "4.5 hours"),
        ("Asia/Tokyo", WINTER, "21:00 (Asia/Tokyo, Berlin um 8 Stunden voraus)", "ahead of Berlin"),
    ],
)
def test_local_time_is_compared_with_berlin(
    zone: str, at: dt.datetime, in_german: str, in_english: str
) -> None:
    assert local_time(city(zone), at) == in_german
    with translation.override("en"):
        assert in_english in local_time(city(zone), at)


def test_coordinates_name_the_hemisphere() -> None:
    assert coordinates(50.938, 6.957) == "50,94° N, 6,96° O"
    with translation.override("en"):
        assert coordinates(-33.87, -70.5) == "33.87° S, 70.50° W"


def test_what_is_not_known_is_left_out() -> None:
    labels = [label for label, _ in facts(city("America/Chicago", region=""), at=WINTER)]
    assert labels == ["Staat", "Ortszeit"]


def test_every_figure_names_its_source() -> None:
    koeln = city(
        "Europe/Berlin",
        country="DE",
        region="Bayern",
        population=1000,
        population_source="GeoNames",
        ags="05315000",
        latitude=50.0,
        longitude=7.0,
        geo_source="Wikidata, Wikipedia",
        other_names="Coellen\nKöllen",
    )
    found = dict(facts(koeln, at=WINTER))
    assert found["Bundesland"] == "Bayern"
    assert found["Einwohnerzahl"] == "1.000 (Quelle: GeoNames)"
    assert found["Koordinaten"] == "50,00° N, 7,00° O (Quelle: Wikidata und Wikipedia)"
    assert found["Gemeinde\u00adschlüssel (AGS)"] == "05315000 (Quelle: Destatis)"
    assert found["Andere Schreibweisen"] == "Coellen, Köllen"
