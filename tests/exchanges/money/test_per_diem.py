"""The calculator of per diems."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.models import DailyRate
from exchanges.money.per_diem import Meals, reckon

RATE = DailyRate(full_day=Decimal(59), partial_day=Decimal(40))


@pytest.mark.parametrize(
    ("days", "steps", "total"),
    [(1, (1, 0), "40.00"), (2, (2, 0), "80.00"), (3, (2, 1), "139.00"), (5, (2, 3), "257.00")],
)
def test_arrival_and_departure_are_parts_of_days(
    days: int, steps: tuple[int, int], total: str
) -> None:
    found = reckon(RATE, days)
    assert (found.partial_days, found.full_days) == steps
    assert found.total == Decimal(total)


def test_meals_that_are_given_take_their_share_of_the_full_day_off() -> None:
    found = reckon(RATE, 3, Meals(breakfast=2, lunch=1, dinner=1))
    assert found.deducted == Decimal("70.80")  # 2 × 20 % + 40 % + 40 % of 59
    assert found.total == Decimal("68.20")


def test_more_meals_than_days_leave_nothing_and_no_debt() -> None:
    assert reckon(RATE, 1, Meals(lunch=9)).total == Decimal(0)


def test_a_journey_of_no_day_is_none() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        reckon(RATE, 0)


@given(
    days=st.integers(1, 60),
    full=st.decimals(0, 500, places=2),
    partial=st.decimals(0, 500, places=2),
    meals=st.builds(Meals, *(st.integers(0, 60) for _ in range(3))),
)
def test_a_per_diem_is_never_negative_and_meals_never_add(
    days: int, full: Decimal, partial: Decimal, meals: Meals
) -> None:
    rate = DailyRate(full_day=full, partial_day=partial)
    found = reckon(rate, days, meals)
    assert Decimal(0) <= found.total <= reckon(rate, days).total
    assert found.partial_days + found.full_days == days


@pytest.mark.django_db
def test_the_newest_rate_of_the_city_else_of_the_country_is_valid() -> None:
    def rate(city: str, year: int, amount: int) -> None:
        DailyRate.objects.create(
            country="US",
            city=city,
            valid_from=dt.date(year, 1, 1),
            full_day=amount,
            partial_day=amount,
            source="x",
        )

    for city, year, amount in [("", 2024, 59), ("", 2026, 61), ("Chicago", 2024, 65)]:
        rate(city, year, amount)
    on = dt.date(2025, 6, 1)
    found = [DailyRate.objects.valid("US", city, on) for city in ("Chicago", "Austin")]
    assert [one.full_day if one else 0 for one in found] == [65, 59]
    later = DailyRate.objects.valid("US", "Austin", dt.date(2026, 6, 1))
    assert later is not None
    assert later.full_day == 61
    assert DailyRate.objects.valid("GB", "London", on) is None
    assert DailyRate.objects.valid("US", "Austin", dt.date(2023, 1, 1)) is None
