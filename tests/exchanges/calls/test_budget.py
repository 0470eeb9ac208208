"""What is left of a call."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from exchanges.calls.budget import standing, standings
from exchanges.models import Call
from tests.exchanges.scenes import make_application, make_call, make_decision

pytestmark = pytest.mark.django_db


def decided(call: Call, state: str, *amounts: int, released: bool = True) -> None:
    application = make_application(call=call, state=state)
    at = application.submitted_at if released else None
    for amount in amounts:
        make_decision(application, outcome="approved", amount=amount, released_at=at)


def test_a_new_call_has_all_of_it_left() -> None:
    found = standing(make_call(budget=10_000, trips=4))
    assert (found.left, found.trips_left, found.committed) == (Decimal(10_000), 4, Decimal(0))


def test_approved_trips_take_their_sum_and_nothing_else_does() -> None:
    call = make_call(budget=10_000, trips=4)
    decided(call, "approved", 3_000)
    decided(call, "conditions", 2_500)
    for state in ("reviewing", "reserve", "declined", "withdrawn"):
        decided(call, state, 1_000)
    found = standing(call)
    assert (found.committed, found.left) == (Decimal(5_500), Decimal(4_500))
    assert (found.trips_taken, found.trips_left) == (2, 2)


def test_the_last_released_decision_counts() -> None:
    call = make_call()
    decided(call, "approved", 9_000, 4_000)
    application = call.applications.get()
    make_decision(application, amount=1)
    assert standing(call).committed == Decimal(4_000)


def test_more_than_there_is_leaves_nothing_and_no_debt() -> None:
    call = make_call(budget=1_000, trips=1)
    decided(call, "approved", 900)
    decided(call, "approved", 900)
    found = standing(call)
    assert (found.left, found.trips_left, found.committed) == (Decimal(0), 0, Decimal(1_800))


@pytest.mark.parametrize("count", [1, 3])
def test_many_calls_take_one_query(django_assert_num_queries: Any, count: int) -> None:
    calls = [make_call(trips=number + 1) for number in range(count)]
    for call in calls:
        decided(call, "approved", 100)
    with django_assert_num_queries(1):
        found = standings(calls)
    assert [found[call.pk].trips_left for call in calls] == list(range(count))
