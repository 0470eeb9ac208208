"""Which cities are offered to a person who looks for one by name."""

from __future__ import annotations

import pytest

from partnerships.importing.candidates import MOST, candidates
from partnerships.models import GazetteerPlace

from ...factories import make_city

pytestmark = pytest.mark.django_db


def place(name: str, population: int) -> None:
    GazetteerPlace.objects.create(
        name=name,
        country="US",
        region="Ohio",
        latitude=40.0,
        longitude=-83.0,
        time_zone="America/New_York",
        population=population,
    )


def test_cities_of_just_this_name_come_first_and_are_never_cut_off() -> None:
    for number in range(2 * MOST):
        make_city(f"Bad Essen {number}")
        place(f"Bad Essen {number}", 1_000_000)
    make_city("Essen")
    place("Essen", 20_000)
    names = [one.city.name for one in candidates("essen ", "")]
    assert (names[0], names[MOST]) == ("Essen", "Essen")
    assert candidates(" ", "") == []
