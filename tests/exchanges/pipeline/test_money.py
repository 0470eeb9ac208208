"""Committed and left, for each call and partner country."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone, translation

from exchanges.models import Call
from exchanges.pipeline.money import overview
from tests.exchanges.scenes import make_application, make_call, make_decision
from tests.factories import make_city, make_partner_city

pytestmark = pytest.mark.django_db


def funded(call: Call, country: str, amount: int, state: str = "approved") -> None:
    partner = make_partner_city(country=country)
    application = make_application(make_city(), partner, call=call, state=state)
    make_decision(application, amount=amount, released_at=timezone.now())


def test_each_call_says_what_each_country_gets() -> None:
    first, second = make_call(), make_call()
    funded(first, "US", 3_000)
    funded(first, "US", 1_000, "conditions")
    funded(first, "GB", 500)
    funded(first, "GB", 9_000, "declined")
    funded(second, "GB", 700)
    with translation.override("en"):
        found = overview([first, second])
    assert [[(c.country, c.trips, c.committed) for c in one.countries] for one in found] == [
        [
            ("United Kingdom", 1, Decimal(500)),
            ("USA", 2, Decimal(4_000)),
        ],
        [("United Kingdom", 1, Decimal(700))],
    ]
    assert found[0].standing.committed == Decimal(4_500)


def test_three_cities_count_once_for_the_first_partner_abroad() -> None:
    call = make_call()
    application = make_application(
        make_city("Hamm"),
        make_city("Wolfsburg"),
        make_partner_city("Chattanooga", country="US"),
        call=call,
        state="approved",
    )
    make_decision(application, amount=100, released_at=timezone.now())
    (one,) = overview([call])
    assert [(share.country, share.trips, share.committed) for share in one.countries] == [
        ("USA", 1, Decimal(100))
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_takes_three_queries(django_assert_num_queries: Any, count: int) -> None:
    calls = [make_call() for _ in range(count)]
    for call in calls:
        funded(call, "US", 10)
    with django_assert_num_queries(3):
        overview(calls)
