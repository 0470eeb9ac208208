"""The estimate of a journey's greenhouse gases."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from exchanges.models import Application, Leg, TravelFactor
from exchanges.money.climate import estimate, great_circle, sentences
from tests.exchanges.scenes import make_application
from tests.factories import make_city, make_partner_city

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 28)
BERLIN, NEW_YORK = (52.52, 13.405), (40.7128, -74.006)


def factor(means: str, grams: int, **extra: Any) -> TravelFactor:
    values = {"valid_from": dt.date(2022, 1, 1), "source": f"{means}: general knowledge"}
    return TravelFactor.objects.create(means=means, grams=grams, **{**values, **extra})


def journey(**extra: Any) -> Application:
    application = make_application(
        make_city("Hamm", latitude=51.68, longitude=7.82),
        make_partner_city("Chattanooga", latitude=35.05, longitude=-85.31),
        starts_on=dt.date(2027, 5, 3),
        ends_on=dt.date(2027, 5, 5),
    )
    home, abroad = (party.city for party in application.parties.all())
    values = {"origin": home, "destination": abroad, "means": "long_flight", "persons": 2}
    Leg.objects.create(application=application, **{**values, **extra})
    return application


def test_the_great_circle_from_berlin_to_new_york() -> None:
    assert great_circle(*BERLIN, *NEW_YORK) == pytest.approx(6385, abs=15)
    assert great_circle(*BERLIN, *BERLIN) == 0
    assert great_circle(0, 0, 0, 180) == pytest.approx(20015, abs=1)


def test_persons_and_the_way_back_count() -> None:
    factor("long_flight", 200)
    one_way = estimate(journey(persons=1, is_return=False), TODAY)
    Leg.objects.update(persons=2, is_return=True)
    both_ways = estimate(Application.objects.get(), TODAY)
    assert one_way
    assert both_ways
    assert one_way.kilograms
    assert both_ways.kilograms
    assert one_way.kilograms == pytest.approx(one_way.kilometres * 0.2)
    assert both_ways.kilograms == pytest.approx(4 * one_way.kilograms)


def test_the_virtual_meeting_stands_beside_it() -> None:
    factor("long_flight", 200)
    factor("video", 100)
    found = estimate(journey(), TODAY)
    assert found
    assert found.virtual == pytest.approx(100 * 4 * 3 * 2 / 1000)


def test_the_newest_factor_in_force_counts() -> None:
    factor("long_flight", 100)
    factor("long_flight", 200, valid_from=dt.date(2025, 1, 1))
    factor("long_flight", 900, valid_from=dt.date(2030, 1, 1))
    found = estimate(journey(), TODAY)
    assert found
    assert found.kilograms
    assert found.kilograms == pytest.approx(found.kilometres * 0.2)


@pytest.mark.parametrize("missing", ["factor", "place"])
def test_what_is_missing_is_said_and_never_guessed(missing: str) -> None:
    application = journey()
    if missing == "place":
        factor("long_flight", 200)
        Leg.objects.get().origin.__class__.objects.update(latitude=None)
    found = estimate(application, TODAY)
    assert found
    assert (found.kilograms, found.virtual) == (None, None)
    with translation.override("en"):
        assert "cannot be estimated" in " ".join(sentences(found))


@pytest.mark.parametrize("is_checked", [True, False])
def test_unchecked_factors_say_so(is_checked: bool) -> None:
    factor("long_flight", 200, is_checked=is_checked)
    found = estimate(journey(), TODAY)
    assert found
    with translation.override("en"):
        assert ("not checked yet" in " ".join(sentences(found))) is not is_checked
    assert found.sources == ("long_flight: general knowledge",)


def test_without_a_leg_there_is_no_estimate() -> None:
    assert estimate(make_application(), TODAY) is None
