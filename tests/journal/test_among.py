from __future__ import annotations

import pytest
from django.db.models import F

from journal.among import Among
from journal.prepared import Prepared
from partnerships.models import City
from tests.factories import make_city

pytestmark = pytest.mark.django_db


def named(numbers: str) -> list[str]:
    found = City.objects.filter(Among(F("pk"), numbers)).order_by("pk")
    return [city.name for city in found]


def test_exactly_the_rows_with_these_numbers_are_found() -> None:
    bonn, koeln, ulm = (make_city(name) for name in ("Bonn", "Köln", "Ulm"))
    assert named(f"{ulm.pk},{bonn.pk}") == ["Bonn", "Ulm"]
    assert named(f"{koeln.pk}") == ["Köln"]
    assert named(f"{ulm.pk + 1}") == []


def test_any_number_of_keys_is_one_value_of_a_prepared_statement() -> None:
    prepared = Prepared(lambda numbers: City.objects.filter(Among(F("pk"), numbers)), str)
    cities = [make_city(f"Stadt {number}") for number in range(60)]
    everybody = ",".join(str(city.pk) for city in cities)
    assert {city.pk for city in prepared(everybody)} == {city.pk for city in cities}
    assert prepared(str(cities[7].pk)) == [cities[7]]
