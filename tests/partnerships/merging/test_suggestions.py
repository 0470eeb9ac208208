"""Which entries are suggested as doubled."""

from __future__ import annotations

from typing import Any

import pytest

from partnerships.merging.suggestions import Pair, doubled_cities, doubled_partnerships
from partnerships.models import Partnership
from tests import factories as make

from .doubled import merged, two_partnerships

pytestmark = pytest.mark.django_db
NOWHERE = {"latitude": None, "longitude": None}


@pytest.mark.parametrize(
    ("values", "is_suggested"),
    [
        ({"name": "Koeln"}, True),
        ({"name": "Kolonia", "other_names": "Köln"}, True),
        ({"name": "Kolonia", "name_en": "KÖLN"}, True),
        ({"name": "Köln-Porz"}, False),
        ({"name": "Koln", "country": "US"}, False),
        ({"name": "Koln", "latitude": 50.8}, True),
        ({"name": "Koln", "latitude": 52.0}, False),
        ({"name": "Koln", **NOWHERE}, True),
        ({"name": "Koln", "region": "Hessen", **NOWHERE}, False),
        ({"name": "Koln", "ags": "05315000"}, True),
        ({"name": "Koln", "ags": "05111000"}, False),
    ],
)
def test_cities_of_one_name_in_one_place_are_suggested(
    values: dict[str, Any], is_suggested: bool
) -> None:
    cologne = make.make_city("Köln", slug="koeln", ags="05315000")
    other = make.make_city(values.pop("name"), slug="anders", **values)
    assert doubled_cities() == ([Pair(cologne, other)] if is_suggested else [])


def test_merged_cities_are_not_suggested_again() -> None:
    kept, other = make.make_city("Köln"), make.make_city("Koeln", slug="koeln-2")
    merged(kept, other)
    assert doubled_cities() == []


def test_partnerships_of_the_same_cities_are_suggested_the_further_one_first() -> None:
    listed, second = two_partnerships()
    second.state = Partnership.State.ACTIVE
    second.save()
    make.make_partnership(listed.parties.first().city, make.make_partner_city())
    assert doubled_partnerships() == [Pair(second, listed)]


def test_drafts_and_merged_partnerships_are_not_suggested() -> None:
    kept, other = two_partnerships()
    cities = [party.city for party in kept.parties.all()]
    make.make_partnership(*cities, state="draft")
    merged(kept, other)
    assert doubled_partnerships() == []


def test_suggesting_takes_the_same_queries_for_one_and_for_three(
    django_assert_num_queries: Any,
) -> None:
    for number in range(1, 4):
        make.make_partnership(*(party.city for party in two_partnerships_of(number)))
        with django_assert_num_queries(3):
            assert len(doubled_cities()) == 0
            assert len(doubled_partnerships()) == number


def two_partnerships_of(number: int) -> Any:
    return make.make_partnership(
        make.make_city(f"Ort {number}"), make.make_partner_city(f"Town {number}")
    ).parties.all()
